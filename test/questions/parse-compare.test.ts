import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import type { Question } from '../../src/questions/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { bundledEntities } from '../search/labelled/bundled-entities.ts';
import { nothingNamed } from '../search/labelled/nothing-named.ts';
import { labelledCompare, notCompare, unseenCompare } from './labelled-compare.ts';

const index = createIndex(bundledEntities());

function told(question: Question): string {
  if (question.kind !== 'compare') return question.kind;
  const names = question.matches.map(({ entity }) => entity.name);
  const unknown = (question.unknown ?? []).map(({ text }) => `?${text}`);
  return `${question.mode} ${question.focus}: ${[...names, ...unknown].join(', ')}`;
}

describe('questions that compare', () => {
  it('number at least forty', () => {
    expect(labelledCompare.length).toBeGreaterThanOrEqual(40);
  });

  it.each(labelledCompare)('reads %j as %j', (text, expected) => {
    expect(told(parseQuestion(text, index))).toBe(expected);
  });

  it.each(unseenCompare)('reads the unseen %j as %j', (text, expected) => {
    expect(told(parseQuestion(text, index))).toBe(expected);
  });

  it.each(notCompare)('takes %j for no comparison', (text) => {
    expect(['compare', 'match-techniques']).not.toContain(parseQuestion(text, index).kind);
  });
});

describe('texts that name nothing', () => {
  const frames = [
    (a: string, b: string) => `${a} vs ${b}`,
    (a: string, b: string) => `compare ${a} and ${b}`,
    (a: string, b: string) => `what do ${a} and ${b} have in common`,
    (a: string, b: string) => `links between ${a} and ${b}`,
    (a: string, b: string) => `is ${a} the same as ${b}`,
    (a: string, b: string) => `which actors match ${a}, ${b}`,
    (a: string, b: string) => `${a}, ${b} and more`,
  ];

  it('are neither compared nor matched, in whatever words', () => {
    const wrong = nothingNamed.flatMap((text, at) => {
      const asked =
        frames[at % frames.length]?.(text, nothingNamed[(at + 5) % nothingNamed.length] ?? '') ?? '';
      return ['compare', 'match-techniques'].includes(parseQuestion(asked, index).kind) ? [asked] : [];
    });

    expect(wrong).toEqual([]);
  });
});

describe('a name that several carry', () => {
  it('is told with all its owners, and is not what stands on the other side', () => {
    const question = parseQuestion('compare Winnti and APT41', index);

    expect(question).toMatchObject({ kind: 'compare' });
    const choices = question.kind === 'compare' ? question.choices : [];
    expect(choices?.map((owners) => owners.map(({ entity }) => entity.name))).toEqual([
      ['Winnti Group', 'APT41'],
    ]);
  });

  it('is taken for what is of the kind of the others', () => {
    const question = parseQuestion('compare Carbanak and Emotet', index);

    expect(question.kind === 'compare' && question.matches.map(({ entity }) => entity.type)).toEqual([
      'malware',
      'malware',
    ]);
  });
});

describe('parseCompare', () => {
  it('compares five of more names, and tells which are left', () => {
    const question = parseQuestion('compare APT28, APT29, APT39, APT41, Turla and FIN7', index);

    expect(question.kind === 'compare' && question.matches.length).toBe(5);
    expect(question).toMatchObject({ left: ['FIN7'] });
  });

  it('throws at nothing and stays quick', () => {
    const words = fc.constantFrom(
      'compare',
      'APT28',
      'and',
      'vs',
      ',',
      'with',
      'the',
      'techniques',
      'of',
      'links',
      'between',
      'both',
      'is',
      'same',
      'as',
      'in common',
      'share',
      'what do',
      'T1566',
      'Winnti',
      '\u0000',
      '"',
      '((',
      '𝕏',
      'a'.repeat(50),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        parseQuestion(parts.join(' '), index);
      }),
      { numRuns: 300 },
    );
    const started = performance.now();
    for (const text of [
      `compare ${'and '.repeat(140)}`,
      `what do ${'a and '.repeat(90)} share`,
      `is ${'the same as '.repeat(45)}`,
      `compare ${'x, '.repeat(190)}`,
      `links between ${'b'.repeat(560)}`,
    ]) {
      parseQuestion(text, index);
    }

    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
