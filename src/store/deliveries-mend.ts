import { type RawBuilder, sql } from 'kysely';
import { withPart } from './deliveries-hold.ts';
import { lockSubscriptionOf, moveWindows, notWanted } from './deliveries-move.ts';
import { isInState } from './delivery-states.ts';
import type { DeliveryHold, HeldSettlement, PostedPart } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';

/** See the port. One transaction each: leases run out seldom, and one that is held up holds up no other. */
export async function expireLeases(
  engine: Engine,
  now: number,
  settleAt: (lastTryAt: number) => number,
): Promise<number> {
  const expired = await engine.db
    .selectFrom('delivery')
    .select(['id', 'fence'])
    .where(isInState('sending'))
    .where(isOver(now))
    .orderBy('lease_until')
    .limit(maxExpired)
    .execute();
  let count = 0;
  for (const lease of expired) {
    if (await expireLease(engine, lease, now, settleAt)) count += 1;
  }
  return count;
}

const maxExpired = 500;
/** No lease is given for as long: a clock was ahead when it was. */
const longestLeaseMs = 3_600_000;

function isOver(now: number): RawBuilder<boolean> {
  return sql<boolean>`(lease_until <= ${now} or lease_until > ${now + longestLeaseMs})`;
}

function expireLease(
  engine: Engine,
  { id, fence }: DeliveryHold,
  now: number,
  settleAt: (lastTryAt: number) => number,
): Promise<boolean> {
  return engine.transaction(async (db) => {
    const standing = await lockSubscriptionOf(engine, db, id);
    const row = await db
      .selectFrom('delivery')
      .select(['in_doubt', 'last_try_at'])
      .where('id', '=', id)
      .where('fence', '=', fence)
      .where(isInState('sending'))
      .where(isOver(now))
      .$if(engine.kind === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
    if (row === undefined) return false;
    const after =
      row.in_doubt === 1
        ? { state: 'uncertain', not_before: settleAt(row.last_try_at ?? now), last_error: lostProcess }
        : standing === 'active'
          ? { state: 'pending', last_error: lostProcess }
          : { state: 'skipped', last_error: notWanted };
    await db
      .updateTable('delivery')
      .set({ lease_owner: null, lease_until: null, ...after })
      .where('id', '=', id)
      .where('fence', '=', fence)
      .execute();
    return true;
  });
}

const lostProcess = 'the process that was sending it is gone, or stood still for too long';

/** See the port. */
export function redriveDelivery(engine: Engine, id: string, now: number, deadline: number): Promise<boolean> {
  return engine.transaction(async (db) => {
    const key = storableText(id);
    if ((await lockSubscriptionOf(engine, db, key)) !== 'active') return false;
    const driven = await db
      .updateTable('delivery')
      .set({
        // Who decides on a held one knows; of others in doubt the platform is asked first whether they stand there.
        state: sql<string>`case when state <> 'held' and in_doubt = 1 then 'uncertain' else 'pending' end`,
        in_doubt: sql<number>`case when state <> 'held' then in_doubt else 0 end`,
        fence: sql<number>`fence + 1`,
        tried_fence: 0,
        attempt: 0,
        not_before: now,
        deadline,
      })
      .where('id', '=', key)
      .where('state', 'in', ['dead', 'held', 'skipped'])
      .returning('id')
      .execute();
    return driven.length > 0;
  });
}

/** See the port. A part whose id nobody named has none. */
export function settleHeld(
  engine: Engine,
  { id, fence }: DeliveryHold,
  part: PostedPart,
  settled: HeldSettlement,
): Promise<boolean> {
  return engine.transaction(async (db) => {
    const key = storableText(id);
    const standing = await lockSubscriptionOf(engine, db, key);
    if (settled.kind === 'rest' && standing !== 'active') return false;
    const row = await db
      .selectFrom('delivery')
      .select(['subscription', 'posted'])
      .where('id', '=', key)
      .where('fence', '=', fence)
      .where(isInState('held'))
      .$if(engine.kind === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
    if (row === undefined) return false;
    const after =
      settled.kind === 'whole'
        ? { state: 'posted', posted_at: settled.at, evidence: 'person', last_error: null, payload: null }
        : {
            state: 'pending',
            not_before: settled.now,
            deadline: settled.deadline,
            tried_fence: 0,
            attempt: 0,
          };
    await db
      .updateTable('delivery')
      .set({ posted: withPart(row.posted, part), in_doubt: 0, fence: sql<number>`fence + 1`, ...after })
      .where('id', '=', key)
      .execute();
    if (settled.kind === 'whole' && standing !== 'gone') {
      const end = { ...settled, kind: 'posted', evidence: 'found' } as const;
      await moveWindows(db, [{ subscription: row.subscription, end }]);
    }
    return true;
  });
}
