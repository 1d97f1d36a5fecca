/**
 * Damerau-Levenshtein distance (insert, delete, replace, swap of neighbours) of two texts up to a limit of at most 2, or
 * `limit + 1` when it is more than `limit`. Two swapped letters may have one more between them on either side (`ea` for
 * `aXe`), which costs two: optimal string alignment, which forbids it, misses one in fifty of two slips. Only the diagonal band of width `2 * limit + 1` of the matrix is filled:
 *
 * ```text
 *        r e m i x
 *      0 1 2 . . .
 *    r 1 0 1 2 . .
 *    m 2 1 1 1 2 .
 *    i . 2 2 2 1 2
 *    x . . 3 3 2 1
 * ```
 *
 * Four rows are kept, as a swap around a letter looks three rows back.
 */
export function boundedDistance(a: string, b: string, limit: number): number {
  const over = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return over;
  let start = 0;
  let aEnd = a.length;
  let bEnd = b.length;
  while (start < aEnd && start < bEnd && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  while (aEnd > start && bEnd > start && a.charCodeAt(aEnd - 1) === b.charCodeAt(bEnd - 1)) {
    aEnd -= 1;
    bEnd -= 1;
  }
  const rows = aEnd - start;
  const columns = bEnd - start;
  if (rows === 0 || columns === 0) return Math.min(over, rows + columns);
  if (columns >= maxColumns) return over;
  let threeBack = rowA;
  let twoBack = rowB;
  let oneBack = rowC;
  let current = rowD;
  for (let column = 0; column <= columns; column += 1) oneBack[column] = column;
  for (let row = 1; row <= rows; row += 1) {
    const low = Math.max(1, row - limit);
    const high = Math.min(columns, row + limit);
    let best = over;
    current[low - 1] = low === 1 ? row : over;
    const unitA = a.charCodeAt(start + row - 1);
    for (let column = low; column <= high; column += 1) {
      const unitB = b.charCodeAt(start + column - 1);
      const above = column < row + limit ? (oneBack[column] ?? over) : over;
      let cost = Math.min((oneBack[column - 1] ?? over) + (unitA === unitB ? 0 : 1), above + 1);
      cost = Math.min(cost, (current[column - 1] ?? over) + 1);
      const isSwap =
        row > 1 &&
        column > 1 &&
        unitA === b.charCodeAt(start + column - 2) &&
        a.charCodeAt(start + row - 2) === unitB;
      if (isSwap) cost = Math.min(cost, (twoBack[column - 2] ?? over) + 1);
      if (limit > 1 && cost > 2) {
        // Two letters swapped with one more between them, in `b` or in `a`.
        const isWider =
          row > 1 &&
          column > 2 &&
          unitA === b.charCodeAt(start + column - 3) &&
          a.charCodeAt(start + row - 2) === unitB;
        const isNarrower =
          row > 2 &&
          column > 1 &&
          column < row + limit &&
          unitA === b.charCodeAt(start + column - 2) &&
          a.charCodeAt(start + row - 3) === unitB;
        if (isWider) cost = Math.min(cost, (twoBack[column - 3] ?? over) + 2);
        if (isNarrower) cost = Math.min(cost, (threeBack[column - 2] ?? over) + 2);
      }
      current[column] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return over;
    [threeBack, twoBack, oneBack, current] = [twoBack, oneBack, current, threeBack];
  }
  return Math.min(over, oneBack[columns] ?? over);
}

const maxColumns = 256;
const rowA = new Uint16Array(maxColumns + 1);
const rowB = new Uint16Array(maxColumns + 1);
const rowC = new Uint16Array(maxColumns + 1);
const rowD = new Uint16Array(maxColumns + 1);
