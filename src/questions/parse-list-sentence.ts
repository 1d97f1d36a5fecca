import type { EntityType } from '../domain/entity-type.ts';
import type { SearchIndex } from '../search/types.ts';
import { allOf, anyOf, type Condition, notOf } from './condition.ts';
import { readCountry } from './filter-places.ts';
import {
  lookUpUsed,
  readDate,
  spellingNote,
  usableMatches,
  usedCondition,
  wordingName,
} from './filter-values.ts';
import {
  isEverydayWord,
  type ListToken,
  type ListWord,
  listTokens,
  nearestMeanings,
  textOf,
} from './parse-list-tokens.ts';
import type { GrammarKind, Meaning } from './parse-list-words.ts';

/** A sentence read as a list. */
export interface SentenceReading {
  readonly types: readonly EntityType[];
  readonly where: Condition;
  /** What was done to read it, for people. */
  readonly notes: readonly string[];
  /** Other readings of the same words. */
  readonly others: readonly Condition[];
}

/** What the words that follow are about. */
type Slot = 'none' | 'from' | 'target' | 'in' | 'use' | 'named';
type Dimension = 'origin' | 'place' | 'sector' | 'uses' | 'motivation' | 'since' | 'name';

/** Values that stand together: "banks, telcos or hospitals". */
interface Item {
  readonly dimension: Dimension;
  readonly isNegated: boolean;
  /** Joined with the item before it by "or". */
  readonly isOr: boolean;
  /** True for conditions of the actors behind what is listed. */
  readonly isOfActors: boolean;
  readonly values: Condition[];
  joint: 'and' | 'or' | undefined;
  /** The same value read otherwise: from the country, or against it. */
  other?: Condition;
}

interface Reader {
  readonly words: readonly ListWord[];
  readonly tokens: readonly ListToken[];
  readonly index: SearchIndex;
  at: number;
  slot: Slot;
  isNegated: boolean;
  isOr: boolean;
  /** Only commas, "and" and "or" stand between the last value and here. */
  gap: 'none' | 'joint' | 'clause';
  gapJoint: 'and' | 'or' | undefined;
  isOfActors: boolean;
  items: Item[];
  notes: string[];
  actors: boolean;
  who: boolean;
  things: readonly EntityType[] | undefined;
  hasVerb: boolean;
  /** Names of software and techniques as typed. */
  usedNames: number;
  /** A verb of use without anything used: "what malware do they use". */
  openUse: boolean;
}

/** Reads a sentence or a few words as a list; undefined when a word of it means nothing here, or it asks for no list. */
export function readSentence(
  text: string,
  index: SearchIndex,
  hasFilters = false,
): SentenceReading | undefined {
  const cut = listTokens(text, index);
  if (cut === undefined) return undefined;
  const reader: Reader = {
    ...cut,
    index,
    at: 0,
    slot: 'none',
    isNegated: false,
    isOr: false,
    gap: 'none',
    gapJoint: undefined,
    isOfActors: false,
    items: [],
    notes: [],
    actors: false,
    who: false,
    things: undefined,
    hasVerb: false,
    usedNames: 0,
    openUse: false,
  };
  while (reader.at < reader.tokens.length) {
    if (!readToken(reader)) return undefined;
  }
  return asksForList(reader, hasFilters) ? finished(reader) : undefined;
}

function readToken(reader: Reader): boolean {
  const token = reader.tokens[reader.at];
  if (token === undefined) return false;
  if (token.kind === 'open' || token.kind === 'close') {
    reader.at += 1;
    return true;
  }
  if (reader.slot === 'named' && token.kind !== 'phrase') return readName(reader, token);
  const since = dateAt(reader, token);
  if (since !== undefined) {
    addValue(reader, 'since', { kind: 'since', date: since.date });
    reader.at = since.next;
    return true;
  }
  if (token.kind === 'name' || (reader.slot === 'use' && token.matches.length > 0))
    return readNamed(reader, token);
  if (token.kind === 'unknown') return readUnknown(reader, token);
  return readPhrase(reader, token, token.meanings);
}

function readName(reader: Reader, token: ListToken): boolean {
  addValue(reader, 'name', { kind: 'name', text: token.text });
  reader.slot = 'none';
  reader.at += 1;
  return true;
}

