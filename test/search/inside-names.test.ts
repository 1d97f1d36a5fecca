import { describe, expect, it } from 'vitest';
import { derivedStixId } from '../../src/domain/stix-id.ts';
import { matchesInsideNames } from '../../src/search/inside-names.ts';
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

function found(text: string): readonly string[] {
  return matchesInsideNames(text, entities).map(({ matched }) => matched.name);
}

describe('matchesInsideNames', () => {
  it('finds the names that hold a word after the first, actors first', () => {
    expect(found('kitten')).toEqual(['Amber-Kitten', 'Velvet Kitten', 'Toy Kitten Loader']);
  });

  it('takes several words, whatever their case and the signs between them', () => {
    expect(found('KITTEN-load')).toEqual(['Toy Kitten Loader']);
  });

  it('tells a name from an alias', () => {
    expect(matchesInsideNames('kitten', entities).map(({ matched }) => matched.kind)).toEqual([
      'alias',
      'name',
      'name',
    ]);
  });

  it('lists nothing for the middle of a word, one or two letters, or an endless text', () => {
    expect(found('itten')).toEqual([]);
    expect(found('ki')).toEqual([]);
    expect(found('kitten'.repeat(5_000))).toEqual([]);
  });
});
