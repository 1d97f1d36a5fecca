import { cutsWord } from './borders.ts';
import { hashFinish, hashStart, hashUnit } from './hash.ts';
import type { IndexParts } from './index-parts.ts';
import { type Part, type Standing, standingOf } from './standing.ts';
import { wordFlags } from './word-classes.ts';

/** A name or id found in a text. */
export interface Window extends Part {
  readonly standing: Standing;
}

/** Names of more tokens than this are found only as a whole query. */
const maxWindow = 10;

/** The longest names and ids in the tokens, left to right, not overlapping. Linear in the length of the text. */
export function findWindows(parts: IndexParts, text: string): readonly Window[] {
  const windows: Window[] = [];
  const { count } = parts.tokens;
  for (let from = 0; from < count; ) {
    const window = withoutArticle(parts, text, longestFrom(parts, text, from));
    if (window !== undefined) windows.push(window);
    from = window === undefined ? from + 1 : window.to + 1;
  }
  return windows;
}

/** The longest name or id that begins at a token. */
function longestFrom(parts: IndexParts, text: string, from: number): Window | undefined {
  const { tokens, names, beginnings } = parts;
  const { chars, charStart, charEnd, count } = tokens;
  const start = charStart[from] ?? 0;
  const last = Math.min(count, from + maxWindow);
  let best: Window | undefined;
  let hash = hashStart;
  let at = start;
  for (let to = from; to < last; to += 1) {
    const end = charEnd[to] ?? 0;
    for (; at < end; at += 1) hash = hashUnit(hash, chars[at] ?? 0);
    const finished = hashFinish(hash);
    if (!beginnings.mayBegin(finished)) break;
    const key = names.keys.findUnits(finished, chars, start, end);
    if (key >= 0 && !cutsWord(tokens, names, from, to)) best = judged(parts, text, { from, to, key }) ?? best;
  }
  return best;
}

function judged(parts: IndexParts, text: string, part: Part): Window | undefined {
  const standing = standingOf(parts, text, part);
  return standing === undefined ? undefined : { ...part, standing };
}

/** "The Dropping Elephant" is Dropping Elephant: every owner of a name with the article carries it without, too. */
function withoutArticle(parts: IndexParts, text: string, window: Window | undefined): Window | undefined {
  const { tokens, names } = parts;
  if (window === undefined || window.to === window.from) return window;
  if (tokens.glued(window.from, window.from) !== 'the') return window;
  const next = longestFrom(parts, text, window.from + 1);
  if (next !== undefined && next.to > window.to) return next;
  const key = names.keys.find(tokens.glued(window.from + 1, window.to));
  return key < 0 ? window : { ...window, key };
}

/**
 * True when the words around a name tell that it is one: a word of the field ("group", "malware", "aka") within two
 * words of an everyday word; for a phrase also a word of the trade ("targets", "logs", "breach") within eight.
 */
export function hasContext({ tokens, classes }: IndexParts, window: Window): boolean {
  if (window.standing === 'plain') return false;
  const isPhrase = window.standing === 'phrase';
  const reach = isPhrase ? phraseReach : contextReach;
  const telling = isPhrase ? wordFlags.field | wordFlags.trade : wordFlags.field;
  const first = Math.max(0, window.from - reach);
  const last = Math.min(tokens.count - 1, window.to + reach);
  for (let at = first; at <= last; at += 1) {
    if (at >= window.from && at <= window.to) continue;
    if ((classes.of(tokens, at) & telling) !== 0) return true;
  }
  return false;
}

const contextReach = 2;
const phraseReach = 8;
