import type { Kysely } from 'kysely';
import { createBatchInsert } from './batch-insert.ts';
import type { EncodedRecord } from './encode-record.ts';
import type { EngineKind } from './engine.ts';
import { columnTypes } from './migrations/column-types.ts';
import type { Tables } from './schema.ts';

const columns = [
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
 * by a process that dies.
 */
export interface Staging {
  put(record: EncodedRecord): Promise<void>;
  remove(externalId: string): Promise<void>;
  /** Writes what is still in memory to the temporary table. */
  flush(): Promise<void>;
}

export async function createStaging(db: Kysely<Tables>, kind: EngineKind): Promise<Staging> {
  await createTable(db, kind);
  const insert = createBatchInsert(db, columns, (placeholders) =>
    db
      .insertInto('import_record')
      .values(placeholders)
      .onConflict((conflict) =>
        conflict.column('external_id').doUpdateSet((row) => ({
          content: row.ref('excluded.content'),
          content_hash: row.ref('excluded.content_hash'),
          indicators: row.ref('excluded.indicators'),
          indicators_hash: row.ref('excluded.indicators_hash'),
          indicator_count: row.ref('excluded.indicator_count'),
          modified_at: row.ref('excluded.modified_at'),
        })),
      ),
  );
  const pending = new Map<string, EncodedRecord>();
  let pendingChars = 0;
  const flush = async (): Promise<void> => {
    if (pending.size === 0) return;
    const rows = [...pending.values()].map(toRow);
    pending.clear();
    pendingChars = 0;
    await insert(rows);
  };
  return {
    flush,
    async put(record) {
      pending.set(record.externalId, record);
      pendingChars += record.content.length + (record.indicators?.length ?? 0);
      if (pending.size >= maxPendingRecords || pendingChars >= maxPendingChars) await flush();
    },
    async remove(externalId) {
      if (pending.delete(externalId)) return;
      await db.deleteFrom('import_record').where('external_id', '=', externalId).execute();
    },
  };
}

function toRow(record: EncodedRecord): readonly (string | number | null)[] {
  return [
    record.externalId,
    record.content,
    record.contentHash,
    record.indicators,
    record.indicatorsHash,
    record.indicatorCount,
    record.modifiedAt,
  ];
}

async function createTable(db: Kysely<Tables>, kind: EngineKind): Promise<void> {
  const types = columnTypes[kind];
  await db.schema
    .createTable('import_record')
    .temporary()
    .addColumn('external_id', types.key, (column) => column.primaryKey())
    .addColumn('content', types.text, (column) => column.notNull())
    .addColumn('content_hash', types.text, (column) => column.notNull())
    .addColumn('indicators', types.text)
    .addColumn('indicators_hash', types.text)
    .addColumn('indicator_count', types.integer, (column) => column.notNull())
    .addColumn('modified_at', types.integer)
    .execute();
}
