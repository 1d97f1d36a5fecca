import { readIndicatorType, typeOfValue } from './indicator-types.ts';

/** Which column of a table is which; -1 for none. */
export interface TableColumns {
  readonly type: number;
  readonly value: number;
  readonly comment: number;
}

/** The cells of a table's row, without marks; undefined for any other line. */
export function readRow(line: string): readonly string[] | undefined {
  if (!/^\s*\|/.test(line.slice(0, 20)) || line.length > 10_000) return undefined;
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) =>
      cell
        .trim()
        .replace(/^[*_`]+|(?<![*_`])[*_`]+$/g, '')
        .trim(),
    );
}

/** Reads a row of a table: its head says which column is which, else the first that holds an indicator is the value. */
export function readTable(
  row: readonly string[],
  columns: TableColumns | undefined,
  give: (type: string, value: string) => void,
): TableColumns {
  const at = (...words: readonly string[]): number =>
    row.findIndex((cell) => words.includes(cell.toLowerCase()));
  if (columns === undefined) {
    const value = at('value', 'indicator', 'ioc', 'indicator value');
    const byType = row.findIndex((cell) => readIndicatorType(cell) !== undefined);
    const named = {
      type: at('type', 'indicator type', 'kind'),
      value: value < 0 ? byType : value,
      comment: at('comment', 'description', 'note', 'notes', 'context'),
    };
    if (
      value >= 0 ||
      named.type >= 0 ||
      (byType >= 0 && row.every((cell) => typeOfValue(cell) === undefined))
    )
      return named;
  }
  const known = columns ?? { type: -1, value: -1, comment: -1 };
  if (row.every((cell) => /^:?-*:?$/.test(cell))) return known;
  const index = known.value >= 0 ? known.value : row.findIndex((cell) => typeOfValue(cell) !== undefined);
  const value = row[index] ?? '';
  const type = readIndicatorType(row[known.type] ?? '') ?? typeOfValue(value);
  const comment = row[known.comment] ?? '';
  if (value !== '' && type !== undefined) give(type, comment === '' ? value : `${value} — ${comment}`);
  return known;
}
