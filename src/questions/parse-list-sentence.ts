import { nameKey } from '../domain/name-key.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import type { Condition } from './condition.ts';
import { placesIn } from './condition-region.ts';
import { readCountry } from './filter-places.ts';
import {
  entityCondition,
  lookUpUsed,
  spellingNote,
  usableMatches,
  usedCondition,
  wordingName,
} from './filter-values.ts';
import { readGrammar } from './parse-list-clauses.ts';
import { asksForList, finished, type SentenceReading } from './parse-list-combine.ts';
import { readDates } from './parse-list-dates.ts';
import { chosen } from './parse-list-meaning.ts';
import {
  addBracket,
  addValue,
  closeGap,
  createReader,
  nextKinds,
  note,
  ownDimensions,
  type Reader,
} from './parse-list-reader.ts';
import { isEverydayWord, type ListToken, listTokens, nearestMeanings, textOf } from './parse-list-tokens.ts';
import type { Meaning } from './parse-list-words.ts';

/** Reads a sentence or a few words as a list; undefined when a word of it means nothing here, or it asks for no list. */
export function readSentence(
  text: string,
  index: SearchIndex,
  hasFilters = false,
): SentenceReading | undefined {
  const cut = listTokens(spelledOut(text), index);
  if (cut === undefined) return undefined;
  const reader = createReader(cut.words, cut.tokens, index);
  while (reader.at < reader.tokens.length) {
    if (!readToken(reader)) return undefined;
  }
  return asksForList(reader, hasFilters) ? finished(reader) : undefined;
}

/** "top 10 malware", "most used tools", "tools that most groups share": what is listed is ranked by its users. */
function readRanking(reader: Reader, { text, from }: ListToken): boolean {
  if (
    /^(?:\d{1,3}|three|five|ten|twenty)$/i.test(text) &&
    /^(?:top|first|the)$/i.test(reader.words[from - 1]?.lower ?? '')
  ) {
    reader.limit = numbers[text.toLowerCase()] ?? Number(text);
    reader.isRanked = true;
    reader.at += 1;
    return true;
  }
  if (rarities.test(text)) {
    reader.isRarest = true;
    reader.at += 1;
    return true;
  }
  if (!rankings.test(text)) return false;
  reader.isRanked = true;
  reader.rankings.push(text);
  reader.at += 1;
  return true;
}

const numbers: Readonly<Record<string, number>> = { three: 3, five: 5, ten: 10, twenty: 20 };
const rarities = /^(?:rare|rarest|rarely used|least used|least common|uncommon|unusual|unique)$/i;
const rankings =
  /^(?:top|most|most used|most common|commonly used|most popular|most frequent|most frequently used|most commonly used|most widely used|widely used|common|commonly|popular|favou?rite|frequently|often|most often)$/i;

/** "with bear in the name" */
const behindName =
  /\b(?:with|having|that have|which have) (?:the word )?([\p{L}\p{N}]{2,30}) in (?:the|their|its) names?\b/giu;
