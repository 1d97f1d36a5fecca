import type { Kysely } from 'kysely';
import { storableText } from './encode-record.ts';
import type { Tables } from './schema.ts';
import type { StoredThreadSubject } from './settings-types.ts';

/** See the port. */
export async function readThreadSubject(
  db: Kysely<Tables>,
  thread: string,
): Promise<StoredThreadSubject | undefined> {
  const row = await db
    .selectFrom('thread_subject')
    .select(['entity', 'form', 'said_at'])
    .where('thread', '=', storableText(thread))
    .executeTakeFirst();
  return row === undefined ? undefined : { entity: row.entity, form: row.form, saidAt: row.said_at };
}

/** See the port. */
export async function writeThreadSubject(
  db: Kysely<Tables>,
  thread: string,
  { entity, form, saidAt }: StoredThreadSubject,
): Promise<void> {
  const said = { entity: storableText(entity), form: storableText(form), said_at: saidAt };
  await db
    .insertInto('thread_subject')
    .values({ thread: storableText(thread), ...said })
    .onConflict((conflict) => conflict.column('thread').doUpdateSet(said))
    .execute();
}

/** See the port. */
export async function deleteThreadSubjects(db: Kysely<Tables>, before: number): Promise<void> {
  await db.deleteFrom('thread_subject').where('said_at', '<', before).execute();
}
