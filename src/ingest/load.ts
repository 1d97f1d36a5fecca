import { closeSync, fstatSync, openSync, readFileSync, readSync, type Stats } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { checkText } from './check-text.ts';
import { type Decoded, decode, inMb, wideTextAt } from './decode.ts';
import type { ReadJob } from './messages.ts';
import { spoolGzip } from './spool.ts';

export const headBytes = 64 * 1024;
const pieceBytes = 1024 * 1024;
/** Enough of a gzip file for its head, and too little for one that unpacks into a thousand times as much to do harm. */
const packedHeadBytes = 16 * 1024;
/** A packed text is taken for so many times as large when it is asked whether it is too large to be held. */
const usualPacking = 16;

/** A document that can be read, before it was: a file that is open, or bytes at hand. */
export interface OpenDocument {
  readonly modified?: string;
  /** True when it is, or may be, too large to be held without need. */
  readonly isLarge: boolean;
  /** The beginning of the text, decompressed, for finding out what it is; empty where it cannot be read. */
  head(): Uint8Array;
  /** The whole document, held. */
  whole(): Decoded;
  /** The document in pieces, for an importer that streams. */
  stream(onProgress: () => void): Promise<StreamedDocument | Refused | 'not-utf8'>;
  close(): void;
}

export interface Refused {
  readonly reason: string;
  /** True for what the machine is short of, which is nothing of the document's own. */
  readonly isPassing: boolean;
  readonly isBinary: boolean;
}

export interface StreamedDocument {
  readonly open: () => Iterable<Uint8Array>;
  readonly slice: (start: number, end: number) => Uint8Array;
}

/** Opens what a job names; gives back why it cannot be read. Close what was opened. */
export function openDocument(job: ReadJob): OpenDocument | Refused {
  if (job.bytes !== undefined) return heldDocument(job.bytes, job);
  if (job.path === undefined) return passing('nothing to read');
  try {
    const file = openSync(job.path, 'r');
    return fileDocument(file, fstatSync(file), job.path, job);
  } catch (error) {
    return unreadableFile(error);
  }
}

function heldDocument(bytes: Uint8Array, job: ReadJob): OpenDocument {
  return {
    isLarge: false,
    head: () => headOf(bytes.subarray(0, headBytes + 3)),
    whole: () => decode(bytes, job.maxBytes),
    stream: async () => 'not-utf8',
    close: () => {},
  };
}

function fileDocument(file: number, { size, mtime }: Stats, path: string, job: ReadJob): OpenDocument {
  const open = new Set([file]);
  const isGzip = isGzipped(readPart(file, 0, 2));
  return {
    modified: job.modified ?? mtime.toISOString(),
    isLarge: size * (isGzip ? usualPacking : 1) > (job.streamed?.aboveBytes ?? Infinity),
    head: () => headOf(readPart(file, 0, headBytes + 3)),
    whole: () =>
      size > job.maxBytes ? tooLarge(size, job.maxBytes) : decode(readFileSync(path), job.maxBytes),
    stream: async (onProgress) => {
      if (!isGzip) return streamed(file, size, job, onProgress);
      const spooled = await spoolGzip(path, job.streamed?.maxBytes ?? 0, onProgress);
      if (!spooled.ok) return { reason: spooled.reason, isPassing: spooled.isPassing, isBinary: false };
      open.add(spooled.file);
      return streamed(spooled.file, spooled.bytes, job, onProgress);
    },
    close: () => {
      for (const one of open) closeSync(one);
      open.clear();
    },
  };
}

function streamed(
  file: number,
  size: number,
  job: ReadJob,
  onProgress: () => void,
): StreamedDocument | Refused | 'not-utf8' {
  const refuse = (reason: string, isBinary = false): Refused => ({ reason, isPassing: false, isBinary });
  const maxBytes = job.streamed?.maxBytes ?? 0;
  if (size > maxBytes) return refuse(`${inMb(size)}: at most ${inMb(maxBytes)} are read; split the file`);
  const check = checkText(piecesOf(file, 0, size, onProgress));
  if (check.kind === 'binary') return refuse(check.reason, true);
  if (check.kind === 'other') {
    return size <= job.maxBytes
      ? 'not-utf8'
      : refuse(
          `not UTF-8, and too large to be converted here: convert it ("iconv -f ISO-8859-1 -t UTF-8", or "-f UTF-16") and import the result`,
        );
  }
  const { skip } = check;
  return {
    open: () => piecesOf(file, skip, size, onProgress),
    slice: (start: number, end: number) => readPart(file, start + skip, end - start),
  };
}

function* piecesOf(file: number, from: number, size: number, onProgress: () => void): Generator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(pieceBytes, Math.max(size, 1)));
  for (let at = from; at < size; ) {
    const count = readSync(file, buffer, 0, Math.min(buffer.length, size - at), at);
    if (count === 0) return;
    at += count;
    onProgress();
    yield buffer.subarray(0, count);
  }
}

function readPart(file: number, start: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const count = readSync(file, buffer, done, length - done, start + done);
    if (count === 0) break;
    done += count;
  }
  return buffer.subarray(0, done);
}

function isGzipped(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/** The first 64 KB of the text that these bytes begin, without a byte order mark. */
function headOf(raw: Uint8Array): Uint8Array {
  let text = raw;
  if (isGzipped(raw)) {
    try {
      text = gunzipSync(raw.subarray(0, packedHeadBytes), { finishFlush: constants.Z_SYNC_FLUSH });
    } catch {
      return new Uint8Array(0);
    }
  }
  const wide = wideTextAt(text);
  if (wide === 'utf-16le' || wide === 'utf-16be') {
    return Buffer.from(new TextDecoder(wide).decode(text.subarray(2, headBytes)));
  }
  const skip = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? 3 : 0;
  return text.subarray(skip, skip + headBytes);
}

function tooLarge(size: number, maxBytes: number): Decoded {
  const reason = `${inMb(size)}: at most ${inMb(maxBytes)} are read, except of STIX bundles; split the file`;
  return { ok: false, reason, isBinary: false };
}

function unreadableFile(error: unknown): Refused {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const isClosed = code === 'EACCES' || code === 'EPERM';
  return passing(isClosed ? 'no permission to read it' : `cannot be read (${code})`);
}

function passing(reason: string): Refused {
  return { reason, isPassing: true, isBinary: false };
}
