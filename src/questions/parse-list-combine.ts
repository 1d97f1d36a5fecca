import type { EntityType } from '../domain/entity-type.ts';
import { allOf, anyOf, type Condition, notOf } from './condition.ts';
import { sponsorNote } from './parse-list-clauses.ts';
import { expressionOf, isWrittenAsExpression } from './parse-list-expression.ts';
import type { Dimension, ListItem, Reader } from './parse-list-reader.ts';
import { isEverydayWord } from './parse-list-tokens.ts';

/** A sentence read as a list. */
export interface SentenceReading {
  readonly types: readonly EntityType[];
  readonly where: Condition;
  /** What was done to read it, for people. */
  readonly notes: readonly string[];
  /** Other readings of the same words. */
  readonly others: readonly Condition[];
  /** How many were asked for: "top 10". */
  readonly limit?: number;
  /** What few actors use comes first. */
  readonly isRarestFirst?: true;
}

/** True where the words ask for a list; beside filters, which do, they need only say something. */
export function asksForList(reader: Reader, hasFilters: boolean): boolean {
  if (reader.openUse && asksWhatIsUsed(reader)) {
    reader.things = ['malware', 'tool'];
    reader.items = reader.items.map((item) => ({ ...item, isOfActors: true }));
  }
  const { items, things, actors, who } = reader;
  // "top techniques": those that most actors use.
  if (items.length === 0 && (reader.isRanked || reader.isRarest) && isUsedThing(things) && !reader.openTarget)
    return true;
  // "how many groups are there"
  if (items.length === 0 && isCountOfAll(reader)) return true;
  if (items.length === 0 || (reader.openUse && things === undefined)) return false;
  if (reader.openTarget) {
    // "whom do Russian groups target": who they are can be listed, their targets stand with each.
    if (!actors || things !== undefined) return false;
    reader.notes.push('Targets are not summed over actors: each actor’s briefing has its own');
  }
  if (hasFilters) return true;
  const has = (...dimensions: readonly Dimension[]): boolean =>
    items.some(({ dimension }) => dimensions.includes(dimension));
  // "techniques of APT28" has an answer of its own.
  if (has('actor') && isOfOneActor(items) && !reader.isRarest && !reader.isUnique) return false;
  if (reader.isNickname && items.length === 1) return false;
  const isKeyed = reader.isKeyed && has('motivation');
  const hasSubject = actors || things !== undefined || (who && reader.hasVerb) || isKeyed;
  if (!hasSubject && !isBareList(reader, has)) return false;
  // "who uses Mimikatz" has an answer of its own.
  const onlyUses = items.every(({ dimension, isNegated }) => dimension === 'uses' && !isNegated);
  return things !== undefined || !onlyUses || reader.usedNames > 1 || (reader.isCount && actors);
}

function isCountOfAll({
  isCount,
  actors,
  things,
  who,
  hasVerb,
  openUse,
  openTarget,
  notes,
}: Reader): boolean {
  const isOfOne = things === undefined || !actors;
  return (
    isCount &&
    (actors || things !== undefined) &&
    isOfOne &&
    !who &&
    !hasVerb &&
    !openUse &&
    !openTarget &&
    notes.length === 0
  );
}

function isUsedThing(things: readonly EntityType[] | undefined): boolean {
  return things !== undefined && !things.includes('campaign');
}

/** "what do Iranian groups use" */
function asksWhatIsUsed({ things, actors, words }: Reader): boolean {
  return things === undefined && actors && words[0]?.lower === 'what';
}

/** Backdoors of one actor are its malware; when it used a thing is not recorded. */
function isOfOneActor(items: readonly ListItem[]): boolean {
  return items.every(
    ({ dimension, isNegated, values }) =>
      !isNegated &&
      (dimension === 'actor' ||
        dimension === 'since' ||
        values.every((value) => value.kind === 'software' && value.key === 'backdoor')),
  );
}

