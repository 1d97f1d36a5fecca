import type { Clock } from '../../../src/support/clock.ts';

/** A clock that only moves when it is told to, and sleeps that end by it. */
export interface VirtualTime {
  readonly clock: Clock;
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Moves the clock as a person or a time server would: who sleeps goes on sleeping as long as before. */
  jump(ms: number): void;
  /** Notes that work is under way that takes no such time, such as a query. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Waits for work to end; whenever all of it sleeps, time passes up to the next one to wake. */
  until<T>(work: Promise<T>): Promise<T>;
  /** Lets this much time pass, waking on the way whoever is to wake. */
  pass(ms: number): Promise<void>;
}

interface Sleeper {
  wakeAt: number;
  readonly wake: () => void;
}

/** Turns of the event loop that may pass between two steps of work that neither sleeps nor is tracked. */
const idleTurns = 4;

export function createVirtualTime(start: string): VirtualTime {
  let now = Date.parse(start);
  const sleepers = new Set<Sleeper>();
  let tracked = 0;

  function wakeNext(until: number): boolean {
    const next = [...sleepers].sort((a, b) => a.wakeAt - b.wakeAt)[0];
    if (next === undefined || next.wakeAt > until) return false;
    now = Math.max(now, next.wakeAt);
    sleepers.delete(next);
    next.wake();
    return true;
  }

  async function turns(): Promise<void> {
    for (let idle = 0; idle < idleTurns; idle = tracked === 0 ? idle + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    track: (work) => {
      tracked += 1;
      return work.finally(() => {
        tracked -= 1;
      });
    },
    clock: { now: () => new Date(now) },
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const sleeper: Sleeper = { wakeAt: now + Math.max(ms, 0), wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener(
          'abort',
          () => {
            sleepers.delete(sleeper);
            resolve();
          },
          { once: true },
        );
      }),
    jump: (ms) => {
      now += ms;
      for (const sleeper of sleepers) sleeper.wakeAt += ms;
    },
    until: async (work) => {
      const state = { isOver: false };
      const over = work.finally(() => {
        state.isOver = true;
      });
      over.catch(() => undefined);
      for (let stuck = 0; !state.isOver && stuck < 2_000; stuck += 1) {
        await turns();
        if (!state.isOver && wakeNext(Number.POSITIVE_INFINITY)) stuck = 0;
      }
      return over;
    },
    pass: async (ms) => {
      const target = now + ms;
      await turns();
      while (wakeNext(target)) await turns();
      now = Math.max(now, target);
    },
  };
}
