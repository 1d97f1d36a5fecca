import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { isInState, isOpen } from './delivery-states.ts';
import type { ClaimRequest, StoredDelivery } from './delivery-types.ts';
import type { Engine } from './engine.ts';
import { isWriteConflict } from './errors.ts';
import type { Tables } from './schema.ts';
import { toStoredDelivery } from './stored-delivery.ts';

/** Well below what one statement takes. */
const maxClaimed = 500;
/** Two replicas that meet at one place undo each other's claim now and then; the next tick comes soon. */
const maxTries = 3;

type Claimable = 'pending' | 'uncertain';

/**
 * See the port. On PostgreSQL rows that another replica is taking are passed over. Replicas whose clocks differ can still
 * choose two deliveries of one place at the same moment: then the unique index over what is being sent refuses the
 * later one, and it looks again.
 */
export async function claimDeliveries(
  engine: Engine,
  from: Claimable,
  request: ClaimRequest,
): Promise<readonly StoredDelivery[]> {
  if (!(await isAnyDue(engine.db, from, request))) return [];
  for (let tries = 1; ; tries += 1) {
    try {
      return await engine.transaction(async (db) => {
        const ids = await findClaimable(engine, db, from, request);
        return take(db, from, ids, request);
      });
    } catch (error) {
      if (!isWriteConflict(error)) throw error;
      if (tries === maxTries) return [];
    }
  }
}

/** A look without any lock: mostly nothing is due, and then nothing is to wait for a writer. */
async function isAnyDue(db: Kysely<Tables>, from: Claimable, request: ClaimRequest): Promise<boolean> {
  const due = await db
    .selectFrom('delivery')
    .select('id')
    .where(isInState(from))
    .where('platform', '=', request.platform)
    .where('not_before', '<=', request.now)
    .$if(request.only !== undefined, (query) => query.where('id', '=', request.only ?? ''))
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

async function findClaimable(
  engine: Engine,
  db: Transaction<Tables>,
  from: Claimable,
  { now, limit, platform, only }: ClaimRequest,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('delivery')
    .select('id')
    .where(isInState(from))
    .where('platform', '=', platform)
    .where('not_before', '<=', now)
    .where(isPlaceFree(now))
    .where(only === undefined ? isFirstOfPlace(from, now) : isThis(only))
    .$if(from === 'pending', (query) => query.where(isFirstOfSubscription('delivery')))
    .orderBy('slot_at')
    .orderBy('id')
    .limit(Math.min(limit, maxClaimed))
    .$if(engine.kind === 'postgres', (query) => query.forUpdate('delivery').skipLocked())
    .execute();
  return rows.map(({ id }) => id);
}

/** One that is asked for by name waits for what is under way, not for its turn. */
function isThis(id: string): RawBuilder<boolean> {
  return sql<boolean>`delivery.id = ${id}`;
}

/** Nothing is being sent there, and nobody asked to leave it alone for now. */
function isPlaceFree(now: number): RawBuilder<boolean> {
  return sql<boolean>`not exists (
    select 1 from delivery as busy where ${isInState('sending', 'busy')} and ${isSamePlace('busy')}
  ) and not exists (
    select 1 from place_gate as gate where ${isSamePlace('gate')} and gate.next_post_at > ${now}
  )`;
}

/** No other one of the place could be taken that comes before it; one that itself has to wait holds nobody up. */
function isFirstOfPlace(from: Claimable, now: number): RawBuilder<boolean> {
  const mayGo = from === 'pending' ? isFirstOfSubscription('earlier') : sql<boolean>`true`;
  return sql<boolean>`not exists (
    select 1 from delivery as earlier
    where ${isInState(from, 'earlier')} and ${isSamePlace('earlier')}
      and (earlier.slot_at, earlier.id) < (delivery.slot_at, delivery.id)
      and earlier.not_before <= ${now} and ${mayGo}
  )`;
}

/** Its subscription has no older one under way; what is held waits for a person. */
function isFirstOfSubscription(table: 'delivery' | 'earlier'): RawBuilder<boolean> {
  return sql<boolean>`not exists (
    select 1 from delivery as older
    where older.subscription = ${sql.ref(`${table}.subscription`)}
      and older.slot_at < ${sql.ref(`${table}.slot_at`)} and ${isOpen('older')} and older.state <> 'held'
  )`;
}

function isSamePlace(table: string): RawBuilder<boolean> {
  const columns = ['platform', 'workspace', 'place'];
  return sql<boolean>`${sql.join(
    columns.map((column) => sql`${sql.ref(`${table}.${column}`)} = ${sql.ref(`delivery.${column}`)}`),
    sql` and `,
  )}`;
}

/** The intent, with a fence one higher: committed before anything is sent. */
async function take(
  db: Kysely<Tables>,
  from: Claimable,
  ids: readonly string[],
  { owner, leaseUntil }: ClaimRequest,
): Promise<readonly StoredDelivery[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .updateTable('delivery')
    .set({
      state: 'sending',
      lease_owner: owner,
      lease_until: leaseUntil,
      fence: sql<number>`fence + 1`,
    })
    .where('id', 'in', [...ids])
    .where('state', '=', from)
    .returningAll()
    .execute();
  const order = new Map(ids.map((id, index) => [id, index]));
  rows.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  return rows.map(toStoredDelivery);
}
