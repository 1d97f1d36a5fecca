import { AppError } from '../support/app-error.ts';
import { createDocumentImport, type DocumentImport, type FinishedImport } from './document-import.ts';
import { type Fingerprint, fingerprintOf } from './fingerprint.ts';
import { jobFor } from './jobs.ts';
import { createKnownDocuments, type DocumentResult, type KnownDocuments } from './known-documents.ts';
import type { ReadEnd, ReadJob } from './messages.ts';
import { findPlaces, type Place } from './places.ts';
import { createReader, type Reader } from './reader.ts';
import type { FedReleases } from './releases-taken.ts';
import { type PlaceResult, reportDocument, summarize } from './report.ts';
import {
  defaultIngestLimits,
  type FileReport,
  type GivenDocument,
  type IngestDeps,
  type IngestLimits,
  type IngestOptions,
  type IngestSummary,
  type SpotMentions,
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
  await assertKind(options.kind);
  const places = await findPlaces(paths);
  const run = createRun(options, deps);
  try {
    // Texts are searched for names once everything that may tell names is in, whatever the order of the files.
    const isWorthwhile = deps.spot !== undefined && places.length > 1;
    const results: (PlaceResult | 'deferred')[] = [];
    for (const place of places) results.push(await importPlace(place, run, isWorthwhile));
    for (const [index, place] of places.entries()) {
      if (results[index] === 'deferred') results[index] = await importPlace(place, run, false);
    }
    return summaryOf(
      results.filter((result) => result !== 'deferred'),
      run,
    );
  } finally {
    await closeRun(run);
  }
}

/** Imports one thing after another into the store, and tells at the end what became of all of them. */
export interface IngestRun {
  /** Rejects only when the store is out, or for a kind that nobody reads. */
  add(place: Place | GivenDocument): Promise<FileReport>;
  /** Of everything added so far. */
  summary(): IngestSummary;
  close(): Promise<void>;
}

export function openIngest(options: IngestOptions, deps: IngestDeps): IngestRun {
  const run = createRun(options, deps);
  const results: PlaceResult[] = [];
  return {
    add: async (place) => {
      await assertKind(options.kind);
      const result = await importPlace(place, run, false);
      if (result === 'deferred') throw new Error('an import was put off that must not be');
      results.push(result);
      return result.file;
    },
    summary: () => summaryOf(results, run),
    close: () => closeRun(run),
  };
}

interface Run {
  readonly options: IngestOptions;
  readonly deps: IngestDeps;
  readonly limits: IngestLimits;
  readonly reader: Reader;
  readonly known: KnownDocuments;
  readonly fed: FedReleases;
  readonly now: number;
  readonly dryRun: boolean;
  /** The version of the names when the first text of the run was searched: what is found later is found in no older. */
  firstNames: number | undefined;
}

function createRun(options: IngestOptions, deps: IngestDeps): Run {
  const limits = { ...defaultIngestLimits, ...deps.limits };
  const fed: FedReleases = new Map();
  const dryRun = options.dryRun ?? false;
  return {
    options,
    deps,
    limits,
    reader: createReader(limits),
    known: createKnownDocuments({ store: deps.store, fed, dryRun }),
    fed,
    now: deps.clock.now().getTime(),
    dryRun,
    firstNames: undefined,
  };
}

function summaryOf(results: readonly PlaceResult[], { dryRun, deps, now }: Run): IngestSummary {
  return summarize(results, { dryRun, elapsedMs: deps.clock.now().getTime() - now });
}

async function closeRun(run: Run): Promise<void> {
  await run.reader.close();
  await run.known.close(run.now);
}

/** The importers live in the reading thread; here they are loaded only to check a kind that was asked for. */
async function assertKind(kind: string | undefined): Promise<void> {
  if (kind === undefined) return;
  const { importerOf, importers } = await import('../sources/registry.ts');
  if (importerOf(kind) !== undefined) return;
  const known = importers.map((importer) => importer.kind).join(', ');
  throw new AppError('ingest-kind', `unknown kind "${kind}"; known: ${known}`);
}

async function importPlace(
  place: Place | GivenDocument,
  run: Run,
  defersMentions: boolean,
): Promise<PlaceResult | 'deferred'> {
  const found = await jobFor(place, run.options, run.limits);
  if (found.kind === 'done') return found.result;
  try {
    const isNamed = place.kind !== 'file' || place.named;
    // An address would have to be fetched twice.
    const mayDefer = defersMentions && place.kind === 'file';
    const result = await importJob({ ...found.job, defersMentions: mayDefer }, run);
    return result === 'deferred' ? result : reportDocument(found.job.place, isNamed, result);
  } finally {
    found.close();
  }
}

async function importJob(job: ReadJob, run: Run): Promise<DocumentResult | 'deferred'> {
  const fingerprint = await fingerprintOf(job, run.deps.spot !== undefined);
  const recalled =
    fingerprint === undefined ? undefined : await run.known.recall(fingerprint, job.defersMentions === true);
  if (recalled !== undefined) return recalled;
  const result =
    (await importDocument(job, run, true, fingerprint)) ??
    (await importDocument(job, run, false, fingerprint));
  if (result === undefined) throw new Error(`the import of ${job.place} asked to start again twice`);
  return result;
}

/** Undefined: the document has to be read again without withdrawing anything. */
async function importDocument(
  job: ReadJob,
  run: Run,
  mayWithdraw: boolean,
  fingerprint: Fingerprint | undefined,
): Promise<DocumentResult | 'deferred' | undefined> {
  const { store, spot } = run.deps;
  const document = createDocumentImport({
    store,
    fed: run.fed,
    now: run.now,
    dryRun: run.dryRun,
    mayWithdraw,
    ...(spot === undefined ? {} : { spot: spotIn(run, spot) }),
    ...(fingerprint === undefined ? {} : { document: fingerprint.key }),
  });
  const end = await readInto(document, job, run);
  const again = end.status === 'read' && document.mustStartAgain();
  if (again || end.status === 'deferred') {
    await document.abandon();
    return again ? undefined : 'deferred';
  }
  const outcome = end.status === 'read' ? await finish(document) : await nothingOf(document);
  if (fingerprint !== undefined) {
    await run.known.remember(fingerprint, end, outcome, { mayWithdraw, names: run.firstNames ?? 0 });
  }
  return { end, outcome };
}

/** Looks for names, and notes when it was first done. */
function spotIn(run: Run, spot: SpotMentions): SpotMentions {
  return async (text, ceiling) => {
    run.firstNames ??= await run.deps.store.namesVersion();
    return spot(text, ceiling);
  };
}

async function nothingOf(document: DocumentImport): Promise<FinishedImport> {
  return { ...(await document.abandon()), parts: [], usedMentions: false };
}

async function readInto(document: DocumentImport, job: ReadJob, run: Run): Promise<ReadEnd> {
  try {
    return await run.reader.read(job, (items) => document.take(items));
  } catch (error) {
    await document.abandon();
    throw error;
  }
}

async function finish(document: DocumentImport): Promise<FinishedImport> {
  try {
    return await document.finish();
  } catch (error) {
    await document.abandon();
    throw error;
  }
}
