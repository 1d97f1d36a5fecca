import type { EntityType } from '../domain/entity-type.ts';
import type { SearchIndex } from '../search/types.ts';
import type { Condition } from './condition.ts';
import type { ListToken, ListWord } from './parse-list-tokens.ts';
import type { Meaning } from './parse-list-words.ts';

/** What the words that follow are about. */
export type Slot = 'none' | 'from' | 'target' | 'in' | 'use' | 'named';
export type Dimension =
  | 'origin'
  | 'place'
  | 'sector'
  | 'uses'
  | 'motivation'
  | 'since'
  | 'name'
  | 'tactic'
  | 'platform'
  | 'sponsor'
  | 'actor';

/** Of what is listed itself, wherever in the sentence it stands. */
export const ownDimensions: readonly Dimension[] = ['tactic', 'platform'];

/** A value with the word before it, or a bracket: the sentence as an expression. */
export type Term =
  | {
      readonly kind: 'value';
      readonly condition: Condition;
      readonly isNegated: boolean;
      readonly isOfActors: boolean;
      readonly joint: 'and' | 'or' | undefined;
    }
  | { readonly kind: 'open'; readonly isNegated: boolean; readonly joint: 'and' | 'or' | undefined }
  | { readonly kind: 'close' };

/** Values that stand together: "banks, telcos or hospitals". */
export interface ListItem {
  readonly dimension: Dimension;
  readonly isNegated: boolean;
  /** Joined with the item before it by "or". */
  readonly isOr: boolean;
  /** Stands with the item before it under one "not": "not American banks". */
  readonly isAttached: boolean;
  /** True for conditions of the actors behind what is listed. */
  readonly isOfActors: boolean;
  /** "both", "common to": each value holds of some actor behind a thing, and no one actor need be both. */
  readonly isShared: boolean;
  readonly values: Condition[];
  joint: 'and' | 'or' | undefined;
  /** The same value read otherwise: from the country, or against it. */
  other?: Condition;
}

/** Where the reading of a sentence stands. */
export interface Reader {
  readonly words: readonly ListWord[];
  readonly tokens: readonly ListToken[];
  readonly index: SearchIndex;
  at: number;
  slot: Slot;
  isNegated: boolean;
  /** The "not" is said of the next value alone: "-china plugx". */
  negatesOne: boolean;
  isOr: boolean;
  /** Only commas, "and" and "or" stand between the last value and here. */
  gap: 'none' | 'joint' | 'clause';
  gapJoint: 'and' | 'or' | undefined;
  isOfActors: boolean;
  items: ListItem[];
  /** The values as they stand, with brackets and the words between. */
  terms: Term[];
  termJoint: 'and' | 'or' | undefined;
  notes: string[];
  /** "new", which only beside a date says something. */
  isNew: boolean;
  /** A word such as "motive" that asks for a value by itself. */
  isKeyed: boolean;
  /** The next value stands with the last under one "not": "not targeting banks in Europe". */
  attaches: boolean;
  /** "top", "most used" and the like: what is listed is ranked by its users. */
  isRanked: boolean;
  rankings: string[];
  /** "rarest": what few use comes first. */
  isRarest: boolean;
  /** "both", "common to" before the actors behind what is listed. */
  isShared: boolean;
  /** "unique to": what nobody else uses. */
  isUnique: boolean;
  /** "kittens": a name's last word for those who carry it. */
  isNickname: boolean;
  /** "top 10". */
  limit: number | undefined;
  actors: boolean;
  who: boolean;
  things: readonly EntityType[] | undefined;
  hasVerb: boolean;
  /** Names of software and techniques as typed. */
  usedNames: number;
  /** A verb of use without anything used: "what malware do they use". */
  openUse: boolean;
  /** A verb of attack without anything attacked: "whom do they target". */
  openTarget: boolean;
  /** "how many groups …" */
  isCount: boolean;
}

/** A reader before the first word. */
export function createReader(
  words: readonly ListWord[],
  tokens: readonly ListToken[],
  index: SearchIndex,
): Reader {
  return {
    words,
    tokens,
    index,
    at: 0,
    slot: 'none',
    isNegated: false,
    negatesOne: false,
    isOr: false,
    gap: 'none',
    gapJoint: undefined,
    isOfActors: false,
    items: [],
    terms: [],
    termJoint: undefined,
    notes: [],
    isNew: false,
    isKeyed: false,
    attaches: false,
    isRanked: false,
    isRarest: false,
    isShared: false,
    isUnique: false,
    isNickname: false,
    rankings: [],
    limit: undefined,
    actors: false,
    who: false,
    things: undefined,
    hasVerb: false,
    usedNames: 0,
    openUse: false,
    openTarget: false,
    isCount: /^(?:how many|number of|the number of|count)\b/i.test(
      words
        .slice(0, 3)
        .map(({ lower }) => lower)
        .join(' '),
    ),
  };
}

/** Takes a value: beside the last where only "and", "or" or a comma stands between, else as an item of its own. */
export function addValue(reader: Reader, dimension: Dimension, value: Condition): void {
  // "campaigns of Russian groups since 2022": what is dated is the campaign.
  const isOwnDate = dimension === 'since' && reader.things?.includes('campaign') === true;
  const isOfActors = reader.isOfActors && !isOwnDate && !ownDimensions.includes(dimension);
  const last = reader.items.at(-1);
  const { isNegated, termJoint } = reader;
  const isSame = last?.dimension === dimension && last.isOfActors === isOfActors;
  const joint = termJoint ?? (reader.gap === 'joint' ? (isSame ? 'or' : 'and') : undefined);
  reader.terms.push({ kind: 'value', condition: value, isNegated, isOfActors, joint });
  reader.termJoint = undefined;
  const continues =
    reader.gap === 'joint' &&
    last !== undefined &&
    last.dimension === dimension &&
    last.isNegated === reader.isNegated &&
    last.isOfActors === isOfActors;
  if (continues) {
    last.values.push(value);
    last.joint = reader.gapJoint ?? last.joint;
    delete last.other;
  } else {
    reader.items.push({
      dimension,
      isNegated: reader.isNegated,
      isOr: reader.isOr,
      isAttached:
        isNegated &&
        last?.isNegated === true &&
        (reader.gap === 'none' || reader.attaches) &&
        last.isOfActors === isOfActors,
      isOfActors,
      isShared: reader.isShared,
      values: [value],
      joint: undefined,
    });
  }
  reader.attaches = false;
  if (reader.slot === 'target' || reader.slot === 'in') reader.openTarget = false;
  reader.gap = 'none';
  reader.gapJoint = undefined;
  reader.isOr = false;
  if (reader.negatesOne) {
    reader.isNegated = false;
    reader.negatesOne = false;
  }
}

/** Takes a bracket; what is joined or negated before it is said of all in it. */
export function addBracket(reader: Reader, kind: 'open' | 'close'): void {
  if (kind === 'close') reader.terms.push({ kind });
  else {
    reader.terms.push({ kind, isNegated: reader.isNegated, joint: reader.termJoint });
    reader.termJoint = undefined;
  }
}

/** What comes is said of something else than the last value. */
export function closeGap(reader: Reader): void {
  reader.gap = 'clause';
}

/** Tells of words that no record can answer. */
export function note(reader: Reader, what: string): boolean {
  reader.notes.push(`${what} is not applied: no record can be held against it`);
  return true;
}

/** What the next token may mean. */
export function nextKinds(reader: Reader, at = reader.at + 1): ReadonlySet<Meaning['kind']> {
  return new Set((reader.tokens[at]?.meanings ?? []).map(({ kind }) => kind));
}
