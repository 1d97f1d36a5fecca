import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ColumnTypes } from './column-types.ts';

/** Slack workspaces and organisations that installed the app, and which workspaces an organisation's one serves. */
export async function createInstallations(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .keyTable(
      db.schema
        .createTable('slack_installation')
        .addColumn('key', types.key, (column) => column.primaryKey())
        .addColumn('facts', types.text, (column) => column.notNull())
        .addColumn('tokens', types.text, (column) => column.notNull())
        .addColumn('expires_at', types.integer)
        .addColumn('refresh_at', types.integer)
        .addColumn('lease_until', types.integer)
        .addColumn('installed_at', types.integer, (column) => column.notNull())
        .addColumn('version', types.integer, (column) => column.notNull())
        .addColumn('broken_reason', types.text),
    )
    .execute();
  await types
    .keyTable(
      db.schema
        .createTable('slack_installation_team')
        .addColumn('team', types.key, (column) => column.primaryKey())
        .addColumn('key', types.key, (column) => column.notNull()),
    )
    .execute();
}
