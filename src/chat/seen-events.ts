import type { DeliveryStore } from '../store/delivery-types.ts';
import type { Log } from '../support/log.ts';
import { sleep } from '../support/sleep.ts';

/**
 * Remembers which events were taken. Slack and Teams send an event again when they saw no answer in time, and their
 * SDKs handle each copy. A port, so that replicas can share one memory.
 */
export interface SeenEvents {
  /** True for the first caller with this key within its life, fifteen minutes unless told, false for all others. */
  firstSight(key: string, now: Date, lifeMs?: number): Promise<boolean>;
}

/** Longer than Slack goes on sending: at once, after one minute and after five (Slack: "Events API, retries"). */
export const rememberMs = 15 * 60_000;

/** For one process. Keeps at most `maxKeys`; past that the oldest are forgotten first. */
export function createMemorySeenEvents(maxKeys = 50_000): SeenEvents {
  const seenUntil = new Map<string, number>();
  return {
    firstSight: async (key, now, lifeMs = rememberMs) => {
      const nowMs = now.getTime();
      for (const [old, until] of seenUntil) {
        if (nowMs < until && seenUntil.size < maxKeys) break;
        seenUntil.delete(old);
      }
      const known = seenUntil.get(key);
      if (known !== undefined && nowMs < known) return false;
      seenUntil.delete(key);
      seenUntil.set(key, nowMs + lifeMs);
      return true;
    },
  };
}

/** Slack has its acknowledgement by then, and Teams waits for five seconds at least; a busy machine needs some of it. */
const waitedForMs = 2_500;

/**
 * For all processes that share a store. One that is out, or slow, holds up no answer: then this process alone is
 * remembered, and an event that another one took too may be answered twice.
 */
export function createSharedSeenEvents(
  store: Pick<DeliveryStore, 'firstSight'>,
  log: Log,
  patienceMs = waitedForMs,
): SeenEvents {
  const own = createMemorySeenEvents();
  return {
    firstSight: async (key, now, lifeMs = rememberMs) => {
      if (!(await own.firstSight(key, now, lifeMs))) return false;
      const over = new AbortController();
      try {
        const late = sleep(patienceMs, over.signal).then(() => true);
        return await Promise.race([store.firstSight(key, now.getTime(), lifeMs), late]);
      } catch (error) {
        log.warn({ error }, 'whether another replica took an event could not be asked');
        return true;
      } finally {
        over.abort();
      }
    },
  };
}
