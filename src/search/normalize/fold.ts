import { latinLookAlikes } from './look-alikes.ts';

const combining = /^\p{M}$/u;
const invisible = /^(?:\p{Cf}|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0)$/u;
const decimalDigit = /^\p{Nd}$/u;
const letterOrNumber = /^[\p{L}\p{N}]$/u;

/** Marks a character that parts words. */
export const separator = ' ';

/**
 * What one character above ASCII counts as when names are compared: lower-case letters and digits, the separator,
 * or the empty text for what is not seen (zero-width, combining marks, direction marks). Compatibility forms are
 * decomposed (NFKD), marks dropped, look-alikes of Latin letters replaced, digits of any script read.
 */
export function foldCodePoint(codePoint: number): string {
  const enclosed = enclosedLetter(codePoint);
  if (enclosed !== undefined) return enclosed;
  const latin = latinLookAlikes.get(codePoint);
  if (latin !== undefined) return latin;
  const decomposed = String.fromCodePoint(codePoint).normalize('NFKD');
  let folded = '';
  for (const part of decomposed) folded += foldPart(part);
  const trimmed = folded.trim();
  return trimmed === '' && folded !== '' ? separator : trimmed;
}

function foldPart(part: string): string {
  if (combining.test(part) || invisible.test(part)) return '';
  const codePoint = part.codePointAt(0) ?? 0;
  const latin = latinLookAlikes.get(codePoint);
  if (latin !== undefined) return latin;
  if (decimalDigit.test(part)) return String(digitValue(codePoint));
  if (!letterOrNumber.test(part)) return separator;
  const lower = part.toLowerCase();
  return lower === 'ß' ? 'ss' : lower === 'æ' ? 'ae' : lower === 'œ' ? 'oe' : lower.replace(/\p{M}/gu, '');
}

/** Unicode keeps the ten decimal digits of a script in one run that begins at the first with no digit before it. */
function digitValue(codePoint: number): number {
  let first = codePoint;
  while (codePoint - first < 9 && decimalDigit.test(String.fromCodePoint(first - 1))) first -= 1;
  return (codePoint - first) % 10;
}

/** Letters in squares and filled circles, and flags' regional indicators, which NFKD leaves as they are. */
function enclosedLetter(codePoint: number): string | undefined {
  for (const start of [0x1f130, 0x1f150, 0x1f170, 0x1f1e6]) {
    if (codePoint >= start && codePoint < start + 26) return String.fromCharCode(97 + codePoint - start);
  }
  return undefined;
}
