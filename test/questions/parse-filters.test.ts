import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOf, anyOf, type Condition, formatCondition, notOf } from '../../src/questions/condition.ts';
import { motivationKeys, parseMotivation } from '../../src/questions/condition-motivation.ts';
import { countriesIn, placesIn } from '../../src/questions/condition-region.ts';
import { readDate } from '../../src/questions/filter-dates.ts';
import { filterTokens, readFilters } from '../../src/questions/parse-filters.ts';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { entities } from '../search/fixture.ts';

const index = createIndex(entities);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom('IR', 'RU', 'US', 'IN', 'IT').map((code): Condition => ({ kind: 'country', code })),
  fc.constantFrom('europe', 'middle-east').map((key): Condition => ({ kind: 'origin-region', key })),
  fc.constantFrom('energy', 'oil-gas', 'finance').map((key): Condition => ({ kind: 'sector', key })),
  fc.constantFrom('DE', 'five-eyes', 'asia').map((key): Condition => ({ kind: 'region', key })),
  fc
    .constantFrom(...entities.filter(({ type }) => type === 'malware' || type === 'attack-pattern'))
    .map(({ id }): Condition => ({ kind: 'uses', id })),
  fc.constantFrom('ransomware', 'rat').map((key): Condition => ({ kind: 'software', key })),
  fc.constantFrom('espionage', 'financial').map((key): Condition => ({ kind: 'motivation', key })),
  fc.constantFrom('2024', '2024-03', 'P30D', 'P2Y').map((date): Condition => ({ kind: 'since', date })),
  fc.constantFrom('misp-galaxy', 'Acme Notes').map((name): Condition => ({ kind: 'source', name })),
  fc.constantFrom('bear', 'fancy bear').map((text): Condition => ({ kind: 'name', text })),
);

const condition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('any'), { minLength: 2, maxLength: 4 }).map(allOf),
    fc.array(tie('any'), { minLength: 2, maxLength: 4 }).map(anyOf),
    tie('any').map(notOf),
    tie('any').map((of): Condition => ({ kind: 'of-actors', of })),
  ),
})).any;

describe('filters', () => {
  it('are read back as they are written', () => {
    fc.assert(
      fc.property(condition, (where) => {
        const read = readFilters(filterTokens(formatCondition(where)), index);

        expect(read).toMatchObject({ kind: 'ok', where, types: [], notes: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('never throw and never take long, whatever they consist of', () => {
    const words = fc.constantFrom(
      ...'( ) and or not - -( by:( country: country:iran sector:"oil uses:( , , | : :: "" " type: __proto__:x constructor:y toString since:9999-99'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
        expect(() => parseQuestion(parts.join(' '), index)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    'country:('.repeat(200),
    '('.repeat(1_900),
    '-'.repeat(8_000),
    `uses:"${'x'.repeat(1_900)}`,
    'by:('.repeat(450),
    'not '.repeat(450),
    'country:iran '.repeat(150),
    'a:b '.repeat(450),
    'iran '.repeat(60),
    'groups from and or not '.repeat(12),
  ])('are soon done with a long text', (text) => {
    const started = performance.now();

    parseQuestion(text, index);

    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it.each([
    ['2024', '2024'],
    ['2024-3', '2024-03'],
    ['2024-03-31', '2024-03-31'],
    ['March 2024', '2024-03'],
    ['30d', 'P30D'],
    ['last 2 years', 'P2Y'],
    ['past year', 'P1Y'],
    ['2024-02-30', undefined],
    ['0000', undefined],
    ['9999', undefined],
    ['0d', undefined],
    ['soon', undefined],
  ])('take %j for the date %j', (text, expected) => {
    expect(readDate(text)).toBe(expected);
  });
});

describe('regions', () => {
  it('hold countries and the regions that lie in them', () => {
    expect([...placesIn('europe')]).toEqual(
      expect.arrayContaining(['europe', 'DE', 'eastern-europe', 'european-union']),
    );
    expect(placesIn('europe').has('asia')).toBe(false);
    expect(placesIn('middle-east').has('asia')).toBe(false);
    expect([...placesIn('DE')]).toEqual(['DE']);
    expect([...placesIn('global')]).toEqual(['global']);
    expect(countriesIn('nowhere').size).toBe(0);
  });
});

describe('motives', () => {
  it.each([
    ['Espionage', ['espionage']],
    ['mainly financially motivated, additional espionage objective.', ['espionage', 'financial']],
    ['Financial Theft', ['financial']],
    ['Hacktivists-Nationalists', ['hacktivism']],
    ['Denial of service', ['denial-of-service']],
    ['Business Email Compromise', ['financial']],
    ['unknown', []],
  ])('are heard in %j', (text, keys) => {
    expect(motivationKeys(text)).toEqual(keys);
  });

  it('are asked for in several words', () => {
    expect(
      ['money', 'cyber espionage', 'financially motivated'].map((text) => parseMotivation(text)?.key),
    ).toEqual(['financial', 'espionage', 'financial']);
  });
});