/** What the items of a sentence mean together. */
export function finished(reader: Reader): SentenceReading {
  const { things, notes } = reader;
  const items = withoutSponsor(reader);
  const plain = combined(items, undefined);
  const written = isWrittenAsExpression(reader) ? expressionOf(reader.terms) : undefined;
  const found = written ?? plain;
  const isOfUsers = (reader.isRanked || reader.isRarest) && isUsedThing(things) && !hasUsers(found);
  const used = isOfUsers ? allOf([found, { kind: 'of-actors', of: allOf([]) }]) : found;
  const where = reader.isUnique ? usedByNobodyElse(used) : used;
  const others = items.flatMap((item) => {
    const other = otherwise(item);
    return other === undefined || written !== undefined ? [] : [combined(items, { item, other })];
  });
  if (JSON.stringify(plain) !== JSON.stringify(found)) others.push(plain);
  if (items.length < reader.items.length) others.push(combined(reader.items, undefined));
  const wider = withAnyDate(where);
  if (wider !== undefined) others.push(wider);
  return {
    types: things ?? ['intrusion-set'],
    where,
    notes: [
      ...new Set([
        ...notes,
        ...(reader.isNew ? ['“new” is not applied: no record can be held against it'] : []),
        // Actors are not used by anybody: what makes one "top" is not recorded.
        ...(things === undefined ? reader.rankings : []).flatMap((text) =>
          /^(?:top|popular|favou?rite|common)$/i.test(text)
            ? [`“${text}” is not applied: no record can be held against it`]
            : [],
        ),
      ]),
    ],
    others: others.slice(0, 2),
    ...(reader.isRarest && things !== undefined ? { isRarestFirst: true as const } : {}),
    ...(reader.limit === undefined || reader.limit === 0 ? {} : { limit: reader.limit }),
  };
}

/** "state-sponsored groups from Iran" asks for those of that state; who is known to be sponsored is another reading. */
function withoutSponsor({ items, notes, terms, words }: Reader): readonly ListItem[] {
  if (isWrittenAsExpression({ terms, words })) return items;
  const isPlain = items.some(({ dimension, isNegated }) => dimension === 'origin' && !isNegated);
  const rest = items.filter(({ dimension, isNegated }) => dimension !== 'sponsor' || isNegated || !isPlain);
  if (rest.length < items.length) notes.push(sponsorNote);
  return rest;
}

/** "unique to North Korean groups": used by these, and by no actor that is none of them. */
function usedByNobodyElse(condition: Condition): Condition {
  const parts = condition.kind === 'and' ? condition.of : [condition];
  return allOf([
    ...parts,
    ...parts.flatMap((part) =>
      part.kind === 'of-actors' ? [notOf({ kind: 'of-actors' as const, of: notOf(part.of) })] : [],
    ),
  ]);
}

function hasUsers(condition: Condition): boolean {
  if (condition.kind === 'and') return condition.of.some(hasUsers);
  return condition.kind === 'of-actors';
}

/** "first seen since 2023" with any activity since then; of few actors the first is recorded. */
function withAnyDate(condition: Condition): Condition | undefined {
  let isChanged = false;
  const widened = (part: Condition): Condition => {
    if (part.kind === 'and') return allOf(part.of.map(widened));
    if (part.kind !== 'dated' || part.which === 'seen') return part;
    isChanged = true;
    return { ...part, which: 'seen' };
  };
  const result = widened(condition);
  return isChanged ? result : undefined;
}

