import { describe, expect, it } from 'vitest';
import { findRegions, parseRegion } from '../../src/domain/region.ts';
import { findSectors, parseSector, sectorKey } from '../../src/domain/sector.ts';

describe('parseSector', () => {
  it.each([
    ['Telecoms', 'telecommunications'],
    ['telecommunications', 'telecommunications'],
    ['Telecomms', 'telecommunications'],
    ['Telecommunications sector', 'telecommunications'],
    ['Government, Administration', 'government'],
    ['Government Administration', 'government'],
    ['High-Tech', 'high-tech'],
    ['Academia - University ', 'academia'],
    ['IT', 'technology'],
    ['NGOs', 'ngo'],
  ])('reads %j as %s', (text, key) => {
    expect(parseSector(text)?.key).toBe(key);
  });

  it('knows nothing of places and of unknown words, and still gives them a key', () => {
    expect(parseSector('Russia')).toBeUndefined();
    expect(parseSector('')).toBeUndefined();
    expect(sectorKey('Moon Mining Co')).toBe('moonminingco');
  });
});

describe('findSectors and findRegions', () => {
  const prose =
    'It is concentrated in the Middle East, favours the telecommunications sector, the travel industry and IT firms, and high-tech makers.';

  it('spots sectors in a sentence', () => {
    expect(findSectors(prose).map((found) => found.key)).toEqual([
      'telecommunications',
      'travel',
      'technology',
      'high-tech',
    ]);
  });

  it('spots regions in a sentence', () => {
    expect(findRegions(prose).map((found) => found.name)).toEqual(['Middle East']);
  });

  it('takes everyday words for words', () => {
    expect(
      findSectors('it is the state of the law, a game of trade and services').map((found) => found.key),
    ).toEqual([]);
    expect(findRegions('all over the world')).toEqual([]);
  });

  it('takes a megabyte in its stride', () => {
    const started = performance.now();
    findSectors('health care oil and '.repeat(50_000));
    findSectors('a'.repeat(1_000_000));
    findRegions('South East '.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('parseRegion', () => {
  it.each([
    ['The Middle East', 'Middle East'],
    ['035 - South-eastern Asia', 'Southeast Asia'],
    ['Southeast Asian', 'Southeast Asia'],
    ['MENA', 'MENA'],
    ['001 - World', 'Global'],
  ])('reads %j as %s', (text, name) => {
    expect(parseRegion(text)?.name).toBe(name);
  });
});
