/** Bounds how often a token may be tried: by each address, and by all together. */
export interface Attempts {
  /** Seconds until an address may try again; 0: now. */
  waitSeconds(address: string): number;
  /** Counts a try that was wrong. */
  failed(address: string): void;
}

const windowMs = 60_000;
const maxByAddress = 5;
const maxByAll = 50;

/** Five wrong tries a minute from one address, fifty from all. What is kept is forgotten with each minute. */
export function createAttempts(nowMs: () => number): Attempts {
  const failures = new Map<string, number>();
  let total = 0;
  let startedAt = nowMs();

  function leftMs(): number {
    const now = nowMs();
    if (now - startedAt >= windowMs) {
      failures.clear();
      total = 0;
      startedAt = now;
    }
    return startedAt + windowMs - now;
  }

  return {
    waitSeconds: (address) => {
      const waitMs = leftMs();
      const isOver = total >= maxByAll || (failures.get(address) ?? 0) >= maxByAddress;
      return isOver ? Math.ceil(waitMs / 1_000) : 0;
    },
    failed: (address) => {
      leftMs();
      total += 1;
      failures.set(address, (failures.get(address) ?? 0) + 1);
    },
  };
}