/** "since 2024", "in the last 2 years", "past year". */
function dateAt(reader: Reader, token: ListToken): { date: string; next: number } | undefined {
  const starts = token.meanings.some(({ kind }) => kind === 'since');
  const from = starts ? token.to : token.from;
  if (!starts && !/^(?:last|past|previous|the)$/i.test(reader.words[token.from]?.lower ?? ''))
    return undefined;
  const isOpen = !starts || /^(?:in|over|within|during|active (?:in|over|within))\b/i.test(token.text);
  const skipsArticle = reader.words[from]?.lower === 'the' ? 1 : 0;
  for (let to = Math.min(reader.words.length, from + skipsArticle + 4); to > from; to -= 1) {
    const date = readDate(textOf(reader.words, from + skipsArticle, to));
    if (date === undefined || (isOpen && !date.startsWith('P'))) continue;
    const next = reader.tokens.findIndex((one) => one.from >= to);
    // A phrase may not reach over the end of the date.
    if (next !== -1 && reader.tokens[next]?.from !== to) continue;
    return { date, next: next === -1 ? reader.tokens.length : next };
  }
  return undefined;
}

/** The exact name of something: what is used; the name of an actor makes it no list. */
function readNamed(reader: Reader, token: ListToken): boolean {
  const usable = usableMatches(token.matches);
  if (usable.length === 0) return false;
  const mayBeUsed = reader.slot === 'use' || reader.slot === 'none' || reader.isNegated;
  // "rock groups" are no users of something called Rock.
  if (reader.slot === 'none' && !reader.isNegated && isEverydayWord(token.text)) return false;
  if (!mayBeUsed || (usable.length < token.matches.length && reader.slot !== 'use')) return false;
  if (usable.length > 1)
    reader.notes.push(`“${token.text}” names ${usable.length} things: any of them counts`);
  reader.usedNames += 1;
  reader.openUse = false;
  addValue(reader, 'uses', usedCondition(usable));
  reader.at += 1;
  return true;
}

/** In its place, the name of what is used; elsewhere a misspelling or the end of reading. */
function readUnknown(reader: Reader, token: ListToken): boolean {
  if (reader.slot === 'use' && readMisspeltName(reader, token)) return true;
  const isPlaced = reader.slot === 'from' || reader.slot === 'target' || reader.slot === 'in';
  const code =
    isPlaced && /^(?:[A-Z]{2}|[A-Za-z]{3})$/.test(token.text) ? readCountry(token.text) : undefined;
  if (code !== undefined) {
    reader.at += 1;
    return readPlace(reader, { kind: 'country', text: token.text, key: code, isAdjective: false });
  }
  return readMisspelling(reader, token, isPlaced);
}

/** Two or three words that are nearly a place ("north koren"), else one that is nearly something. */
function readMisspelling(reader: Reader, token: ListToken, isPlaced: boolean): boolean {
  for (let count = Math.min(3, reader.tokens.length - reader.at); count > 0; count -= 1) {
    const last = reader.tokens[reader.at + count - 1];
    if (last === undefined || last.to - token.from !== count) continue;
    const text = textOf(reader.words, token.from, last.to);
    const meanings = nearestMeanings(text, isPlaced).filter(
      (meaning) => count === 1 || meaning.kind === 'country' || meaning.kind === 'region',
    );
    if (meanings.length === 0) continue;
    reader.at += count - 1;
    const meaning = chosen(reader, token, meanings);
    if (meaning !== undefined && isValue(meaning)) {
      reader.notes.push(spellingNote(text, wordingName(meaning.key)));
    }
    return readPhrase(reader, token, meanings);
  }
  return false;
}

function isValue({ kind }: Meaning): boolean {
  return kind === 'country' || kind === 'region' || kind === 'sector';
}

/** The longest run of words from here that is near the name of something usable. */
function readMisspeltName(reader: Reader, token: ListToken): boolean {
  const end = reader.tokens.findIndex((one, at) => at > reader.at && one.meanings.some(isBorder));
  const last = end === -1 ? reader.tokens.length : end;
  for (let to = Math.min(last, reader.at + 5); to > reader.at; to -= 1) {
    const end = reader.tokens[to - 1]?.to ?? token.to;
    const used = lookUpUsed(textOf(reader.words, token.from, end), reader.index);
    if (used === undefined) continue;
    if (used.note !== undefined) reader.notes.push(used.note);
    reader.usedNames += 1;
    reader.openUse = false;
    addValue(reader, 'uses', used.condition);
    reader.at = to;
    return true;
  }
  return false;
}

