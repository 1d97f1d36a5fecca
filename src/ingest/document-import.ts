import type { SourceRecord } from '../domain/record.ts';
import type { SourceInfo } from '../domain/source.ts';
import type { ImportItem, Notice, Rejection } from '../sources/types.ts';
import type { ImportCounts, ImportSession, Store } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { withMentions } from './mentions.ts';
import { decideRelease, type FedReleases, keyOfPart, type SourceItem } from './releases-taken.ts';
import { addCounts, noCounts, type RecordCounts, type SpotMentions } from './types.ts';

export interface DocumentImportOptions {
  readonly store: Store;
  readonly fed: FedReleases;
  /** Epoch milliseconds of the run. */
  readonly now: number;
  readonly dryRun: boolean;
  /** False: nothing is withdrawn, whatever the document says of itself. */
  readonly mayWithdraw: boolean;
  readonly spot?: SpotMentions;
  /** The key under which the store is to note what the document brings. */
  readonly document?: string;
}

/** What became of one document. */
export interface DocumentOutcome {
  readonly bySource: ReadonlyMap<string, { readonly source: SourceInfo; readonly counts: RecordCounts }>;
  readonly rejections: readonly Rejection[];
  readonly notices: readonly Notice[];
}

/** What a document brought into a source, or a scope of it. */
export interface BroughtPart extends SourceItem {
  readonly records: number;
  readonly counts: RecordCounts;
}

interface OpenImport extends SourceItem {
  readonly key: string;
  /** True: what the document lacks is withdrawn. */
  readonly withdraws: boolean;
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
  finish(): Promise<FinishedImport>;
  abandon(): Promise<DocumentOutcome>;
}

export interface FinishedImport extends DocumentOutcome {
  readonly parts: readonly BroughtPart[];
  /** True when words of the document were searched for names, so that the result depends on what is known. */
  readonly usedMentions: boolean;
}

/** The import of one document: a session for each source it feeds, finished together when it is read. */
export function createDocumentImport(options: DocumentImportOptions): DocumentImport {
  const imports = new Map<string, OpenImport>();
  const rejections: Rejection[] = [];
  const notices: Notice[] = [];
  let current: OpenImport | undefined;
  let usedMentions = false;

  async function take(items: readonly ImportItem[]): Promise<void> {
    let records: SourceRecord[] = [];
    const flush = async (): Promise<void> => {
      if (records.length === 0) return;
      if (current === undefined) throw new Error('an importer gave a record before its source');
      current.records += records.length;
      if (current.session !== undefined) await current.session.put(await spotted(records, current.source));
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

  async function spotted(
    records: readonly SourceRecord[],
    source: SourceInfo,
  ): Promise<readonly SourceRecord[]> {
    if (!records.some(({ mentionsIn }) => mentionsIn !== undefined)) return records;
    usedMentions = options.spot !== undefined;
    const result: SourceRecord[] = [];
    for (const record of records) result.push(await withMentions(record, source, options.spot));
    return result;
  }

  async function openImport(item: ImportItem & { kind: 'source' }): Promise<OpenImport> {
    const key = keyOfPart(item);
    const before = imports.get(key);
    if (before !== undefined) return before;
    const opened = await open(item, key, options, notices);
    imports.set(key, opened);
    return opened;
  }

  return {
    take,
    mustStartAgain: () =>
      [...imports.values()].some((one) => one.withdraws && (rejections.length > 0 || one.records === 0)),
    async finish() {
      const parts: BroughtPart[] = [];
      for (const one of imports.values()) {
        const { source, complete, scope, records } = one;
        const counts =
          one.session === undefined
            ? { ...noCounts, older: records }
            : toRecordCounts(await one.session.finish());
        if (one.session !== undefined) options.fed.set(one.key, source.version);
        parts.push({ source, complete, ...(scope === undefined ? {} : { scope }), records, counts });
      }
      return { bySource: bySourceOf(parts), rejections, notices, parts, usedMentions };
    },
    async abandon() {
      for (const one of imports.values()) await one.session?.abandon();
      const parts = [...imports.values()].map((one) => ({ ...one, counts: noCounts }));
      return { bySource: bySourceOf(parts), rejections, notices };
    },
  };
}

async function open(
  item: SourceItem,
  key: string,
  options: DocumentImportOptions,
  notices: Notice[],
): Promise<OpenImport> {
  const { source, complete, scope } = item;
  const part = { source, complete, ...(scope === undefined ? {} : { scope }), key, records: 0 };
  const decision = decideRelease(item, await options.store.sources(), options);
  if (decision.kind === 'older') {
    notices.push({ place: '', path: '', text: decision.text });
    return { ...part, withdraws: false, session: undefined };
  }
  const { version } = decision;
  // The release that the import writes, which for a part of one is the release that is stored.
  const written = version === undefined ? source : { ...source, version };
  const session = await options.store.beginImport(written, {
    now: options.now,
    complete: decision.complete,
    ...(scope === undefined ? {} : { scope }),
    ...(options.dryRun ? { dryRun: true } : {}),
    ...(options.document === undefined ? {} : { document: options.document }),
  });
  return { ...part, withdraws: decision.complete, session };
}

/** The parts of each source together. */
export function bySourceOf(
  parts: readonly (SourceItem & { readonly counts: RecordCounts })[],
): DocumentOutcome['bySource'] {
  const bySource = new Map<string, { source: SourceInfo; counts: RecordCounts }>();
  for (const { source, scope, counts } of parts) {
    const before = bySource.get(source.name)?.counts ?? noCounts;
    // The version of a part is none of the source.
    const { version, ...unversioned } = source;
    const shown = scope === undefined && version !== undefined ? { ...unversioned, version } : unversioned;
    bySource.set(source.name, { source: shown, counts: addCounts(before, counts) });
  }
  return bySource;
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
