import type { Kysely } from 'kysely';
import type { SourceRecord } from '../domain/record.ts';
import { createBatchInsert } from './batch-insert.ts';
import { type EncodedRecord, encodeRecord } from './encode-record.ts';
import type { EngineKind } from './engine.ts';
import { decide, type ImportRules, type KnownRecord, needsContent } from './import-plan.ts';
import { idsPerLookup, knownRecords } from './import-state.ts';
import { columnTypes } from './migrations/column-types.ts';
import { saysNames } from './says-names.ts';
import type { Tables } from './schema.ts';

const columns = [
  'position',
  'external_id',
  'outcome',
  'comes_back',
  'was_withdrawn',
  'remarked',
  'says_names',
  'entity_type',
  'content',
  'content_hash',
  'indicators',
  'indicators_hash',
  'indicator_count',
  'modified_at',
] as const;

type Row = readonly (string | number | null)[];

const maxPendingChars = 4_000_000;

/**
 * The records of a running import, in a temporary table of the session's connection: no lock on the database while
 * the import reads its files, no memory for a large import, and nothing left behind by a process that dies. Each
 * comes with what is to be done with it, and with its content only where that will be written. The table is only
 * appended to, so that of several rows with one id the last counts; an index on it while it grows would take five
 * times as long (measured).
 */
export interface Staging {
  /** Takes a record. Flush when `isFull` says so. */
  put(record: SourceRecord): void;
  isFull(): boolean;
  /** Decides on the records that were put since the last time, and brings them into the table. */
  flush(): Promise<void>;
}

export interface StagingOptions {
  readonly db: Kysely<Tables>;
  readonly source: string;
  readonly rules: ImportRules;
  /** True where the source is not in the database yet: then none of its records is. */
  readonly isNewSource: boolean;
}

export function createStaging({ db, source, rules, isNewSource }: StagingOptions): Staging {
  const insert = createBatchInsert(db, columns, (placeholders) =>
    db.insertInto('import_record').values(placeholders),
  );
  let pending: { readonly encoded: EncodedRecord; readonly record: SourceRecord }[] = [];
  let pendingChars = 0;
  let next = 0;
  return {
    put(record) {
      const encoded = encodeRecord(record);
      pending.push({ encoded, record });
      pendingChars += encoded.content.length + (encoded.indicators?.length ?? 0);
    },
    isFull: () => pending.length >= idsPerLookup || pendingChars >= maxPendingChars,
    async flush() {
      const ids = pending.map(({ encoded }) => encoded.externalId);
      const known = isNewSource ? new Map<string, KnownRecord>() : await knownRecords(db, source, ids);
      const rows = pending.map(({ encoded, record }): Row => {
        const decision = decide(known.get(encoded.externalId), encoded, rules);
        const isWritten = needsContent(decision.outcome);
        return [
          next++,
          encoded.externalId,
          decision.outcome,
          decision.comesBack ? 1 : 0,
          decision.wasWithdrawn ? 1 : 0,
          decision.remarked ? 1 : 0,
          saysNames(record) ? 1 : 0,
          record.entity?.type ?? null,
          isWritten ? encoded.content : null,
          encoded.contentHash,
          isWritten ? encoded.indicators : null,
          encoded.indicatorsHash,
          encoded.indicatorCount,
          encoded.modifiedAt,
        ];
      });
      pending = [];
      pendingChars = 0;
      await insert(rows);
    },
  };
}

/** Makes the temporary tables of an import, or empties those of an earlier one on the same connection. */
export async function prepareTables(db: Kysely<Tables>, kind: EngineKind): Promise<void> {
  const types = columnTypes[kind];
  await db.schema
    .createTable('import_record')
    .temporary()
    .addColumn('position', types.integer, (column) => column.primaryKey())
    .addColumn('external_id', types.key, (column) => column.notNull())
    .addColumn('outcome', types.text, (column) => column.notNull())
    .addColumn('comes_back', types.integer, (column) => column.notNull())
    .addColumn('was_withdrawn', types.integer, (column) => column.notNull())
    .addColumn('remarked', types.integer, (column) => column.notNull())
    .addColumn('says_names', types.integer, (column) => column.notNull())
    .addColumn('entity_type', types.text)
    .addColumn('content_hash', types.text, (column) => column.notNull())
    .addColumn('indicators_hash', types.text)
    .addColumn('indicator_count', types.integer, (column) => column.notNull())
    .addColumn('modified_at', types.integer)
    .addColumn('content', types.text)
    .addColumn('indicators', types.text)
    .execute();
  await db.schema
    .createTable('import_gone')
    .temporary()
    .addColumn('external_id', types.key, (column) => column.primaryKey())
    .execute();
  await db.schema
    .createTable('import_key')
    .temporary()
    .addColumn('key', types.key, (column) => column.primaryKey())
    .execute();
}
