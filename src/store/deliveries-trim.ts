import { type Kysely, type RawBuilder, sql } from 'kysely';
import { endStates } from './delivery-states.ts';
import type { TrimCounts, TrimTimes } from './delivery-types.ts';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';

/** See the port. Each kind in a statement of its own, so that no writer has to wait for all of it. */
export async function trimDeliveries(engine: Engine, before: TrimTimes, limit: number): Promise<TrimCounts> {
  const trim = (statement: RawBuilder<unknown>): Promise<number> =>
    engine.statement((db) => deleteRows(db, statement));
  const ended = sql`state in (${sql.join(endStates.map((state) => sql.lit(state)))})`;
  return {
    deliveries: await trim(sql`delete from delivery where id in
      (select id from delivery where ${ended} and slot_at < ${before.deliveries} limit ${limit})`),
    postedItems: await trim(sql`delete from posted_item where (subscription, key) in
      (select subscription, key from posted_item where posted_at < ${before.postedItems} limit ${limit})`),
    audit: await trim(sql`delete from audit_event where id in
      (select id from audit_event where at < ${before.audit} limit ${limit})`),
    expired:
      (await trim(sql`delete from inbound_event where key in
        (select key from inbound_event where expires_at <= ${before.now} limit ${limit})`)) +
      (await trim(sql`delete from mute where until <= ${before.now}`)) +
      (await trim(sql`delete from place_gate where next_post_at <= ${before.now}`)),
  };
}

async function deleteRows(db: Kysely<Tables>, statement: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await statement.execute(db);
  return Number(numAffectedRows ?? 0);
}