const borders: ReadonlySet<string> = new Set([
  'target',
  'in',
  'from',
  'use',
  'since',
  'not',
  'and',
  'or',
  'named',
]);

function isBorder({ kind }: Meaning): boolean {
  return borders.has(kind);
}

function readPhrase(reader: Reader, token: ListToken, meanings: readonly Meaning[]): boolean {
  const meaning = chosen(reader, token, meanings);
  if (meaning === undefined) return false;
  reader.at += 1;
  switch (meaning.kind) {
    case 'country':
    case 'region':
      return readPlace(reader, meaning);
    case 'sector':
      if (reader.slot === 'use') return false;
      addValue(reader, 'sector', { kind: 'sector', key: meaning.key });
      return true;
    case 'motivation':
      addValue(reader, 'motivation', { kind: 'motivation', key: meaning.key });
      return true;
    case 'software':
      return readSoftware(reader, meaning.key);
    case 'subject':
      return readSubject(reader, meaning);
    case 'unweighed':
      return note(reader, `“${token.text}”`);
    default:
      return readGrammar(reader, meaning.kind);
  }
}

/** Which of its meanings a phrase has here; undefined where none fits. */
function chosen(reader: Reader, token: ListToken, meanings: readonly Meaning[]): Meaning | undefined {
  const next = nextKinds(reader);
  const isPlaced = reader.slot === 'target' || reader.slot === 'in';
  for (const kind of preference(reader, next, isPlaced)) {
    const meaning = meanings.find((one) => one.kind === kind);
    if (meaning === undefined) continue;
    const isLoose = meaning.kind === 'sector' && meaning.isWholeOnly;
    const isExpected = isPlaced || next.has('sector-noun') || reader.items.length > 0;
    if (isLoose && !isExpected && token.text !== 'IT') continue;
    return meaning;
  }
  return undefined;
}

function nextKinds(reader: Reader, at = reader.at + 1): ReadonlySet<Meaning['kind']> {
  return new Set((reader.tokens[at]?.meanings ?? []).map(({ kind }) => kind));
}

/** The kinds of meaning in the order in which they are believed at this place of the sentence. */
function preference(
  reader: Reader,
  next: ReadonlySet<Meaning['kind']>,
  isPlaced: boolean,
): readonly Meaning['kind'][] {
  const asksForThings = reader.things !== undefined && !reader.isOfActors;
  const isBeforeSubject = next.has('subject') || next.has('linked') || next.has('motivated');
  const isBehindSector = reader.gap === 'none' && reader.items.at(-1)?.dimension === 'sector';
  const isFirst = reader.items.length === 0 && !reader.actors && reader.things === undefined;
  return [
    ...(asksForThings ? (['used-by', 'do'] as const) : []),
    ...(isBehindSector ? (['sector-noun'] as const) : []),
    'not',
    'software',
    'country',
    'region',
    ...(isBeforeSubject && !isPlaced ? (['unweighed', 'linked', 'motivation'] as const) : []),
    ...(isPlaced ? (['sector'] as const) : []),
    ...(isFirst ? (['subject', 'use'] as const) : (['use', 'subject'] as const)),
    'motivation',
    'sector',
    'from',
    'in',
    'target',
    'named',
    'and',
    'or',
    'who',
    'linked',
    'motivated',
    'sector-noun',
    'unweighed',
    'filler',
    'do',
    'since',
    'used-by',
  ];
}

