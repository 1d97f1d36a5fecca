import type { Sleep } from './engine-types.ts';

/** The deliveries that this process has under way. */
export interface Lanes {
  /** How many more may begin now. */
  free(): number;
  /** Of those that are not resting. */
  busy(): number;
  size(): number;
  /** Goes on until the work ends, which never rejects. */
  begin(work: Promise<void>): void;
  /** Sleeps for a delivery that only keeps its distance to the last post: meanwhile another may begin. */
  readonly rest: Sleep;
  /** Resolves when one ends, or begins to rest. */
  change(): Promise<void>;
  /** Resolves when none is under way. */
  empty(): Promise<void>;
}

/**
 * @param most how many may compose, ask and post at once
 * @param mostResting how many more may rest: each holds what it has yet to post in memory
 */
export function createLanes(sleep: Sleep, most: number, mostResting: number): Lanes {
  const lanes = new Set<Promise<void>>();
  let resting = 0;
  let changed = Promise.withResolvers<void>();

  function tell(): void {
    changed.resolve();
    changed = Promise.withResolvers();
  }

  const busy = (): number => lanes.size - resting;
  return {
    free: () => Math.max(Math.min(most - busy(), most + mostResting - lanes.size), 0),
    busy,
    size: () => lanes.size,
    begin: (work) => {
      const lane: Promise<void> = work.finally(() => {
        lanes.delete(lane);
        tell();
      });
      lanes.add(lane);
    },
    rest: async (ms, signal) => {
      resting += 1;
      tell();
      try {
        await sleep(ms, signal);
      } finally {
        resting -= 1;
      }
    },
    change: () => changed.promise,
    empty: async () => void (await Promise.all(lanes)),
  };
}
