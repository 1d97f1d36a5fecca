import { type Kysely, type Selectable, sql } from 'kysely';
import type { DeliveryTable } from './delivery-schema.ts';
import {
  type DeliveryState,
  type DeliveryStore,
  deliveryStates,
  type PostedPart,
  type StoredDelivery,
} from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import { oneOf, toDestination } from './place-columns.ts';
import type { Tables } from './schema.ts';

export function toStoredDelivery(row: Selectable<DeliveryTable>): StoredDelivery {
  return {
    id: row.id,
    subscription: row.subscription,
    destination: toDestination(row),
    slotAt: row.slot_at,
    period: row.period,
    merged: row.merged,
    state: oneOf(deliveryStates, row.state),
    notBefore: row.not_before,
    deadline: row.deadline,
    leaseOwner: row.lease_owner,
    leaseUntil: row.lease_until,
    fence: row.fence,
    attempt: row.attempt,
    firstTryAt: row.first_try_at,
    lastTryAt: row.last_try_at,
    payload: row.payload,
    posted: parsePosted(row.posted),
    postedAt: row.posted_at,
    evidence: row.evidence,
    lastError: row.last_error,
  };
}

/** The parts that are known to stand at the platform, in their order. */
export function parsePosted(text: string): readonly PostedPart[] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value)) throw new Error('the parts of a stored delivery cannot be read');
  return value.map((one: unknown) => {
    const { part, messageId }: Partial<PostedPart> = Object(one);
    if (typeof part === 'number' && typeof messageId === 'string') return { part, messageId };
    throw new Error('a part of a stored delivery cannot be read');
  });
}

export async function readDelivery(db: Kysely<Tables>, id: string): Promise<StoredDelivery | undefined> {
  const row = await db
    .selectFrom('delivery')
    .selectAll()
    .where('id', '=', storableText(id))
    .executeTakeFirst();
  return row === undefined ? undefined : toStoredDelivery(row);
}

/** Newest slot first. Each state by itself, so that each is one walk along an index, however long the ledger is. */
export async function readDeliveries(
  db: Kysely<Tables>,
  {
    subscription,
    workspace,
    states = deliveryStates,
    limit,
    order = 'newest',
  }: Parameters<DeliveryStore['deliveries']>[0],
): Promise<readonly StoredDelivery[]> {
  const direction = order === 'newest' ? 'desc' : 'asc';
  const first = db
    .selectFrom('delivery')
    .selectAll()
    .$if(workspace !== undefined, (query) =>
      query
        .where('platform', '=', workspace?.platform ?? '')
        .where('workspace', '=', storableText(workspace?.id ?? '')),
    )
    .orderBy('slot_at', direction)
    .limit(limit);
  if (states.length === 0) return [];
  if (subscription !== undefined) {
    const rows = await first
      .where('subscription', '=', storableText(subscription))
      .where('state', 'in', [...states])
      .execute();
    return rows.map(toStoredDelivery);
  }
  const rows: Selectable<DeliveryTable>[] = [];
  for (const state of new Set(states)) {
    rows.push(...(await first.where('state', '=', state).orderBy('id', direction).execute()));
  }
  const sign = order === 'newest' ? -1 : 1;
  rows.sort((a, b) => sign * (a.slot_at - b.slot_at || (a.id < b.id ? -1 : 1)));
  return rows.slice(0, limit).map(toStoredDelivery);
}

/** See the port. */
export async function readLastPlannedSlot(db: Kysely<Tables>, subscription: string): Promise<number | null> {
  const row = await db
    .selectFrom('delivery')
    .select('slot_at')
    .where('subscription', '=', storableText(subscription))
    .where('period', 'not like', 'now %')
    .where('period', 'not like', 'until %')
    .orderBy('slot_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.slot_at ?? null;
}

export async function readDeliveryCounts(
  db: Kysely<Tables>,
): Promise<Readonly<Record<DeliveryState, number>>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['state', (row) => row.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const counted = new Map(rows.map(({ state, count }) => [state, count]));
  const count = (state: DeliveryState): number => counted.get(state) ?? 0;
  return {
    pending: count('pending'),
    sending: count('sending'),
    uncertain: count('uncertain'),
    held: count('held'),
    posted: count('posted'),
    empty: count('empty'),
    skipped: count('skipped'),
    dead: count('dead'),
  };
}

export interface MissedRequest {
  readonly subscription: string;
  readonly from: number;
  readonly to: number;
}

/** For each request, oldest first. */
export async function readMissed(
  db: Kysely<Tables>,
  requests: readonly MissedRequest[],
): Promise<readonly (readonly StoredDelivery[])[]> {
  const wanted = requests.map(
    ({ subscription, from, to }) =>
      sql`(cast(${storableText(subscription)} as text), cast(${from} as bigint), cast(${to} as bigint))`,
  );
  const rows = await db
    .selectFrom('delivery')
    .innerJoin(
      sql<{ column1: string; column2: number; column3: number }>`(values ${sql.join(wanted)})`.as('wanted'),
      (join) =>
        join
          .onRef('delivery.subscription', '=', 'wanted.column1')
          .onRef('delivery.slot_at', '>=', 'wanted.column2')
          .onRef('delivery.slot_at', '<', 'wanted.column3'),
    )
    .selectAll('delivery')
    .where('state', 'in', ['skipped', 'dead'])
    .orderBy('slot_at')
    .execute();
  return requests.map(({ subscription, from, to }) =>
    rows
      .filter(
        (row) => row.subscription === storableText(subscription) && row.slot_at >= from && row.slot_at < to,
      )
      .map(toStoredDelivery),
  );
}
