import { type Kysely, type Selectable, sql } from 'kysely';
import { type Destination, type Mute, muteKinds } from '../domain/subscription.ts';
import type { MuteTable } from './delivery-schema.ts';
import type { StoredMute } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import { oneOf, placeColumns, toDestination, toPerson } from './place-columns.ts';
import type { Tables } from './schema.ts';

export async function insertMute(db: Kysely<Tables>, mute: StoredMute): Promise<void> {
  const changing = {
    place_kind: mute.destination.kind,
    label: storableText(mute.label),
    until: mute.until,
    by_platform: mute.by.platform,
    by_workspace: storableText(mute.by.workspace),
    by_person: storableText(mute.by.id),
    created_at: mute.createdAt,
  };
  await db
    .insertInto('mute')
    .values({
      ...placeColumns(mute.destination),
      kind: mute.kind,
      target: storableText(mute.target),
      ...changing,
    })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'workspace', 'place', 'kind', 'target']).doUpdateSet(changing),
    )
    .execute();
}

export async function deleteMute(
  db: Kysely<Tables>,
  destination: Destination,
  kind: Mute['kind'],
  target: string,
): Promise<boolean> {
  const deleted = await db
    .deleteFrom('mute')
    .where((row) => row.and({ ...placeColumns(destination), kind, target: storableText(target) }))
    .returning('target')
    .execute();
  return deleted.length > 0;
}

export interface MutesRequest {
  readonly destination: Destination;
  readonly now: number;
}

/** For each request those in force, in the order in which they were made. */
export async function readMutes(
  db: Kysely<Tables>,
  requests: readonly MutesRequest[],
): Promise<readonly (readonly StoredMute[])[]> {
  const places = new Map(
    requests.map(({ destination }) => {
      const { platform, workspace, place } = placeColumns(destination);
      return [JSON.stringify([platform, workspace, place]), sql`(${platform}, ${workspace}, ${place})`];
    }),
  );
  const rows = await db
    .selectFrom('mute')
    .selectAll()
    .where(sql<boolean>`(platform, workspace, place) in (values ${sql.join([...places.values()])})`)
    .orderBy('created_at')
    .orderBy('kind')
    .orderBy('target')
    .execute();
  return requests.map(({ destination, now }) => {
    const columns = placeColumns(destination);
    return rows
      .filter(
        (row) =>
          row.platform === columns.platform &&
          row.workspace === columns.workspace &&
          row.place === columns.place &&
          (row.until === null || row.until > now),
      )
      .map(toStoredMute);
  });
}

function toStoredMute(row: Selectable<MuteTable>): StoredMute {
  return {
    destination: toDestination(row),
    kind: oneOf(muteKinds, row.kind),
    target: row.target,
    label: row.label,
    until: row.until,
    by: toPerson(row.by_platform, row.by_workspace, row.by_person),
    createdAt: row.created_at,
  };
}
