import type { NameTable } from './name-table.ts';
import { joints, type Tokens, tokenKinds } from './normalize/tokens.ts';

/** True when the window begins or ends inside a word, a domain or a number that belongs to a code ("APT 38"). */
export function cutsWord(tokens: Tokens, names: NameTable, from: number, to: number): boolean {
  const isIdeographic = (at: number): boolean => tokens.kind[at] === tokenKinds.ideograph;
  if (from > 0 && isJoined(tokens, from)) {
    const isFree = tokens.joint[from] === joints.inWord && (isIdeographic(from) || isIdeographic(from - 1));
    if (!isFree) return true;
  }
  const after = to + 1;
  if (after < tokens.count && isJoined(tokens, after)) {
    const isFree = tokens.joint[after] === joints.inWord && (isIdeographic(to) || isIdeographic(after));
    if (!isFree) return true;
  }
  if (from > 0 && tokens.joint[from] === joints.dashed && isCodePart(tokens, names, from)) return true;
  if (isSecondPart(tokens, names, from)) return true;
  return (
    cutsCode(tokens, names, from - 1, from) ||
    cutsCode(tokens, names, to, after) ||
    isNumbered(tokens, names, after)
  );
}

function isJoined(tokens: Tokens, at: number): boolean {
  return tokens.joint[at] === joints.inWord || tokens.joint[at] === joints.dotted;
}

function cutsCode(tokens: Tokens, names: NameTable, left: number, right: number): boolean {
  if (left < 0 || right >= tokens.count) return false;
  if (tokens.kind[right] !== tokenKinds.digits || tokens.joint[right] === joints.parted) return false;
  if (tokens.kind[left] === tokenKinds.digits) return isSpelledOut(tokens, left, right);
  if (tokens.kind[left] !== tokenKinds.letters) return false;
  const word = tokens.glued(left, left);
  // "who's 8Base": the s is no code's.
  if (word === 's' && tokens.joint[right] === joints.apart) return false;
  return names.schemeWords.has(word);
}

/** "Magecart Group 7": the word after a name belongs to a short number. */
function isNumbered(tokens: Tokens, names: NameTable, at: number): boolean {
  if (at + 1 >= tokens.count || tokens.kind[at + 1] !== tokenKinds.digits) return false;
  if (lengthOf(tokens, at + 1) > 3 && tokens.joint[at + 1] !== joints.dashed) return false;
  // "T1566.001, CVE-2017-11882": the number of a vulnerability is never that of what stands before it.
  if (tokens.glued(at, at) === 'cve') return false;
  if (tokens.kind[at] !== tokenKinds.letters || !names.schemeWords.has(tokens.glued(at, at))) return false;
  // "TrickBot FIN7": a code for itself behind the name.
  return tokens.joint[at + 1] !== joints.inWord || names.keys.find(tokens.glued(at, at + 1)) < 0;
}

/** "T-APT-14" is no APT14, and "APT-C-0036" no C0036: letters of codes and a dash in front belong to the code. */
function isCodePart(tokens: Tokens, names: NameTable, from: number): boolean {
  const hasNumber = from + 1 < tokens.count && tokens.kind[from + 1] === tokenKinds.digits;
  if (!hasNumber || tokens.kind[from - 1] !== tokenKinds.letters) return false;
  return lengthOf(tokens, from - 1) <= 2 || names.schemeWords.has(tokens.glued(from - 1, from - 1));
}

/** "APT C-0036", "apt c 0036": letters that are the second part of a scheme's ("APT-C") are not a code's own. */
function isSecondPart(tokens: Tokens, names: NameTable, from: number): boolean {
  if (from === 0 || from + 1 >= tokens.count || tokens.kind[from + 1] !== tokenKinds.digits) return false;
  if (tokens.kind[from] !== tokenKinds.letters || tokens.kind[from - 1] !== tokenKinds.letters) return false;
  return tokens.joint[from] !== joints.parted && names.schemeWords.has(tokens.glued(from - 1, from));
}

/** "APT 3 9", and "APT3 9" at the end of a text: a number in pieces, which is no APT3. */
function isSpelledOut(tokens: Tokens, left: number, right: number): boolean {
  if (left === 0 || tokens.kind[left - 1] !== tokenKinds.letters) return false;
  if (tokens.joint[left] !== joints.apart && right + 1 < tokens.count) return false;
  return lengthOf(tokens, left) === 1 && lengthOf(tokens, right) === 1;
}

/** The number of characters of a token. */
export function lengthOf(tokens: Tokens, at: number): number {
  return (tokens.charEnd[at] ?? 0) - (tokens.charStart[at] ?? 0);
}
