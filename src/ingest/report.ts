import type { SourceInfo } from '../domain/source.ts';
import type { Notice, Rejection } from '../sources/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { DocumentOutcome } from './document-import.ts';
import type { DocumentResult } from './known-documents.ts';
import {
  addCounts,
  type FileReport,
  type FileStatus,
  type IngestSummary,
  noCounts,
  type RecordCounts,
} from './types.ts';

/** What became of one thing that was to be imported. */
export interface PlaceResult {
  readonly file: FileReport;
  readonly bySource: DocumentOutcome['bySource'];
  readonly rejections: readonly Rejection[];
  readonly notices: readonly Notice[];
}

/** File names under which data is expected: broken content there is a fault even inside a folder. */
const dataName = /\.(?:json|stix2?|md|markdown|txt|rss|atom|rdf|gz)$/i;

/** `isNamed`: the operator asked for this very document, so that it must be one that is read. */
export function reportDocument(
  name: string,
  isNamed: boolean,
  { end, outcome }: DocumentResult,
): PlaceResult {
  switch (end.status) {
    case 'deferred':
      throw new Error(`${name} was put off, and then not read`);
    case 'read': {
      const fault = wholeFault(outcome);
      if (fault !== undefined)
        return { ...reportFailure(name, 'rejected', fault), notices: placed(outcome.notices, name) };
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
      return reportFailure(name, isNamed ? 'rejected' : 'skipped', end.reason);
    case 'unreadable': {
      const isCompanion = !isNamed && !dataName.test(name);
      return reportFailure(name, isCompanion ? 'skipped' : 'rejected', end.reason);
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
export function reportFailure(
  place: string,
  status: Exclude<FileStatus, 'imported'>,
  reason: string,
): PlaceResult {
  const isSkipped = status === 'skipped';
  return {
    file: { place, status, sources: [], reason, ...noCounts, rejected: isSkipped ? 0 : 1 },
    bySource: new Map(),
    rejections: isSkipped ? [] : [{ place, path: '', reason }],
    notices: [],
  };
}

/** Everything together. */
export function summarize(
  results: readonly PlaceResult[],
  { dryRun, elapsedMs }: { readonly dryRun: boolean; readonly elapsedMs: number },
): IngestSummary {
  const sources = new Map<string, { source: SourceInfo; counts: RecordCounts }>();
  for (const { bySource, rejections } of results) {
    const isOnly = bySource.size === 1;
    for (const [name, { source, counts }] of bySource) {
      const before = sources.get(name)?.counts ?? noCounts;
      const own = isOnly ? { ...counts, rejected: counts.rejected + rejections.length } : counts;
      sources.set(name, { source, counts: addCounts(before, own) });
    }
  }
  const files = results.map(({ file }) => file);
  return {
    dryRun,
    sources: [...sources.values()]
      .map(({ source, counts }) => ({
        name: source.name,
        title: source.title,
        ...(source.version === undefined ? {} : { version: source.version }),
        ...counts,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    files,
    rejections: results.flatMap(({ rejections }) => rejections),
    notices: results.flatMap(({ notices }) => notices),
    totals: files.reduce<RecordCounts>(addCounts, noCounts),
    elapsedMs,
  };
}
