import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ColumnTypes } from './column-types.ts';

/** Settings of workspaces, and the history of an operator's decisions on identity. */
export async function createSettings(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .keyTable(
      db.schema
        .createTable('workspace_setting')
        .addColumn('workspace', types.key, (column) => column.notNull())
        .addColumn('name', types.key, (column) => column.notNull())
        .addColumn('value', types.text, (column) => column.notNull())
        .addColumn('changed_by', types.text, (column) => column.notNull())
        .addColumn('changed_at', types.integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('workspace_setting_key', ['workspace', 'name']),
    )
    .execute();
  await types
    .table(
      db.schema
        .createTable('identity_decision')
        .addColumn('hash', types.key, (column) => column.notNull())
        .addColumn('seen_at', types.integer, (column) => column.notNull())
        .addColumn('gone_at', types.integer)
        .addColumn('content', types.text, (column) => column.notNull())
        .addPrimaryKeyConstraint('identity_decision_key', ['hash', 'seen_at']),
    )
    .execute();
}
