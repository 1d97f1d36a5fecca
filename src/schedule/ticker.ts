import cron from 'node-cron';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

/** One timer for the whole process: every ten seconds each task runs, unless its last run is still going on. */
export interface Ticker {
  /** True while ticks come: the last one is less than a minute old. */
  isAlive(): boolean;
  stop(): Promise<void>;
}

export interface TickTask {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

const everyTenSeconds = '*/10 * * * * *';
const maxSilenceMs = 60_000;

/** A task that fails is logged and runs again at the next tick. */
export function startTicker(tasks: readonly TickTask[], clock: Clock, log: Log): Ticker {
  let lastTickMs = clock.now().getTime();
  const running = new Set<string>();

  async function runTask({ name, run }: TickTask): Promise<void> {
    if (running.has(name)) return;
    running.add(name);
    try {
      await run();
    } catch (error) {
      log.error({ task: name, error }, 'task failed; it runs again at the next tick');
    } finally {
      running.delete(name);
    }
  }

  const task = cron.schedule(everyTenSeconds, async () => {
    lastTickMs = clock.now().getTime();
    await Promise.all(tasks.map(runTask));
  });
  return {
    isAlive: () => clock.now().getTime() - lastTickMs < maxSilenceMs,
    stop: async () => {
      await task.destroy();
    },
  };
}
