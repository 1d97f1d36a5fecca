import { answerQuestion } from '../briefing/answer.ts';
import { type AnswerContext, ceilingOf } from '../briefing/context.ts';
import { type DiffInput, diffCard, diffEntity, diffQuestion } from '../briefing/diff.ts';
import { type DiffJson, diffToJson, overallToJson } from '../briefing/diff-json.ts';
import { diffAll, overallCard } from '../briefing/diff-overview.ts';
import { parseWindow, type Span } from '../briefing/diff-time.ts';
import type { Answer } from '../briefing/types.ts';
import type { Item } from '../cards/card.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { Question } from '../questions/types.ts';
import type { Lookup } from '../search/types.ts';
import type { Store } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';

export interface DiffOptions {
  /** Whom it is about, by any name or id; empty for everything. */
  readonly name: string;
  /** As written: see `parseTime`. */
  readonly since: string;
  /** Absent: now. */
  readonly until?: string;
  readonly ceiling: Tlp;
  /** True: the card leaves nothing out, for paging through its sections. */
  readonly whole?: boolean;
}

export type DiffResult =
  | { readonly kind: 'diff'; readonly card: DiffCard; readonly json: DiffJson }
  /** The name leads to nothing, or to several. */
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** A date cannot be read, or the dates make no window. */
  | { readonly kind: 'problem'; readonly problem: string };
type DiffCard = Answer['card'];

/**
 * What changed about what the name means, or at all.
 * @param everything all that is known, whatever its marking: only counts are taken from it
 */
export async function diffWith(
  { name, since, until, ceiling, whole }: DiffOptions,
  context: AnswerContext,
  everything: Knowledge,
  store: Pick<Store, 'changes' | 'firstImports'>,
): Promise<DiffResult> {
  const { knowledge, index, now } = context;
  const parsed = parseWindow(since, until, now);
  if (parsed.kind === 'bad') return { kind: 'problem', problem: parsed.problem };
  const { window } = parsed;
  const lookup = name.trim() === '' ? undefined : (byId(name, knowledge) ?? index.lookup(name));
  if (lookup !== undefined && lookup.kind !== 'found' && lookup.kind !== 'entity') {
    const answer = await answerQuestion(toQuestion(lookup, name), name, context);
    return { kind: 'answer', answer: withDiffActions(answer, window, now) };
  }
  const entity = lookup?.kind === 'found' ? knowledge.entity(lookup.match.entity.id) : lookup?.entity;
  const [changes, firstImports] = await Promise.all([
    store.changes(window.from, window.to),
    store.firstImports(),
  ]);
  const input: DiffInput = {
    changes,
    knowledge,
    whole: everything,
    ceiling: ceilingOf({ ceiling, knowledge }),
    window,
    firstImports,
    now,
    everything: whole === true,
  };
  if (entity === undefined) {
    const diff = diffAll(input);
    return { kind: 'diff', card: overallCard(diff, input), json: overallToJson(diff) };
  }
  const diff = diffEntity(entity, input);
  return { kind: 'diff', card: diffCard(diff, input), json: diffToJson(diff) };
}

/** An id leads to its entity even where the index leaves the entity out. */
function byId(name: string, knowledge: Knowledge): { kind: 'entity'; entity: Entity } | undefined {
  const entity = knowledge.entity(name);
  return entity === undefined ? undefined : { kind: 'entity', entity };
}

function toQuestion(lookup: Exclude<Lookup, { kind: 'found' }>, text: string): Question {
  switch (lookup.kind) {
    case 'ambiguous':
      return { kind: 'choice', matches: lookup.matches, aspect: 'overview' };
    case 'suggest':
      return { kind: 'suggest', suggestions: lookup.suggestions, text };
    case 'not-found':
      return { kind: 'not-found', text };
    default:
      return assertNever(lookup);
  }
}

/** Whoever is chosen from the list, their changes are shown, not their briefing. */
function withDiffActions(answer: Answer, window: Span, now: Date): Answer {
  const sections = answer.card.sections.map((section) =>
    section.type === 'list'
      ? { ...section, items: section.items.map((item) => diffItem(item, window, now)) }
      : section,
  );
  return { ...answer, card: { ...answer.card, sections } };
}

function diffItem(item: Item, window: Span, now: Date): Item {
  const { action } = item;
  if (action?.type !== 'command' || action.value.entity === undefined) return item;
  const question = diffQuestion(window, now, action.value.entity);
  return { ...item, action: { ...action, value: { verb: 'ask', question } } };
}
