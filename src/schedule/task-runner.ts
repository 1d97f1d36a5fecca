import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

export interface TickTask {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** What happens at a tick, without the timer that makes the ticks. */
export interface TaskRunner {
  /**
   * Starts every task whose last run has ended, and resolves when those that were started have ended. Never rejects:
   * a task that fails is logged and runs again at the next tick.
   */
  tick(): Promise<void>;
  /** True while ticks come: the last one, or the start, is less than a minute old. */
  isAlive(): boolean;
  /** Starts nothing from now on, and resolves when nothing runs any more. */
  stop(): Promise<void>;
}

const maxSilenceMs = 60_000;

export function createTaskRunner(tasks: readonly TickTask[], clock: Clock, log: Log): TaskRunner {
  let lastTickMs = clock.now().getTime();
  let isStopped = false;
  const running = new Map<string, Promise<void>>();

  async function runTask({ name, run }: TickTask): Promise<void> {
    try {
      await run();
    } catch (error) {
      log.error({ task: name, error }, 'task failed; it runs again at the next tick');
    }
  }

  return {
    async tick() {
      if (isStopped) return;
      lastTickMs = clock.now().getTime();
      const due = tasks.filter(({ name }) => !running.has(name));
      const started = due.map((task) => {
        const run = runTask(task).finally(() => running.delete(task.name));
        running.set(task.name, run);
        return run;
      });
      await Promise.all(started);
    },
    isAlive: () => clock.now().getTime() - lastTickMs < maxSilenceMs,
    async stop() {
      isStopped = true;
      await Promise.all(running.values());
    },
  };
}
