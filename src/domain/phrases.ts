/** Phrases of whole words, ready for spotting in a text. */
export interface Phrases<T> {
  /** By the words of the phrase, lower case, joined by one blank. */
  readonly byWords: ReadonlyMap<string, T>;
  /** The number of words of the longest phrase that begins with a word. */
  readonly longest: ReadonlyMap<string, number>;
}

export interface PhraseHit<T> {
  readonly value: T;
  /** As written in the text. */
  readonly text: string;
  /** Offsets in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

const wordPattern = /[\p{L}\p{N}]+/gu;

/** Prepares phrases for `findPhrases`. Case and what stands between the words do not matter. */
export function phrasesOf<T>(entries: Iterable<readonly [string, T]>): Phrases<T> {
  const byWords = new Map<string, T>();
  const longest = new Map<string, number>();
  for (const [phrase, value] of entries) {
    const words = phrase.toLowerCase().match(wordPattern) ?? [];
    const [first] = words;
    if (first === undefined) continue;
    byWords.set(words.join(' '), value);
    longest.set(first, Math.max(longest.get(first) ?? 0, words.length));
  }
  return { byWords, longest };
}

/**
 * The phrases in a text, longest match first, in order, without overlaps. One pass over the words: linear in the
 * length of the text.
 */
export function findPhrases<T>(text: string, phrases: Phrases<T>): readonly PhraseHit<T>[] {
  const words = [...text.matchAll(wordPattern)].map((match) => ({
    lower: match[0].length > 60 ? '' : match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
  const hits: PhraseHit<T>[] = [];
  for (let at = 0; at < words.length; ) {
    const hit = longestAt(text, words, at, phrases);
    if (hit === undefined) at += 1;
    else {
      hits.push(hit.hit);
      at += hit.words;
    }
  }
  return hits;
}

interface Word {
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

function longestAt<T>(
  text: string,
  words: readonly Word[],
  at: number,
  phrases: Phrases<T>,
): { hit: PhraseHit<T>; words: number } | undefined {
  const first = words[at];
  if (first === undefined) return undefined;
  for (let count = phrases.longest.get(first.lower) ?? 0; count > 0; count -= 1) {
    const last = words[at + count - 1];
    if (last === undefined) continue;
    const value = phrases.byWords.get(
      words
        .slice(at, at + count)
        .map((word) => word.lower)
        .join(' '),
    );
    if (value === undefined) continue;
    const slice = text.slice(first.start, last.end);
    return { hit: { value, text: slice, start: first.start, end: last.end }, words: count };
  }
  return undefined;
}
