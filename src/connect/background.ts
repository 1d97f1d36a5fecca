import type { Log } from '../support/log.ts';

/** Syncs that were asked for and that nobody waits for: one after another, each source once at a time. */
export interface BackgroundSyncs {
  /** `begun`: at once; `waits`: behind others; `under-way`: it was begun before and has not ended. */
  begin(name: string): 'begun' | 'waits' | 'under-way';
  /** Resolves when what is under way has ended; what waits is not begun any more. */
  stop(): Promise<void>;
}

/** @param sync syncs one source, and records with it how that went */
export function createBackgroundSyncs(sync: (name: string) => Promise<void>, log: Log): BackgroundSyncs {
  const asked = new Set<string>();
  let last: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function run(name: string): Promise<void> {
    try {
      if (!isStopped) await sync(name);
    } catch (error) {
      log.error({ error, connection: name }, 'a sync that was asked for in chat failed');
    } finally {
      asked.delete(name);
    }
  }

  return {
    begin: (name) => {
      if (asked.has(name)) return 'under-way';
      const isFirst = asked.size === 0;
      asked.add(name);
      last = last.then(() => run(name));
      return isFirst ? 'begun' : 'waits';
    },
    stop: () => {
      isStopped = true;
      return last;
    },
  };
}
