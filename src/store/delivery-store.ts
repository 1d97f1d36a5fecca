import { type Kysely, sql } from 'kysely';
import { insertAuditEvent, readAuditEvents } from './audit.ts';
import { readConversation, readConversations, writeConversation } from './conversations.ts';
import { claimDeliveries } from './deliveries-claim.ts';
import {
  type Freezing,
  freezePayloads,
  type Noting,
  noteParts,
  noteTries,
  renewDeliveries,
  type Trying,
} from './deliveries-hold.ts';
import { expireLeases, redriveDelivery, settleHeld } from './deliveries-mend.ts';
import { type Ending, endDeliveries } from './deliveries-move.ts';
import { addDelivery, planDue, readAtOnceBehind } from './deliveries-plan.ts';
import { trimDeliveries } from './deliveries-trim.ts';
import type { DeliveryHold, DeliveryStore } from './delivery-types.ts';
import type { Engine } from './engine.ts';
import { noteFirstSight } from './inbound-events.ts';
import { moveDestination } from './moved-place.ts';
import { deleteMute, insertMute, type MutesRequest, readMutes } from './mutes.ts';
import { placeColumns } from './place-columns.ts';
import { pausePlace } from './place-gates.ts';
import { type PostedItemsRequest, readPostedItems } from './posted-items.ts';
import type { Tables } from './schema.ts';
import type { Seals } from './sealed.ts';
import {
  type MissedRequest,
  readDeliveries,
  readDelivery,
  readDeliveryCounts,
  readLastPlannedSlot,
  readMissed,
} from './stored-delivery.ts';
import {
  deleteSubscription,
  insertSubscription,
  readSubscriptions,
  readSubscriptionsById,
  updateSubscription,
} from './subscriptions.ts';
import { createTogether, type Together } from './together.ts';
import { deleteWatch, insertWatch, readWatches } from './watches.ts';

type Run = <T>(work: () => Promise<T>) => Promise<T>;

/** The part of the store that holds subscriptions and deliveries; `run` translates errors. */
export function createDeliveryStore(engine: Engine, seals: Seals, run: Run): DeliveryStore {
  return {
    ...createSubscriptionPart(engine, run),
    ...createLedgerPart(engine, run),
    ...createReaderPart(engine, seals, run),
  };
}

type SubscriptionPart = Pick<
  DeliveryStore,
  | 'addSubscription'
  | 'subscription'
  | 'subscriptions'
  | 'changeSubscription'
  | 'removeSubscription'
  | 'moveDestination'
  | 'planDue'
  | 'addDelivery'
  | 'atOnceBehind'
>;

function createSubscriptionPart(engine: Engine, run: Run): SubscriptionPart {
  const { db } = engine;
  const readById = gathering(
    engine,
    (ids: readonly string[]) => readSubscriptionsById(db, ids),
    (id) => id,
  );
  return {
    addSubscription: (subscription) =>
      run(() => engine.statement((writer) => insertSubscription(writer, subscription))),
    subscription: (id) => run(() => readById(id)),
    subscriptions: (where) => run(() => readSubscriptions(db, where)),
    changeSubscription: (id, version, change) => run(() => updateSubscription(engine, id, version, change)),
    removeSubscription: (id) => run(() => deleteSubscription(engine, id)),
    moveDestination: (from, to) => run(() => moveDestination(engine, from, to)),
    planDue: (now, limit, plan) => run(() => planDue(engine, now, limit, plan)),
    addDelivery: (subscription, plan) => run(() => addDelivery(engine, subscription, plan)),
    atOnceBehind: (before, limit) => run(() => readAtOnceBehind(db, before, limit)),
  };
}

/** Few enough for one statement, and for one transaction that nobody has to wait for. */
const maxTogether = 32;

/** SQLite is asked at once: it has no network in between, and its writers share commits already. */
function gathering<Item, Result>(
  engine: Engine,
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  keyOf: (item: Item) => string,
): Together<Item, Result> {
  if (engine.kind === 'postgres') return createTogether({ work, keyOf, most: maxTogether });
  return async (item) => {
    for (const result of await work([item])) return result;
    throw new Error('what was asked for was not answered');
  };
}

/** A hold may carry more than its key. */
function keysOf({ id, fence }: DeliveryHold): DeliveryHold {
  return { id, fence };
}

type LedgerPart = Omit<DeliveryStore, keyof SubscriptionPart | keyof ReaderPart>;

const subscriptionOf = ({ subscription }: { readonly subscription: string }): string => subscription;
const deliveryOf = ({ id }: { readonly id: string }): string => id;

