import type { CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** Small enough for both databases' limits on parameters, large enough that round trips do not count. */
const rowsPerInsert = 200;

/** Inserts rows, whose members have the order of `columns`. */
export type BatchInsert = (rows: readonly (readonly (string | number | null)[])[]) => Promise<void>;

/**
 * An insert that is compiled once for a number of rows and then run with their values: the query builder costs
 * more than the database when it builds each insert anew. `compile` gets that many rows of placeholders.
 */
export function createBatchInsert<Column extends string>(
  db: Kysely<Tables>,
  columns: readonly Column[],
  compile: (placeholders: Record<Column, never>[]) => { compile(): CompiledQuery },
): BatchInsert {
  const compiled = new Map<number, CompiledQuery>();
  const placeholder = Object.fromEntries(columns.map((column) => [column, ''])) as Record<Column, never>;
  const queryFor = (count: number): CompiledQuery => {
    const known = compiled.get(count);
    if (known !== undefined) return known;
    const query = compile(Array.from({ length: count }, () => placeholder)).compile();
    compiled.set(count, query);
    return query;
  };
  return async (rows) => {
    for (let start = 0; start < rows.length; start += rowsPerInsert) {
      const part = rows.slice(start, start + rowsPerInsert);
      await db.executeQuery({ ...queryFor(part.length), parameters: part.flat() });
    }
  };
}
