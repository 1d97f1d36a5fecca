import { sql } from 'kysely';
import type { Destination } from '../domain/subscription.ts';
import type { Engine } from './engine.ts';
import { placeColumns } from './place-columns.ts';

/** See the port. */
export function moveDestination(engine: Engine, from: Destination, to: Destination): Promise<number> {
  const [old, next] = [placeColumns(from), placeColumns(to)];
  return engine.transaction(async (db) => {
    // In the order in which all others lock them: subscriptions, then their deliveries.
    const moved = await db
      .updateTable('subscription')
      .set({ ...next, version: sql<number>`version + 1` })
      .where((row) => row.and(old))
      .returning('id')
      .execute();
    await db
      .updateTable('delivery')
      .set(next)
      .where((row) => row.and(old))
      .where('state', 'in', ['pending', 'uncertain', 'held'])
      .execute();
    // What is muted in both stays as it is in the new one.
    await db
      .deleteFrom('mute')
      .where((row) => row.and(old))
      .where((row) =>
        row.exists(
          row
            .selectFrom('mute as there')
            .select('there.target')
            .where('there.platform', '=', next.platform)
            .where('there.workspace', '=', next.workspace)
            .where('there.place', '=', next.place)
            .whereRef('there.kind', '=', 'mute.kind')
            .whereRef('there.target', '=', 'mute.target'),
        ),
      )
      .execute();
    await db
      .updateTable('mute')
      .set(next)
      .where((row) => row.and(old))
      .execute();
    return moved.length;
  });
}
