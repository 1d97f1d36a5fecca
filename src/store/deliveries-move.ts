import { sql, type Transaction } from 'kysely';
import { assertNever } from '../support/assert-never.ts';
import { inOneOrder } from './deliveries-hold.ts';
import { isInState } from './delivery-states.ts';
import type { DeliveryEnd, DeliveryHold } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';
import { writePostedItems } from './posted-items.ts';
import type { Tables } from './schema.ts';

export interface Ending extends DeliveryHold {
  readonly end: DeliveryEnd;
}

/**
 * See `endDelivery` of the port; several at once, no two of the same delivery, and in their order whether each was ended. The
 * subscriptions are locked before the deliveries, here and wherever both are written: so nothing is put back to pending
 * behind the back of one who removes or pauses the subscription, and nobody waits in a circle.
 */
export function endDeliveries(engine: Engine, all: readonly Ending[]): Promise<readonly boolean[]> {
  return engine.transaction(async (db) => {
    const standings = await lockSubscriptionsOf(
      engine,
      db,
      all.map(({ id }) => id),
    );
    const moved = new Set(await markEnded(engine, db, all, standings));
    const windows = all.flatMap(({ id, end }) => {
      const standing = standings.get(id);
      const isMoved =
        standing !== undefined && moved.has(id) && (end.kind === 'posted' || end.kind === 'empty');
      return isMoved ? [{ subscription: standing.subscription, end }] : [];
    });
    await moveWindows(db, windows);
    return all.map(({ id }) => moved.has(id));
  });
}

/** Those that were, by id. */
async function markEnded(
  engine: Engine,
  db: Transaction<Tables>,
  all: readonly Ending[],
  standings: ReadonlyMap<string, LockedSubscription>,
): Promise<readonly string[]> {
  const moved = [
    ...(await markPosted(
      engine,
      db,
      all.flatMap(({ end, ...hold }) => (end.kind === 'posted' ? [{ ...hold, end }] : [])),
    )),
  ];
  // The others are few.
  for (const { id, fence, end } of all.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (end.kind === 'posted') continue;
    const ended = await db
      .updateTable('delivery')
      .set({
        lease_owner: null,
        lease_until: null,
        ...endColumns(end, standings.get(id)?.standing === 'active'),
      })
      .where('id', '=', id)
      .where('fence', '=', fence)
      .where(isInState('sending'))
      .returning('id')
      .execute();
    moved.push(...ended.map((row) => row.id));
  }
  return moved;
}

type PostedEnd = Extract<DeliveryEnd, { readonly kind: 'posted' }>;

async function markPosted(
  engine: Engine,
  db: Transaction<Tables>,
  all: readonly (DeliveryHold & { readonly end: PostedEnd })[],
): Promise<readonly string[]> {
  if (all.length === 0) return [];
  const rows = all.map(
    ({ id, fence, end }) =>
      sql`(cast(${id} as text), cast(${fence} as bigint), cast(${end.at} as bigint), cast(${end.evidence} as text))`,
  );
  const ids = all.map(({ id }) => id);
  const ended = await sql<{ id: string }>`update delivery set lease_owner = null, lease_until = null,
      state = 'posted', posted_at = ended.column3, evidence = ended.column4, last_error = null, in_doubt = 0, payload = null
    from (values ${sql.join(rows)}) as ended
    where delivery.id = ended.column1 and delivery.fence = ended.column2 and ${isInState('sending')}
      and ${inOneOrder(engine, ids)}
    returning delivery.id`.execute(db);
  return ended.rows.map(({ id }) => id);
}

export type SubscriptionStanding = 'active' | 'paused' | 'gone';

export interface LockedSubscription {
  readonly subscription: string;
  readonly standing: Exclude<SubscriptionStanding, 'gone'>;
}

/** Keeps the subscription of a delivery as it is until the transaction ends; `gone` where there is neither. */
export async function lockSubscriptionOf(
  engine: Engine,
  db: Transaction<Tables>,
  delivery: string,
): Promise<SubscriptionStanding> {
  return (await lockSubscriptionsOf(engine, db, [delivery])).get(delivery)?.standing ?? 'gone';
}

/** The same of several, by delivery; those whose subscription is gone are absent. */
async function lockSubscriptionsOf(
  engine: Engine,
  db: Transaction<Tables>,
  deliveries: readonly string[],
): Promise<ReadonlyMap<string, LockedSubscription>> {
  const rows = await db
    .selectFrom('subscription')
    .innerJoin('delivery', 'delivery.subscription', 'subscription.id')
    .select(['delivery.id as delivery', 'subscription.id as subscription', 'subscription.paused'])
    .where('delivery.id', 'in', [...deliveries])
    .orderBy('subscription.id')
    .$if(engine.kind === 'postgres', (query) => query.forUpdate('subscription'))
    .execute();
  return new Map(
    rows.map(({ delivery, subscription, paused }) => [
      delivery,
      { subscription, standing: paused === 1 ? 'paused' : 'active' },
    ]),
  );
}

/** Where a subscription no longer wants it, what would be tried again is skipped. */
export const notWanted = 'the subscription was removed or paused';

function endColumns(end: Exclude<DeliveryEnd, PostedEnd>, isWanted: boolean) {
  switch (end.kind) {
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

interface MovedWindow {
  readonly subscription: string;
  readonly end: Extract<DeliveryEnd, { readonly kind: 'posted' | 'empty' }>;
}

/** Where the next digest begins, and what was told. Never back. */
export async function moveWindows(db: Transaction<Tables>, all: readonly MovedWindow[]): Promise<void> {
  if (all.length === 0) return;
  const rows = all.map(
    ({ subscription, end }) =>
      sql`(cast(${subscription} as text), cast(${end.deliveredUntil} as bigint), cast(${end.kind === 'posted' ? end.at : null} as bigint))`,
  );
  // What is null is no later than anything.
  await sql`update subscription set
      delivered_until = case when delivered_until > moved.column2 then delivered_until else moved.column2 end,
      last_posted_at = case when moved.column3 is null or last_posted_at > moved.column3 then last_posted_at
        else moved.column3 end
    from (values ${sql.join(rows)}) as moved where subscription.id = moved.column1`.execute(db);
  await writePostedItems(
    db,
    all.flatMap(({ subscription, end }) =>
      (end.items ?? []).map((item) => ({ ...item, subscription, at: end.at })),
    ),
  );
}
