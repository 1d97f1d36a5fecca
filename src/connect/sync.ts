import type { SpotMentions } from '../ingest/types.ts';
import type { Store, StoredConnection, SyncEnd } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { createBoundFetch, defaultSyncLimits, type SyncLimits } from './bound-fetch.ts';
import { type Lease, takeLease } from './lease.ts';
import { createKeyRedactor } from './redact-key.ts';
import { connectorOf as registered } from './registry.ts';
import { type KeyPlaces, type KeyReading, resolveKey } from './resolve-key.ts';
import { createStepTaker, type StepTaker } from './step-taker.ts';
import { SyncFailure } from './sync-failure.ts';
import type { SyncReport } from './sync-report.ts';
import type { Connector } from './types.ts';
import { nextRun, parseSchedule, retryDelayMs } from './when.ts';

export interface SyncDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly keys: KeyPlaces;
  /** From 0 to 1, for the distance between retries. */
  readonly random: () => number;
  /** A name that no other sync ever has. */
  readonly newOwner: () => string;
  /** Finds names in the words of reports; see `IngestDeps.spot`. */
  readonly spot?: SpotMentions;
  readonly limits?: SyncLimits;
  /** True: only when it is due and not paused. */
  readonly onlyIfDue?: boolean;
  /** Aborted when the process is to end: the sync stops after what it is storing, and goes on from there next time. */
  readonly signal?: AbortSignal;
  /** The registry's own unless told. */
  readonly connectorOf?: (kind: string) => Connector | undefined;
}

/** How a sync ended. */
export type SyncOutcome =
  | { readonly kind: 'done'; readonly name: string; readonly report: SyncReport; readonly nextRunAt: number }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly error: string;
      /** True when trying again later may help; false when somebody must change something. */
      readonly isOutage: boolean;
      /** What it brought before it failed: that stays. */
      readonly report: SyncReport;
      readonly nextRunAt: number;
    }
  /** Another process syncs it, or it was only to be synced if due and is not. */
  | { readonly kind: 'busy'; readonly name: string }
  /** It was removed, or another process took it over, in the middle: what was stored stays. */
  | { readonly kind: 'lost'; readonly name: string }
  | { readonly kind: 'stopped'; readonly name: string; readonly report: SyncReport };

/**
 * Syncs one connection: whatever its connector brings goes through the importers into the store, and the connector's
 * state after it. Rejects only when the store is out; every other failure is recorded with the connection, which keeps
 * its last good state.
 */
export async function syncConnection(name: string, deps: SyncDeps): Promise<SyncOutcome> {
  const taken = await takeLease(name, deps);
  if (taken === undefined) return { kind: 'busy', name };
  const { lease, stored } = taken;
  const key = resolveKey(stored.connection, deps.keys);
  const steps = createStepTaker({
    stored,
    lease,
    ...deps,
    ...(key.ok && key.key !== undefined ? { key: key.key } : {}),
  });
  try {
    return await syncUnderLease(stored, steps, lease, key, deps);
  } finally {
    lease.close();
    await steps.close();
  }
}

async function syncUnderLease(
  stored: StoredConnection,
  steps: StepTaker,
  lease: Lease,
  key: KeyReading,
  deps: SyncDeps,
): Promise<SyncOutcome> {
  const { name } = stored.connection;
  const redact = createKeyRedactor(key.ok ? key.key : undefined, stored.connection.user);
  let failure: Failure | undefined;
  try {
    if (!key.ok) throw new SyncFailure(key.problem, { isOutage: false });
    await runSteps(stored, steps, lease, key.key, deps);
  } catch (error) {
    failure = toFailure(error, redact, deps.log, name);
  }
  const report = redactReport(steps.report(), redact);
  if (lease.isLost()) return { kind: 'lost', name };
  const end = endOf(stored, steps.sources(), report, failure, deps);
  const isNoted = await deps.store.endSync(name, lease.owner, end);
  if (!isNoted) return { kind: 'lost', name };
  if (end.kind === 'stopped') return { kind: 'stopped', name, report };
  const { nextRunAt } = end;
  if (failure === undefined) return { kind: 'done', name, report, nextRunAt };
  return { kind: 'failed', name, error: failure.error, isOutage: failure.isOutage, report, nextRunAt };
}

async function runSteps(
  stored: StoredConnection,
  steps: StepTaker,
  lease: Lease,
  key: string | undefined,
  deps: SyncDeps,
): Promise<void> {
  const { connection, state } = stored;
  const connector = (deps.connectorOf ?? registered)(connection.kind);
  if (connector === undefined) {
    throw new SyncFailure(`nothing here fetches "${connection.kind}"; remove the source and add it anew`, {
      isOutage: false,
    });
  }
  const signal = deps.signal === undefined ? lease.signal : AbortSignal.any([lease.signal, deps.signal]);
  const fetch = createBoundFetch(connection, deps.limits ?? defaultSyncLimits, signal);
  const context = {
    connection,
    state,
    fetch,
    clock: deps.clock,
    wasTaken: steps.wasTaken,
    newFile: steps.newFile,
    signal,
    ...(key === undefined ? {} : { key }),
  };
  for await (const step of connector.sync(context)) {
    await steps.take(step);
    if (signal.aborted) return;
  }
}

interface Failure {
  readonly error: string;
  readonly isOutage: boolean;
  readonly retryAfterSeconds: number | undefined;
}

function toFailure(error: unknown, redact: (text: string) => string, log: Log, name: string): Failure {
  if (error instanceof SyncFailure) {
    const { isOutage, retryAfterSeconds } = error;
    return { error: redact(error.message), isOutage, retryAfterSeconds };
  }
  if (error instanceof AppError) {
    return { error: redact(error.message), isOutage: error.exitCode === 3, retryAfterSeconds: undefined };
  }
  const text = redact(error instanceof Error ? error.message : String(error));
  log.error({ connection: name, problem: text }, 'a sync failed unexpectedly');
  return { error: `unexpected failure: ${text}`, isOutage: true, retryAfterSeconds: undefined };
}

/** When the connection runs next, by its schedule. */
function scheduledRun({ name, every }: StoredConnection['connection'], now: number): number {
  const reading = parseSchedule(every);
  return reading.ok ? nextRun(reading.schedule, name, now) : now + retryDelayMs(20, 0.5);
}

function endOf(
  stored: StoredConnection,
  sources: readonly string[],
  report: SyncReport,
  failure: Failure | undefined,
  { clock, signal, random }: SyncDeps,
): SyncEnd {
  const at = clock.now().getTime();
  const scheduled = scheduledRun(stored.connection, at);
  // It goes on at once when there is a process again.
  if (signal?.aborted === true) return { kind: 'stopped', at, nextRunAt: at, sources };
  if (failure === undefined) {
    return { kind: 'success', at, nextRunAt: scheduled, sources, counts: report.counts };
  }
  const retry = at + retryDelayMs(stored.failures + 1, random(), failure.retryAfterSeconds);
  // Trying earlier than scheduled helps against outages only.
  const nextRunAt = failure.isOutage ? retry : Math.max(retry, scheduled);
  return { kind: 'failure', at, nextRunAt, sources, error: failure.error };
}

function redactReport(report: SyncReport, redact: (text: string) => string): SyncReport {
  return {
    ...report,
    rejections: report.rejections.map(({ place, path, reason }) => ({
      place: redact(place),
      path: redact(path),
      reason: redact(reason),
    })),
    notices: report.notices.map(({ place, path, text }) => ({
      place: redact(place),
      path: redact(path),
      text: redact(text),
    })),
  };
}
