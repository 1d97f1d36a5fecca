import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import type { MatchTechniquesQuestion, Question } from '../../src/questions/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import type { Match } from '../../src/search/types.ts';
import { bundledEntities } from '../search/labelled/bundled-entities.ts';
import { labelledTechniques, notTechniques } from './labelled-techniques.ts';

const entities = bundledEntities();
const index = createIndex(entities);

/** `T1566.002/T1598.003`, where a name is of several. */
function labelsOf(matches: readonly Match[]): readonly string[] {
  const groups = Map.groupBy(matches, ({ matched }) => matched.text);
  return [...groups.values()].map((group) =>
    group
      .map(({ entity }) =>
        entity.type === 'attack-pattern' ? entity.externalIds[0] : entity.name.replace(' ', '-'),
      )
      .join('/'),
  );
}

function told(question: Question): string {
  if (question.kind !== 'match-techniques') return question.kind;
  const unknown = question.unknown.map((text) => `?${text}`);
  return [...labelsOf(question.techniques), ...labelsOf(question.software ?? []), ...unknown].join(' ');
}

function read(text: string): MatchTechniquesQuestion {
  const question = parseQuestion(text, index);
  if (question.kind !== 'match-techniques') throw new Error(`${question.kind}: ${text.slice(0, 60)}`);
  return question;
}

describe('a list of techniques', () => {
  it.each(labelledTechniques)('reads %j as %j', (text, expected) => {
    expect(told(parseQuestion(text, index))).toBe(expected);
  });

  it.each(notTechniques)('takes %j for no list', (text) => {
    expect(parseQuestion(text, index).kind).not.toBe('match-techniques');
  });

  it('is found in a report of 100 KB', () => {
    const filler = 'The operators moved on through the network and waited for the night. ';
    const report = `${filler.repeat(700)}They used T1566.001 first.${filler.repeat(700)}Then T1003 and T1105, then Mimikatz, then T9999.`;

    const { techniques, software, unknown } = read(report);

    expect(report.length).toBeGreaterThan(90_000);
    expect(labelsOf(techniques)).toEqual(['T1566.001', 'T1003', 'T1105']);
    expect(labelsOf(software ?? [])).toEqual(['Mimikatz']);
    expect(unknown).toEqual(['T9999']);
  });

  it('is refused beyond that length, and so is a long text without techniques', () => {
    expect(parseQuestion('T1566 T1059 T1190 '.repeat(6_000), index).kind).toBe('refused');
    expect(parseQuestion('nothing of the kind '.repeat(1_000), index).kind).toBe('refused');
  });

  it('holds every technique once, in whatever separators', () => {
    const ids = entities
      .filter(({ type }) => type === 'attack-pattern')
      .flatMap(({ externalIds }) => externalIds.filter((id) => /^T\d{4}(?:\.\d{3})?$/.test(id)).slice(0, 1));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...ids), { minLength: 3, maxLength: 30 }),
        fc.constantFrom(', ', ' ', '\n', '; ', ' | ', ',', '\t', ' and ', '\n- '),
        fc.boolean(),
        (list, separator, lower) => {
          const text = list.join(separator);
          const { techniques, unknown } = read(lower ? text.toLowerCase() : text);

          expect(labelsOf(techniques)).toEqual(list);
          expect(unknown).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('throws at nothing and stays linear', () => {
    const started = performance.now();
    for (const text of [
      'T'.repeat(100_000),
      'T1566 '.repeat(17_000),
      'T9999,'.repeat(17_000),
      ','.repeat(100_000),
      'which actors match these techniques: '.repeat(2_700),
      `match ${'(('.repeat(50_000)}`,
      `T1566 T1059 T1190 ${'who which what does '.repeat(5_000)}`,
      `T1566 T1059 T1190${' '.repeat(100_000)}x`,
      `match ${'phishing link and '.repeat(5_000)}`,
      `T1566,T1059,T1190,${'\u0000'.repeat(90_000)}`,
    ]) {
      parseQuestion(text.slice(0, 102_400), index);
    }

    expect(performance.now() - started).toBeLessThan(6_000);
  });
});
