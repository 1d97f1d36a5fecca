import type {
  Kysely,
  OnConflictBuilder,
  OnConflictDatabase,
  OnConflictTables,
  OnConflictUpdateBuilder,
} from 'kysely';
import type { Destination } from '../domain/subscription.ts';
import { placeColumns } from './place-columns.ts';
import type { Tables } from './schema.ts';

/** See the port. */
export async function pausePlace(db: Kysely<Tables>, place: Destination, until: number): Promise<void> {
  await db
    .insertInto('place_gate')
    .values({ ...placeColumns(place), next_post_at: until })
    .onConflict(keepLatest)
    .execute();
}

/** Of several pauses of a place the latest holds. */
export function keepLatest(
  conflict: OnConflictBuilder<Tables, 'place_gate'>,
): OnConflictUpdateBuilder<OnConflictDatabase<Tables, 'place_gate'>, OnConflictTables<'place_gate'>> {
  return conflict
    .columns(['platform', 'workspace', 'place'])
    .doUpdateSet((row) => ({ next_post_at: row.ref('excluded.next_post_at') }))
    .whereRef('place_gate.next_post_at', '<', 'excluded.next_post_at');
}
