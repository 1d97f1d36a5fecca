import type { SeenEvents } from '../seen-events.ts';

/** Which links were shared where. */
export interface SharedLinks {
  /** True when this key was not shared in the last thirty minutes; the share is noted in any case. */
  isFirst(key: string, now: Date): Promise<boolean>;
}

export const quietMs = 30 * 60_000;
const maxKept = 5_000;

/**
 * Counts from the last share within this process; other replicas count from the first share of a half hour, by the memory
 * that events are told apart with.
 */
export function createSharedLinks(seen: SeenEvents): SharedLinks {
  const lastAt = new Map<string, number>();
  return {
    isFirst: async (key, now) => {
      const nowMs = now.getTime();
      const last = lastAt.get(key);
      lastAt.delete(key);
      if (lastAt.size >= maxKept) lastAt.delete(lastAt.keys().next().value ?? '');
      lastAt.set(key, nowMs);
      if (last !== undefined && nowMs - last < quietMs) return false;
      return seen.firstSight(`slack-link:${key}`, now, quietMs);
    },
  };
}