/** "tools that Chinese groups use but Russian groups do not" */
const usedNotUsed =
  /^(.{1,60}?) (?:that|which) (.{1,80}?) (?:use|exploit|deploy) but (?:not )?(.{1,80}?)(?: (?:do not|don't|dont|does not|never)(?: use)?)?$/i;

/** "w/ Cobalt Strike", "w/o". */
function spelledOut(text: string): string {
  return text
    .replace(behindName, 'named $1')
    .replace(usedNotUsed, '$1 used by $2 but not used by $3')
    .replace(/(^|\s)w\/o(?=\s)/gi, '$1without')
    .replace(/(^|\s)w\/\s?(?=\S)/gi, '$1with ');
}

function readToken(reader: Reader): boolean {
  const token = reader.tokens[reader.at];
  if (token === undefined) return false;
  if (token.kind === 'open' || token.kind === 'close') {
    reader.at += 1;
    addBracket(reader, token.kind);
    return true;
  }
  if (reader.slot === 'named' && token.kind !== 'phrase') return readName(reader, token);
  const since = readDates(reader, token);
  if (since !== undefined) {
    addValue(reader, 'since', since.condition);
    reader.at = since.next;
    return true;
  }
  if (token.kind === 'name' || (reader.slot === 'use' && token.matches.length > 0))
    return readNamed(reader, token);
  if (readRanking(reader, token)) return true;
  if (token.kind === 'unknown') return readUnknown(reader, token);
  return readPhrase(reader, token, token.meanings);
}

function readName(reader: Reader, token: ListToken): boolean {
  addValue(reader, 'name', { kind: 'name', text: token.text });
  reader.slot = 'none';
  reader.at += 1;
  return true;
}

/** The exact name of something: what is used; the name of an actor makes it no list. */
function readNamed(reader: Reader, token: ListToken): boolean {
  const usable = usableMatches(token.matches);
  const actors = token.matches.filter(({ entity }) => entity.type === 'intrusion-set');
  if (actors.length > 0 && mayBeActor(reader, usable.length > 0)) return readActor(reader, actors, token);
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

/** Behind "used by" the actor is meant, and behind "except" the one that is left out. */
function mayBeActor(reader: Reader, isUsable: boolean): boolean {
  const { isNegated, isOfActors, slot, actors, who } = reader;
  const hasItems = reader.items.length > 0;
  if (slot === 'use') return false;
  if (isOfActors) return true;
  if (!isNegated || !(actors || who || hasItems)) return false;
  const before = reader.tokens[reader.at - 1]?.text.toLowerCase() ?? '';
  const isInList = reader.gap === 'joint' && reader.items.at(-1)?.dimension === 'actor';
  return !isUsable || isInList || exceptions.test(before);
}

const exceptions =
  /^(?:except|except for|excluding|exclude|other than|besides|apart from|leaving out|not counting)$/;

function readActor(reader: Reader, actors: readonly Match[], { text }: ListToken): boolean {
  if (actors.length > 1) reader.notes.push(`“${text}” names ${actors.length} actors: any of them counts`);
  addValue(reader, 'actor', entityCondition(actors));
  reader.slot = 'none';
  reader.at += 1;
  return true;
}

/** In its place, the name of what is used; elsewhere a misspelling or the end of reading. */
function readUnknown(reader: Reader, token: ListToken): boolean {
  if (reader.slot === 'use' && readMisspeltName(reader, token)) return true;
  if (mayBeActor(reader, false) && readMisspeltActor(reader, token)) return true;
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
    const text = textOf(reader.words, token.from, reader.tokens[to - 1]?.to ?? token.to);
    const used = lookUpUsed(text, reader.index);
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

/** "malware of lazerus": the longest run of words from here that is nearly the name of an actor. */
function readMisspeltActor(reader: Reader, token: ListToken): boolean {
  const end = reader.tokens.findIndex((one, at) => at > reader.at && one.meanings.some(isBorder));
  const last = end === -1 ? reader.tokens.length : end;
  for (let to = Math.min(last, reader.at + 4); to > reader.at; to -= 1) {
    const text = textOf(reader.words, token.from, reader.tokens[to - 1]?.to ?? token.to);
    const lookup = reader.index.lookup(text, ['intrusion-set']);
    const matches =
      lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
    const actors = matches.filter(({ entity }) => entity.type === 'intrusion-set');
    const [first] = actors;
    if (first === undefined || nameKey(first.matched.text).length < nameKey(text).length - 1) continue;
    if (nameKey(first.matched.name) !== nameKey(text))
      reader.notes.push(spellingNote(text, first.entity.name));
    reader.at = to - 1;
    return readActor(reader, actors, { ...token, text });
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
  if (meaning.kind === 'country' || meaning.kind === 'region') return readPlace(reader, meaning);
  if (meaning.kind === 'sector') {
    if (reader.slot === 'use') return false;
    // "attributed to the Chinese government" names the state.
    if (reader.slot === 'from' && stateSectors.has(meaning.key)) return note(reader, `“${token.text}”`);
    addValue(reader, 'sector', { kind: 'sector', key: meaning.key });
    return true;
  }
  if (meaning.kind === 'motivation') {
    if (reader.slot === 'use') reader.openUse = false;
    addValue(reader, 'motivation', { kind: 'motivation', key: meaning.key });
    return true;
  }
  if (meaning.kind === 'tactic' || meaning.kind === 'platform') return readOwn(reader, meaning);
  if (meaning.kind === 'unweighed' && /^new$/i.test(token.text)) {
    reader.isNew = true;
    return true;
  }
  if (meaning.kind === 'state-body') {
    addValue(reader, 'sponsor', { kind: 'sponsored', body: meaning.key });
    return true;
  }
  if (meaning.kind === 'unlisted-kind') return readUnlisted(reader, token.text);
  if (meaning.kind === 'software') return readSoftware(reader, meaning.key);
  if (meaning.kind === 'subject') return readSubject(reader, meaning);
  return meaning.kind === 'unweighed' ? note(reader, `“${token.text}”`) : readGrammar(reader, meaning.kind);
}

const stateSectors: ReadonlySet<string> = new Set(['government', 'military', 'intelligence']);

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
  const isLeftOut = isExcepted(reader, place, next);
  const isHomeLeftOut = isHomeExcepted(reader, place);
  if (isLeftOut || isHomeLeftOut) reader.slot = 'none';
  const isPlain = reader.slot === 'none' && !names && !reader.actors && reader.things === undefined;
  // "german banks" are victims; "iran telecom" are Iranians and their victims.
  const isOfSector =
    isPlain && !hasHome && place.kind === 'country' && place.isAdjective && next.has('sector');
  // "North Korean crypto thieves" are from there, though "German bank robbers" may be meant by it.
  const isOfActors = isOfSector && nextKinds(reader, reader.at + 1).has('subject');
  const isVictim = isOfSector && !isOfActors;
  const isHome =
    !isVictim &&
    (reader.slot === 'from' ||
      (names && reader.slot !== 'target') ||
      (reader.slot === 'none' && (!hasHome || isJoined)) ||
      (isLeftOut && reader.things !== undefined));
  addValue(reader, isHome ? 'origin' : 'place', isHome ? home : victim);
  const item = reader.items.at(-1);
  // "apts in China", "iran telecom": whoever reads it decides otherwise with a button.
  const isOpen = reader.slot === 'in' && reader.actors && !reader.hasVerb;
  if (
    item !== undefined &&
    item.values.length === 1 &&
    ((isPlain && (isHome || isVictim)) || isOpen || isHomeLeftOut)
  )
    item.other = isHome ? victim : home;
  return true;
}

/** "targeting South Korea except North Korean ones": left out are actors by where they are from, no victims. */
function isExcepted(
  reader: Reader,
  place: Extract<Meaning, { kind: 'country' | 'region' }>,
  next: ReadonlySet<Meaning['kind']>,
): boolean {
  if (place.kind !== 'country' || !place.isAdjective || place.text === 'us') return false;
  if (next.has('sector') || next.has('sector-noun')) return false;
  const isArticle = reader.tokens[reader.at - 2]?.text.toLowerCase() === 'the';
  return nextKinds(reader, reader.at - (isArticle ? 3 : 2)).has('not');
}

/** What is said of techniques or software themselves; a tactic alone asks for its techniques. */
function readOwn(reader: Reader, { kind, key }: Extract<Meaning, { kind: 'tactic' | 'platform' }>): boolean {
  const isBare = kind === 'tactic' && reader.things === undefined && reader.slot !== 'use';
  if (isBare && !nextKinds(reader, reader.at).has('subject')) reader.things = ['attack-pattern'];
  // "techniques for persistence used by X": the actors come yet.
  const hasActors = reader.actors || reader.items.some(({ isOfActors }) => isOfActors);
  if (reader.isOfActors && !hasActors) reader.isOfActors = false;
  if (reader.slot === 'use') {
    reader.openUse = false;
    reader.usedNames += 2;
  }
  addValue(reader, kind, kind === 'tactic' ? { kind: 'tactic', key } : { kind: 'platform', key });
  return true;
}

/** "wipers used by Russian groups": as what is asked for all malware is meant; as a condition it is not applied. */
function readUnlisted(reader: Reader, text: string): boolean {
  const isAsked = reader.things === undefined && !reader.actors && reader.slot !== 'use';
  reader.notes.push(
    isAsked
      ? `“${text}” is read as malware: no source here keeps a list of that kind`
      : `“${text}” is not applied: no source here keeps a list of that kind`,
  );
  if (isAsked) return readSubject(reader, { kind: 'subject', text, key: 'malware', types: ['malware'] });
  reader.openUse = false;
  return true;
}

/** "who targets Ukraine except Russia": no part of what is attacked, so whoever attacks from there is left out. */
function isHomeExcepted(reader: Reader, place: Extract<Meaning, { kind: 'country' | 'region' }>): boolean {
  if (reader.slot !== 'target' || !reader.isNegated) return false;
  const before = reader.tokens[reader.at - 2]?.text.toLowerCase() ?? '';
  if (!exceptions.test(before)) return false;
  const targeted = reader.items.flatMap(({ dimension, isNegated, values }) =>
    dimension === 'place' && !isNegated ? values : [],
  );
  return !targeted.some((value) => value.kind === 'region' && placesIn(value.key).has(place.key));
}

/** "ransomware used by", "ransomware gangs", "using ransomware". */
function readSoftware(reader: Reader, key: string): boolean {
  const isAsked = reader.things === undefined && !reader.actors && reader.slot !== 'use';
  const next = nextKinds(reader, reader.at);
  if (isAsked && !next.has('subject') && !next.has('users')) {
    reader.things = ['malware', 'tool'];
    saidOfActors(reader);
    addValue(reader, 'uses', { kind: 'software', key });
    return true;
  }
  reader.openUse = false;
  // A kind is more than a name: "groups using ransomware" has no card of its own.
  reader.usedNames += 2;
  addValue(reader, 'uses', { kind: 'software', key });
  return true;
}

function saidOfActors(reader: Reader): void {
  reader.items = reader.items.map((item) =>
    ownDimensions.includes(item.dimension) ? item : { ...item, isOfActors: true },
  );
  reader.terms = reader.terms.map((term) => (term.kind === 'value' ? { ...term, isOfActors: true } : term));
}

function readSubject(reader: Reader, subject: Extract<Meaning, { kind: 'subject' }>): boolean {
  const isActors = subject.types.includes('intrusion-set');
  // "most exploited vulnerabilities"
  const isAskedByUse = reader.openUse && reader.things === undefined && !reader.actors && !reader.who;
  if (!isActors && reader.slot === 'use' && !isAskedByUse) return true;
  if (isAskedByUse && !isActors) reader.slot = 'none';
  if (isActors) {
    reader.actors = true;
    if (subject.condition?.kind === 'name') {
      reader.isNickname = true;
      addValue(reader, 'name', subject.condition);
    } else if (subject.condition !== undefined) addValue(reader, 'motivation', subject.condition);
  } else if (reader.things === undefined) {
    // "iranian malware": what came before is said of the actors.
    saidOfActors(reader);
    reader.things = subject.types;
    reader.isOfActors = reader.actors;
  } else return false;
  if (reader.slot === 'target' || reader.slot === 'in') return isActors && !reader.hasVerb;
  reader.slot = 'none';
  closeGap(reader);
  return true;
}