/** Few words without a noun for actors: "iran telecom", "hitting banks in Germany", "iran". */
function isBareList(
  { hasVerb, items, tokens, words }: Reader,
  has: (...dimensions: readonly Dimension[]) => boolean,
): boolean {
  if (tokens.length === 1) {
    const meanings = tokens[0]?.meanings ?? [];
    const isNoun = meanings.some((one) => one.kind === 'country' && !one.isAdjective);
    const isSector = meanings.some((one) => one.kind === 'sector' && !one.isWholeOnly);
    // "telecom" is one sector and nothing else; "government" and "food" are words of any sentence.
    if (isSector && items.every(({ dimension }) => dimension === 'sector'))
      return !isEverydayWord(words[0]?.text ?? '') && !hasEverydaySector(items);
    return isNoun && !everydayCountries.test(words[0]?.text ?? '');
  }
  if (hasVerb) return items.length > 1;
  const isEveryday = hasEverydaySector(items);
  const isPair = has('origin') && has('sector', 'uses', 'motivation', 'place');
  return (isPair || (has('place') && has('sector'))) && !isEveryday;
}

function hasEverydaySector(items: readonly ListItem[]): boolean {
  return items.some(({ values }) =>
    values.some((value) => value.kind === 'sector' && everydaySectors.has(value.key)),
  );
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
  const isEither = item.isNegated || alternatives.includes(item.dimension);
  const joint = isEither ? 'or' : (item.joint ?? 'or');
  const values = joint === 'or' ? anyOf(item.values) : allOf(item.values);
  return item.isNegated ? notOf(values) : values;
}

/** Nobody is from two countries; "active in 2021 and 2022" asks for both years together. */
const alternatives: readonly Dimension[] = ['origin', 'since', 'tactic', 'platform', 'name'];

function otherwise(item: ListItem): Condition | undefined {
  if (item.other !== undefined) return item.isNegated ? notOf(item.other) : item.other;
  if (item.values.length < 2 || item.isNegated || alternatives.includes(item.dimension)) return undefined;
  if (item.dimension === 'actor') return undefined;
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
  const behind = items.filter(({ isOfActors }) => isOfActors);
  const ofActors = joinItems(
    behind.filter((item) => !isApart(item)),
    conditionOf,
  );
  return withoutRepeats(
    allOf([
      ...own,
      ...(ofActors.length === 0 ? [] : [{ kind: 'of-actors' as const, of: allOf(ofActors) }]),
      ...behind.filter(isApart).flatMap(apartConditions),
    ]),
  );
}

/** "used by Iranian groups but not Russian ones", "of APT28 and APT29": no one actor is meant to be both. */
function isApart({ dimension, isNegated, isShared, joint }: ListItem): boolean {
  if (dimension !== 'origin' && dimension !== 'actor') return false;
  return isNegated || (joint === 'and' && (dimension === 'actor' || isShared));
}

function apartConditions({ isNegated, values }: ListItem): readonly Condition[] {
  return values.map((of): Condition => {
    const behind: Condition = { kind: 'of-actors', of };
    return isNegated ? notOf(behind) : behind;
  });
}

/** In sentences "or" binds tighter: "Russian groups targeting banks or using Mimikatz". */
function joinItems(items: readonly ListItem[], conditionOf: (item: ListItem) => Condition): Condition[] {
  const parts: Condition[] = [];
  for (const item of items) {
    const before = item.isOr || item.isAttached ? parts.pop() : undefined;
    const condition = conditionOf(item);
    if (before === undefined) parts.push(condition);
    else if (item.isAttached) parts.push(notOf(allOf([notOf(before), notOf(condition)])));
    else parts.push(anyOf([before, condition]));
  }
  return parts;
}

/** "targeting banks but not American banks": what must hold anyway is not said again under the "not". */
function withoutRepeats(condition: Condition): Condition {
  if (condition.kind !== 'and') return condition;
  const required = new Set(condition.of.map((part) => JSON.stringify(part)));
  return allOf(
    condition.of.map((part) => {
      if (part.kind !== 'not' || part.of.kind !== 'and') return part;
      const rest = part.of.of.filter((inner) => !required.has(JSON.stringify(inner)));
      return rest.length === 0 ? part : notOf(allOf(rest));
    }),
  );
}
