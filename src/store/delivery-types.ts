import type { Destination, Mute, Person, SubscriptionContent, WatchMode } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';

/** A subscription as it is stored. Times are epoch milliseconds. */
export interface StoredSubscription extends SubscriptionContent {
  /** Ten lower-case letters and digits, easy to type. */
  readonly id: string;
  readonly createdBy: Person;
  readonly createdAt: number;
  readonly paused: boolean;
  /** Why it is paused when nobody paused it: the place is gone, the token was revoked. Null otherwise. */
  readonly pausedReason: string | null;
  /** Rises with every change; a change that names an older version is refused. */
  readonly version: number;
  /** The next slot that is not in the ledger yet; null for what has no schedule, or never comes again. */
  readonly nextSlotAt: number | null;
  /** Where the window of the next digest begins: the end of the last one that was delivered, or the creation. */
  readonly deliveredUntil: number;
  readonly lastPostedAt: number | null;
}

export type SubscriptionChange = Partial<
  Pick<
    StoredSubscription,
    'timing' | 'filters' | 'shape' | 'emptyDay' | 'paused' | 'pausedReason' | 'nextSlotAt'
  >
> & {
  /** Null: none any more. */
  readonly ceiling?: Tlp | null;
};

/**
 * `pending`: to be sent. `sending`: one process has it. `uncertain`: a request went out and its answer is not known.
 * `posted`, `empty` (nothing to say, and silence was chosen), `skipped` (too late, or told by a later one) and `dead`
 * (given up) are ends; `dead` can be driven again by hand. `held`: in doubt, waiting for a person to decide.
 */
