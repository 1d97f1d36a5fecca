import { type Kysely, type OnConflictBuilder, type OnConflictUpdateBuilder, sql } from 'kysely';
import type { Destination } from '../domain/subscription.ts';
import { placeColumns } from './place-columns.ts';
import type { Tables } from './schema.ts';

/** See the port. */
export async function pausePlace(db: Kysely<Tables>, place: Destination, until: number): Promise<void> {
  await db
    .insertInto('place_gate')
    .values({ ...placeColumns(place), next_post_at: until })
    .onConflict((conflict) => keepLatest(conflict, until))
    .execute();
}

/** Of several pauses of a place the latest holds. */
export function keepLatest(
  conflict: OnConflictBuilder<Tables, 'place_gate'>,
  until: number,
): OnConflictUpdateBuilder<Tables, 'place_gate'> {
  return conflict
    .columns(['platform', 'workspace', 'place'])
    .doUpdateSet({ next_post_at: until })
    .where(sql<boolean>`place_gate.next_post_at < ${until}`);
}
