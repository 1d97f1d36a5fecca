import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ColumnTypes } from './column-types.ts';

/** Connected sources, how their syncs went, and who syncs them now. */
export async function createConnections(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .table(
      db.schema
        .createTable('connection')
        .addColumn('name', types.key, (column) => column.primaryKey())
        .addColumn('settings', types.text, (column) => column.notNull())
        .addColumn('state', types.text, (column) => column.notNull())
        .addColumn('sources', types.text, (column) => column.notNull())
        .addColumn('paused', types.integer, (column) => column.notNull())
        .addColumn('added_at', types.integer, (column) => column.notNull())
        .addColumn('last_attempt_at', types.integer)
        .addColumn('last_success_at', types.integer)
        .addColumn('last_error', types.text)
        .addColumn('last_counts', types.text)
        .addColumn('failures', types.integer, (column) => column.notNull())
        .addColumn('next_run_at', types.integer, (column) => column.notNull())
        .addColumn('lease_owner', types.text)
        .addColumn('lease_until', types.integer),
    )
    .execute();
}
