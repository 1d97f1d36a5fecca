import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ColumnTypes } from './column-types.ts';

/**
 * Documents that were imported, with the records that they brought; the revision that last altered a record, and the
 * version of all names.
 */
export async function createDocuments(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await db.schema
    .alterTable('record')
    .addColumn('revision', types.integer, (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('record_revision')
    .on('record')
    .columns(['source', 'scope', 'revision'])
    .execute();
  await db.schema
    .alterTable('knowledge')
    .addColumn('names', types.integer, (column) => column.notNull().defaultTo(0))
    .execute();
  await types
    .table(
      db.schema
        .createTable('document')
        .addColumn('key', types.key, (column) => column.primaryKey())
        .addColumn('fingerprint', types.text, (column) => column.notNull())
        .addColumn('told', types.text, (column) => column.notNull()),
    )
    .execute();
  await types
    .table(
      db.schema
        .createTable('document_part')
        .addColumn('id', types.serial)
        .addColumn('document', types.key, (column) => column.notNull())
        .addColumn('source', types.key, (column) => column.notNull())
        .addColumn('scope', types.key, (column) => column.notNull())
        .addColumn('described', types.text, (column) => column.notNull())
        .addColumn('complete', types.integer, (column) => column.notNull())
        .addColumn('unchanged', types.integer, (column) => column.notNull())
        .addColumn('stale', types.integer, (column) => column.notNull())
        .addColumn('rejected', types.integer, (column) => column.notNull())
        .addColumn('revision', types.integer, (column) => column.notNull())
        .addUniqueConstraint('document_part_of', ['document', 'source', 'scope']),
    )
    .execute();
  await types
    .keyTable(
      db.schema
        .createTable('document_record')
        .addColumn('part', types.integer, (column) => column.notNull())
        .addColumn('external_id', types.key, (column) => column.notNull())
        .addPrimaryKeyConstraint('document_record_key', ['part', 'external_id']),
    )
    .execute();
}
