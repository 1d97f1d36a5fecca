import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

/**
 * Runs work that comes in steps, and lets everything that waits go first between two of them; with a pause, for at least
 * that many milliseconds. A pause keeps no process alive.
 */
export async function inTurns(steps: Iterable<void>, pauseMs = 0): Promise<void> {
  const iterator = steps[Symbol.iterator]();
  while (iterator.next().done !== true) {
    if (pauseMs === 0) await nextTurn();
    else await pause(pauseMs, undefined, { ref: false });
  }
}
