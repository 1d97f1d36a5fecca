import type { SourceInfo } from '../domain/source.ts';
import { importerOf, importers } from '../sources/registry.ts';
import type { Notice, Rejection } from '../sources/types.ts';
import { AppError } from '../support/app-error.ts';
import { assertNever } from '../support/assert-never.ts';
import { displayAddress, fetchDocument } from '../support/http-fetch.ts';
import { createDocumentImport, type DocumentOutcome, type FedReleases } from './document-import.ts';
import type { ReadEnd, ReadJob } from './messages.ts';
import { findPlaces, type Place } from './places.ts';
import { createReader, type Reader } from './reader.ts';
import {
  addCounts,
  defaultIngestLimits,
  type FileReport,
  type FileStatus,
  type IngestDeps,
  type IngestLimits,
  type IngestOptions,
  type IngestSummary,
  noCounts,
  type RecordCounts,
} from './types.ts';

/**
 * Imports files, folders and addresses into the store. Everything that was not taken is named in the summary with
 * its reason; a document that is broken leaves what was stored before untouched. Rejects with `AppError`: exit code
 * 2 for a place that does not exist or a kind that nobody reads, 3 when the store is out.
 */
export async function ingestPaths(
  paths: readonly string[],
  options: IngestOptions,
  deps: IngestDeps,
): Promise<IngestSummary> {
  assertKind(options.kind);
  const places = await findPlaces(paths);
  const run = openIngest(options, deps);
  try {
    for (const place of places) await run.add(place);
    return run.summary();
  } finally {
    await run.close();
  }
}

/** A document that is at hand already, such as a page of an interface that gives data. */
export interface GivenDocument {
  readonly kind: 'document';
  /** As a person knows it. */
  readonly place: string;
  readonly bytes: Uint8Array;
  /** The importer's kind; absent: the run's, else found by the content. */
  readonly format?: string;
  /** Absent: the run's, else the document's own. */
  readonly sourceName?: string;
}

/** Imports one thing after another into the store, and tells at the end what became of all of them. */
export interface IngestRun {
  /** Rejects only when the store is out. */
  add(place: Place | GivenDocument): Promise<FileReport>;
  /** Of everything added so far. */
  summary(): IngestSummary;
  close(): Promise<void>;
}

export function openIngest(options: IngestOptions, deps: IngestDeps): IngestRun {
  assertKind(options.kind);
  const limits = { ...defaultIngestLimits, ...deps.limits };
  const reader = createReader(limits);
  const now = deps.clock.now().getTime();
  const run: Run = { options, deps, limits, reader, fed: new Map(), now, results: [] };
  return {
    add: async (place) => {
      const result = await importPlace(place, run);
      run.results.push(result);
      return result.file;
    },
    summary: () => summarize(run),
    close: () => reader.close(),
  };
}

interface Run {
  readonly options: IngestOptions;
  readonly deps: IngestDeps;
  readonly limits: IngestLimits;
  readonly reader: Reader;
  readonly fed: FedReleases;
  readonly now: number;
  readonly results: PlaceResult[];
}

interface PlaceResult {
  readonly file: FileReport;
  readonly bySource: DocumentOutcome['bySource'];
  readonly rejections: readonly Rejection[];
  readonly notices: readonly Notice[];
}

function assertKind(kind: string | undefined): void {
  if (kind === undefined || importerOf(kind) !== undefined) return;
  const known = importers.map((importer) => importer.kind).join(', ');
  throw new AppError('ingest-kind', `unknown kind "${kind}"; known: ${known}`);
}

async function importPlace(place: Place | GivenDocument, run: Run): Promise<PlaceResult> {
  const job = await jobFor(place, run);
  if ('failed' in job) return job.failed;
  const first = await importDocument(job.job, run, true);
  const result = first ?? (await importDocument(job.job, run, false));
  if (result === undefined) throw new Error(`the import of ${job.job.place} asked to start again twice`);
  return report(place, job.job.place, result);
}

/** What to read: a file is read by the thread itself, an address is fetched here. */
async function jobFor(
  place: Place | GivenDocument,
  run: Run,
): Promise<{ job: ReadJob } | { failed: PlaceResult }> {
  const { kind, sourceName, marking, mapping } = run.options;
  const common = {
    maxBytes: run.limits.maxBytes,
    ...(kind === undefined ? {} : { kind }),
    ...(sourceName === undefined ? {} : { sourceName }),
    ...(marking === undefined ? {} : { marking }),
    ...(mapping === undefined ? {} : { mapping }),
  };
  switch (place.kind) {
    case 'file':
      return { job: { ...common, place: place.path, path: place.path, found: !place.named } };
    case 'document':
      return {
        job: {
          ...common,
          place: place.place,
          bytes: place.bytes,
          ...(place.format === undefined ? {} : { kind: place.format }),
          ...(place.sourceName === undefined ? {} : { sourceName: place.sourceName }),
        },
      };
    case 'address': {
      const fetched = await fetchDocument(place.url, {
        maxBytes: run.limits.maxBytes,
        allowPrivateAddresses: run.options.allowPrivateAddresses ?? false,
      });
      if (fetched.ok) return { job: { ...common, place: displayAddress(place.url), bytes: fetched.bytes } };
      const status = fetched.isOutage ? 'unreachable' : 'rejected';
      return { failed: failure(displayAddress(place.url), status, fetched.reason) };
    }
    default:
      return assertNever(place);
  }
}

