import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey } from '../../src/domain/name-key.ts';
import { derivedStixId } from '../../src/domain/stix-id.ts';
import { createInsideNames, insideNamesOf } from '../../src/search/inside-names.ts';
import type { SearchEntity } from '../../src/search/types.ts';

function entity(type: SearchEntity['type'], name: string, ...aliases: readonly string[]): SearchEntity {
  const id = derivedStixId(type, 'test', name);
  return { id, type, name, aliases, externalIds: [], otherIds: [] };
}

const entities = [
  entity('malware', 'Toy Kitten Loader'),
  entity('intrusion-set', 'Velvet Kitten'),
  entity('intrusion-set', 'APT900', 'Amber-Kitten'),
  entity('intrusion-set', 'Kitten Club'),
  entity('intrusion-set', 'Smitten'),
];

const inside = createInsideNames(entities);

function found(text: string): readonly string[] {
  return inside.find(text).map(({ matched }) => matched.name);
}

describe('createInsideNames', () => {
  it('finds the names that hold a word after the first, actors first', () => {
    expect(found('kitten')).toEqual(['Amber-Kitten', 'Velvet Kitten', 'Toy Kitten Loader']);
  });

  it('takes several words, whatever their case and the signs between them', () => {
    expect(found('KITTEN-load')).toEqual(['Toy Kitten Loader']);
  });

  it('tells a name from an alias', () => {
    expect(inside.find('kitten').map(({ matched }) => matched.kind)).toEqual(['alias', 'name', 'name']);
  });

  it('lists nothing for the middle of a word, one or two letters, or an endless text', () => {
    expect(found('itten')).toEqual([]);
    expect(found('ki')).toEqual([]);
    expect(found('kitten'.repeat(5_000))).toEqual([]);
  });

  it('gives each entity once, by the first of its names that has the word', () => {
    const twice = createInsideNames([entity('tool', 'Red Kitten Kitten', 'Blue Kitten')]);

    expect(twice.find('kit').map(({ matched }) => matched.name)).toEqual(['Red Kitten Kitten']);
  });

  it('takes a name of endless words', () => {
    const long = createInsideNames([entity('tool', 'kitten '.repeat(100_000))]);

    expect(long.find('kitten')).toHaveLength(1);
  });

  it('is made once for each owner', () => {
    const owner = {};
    const made = insideNamesOf(owner, () => entities);

    expect(insideNamesOf(owner, () => [])).toBe(made);
  });

  it('finds what a scan of every name finds', () => {
    const words = fc.array(fc.constantFrom('kitten', 'Kit', 'bear', 'é', '-', 'APT', '7', ''), {
      maxLength: 5,
    });
    const names = fc.array(
      words.map((all) => all.join(' ')),
      { minLength: 1, maxLength: 4 },
    );
    const query = fc.constantFrom('kit', 'kitten', 'bear', 'apt7', 'kitbear', 'ekit');

    fc.assert(
      fc.property(fc.array(names, { maxLength: 6 }), query, (all, text) => {
        const many = all.map(([name = '', ...aliases]) => entity('tool', name, ...aliases));

        const ids = createInsideNames(many)
          .find(text)
          .map(({ matched }) => matched.name);

        expect(ids.toSorted()).toEqual(many.flatMap((one) => scan(one, text)).toSorted());
      }),
      { numRuns: 200 },
    );
  });
});

function scan({ name, aliases }: SearchEntity, text: string): readonly string[] {
  const hasWord = (one: string): boolean => {
    const words = one.split(/[^\p{L}\p{M}\p{N}]+/u);
    return words.some((_, at) => at > 0 && nameKey(words.slice(at).join('')).startsWith(nameKey(text)));
  };
  return [name, ...aliases].filter(hasWord).slice(0, 1);
}
