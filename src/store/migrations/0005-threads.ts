import type { Kysely } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ColumnTypes } from './column-types.ts';

/** What conversations spoke of last, for questions that point back to it. */
export async function createThreads(db: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  await types
    .keyTable(
      db.schema
        .createTable('thread_subject')
        .addColumn('thread', types.key, (column) => column.primaryKey())
        .addColumn('entity', types.text, (column) => column.notNull())
        .addColumn('form', types.text, (column) => column.notNull())
        .addColumn('said_at', types.integer, (column) => column.notNull()),
    )
    .execute();
  await db.schema.createIndex('thread_subject_said').on('thread_subject').columns(['said_at']).execute();
}
