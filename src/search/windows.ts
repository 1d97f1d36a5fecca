import { hashFinish, hashStart, hashUnit } from './hash.ts';
import type { NameTable } from './name-table.ts';
import { joints, type Tokens, tokenKinds } from './normalize/tokens.ts';
import { type WordClasses, wordFlags } from './word-classes.ts';

/** A name or id found in a text, as tokens `from` to `to`. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly key: number;
  /** False for an everyday word, a bare number or two letters: such a name needs words of the field beside it. */
  readonly isDistinct: boolean;
}

/** Names of more tokens than this are found only as a whole query. */
const maxWindow = 10;
const contextReach = 2;
const shortLetters = 3;

/** The longest names and ids in the tokens, left to right, not overlapping. Linear in the length of the text. */
export function findWindows(tokens: Tokens, names: NameTable, classes: WordClasses): readonly Window[] {
  const windows: Window[] = [];
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
      if (key >= 0 && !cutsWord(tokens, names, from, to))
        best = judged(tokens, names, classes, from, to, key) ?? best;
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
  tokens: Tokens,
  names: NameTable,
  classes: WordClasses,
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
  const isGlued = count > 1 && (names.tokenCount[key] ?? 1) < 2 && everyday > 0;
  if (isGlued && stops > 0 && !isWhole) return undefined;
  const isEveryday =
    everyday === count && (count === 1 || isGlued || isNaturalPhrase(tokens.glued(from, to)));
  return { from, to, key, isDistinct: !isEveryday && !isTooShort(tokens, from, to) };
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

/** True when a word of the field ("group", "malware", "aka") stands within two words of the window. */
export function hasContext(tokens: Tokens, classes: WordClasses, window: Window): boolean {
  const first = Math.max(0, window.from - contextReach);
  const last = Math.min(tokens.count - 1, window.to + contextReach);
  for (let at = first; at <= last; at += 1) {
    if (at >= window.from && at <= window.to) continue;
    if ((classes.flags(tokens.glued(at, at)) & wordFlags.field) !== 0) return true;
  }
  return false;
}

/** Names of actors, malware and operations that are also everyday expressions. */
const naturalPhrases: ReadonlySet<string> = new Set(
  `seaturtle redoctober lonewolf duststorm icefog darkhotel blackout newgeneration blackcat coldriver goldmouse
  bluebottle flyingkite snowball snowstorm sandstorm thunderstorm hotpot redstar blackfriday whitecollar
  crosswalk deadend doubletap fireball firestorm flashpoint freemilk ghostwriter goldendragon greenspot hardrain
  icebox lightbulb magicbox moneytaker nightlight openoffice poolparty powerpoint rainmaker silverfish sidewinder
  softspot southstar starlight stonefruit sunburst sundown teardrop timebomb tophat webmaster whiteout wildcard
  wildfire windowseat workshop wildneutron windshift poisonivy poisonplug deeppanda bluemoon blackmagic
  blackbox blackrock blackhole blacksun goldeneye highnoon longtime nightowl whitepaper whitelie goldfactory`.split(
    /\s+/,
  ),
);

function isNaturalPhrase(glued: string): boolean {
  return naturalPhrases.has(glued);
}
