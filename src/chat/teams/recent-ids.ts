import type { Clock } from '../../support/clock.ts';

/** Teams sends a message again when no answer came in time; the same activity is then answered once. */
export interface RecentIds {
  /** True when the id was given before within the last ten minutes; remembers it otherwise. */
  seen(id: string): boolean;
}

const lifeMs = 10 * 60 * 1000;
const maxIds = 20_000;

export function createRecentIds(clock: Clock): RecentIds {
  const until = new Map<string, number>();
  return {
    seen(id) {
      const now = clock.now().getTime();
      for (const [old, end] of until) {
        if (end > now && until.size <= maxIds) break;
        until.delete(old);
      }
      if (until.has(id)) return true;
      until.set(id, now + lifeMs);
      return false;
    },
  };
}