export const deliveryStates = [
  'pending',
  'sending',
  'uncertain',
  'held',
  'posted',
  'empty',
  'skipped',
  'dead',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One message of a delivery that went out. */
export interface PostedPart {
  readonly part: number;
  /** The platform's opaque id of the message. */
  readonly messageId: string;
}

/** A row of the ledger. Times are epoch milliseconds. */
export interface StoredDelivery {
  /** A hash of the subscription and the period: the same slot has the same id wherever it is planned. */
  readonly id: string;
  readonly subscription: string;
  readonly destination: Destination;
  readonly slotAt: number;
  /** The local date or week that it stands for; one delivery a subscription and period. */
  readonly period: string;
  /** Slots that were missed before this one and are told in it. */
  readonly merged: number;
  readonly state: DeliveryState;
  readonly notBefore: number;
  /** After this it is no longer sent. */
  readonly deadline: number;
  readonly leaseOwner: string | null;
  readonly leaseUntil: number | null;
  /** Rises with every claim; only the holder of the newest may write. */
  readonly fence: number;
  /** Claims under which a request went out; those that ended with a refusal for rate are not counted. */
  readonly attempt: number;
  readonly firstTryAt: number | null;
  readonly lastTryAt: number | null;
  /** What is posted, frozen before the first request; JSON. Null until it is composed, and again once it was posted. */
  readonly payload: string | null;
  /** Parts known to stand at the platform, in order. */
  readonly posted: readonly PostedPart[];
  readonly postedAt: number | null;
  /** How it is known that it was posted: `answer`, `found`. */
  readonly evidence: string | null;
  readonly lastError: string | null;
}

/** What the planner wants for one due subscription. */
export interface SlotPlan {
  /** The delivery to add; undefined: only the next slot is moved. */
  readonly delivery?: {
    readonly id: string;
    readonly slotAt: number;
    readonly period: string;
    readonly merged: number;
    readonly notBefore: number;
    readonly deadline: number;
    /** `skipped`: too late to be sent; it stands in the ledger so that the next one can say so. */
    readonly state: 'pending' | 'skipped';
    readonly lastError?: string;
  };
  readonly nextSlotAt: number | null;
}

export interface ClaimRequest {
  readonly owner: string;
  readonly now: number;
  readonly leaseUntil: number;
  readonly limit: number;
  /** Only this platform's. */
  readonly platform: Destination['platform'];
  /** Only the delivery of this id; absent: whichever are due. */
  readonly only?: string;
}

/** What a holder of a lease writes; refused, with false, when the fence is not the newest or the state has moved on. */
export interface DeliveryHold {
  readonly id: string;
  readonly fence: number;
}

/** What the item said when it was last posted by a subscription. */
export interface PostedItem {
  readonly key: string;
  /** Of what was said of it. */
  readonly hash: string;
}

export type DeliveryEnd =
  | {
      readonly kind: 'posted';
      readonly at: number;
      readonly evidence: 'answer' | 'found';
      readonly deliveredUntil: number;
      readonly items: readonly PostedItem[];
    }
  | {
      readonly kind: 'empty';
      readonly at: number;
      readonly deliveredUntil: number;
      readonly items?: readonly PostedItem[];
    }
  /** Surely not sent: to be tried again. */
  | {
      readonly kind: 'retry';
      readonly notBefore: number;
      readonly error: string;
      readonly countsAttempt: boolean;
    }
  | { readonly kind: 'uncertain'; readonly settleAt: number; readonly error: string }
  | { readonly kind: 'held' | 'skipped' | 'dead'; readonly error: string };

export type HeldSettlement =
  | {
      readonly kind: 'whole';
      readonly at: number;
      readonly deliveredUntil: number;
      readonly items: readonly PostedItem[];
    }
  | { readonly kind: 'rest'; readonly now: number; readonly deadline: number };

export interface StoredWatch {
  readonly person: Person;
  /** The entity's STIX id. */
  readonly entity: string;
  readonly name: string;
  readonly mode: WatchMode;
  readonly createdAt: number;
}

export interface StoredMute extends Mute {
  readonly destination: Destination;
  readonly by: Person;
  readonly createdAt: number;
}

/** Who changed what. */
export interface AuditEvent {
  readonly at: number;
  readonly by: Person;
  /** A verb of the command table with its object: `subscription.add`, `settings.change`. */
  readonly action: string;
  /** The id of what was changed. */
  readonly target: string;
  /** What it was and is, without secrets. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** How a Teams conversation, or another place that must be known beforehand, is reached again; JSON-ready. */
export interface StoredConversation {
  readonly destination: Destination;
  readonly reference: Readonly<Record<string, unknown>>;
  readonly seenAt: number;
  /** Why nothing can be delivered there any more; null while it can. */
  readonly goneReason: string | null;
}

/** Subscriptions, their ledger, and what belongs to them: the part of the store that holds it, for all replicas. */
export interface DeliveryStore {
  /** Resolves with false, and changes nothing, when the id is taken. */
  addSubscription(subscription: StoredSubscription): Promise<boolean>;
  subscription(id: string): Promise<StoredSubscription | undefined>;
  /** In the order of creation; all, or those of a destination, of a workspace, or of a person. */
  subscriptions(where?: {
    readonly destination?: Destination;
    readonly workspace?: { readonly platform: string; readonly id: string };
    readonly createdBy?: Person;
    readonly kind?: StoredSubscription['kind'];
  }): Promise<readonly StoredSubscription[]>;
  /** False when there is none of that id and version. Pausing skips its pending deliveries; resuming forgets the reason. */
  changeSubscription(id: string, version: number, change: SubscriptionChange): Promise<boolean>;
  /** Its pending and held deliveries are skipped; what was posted stays in the ledger. False when there is none. */
  removeSubscription(id: string): Promise<boolean>;
  /**
   * The same place has another id: its subscriptions, what waits to be delivered there and its mutes follow. What is being
   * sent at that moment stays where it is. Tells how many subscriptions followed.
   */
  moveDestination(from: Destination, to: Destination): Promise<number>;

  /**
   * Takes up to `limit` subscriptions whose next slot has come, locked against other planners, asks `plan` for each,
   * and writes what it says in one transaction. A delivery whose id, slot or period stands in the ledger already is
   * left as it is. Tells how many were looked at. At most 200 at a time, whatever the limit. `plan` must not throw: then
   * nothing of it is written.
   */
  planDue(now: number, limit: number, plan: (due: StoredSubscription) => SlotPlan): Promise<number>;
  /**
   * Adds one slot to the ledger as the planner would; the delivery that stands for it, new or old. Rejects when there is
   * no such subscription.
   */
  addDelivery(subscription: string, plan: NonNullable<SlotPlan['delivery']>): Promise<StoredDelivery>;
  /** Not paused `at-once` subscriptions whose window began before a time and that have no delivery under way. */
  atOnceBehind(before: number, limit: number): Promise<readonly StoredSubscription[]>;

  /**
   * Takes pending deliveries whose time has come, oldest slot first, each with a fence one higher: at most one a
   * destination is being sent at a time, none whose subscription has an older one that is under way (one that is held
   * waits for a person, and holds up nobody), and none to a place that is to be left alone for now (`noteTry`, `pausePlace`).
   */
  claimDeliveries(request: ClaimRequest): Promise<readonly StoredDelivery[]>;
  /** Uncertain deliveries whose time to be settled has come, taken like pending ones. */
  claimUncertain(request: ClaimRequest): Promise<readonly StoredDelivery[]>;
  /** False when the lease is lost. */
  renewDeliveries(holds: readonly DeliveryHold[], leaseUntil: number): Promise<readonly DeliveryHold[]>;
  /**
   * Freezes what will be posted; refused once a part of it stands at the platform, unless `begun` says that the parts that
   * do are the same.
   */
  freezePayload(hold: DeliveryHold, payload: string, begun?: 'begun'): Promise<boolean>;
  /**
   * Notes that a request is about to go out: from here on a lost process leaves doubt. Until `nextPostAt` no other
   * delivery to the place is claimed, by any replica: so the least gap between two posts holds over all of them.
   */
  noteTry(hold: DeliveryHold, at: number, nextPostAt?: number): Promise<boolean>;
  /** No delivery to the place is claimed before a time; of several such times the latest holds. */
  pausePlace(destination: Destination, until: number): Promise<void>;
  notePart(hold: DeliveryHold, part: PostedPart): Promise<boolean>;
  /**
   * Ends the hold. `posted` and `empty` move the subscription's window in the same transaction, never back. A `retry` of
   * what belongs to a subscription that was removed or paused meanwhile is `skipped`.
   */
  endDelivery(hold: DeliveryHold, end: DeliveryEnd): Promise<boolean>;
  /**
   * Leases that ran out: back to pending where no request went out, else uncertain. Tells how many. A lease that lasts for
   * more than an hour is of a clock that went wrong, and has run out too.
   */
  expireLeases(now: number, settleAt: (lastTryAt: number) => number): Promise<number>;
  delivery(id: string): Promise<StoredDelivery | undefined>;
  deliveries(where: {
    readonly subscription?: string;
    readonly workspace?: { readonly platform: string; readonly id: string };
    readonly states?: readonly DeliveryState[];
    readonly limit: number;
    /** By their slots; the newest first when absent. */
    readonly order?: 'newest' | 'oldest';
  }): Promise<readonly StoredDelivery[]>;
  /**
   * The newest slot of a subscription that stands in the ledger by its schedule, whatever became of it; null for none. What
   * was asked for out of its turn, and what is told at once, is no slot: their periods begin with a word, those of slots with a year.
   */
  lastPlannedSlot(subscription: string): Promise<number | null>;
  deliveryCounts(): Promise<Readonly<Record<DeliveryState, number>>>;
  /**
   * Puts a dead, held or skipped one back, with attempts counted anew: `pending`, or `uncertain` (to be settled at once) for
   * one that is not held and of which a request may have gone through. False when it is none of them, or its subscription is
   * gone or paused.
   */
  redrive(id: string, now: number, deadline: number): Promise<boolean>;
  /**
   * Notes what a person saw: the part in doubt of a held delivery stands at the platform. `whole`: it was the last of it, and
   * the window moves as if the platform had said so; else the rest is to be posted. False when it is not held, was changed
   * since it was read, or the rest belongs to a subscription that is gone or paused.
   */
  settleHeld(hold: DeliveryHold, part: PostedPart, settled: HeldSettlement): Promise<boolean>;
  /** Skipped or dead deliveries of a subscription with a slot in `from <= slot < to`, for the next digest to tell. */
  missedBetween(subscription: string, from: number, to: number): Promise<readonly StoredDelivery[]>;
  postedItems(subscription: string, keys: readonly string[]): Promise<readonly PostedItem[]>;

  addWatch(watch: StoredWatch): Promise<void>;
  removeWatch(person: Person, entity: string): Promise<boolean>;
  watches(where?: {
    readonly person?: Person;
    readonly workspace?: { readonly platform: string; readonly id: string };
  }): Promise<readonly StoredWatch[]>;
  /** A mute of the same kind and target takes the place of the earlier one. */
  addMute(mute: StoredMute): Promise<void>;
  removeMute(destination: Destination, kind: Mute['kind'], target: string): Promise<boolean>;
  /** Those in force at a time. */
  mutes(destination: Destination, now: number): Promise<readonly StoredMute[]>;

  noteAudit(event: AuditEvent): Promise<void>;
  /** Newest first. */
  auditEvents(where: {
    readonly since: number;
    readonly workspace?: { readonly platform: string; readonly id: string };
    readonly limit: number;
  }): Promise<readonly AuditEvent[]>;

  rememberConversation(conversation: StoredConversation): Promise<void>;
  conversation(destination: Destination): Promise<StoredConversation | undefined>;
  /** Without those that are sealed under a key that is not at hand; `sealedState` counts them. */
  conversations(platform: string): Promise<readonly StoredConversation[]>;

  /** True the first time within its life that a key is seen, over all replicas. */
  firstSight(key: string, now: number, lifeMs: number): Promise<boolean>;

  /**
   * Deletes what is over and older than the times given, at most `limit` rows of each kind: to be called again while any
   * count reaches the limit.
   */
  trimDeliveries(before: TrimTimes, limit: number): Promise<TrimCounts>;
  /**
   * The clock that all replicas share: that of the PostgreSQL server, or of this machine for the embedded database. Epoch
   * milliseconds. Leases and slots of several replicas are to be judged by it.
   */
  sharedTime(): Promise<number>;
}

/** Epoch milliseconds. */
export interface TrimTimes {
  /** Mutes, keys of events and pauses of places that ended before it. */
  readonly now: number;
  /** Deliveries at their end, by their slot. */
  readonly deliveries: number;
  /** What was posted of items: beyond it an item may come again unchanged. */
  readonly postedItems: number;
  readonly audit: number;
}

export interface TrimCounts {
  readonly deliveries: number;
  readonly postedItems: number;
  readonly audit: number;
  /** Mutes, keys of events and pauses of places together. */
  readonly expired: number;
}
