import type { Action, Card, Item, Section } from '../cards/card.ts';
import type { StixId } from '../domain/stix-id.ts';
import { stricter, tlpLabel } from '../domain/tlp.ts';
import type { Withheld } from '../knowledge/types.ts';
import { take } from './composer.ts';
import { diffQuestion, type EntityDiff } from './diff.ts';
import { askAction, questionActions } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import {
  changesFor,
  gatherLookups,
  type HandoverActor,
  type HandoverDelivery,
  type HandoverInput,
  type HandoverLookups,
  toldWatches,
} from './handover.ts';
import { titleOf } from './labels.ts';
import { bold, counted, plain, shorten } from './text.ts';
import { timeIn } from './time-in.ts';

const shownActors = 6;
const shownChanges = 3;
const shownQuestions = 8;
const shownFailures = 5;
const maxQuestionChars = 160;

/**
 * A shift's handover: what was looked up and shared, actor by actor, what changed about them, what is watched anew, which
 * digests came or failed, and which settings were changed.
 * @param diffs what changed about the first of `gatherLookups(input).actors`, by their ids
 * @param question the question that gives the same again, with fixed times
 */
export function handoverCard(
  input: HandoverInput,
  diffs: ReadonlyMap<StixId, EntityDiff>,
  question: string,
): Card {
  const { knowledge, now, whole } = input;
  const lookups = gatherLookups(input);
  const { shown, hidden } = take({ whole }, lookups.actors, shownActors);
  const sections = [
    summarySection(input, lookups, diffs),
    ...shown.map((actor, index) => actorSection(actor, index, diffs.get(actor.entity.id), input)),
    othersSection(lookups.actors.slice(shown.length), hidden, input),
    questionsSection(lookups, input),
    watchesSection(input),
    deliveriesSection(input),
    deedsSection(input),
  ];
  const card = finishCard(
    {
      title: 'Handover',
      subtitle: [
        plain(`${timeAt(input.window.from, input)} to ${timeAt(now.getTime(), input)} (${input.zone})`),
      ],
      sections,
      actions: questionActions(question),
      withheld: withheldOf(lookups, diffs),
      fallbackText: 'The handover of the last shift.',
    },
    knowledge,
    now,
  );
  const markings = [...diffs.values()].flatMap((diff) => changesFor(diff).map(({ marking }) => marking));
  return { ...card, marking: markings.reduce(stricter, card.marking) };
}

function withheldOf({ withheld }: HandoverLookups, diffs: ReadonlyMap<StixId, EntityDiff>): Withheld {
  let { count, highest } = withheld;
  for (const diff of diffs.values()) {
    count += diff.withheld.count;
    const other = diff.withheld.highest;
    highest = highest === null ? other : other === null ? highest : stricter(highest, other);
  }
  return { count, highest };
}

function summarySection(
  { isCut, watches, deliveries, deeds }: HandoverInput,
  lookups: HandoverLookups,
  diffs: ReadonlyMap<StixId, EntityDiff>,
): Section {
  const changed = [...diffs.values()].filter(({ learned }) => learned.length > 0).length;
  const failed = deliveries.filter(({ state }) => state !== 'posted').length;
  const isQuiet = lookups.lookups + lookups.shares + watches.length + deliveries.length + deeds.size === 0;
  const first = isQuiet
    ? 'A quiet shift: nothing was looked up, shared or delivered, and no setting was changed.'
    : [
        `${counted(lookups.lookups, 'look-up')} by ${counted(lookups.people, 'person', 'people')}, of ${counted(lookups.actors.length, 'thing')}`,
        `${lookups.shares} shared`,
        ...(changed === 0 ? [] : [`${changed} of them changed`]),
        ...(deliveries.length === 0
          ? []
          : [`${deliveries.length - failed} of ${counted(deliveries.length, 'digest')} delivered`]),
      ].join('; ');
  const notes = [
    isCut ? 'More happened than is counted here; ask for a shorter time.' : '',
    lookups.elsewhere === 0
      ? ''
      : `${counted(lookups.elsewhere, 'request')} in other places of the team ${lookups.elsewhere === 1 ? 'is' : 'are'} not told here, where people from outside may read.`,
  ].filter((note) => note !== '');
  const paragraphs = [isQuiet ? first : `${first}.`, ...notes].map((text) => [plain(text)]);
  return { type: 'text', id: 'summary', rank: 0, paragraphs };
}

function actorSection(
  actor: HandoverActor,
  index: number,
  diff: EntityDiff | undefined,
  input: HandoverInput,
): Section {
  const { entity } = actor;
  const items: Item[] = [{ text: [plain(countsText(actor, input))], action: briefAction(entity.id) }];
  const changes = diff === undefined ? [] : changesFor(diff);
  const { shown, hidden } = take(input, changes, shownChanges);
  for (const { words, source, marking } of shown) {
    const title = input.knowledge.sources.get(source)?.title ?? source;
    const mark = marking === 'clear' ? '' : ` (${tlpLabel(marking)})`;
    items.push({ text: [bold('Changed: '), plain(`${shorten(words, 200)} — ${title}${mark}`)] });
  }
  if (changes.length > 0) {
    const text = hidden === 0 ? 'All that changed' : counted(hidden, 'more change');
    const asked = diffQuestion(input.window, input.now, entity.id);
    items.push({ text: [plain(text)], action: askAction('What Changed', asked) });
  }
  return { type: 'list', id: `actor-${index + 1}`, heading: titleOf(entity), rank: 1, items };
}

