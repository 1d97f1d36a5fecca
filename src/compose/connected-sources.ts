import { mayNameConnection } from '../briefing/connection-state.ts';
import type { Desk } from '../chat/desk.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { TickTask } from '../schedule/task-runner.ts';
import type { ReadyPart } from '../server/types.ts';
import type { Store, StoredConnection } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { Metrics } from '../support/metrics.ts';

/** The syncs of a server: what is due runs in the background, one at a time. */
export interface ConnectedSources {
  readonly tasks: readonly TickTask[];
  /** For readiness; undefined when nothing is connected. A failing source makes nobody unready. */
  readyPart(): ReadyPart | undefined;
  /** Ends what is under way after what it is storing; it goes on from there at the next start. */
  stop(): void;
}

export interface ConnectedSourcesParts {
  /** What is known, for the names in the words of reports. */
  readonly desk: Pick<Desk, 'contextAt'>;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Resolves when the store may be written by others than who fills it first. */
  readonly filled: Promise<void>;
}

/** Whoever reads metrics and readiness is an operator, but not always one for everything. */
const operatorCeiling: Tlp = 'green';

export function createConnectedSources(parts: ConnectedSourcesParts): ConnectedSources {
  const { desk, store, clock, log, metrics, filled } = parts;
  const stopping = new AbortController();
  let known: readonly StoredConnection[] = [];
  const named = (): readonly StoredConnection[] =>
    known.filter((one) => mayNameConnection(one, operatorCeiling));
  metrics.gauges(
    'threatbrief_source_last_success_seconds',
    'When each connected source was last synced without failing, in seconds since 1970; 0 for never.',
    () => named().map((one) => series(one, (one.lastSuccessAt ?? 0) / 1000)),
  );
  metrics.gauges(
    'threatbrief_source_failures',
    'How many syncs of each connected source failed since the last that did not.',
    () => named().map((one) => series(one, one.failures)),
  );
  const look = async (): Promise<void> => {
    await filled;
    known = await store.connections();
  };
  const sync = async (): Promise<void> => {
    await filled;
    if ((await store.connections()).length === 0) return;
    const { syncDue, spotterOver, processSyncDeps } = await loadSyncing();
    const spot = spotterOver(async (ceiling) => (await desk.contextAt(ceiling)).knowledge);
    await syncDue({ store, clock, log, spot, signal: stopping.signal, ...processSyncDeps() });
  };
  return {
    tasks: [
      { name: 'look at connected sources', run: look },
      { name: 'sync connected sources', run: sync },
    ],
    readyPart: () => (known.length === 0 ? undefined : readyPartOf(known)),
    stop: () => stopping.abort(),
  };
}

/** What fetches and reads is loaded with the first connection: a start without any is spared a tenth of its time. */
async function loadSyncing() {
  const [{ syncDue }, { spotterOver }, { processSyncDeps }] = await Promise.all([
    import('../connect/due.ts'),
    import('./spotter.ts'),
    import('./sync-deps.ts'),
  ]);
  return { syncDue, spotterOver, processSyncDeps };
}

function series(
  { connection }: StoredConnection,
  value: number,
): { labels: { source: string }; value: number } {
  return { labels: { source: connection.name }, value };
}

function readyPartOf(known: readonly StoredConnection[]): ReadyPart {
  const failing = known.filter((one) => one.lastError !== null);
  if (failing.length === 0) return { ready: true };
  const named = failing.filter((one) => mayNameConnection(one, operatorCeiling)).map(failureText);
  const unnamed = failing.length - named.length;
  const rest = unnamed === 0 ? [] : [`${unnamed} whose marking forbids naming it here`];
  return {
    ready: true,
    detail: `failing, earlier data stays: ${[...named, ...rest].join('; ')}; "threatbrief sources list" tells why`,
  };
}

function failureText({ connection, failures, lastSuccessAt }: StoredConnection): string {
  const since =
    lastSuccessAt === null ? 'never synced' : `last success ${new Date(lastSuccessAt).toISOString()}`;
  return `${connection.name} (${failures} in a row, ${since})`;
}
