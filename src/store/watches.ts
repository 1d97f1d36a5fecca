import type { Kysely } from 'kysely';
import { type Person, watchModes } from '../domain/subscription.ts';
import type { DeliveryStore, StoredWatch } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import { oneOf, toPerson } from './place-columns.ts';
import type { Tables } from './schema.ts';

/** Watching the same again changes how, and keeps since when. */
export async function insertWatch(db: Kysely<Tables>, watch: StoredWatch): Promise<void> {
  const changing = { name: storableText(watch.name), mode: watch.mode };
  await db
    .insertInto('watch')
    .values({
      ...personColumns(watch.person),
      entity: storableText(watch.entity),
      ...changing,
      created_at: watch.createdAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'workspace', 'person', 'entity']).doUpdateSet(changing),
    )
    .execute();
}

export async function deleteWatch(db: Kysely<Tables>, person: Person, entity: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('watch')
    .where((row) => row.and(personColumns(person)))
    .where('entity', '=', storableText(entity))
    .returning('entity')
    .execute();
  return deleted.length > 0;
}

/** In the order in which they were made. */
export async function readWatches(
  db: Kysely<Tables>,
  { person, workspace }: NonNullable<Parameters<DeliveryStore['watches']>[0]> = {},
): Promise<readonly StoredWatch[]> {
  let query = db.selectFrom('watch').selectAll();
  if (person !== undefined) query = query.where((row) => row.and(personColumns(person)));
  if (workspace !== undefined) {
    query = query
      .where('platform', '=', workspace.platform)
      .where('workspace', '=', storableText(workspace.id));
  }
  const rows = await query.orderBy('created_at').orderBy('person').orderBy('entity').execute();
  return rows.map((row) => ({
    person: toPerson(row.platform, row.workspace, row.person),
    entity: row.entity,
    name: row.name,
    mode: oneOf(watchModes, row.mode),
    createdAt: row.created_at,
  }));
}

function personColumns({ platform, workspace, id }: Person): {
  platform: string;
  workspace: string;
  person: string;
} {
  return { platform, workspace: storableText(workspace), person: storableText(id) };
}
