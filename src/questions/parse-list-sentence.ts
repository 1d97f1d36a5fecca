import type { SearchIndex } from '../search/types.ts';
import { readCountry } from './filter-places.ts';
import { spellingNote, wordingName } from './filter-values.ts';
import { readGrammar } from './parse-list-clauses.ts';
import { asksForList, finished, type SentenceReading } from './parse-list-combine.ts';
import { readDates } from './parse-list-dates.ts';
import { chosen } from './parse-list-meaning.ts';
import { mayBeActor, readMisspeltActor, readMisspeltName, readName, readNamed } from './parse-list-names.ts';
import { readPlace } from './parse-list-places.ts';
import { addBracket, addValue, createReader, nextKinds, note, type Reader } from './parse-list-reader.ts';
import { readOwn, readSoftware, readSubject, readUnlisted } from './parse-list-subjects.ts';
import { type ListToken, listTokens, nearestMeanings, textOf } from './parse-list-tokens.ts';
import { exclusionSign, type Meaning } from './parse-list-words.ts';

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
/** "energy russia -mimikatz", "plugx !china": as in code search, what stands behind the sign is left out. */
const signOfExclusion = /(^|[\s(])(?:[-!\u2010-\u2015\u2212]|&&\s*!)(?=[\p{L}("])/gu;
/** "tools that Chinese groups use but Russian groups do not" */
const usedNotUsed =
  /^(.{1,60}?) (?:that|which) (.{1,80}?) (?:use|exploit|deploy) but (?:not )?(.{1,80}?)(?: (?:do not|don't|dont|does not|never)(?: use)?)?$/i;

/** "what does APT28 use that APT29 doesn't", "which tools do Turla use but not APT29" */
const usesNotUses =
  /^(?:what|which)(?: (malware|tools|software|techniques|ttps))? (?:do|does|did) (.{1,60}?) (?:use|have|used) (?:that|which|but|and) (?:not )?(.{1,60}?)(?: (?:does not|doesn't|doesnt|do not|don't|dont|did not|didn't|never|lacks?)(?: use| have)?)?$/i;

/** "w/ Cobalt Strike", "w/o". */
function spelledOut(text: string): string {
  return text
    .replace(signOfExclusion, `$1${exclusionSign} `)
    .replace(behindName, 'named $1')
    .replace(
      usesNotUses,
      (_, thing: string | undefined, one: string, other: string) =>
        `${thing ?? 'software and techniques'} used by ${one} but not used by ${other}`,
    )
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
  if (/^both$/i.test(token.text)) reader.isShared = true;
  if (readRanking(reader, token)) return true;
  if (token.kind === 'unknown') return readUnknown(reader, token);
  return readPhrase(reader, token, token.meanings);
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
  if (meaning.kind === 'unweighed' && onlyWords.test(token.text)) return readOnly(reader, token.text);
  return meaning.kind === 'unweighed' ? note(reader, `“${token.text}”`) : readGrammar(reader, meaning.kind);
}

const onlyWords = /^(?:only|solely|exclusively|just)$/i;

/** "only Iranian groups" are Iranian groups; that someone targets or uses nothing else, nobody records. */
function readOnly(reader: Reader, text: string): boolean {
  const next = nextKinds(reader, reader.at);
  const isOfHome = next.has('country') || next.has('region') || next.has('from') || next.has('subject');
  const isOpen = reader.slot === 'target' || (reader.slot === 'use' && reader.openUse);
  if (isOfHome && !isOpen) return true;
  reader.notes.push(`“${text}” is not applied: no record says that somebody targets or uses nothing else`);
  return true;
}

const stateSectors: ReadonlySet<string> = new Set(['government', 'military', 'intelligence']);
