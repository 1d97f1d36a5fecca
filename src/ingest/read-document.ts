import { companionReason } from '../sources/companions.ts';
import { parseJson } from '../sources/json/parse-json.ts';
import { splitArray } from '../sources/json/split-array.ts';
import { detectImporter, importerOf, importers } from '../sources/registry.ts';
import type { Importer, ImportItem, SourceDocument } from '../sources/types.ts';
import { type Decoded, startsLikeJson } from './decode.ts';
import { headBytes, type OpenDocument, openDocument, type Refused } from './load.ts';
import type { ReadEnd, ReadJob } from './messages.ts';

const hopelessRejections = 10_000;
/** Larger texts are checked without building them. */
const maxParsedBytes = 8 * 1024 * 1024;

/** A document being read: its items, and after the last of them how it ended. */
export type DocumentReading = Generator<ImportItem, ReadEnd>;

export interface Reading {
  readonly items: DocumentReading;
  /** To be called at the end, whatever it was. */
  close(): void;
}

/** Reads one document that is small enough to be held, from disk or memory. */
export function* readDocument(job: ReadJob): DocumentReading {
  const document = openDocument(job);
  if ('reason' in document) return unreadable(document);
  try {
    return yield* wholeItems(document.whole(), document, job);
  } finally {
    document.close();
  }
}

/**
 * Opens one document on disk or in memory: decompresses, decodes, finds the importer. A large one goes in pieces to
 * an importer that streams; others hold it. `onProgress` is called while nothing else shows that work goes on.
 */
export async function openReading(job: ReadJob, onProgress: () => void): Promise<Reading> {
  const document = openDocument(job);
  if ('reason' in document) return { items: ended(unreadable(document)), close: () => {} };
  try {
    return { items: await itemsOf(document, job, onProgress), close: () => document.close() };
  } catch (error) {
    document.close();
    throw error;
  }
}

async function itemsOf(
  document: OpenDocument,
  job: ReadJob,
  onProgress: () => void,
): Promise<DocumentReading> {
  if (!document.isLarge) {
    const decoded = document.whole();
    // What a packed document unpacks to is seen only now.
    if (decoded.ok || decoded.isTooLarge !== true) return wholeItems(decoded, document, job);
  }
  const chosen = choose(textOf(document.head()), job);
  if (chosen.kind === 'importer' && chosen.importer.streams === true) {
    const streamed = await document.stream(onProgress);
    if (streamed !== 'not-utf8') {
      if ('reason' in streamed) return ended(unreadable(streamed));
      const { modified } = document;
      const base = { place: job.place, bytes: new Uint8Array(0), ...streamed };
      return read(chosen.importer, { ...base, ...(modified === undefined ? {} : { modified }) }, job);
    }
  }
  return wholeItems(document.whole(), document, job);
}

function isDeferred({ mentions }: Importer, job: ReadJob): boolean {
  return mentions === true && job.defersMentions === true;
}

function* wholeItems(decoded: Decoded, { modified }: OpenDocument, job: ReadJob): DocumentReading {
  if (!decoded.ok) return { status: 'unreadable', reason: decoded.reason, isBinary: decoded.isBinary };
  const { bytes, notice } = decoded;
  const chosen = choose(textOf(bytes), job);
  if (chosen.kind === 'companion') return { status: 'unknown', reason: chosen.reason };
  if (chosen.kind === 'unknown') return unknownFormat(bytes);
  if (isDeferred(chosen.importer, job)) return { status: 'deferred' };
  if (notice !== undefined) yield { kind: 'notice', notice: { place: job.place, path: '', text: notice } };
  const document = { place: job.place, bytes, ...(modified === undefined ? {} : { modified }) };
  return yield* read(chosen.importer, document, job);
}

function read(importer: Importer, document: SourceDocument, job: ReadJob): DocumentReading {
  const items = importer.read(document, {
    ...(job.sourceName === undefined ? {} : { sourceName: job.sourceName }),
    ...(job.marking === undefined ? {} : { defaultMarking: job.marking }),
    ...(job.mapping === undefined ? {} : { mapping: job.mapping }),
  });
  return untilHopeless(items, importer.kind);
}

type Chosen =
  | { readonly kind: 'importer'; readonly importer: Importer }
  /** It only stands beside data. */
  | { readonly kind: 'companion'; readonly reason: string }
  | { readonly kind: 'unknown' };

/** Who reads a document that begins so. */
function choose(head: string, job: ReadJob): Chosen {
  const reason = job.kind === undefined ? companionReason(head) : undefined;
  if (reason !== undefined && job.found === true) return { kind: 'companion', reason };
  const importer = job.kind === undefined ? detected(head, job) : importerOf(job.kind);
  if (importer !== undefined) return { kind: 'importer', importer };
  return reason === undefined ? { kind: 'unknown' } : { kind: 'companion', reason };
}

/** A table that nothing knows by its content is read as its mapping says. */
function detected(head: string, job: ReadJob): Importer | undefined {
  const isTable = job.mapping !== undefined && !/^\s*[[{<]/.test(head.slice(0, 1000));
  return detectImporter(head, job.place) ?? (isTable ? importerOf('csv') : undefined);
}

// oxlint-disable-next-line require-yield -- a reading that gave nothing
function* ended(end: ReadEnd): DocumentReading {
  return end;
}

function unreadable({ reason, isBinary, isPassing }: Refused): ReadEnd {
  return { status: 'unreadable', reason, isBinary, ...(isPassing ? { isPassing } : {}) };
}

/** Hands the items on; gives up on a document that is mostly rejected, which only fills the report. */
function* untilHopeless(items: Iterable<ImportItem>, kind: string): DocumentReading {
  let records = 0;
  let rejections = 0;
  for (const item of items) {
    if (item.kind === 'record') records += 1;
    if (item.kind === 'rejection') rejections += 1;
    if (rejections > hopelessRejections && rejections > records) {
      const reason = `${rejections} of its first ${rejections + records} records are not as ${kind} has them: reading was given up`;
      return { status: 'unreadable', reason, isBinary: false };
    }
    yield item;
  }
  return { status: 'read', kind };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes)).toString('utf8');
}

/** Why nothing reads it: JSON that is broken is told from JSON that is something else. */
function unknownFormat(bytes: Uint8Array): ReadEnd {
  if (startsLikeJson(bytes) && !isJson(bytes)) {
    const reason = 'begins like JSON but is none, or is cut off: fetch or export it again';
    return { status: 'unreadable', reason, isBinary: false };
  }
  const kinds = importers.map(({ kind, title }) => `${kind} (${title})`).join(', ');
  return { status: 'unknown', reason: `no importer reads this; what is read: ${kinds}` };
}

function isJson(bytes: Uint8Array): boolean {
  if (bytes.length > maxParsedBytes) return hasJsonShape(bytes);
  return parseJson(bytes, Number.POSITIVE_INFINITY).ok;
}

/** A large object whose members are whole. A large list is taken at its word: nothing is read of it anyway. */
function hasJsonShape(bytes: Uint8Array): boolean {
  for (const item of splitArray(bytes, '')) {
    if (item.kind === 'broken')
      return Buffer.from(bytes.subarray(0, 100)).toString('latin1').trimStart().startsWith('[');
  }
  return true;
}
