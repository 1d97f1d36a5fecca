import { readFileSync, statSync } from 'node:fs';
import { localWorkspace } from '../chat/destination.ts';
import type { AddSource, ExitCode, RemovedSource, SourceDesk, SyncResult } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import {
  addSource,
  type ChangedBy,
  connectionNamed,
  noteSourceChange,
  pauseSource,
} from '../connect/change.ts';
import type { ConnectionDraft } from '../connect/draft.ts';
import { type SyncDeps, type SyncOutcome, syncConnection } from '../connect/sync.ts';
import { readBundledData } from '../ingest/bundled.ts';
import type { Store, StoredConnection } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { openIdentity } from './identity.ts';
import { dataFolder } from './paths.ts';
import { openPreparedStore } from './prepared-store.ts';
import { storeSpotter } from './spotter.ts';
import { processSyncDeps } from './sync-deps.ts';

/** Who has the command line is the operator. */
const operator: ChangedBy = { person: { platform: 'cli', workspace: localWorkspace, id: 'operator' } };

/** Connected sources over the database of the settings. */
export async function openSourceDesk(settings: Settings, clock: Clock, log: Log): Promise<SourceDesk> {
  const store = await openPreparedStore(settings, clock);
  const stop = stopOnSignal();
  const spot = storeSpotter({ store, identity: () => openIdentity(settings) });
  const deps: SyncDeps = { store, clock, log, spot, signal: stop.signal, ...processSyncDeps() };
  return {
    add: (request) => addRequested(request, deps),
    list: async () => ({ connections: await store.connections(), sources: await store.sources() }),
    sync: (names) => syncNamed(names, deps),
    setPaused: async (name, paused) => {
      const changed = await pauseSource(name, paused, operator, deps);
      return changed ?? knownConnection(name, store);
    },
    remove: (name, options) => removeSource(name, options, deps),
    close: async () => {
      stop.close();
      await store.close();
    },
  };
}

/** The first signal ends a sync in good order; a second one ends the process as usual. */
function stopOnSignal(): { readonly signal: AbortSignal; close(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    signal: controller.signal,
    close: () => {
      process.removeListener('SIGINT', stop);
      process.removeListener('SIGTERM', stop);
    },
  };
}

async function addRequested(
  request: AddSource,
  deps: SyncDeps,
): Promise<{ added: StoredConnection; warnings: readonly string[] }> {
  const outcome = await addSource(toDraft(request), operator, deps);
  switch (outcome.kind) {
    case 'added':
      return outcome;
    case 'refused':
      throw usage(`sources add: ${outcome.problems.join('\nsources add: ')}`);
    case 'taken':
      throw usage(
        `sources add: "${outcome.name}" is connected already; choose another name, or remove it first with "threatbrief sources remove ${outcome.name}"`,
      );
    default:
      return assertNever(outcome);
  }
}

const maxMappingBytes = 262_144;

function toDraft({ mappingFile, ...draft }: AddSource): ConnectionDraft {
  if (mappingFile === undefined) return draft;
  try {
    if (statSync(mappingFile).size > maxMappingBytes) {
      throw usage(`sources add: --mapping: ${mappingFile} is larger than 256 KB; no mapping is that long`);
    }
    return { ...draft, mapping: readFileSync(mappingFile, 'utf8') };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw usage(`sources add: --mapping: ${mappingFile} cannot be read; check its path and permissions`);
  }
}

async function syncNamed(names: readonly string[], deps: SyncDeps): Promise<SyncResult> {
  const all = await deps.store.connections();
  const known = new Map(all.map((one) => [one.connection.name, one]));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw notConnected(unknown.join(', '), [...known.keys()]);
  const paused = names.length > 0 ? [] : all.filter((one) => one.paused).map((one) => one.connection.name);
  const wanted =
    names.length > 0 ? [...new Set(names)] : [...known.keys()].filter((name) => !paused.includes(name));
  const outcomes: SyncOutcome[] = [];
  for (const name of wanted) {
    if (deps.signal?.aborted === true) break;
    outcomes.push(await syncConnection(name, deps));
  }
  return { outcomes, paused, exitCode: exitCodeOf(outcomes) };
}

function exitCodeOf(outcomes: readonly SyncOutcome[]): ExitCode {
  let worst: ExitCode = 0;
  for (const outcome of outcomes) {
    const code = exitCodeOfOne(outcome);
    if (code > worst) worst = code;
  }
  return worst;
}

function exitCodeOfOne(outcome: SyncOutcome): ExitCode {
  switch (outcome.kind) {
    case 'done':
      return outcome.report.counts.rejected > 0 ? 1 : 0;
    case 'failed':
      return outcome.isOutage ? 3 : 2;
    case 'busy':
    case 'lost':
    case 'stopped':
      return 3;
    default:
      return assertNever(outcome);
  }
}

async function removeSource(
  name: string,
  { forget }: { readonly forget: boolean },
  deps: SyncDeps,
): Promise<RemovedSource> {
  const { store, clock } = deps;
  const { sources } = await knownConnection(name, store);
  // First, so that a sync that is under way brings nothing more.
  await store.removeConnection(name);
  await noteSourceChange('remove', name, operator, deps);
  const removed: RemovedSource['sources'][number][] = [];
  for (const source of sources) {
    removed.push(
      forget
        ? { name: source, ...(await forgetSource(source, store, clock)) }
        : { name: source, withdrawn: 0 },
    );
  }
  return { name, sources: removed };
}

/** Withdraws what a source brought, but for what another connection brings too and for what came with the product. */
async function forgetSource(
  source: string,
  store: Store,
  clock: Clock,
): Promise<{ withdrawn: number; kept?: string }> {
  const other = (await store.connections()).find(({ sources }) => sources.includes(source));
  if (other !== undefined) {
    return { withdrawn: 0, kept: `${other.connection.name} brings it too, so it stays` };
  }
  const isBundled = (await store.sources()).some(
    (one) => one.name === source && one.bundleHash !== undefined,
  );
  const bundled = isBundled ? await bundledIds(source, clock) : [];
  const withdrawn = await store.keepOnly(source, bundled, clock.now().getTime());
  return {
    withdrawn,
    ...(isBundled ? { kept: `${bundled.length} records that came with threatbrief stay` } : {}),
  };
}

async function bundledIds(source: string, clock: Clock): Promise<readonly string[]> {
  const { records } = await readBundledData(dataFolder, clock);
  return records.filter((one) => one.source === source).map((one) => one.record.externalId);
}

async function knownConnection(name: string, store: Store): Promise<StoredConnection> {
  const found = await connectionNamed(name, store);
  if (found !== undefined) return found;
  const all = await store.connections();
  throw notConnected(
    name,
    all.map((one) => one.connection.name),
  );
}

function notConnected(names: string, known: readonly string[]): AppError {
  const remedy =
    known.length === 0
      ? 'nothing is connected; "threatbrief sources add NAME" connects a source'
      : `connected: ${known.join(', ')}`;
  return usage(`sources: no source is connected as ${names}; ${remedy}`);
}

function usage(message: string): AppError {
  return new AppError('usage', message);
}