function createLedgerPart(engine: Engine, run: Run): LedgerPart {
  const { db } = engine;
  const freeze = gathering(engine, (all: readonly Freezing[]) => freezePayloads(engine, all), deliveryOf);
  const mark = gathering(engine, (all: readonly Trying[]) => noteTries(engine, all), deliveryOf);
  const note = gathering(engine, (all: readonly Noting[]) => noteParts(engine, all), deliveryOf);
  const end = gathering(engine, (all: readonly Ending[]) => endDeliveries(engine, all), deliveryOf);
  const missed = gathering(engine, (all: readonly MissedRequest[]) => readMissed(db, all), subscriptionOf);
  const postedItems = gathering(
    engine,
    (all: readonly PostedItemsRequest[]) => readPostedItems(db, all),
    subscriptionOf,
  );
  return {
    claimDeliveries: (request) => run(() => claimDeliveries(engine, 'pending', request)),
    claimUncertain: (request) => run(() => claimDeliveries(engine, 'uncertain', request)),
    renewDeliveries: (holds, leaseUntil) => run(() => renewDeliveries(engine, holds, leaseUntil)),
    freezePayload: (hold, payload, begun) => run(() => freeze({ ...keysOf(hold), payload, begun })),
    noteTry: (hold, at, nextPostAt) => run(() => mark({ ...keysOf(hold), at, nextPostAt })),
    pausePlace: (destination, until) =>
      run(() => engine.statement((writer) => pausePlace(writer, destination, until))),
    notePart: (hold, part) => run(() => note({ ...keysOf(hold), part })),
    endDelivery: (hold, how) => run(() => end({ ...keysOf(hold), end: how })),
    expireLeases: (now, settleAt) => run(() => expireLeases(engine, now, settleAt)),
    delivery: (id) => run(() => readDelivery(db, id)),
    deliveries: (where) => run(() => readDeliveries(db, where)),
    lastPlannedSlot: (subscription) => run(() => readLastPlannedSlot(db, subscription)),
    deliveryCounts: () => run(() => readDeliveryCounts(db)),
    redrive: (id, now, deadline) => run(() => redriveDelivery(engine, id, now, deadline)),
    settleHeld: (hold, part, settled) => run(() => settleHeld(engine, keysOf(hold), part, settled)),
    missedBetween: (subscription, from, to) => run(() => missed({ subscription, from, to })),
    postedItems: (subscription, keys) => run(() => postedItems({ subscription, keys })),
    trimDeliveries: (before, limit) => run(() => trimDeliveries(engine, before, limit)),
    sharedTime: () => run(() => readSharedTime(engine)),
  };
}

type ReaderPart = Pick<
  DeliveryStore,
  | 'addWatch'
  | 'removeWatch'
  | 'watches'
  | 'addMute'
  | 'removeMute'
  | 'mutes'
  | 'noteAudit'
  | 'auditEvents'
  | 'rememberConversation'
  | 'conversation'
  | 'conversations'
  | 'firstSight'
>;

/** What belongs to the people and places that deliveries go to. */
function createReaderPart(engine: Engine, seals: Seals, run: Run): ReaderPart {
  const { db } = engine;
  const mutes = gathering(
    engine,
    (all: readonly MutesRequest[]) => readMutes(db, all),
    ({ destination }) => JSON.stringify(placeColumns(destination)),
  );
  const write = <T>(work: (writer: Kysely<Tables>) => Promise<T>): Promise<T> =>
    run(() => engine.statement(work));
  return {
    addWatch: (watch) => write((writer) => insertWatch(writer, watch)),
    removeWatch: (person, entity) => write((writer) => deleteWatch(writer, person, entity)),
    watches: (where) => run(() => readWatches(db, where)),
    addMute: (mute) => write((writer) => insertMute(writer, mute)),
    removeMute: (destination, kind, target) =>
      write((writer) => deleteMute(writer, destination, kind, target)),
    mutes: (destination, now) => run(() => mutes({ destination, now })),
    noteAudit: (event) => write((writer) => insertAuditEvent(writer, event)),
    auditEvents: (where) => run(() => readAuditEvents(db, where)),
    rememberConversation: (conversation) => write((writer) => writeConversation(writer, seals, conversation)),
    conversation: (destination) => run(() => readConversation(db, seals, destination)),
    conversations: (platform) => run(() => readConversations(db, seals, platform)),
    firstSight: (key, now, lifeMs) => write((writer) => noteFirstSight(writer, key, now, lifeMs)),
  };
}

async function readSharedTime(engine: Engine): Promise<number> {
  const time =
    engine.kind === 'postgres'
      ? sql<{ now: number }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`
      : sql<{ now: number }>`select cast(unixepoch('subsec') * 1000 as integer) as now`;
  const { rows } = await time.execute(engine.db);
  const now = rows[0]?.now;
  if (now === undefined) throw new Error('the database does not tell the time');
  return now;
}
