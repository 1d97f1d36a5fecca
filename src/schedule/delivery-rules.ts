/** What an operator chose about digests, and what follows from it. */
export interface DeliveryRules {
  /** How late a slot that was missed is still delivered, in milliseconds. */
  readonly catchUpMs: number;
  /**
   * Where the platform lets nobody look whether a message arrived: `repeat` posts it again, marked as maybe repeated;
   * `hold` leaves it until a person decides.
   */
  readonly whenInDoubt: WhenInDoubt;
  /** For how many days is kept who changed what; absent: 400. */
  readonly auditDays?: number;
}

export type WhenInDoubt = 'repeat' | 'hold';

/** How many places are posted to at once by one process. */
export const placesAtOnce = 32;
/** In how many more places a message of several parts waits until the next may follow. */
export const restingAtOnce = 500;
/** After so many requests it is given up. */
export const maxAttempts = 100;
/** A lease is this many request timeouts long, and a minute at least. */
const leaseTimeouts = 4;
const minLeaseMs = 60_000;

export function leaseMs(requestTimeoutMs: number): number {
  return Math.max(minLeaseMs, leaseTimeouts * requestTimeoutMs);
}

/** Clocks and platforms differ by a little: asking too early would not find what was taken. */
const settleMarginMs = 1_000;

/** When it can be known what became of a request (epoch milliseconds). */
export function settleTime(
  lastTryAt: number,
  { requestTimeoutMs, visibilityLagMs }: { requestTimeoutMs: number; visibilityLagMs: number },
): number {
  return lastTryAt + requestTimeoutMs + visibilityLagMs + settleMarginMs;
}

/** Once a part of a delivery stands at the platform, the rest follows even this much after the deadline. */
export const partsGraceMs = 3_600_000;
/** How long after its deadline a delivery in doubt is asked for before a person has to look. */
export const doubtGraceMs = 24 * 3_600_000;
