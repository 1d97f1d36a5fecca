import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { companionReason } from '../sources/companions.ts';
import { parseJson } from '../sources/json/parse-json.ts';
import { splitArray } from '../sources/json/split-array.ts';
import { detectImporter, importerOf, importers } from '../sources/registry.ts';
import type { ImportItem, SourceDocument } from '../sources/types.ts';
import { decode, inMb, startsLikeJson } from './decode.ts';
import type { ReadEnd, ReadJob } from './messages.ts';

const headBytes = 64 * 1024;
const hopelessRejections = 10_000;
/** Larger texts are checked without building them. */
const maxParsedBytes = 8 * 1024 * 1024;

/** A document being read: its items, and after the last of them how it ended. */
export type DocumentReading = Generator<ImportItem, ReadEnd>;

/** Reads one document from disk or memory: decompresses, decodes, finds the importer, yields its items. */
export function* readDocument(job: ReadJob): DocumentReading {
  const loaded = load(job);
  if (typeof loaded === 'string') return { status: 'unreadable', reason: loaded, isBinary: false };
  const decoded = decode(loaded.raw, job.maxBytes);
  if (!decoded.ok) return { status: 'unreadable', reason: decoded.reason, isBinary: decoded.isBinary };
  const head = headOf(decoded.bytes);
  const companion = job.kind === undefined ? companionReason(head) : undefined;
  if (companion !== undefined && job.found === true) return { status: 'unknown', reason: companion };
  const importer = job.kind === undefined ? detectImporter(head, job.place) : importerOf(job.kind);
  if (importer === undefined) {
    return companion === undefined ? unknownFormat(decoded.bytes) : { status: 'unknown', reason: companion };
  }
  if (decoded.notice !== undefined) {
    yield { kind: 'notice', notice: { place: job.place, path: '', text: decoded.notice } };
  }
  const document: SourceDocument = {
    place: job.place,
    bytes: decoded.bytes,
    ...(loaded.modified === undefined ? {} : { modified: loaded.modified }),
  };
  const items = importer.read(document, {
    ...(job.sourceName === undefined ? {} : { sourceName: job.sourceName }),
    ...(job.marking === undefined ? {} : { defaultMarking: job.marking }),
    ...(job.mapping === undefined ? {} : { mapping: job.mapping }),
  });
  return yield* untilHopeless(items, importer.kind);
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

function load(job: ReadJob): { raw: Uint8Array; modified?: string } | string {
  if (job.bytes !== undefined) return { raw: job.bytes };
  if (job.path === undefined) return 'nothing to read';
  let file: number | undefined;
  try {
    file = openSync(job.path, 'r');
    const { size, mtime } = fstatSync(file);
    if (size > job.maxBytes) return `${inMb(size)}: at most ${inMb(job.maxBytes)} are read; split the file`;
    return { raw: readFileSync(file), modified: mtime.toISOString() };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return code === 'EACCES' || code === 'EPERM' ? 'no permission to read it' : `cannot be read (${code})`;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function headOf(bytes: Uint8Array): string {
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
