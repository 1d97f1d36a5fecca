import { schedule } from 'node-cron';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { createTaskRunner, type TickTask } from './task-runner.ts';

/** One timer for the whole process: every ten seconds each task runs, unless its last run is still going on. */
export interface Ticker {
  /** True while ticks come: the last one is less than a minute old. */
  isAlive(): boolean;
  /** Ends the ticks, and resolves when no task runs any more. */
  stop(): Promise<void>;
}

const everyTenSeconds = '*/10 * * * * *';
/** A tick that comes late, because the process was busy, still counts until the next one is near. */
const toleranceMs = 9_000;

/** A task that fails is logged and runs again at the next tick. */
export function startTicker(tasks: readonly TickTask[], clock: Clock, log: Log): Ticker {
  const runner = createTaskRunner(tasks, clock, log);
  const timer = schedule(everyTenSeconds, () => runner.tick(), {
    missedExecutionTolerance: toleranceMs,
  });
  // Without a listener the library writes a coloured line of its own.
  timer.on('execution:missed', () => log.warn({}, 'a tick was missed: the process was busy or asleep'));
  return {
    isAlive: runner.isAlive,
    stop: async () => {
      await timer.destroy();
      await runner.stop();
    },
  };
}
