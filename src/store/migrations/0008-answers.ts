import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ColumnTypes } from './column-types.ts';

/** Who asked what and what was shown, and what answers rested on. */
export async function createAnswers(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await createActivities(db, types);
  await createEvidence(db, types);
}

async function createActivities(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .table(
      db.schema
        .createTable('activity')
        .addColumn('id', types.key, (column) => column.primaryKey())
        .addColumn('at', types.integer, (column) => column.notNull())
        .addColumn('platform', types.key, (column) => column.notNull())
        .addColumn('workspace', types.key, (column) => column.notNull())
        .addColumn('person', types.key, (column) => column.notNull())
        .addColumn('place', types.key, (column) => column.notNull())
        .addColumn('place_kind', types.text, (column) => column.notNull())
        .addColumn('thread', types.text)
        .addColumn('action', types.text, (column) => column.notNull())
        .addColumn('question', types.text)
        .addColumn('outcome', types.text, (column) => column.notNull())
        .addColumn('audience', types.text, (column) => column.notNull())
        .addColumn('ceiling', types.text, (column) => column.notNull())
        .addColumn('marking', types.text, (column) => column.notNull())
        .addColumn('markings', types.text, (column) => column.notNull())
        .addColumn('withheld_count', types.integer, (column) => column.notNull())
        .addColumn('withheld_highest', types.text)
        .addColumn('entities', types.text, (column) => column.notNull())
        .addColumn('entity_count', types.integer, (column) => column.notNull())
        .addColumn('evidence', types.text),
    )
    .execute();
  await db.schema.createIndex('activity_at').on('activity').columns(['at', 'id']).execute();
  await db.schema
    .createIndex('activity_workspace')
    .on('activity')
    .columns(['platform', 'workspace', 'at', 'id'])
    .execute();
  await db.schema
    .createIndex('activity_person')
    .on('activity')
    .columns(['person', 'platform', 'workspace', 'at', 'id'])
    .execute();
  await types
    .keyTable(
      db.schema
        .createTable('activity_entity')
        .addColumn('entity', types.key, (column) => column.notNull())
        .addColumn('at', types.integer, (column) => column.notNull())
        .addColumn('activity', types.key, (column) => column.notNull())
        .addPrimaryKeyConstraint('activity_entity_key', ['entity', 'at', 'activity']),
    )
    .execute();
  await db.schema.createIndex('activity_entity_at').on('activity_entity').columns(['at']).execute();
}

async function createEvidence(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .keyTable(
      db.schema
        .createTable('evidence')
        .addColumn('platform', types.key, (column) => column.notNull())
        .addColumn('workspace', types.key, (column) => column.notNull())
        .addColumn('id', types.key, (column) => column.notNull())
        .addColumn('at', types.integer, (column) => column.notNull())
        .addColumn('question', types.text)
        .addColumn('ceiling', types.text, (column) => column.notNull())
        .addColumn('hash', types.key, (column) => column.notNull())
        .addPrimaryKeyConstraint('evidence_key', ['platform', 'workspace', 'id']),
    )
    .execute();
  await db.schema.createIndex('evidence_at').on('evidence').columns(['at']).execute();
  await db.schema.createIndex('evidence_hash').on('evidence').columns(['hash']).execute();
  await types
    .table(
      db.schema
        .createTable('evidence_content')
        .addColumn('hash', types.key, (column) => column.primaryKey())
        .addColumn('packed', types.text, (column) => column.notNull())
        .addColumn('used_at', types.integer, (column) => column.notNull()),
    )
    .execute();
  await db.schema.createIndex('evidence_content_used').on('evidence_content').columns(['used_at']).execute();
}
