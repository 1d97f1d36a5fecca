import { type Kysely, sql } from 'kysely';
import { insertAuditEvent, readAuditEvents } from './audit.ts';
import { readConversation, readConversations, writeConversation } from './conversations.ts';
import { claimDeliveries } from './deliveries-claim.ts';
import { freezePayload, notePart, noteTry, renewDeliveries } from './deliveries-hold.ts';
import { expireLeases, redriveDelivery } from './deliveries-mend.ts';
import { endDelivery } from './deliveries-move.ts';
import { addDelivery, planDue, readAtOnceBehind } from './deliveries-plan.ts';
import { trimDeliveries } from './deliveries-trim.ts';
import type { DeliveryStore } from './delivery-types.ts';
import type { Engine } from './engine.ts';
import { noteFirstSight } from './inbound-events.ts';
import { moveDestination } from './moved-place.ts';
import { deleteMute, insertMute, readMutes } from './mutes.ts';
import { pausePlace } from './place-gates.ts';
import { readPostedItems } from './posted-items.ts';
import type { Tables } from './schema.ts';
import type { Seals } from './sealed.ts';
import {
  readDeliveries,
  readDelivery,
  readDeliveryCounts,
  readLastPlannedSlot,
  readMissed,
} from './stored-delivery.ts';
import {
  deleteSubscription,
  insertSubscription,
  readSubscription,
  readSubscriptions,
  updateSubscription,
} from './subscriptions.ts';
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
  return {
    addSubscription: (subscription) =>
      run(() => engine.statement((writer) => insertSubscription(writer, subscription))),
    subscription: (id) => run(() => readSubscription(db, id)),
    subscriptions: (where) => run(() => readSubscriptions(db, where)),
    changeSubscription: (id, version, change) => run(() => updateSubscription(engine, id, version, change)),
    removeSubscription: (id) => run(() => deleteSubscription(engine, id)),
    moveDestination: (from, to) => run(() => moveDestination(engine, from, to)),
    planDue: (now, limit, plan) => run(() => planDue(engine, now, limit, plan)),
    addDelivery: (subscription, plan) => run(() => addDelivery(engine, subscription, plan)),
    atOnceBehind: (before, limit) => run(() => readAtOnceBehind(db, before, limit)),
  };
}

type LedgerPart = Omit<DeliveryStore, keyof SubscriptionPart | keyof ReaderPart>;

function createLedgerPart(engine: Engine, run: Run): LedgerPart {
  const { db } = engine;
  return {
    claimDeliveries: (request) => run(() => claimDeliveries(engine, 'pending', request)),
    claimUncertain: (request) => run(() => claimDeliveries(engine, 'uncertain', request)),
    renewDeliveries: (holds, leaseUntil) => run(() => renewDeliveries(engine, holds, leaseUntil)),
    freezePayload: (hold, payload, begun) => run(() => freezePayload(engine, hold, payload, begun)),
    noteTry: (hold, at, nextPostAt) => run(() => noteTry(engine, hold, at, nextPostAt)),
    pausePlace: (destination, until) =>
      run(() => engine.statement((writer) => pausePlace(writer, destination, until))),
    notePart: (hold, part) => run(() => notePart(engine, hold, part)),
    endDelivery: (hold, end) => run(() => endDelivery(engine, hold, end)),
    expireLeases: (now, settleAt) => run(() => expireLeases(engine, now, settleAt)),
    delivery: (id) => run(() => readDelivery(db, id)),
    deliveries: (where) => run(() => readDeliveries(db, where)),
    lastPlannedSlot: (subscription) => run(() => readLastPlannedSlot(db, subscription)),
    deliveryCounts: () => run(() => readDeliveryCounts(db)),
    redrive: (id, now, deadline) => run(() => redriveDelivery(engine, id, now, deadline)),
    missedBetween: (subscription, from, to) => run(() => readMissed(db, subscription, from, to)),
    postedItems: (subscription, keys) => run(() => readPostedItems(db, subscription, keys)),
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
  const write = <T>(work: (writer: Kysely<Tables>) => Promise<T>): Promise<T> =>
    run(() => engine.statement(work));
  return {
    addWatch: (watch) => write((writer) => insertWatch(writer, watch)),
    removeWatch: (person, entity) => write((writer) => deleteWatch(writer, person, entity)),
    watches: (where) => run(() => readWatches(db, where)),
    addMute: (mute) => write((writer) => insertMute(writer, mute)),
    removeMute: (destination, kind, target) =>
      write((writer) => deleteMute(writer, destination, kind, target)),
    mutes: (destination, now) => run(() => readMutes(db, destination, now)),
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
