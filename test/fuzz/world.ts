import { type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import { readDocument } from '../../src/ingest/read-document.ts';
import type { StoredRecord, StoredSource } from '../../src/store/types.ts';
import type { Log } from '../../src/support/log.ts';
import { bundledRecords } from '../data/bundled-records.ts';
import {
  type Canaries,
  clearEvent,
  commonBundle,
  createCanaries,
  levelEvent,
  markdownReport,
  producerBundle,
} from '../e2e/leak-fixtures.ts';
import { type SampleWorld, stored } from '../helpers/knowledge.ts';

export const fuzzNow = new Date('2026-11-22T12:00:00Z');

export interface FuzzKnowledge {
  readonly world: Required<Pick<SampleWorld, 'records' | 'sources'>>;
  /** Words of which each stands in what has one marking. */
  readonly canaries: Canaries;
}

/** Small knowledge with words of every marking; with `bundled` also all that comes with the product. */
export function fuzzKnowledge(bundled: boolean): FuzzKnowledge {
  const canaries = createCanaries();
  const documents: (object | string)[] = [commonBundle(canaries), clearEvent(canaries)];
  for (const [index, level] of tlpLevels.entries()) {
    documents.push(
      producerBundle(canaries, level, 900 + index),
      levelEvent(canaries, level, 810 + index),
      markdownReport(canaries, level),
    );
  }
  const base = bundled ? bundledRecords() : { records: [], sources: [] };
  const records: StoredRecord[] = [...base.records];
  const sources = new Map<string, StoredSource>(base.sources.map((source) => [source.name, source]));
  for (const [index, document] of documents.entries()) {
    readInto(typeof document === 'string' ? document : JSON.stringify(document), index, records, sources);
  }
  return { world: { records, sources: [...sources.values()] }, canaries };
}

function readInto(
  text: string,
  index: number,
  records: StoredRecord[],
  sources: Map<string, StoredSource>,
): void {
  let name = '';
  const job = { place: `document-${index}`, bytes: Buffer.from(text), maxBytes: 1_000_000 };
  for (const item of readDocument(job)) {
    if (item.kind === 'source') {
      const { version, ...info } = item.source;
      name = info.name;
      const about = { ...info, ...(version === undefined ? {} : { version }) };
      sources.set(name, { ...about, recordCount: 0, importedAt: fuzzNow.getTime() });
    }
    if (item.kind === 'record') records.push(stored(name, item.record));
  }
}

/** A log in which errors are something that went wrong, whatever was answered. */
export interface WatchedLog extends Log {
  /** The errors since the last call, one sentence each. */
  take(): readonly string[];
}

export function createWatchedLog(): WatchedLog {
  let errors: string[] = [];
  const ignore = (): void => {};
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (facts: object, message: string) => {
      errors.push(`logged: ${message} ${describeFacts(facts)}`);
    },
    take: () => {
      const taken = errors;
      errors = [];
      return taken;
    },
  };
}

function describeFacts(facts: object): string {
  return Object.entries(facts)
    .map(([key, value]) => `${key}: ${value instanceof Error ? value.stack : String(value)}`)
    .join('; ')
    .slice(0, 800);
}

/** Those among whom what is asked is tried: an open channel, and rooms of rising trust. */
export const ceilings: readonly Tlp[] = ['clear', 'green', 'amber', 'red'];
