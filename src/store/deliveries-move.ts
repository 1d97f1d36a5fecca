import { sql, type Transaction } from 'kysely';
import { assertNever } from '../support/assert-never.ts';
import { isInState } from './delivery-states.ts';
import type { DeliveryEnd, DeliveryHold } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';
import { writePostedItems } from './posted-items.ts';
import type { Tables } from './schema.ts';

/**
 * See the port. The subscription is locked before the delivery, here and wherever both are written: so nothing is put back
 * to pending behind the back of one who removes or pauses the subscription, and nobody waits in a circle.
 */
export async function endDelivery(engine: Engine, hold: DeliveryHold, end: DeliveryEnd): Promise<boolean> {
  return engine.transaction(async (db) => {
    const standing = await lockSubscriptionOf(engine, db, hold.id);
    const moved = await db
      .updateTable('delivery')
      .set({ lease_owner: null, lease_until: null, ...endColumns(end, standing === 'active') })
      .where('id', '=', hold.id)
      .where('fence', '=', hold.fence)
      .where(isInState('sending'))
      .returning('subscription')
      .executeTakeFirst();
    if (moved === undefined) return false;
    if (standing !== 'gone') await moveWindow(db, moved.subscription, end);
    return true;
  });
}

export type SubscriptionStanding = 'active' | 'paused' | 'gone';

/** Keeps the subscription of a delivery as it is until the transaction ends; `gone` where there is neither. */
export async function lockSubscriptionOf(
  engine: Engine,
  db: Transaction<Tables>,
  delivery: string,
): Promise<SubscriptionStanding> {
  const row = await db
    .selectFrom('subscription')
    .select('paused')
    .where('id', '=', (query) =>
      query.selectFrom('delivery').select('subscription').where('delivery.id', '=', delivery),
    )
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return 'gone';
  return row.paused === 1 ? 'paused' : 'active';
}

/** Where a subscription no longer wants it, what would be tried again is skipped. */
export const notWanted = 'the subscription was removed or paused';

function endColumns(end: DeliveryEnd, isWanted: boolean) {
  switch (end.kind) {
    case 'posted':
      return {
        state: 'posted',
        posted_at: end.at,
        evidence: end.evidence,
        last_error: null,
        in_doubt: 0,
        payload: null,
      };
    case 'empty':
      return { state: 'empty', last_error: null, in_doubt: 0, payload: null };
    case 'retry':
      return {
        in_doubt: 0,
        ...(end.countsAttempt ? {} : { attempt: attemptBefore, tried_fence: 0 }),
        ...(isWanted
          ? { state: 'pending', not_before: end.notBefore, last_error: storableText(end.error) }
          : { state: 'skipped', last_error: notWanted }),
      };
    case 'uncertain':
      return { state: 'uncertain', not_before: end.settleAt, last_error: storableText(end.error) };
    // These can be driven again: as what they were, where a part of it may stand.
    case 'skipped':
    case 'held':
    case 'dead':
      return { state: end.kind, last_error: storableText(end.error) };
    default:
      return assertNever(end);
  }
}

/** Without the attempt of this claim, where there was one. */
const attemptBefore = sql<number>`attempt - case when tried_fence = fence then 1 else 0 end`;

async function moveWindow(db: Transaction<Tables>, subscription: string, end: DeliveryEnd): Promise<void> {
  if (end.kind !== 'posted' && end.kind !== 'empty') return;
  const later = (column: 'delivered_until' | 'last_posted_at', at: number) =>
    sql<number>`case when ${sql.ref(column)} > ${at} then ${sql.ref(column)} else ${at} end`;
  await db
    .updateTable('subscription')
    .set({
      delivered_until: later('delivered_until', end.deliveredUntil),
      ...(end.kind === 'posted' ? { last_posted_at: later('last_posted_at', end.at) } : {}),
    })
    .where('id', '=', subscription)
    .execute();
  if (end.items !== undefined) await writePostedItems(db, subscription, end.items, end.at);
}