interface DocumentResult {
  readonly end: ReadEnd;
  readonly outcome: DocumentOutcome;
}

/** Undefined: the document has to be read again without withdrawing anything. */
async function importDocument(
  job: ReadJob,
  run: Run,
  mayWithdraw: boolean,
): Promise<DocumentResult | undefined> {
  const document = createDocumentImport({
    store: run.deps.store,
    fed: run.fed,
    now: run.now,
    dryRun: run.options.dryRun ?? false,
    mayWithdraw,
  });
  let end: ReadEnd;
  try {
    end = await run.reader.read(job, (items) => document.take(items));
    if (end.status === 'read' && !document.mustStartAgain()) return { end, outcome: await document.finish() };
  } catch (error) {
    await document.abandon();
    throw error;
  }
  const outcome = await document.abandon();
  return end.status === 'read' ? undefined : { end, outcome };
}

/** File names under which data is expected: broken content there is a fault even inside a folder. */
const dataName = /\.(?:json|stix2?|md|markdown|txt|gz)$/i;

function report(place: Place | GivenDocument, name: string, { end, outcome }: DocumentResult): PlaceResult {
  const isNamed = place.kind !== 'file' || place.named;
  switch (end.status) {
    case 'read': {
      const fault = wholeFault(outcome);
      if (fault !== undefined)
        return { ...failure(name, 'rejected', fault), notices: placed(outcome.notices, name) };
      const counts = [...outcome.bySource.values()].map((one) => one.counts);
      const total = counts.reduce(addCounts, noCounts);
      return {
        file: {
          place: name,
          status: 'imported',
          kind: end.kind,
          sources: [...outcome.bySource.keys()],
          ...total,
          rejected: total.rejected + outcome.rejections.length,
        },
        bySource: outcome.bySource,
        rejections: outcome.rejections,
        notices: placed(outcome.notices, name),
      };
    }
    case 'unknown':
      return failure(name, isNamed ? 'rejected' : 'skipped', end.reason);
    case 'unreadable': {
      const isCompanion = !isNamed && !dataName.test(name);
      return failure(name, isCompanion ? 'skipped' : 'rejected', end.reason);
    }
    default:
      return assertNever(end);
  }
}

/** The reason when an importer refused the document as a whole. */
function wholeFault(outcome: DocumentOutcome): string | undefined {
  const [only, ...others] = outcome.rejections;
  return outcome.bySource.size === 0 && only !== undefined && others.length === 0 && only.path === ''
    ? only.reason
    : undefined;
}

function placed(notices: readonly Notice[], place: string): readonly Notice[] {
  return notices.map((notice) => (notice.place === '' ? { ...notice, place } : notice));
}

/** A document of which nothing was taken. A rejected one is a rejection too, so that one list names them all. */
function failure(place: string, status: Exclude<FileStatus, 'imported'>, reason: string): PlaceResult {
  const isSkipped = status === 'skipped';
  return {
    file: { place, status, sources: [], reason, ...noCounts, rejected: isSkipped ? 0 : 1 },
    bySource: new Map(),
    rejections: isSkipped ? [] : [{ place, path: '', reason }],
    notices: [],
  };
}

function summarize(run: Run): IngestSummary {
  const sources = new Map<string, { source: SourceInfo; counts: RecordCounts }>();
  for (const { bySource, rejections } of run.results) {
    const isOnly = bySource.size === 1;
    for (const [name, { source, counts }] of bySource) {
      const before = sources.get(name)?.counts ?? noCounts;
      const own = isOnly ? { ...counts, rejected: counts.rejected + rejections.length } : counts;
      sources.set(name, { source, counts: addCounts(before, own) });
    }
  }
  const files = run.results.map(({ file }) => file);
  return {
    dryRun: run.options.dryRun ?? false,
    sources: [...sources.values()]
      .map(({ source, counts }) => ({
        name: source.name,
        title: source.title,
        ...(source.version === undefined ? {} : { version: source.version }),
        ...counts,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    files,
    rejections: run.results.flatMap(({ rejections }) => rejections),
    notices: run.results.flatMap(({ notices }) => notices),
    totals: files.reduce<RecordCounts>(addCounts, noCounts),
    elapsedMs: run.deps.clock.now().getTime() - run.now,
  };
}
