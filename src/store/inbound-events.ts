import { type Kysely, sql } from 'kysely';
import { boundedKey } from './posted-items.ts';
import type { Tables } from './schema.ts';

/** One statement, so that of several replicas one alone sees a key first. */
export async function noteFirstSight(
  db: Kysely<Tables>,
  key: string,
  now: number,
  lifeMs: number,
): Promise<boolean> {
  const seen = { expires_at: now + lifeMs };
  const noted = await db
    .insertInto('inbound_event')
    .values({ key: boundedKey(key), ...seen })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet(seen).where(sql<boolean>`inbound_event.expires_at <= ${now}`),
    )
    .returning('key')
    .execute();
  return noted.length > 0;
}
