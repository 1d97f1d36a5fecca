import { type ConnectionState, connectionState } from '../briefing/connection-state.ts';
import type { SyncOutcome } from '../connect/sync.ts';
import type { Connection } from '../domain/connection.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { StoredConnection, StoredSource, SyncCounts } from '../store/types.ts';

/** A connected source as `sources list --json` shows it. Times are ISO 8601, UTC. */
export interface ConnectionView extends Omit<Connection, 'mapping' | 'sourceName'> {
  readonly source: string | null;
  readonly state: ConnectionState;
  readonly paused: boolean;
  /** Names of the sources that it has brought records of. */
  readonly sources: readonly string[];
  readonly added: string;
  readonly lastAttempt: string | null;
  readonly lastSuccess: string | null;
  /** Null while it is paused. */
  readonly nextRun: string | null;
  readonly failures: number;
  readonly error: string | null;
  readonly counts: SyncCounts | null;
}

export function connectionView(stored: StoredConnection, now: Date): ConnectionView {
  const { mapping: _, sourceName, ...connection } = stored.connection;
  return {
    ...connection,
    source: sourceName ?? null,
    state: connectionState(stored, now.getTime()),
    paused: stored.paused,
    sources: stored.sources,
    added: isoTime(stored.addedAt),
    lastAttempt: isoTimeOrNull(stored.lastAttemptAt),
    lastSuccess: isoTimeOrNull(stored.lastSuccessAt),
    nextRun: stored.paused ? null : isoTime(stored.nextRunAt),
    failures: stored.failures,
    error: stored.lastError,
    counts: stored.lastCounts,
  };
}

export interface SourceView {
  readonly name: string;
  readonly title: string;
  readonly version: string | null;
  readonly records: number;
  readonly imported: string;
  readonly marking: Tlp;
  readonly reliability: string;
  readonly licence: string;
}

export function sourceView(source: StoredSource): SourceView {
  return {
    name: source.name,
    title: source.title,
    version: source.version ?? null,
    records: source.recordCount,
    imported: isoTime(source.importedAt),
    marking: source.defaultMarking,
    reliability: source.reliability,
    licence: source.licence,
  };
}

/** An outcome with its time as text, and its report's members beside it. */
export function outcomeView(outcome: SyncOutcome): object {
  const { kind, name, ...rest } = outcome;
  if (!('report' in rest)) return { name, outcome: kind };
  const { report, ...more } = rest;
  if (!('nextRunAt' in more)) return { name, outcome: kind, ...report };
  const { nextRunAt, ...facts } = more;
  return { name, outcome: kind, ...facts, nextRun: isoTime(nextRunAt), ...report };
}

export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function isoTimeOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : isoTime(epochMs);
}
