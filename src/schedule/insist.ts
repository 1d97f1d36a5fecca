import type { DeliveryTools } from './engine-types.ts';

const firstWaitMs = 200;
const longestWaitMs = 15_000;
const patienceMs = 120_000;
/** How long a process that is to end still waits for the database. */
const stoppingPatienceMs = 2_000;

/**
 * Does what must not be forgotten, again and again while the database is out: two minutes, or two seconds once the
 * process is to end. Rejects with the last error; then the lease runs out, and the platform is asked what became of it.
 */
export async function insist<T>(
  work: () => Promise<T>,
  { sleep, stopping, log }: Pick<DeliveryTools, 'sleep' | 'stopping' | 'log'>,
): Promise<T> {
  let waited = 0;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await work();
    } catch (error) {
      if (waited >= (stopping.aborted ? stoppingPatienceMs : patienceMs)) throw error;
      if (waited === 0) log.warn({ error }, 'the ledger cannot be written; it is tried again');
    }
    await sleep(waitMs);
    waited += waitMs;
  }
}
