import type { EntityType } from '../domain/entity-type.ts';
import { allOf, anyOf, type Condition, notOf } from './condition.ts';
import type { Dimension, ListItem, Reader } from './parse-list-reader.ts';

/** A sentence read as a list. */
export interface SentenceReading {
  readonly types: readonly EntityType[];
  readonly where: Condition;
  /** What was done to read it, for people. */
  readonly notes: readonly string[];
  /** Other readings of the same words. */
  readonly others: readonly Condition[];
}

/** True where the words ask for a list; beside filters, which do, they need only say something. */
export function asksForList(reader: Reader, hasFilters: boolean): boolean {
  if (reader.openUse && asksWhatIsUsed(reader)) {
    reader.things = ['malware', 'tool'];
    reader.items = reader.items.map((item) => ({ ...item, isOfActors: true }));
  }
  const { items, things, actors, who } = reader;
  if (items.length === 0 || (reader.openUse && things === undefined)) return false;
  if (reader.openTarget) {
    // "whom do Russian groups target": who they are can be listed, their targets stand with each.
    if (!actors || things !== undefined) return false;
    reader.notes.push('Targets are not summed over actors: each actor’s briefing has its own');
  }
  if (hasFilters) return true;
  const has = (...dimensions: readonly Dimension[]): boolean =>
    items.some(({ dimension }) => dimensions.includes(dimension));
  const hasSubject = actors || things !== undefined || (who && reader.hasVerb);
  if (!hasSubject && !isBareList(reader, has)) return false;
  // "who uses Mimikatz" has an answer of its own.
  const onlyUses = items.every(({ dimension, isNegated }) => dimension === 'uses' && !isNegated);
  return things !== undefined || !onlyUses || reader.usedNames > 1 || (reader.isCount && actors);
}

/** "what do Iranian groups use" */
function asksWhatIsUsed({ things, actors, words }: Reader): boolean {
  return things === undefined && actors && words[0]?.lower === 'what';
}

/** What the items of a sentence mean together. */
export function finished({ items, things, notes }: Reader): SentenceReading {
  const where = combined(items, undefined);
  const others = items.flatMap((item) => {
    const other = otherwise(item);
    return other === undefined ? [] : [combined(items, { item, other })];
  });
  return {
    types: things ?? ['intrusion-set'],
    where,
    notes: [...new Set(notes)],
    others: others.slice(0, 2),
  };
}

/** Few words without a noun for actors: "iran telecom", "hitting banks in Germany", "iran". */
function isBareList(
  { hasVerb, items, tokens, words }: Reader,
  has: (...dimensions: readonly Dimension[]) => boolean,
): boolean {
  if (tokens.length === 1) {
    const isNoun = tokens[0]?.meanings.some((one) => one.kind === 'country' && !one.isAdjective) === true;
    return isNoun && !everydayCountries.test(words[0]?.text ?? '');
  }
  if (hasVerb) return items.length > 1;
  const isEveryday = items.some(({ values }) =>
    values.some((value) => value.kind === 'sector' && everydaySectors.has(value.key)),
  );
  const isPair = has('origin') && has('sector', 'uses', 'motivation', 'place');
  return (isPair || (has('place') && has('sector'))) && !isEveryday;
}

/** In lower case these are words of other sentences. */
const everydayCountries =
  /^(?:turkey|chad|jordan|georgia|polish|guinea|mali|cuba|english|dutch|niger|togo|oman)$/;

/** "chinese food" asks for no actor. */
const everydaySectors: ReadonlySet<string> = new Set([
  'arts',
  'automotive',
  'engineering',
  'entertainment',
  'environment',
  'food',
  'gaming',
  'hospitality',
  'religious',
  'retail',
  'sport',
  'tourism',
  'travel',
]);

/** The values of an item; several homes are alternatives, other values all hold where "and" joins them. */
function itemCondition(item: ListItem): Condition {
  const joint = item.dimension === 'origin' || item.isNegated ? 'or' : (item.joint ?? 'or');
  const values = joint === 'or' ? anyOf(item.values) : allOf(item.values);
  return item.isNegated ? notOf(values) : values;
}

function otherwise(item: ListItem): Condition | undefined {
  if (item.other !== undefined) return item.isNegated ? notOf(item.other) : item.other;
  if (item.values.length < 2 || item.isNegated || item.dimension === 'origin') return undefined;
  return item.joint === 'and' ? anyOf(item.values) : allOf(item.values);
}

interface Swap {
  readonly item: ListItem;
  readonly other: Condition;
}

function combined(items: readonly ListItem[], swap: Swap | undefined): Condition {
  const conditionOf = (item: ListItem): Condition => (item === swap?.item ? swap.other : itemCondition(item));
  const own = joinItems(
    items.filter(({ isOfActors }) => !isOfActors),
    conditionOf,
  );
  const ofActors = joinItems(
    items.filter(({ isOfActors }) => isOfActors),
    conditionOf,
  );
  return allOf(ofActors.length === 0 ? own : [...own, { kind: 'of-actors', of: allOf(ofActors) }]);
}

/** In sentences "or" binds tighter: "Russian groups targeting banks or using Mimikatz". */
function joinItems(items: readonly ListItem[], conditionOf: (item: ListItem) => Condition): Condition[] {
  const parts: Condition[] = [];
  for (const item of items) {
    const before = item.isOr ? parts.pop() : undefined;
    parts.push(before === undefined ? conditionOf(item) : anyOf([before, conditionOf(item)]));
  }
  return parts;
}
