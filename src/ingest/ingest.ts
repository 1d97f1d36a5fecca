import { importerOf, importers } from '../sources/registry.ts';
import { AppError } from '../support/app-error.ts';
import { createDocumentImport, type DocumentImport } from './document-import.ts';
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
  const now = deps.clock.now().getTime();
  const fed: FedReleases = new Map();
  const dryRun = options.dryRun ?? false;
  const known = createKnownDocuments({ store: deps.store, fed, dryRun });
  const run: Run = { options, deps, limits, reader: createReader(limits), known, fed, now, dryRun };
  const results: PlaceResult[] = [];
  return {
    add: async (place) => {
      const result = await importPlace(place, run);
      results.push(result);
      return result.file;
    },
    summary: () => summarize(results, { dryRun, elapsedMs: deps.clock.now().getTime() - now }),
    close: async () => {
      await run.reader.close();
      await known.close(now);
    },
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
}

function assertKind(kind: string | undefined): void {
  if (kind === undefined || importerOf(kind) !== undefined) return;
  const known = importers.map((importer) => importer.kind).join(', ');
  throw new AppError('ingest-kind', `unknown kind "${kind}"; known: ${known}`);
}

async function importPlace(place: Place | GivenDocument, run: Run): Promise<PlaceResult> {
  const found = await jobFor(place, run.options, run.limits);
  if (found.kind === 'done') return found.result;
  try {
    const isNamed = place.kind !== 'file' || place.named;
    return reportDocument(found.job.place, isNamed, await importJob(found.job, run));
  } finally {
    found.close();
  }
}

async function importJob(job: ReadJob, run: Run): Promise<DocumentResult> {
  const fingerprint = await fingerprintOf(job, run.deps.spot !== undefined);
  const recalled = fingerprint === undefined ? undefined : await run.known.recall(fingerprint);
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
): Promise<DocumentResult | undefined> {
  const { store, spot } = run.deps;
  const knowledge = spot === undefined ? 0 : await store.knowledgeVersion();
  const document = createDocumentImport({
    store,
    fed: run.fed,
    now: run.now,
    dryRun: run.dryRun,
    mayWithdraw,
    ...(spot === undefined ? {} : { spot }),
    ...(fingerprint === undefined ? {} : { document: fingerprint.key }),
  });
  const end = await readInto(document, job, run);
  if (end.status === 'read' && document.mustStartAgain()) {
    await document.abandon();
    return undefined;
  }
  if (end.status !== 'read') {
    const outcome = await document.abandon();
    const nothing = { ...outcome, bySource: new Map(), parts: [], usedMentions: false };
    if (fingerprint !== undefined)
      await run.known.remember(fingerprint, end, nothing, { mayWithdraw, knowledge });
    return { end, outcome };
  }
  const outcome = await finish(document);
  if (fingerprint !== undefined)
    await run.known.remember(fingerprint, end, outcome, { mayWithdraw, knowledge });
  return { end, outcome };
}

async function readInto(document: DocumentImport, job: ReadJob, run: Run): Promise<ReadEnd> {
  try {
    return await run.reader.read(job, (items) => document.take(items));
  } catch (error) {
    await document.abandon();
    throw error;
  }
}

async function finish(document: DocumentImport): ReturnType<DocumentImport['finish']> {
  try {
    return await document.finish();
  } catch (error) {
    await document.abandon();
    throw error;
  }
}