/** From there before "groups" and behind "from"; against it behind "targeting"; the first of two bare ones is home. */
function readPlace(reader: Reader, place: Extract<Meaning, { kind: 'country' | 'region' }>): boolean {
  if (reader.slot === 'use') return false;
  const home: Condition =
    place.kind === 'country'
      ? { kind: 'country', code: place.key }
      : { kind: 'origin-region', key: place.key };
  const victim: Condition = { kind: 'region', key: place.key };
  const next = nextKinds(reader, reader.at);
  const names = next.has('linked') || (next.has('subject') && !reader.actors);
  const hasHome = reader.items.some(({ dimension }) => dimension === 'origin');
  const isJoined = reader.gap === 'joint';
  const isPlain = reader.slot === 'none' && !names && !reader.actors && reader.things === undefined;
  // "german banks" are victims; "iran telecom" are Iranians and their victims.
  const isVictim = isPlain && !hasHome && place.kind === 'country' && place.isAdjective && next.has('sector');
  const isHome =
    !isVictim &&
    (reader.slot === 'from' ||
      (names && reader.slot !== 'target') ||
      (reader.slot === 'none' && (!hasHome || isJoined)));
  addValue(reader, isHome ? 'origin' : 'place', isHome ? home : victim);
  const item = reader.items.at(-1);
  // "apts in China", "iran telecom": whoever reads it decides otherwise with a button.
  const isOpen = reader.slot === 'in' && reader.actors && !reader.hasVerb;
  if (item !== undefined && item.values.length === 1 && ((isPlain && (isHome || isVictim)) || isOpen))
    item.other = isHome ? victim : home;
  return true;
}

/** "ransomware used by", "ransomware gangs", "using ransomware". */
function readSoftware(reader: Reader, key: string): boolean {
  const isAsked = reader.things === undefined && !reader.actors && reader.slot !== 'use';
  if (isAsked && !nextKinds(reader, reader.at).has('subject')) {
    reader.things = ['malware', 'tool'];
    const own = reader.items;
    reader.items = own.map((item) => ({ ...item, isOfActors: true }));
    addValue(reader, 'uses', { kind: 'software', key });
    return true;
  }
  reader.openUse = false;
  // A kind is more than a name: "groups using ransomware" has no card of its own.
  reader.usedNames += 2;
  addValue(reader, 'uses', { kind: 'software', key });
  return true;
}

function readSubject(reader: Reader, subject: Extract<Meaning, { kind: 'subject' }>): boolean {
  const isActors = subject.types.includes('intrusion-set');
  if (!isActors && reader.slot === 'use') return true;
  if (isActors) {
    reader.actors = true;
    if (subject.condition !== undefined) addValue(reader, 'motivation', subject.condition);
  } else if (reader.things === undefined) {
    // "iranian malware": what came before is said of the actors.
    reader.items = reader.items.map((item) => ({ ...item, isOfActors: true }));
    reader.things = subject.types;
    reader.isOfActors = reader.actors;
  } else return false;
  if (reader.slot === 'target' || reader.slot === 'in') return isActors && !reader.hasVerb;
  reader.slot = 'none';
  closeGap(reader);
  return true;
}

function closeGap(reader: Reader): void {
  reader.gap = 'clause';
}

function readGrammar(reader: Reader, kind: GrammarKind): boolean {
  switch (kind) {
    case 'filler':
    case 'motivated':
    case 'unweighed':
      return true;
    case 'linked':
      return reader.items.at(-1)?.dimension === 'origin' || note(reader, 'state sponsorship as such');
    case 'sector-noun':
      return (
        reader.slot !== 'use' && (reader.items.length > 0 || reader.slot === 'target' || reader.slot === 'in')
      );
    case 'who':
      reader.who = true;
      return true;
    case 'do':
      return startActors(reader);
    case 'used-by':
      return reader.things !== undefined && !reader.isOfActors ? startActors(reader) : false;
    case 'not':
      reader.isNegated = true;
      if (reader.gap === 'none') reader.gap = 'clause';
      return true;
    case 'and':
    case 'or':
      return readJoint(reader, kind);
    case 'target':
    case 'in':
    case 'from':
    case 'use':
    case 'named':
      return startClause(reader, kind);
    case 'since':
      return false;
    default:
      return kind satisfies never;
  }
}

function note(reader: Reader, what: string): boolean {
  reader.notes.push(`${what} is not applied: no record can be held against it`);
  return true;
}

function startActors(reader: Reader): boolean {
  if (reader.things === undefined) return true;
  reader.isOfActors = true;
  reader.slot = 'none';
  closeGap(reader);
  return true;
}

function readJoint(reader: Reader, kind: 'and' | 'or'): boolean {
  if (reader.gap === 'none') reader.gap = 'joint';
  const isComma = reader.words[reader.tokens[reader.at - 1]?.from ?? -1]?.text === ',';
  if (!isComma) reader.gapJoint = kind;
  if (kind === 'or') reader.isOr = true;
  return true;
}

