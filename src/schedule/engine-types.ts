import type { Destination } from '../domain/subscription.ts';
import type { DeliveryHold, DeliveryStore } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { DeliveryCounters } from './delivery-metrics.ts';
import type { DeliveryRules } from './delivery-rules.ts';
import type { Pace } from './pace.ts';
import type { ComposeDelivery, DeliveryPlatform } from './types.ts';

/** Where one delivery stands, in this order; `settling` and `found` when it is in doubt. */
export const deliverySteps = [
  'claimed',
  'composed',
  'frozen',
  'before-request',
  'answered',
  'part-noted',
  'before-end',
  'ended',
  'settling',
  'found',
] as const;
export type DeliveryStep = (typeof deliverySteps)[number];

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** The part of the store that deliveries use. */
export type Ledger = Pick<
  DeliveryStore,
  | 'subscription'
  | 'changeSubscription'
  | 'planDue'
  | 'addDelivery'
  | 'atOnceBehind'
  | 'claimDeliveries'
  | 'claimUncertain'
  | 'renewDeliveries'
  | 'freezePayload'
  | 'noteTry'
  | 'notePart'
  | 'pausePlace'
  | 'noteAudit'
  | 'endDelivery'
  | 'expireLeases'
  | 'delivery'
  | 'deliveries'
  | 'deliveryCounts'
  | 'redrive'
  | 'watches'
  | 'trimDeliveries'
>;

/** What the parts of the engine share. */
export interface EngineParts {
  readonly store: Ledger;
  readonly platforms: readonly DeliveryPlatform[];
  readonly compose: ComposeDelivery;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: DeliveryRules;
  /** From 0 to 1, for the distance between retries. */
  readonly random: () => number;
  /** Resolves after a time, or as soon as the signal is aborted. */
  readonly sleep: Sleep;
  /** A name that no other process ever has. */
  readonly owner: string;
  /** Told of every step, before the next begins. */
  readonly onStep?: (step: DeliveryStep, delivery: string) => Promise<void> | void;
}

/** What one delivery's parts need besides. */
export interface DeliveryTools extends EngineParts {
  readonly pace: Pace;
  readonly counters: DeliveryCounters;
  /** Sleeps where nothing is to be done for the delivery but to keep a distance. */
  readonly rest: Sleep;
  /** Aborted when the process is to end: what has not begun to post is given back. */
  readonly stopping: AbortSignal;
}

/** The right to write one delivery. */
export interface Hold extends DeliveryHold {
  readonly destination: Destination;
  /** True from when another may have it. */
  isLost(): boolean;
  /** Says that a request may be out from here on. */
  markTried(): void;
  hasTried(): boolean;
  /** Resolves with true when it lasts for this long from now, renewed where needed. */
  lasts(ms: number): Promise<boolean>;
}
