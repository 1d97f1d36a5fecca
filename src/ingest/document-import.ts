import type { SourceRecord } from '../domain/record.ts';
import type { SourceInfo } from '../domain/source.ts';
import type { ImportItem, Notice, Rejection } from '../sources/types.ts';
import type { ImportCounts, ImportSession, Store, StoredSource } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { compareReleases } from './releases.ts';
import { addCounts, noCounts, type RecordCounts } from './types.ts';

/** What a run remembers of the documents that it has imported: which release fed which part of which source. */
export type FedReleases = Map<string, string | undefined>;

export interface DocumentImportOptions {
  readonly store: Store;
  readonly fed: FedReleases;
  /** Epoch milliseconds of the run. */
  readonly now: number;
  readonly dryRun: boolean;
  /** False: nothing is withdrawn, whatever the document says of itself. */
  readonly mayWithdraw: boolean;
}

/** What became of one document. */
export interface DocumentOutcome {
  readonly bySource: ReadonlyMap<string, { readonly source: SourceInfo; readonly counts: RecordCounts }>;
  readonly rejections: readonly Rejection[];
  readonly notices: readonly Notice[];
}

interface OpenImport {
  readonly source: SourceInfo;
  readonly key: string;
  readonly scope: string | undefined;
  readonly complete: boolean;
  /** Absent while an older release is read past. */
  readonly session: ImportSession | undefined;
  records: number;
}

/** Thrown away as a whole when the document turns out to be damaged; see `mustStartAgain`. */
export interface DocumentImport {
  take(items: readonly ImportItem[]): Promise<void>;
  /**
   * True when something was rejected, or nothing was found, in a document that would withdraw what it lacks: then
   * what it lacks may only have been unreadable, and the import is done again without withdrawing.
   */
  mustStartAgain(): boolean;
  finish(): Promise<DocumentOutcome>;
  abandon(): Promise<DocumentOutcome>;
}

/** The import of one document: a session for each source it feeds, finished together when it is read. */
export function createDocumentImport(options: DocumentImportOptions): DocumentImport {
  const imports = new Map<string, OpenImport>();
  const rejections: Rejection[] = [];
  const notices: Notice[] = [];
  let current: OpenImport | undefined;

  async function take(items: readonly ImportItem[]): Promise<void> {
    let records: SourceRecord[] = [];
    const flush = async (): Promise<void> => {
      if (records.length === 0) return;
      if (current === undefined) throw new Error('an importer gave a record before its source');
      current.records += records.length;
      await current.session?.put(records);
      records = [];
    };
    for (const item of items) {
      switch (item.kind) {
        case 'record':
          records.push(item.record);
          break;
        case 'source':
          await flush();
          current = await openImport(item);
          break;
        case 'rejection':
          rejections.push(item.rejection);
          break;
        case 'notice':
          notices.push(item.notice);
          break;
        default:
          assertNever(item);
      }
    }
    await flush();
  }

  async function openImport(item: ImportItem & { kind: 'source' }): Promise<OpenImport> {
    const key = JSON.stringify([item.source.name, item.scope ?? '']);
    const before = imports.get(key);
    if (before !== undefined) return before;
    const opened = await open(item, key, options);
    if (opened.session === undefined) {
      const text = `release ${item.source.version} of ${item.source.title} is older than the one that is stored: nothing was taken`;
      notices.push({ place: '', path: '', text });
    }
    imports.set(key, opened);
    return opened;
  }

  function outcome(counts: ReadonlyMap<string, RecordCounts>): DocumentOutcome {
    const bySource = new Map<string, { source: SourceInfo; counts: RecordCounts }>();
    for (const { key, source, scope } of imports.values()) {
      const before = bySource.get(source.name)?.counts ?? noCounts;
      // The version of a part is none of the source.
      const { version, ...unversioned } = source;
      const shown = scope === undefined && version !== undefined ? { ...unversioned, version } : unversioned;
      bySource.set(source.name, { source: shown, counts: addCounts(before, counts.get(key) ?? noCounts) });
    }
    return { bySource, rejections, notices };
  }

  return {
    take,
    mustStartAgain: () =>
      [...imports.values()].some((one) => one.complete && (rejections.length > 0 || one.records === 0)),
    async finish() {
      const counts = new Map<string, RecordCounts>();
      for (const one of imports.values()) {
        if (one.session === undefined) {
          counts.set(one.key, { ...noCounts, older: one.records });
        } else {
          counts.set(one.key, toRecordCounts(await one.session.finish()));
          options.fed.set(one.key, one.source.version);
        }
      }
      return outcome(counts);
    },
    async abandon() {
      for (const one of imports.values()) await one.session?.abandon();
      return outcome(new Map());
    },
  };
}

async function open(
  item: ImportItem & { kind: 'source' },
  key: string,
  options: DocumentImportOptions,
): Promise<OpenImport> {
  const stored = (await options.store.sources()).find((one) => one.name === item.source.name);
  const storedVersion = versionOf(stored, item.scope);
  const order = compareReleases(item.source.version, storedVersion);
  if (item.complete && order !== undefined && order < 0) {
    return { source: item.source, key, scope: item.scope, complete: false, session: undefined, records: 0 };
  }
  const complete = item.complete && options.mayWithdraw && isNewest(item.source.version, key, options.fed);
  // A part of a release says nothing about which release is stored.
  const version = item.complete ? item.source.version : (item.source.version ?? storedVersion);
  const source = version === undefined ? item.source : { ...item.source, version };
  const session = await options.store.beginImport(source, {
    now: options.now,
    complete,
    ...(item.scope === undefined ? {} : { scope: item.scope }),
    ...(options.dryRun ? { dryRun: true } : {}),
  });
  return { source, key, scope: item.scope, complete, session, records: 0 };
}

function versionOf(stored: StoredSource | undefined, scope: string | undefined): string | undefined {
  return scope === undefined ? stored?.version : stored?.scopeVersions?.[scope];
}

/** A second document for the same part of a source withdraws what the first brought only if it is a later release. */
function isNewest(version: string | undefined, key: string, fed: FedReleases): boolean {
  if (!fed.has(key)) return true;
  return (compareReleases(version, fed.get(key)) ?? 0) > 0;
}

function toRecordCounts(counts: ImportCounts): RecordCounts {
  return {
    new: counts.new,
    changed: counts.changed,
    unchanged: counts.unchanged,
    withdrawn: counts.withdrawn,
    older: counts.stale ?? 0,
    rejected: counts.rejected,
  };
}
