/** What is pumped into every expression, whatever it is made of. */
const common = [
  'a',
  'A',
  '0',
  ' ',
  '\t',
  '\n',
  '.',
  '-',
  '_',
  '/',
  ':',
  ',',
  '|',
  '*',
  '#',
  '=',
  '&',
  '@',
  '(',
  '[',
  '<',
  '"',
  "'",
  '\\',
  'é',
  'a.',
  'a ',
  '1.',
  ' a',
  'ab-',
];

const end = '\u0000!';

/**
 * Texts on which a matcher that goes back may take long: repetitions of what is usual and of what stands in the pattern
 * itself, behind a beginning that lets it start and before an end that lets it fail.
 */
export function* pumped(pattern: string, chars: number): Iterable<string> {
  const words = literalsIn(pattern);
  const units = [...new Set([...common, ...words, ...pairs(words)])];
  const starts = ['', ...words.slice(0, 1)];
  for (const unit of units) {
    const body = unit.repeat(Math.ceil(chars / unit.length)).slice(0, chars);
    for (const start of starts) yield `${start}${body}${end}`;
  }
}

const maxWords = 8;

/** Characters and words that stand for themselves in a pattern. */
function literalsIn(pattern: string): readonly string[] {
  const plain = pattern
    .replace(/\\[wWdDsSbBpPkK](?:\{[^}]*\})?|\\[0-9]|\{\d*,?\d*\}|\(\?<?[:=!]/g, '\u0001')
    .replace(/\\(.)/g, '$1');
  const words = plain.match(/[\p{L}\p{N}]{2,8}|[^\p{L}\p{N}\u0001^$?+()|]/gu) ?? [];
  return [...new Set(words)].slice(0, maxWords);
}

function pairs(words: readonly string[]): readonly string[] {
  return words.slice(0, 3).flatMap((one) => words.slice(0, 3).map((other) => `${one}${other}`));
}