function startClause(reader: Reader, kind: Exclude<Slot, 'none'>): boolean {
  const isRepeat = reader.slot === kind && reader.gap !== 'none';
  // "targeting banks in Europe": the place belongs to the targets; "not targeting banks in Europe" to both.
  const goesOn = kind === 'in' && reader.slot === 'target';
  if (reader.gap !== 'clause' && !goesOn) reader.isNegated = false;
  else if (!isNegationNear(reader) && !goesOn) reader.isNegated = false;
  if (kind === 'in' && reader.things !== undefined && !reader.isOfActors) return false;
  reader.slot = kind;
  if (kind === 'target' || kind === 'use') reader.hasVerb = true;
  // "threats to hospitals" asks who they are.
  if (/^(?:a )?threats? to$/i.test(reader.tokens[reader.at - 1]?.text ?? '')) reader.who = true;
  reader.openUse = kind === 'use';
  if (!isRepeat || reader.gap === 'joint') closeGap(reader);
  return true;
}

/** True where a "not" stands before this word with nothing but words of grammar between. */
function isNegationNear(reader: Reader): boolean {
  for (let at = reader.at - 2; at >= 0; at -= 1) {
    const kinds = reader.tokens[at]?.meanings.map(({ kind }) => kind) ?? [];
    if (kinds.includes('not')) return true;
    if (!kinds.includes('filler') && !kinds.includes('unweighed') && !kinds.includes('do')) return false;
  }
  return false;
}

function addValue(reader: Reader, dimension: Dimension, value: Condition): void {
  const last = reader.items.at(-1);
  const continues =
    reader.gap === 'joint' &&
    last !== undefined &&
    last.dimension === dimension &&
    last.isNegated === reader.isNegated &&
    last.isOfActors === reader.isOfActors;
  if (continues) {
    last.values.push(value);
    last.joint = reader.gapJoint ?? last.joint;
    delete last.other;
  } else {
    reader.items.push({
      dimension,
      isNegated: reader.isNegated,
      isOr: reader.isOr,
      isOfActors: reader.isOfActors,
      values: [value],
      joint: undefined,
    });
  }
  reader.gap = 'none';
  reader.gapJoint = undefined;
  reader.isOr = false;
}

/** True where the words ask for a list; beside filters, which do, they need only say something. */
function asksForList(reader: Reader, hasFilters: boolean): boolean {
  const { items, things, actors, who } = reader;
  if (items.length === 0 || (reader.openUse && things === undefined)) return false;
  if (hasFilters) return true;
  const has = (...dimensions: readonly Dimension[]): boolean =>
    items.some(({ dimension }) => dimensions.includes(dimension));
  const hasSubject = actors || things !== undefined || (who && reader.hasVerb);
  if (!hasSubject && !isBareList(reader, has)) return false;
  // "who uses Mimikatz" has an answer of its own.
  const onlyUses = items.every(({ dimension, isNegated }) => dimension === 'uses' && !isNegated);
  return things !== undefined || !onlyUses || reader.usedNames > 1;
}

function finished({ items, things, notes }: Reader): SentenceReading {
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
function itemCondition(item: Item): Condition {
  const joint = item.dimension === 'origin' || item.isNegated ? 'or' : (item.joint ?? 'or');
  const values = joint === 'or' ? anyOf(item.values) : allOf(item.values);
  return item.isNegated ? notOf(values) : values;
}

function otherwise(item: Item): Condition | undefined {
  if (item.other !== undefined) return item.isNegated ? notOf(item.other) : item.other;
  if (item.values.length < 2 || item.isNegated || item.dimension === 'origin') return undefined;
  return item.joint === 'and' ? anyOf(item.values) : allOf(item.values);
}

interface Swap {
  readonly item: Item;
  readonly other: Condition;
}

function combined(items: readonly Item[], swap: Swap | undefined): Condition {
  const conditionOf = (item: Item): Condition => (item === swap?.item ? swap.other : itemCondition(item));
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
function joinItems(items: readonly Item[], conditionOf: (item: Item) => Condition): Condition[] {
  const parts: Condition[] = [];
  for (const item of items) {
    const before = item.isOr ? parts.pop() : undefined;
    parts.push(before === undefined ? conditionOf(item) : anyOf([before, conditionOf(item)]));
  }
  return parts;
}
