import type { Kysely, Selectable } from 'kysely';
import { digestShapes, emptyDayRules, type Timing } from '../domain/subscription.ts';
import { type Tlp, tlpLevels } from '../domain/tlp.ts';
import { assertNever } from '../support/assert-never.ts';
import type { SubscriptionTable } from './delivery-schema.ts';
import { isInState } from './delivery-states.ts';
import type { DeliveryStore, StoredSubscription, SubscriptionChange } from './delivery-types.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';
import { oneOf, placeColumns, toDestination, toPerson } from './place-columns.ts';
import type { Tables } from './schema.ts';

export async function insertSubscription(
  db: Kysely<Tables>,
  subscription: StoredSubscription,
): Promise<boolean> {
  const { createdBy, destination } = subscription;
  const inserted = await db
    .insertInto('subscription')
    .values({
      id: subscription.id,
      ...placeColumns(destination),
      place_kind: destination.kind,
      kind: subscription.kind,
      ...timingColumns(subscription.timing),
      filters: storableText(subscription.filters),
      shape: subscription.shape,
      empty_day: subscription.emptyDay,
      ceiling: subscription.ceiling ?? null,
      creator_platform: createdBy.platform,
      creator_workspace: storableText(createdBy.workspace),
      creator: storableText(createdBy.id),
      created_at: subscription.createdAt,
      paused: subscription.paused ? 1 : 0,
      paused_reason: reasonText(subscription.pausedReason),
      version: subscription.version,
      next_slot_at: subscription.nextSlotAt,
      delivered_until: subscription.deliveredUntil,
      last_posted_at: subscription.lastPostedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return inserted.length > 0;
}

/** In the order of the ids. */
export async function readSubscriptionsById(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<readonly (StoredSubscription | undefined)[]> {
  const keys = ids.map(storableText);
  const rows = await db.selectFrom('subscription').selectAll().where('id', 'in', keys).execute();
  const found = new Map(rows.map((row) => [row.id, toStoredSubscription(row)]));
  return keys.map((key) => found.get(key));
}

type Where = NonNullable<Parameters<DeliveryStore['subscriptions']>[0]>;

export async function readSubscriptions(
  db: Kysely<Tables>,
  { destination, workspace, createdBy, kind }: Where = {},
): Promise<readonly StoredSubscription[]> {
  let query = db.selectFrom('subscription').selectAll();
  if (destination !== undefined) query = query.where((row) => row.and(placeColumns(destination)));
  if (workspace !== undefined) {
    query = query
      .where('platform', '=', workspace.platform)
      .where('workspace', '=', storableText(workspace.id));
  }
  if (createdBy !== undefined) {
    query = query
      .where('creator_platform', '=', createdBy.platform)
      .where('creator_workspace', '=', storableText(createdBy.workspace))
      .where('creator', '=', storableText(createdBy.id));
  }
  if (kind !== undefined) query = query.where('kind', '=', kind);
  const rows = await query.orderBy('created_at').orderBy('id').execute();
  return rows.map(toStoredSubscription);
}

/** See the port. */
export async function updateSubscription(
  engine: Engine,
  id: string,
  version: number,
  change: SubscriptionChange,
): Promise<boolean> {
  return engine.transaction(async (db) => {
    const key = storableText(id);
    const changed = await db
      .updateTable('subscription')
      .set({ version: version + 1, ...changeColumns(change) })
      .where('id', '=', key)
      .where('version', '=', version)
      .returning('id')
      .execute();
    if (changed.length === 0) return false;
    if (change.paused === true) await skipWaiting(db, key, 'the subscription was paused');
    return true;
  });
}

/** See the port. */
export async function deleteSubscription(engine: Engine, id: string): Promise<boolean> {
  return engine.transaction(async (db) => {
    const key = storableText(id);
    const deleted = await db.deleteFrom('subscription').where('id', '=', key).returning('id').execute();
    if (deleted.length === 0) return false;
    await skipWaiting(db, key, 'the subscription was removed');
    await db
      .updateTable('delivery')
      .set({ state: 'skipped', last_error: 'the subscription was removed', payload: null })
      .where('subscription', '=', key)
      .where(isInState('held'))
      .execute();
    await db.deleteFrom('posted_item').where('subscription', '=', key).execute();
    return true;
  });
}

async function skipWaiting(db: Kysely<Tables>, subscription: string, why: string): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'skipped', last_error: why })
    .where('subscription', '=', subscription)
    .where(isInState('pending'))
    .execute();
}

function changeColumns(change: SubscriptionChange): Partial<Selectable<SubscriptionTable>> {
  return {
    ...(change.timing === undefined ? {} : timingColumns(change.timing)),
    ...(change.filters === undefined ? {} : { filters: storableText(change.filters) }),
    ...(change.shape === undefined ? {} : { shape: change.shape }),
    ...(change.emptyDay === undefined ? {} : { empty_day: change.emptyDay }),
    ...(change.ceiling === undefined ? {} : { ceiling: change.ceiling }),
    ...(change.nextSlotAt === undefined ? {} : { next_slot_at: change.nextSlotAt }),
    ...(change.paused === undefined ? {} : { paused: change.paused ? 1 : 0 }),
    ...(change.paused === false ? { paused_reason: null } : {}),
    ...(change.pausedReason === undefined ? {} : { paused_reason: reasonText(change.pausedReason) }),
  };
}

function reasonText(reason: string | null): string | null {
  return reason === null ? null : storableText(reason);
}

type TimingColumns = Pick<Selectable<SubscriptionTable>, 'timing' | 'cron' | 'zone' | 'schedule_text'>;

function timingColumns(timing: Timing): TimingColumns {
  switch (timing.kind) {
    case 'scheduled': {
      const { cron, zone, text } = timing.schedule;
      return { timing: 'scheduled', cron, zone, schedule_text: storableText(text) };
    }
    case 'at-once':
      return { timing: 'at-once', cron: null, zone: null, schedule_text: null };
    default:
      return assertNever(timing);
  }
}

function toTiming({ timing, cron, zone, schedule_text }: TimingColumns): Timing {
  if (timing === 'at-once') return { kind: 'at-once' };
  if (cron === null || zone === null) throw new Error('a stored subscription has no schedule');
  return { kind: 'scheduled', schedule: { cron, zone, text: schedule_text ?? cron } };
}

export function toStoredSubscription(row: Selectable<SubscriptionTable>): StoredSubscription {
  return {
    id: row.id,
    destination: toDestination(row),
    timing: toTiming(row),
    filters: row.filters,
    shape: oneOf(digestShapes, row.shape),
    emptyDay: oneOf(emptyDayRules, row.empty_day),
    ...(row.ceiling === null ? {} : { ceiling: toCeiling(row.ceiling) }),
    kind: oneOf<StoredSubscription['kind']>(['digest', 'watch'], row.kind),
    createdBy: toPerson(row.creator_platform, row.creator_workspace, row.creator),
    createdAt: row.created_at,
    paused: row.paused === 1,
    pausedReason: row.paused_reason,
    version: row.version,
    nextSlotAt: row.next_slot_at,
    deliveredUntil: row.delivered_until,
    lastPostedAt: row.last_posted_at,
  };
}

/** What cannot be read allows the least. */
function toCeiling(text: string): Tlp {
  return tlpLevels.find((level) => level === text) ?? 'clear';
}
