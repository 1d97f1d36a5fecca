import type { StoredConnection } from '../store/types.ts';
import { type SyncDeps, type SyncOutcome, syncConnection } from './sync.ts';

/**
 * Syncs what is due, the longest overdue first, one after another. Rejects only when the store is out. Several
 * processes may do this at once: each connection is synced by one of them.
 */
export async function syncDue(deps: SyncDeps): Promise<readonly SyncOutcome[]> {
  const now = deps.clock.now().getTime();
  const due = (await deps.store.connections()).filter((one) => isDue(one, now));
  due.sort((a, b) => a.nextRunAt - b.nextRunAt);
  const outcomes: SyncOutcome[] = [];
  for (const { connection } of due) {
    if (deps.signal?.aborted === true) break;
    const outcome = await syncConnection(connection.name, { ...deps, onlyIfDue: true });
    logOutcome(outcome, deps);
    outcomes.push(outcome);
  }
  return outcomes;
}

function isDue({ paused, nextRunAt, leasedUntil }: StoredConnection, now: number): boolean {
  return !paused && nextRunAt <= now && (leasedUntil === null || leasedUntil <= now);
}

/** Says in the log how a sync in the background ended. */
export function logOutcome(outcome: SyncOutcome, { log }: Pick<SyncDeps, 'log'>): void {
  const connection = outcome.name;
  if (outcome.kind === 'failed') {
    log.warn(
      { connection, problem: outcome.error, nextRunAt: timeOf(outcome.nextRunAt) },
      'a source could not be synced',
    );
  } else if (outcome.kind === 'done') {
    log.info(
      { connection, ...outcome.report.counts, nextRunAt: timeOf(outcome.nextRunAt) },
      'a source was synced',
    );
  }
}

function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
