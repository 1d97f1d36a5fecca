import { type Kysely, sql } from 'kysely';
import type { Destination } from '../domain/subscription.ts';
import type { PlaceColumns } from './delivery-schema.ts';
import { placeColumns } from './place-columns.ts';
import type { Tables } from './schema.ts';

/** See the port. */
export async function pausePlace(db: Kysely<Tables>, place: Destination, until: number): Promise<void> {
  await closeGate(db, placeColumns(place), until);
}

/** Of several pauses the latest holds. */
export async function closeGate(db: Kysely<Tables>, place: PlaceColumns, until: number): Promise<void> {
  await db
    .insertInto('place_gate')
    .values({ ...place, next_post_at: until })
    .onConflict((conflict) =>
      conflict
        .columns(['platform', 'workspace', 'place'])
        .doUpdateSet({ next_post_at: until })
        .where(sql<boolean>`place_gate.next_post_at < ${until}`),
    )
    .execute();
}
