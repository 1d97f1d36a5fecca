import type { Desk } from '../chat/desk.ts';
import { personOf } from '../chat/destination.ts';
import type { AskedBy } from '../chat/permissions.ts';
import type { SourceChanges, SyncRequested } from '../chat/source-changes.ts';
import { createBackgroundSyncs } from '../connect/background.ts';
import type { ChangedBy } from '../connect/change.ts';
import { presetNamed, presets } from '../connect/presets.ts';
import type { SyncDeps } from '../connect/sync.ts';
import type { Store, StoredConnection } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

export interface SourceChangesParts {
  /** What is known, for the names in the words of reports. */
  readonly desk: Pick<Desk, 'contextAt'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when the store may be written by others than who fills it first. */
  readonly filled: Promise<void>;
  /** The registry's own unless told. */
  readonly connectorOf?: NonNullable<SyncDeps['connectorOf']>;
}

export interface RunningSourceChanges extends SourceChanges {
  /** Ends what is under way after what it is storing. */
  stop(): Promise<void>;
}

/** A source is not synced from chat once more before so much time went by, whoever asks. */
const pauseBetweenMs = 60_000;

/** Changes of sources from chat, by the functions of the command line. */
export function createSourceChanges(parts: SourceChangesParts): RunningSourceChanges {
  const { desk, store, clock, log, filled } = parts;
  const connectors = parts.connectorOf === undefined ? {} : { connectorOf: parts.connectorOf };
  const stopping = new AbortController();
  const background = createBackgroundSyncs(async (name) => {
    const { syncConnection, logOutcome, spotterOver, processSyncDeps } = await loadSyncing();
    const spot = spotterOver(async (ceiling) => (await desk.contextAt(ceiling)).knowledge);
    const deps = { store, clock, log, spot, signal: stopping.signal, ...processSyncDeps(), ...connectors };
    logOutcome(await syncConnection(name, deps), { log });
  }, log);

  async function beginSync(name: string, by: AskedBy): Promise<SyncRequested> {
    await filled;
    const stored = (await store.connections()).find(({ connection }) => connection.name === name);
    if (stored === undefined) return 'unknown';
    const wait = waitFor(stored, clock.now().getTime());
    if (wait !== undefined) return wait;
    const begun = background.begin(name);
    if (begun === 'under-way') return begun;
    const { noteSourceChange } = await import('../connect/change.ts');
    await noteSourceChange('sync', name, changedBy(by), parts);
    return begun;
  }

  return {
    offered: presets.map(({ name, title, licence, marking, connection }) => ({
      name,
      title,
      licence,
      marking,
      every: connection.every,
    })),
    add: async (name, by) => {
      // Whatever else a name leads to is for the command line.
      if (presetNamed(name) === undefined) return { kind: 'refused', problems: [`"${name}" is not offered`] };
      await filled;
      const { addSource, processKeys } = await loadChanging();
      return addSource({ name }, changedBy(by), { ...parts, keys: processKeys() });
    },
    sync: beginSync,
    setPaused: async (name, paused, by) => {
      await filled;
      const { pauseSource } = await loadChanging();
      return pauseSource(name, paused, changedBy(by), parts);
    },
    stop: () => {
      stopping.abort();
      return background.stop();
    },
  };
}

/** Why a sync cannot begin now; undefined when it can. */
function waitFor(
  { leasedUntil, lastAttemptAt }: StoredConnection,
  now: number,
): 'under-way' | 'recent' | undefined {
  if (leasedUntil !== null && leasedUntil > now) return 'under-way';
  const isRecent = lastAttemptAt !== null && lastAttemptAt <= now && now - lastAttemptAt < pauseBetweenMs;
  return isRecent ? 'recent' : undefined;
}

function changedBy({ place, person }: AskedBy): ChangedBy {
  return { person: personOf(place, person), place: place.id };
}

/** What fetches and reads is loaded when it is first needed, as for syncs by schedule. */
async function loadSyncing() {
  const [{ syncConnection }, { logOutcome }, { spotterOver }, { processSyncDeps }] = await Promise.all([
    import('../connect/sync.ts'),
    import('../connect/due.ts'),
    import('./spotter.ts'),
    import('./sync-deps.ts'),
  ]);
  return { syncConnection, logOutcome, spotterOver, processSyncDeps };
}

async function loadChanging() {
  const [{ addSource, pauseSource }, { processKeys }] = await Promise.all([
    import('../connect/change.ts'),
    import('./sync-deps.ts'),
  ]);
  return { addSource, pauseSource, processKeys };
}
