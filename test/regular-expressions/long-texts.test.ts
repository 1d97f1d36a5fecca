import { expect, it } from 'vitest';
import { defangAll } from '../../src/cards/defang-text.ts';
import { markdownText } from '../../src/cards/teams/text.ts';
import { cleanQuestion } from '../../src/questions/clean.ts';
import { patternValues } from '../../src/sources/stix/pattern.ts';
import { citationsIn, plainText } from '../../src/sources/stix/text.ts';
import { createRedactor } from '../../src/support/secrets.ts';

const chars = 100_000;
/** Processor time; what grows with the square takes seconds. Doubled for a machine that is busy with more than this. */
const maxMs = 2 * 50;
const units = [
  ' ',
  '\t',
  '\n',
  'a',
  '0',
  '.',
  '-',
  '[',
  '(',
  '<',
  "'",
  '"',
  '\\',
  '`',
  '*',
  '_',
  '/',
  '@',
  'eyJ-',
];
const phrases = [
  "\\'",
  "[file:name='",
  '[a](http://',
  'https://a:',
  'a@b.',
  '-----BEGIN ',
  '(Citation:',
  'Bearer ',
];

it.each<[name: string, read: (text: string) => unknown]>([
  ['the redactor', createRedactor(['a-secret-word'])],
  ['patterns of STIX', patternValues],
  ['descriptions', plainText],
  ['citations', citationsIn],
  ['text of cards', (text) => markdownText([{ text }])],
  ['defanging', defangAll],
  ['questions', cleanQuestion],
])('%s: no long text takes time with its square', (_, read) => {
  const slow = [...units, ...phrases].filter((unit) => {
    const text = `x${unit.repeat(chars / unit.length)}\u0000!`;
    return timed(read, text) > maxMs && timed(read, text) > maxMs && timed(read, text) > maxMs;
  });

  expect(slow).toEqual([]);
});

function timed(read: (text: string) => unknown, text: string): number {
  const start = process.threadCpuUsage();
  read(text);
  return process.threadCpuUsage(start).user / 1_000;
}
