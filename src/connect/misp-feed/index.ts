import { eventSchema } from '../../sources/misp-event/schema.ts';
import { mispSourceName } from '../../sources/misp-event/source-of.ts';
import { hashesForm } from '../../sources/misp-hashes/lines.ts';
import type { Rejection } from '../../sources/types.ts';
import { displayAddress, type Fetched } from '../../support/http-fetch.ts';
import { optionProblem } from '../option-problem.ts';
import { SyncFailure } from '../sync-failure.ts';
import type { Connector, SyncContext, SyncState, SyncStep } from '../types.ts';
import { type FetchedEvent, type FileHashes, fetchEvent } from './event.ts';
import { feedOptions, readFeedFilters } from './filters.ts';
import { type Manifest, type ManifestEntry, parseManifest } from './manifest.ts';
import { type FeedState, readFeedState, writeFeedState } from './state.ts';
import { fileHashesIn, summaryDocuments, valueHashesIn } from './summaries.ts';

/**
 * A MISP feed: `manifest.json`, `hashes.csv` and a `UUID.json` for each event under one address. Only events whose
 * timestamp in the manifest changed are fetched; those that left the manifest are no longer present.
 */
export const mispFeedConnector: Connector = {
  kind: 'misp-feed',
  title: 'MISP feed',
  options: feedOptions,
  checkOptions: (options) => optionProblem(() => readFeedFilters({ options })),
  sync,
};

const maxManifestBytes = 64 * 1024 * 1024;
const maxEventBytes = 64 * 1024 * 1024;
/** A list of files fits well below; a list of the values of a large feed need not be fetched to be known for one. */
const maxFileHashesBytes = 16 * 1024 * 1024;
const maxValueHashesBytes = 160 * 1024 * 1024;
const hopelessOutages = 3;
const hopelessFaults = 100;

interface Sync {
  readonly context: SyncContext;
  readonly base: URL;
  readonly state: FeedState;
  readonly filtersKey: string;
  /** Sources that lost an event since the last sync. */
  readonly shrunk: Set<string>;
  faults: number;
}

