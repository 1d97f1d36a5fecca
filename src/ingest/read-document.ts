import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { detectImporter, importerOf, importers } from '../sources/registry.ts';
import type { Importer, ImportItem, SourceDocument } from '../sources/types.ts';
import { decode, inMb, startsLikeJson } from './decode.ts';
import type { ReadEnd, ReadJob } from './messages.ts';

const headBytes = 64 * 1024;

/** A document being read: its items, and after the last of them how it ended. */
export type DocumentReading = Generator<ImportItem, ReadEnd>;

/** Reads one document from disk or memory: decompresses, decodes, finds the importer, yields its items. */
export function* readDocument(job: ReadJob): DocumentReading {
  const loaded = load(job);
  if (typeof loaded === 'string') return { status: 'unreadable', reason: loaded, isBinary: false };
  const decoded = decode(loaded.raw, job.maxBytes);
  if (!decoded.ok) return { status: 'unreadable', reason: decoded.reason, isBinary: decoded.isBinary };
  const importer = importerFor(job, decoded.bytes);
  if (importer === undefined) return unknownFormat(decoded.bytes);
  if (decoded.notice !== undefined) {
    yield { kind: 'notice', notice: { place: job.place, path: '', text: decoded.notice } };
  }
  const document: SourceDocument = {
    place: job.place,
    bytes: decoded.bytes,
    ...(loaded.modified === undefined ? {} : { modified: loaded.modified }),
  };
  yield* importer.read(document, {
    ...(job.sourceName === undefined ? {} : { sourceName: job.sourceName }),
    ...(job.marking === undefined ? {} : { defaultMarking: job.marking }),
  });
  return { status: 'read', kind: importer.kind };
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

function importerFor(job: ReadJob, bytes: Uint8Array): Importer | undefined {
  if (job.kind !== undefined) return importerOf(job.kind);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes)).toString(
    'utf8',
  );
  return detectImporter(head, job.place);
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
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
