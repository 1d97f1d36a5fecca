import * as fc from 'fast-check';
import { assertNever } from '../../src/support/assert-never.ts';

/** Texts that have made readers stumble: markup of every platform, control characters, what looks like an object's own. */
export const hostileTexts: readonly string[] = [
  '<!channel>',
  '<!here|here>',
  '<@U0000001>',
  '<#C0000001|soc>',
  '<https://evil.example|https://bank.example>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '<at>everyone</at>',
  '[bank](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '`code` *bold* _it_ ~no~',
  '```',
  '\u202egnp.exe',
  '\u2066\u2067\u2069',
  '\u200b\u200d\ufeff',
  '\u0000',
  '\u0007\u001b[31mred\u001b[0m',
  '\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007',
  '\ud800',
  '\udc00x',
  '\u{1f469}\u200d\u{1f4bb}',
  'e\u0301\u0301\u0301\u0301',
  'İıſK',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "=cmd|'/c calc'!A1",
  '{{7*7}}${7*7}<%= 7 %>',
  '%00%0a%0d%zz',
  '\r\nSet-Cookie: a=b',
  '../../etc/passwd',
  '-1',
  '1e999',
  'NaN',
  '99999999999999999999',
  '0000-00-00',
  '9999-12-31T23:59:59Z',
  'javascript:alert(1)',
  'data:text/html,x',
  'null',
  'undefined',
  "' OR 1=1 --",
  '\\',
  '"',
  "'",
  '|',
  ':',
  ' ',
  '',
];

/** A hostile text, or any other. */
export function hostile(): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...hostileTexts), weight: 5 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 30 }), weight: 2 },
    { arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }), weight: 2 },
    { arbitrary: fc.string({ maxLength: 60 }), weight: 2 },
    { arbitrary: repeated(), weight: 1 },
  );
}

/** One short text many times over, by which what grows with the square shows. */
export function repeated(maxChars = 9_000): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ minLength: 1, maxLength: 4 })),
      fc.integer({ min: 2, max: maxChars }),
    )
    .map(([unit, times]) => unit.repeat(Math.min(times, Math.floor(maxChars / Math.max(1, unit.length)))));
}

/** What becomes of a text: a piece cut out, put in, doubled, swapped, in another case, or repeated. */
type TextEdit = readonly [
  how: 'cut' | 'put' | 'double' | 'swap' | 'upper' | 'wide',
  at: number,
  word: string,
];

const textEdit: fc.Arbitrary<TextEdit> = fc.tuple(
  fc.constantFrom('cut', 'put', 'double', 'swap', 'upper', 'wide'),
  fc.double({ min: 0, max: 1, noNaN: true }),
  hostile(),
);

/** A text of the given, somewhat changed or not at all. */
export function edited(texts: fc.Arbitrary<string>, maxEdits = 3): fc.Arbitrary<string> {
  return fc
    .tuple(texts, fc.array(textEdit, { maxLength: maxEdits }))
    .map(([text, edits]) => edits.reduce(applyEdit, text));
}

function applyEdit(text: string, [how, place, word]: TextEdit): string {
  const at = Math.floor(place * text.length);
  const [head, tail] = [text.slice(0, at), text.slice(at)];
  switch (how) {
    case 'cut':
      return head + tail.slice(1 + (word.length % 7));
    case 'put':
      return head + word + tail;
    case 'double':
      return head + tail.slice(0, 20) + tail;
    case 'swap':
      return tail + head;
    case 'upper':
      return head + tail.toUpperCase();
    case 'wide':
      // Full-width letters, which normalisation folds.
      return head + tail.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
    default:
      return assertNever(how);
  }
}
