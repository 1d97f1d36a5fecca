import { attackIdOf, labelOf } from '../briefing/labels.ts';
import { shorten } from '../briefing/text.ts';
import { isWholeFor, mayReadWords } from '../briefing/told-words.ts';
import type { Span, Text } from '../cards/card.ts';
import { isAllowed, type Tlp, tlpLabel } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { ActivityAction, ActivityOutcome, StoredActivity } from '../store/answer-types.ts';
import type { AuditEvent } from '../store/delivery-types.ts';

/** Who reads the audit. */
export interface AuditReading {
  readonly knowledge: Knowledge;
  readonly ceiling: Tlp;
  /** The reader's own id. */
  readonly person: string;
  /** Whether a connected source may be named to the reader. */
  readonly maySeeSource: (name: string) => boolean;
}

/** What is told of one entry, behind when and who. */
export interface ToldEntry {
  readonly text: Text;
  /** Ids of what it names. */
  readonly named: readonly string[];
  /** The strictest marking of what was shown, where all of it is told. */
  readonly marking?: Tlp;
  /** What is kept back of it: how strictly it was marked; null where only now it may not be named. Absent: nothing is. */
  readonly withheld?: { readonly highest: Tlp | null };
  readonly evidence?: string;
}

const maxWords = 160;
const shownEntities = 3;

/**
 * What may be told of something that was done. What was shown is told where all of it may be seen and is known now; the
 * words by the rule of handovers and evidence, and those of a direct conversation to the one who wrote them alone.
 */
export function toldActivity(activity: StoredActivity, reading: AuditReading): ToldEntry {
  const { knowledge, ceiling, person } = reading;
  const { action, outcome, audience, marking, markings, entities, entityCount, withheldCount } = activity;
  const isWhole = isWholeFor(activity, knowledge, ceiling);
  const where = activity.placeKind === 'direct' ? 'directly' : `in ${bareId(activity.place)}`;
  const ending = `${outcomeTexts[outcome]}${audience === 'place' ? ', for everyone there' : ''}`;
  const seen = `${tlpLabel(marking)} of ${tlpLabel(activity.ceiling)}`;
  const shared: Text = [{ text: `${actionTexts[action]} ${where}` }];
  if (!isWhole) {
    const text = `: ${ending}. What was shown (${seen}) is not told here.`;
    const highest = isAllowed(marking, ceiling) ? null : marking;
    return { text: [...shared, { text }], named: [], withheld: { highest } };
  }
  const mayRead =
    mayReadWords(activity, knowledge, ceiling) &&
    (activity.placeKind !== 'direct' || activity.person.id === person);
  const known = entities.flatMap((id) => knowledge.entity(id) ?? []).slice(0, shownEntities);
  const rest = entityCount - known.length;
  const more = rest > 0 ? ` and ${rest} more` : '';
  const shown = known.length === 0 ? '' : ` Shown: ${known.map(entityText).join(', ')}${more}.`;
  const all = markings.length > 1 ? ` (${markings.map(tlpLabel).join(', ')})` : '';
  const held = withheldCount === 0 ? '' : ` ${withheldCount} withheld from them.`;
  return {
    text: [
      ...shared,
      ...wordsOf(activity.question, mayRead),
      { text: `: ${ending}.${shown} ${seen}${all}.${held}` },
    ],
    named: known.map(({ id }) => id),
    marking,
    ...(activity.evidence === null ? {} : { evidence: activity.evidence }),
  };
}

/** By name, with the id by which the sources know it. */
function entityText(entity: Entity): string {
  const id = attackIdOf(entity) ?? entity.id;
  const label = shorten(labelOf(entity), 80);
  return label.includes(id) ? label : `${label} (${id})`;
}

function wordsOf(question: string | null, mayRead: boolean): Text {
  if (question === null) return [];
  if (question.startsWith('sha256:')) return [{ text: ', words kept as a hash' }];
  if (!mayRead) return [{ text: ', words not told here' }];
  // Whatever somebody typed is not to be pressed.
  const words: Span = { text: shorten(question, maxWords), defang: true };
  return [{ text: ' “' }, words, { text: '”' }];
}

const actionTexts: Readonly<Record<ActivityAction, string>> = {
  ask: 'asked',
  brief: 'opened a briefing',
  more: 'opened more',
  sources: 'opened sources',
  share: 'shared',
  form: 'opened a dialog',
  submit: 'sent a dialog',
  text: 'had a message read',
  home: 'opened their own page',
  link: 'saw a preview of a link',
  digest: 'got a digest',
  evidence: 'asked what an answer rested on',
  audit: 'read the audit',
};

const outcomeTexts: Readonly<Record<ActivityOutcome, string>> = {
  found: 'found',
  ambiguous: 'several to choose from',
  suggest: 'near names only',
  'not-found': 'not found',
  answer: 'answered',
  help: 'help',
  refused: 'refused',
  shown: 'shown',
  limited: 'over a limit',
  failed: 'failed',
};

/**
 * What may be told of a change: its kind, and what it was about where that can be told without a name that the reader may
 * not see. What filters, mutes and watches say is not told.
 */
export function toldChange({ action, target, detail }: AuditEvent, reading: AuditReading): ToldEntry {
  const words = changeTexts.get(action) ?? action.replaceAll('.', ' ');
  const about = (text: string): ToldEntry => ({ text: [{ text: `${words}${text}` }], named: [] });
  const hidden: ToldEntry = { ...about('; of what is not told here'), withheld: { highest: null } };
  const [kind = ''] = action.split('.', 1);
  switch (kind) {
    case 'refused':
      return about(`: ${target}${textOf(detail['setting'], ' ')}`);
    case 'settings':
      return about(textOf(detail['setting'], ': '));
    case 'subscription':
    case 'delivery':
      return about(` ${target}`);
    case 'source':
      return reading.maySeeSource(target) ? about(` ${target}`) : hidden;
    case 'mute':
      if (detail['kind'] === 'item') return about(' an item');
      if (detail['kind'] === 'source') {
        const source = reading.knowledge.sources.get(target);
        const isKnown = source !== undefined && isAllowed(source.defaultMarking, reading.ceiling);
        return isKnown ? about(` the source ${source.title}`) : hidden;
      }
      return aboutEntity(target, words, reading) ?? hidden;
    case 'watch':
      return aboutEntity(target, words, reading) ?? hidden;
    default:
      return about('');
  }
}

function aboutEntity(id: string, words: string, { knowledge }: AuditReading): ToldEntry | undefined {
  const entity = knowledge.entity(id);
  return entity === undefined
    ? undefined
    : { text: [{ text: `${words} ${entityText(entity)}` }], named: [entity.id] };
}

function textOf(value: unknown, before: string): string {
  return typeof value === 'string' ? `${before}${value}` : '';
}

const changeTexts: ReadonlyMap<string, string> = new Map([
  ['refused', 'was refused'],
  ['settings.change', 'changed a setting'],
  ['subscription.add', 'made the subscription'],
  ['subscription.change', 'changed the subscription'],
  ['subscription.remove', 'ended the subscription'],
  ['subscription.pause', 'paused the subscription'],
  ['subscription.resume', 'resumed the subscription'],
  ['watch.add', 'watches'],
  ['watch.remove', 'watches no more'],
  ['mute.add', 'muted'],
  ['mute.remove', 'lifted the mute of'],
  ['source.add', 'added the source'],
  ['source.sync', 'began a sync of the source'],
  ['source.pause', 'paused the source'],
  ['source.resume', 'resumed the source'],
  ['source.remove', 'removed the source'],
]);

/** An id without the workspace before it, as people know it. */
export function bareId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