function countsText({ lookups, shares, people, own, lastAt }: HandoverActor, input: HandoverInput): string {
  const mine = own === 0 ? '' : own === lookups + shares ? ', all by you' : `, ${own} by you`;
  const parts = [
    lookups === 0
      ? undefined
      : `looked up ${times(lookups)} by ${counted(people, 'person', 'people')}${mine}`,
    shares === 0 ? undefined : `shared ${times(shares)}`,
    `last at ${timeAt(lastAt, input)}`,
  ].filter((part) => part !== undefined);
  const text = parts.join(', ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function briefAction(entity: StixId): Action {
  return { type: 'command', label: 'Brief', value: { verb: 'brief', entity } };
}

const shownOthers = 10;

function othersSection(
  actors: readonly HandoverActor[],
  hidden: number,
  input: HandoverInput,
): Section | undefined {
  if (hidden === 0) return undefined;
  const { shown, total } = take(input, actors, shownOthers);
  const items = shown.map((actor): Item => {
    return {
      text: [bold(titleOf(actor.entity)), plain(` — ${countsText(actor, input)}`)],
      action: briefAction(actor.entity.id),
    };
  });
  return { type: 'list', id: 'also', heading: 'Also looked up', rank: 3, items, ...total };
}

function questionsSection({ questions }: HandoverLookups, input: HandoverInput): Section | undefined {
  if (questions.length === 0) return undefined;
  const { shown, total } = take(input, questions, shownQuestions);
  const items = shown.map(({ at, text, isOwn }): Item => {
    const who = isOwn ? ', by you' : '';
    return { text: [plain(`${timeAt(at, input)}${who}: ${shorten(text, maxQuestionChars)}`)] };
  });
  return { type: 'list', id: 'questions', heading: 'Asked here', rank: 4, items, ...total };
}

function watchesSection(input: HandoverInput): Section | undefined {
  const groups = Map.groupBy(toldWatches(input), ({ entity }) => input.knowledge.entity(entity));
  const items = [...groups].flatMap(([entity, watches]): Item[] => {
    if (entity === undefined) return [];
    const own = watches.some(({ isOwn }) => isOwn) ? ', you among them' : '';
    const text = ` — ${counted(watches.length, 'person', 'people')}${own}`;
    return [{ text: [bold(titleOf(entity)), plain(text)], action: briefAction(entity.id) }];
  });
  if (items.length === 0) return undefined;
  const { shown, total } = take(input, items, shownOthers);
  return { type: 'list', id: 'watches', heading: 'Watched anew', rank: 2, items: shown, ...total };
}

function deliveriesSection(input: HandoverInput): Section | undefined {
  const { deliveries } = input;
  if (deliveries.length === 0) return undefined;
  const here = deliveries.filter(({ isHere }) => isHere);
  const failed = here.filter(({ state }) => state !== 'posted');
  const { shown, total } = take(input, failed, shownFailures);
  const items: Item[] = [
    { text: [plain(`Here: ${countsOf(here)}`)] },
    { text: [plain(`In the whole workspace: ${countsOf(deliveries)}`)] },
    ...shown.map(({ at, state, problem }): Item => {
      const why = problem === null ? '' : `: ${shorten(problem, 200)}`;
      return { text: [plain(`${timeAt(at, input)} ${state}${why}`)] };
    }),
  ];
  const all = total.total === undefined ? {} : { total: total.total + 2 };
  return { type: 'list', id: 'digests', heading: 'Digests', rank: 2, items, ...all };
}

function countsOf(deliveries: readonly HandoverDelivery[]): string {
  const count = (state: HandoverDelivery['state']): number =>
    deliveries.filter((one) => one.state === state).length;
  return `${count('posted')} delivered, ${count('failed')} failed, ${count('skipped')} skipped`;
}

function deedsSection({ deeds }: HandoverInput): Section | undefined {
  if (deeds.size === 0) return undefined;
  const items = [...deeds].map(([action, count]): Item => {
    return { text: [plain(`${deedTexts.get(action) ?? action.replaceAll('.', ' ')}: ${count}`)] };
  });
  return { type: 'list', id: 'changes', heading: 'Changed in the workspace', rank: 5, items };
}

const deedTexts: ReadonlyMap<string, string> = new Map([
  ['subscription.add', 'Subscriptions made'],
  ['subscription.change', 'Subscriptions changed'],
  ['subscription.remove', 'Subscriptions removed'],
  ['settings.change', 'Settings changed'],
  ['mute.add', 'Things muted'],
  ['mute.remove', 'Mutes lifted'],
]);

function timeAt(at: number, { zone }: Pick<HandoverInput, 'zone'>): string {
  return timeIn(zone, at);
}
