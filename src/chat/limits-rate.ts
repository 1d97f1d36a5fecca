/** How often something may happen: a bucket of tokens for each key, filled evenly, never above a minute's worth. */
export interface RateLimit {
  /** Milliseconds until the key may again; 0: now. Takes nothing. */
  waitMs(key: string, nowMs: number): number;
  /** Takes one, of a bucket that has one. */
  take(key: string, nowMs: number): void;
  /** How many keys are remembered. */
  readonly size: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const minuteMs = 60_000;

/**
 * At most `perMinute` within a minute that begins with a full bucket, and as many in each minute thereafter. A key that did
 * nothing for a minute is forgotten when room is needed; with more keys than `maxKeys` in use the one that was used least
 * recently is, which lets it begin anew.
 */
export function createRateLimit(perMinute: number, maxKeys = 20_000): RateLimit {
  const buckets = new Map<string, Bucket>();

  function filled(key: string, nowMs: number): Bucket {
    const bucket = buckets.get(key);
    if (bucket === undefined) return { tokens: perMinute, at: nowMs };
    // A clock that goes back fills nothing.
    const passedMs = Math.max(0, nowMs - bucket.at);
    const tokens = Math.min(perMinute, bucket.tokens + (passedMs * perMinute) / minuteMs);
    return { tokens, at: Math.max(nowMs, bucket.at) };
  }

  return {
    waitMs: (key, nowMs) => {
      const { tokens } = filled(key, nowMs);
      return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * minuteMs) / perMinute);
    },
    take: (key, nowMs) => {
      const { tokens, at } = filled(key, nowMs);
      // The order of the map is that of the last use.
      buckets.delete(key);
      buckets.set(key, { tokens: Math.max(0, tokens - 1), at });
      for (const [oldest, { at: usedAt }] of buckets) {
        if (buckets.size <= maxKeys && nowMs - usedAt < minuteMs) break;
        buckets.delete(oldest);
      }
    },
    get size() {
      return buckets.size;
    },
  };
}
