import { EverydayWords } from '../search/everyday/everyday-words.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { nearestWording } from './filter-near.ts';
import { countryWordings, listRegionWordings, listSectorWordings } from './filter-places.ts';
import { lexicon, type Meaning, maxPhraseWords, phraseKey, structureWords } from './parse-list-words.ts';

export interface ListWord {
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

/** A part of a sentence: a phrase with what it may mean, the name of something, a bracket, or a word unknown here. */
export interface ListToken {
  readonly kind: 'phrase' | 'name' | 'open' | 'close' | 'unknown';
  /** First word and the one behind the last. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly meanings: readonly Meaning[];
  /** Who carries the name; empty for anything else. */
  readonly matches: readonly Match[];
  /** What a misspelt word was read as. */
  readonly note?: string;
}

const maxWords = 60;

/**
 * Cuts a sentence into phrases of the lexicon and exact names of the index, the longest first. Undefined for a text
 * of more words than a question has.
 */
export function listTokens(
  text: string,
  index: SearchIndex,
): { readonly words: readonly ListWord[]; readonly tokens: readonly ListToken[] } | undefined {
  const words = wordsOf(text);
  if (words.length === 0 || words.length > maxWords) return undefined;
  const names = namesAt(text, words, index);
  const tokens: ListToken[] = [];
  for (let at = 0; at < words.length; ) {
    const token = tokenAt(words, at, names.get(at));
    tokens.push(token);
    at = token.to;
  }
  return { words, tokens };
}

/** Words, with commas, brackets and slashes as words of their own; hyphens part words, a possessive goes. */
function wordsOf(text: string): readonly ListWord[] {
  return [...text.matchAll(/[,()/&;]|[^\s,()/&;"\u2010-\u2015-]+/g)]
    .slice(0, maxWords + 1)
    .flatMap((match) => {
      const written = match[0].replace(/(?<![!?:.'*_`])[!?:.'*_`]+$/, '').replace(/^['*_`]+/, '');
      const bare = written.length > 3 ? written.replace(/['’]s?$/i, '') : written;
      if (bare === '') return [];
      const start = match.index + match[0].indexOf(bare);
      return [{ text: bare, lower: bare.toLowerCase(), start, end: start + bare.length }];
    });
}

interface NameAt {
  readonly to: number;
  readonly matches: readonly Match[];
}

function namesAt(text: string, words: readonly ListWord[], index: SearchIndex): ReadonlyMap<number, NameAt> {
  const names = new Map<number, NameAt>();
  for (const spot of index.spot(text)) {
    const from = words.findIndex((word) => word.end > spot.start);
    const last = words.findLastIndex((word) => word.start < spot.end);
    if (from !== -1 && last >= from) names.set(from, { to: last + 1, matches: spot.matches });
  }
  return names;
}

function tokenAt(words: readonly ListWord[], at: number, name: NameAt | undefined): ListToken {
  const phrase = phraseAt(words, at);
  const matches = name?.matches ?? [];
  if (name !== undefined && name.to > (phrase?.to ?? at)) {
    return { kind: 'name', from: at, to: name.to, text: textOf(words, at, name.to), meanings: [], matches };
  }
  if (phrase !== undefined) {
    const sameName = name !== undefined && name.to === phrase.to ? matches : [];
    return { kind: 'phrase', from: at, ...phrase, text: textOf(words, at, phrase.to), matches: sameName };
  }
  const text = words[at]?.text ?? '';
  const kind = text === '(' ? 'open' : text === ')' ? 'close' : 'unknown';
  return { kind, from: at, to: at + 1, text, meanings: [], matches: [] };
}

export function textOf(words: readonly ListWord[], from: number, to: number): string {
  return words
    .slice(from, to)
    .map(({ text }) => text)
    .join(' ');
}

function phraseAt(
  words: readonly ListWord[],
  at: number,
): { readonly to: number; readonly meanings: readonly Meaning[] } | undefined {
  const phrases = lexicon();
  for (let to = Math.min(words.length, at + maxPhraseWords); to > at; to -= 1) {
    const key = words
      .slice(at, to)
      .map(({ lower }) => lower.replaceAll('.', ' ').trim())
      .join(' ');
    const meanings = phrases.get(key);
    if (meanings !== undefined) return { to, meanings: allowed(meanings, words, at, to) };
  }
  return undefined;
}

/** "us" is a country in capitals, behind "the", and between "targeting" and "banks"; "it" a sector in capitals. */
function allowed(
  meanings: readonly Meaning[],
  words: readonly ListWord[],
  at: number,
  to: number,
): readonly Meaning[] {
  const word = words[at];
  if (to - at > 1 || word === undefined) return meanings;
  if (word.lower === 'us' && isUnitedStates(words, at)) return [unitedStates];
  if (word.text === 'ME') return [middleEast];
  if (word.lower === 'it' && word.text !== 'IT' && !hasKind(words[at + 1], ['sector-noun'])) {
    return meanings.filter(({ kind }) => kind !== 'sector');
  }
  return meanings;
}

function isUnitedStates(words: readonly ListWord[], at: number): boolean {
  const before = words[at - 1];
  if (words[at]?.text === 'US' || before?.lower === 'the') return true;
  const isPlaced = at === 0 || hasKind(before, ['target', 'in', 'from']);
  return isPlaced && hasKind(words[at + 1], ['sector', 'subject', 'linked']);
}

function hasKind(word: ListWord | undefined, kinds: readonly Meaning['kind'][]): boolean {
  const meanings = word === undefined ? undefined : lexicon().get(word.lower);
  return meanings?.some(({ kind }) => kinds.includes(kind)) === true;
}

const unitedStates: Meaning = { kind: 'country', text: 'us', key: 'US', isAdjective: true };

const middleEast: Meaning = { kind: 'region', text: 'me', key: 'middle-east' };

let nearableWordings: readonly Meaning[] | undefined;

function nearable(): readonly Meaning[] {
  nearableWordings ??= [
    ...countryWordings,
    ...listRegionWordings,
    ...listSectorWordings.filter(({ isWholeOnly }) => !isWholeOnly),
    ...structureWords(),
  ];
  return nearableWordings;
}

let everyday: EverydayWords | undefined;

export function isEverydayWord(text: string): boolean {
  everyday ??= new EverydayWords();
  return everyday.has(text.toLowerCase());
}

/**
 * What a misspelt word, or the two or three words of a name, most likely mean: a country, region or sector, or a word
 * that questions are made of. Empty for everyday words and for what is near to several things.
 */
export function nearestMeanings(text: string, expectsPlace: boolean): readonly Meaning[] {
  const lower = text.toLowerCase();
  if (lower.length < (expectsPlace ? 4 : 5) || !/^[a-z ]+$/.test(lower)) return [];
  if (isEverydayWord(lower)) return [];
  const near = nearestWording(lower, nearable());
  const isShort = lower.length < 6 && !expectsPlace;
  if (near === undefined || (isShort && isPlaceOrSector(near))) return [];
  // The word meant may mean several things: "financial".
  return lexicon().get(phraseKey(near.text)) ?? [near];
}

function isPlaceOrSector({ kind }: Meaning): boolean {
  return kind === 'country' || kind === 'region' || kind === 'sector';
}
