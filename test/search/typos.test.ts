import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedDistance } from '../../src/search/edit-distance.ts';
import { TypoIndex, type TypoMatch } from '../../src/search/evidence/typos.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 4, maxLength: 14 });

describe('TypoIndex', () => {
  it('finds exactly the names that a comparison with all of them finds', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 40 }), word, (names, query) => {
        const found: TypoMatch[] = [];
        new TypoIndex(names).find(query, found);
        const expected = names.filter((name) => {
          const limit = name.length < 5 ? 0 : name.length < 9 ? 1 : 2;
          return limit > 0 && name !== query && boundedDistance(query, name, limit) <= limit;
        });

        expect(new Set(found.map(({ key }) => names[key]))).toEqual(new Set(expected));
        expect(found).toHaveLength(expected.length);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps digits equal', () => {
    const found: TypoMatch[] = [];
    new TypoIndex(['storm0978', 'operation1027']).find('storm0979', found);

    expect(found).toEqual([]);
  });
});
