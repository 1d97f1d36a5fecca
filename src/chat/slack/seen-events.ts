/**
 * Remembers which events were taken. Slack sends an event again when it saw no answer in time, and Bolt handles
 * each copy; several replicas share this port through the database.
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
