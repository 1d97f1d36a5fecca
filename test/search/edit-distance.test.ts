import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedDistance } from '../../src/search/edit-distance.ts';

/** The whole matrix, slow and plain. */
function plainDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (__, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(at(row - 1, column - 1) + same, at(row - 1, column) + 1, at(row, column - 1) + 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) cost = Math.min(cost, at(row - 2, column - 2) + 1);
      const isWider = row > 1 && column > 2 && a[row - 1] === b[column - 3] && a[row - 2] === b[column - 1];
      if (isWider) cost = Math.min(cost, at(row - 2, column - 3) + 2);
      const isNarrower =
        row > 2 && column > 1 && a[row - 1] === b[column - 2] && a[row - 3] === b[column - 1];
      if (isNarrower) cost = Math.min(cost, at(row - 3, column - 2) + 2);
      (rows[row] ?? [])[column] = cost;
    }
  }
  return at(a.length, b.length);
}

describe('boundedDistance', () => {
  it.each([
    ['kitten', 'kitten', 0],
    ['kitten', 'kiten', 1],
    ['kitten', 'iktten', 1],
    ['kitten', 'sitting', 3],
    ['', 'ab', 2],
    ['katana', 'kanta', 2],
    ['kanta', 'katana', 2],
  ])('of %j and %j is %i', (a, b, distance) => {
    expect(boundedDistance(a, b, 3)).toBe(distance);
  });

  it('is the plain distance up to the limit, and one more beyond', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 14 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 2 }), (a, b, limit) => {
        expect(boundedDistance(a, b, limit)).toBe(Math.min(limit + 1, plainDistance(a, b)));
      }),
      { numRuns: 2_000 },
    );
  });
});
