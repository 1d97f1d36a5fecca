import type { DeliveryPlatformName } from '../domain/subscription.ts';
import { type DeliveryState, deliveryStates } from '../store/delivery-types.ts';
import type { Metrics } from '../support/metrics.ts';

/** How a post failed, for counting. */
export type DeliveryFailure =
  | 'rate'
  | 'not-sent'
  | 'uncertain'
  | 'refused'
  | 'gone'
  | 'unreachable'
  | 'compose';

export interface DeliveryCounters {
  posted(platform: DeliveryPlatformName): void;
  failed(platform: DeliveryPlatformName, failure: DeliveryFailure): void;
  ended(state: 'posted' | 'empty' | 'skipped' | 'dead' | 'held', evidence?: 'answer' | 'found'): void;
}

/** What is read of the ledger now and then, so that a scrape costs no query. */
export interface LedgerFigures {
  readonly counts: Readonly<Record<DeliveryState, number>>;
  /** How long the oldest delivery that is due has been waiting, in milliseconds; 0 when none is. */
  readonly lagMs: number;
}

export const noFigures: LedgerFigures = {
  counts: {
    pending: 0,
    sending: 0,
    uncertain: 0,
    held: 0,
    posted: 0,
    empty: 0,
    skipped: 0,
    dead: 0,
  },
  lagMs: 0,
};

/** Registers what deliveries are measured by; see `docs/operations.md`. */
export function createDeliveryCounters(metrics: Metrics, figures: () => LedgerFigures): DeliveryCounters {
  metrics.gauges('threatbrief_deliveries', 'Deliveries in the ledger by state.', () =>
    deliveryStates.map((state) => ({ labels: { state }, value: figures().counts[state] })),
  );
  metrics.gauge(
    'threatbrief_delivery_lag_seconds',
    'How long the oldest delivery that is due has been waiting.',
    () => figures().lagMs / 1000,
  );
  const posts = metrics.counter(
    'threatbrief_delivery_posts_total',
    'Messages that a platform took from this process.',
  );
  const failures = metrics.counter(
    'threatbrief_delivery_failures_total',
    'Tries that did not go through, by what became of them.',
  );
  const ends = metrics.counter('threatbrief_delivery_ends_total', 'Deliveries that this process ended.');
  return {
    posted: (platform) => posts.increment({ platform }),
    failed: (platform, failure) => failures.increment({ platform, failure }),
    ended: (state, evidence) => ends.increment(evidence === undefined ? { state } : { state, evidence }),
  };
}

/** For commands, which are over before anybody could ask. */
export const uncounted: DeliveryCounters = {
  posted: () => undefined,
  failed: () => undefined,
  ended: () => undefined,
};
