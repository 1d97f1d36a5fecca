/**
 * Remembers which events were taken. Slack and Teams send an event again when they saw no answer in time, and their
 * SDKs handle each copy. A port, so that replicas can share one memory.
 */
export interface SeenEvents {
  /** True for the first caller with this key in the last ten minutes or more, false for all others. */
  firstSight(key: string, now: Date): Promise<boolean>;
}

/** Longer than Slack goes on sending: at once, after one minute and after five (Slack: "Events API, retries"). */
export const rememberMs = 15 * 60_000;

/** For one process. Keeps at most `maxKeys`; past that the oldest are forgotten first. */
export function createMemorySeenEvents(maxKeys = 50_000): SeenEvents {
  const seenAt = new Map<string, number>();
  return {
    firstSight: async (key, now) => {
      const nowMs = now.getTime();
      for (const [old, at] of seenAt) {
        if (nowMs - at < rememberMs && seenAt.size < maxKeys) break;
        seenAt.delete(old);
      }
      if (seenAt.has(key)) return false;
      seenAt.set(key, nowMs);
      return true;
    },
  };
}
