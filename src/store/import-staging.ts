import type { Kysely } from 'kysely';
import { createBatchInsert } from './batch-insert.ts';
import type { EncodedRecord } from './encode-record.ts';
import type { EngineKind } from './engine.ts';
import { columnTypes } from './migrations/column-types.ts';
import type { Tables } from './schema.ts';

const columns = [
  'position',
  'external_id',
  'content',
  'content_hash',
  'indicators',
  'indicators_hash',
  'indicator_count',
  'modified_at',
] as const;

const maxPendingRecords = 200;
const maxPendingChars = 4_000_000;

/**
 * The records of a running import that `finish` will write, in a temporary table of the session's connection: no
 * lock on the database while the import reads its files, no memory for a large import, and nothing left behind
 * by a process that dies. The table is only appended to; an index on it would take five times as long (measured).
 */
export interface Staging {
  /** Takes a record in place of an earlier one with its id. Flush when `isFull` says so. */
  put(record: EncodedRecord): void;
  /** Drops a record, if it is there. */
  remove(externalId: string): void;
  isFull(): boolean;
  /** Brings the temporary table to where `put` and `remove` have come. */
  flush(): Promise<void>;
}

export async function createStaging(db: Kysely<Tables>, kind: EngineKind): Promise<Staging> {
  await createTable(db, kind);
  const insert = createBatchInsert(db, columns, (placeholders) =>
    db.insertInto('import_record').values(placeholders),
  );
  const pending = new Map<string, EncodedRecord>();
  const positions = new Map<string, number>();
  const outdated: number[] = [];
  let pendingChars = 0;
  let next = 0;
  const remove = (externalId: string): void => {
    if (pending.delete(externalId)) return;
    const position = positions.get(externalId);
    if (position !== undefined) outdated.push(position);
    positions.delete(externalId);
  };
  const toRow = (record: EncodedRecord): readonly (string | number | null)[] => {
    const position = next++;
    positions.set(record.externalId, position);
    return [
      position,
      record.externalId,
      record.content,
      record.contentHash,
      record.indicators,
      record.indicatorsHash,
      record.indicatorCount,
      record.modifiedAt,
    ];
  };
  return {
    put(record) {
      remove(record.externalId);
      pending.set(record.externalId, record);
      pendingChars += record.content.length + (record.indicators?.length ?? 0);
    },
    remove,
    isFull: () => pending.size >= maxPendingRecords || pendingChars >= maxPendingChars,
    async flush() {
      const rows = [...pending.values()].map(toRow);
      pending.clear();
      pendingChars = 0;
      await insert(rows);
      for (const position of outdated.splice(0)) {
        await db.deleteFrom('import_record').where('position', '=', position).execute();
      }
    },
  };
}

async function createTable(db: Kysely<Tables>, kind: EngineKind): Promise<void> {
  const types = columnTypes[kind];
  await db.schema
    .createTable('import_record')
    .temporary()
    .addColumn('position', types.integer, (column) => column.primaryKey())
    .addColumn('external_id', types.key, (column) => column.notNull())
    .addColumn('content', types.text, (column) => column.notNull())
    .addColumn('content_hash', types.text, (column) => column.notNull())
    .addColumn('indicators', types.text)
    .addColumn('indicators_hash', types.text)
    .addColumn('indicator_count', types.integer, (column) => column.notNull())
    .addColumn('modified_at', types.integer)
    .execute();
}
