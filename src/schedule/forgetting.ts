import type { Clock } from '../support/clock.ts';

const everyMs = 3_600_000;
/** For so long the clock must have gone evenly. */
const steadyMs = 10 * 60_000;
/** Ticks are seconds apart; a longer gap is a clock that was set, or a machine that slept. */
const maxGapMs = 5 * 60_000;

/**
 * Does a piece of forgetting once an hour, when it is called every few seconds. What is forgotten is gone for good, so that
 * a clock is believed only after it went evenly for ten minutes: one that was wrong when the machine began, or leaps ahead by
 * a year, is mostly set right by then. `forget` gets the time in epoch milliseconds; where it rejects it is tried again.
 */
export function createForgetting(
  clock: Clock,
  forget: (nowMs: number) => Promise<void>,
): () => Promise<void> {
  let tickedAt: number | undefined;
  let steadySince = 0;
  let forgotAt: number | undefined;
  return async () => {
    const now = clock.now().getTime();
    const isEven = tickedAt !== undefined && now >= tickedAt && now - tickedAt <= maxGapMs;
    if (!isEven) steadySince = now;
    tickedAt = now;
    if (now - steadySince < steadyMs) return;
    if (forgotAt !== undefined && Math.abs(now - forgotAt) < everyMs) return;
    await forget(now);
    forgotAt = now;
  };
}
