import type { DeliveryEnd, StoredDelivery } from '../store/delivery-types.ts';
import { createRedactor } from '../support/secrets.ts';
import { askedMs, backOffMs } from './back-off.ts';
import { maxAttempts, partsGraceMs } from './delivery-rules.ts';
import type { DeliveryTools } from './engine-types.ts';

/** What becomes of a delivery that was looked after. */
export interface Outcome {
  readonly end: DeliveryEnd;
  /** Why its subscription is paused; absent: it goes on. */
  readonly pause?: string;
}

/** Undefined: another process has it, and nothing may be written. */
export type Looked = Outcome | undefined;

/** After this it is given up (epoch milliseconds): what has begun to be posted is finished for a while longer. */
export function lastMoment({ deadline, posted }: Pick<StoredDelivery, 'deadline' | 'posted'>): number {
  return posted.length > 0 ? deadline + partsGraceMs : deadline;
}

export interface Failure {
  readonly error: string;
  readonly retryAfterMs?: number | undefined;
}

/**
 * Tries again later what was surely not sent; gives it up when there is no later.
 * @param failures how often it failed, this time included
 */
export function retryLater(
  delivery: Pick<StoredDelivery, 'posted' | 'deadline'>,
  failures: number,
  { error, retryAfterMs }: Failure,
  { clock, random }: Pick<DeliveryTools, 'clock' | 'random'>,
): Outcome {
  const now = clock.now().getTime();
  if (failures >= maxAttempts) return dead(`given up after ${failures} tries: ${error}`);
  if (now > lastMoment(delivery)) return dead(`given up, too late by now: ${error}`);
  const notBefore = now + backOffMs(failures, random(), retryAfterMs);
  return { end: { kind: 'retry', notBefore, error: tidy(error), countsAttempt: true } };
}

/** Waits as long as the platform asked for; that costs no attempt. */
export function pauseAsAsked(
  { error, retryAfterMs }: Failure,
  { clock, random }: Pick<DeliveryTools, 'clock' | 'random'>,
): Outcome {
  const waitMs = Math.max(askedMs(retryAfterMs ?? 0, random()), 1_000);
  const notBefore = clock.now().getTime() + waitMs;
  return { end: { kind: 'retry', notBefore, error: tidy(error), countsAttempt: false } };
}

/** Back into the queue as it was: this process ends, or the place has to rest. */
export function givenBack(notBefore: number, why: string): Outcome {
  return { end: { kind: 'retry', notBefore, error: why, countsAttempt: false } };
}

export function dead(error: string): Outcome {
  return { end: { kind: 'dead', error: tidy(error) } };
}

export function skipped(error: string): Outcome {
  return { end: { kind: 'skipped', error: tidy(error) } };
}

/** The place is gone: the subscription waits for a person. */
export function gone(reason: string): Outcome {
  return { ...dead(`the place cannot be delivered to: ${reason}`), pause: tidy(reason) };
}

const maxErrorChars = 500;
const redact = createRedactor([]);

/** One line of a bounded length and without secrets: errors are shown to people and kept. */
export function tidy(error: string): string {
  const line = redact(error.slice(0, 10 * maxErrorChars))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= maxErrorChars ? line : `${line.slice(0, maxErrorChars - 1)}…`;
}
