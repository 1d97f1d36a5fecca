import { describe, expect, it } from 'vitest';
import { compareReleases } from '../../src/ingest/releases.ts';

describe('the order of releases', () => {
  it.each([
    ['17.1', '18.1', -1],
    ['18.1', '18.0', 1],
    ['9.0', '18.1', -1],
    ['18', '18.0', 0],
    ['349', '348', 1],
    ['v2.1', '2.0', 1],
    ['2025-04-16', '2025-11-12', -1],
    ['2025-11-12', '18.1', undefined],
    ['spring', 'autumn', undefined],
    ['spring', 'spring', 0],
    [undefined, '1', undefined],
  ])('%s against %s', (a, b, expected) => {
    const order = compareReleases(a, b);

    expect(order === undefined ? undefined : Math.sign(order)).toBe(expected);
  });
});
