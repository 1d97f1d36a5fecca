import { type Kysely, sql } from 'kysely';
import { AppError } from '../support/app-error.ts';
import type { DeliveryTable } from './delivery-schema.ts';
import { isOpen } from './delivery-states.ts';
import type { SlotPlan, StoredDelivery, StoredSubscription } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';
import { placeColumns } from './place-columns.ts';
import type { Tables } from './schema.ts';
import { toStoredDelivery } from './stored-delivery.ts';
import { toStoredSubscription } from './subscriptions.ts';

/** Few enough for one transaction that nobody has to wait for, and for the databases' limits on parameters. */
const maxPlanned = 200;

type NewDelivery = NonNullable<SlotPlan['delivery']>;

/**
 * See the port. On PostgreSQL a subscription that another planner has is passed over; on SQLite the whole transaction
 * has the write lock.
 */
export async function planDue(
  engine: Engine,
  now: number,
  limit: number,
  plan: (due: StoredSubscription) => SlotPlan,
): Promise<number> {
  if (!(await isAnyDue(engine.db, now))) return 0;
  return engine.transaction(async (db) => {
    const rows = await db
      .selectFrom('subscription')
      .selectAll()
      .where(sql<boolean>`paused = 0`)
      .where('next_slot_at', '<=', now)
      .orderBy('next_slot_at')
      .orderBy('id')
      .limit(Math.min(limit, maxPlanned))
      .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked())
      .execute();
    const planned = rows.map(toStoredSubscription).map((due) => ({ due, planned: plan(due) }));
    const rowsToAdd = planned.flatMap(({ due, planned: { delivery } }) =>
      delivery === undefined ? [] : [newRow(due, delivery)],
    );
    await insertDeliveries(db, rowsToAdd);
    await moveSlots(
      db,
      planned.map(({ due, planned: { nextSlotAt } }) => ({ id: due.id, nextSlotAt })),
    );
    return rows.length;
  });
}

/**
 * A look without any lock: at most ticks nothing is due, and then nothing is to wait for a writer. Asked for the first slot
 * and not for one that is due, PostgreSQL has nothing to guess wrong, and walks the index.
 */
async function isAnyDue(db: Kysely<Tables>, now: number): Promise<boolean> {
  const first = await db
    .selectFrom('subscription')
    .select('next_slot_at')
    .where(sql<boolean>`paused = 0`)
    .where('next_slot_at', 'is not', null)
    .orderBy('next_slot_at')
    .limit(1)
    .executeTakeFirst();
  return first !== undefined && first.next_slot_at !== null && first.next_slot_at <= now;
}

async function insertDeliveries(db: Kysely<Tables>, rows: readonly DeliveryTable[]): Promise<void> {
  // 25 columns a row: well below the 32,766 parameters that SQLite takes.
  if (rows.length === 0) return;
  await db
    .insertInto('delivery')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function moveSlots(
  db: Kysely<Tables>,
  moves: readonly { readonly id: string; readonly nextSlotAt: number | null }[],
): Promise<void> {
  if (moves.length === 0) return;
  const values = sql.join(
    moves.map(({ id, nextSlotAt }) => sql`(cast(${id} as text), cast(${nextSlotAt} as bigint))`),
  );
  await sql`update subscription set next_slot_at = planned.column2
    from (values ${values}) as planned where subscription.id = planned.column1`.execute(db);
}

/** See the port. */
export async function addDelivery(
  engine: Engine,
  subscription: string,
  delivery: NewDelivery,
): Promise<StoredDelivery> {
  return engine.transaction(async (db) => {
    const row = await db
      .selectFrom('subscription')
      .selectAll()
      .where('id', '=', storableText(subscription))
      .$if(engine.kind === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
    if (row === undefined) {
      throw new AppError('subscription-missing', `there is no subscription ${subscription}; list them first`);
    }
    await insertDeliveries(db, [newRow(toStoredSubscription(row), delivery)]);
    const standing = await db
      .selectFrom('delivery')
      .selectAll()
      .where((where) =>
        where.or([
          where('id', '=', delivery.id),
          where.and({ subscription: row.id, slot_at: delivery.slotAt }),
          where.and({ subscription: row.id, period: storableText(delivery.period) }),
        ]),
      )
      .execute();
    // Of an edited schedule, one row can have the slot and another the period: the slot says more.
    const found =
      standing.find(({ id }) => id === delivery.id) ??
      standing.find(({ slot_at }) => slot_at === delivery.slotAt) ??
      standing[0];
    if (found === undefined) throw new Error(`the delivery ${delivery.id} was not added`);
    return toStoredDelivery(found);
  });
}

function newRow({ id, destination }: StoredSubscription, delivery: NewDelivery): DeliveryTable {
  return {
    id: delivery.id,
    subscription: id,
    ...placeColumns(destination),
    place_kind: destination.kind,
    slot_at: delivery.slotAt,
    period: storableText(delivery.period),
    merged: delivery.merged,
    state: delivery.state,
    not_before: delivery.notBefore,
    deadline: delivery.deadline,
    lease_owner: null,
    lease_until: null,
    fence: 0,
    attempt: 0,
    tried_fence: 0,
    in_doubt: 0,
    first_try_at: null,
    last_try_at: null,
    posted_at: null,
    evidence: null,
    last_error: delivery.lastError === undefined ? null : storableText(delivery.lastError),
    posted: '[]',
    payload: null,
  };
}

/** See the port. */
export async function readAtOnceBehind(
  db: Kysely<Tables>,
  before: number,
  limit: number,
): Promise<readonly StoredSubscription[]> {
  const rows = await db
    .selectFrom('subscription')
    .selectAll()
    .where(sql<boolean>`timing = 'at-once'`)
    .where(sql<boolean>`paused = 0`)
    .where('delivered_until', '<', before)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('delivery')
            .select('delivery.id')
            .whereRef('delivery.subscription', '=', 'subscription.id')
            .where(isOpen())
            .where('state', '<>', 'held'),
        ),
      ),
    )
    .orderBy('delivered_until')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toStoredSubscription);
}
