import { cutsWord } from './borders.ts';
import { hashFinish, hashStart, hashUnit } from './hash.ts';
import type { IndexParts } from './index-parts.ts';
import { type Part, type Standing, standingOf } from './standing.ts';

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
