/**
 * Data as people may safely see it: nothing in it can move a cursor, turn the reading direction, hide between
 * letters, or forge a line. What is neutralised stays visible, as the control picture (`␛`) or as `‹U+202E›`.
 */

const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Everything that shows nothing of its own or steers what shows: Cc, Cf, and the fillers outside of those. */
const invisible =
  /\p{Cc}|\p{Cf}|\u034f|[\u115f\u1160\u3164\uffa0]|[\u17b4\u17b5]|[\u180b-\u180f]|[\u{e0100}-\u{e01ef}]/gu;

/** Of category Cf, yet drawn: the signs that stand before numbers in Arabic, Syriac and Kaithi. */
const drawnFormatCharacters = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;

const joinedBefore = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const joinedAfter = /^\p{Extended_Pictographic}/u;
/** Scripts whose spelling uses the joiner and the non-joiner between letters. */
const joiningScripts =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Kannada}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const zeroWidth = new Set(['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff']);
const softHyphen = '\u00ad';

/** One line: line breaks and tabs become a space, the rest of the invisible is made visible or, at the ends, removed. */
export function cleanLine(text: string): string {
  return showInvisible(text.toWellFormed().replace(lineBreaks, ' '));
}

/** Text that may keep its line breaks (as `\n`); otherwise as `cleanLine`. */
export function cleanLines(text: string): string {
  return text
    .toWellFormed()
    .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
    .map((line) => showInvisible(line.replaceAll('\t', ' ')))
    .join('\n');
}

function showInvisible(line: string): string {
  const trimmed = trimZeroWidth(line);
  return trimmed.replace(invisible, (found, offset: number) =>
    isWanted(found, trimmed, offset) ? found : visibleForm(found),
  );
}

function trimZeroWidth(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && zeroWidth.has(line[start] ?? '')) start += 1;
  while (end > start && zeroWidth.has(line[end - 1] ?? '')) end -= 1;
  return line.slice(start, end);
}

/** True for a character that belongs to the writing: emoji sequences, joiners of scripts that need them. */
function isWanted(found: string, line: string, offset: number): boolean {
  if (drawnFormatCharacters.test(found)) return true;
  if (found !== '\u200d' && found !== '\u200c') return false;
  const before = line.slice(Math.max(0, offset - 2), offset);
  const after = line.slice(offset + 1, offset + 3);
  if (found === '\u200d' && joinedBefore.test(before) && joinedAfter.test(after)) return true;
  return joiningScripts.test(before.slice(-1)) && joiningScripts.test(after.slice(0, 1));
}

function visibleForm(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  if (found === softHyphen) return '';
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