async function* sync(context: SyncContext): AsyncGenerator<SyncStep> {
  const filters = readFeedFilters(context.connection);
  const state = readFeedState(context.state);
  const base = feedAddress(context.connection.url);
  const run: Sync = { context, base, state, filtersKey: filters.key, shrunk: new Set(), faults: 0 };
  const fetched = await fetchManifest(run);
  if (fetched.notModified) return;
  const place = displayAddress(new URL('manifest.json', base));
  const manifest = parseManifest(fetched.bytes);
  if (typeof manifest === 'string')
    throw new SyncFailure(`${place} is no manifest of a MISP feed: ${manifest}`, { isOutage: false });
  for (const { path, reason } of manifest.faults) yield rejection({ place, path, reason });
  run.faults += manifest.faults.length;
  if (manifest.entries.length === 0) {
    const text = 'the manifest names no event: nothing was fetched, and nothing is taken for gone';
    yield { kind: 'notice', notice: { place, path: '', text } };
    return;
  }
  const pending = manifest.entries.filter((entry) => filters.wants(entry) && isNews(entry, state));
  yield* bringEvents(pending, run);
  if (filters.summaries) {
    const others = manifest.entries.filter((entry) => !filters.wants(entry) && isNewSummary(entry, state));
    yield* bringSummaries(others, run);
  }
  yield* goneEvents(manifest, run);
  const { etag, 'last-modified': lastModified } = fetched.headers;
  const validators = {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
  yield stateStep(run, run.faults === 0 ? validators : {});
}

/** The feed's address as a folder, whether or not the operator named the manifest in it. */
function feedAddress(text: string): URL {
  const url = new URL(text);
  url.hash = '';
  url.search = '';
  url.pathname = url.pathname.replace(/manifest\.json$/i, '');
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

async function fetchManifest(run: Sync): Promise<Fetched & { ok: true }> {
  const { validators, filters } = run.state;
  const isSame = filters === run.filtersKey && (validators.etag ?? validators.lastModified) !== undefined;
  const fetched = await fetchFile(run, 'manifest.json', maxManifestBytes, isSame ? validators : undefined);
  if (!fetched.ok) throw failureOf(fetched);
  return fetched;
}

function fetchFile(
  { context, base }: Sync,
  name: string,
  maxBytes: number,
  validators?: FeedState['validators'],
): Promise<Fetched> {
  return context.fetch(new URL(name, base), {
    maxBytes,
    ...(context.key === undefined ? {} : { headers: { authorization: authorizationOf(context) } }),
    ...(validators === undefined ? {} : { validators }),
  });
}

/** A key as it is, which is how MISP takes it; with a user it is a password. */
function authorizationOf({ connection, key = '' }: SyncContext): string {
  return connection.user === undefined
    ? key
    : `Basic ${Buffer.from(`${connection.user}:${key}`, 'utf8').toString('base64')}`;
}

function failureOf(failure: Fetched & { readonly ok: false }): SyncFailure {
  return new SyncFailure(failure.reason, {
    isOutage: failure.isOutage,
    ...(failure.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: failure.retryAfterSeconds }),
  });
}

function isNews(entry: ManifestEntry, { events }: FeedState): boolean {
  return entry.timestamp === '' || events.get(entry.uuid)?.stamp !== entry.timestamp;
}

/** An event that was fetched once stays whole, whatever the filters say of it now. */
function isNewSummary(entry: ManifestEntry, { events }: FeedState): boolean {
  const known = events.get(entry.uuid)?.stamp;
  return known === undefined || (known.startsWith('~') && known !== `~${entry.timestamp}`);
}

/** Latest first, so that a sync that is cut short has brought what matters most. */
async function* bringEvents(pending: readonly ManifestEntry[], run: Sync): AsyncGenerator<SyncStep> {
  if (pending.length === 0) return;
  const hashes = await fetchFileHashes(run);
  const ordered = [...pending].sort((a, b) => Number(b.timestamp) - Number(a.timestamp) || 0);
  const saveEvery = Math.max(50, Math.ceil(ordered.length / 20));
  let outages = 0;
  let faultsInARow = 0;
  for (const [index, entry] of ordered.entries()) {
    const place = displayAddress(new URL(`${entry.file}.json`, run.base));
    const result = await fetchEvent(entry, hashes, (name) => fetchFile(run, name, maxEventBytes));
    if (result.kind === 'event') {
      outages = 0;
      faultsInARow = 0;
      yield { kind: 'document', place, bytes: result.bytes, format: 'misp-event' };
      if (run.context.wasTaken?.(place) === false) run.faults += 1;
      else remember(entry.uuid, entry.timestamp, result.source, run);
    } else {
      run.faults += 1;
      faultsInARow += 1;
      outages = isOutage(result) ? outages + 1 : 0;
      const isHopeless =
        faultsInARow >= hopelessFaults || (result.kind === 'failed' && mustEnd(result.failure, outages));
      if (isHopeless) {
        yield stateStep(run, {});
        throw result.kind === 'failed'
          ? failureOf(result.failure)
          : new SyncFailure(`${hopelessFaults} events in a row could not be taken: ${result.reason}`, {
              isOutage: false,
            });
      }
      const reason = result.kind === 'failed' ? result.failure.reason : result.reason;
      yield rejection({ place, path: '', reason });
    }
    if ((index + 1) % saveEvery === 0) yield stateStep(run, {});
  }
}

function isOutage(result: FetchedEvent): boolean {
  return result.kind === 'failed' && result.failure.isOutage;
}

/** The server wants to be left alone, refuses the key, or has failed for several events in a row. */
function mustEnd(failure: Fetched & { readonly ok: false }, outages: number): boolean {
  return !failure.isOutage || failure.status === 429 || outages >= hopelessOutages;
}

/** Hashes of the feed's own files; empty where `hashes.csv` is of the other form, or is not there. */
async function fetchFileHashes(run: Sync): Promise<FileHashes> {
  const fetched = await fetchFile(run, 'hashes.csv', maxFileHashesBytes);
  return fetched.ok && formOf(fetched.bytes) === 'file' ? fileHashesIn(fetched.bytes) : new Map();
}

function formOf(bytes: Uint8Array): ReturnType<typeof hashesForm> {
  return hashesForm(new TextDecoder().decode(bytes.subarray(0, 4000)));
}

async function* bringSummaries(entries: readonly ManifestEntry[], run: Sync): AsyncGenerator<SyncStep> {
  if (entries.length === 0) return;
  const place = displayAddress(new URL('hashes.csv', run.base));
  const fetched = await fetchFile(run, 'hashes.csv', maxValueHashesBytes);
  if (!fetched.ok || formOf(fetched.bytes) !== 'value') {
    const text = fetched.ok
      ? 'hashes.csv lists no values of events: of events that are not fetched, titles and tags are kept only'
      : `no hashes of values: ${fetched.reason}`;
    yield { kind: 'notice', notice: { place, path: '', text } };
  }
  const uuids = new Set(entries.map(({ uuid }) => uuid));
  const { byEvent, isWhole } = valueHashesIn(fetched.ok ? fetched.bytes : new Uint8Array(0), uuids);
  if (!isWhole) {
    const text = 'more hashes than are kept at once: some values of events that are not fetched are missing';
    yield { kind: 'notice', notice: { place, path: '', text } };
  }
  for (const document of summaryDocuments(entries, byEvent)) {
    yield { kind: 'document', place, bytes: document.bytes, format: 'misp-event' };
    for (const { uuid, timestamp, row } of document.entries) {
      const event = eventSchema.safeParse({ ...row, uuid });
      if (event.success) remember(uuid, `~${timestamp}`, mispSourceName(event.data), run);
    }
    yield stateStep(run, {});
  }
}

function remember(uuid: string, stamp: string, creator: string, run: Sync): void {
  const source = run.context.connection.sourceName ?? creator;
  const before = run.state.events.get(uuid);
  if (before !== undefined && before.source !== source) run.shrunk.add(before.source);
  run.state.events.set(uuid, { stamp, source });
}

/** Events that the manifest had once and has no longer; a manifest of which a part cannot be read tells of none. */
function* goneEvents(manifest: Manifest, run: Sync): Generator<SyncStep> {
  const { events } = run.state;
  if (manifest.faults.length === 0) {
    const listed = new Set(manifest.entries.map(({ uuid }) => uuid));
    for (const [uuid, { source }] of events) {
      if (listed.has(uuid)) continue;
      events.delete(uuid);
      run.shrunk.add(source);
    }
  }
  for (const source of [...run.shrunk].sort()) {
    const externalIds = [...events].flatMap(([uuid, known]) => (known.source === source ? [uuid] : []));
    yield { kind: 'present', source, externalIds };
  }
}

function stateStep(run: Sync, validators: FeedState['validators']): SyncStep & { kind: 'state' } {
  const state: SyncState = writeFeedState({ ...run.state, validators, filters: run.filtersKey });
  return { kind: 'state', state };
}

function rejection(fault: Rejection): SyncStep {
  return { kind: 'rejection', rejection: fault };
}
