import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ColumnTypes } from './column-types.ts';

/** Sources, records with their earlier versions, indicators, changes, and the version of the whole. */
export async function createRecords(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await createSources(db, types);
  await createRecordTables(db, types);
  await createIndicators(db, types);
  await createChanges(db, types);
  await types
    .table(
      db.schema
        .createTable('knowledge')
        .addColumn('id', types.integer, (column) => column.primaryKey())
        .addColumn('version', types.integer, (column) => column.notNull()),
    )
    .execute();
  await db.insertInto('knowledge').values({ id: 1, version: 0 }).execute();
}

async function createSources(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .table(
      db.schema
        .createTable('source')
        .addColumn('name', types.key, (column) => column.primaryKey())
        .addColumn('kind', types.text, (column) => column.notNull())
        .addColumn('title', types.text, (column) => column.notNull())
        .addColumn('licence', types.text, (column) => column.notNull())
        .addColumn('default_marking', types.text, (column) => column.notNull())
        .addColumn('reliability', types.text, (column) => column.notNull())
        .addColumn('version', types.text)
        .addColumn('record_count', types.integer, (column) => column.notNull())
        .addColumn('imported_at', types.integer, (column) => column.notNull())
        .addColumn('bundle_hash', types.text)
        .addColumn('revision', types.integer, (column) => column.notNull()),
    )
    .execute();
  await types
    .keyTable(
      db.schema
        .createTable('source_scope')
        .addColumn('source', types.key, (column) => column.notNull())
        .addColumn('scope', types.key, (column) => column.notNull())
        .addColumn('version', types.text)
        .addColumn('imported_at', types.integer, (column) => column.notNull())
        .addColumn('live_complete', types.integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('source_scope_key', ['source', 'scope']),
    )
    .execute();
}

/** The content stands last, so that what is read without it is found without stepping over it. */
async function createRecordTables(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .table(
      db.schema
        .createTable('record')
        .addColumn('source', types.key, (column) => column.notNull())
        .addColumn('external_id', types.key, (column) => column.notNull())
        .addColumn('scope', types.text, (column) => column.notNull())
        .addColumn('content_hash', types.text, (column) => column.notNull())
        .addColumn('indicators_hash', types.text)
        .addColumn('indicator_count', types.integer, (column) => column.notNull())
        .addColumn('modified_at', types.integer)
        .addColumn('bundled', types.integer, (column) => column.notNull())
        .addColumn('valid_from', types.integer, (column) => column.notNull())
        .addColumn('valid_to', types.integer)
        .addColumn('content', types.text, (column) => column.notNull())
        .addPrimaryKeyConstraint('record_key', ['source', 'external_id']),
    )
    .execute();
  await types
    .table(
      db.schema
        .createTable('record_version')
        .addColumn('source', types.key, (column) => column.notNull())
        .addColumn('external_id', types.key, (column) => column.notNull())
        .addColumn('content_hash', types.text, (column) => column.notNull())
        .addColumn('bundled', types.integer, (column) => column.notNull())
        .addColumn('valid_from', types.integer, (column) => column.notNull())
        .addColumn('valid_to', types.integer, (column) => column.notNull())
        .addColumn('content', types.text, (column) => column.notNull())
        .addPrimaryKeyConstraint('record_version_key', ['source', 'external_id', 'valid_from']),
    )
    .execute();
}

async function createIndicators(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .keyTable(
      db.schema
        .createTable('indicator')
        .addColumn('source', types.key, (column) => column.notNull())
        .addColumn('external_id', types.key, (column) => column.notNull())
        .addColumn('position', types.integer, (column) => column.notNull())
        .addColumn('content', types.text, (column) => column.notNull())
        .addPrimaryKeyConstraint('indicator_key', ['source', 'external_id', 'position']),
    )
    .execute();
  await types
    .keyTable(
      db.schema
        .createTable('indicator_value')
        .addColumn('value', types.key, (column) => column.notNull())
        .addColumn('source', types.key, (column) => column.notNull())
        .addColumn('external_id', types.key, (column) => column.notNull())
        .addColumn('position', types.integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('indicator_value_key', ['value', 'source', 'external_id', 'position']),
    )
    .execute();
  await db.schema
    .createIndex('indicator_value_record')
    .on('indicator_value')
    .columns(['source', 'external_id'])
    .execute();
}

async function createChanges(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .table(
      db.schema
        .createTable('record_change')
        .addColumn('id', types.serial)
        .addColumn('at', types.integer, (column) => column.notNull())
        .addColumn('source', types.key, (column) => column.notNull())
        .addColumn('external_id', types.key, (column) => column.notNull())
        .addColumn('kind', types.text, (column) => column.notNull())
        .addColumn('title', types.text, (column) => column.notNull())
        .addColumn('marking', types.text, (column) => column.notNull())
        .addColumn('detail', types.text, (column) => column.notNull()),
    )
    .execute();
  await db.schema.createIndex('record_change_at').on('record_change').columns(['at', 'id']).execute();
}
