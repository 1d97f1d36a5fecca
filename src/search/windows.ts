import { hashFinish, hashStart, hashUnit } from './hash.ts';
import type { IndexParts } from './index-parts.ts';
import type { NameTable } from './name-table.ts';
import { joints, type Tokens, tokenKinds } from './normalize/tokens.ts';
import { isNaturalPhrase, isSchemeNoun } from './naming-schemes.ts';
import { wordFlags } from './word-classes.ts';

/**
 * How much a name says for itself: `distinct` means the name wherever it stands; `phrase`, two or more everyday words
 * ("magic hound"), means it in a text about the field; `everyday`, a common word, a bare number or up to three letters,
 * means it beside a word of the field.
 */
export type Standing = 'distinct' | 'phrase' | 'everyday';

/** A name or id found in a text, as tokens `from` to `to`. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly key: number;
  readonly standing: Standing;
}

/** Names of more tokens than this are found only as a whole query. */
const maxWindow = 10;
const shortLetters = 3;

/** The longest names and ids in the tokens, left to right, not overlapping. Linear in the length of the text. */
export function findWindows(parts: IndexParts, text: string): readonly Window[] {
  const windows: Window[] = [];
  const { tokens, names } = parts;
  const { chars, charStart, charEnd, count } = tokens;
  for (let from = 0; from < count; ) {
    let best: Window | undefined;
    let hash = hashStart;
    let at = charStart[from] ?? 0;
    const start = at;
    const last = Math.min(count, from + maxWindow);
    for (let to = from; to < last; to += 1) {
      for (const end = charEnd[to] ?? 0; at < end; at += 1) hash = hashUnit(hash, chars[at] ?? 0);
      const key = names.keys.findUnits(hashFinish(hash), chars, start, charEnd[to] ?? 0);
      if (key >= 0 && !cutsWord(tokens, names, from, to)) best = judged(parts, text, from, to, key) ?? best;
    }
    if (best !== undefined) windows.push(best);
    from = best === undefined ? from + 1 : best.to + 1;
  }
  return windows;
}

/** True when the window begins or ends inside a word, a domain or a number that belongs to a code ("APT 38"). */
function cutsWord(tokens: Tokens, names: NameTable, from: number, to: number): boolean {
  const isIdeographic = (at: number): boolean => tokens.kind[at] === tokenKinds.ideograph;
  if (from > 0 && tokens.joint[from] !== joints.apart) {
    const isFree = tokens.joint[from] === joints.inWord && (isIdeographic(from) || isIdeographic(from - 1));
    if (!isFree) return true;
  }
  const after = to + 1;
  if (after < tokens.count && tokens.joint[after] !== joints.apart) {
    const isFree = tokens.joint[after] === joints.inWord && (isIdeographic(to) || isIdeographic(after));
    if (!isFree) return true;
  }
  return cutsCode(tokens, names, from - 1, from) || cutsCode(tokens, names, to, after);
}

function cutsCode(tokens: Tokens, names: NameTable, left: number, right: number): boolean {
  if (left < 0 || right >= tokens.count) return false;
  if (tokens.kind[right] !== tokenKinds.digits || tokens.kind[left] !== tokenKinds.letters) return false;
  return names.schemeWords.has(tokens.glued(left, left));
}

/** The window with its standing, or undefined when it is made of glue words or glues everyday words to a name. */
function judged(
  { tokens, names, classes }: IndexParts,
  text: string,
  from: number,
  to: number,
  key: number,
): Window | undefined {
  let everyday = 0;
  let stops = 0;
  for (let at = from; at <= to; at += 1) {
    const flags = isWholeWord(tokens, at) ? classes.flags(tokens.glued(at, at)) : 0;
    if ((flags & wordFlags.everyday) !== 0) everyday += 1;
    if ((flags & wordFlags.stop) !== 0) stops += 1;
  }
  const count = to - from + 1;
  const isWhole = count === tokens.count;
  if (stops === count && !isWhole) return undefined;
  const isGlued = count > 1 && (names.wordCount[key] ?? 1) < 2 && everyday > 0;
  if (isGlued && stops > 0 && !isWhole) return undefined;
  if (isTooShort(tokens, from, to)) return { from, to, key, standing: 'everyday' };
  if (everyday < count) return { from, to, key, standing: 'distinct' };
  if (count === 1 || isGlued || isNaturalPhrase(tokens.glued(from, to))) {
    return { from, to, key, standing: 'everyday' };
  }
  const isScheme = isSchemeNoun(tokens.glued(to, to)) || isCapitalised(tokens, text, from, to);
  return { from, to, key, standing: isScheme ? 'distinct' : 'phrase' };
}

/** True when each word begins with a capital in a text that is not all capitals. */
function isCapitalised(tokens: Tokens, text: string, from: number, to: number): boolean {
  for (let at = from; at <= to; at += 1) {
    const first = text[tokens.sourceStart[at] ?? 0] ?? '';
    if (first === first.toLowerCase()) return false;
  }
  for (let at = 0; at < tokens.count; at += 1) {
    const first = text[tokens.sourceStart[at] ?? 0] ?? '';
    if ((at < from || at > to) && first !== first.toUpperCase()) return true;
  }
  return false;
}

/** True for letters that no number or other script continues: "t" of "T1566" is no word. */
function isWholeWord(tokens: Tokens, at: number): boolean {
  if (tokens.kind[at] !== tokenKinds.letters || tokens.joint[at] === joints.inWord) return false;
  return at + 1 >= tokens.count || tokens.joint[at + 1] !== joints.inWord;
}

/** Bare numbers, and one to three letters without a number. */
function isTooShort(tokens: Tokens, from: number, to: number): boolean {
  if (from !== to) return false;
  if (tokens.kind[from] === tokenKinds.digits) return true;
  const length = (tokens.charEnd[from] ?? 0) - (tokens.charStart[from] ?? 0);
  return tokens.kind[from] === tokenKinds.letters && length <= shortLetters;
}

/**
 * True when the words around a name tell that it is one: a word of the field ("group", "malware", "aka") within two
 * words of an everyday word; for a phrase also a word of the trade ("targets", "logs", "breach") within eight.
 */
export function hasContext({ tokens, classes }: IndexParts, window: Window): boolean {
  const isPhrase = window.standing === 'phrase';
  const reach = isPhrase ? phraseReach : contextReach;
  const telling = isPhrase ? wordFlags.field | wordFlags.trade : wordFlags.field;
  const first = Math.max(0, window.from - reach);
  const last = Math.min(tokens.count - 1, window.to + reach);
  for (let at = first; at <= last; at += 1) {
    if (at >= window.from && at <= window.to) continue;
    if ((classes.flags(tokens.glued(at, at)) & telling) !== 0) return true;
  }
  return false;
}

const contextReach = 2;
const phraseReach = 8;
