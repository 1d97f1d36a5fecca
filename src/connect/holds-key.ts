import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { keyForms } from './redact-key.ts';

/** What a connector brought: the bytes, or a file with them. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly path?: string;
}

/** Shorter keys would be found by chance. */
const minKeyChars = 8;
/** More than an importer takes; what unpacks to more is refused there. */
const maxScannedBytes = 5 * 1024 ** 3;

/**
 * Tells whether a document holds the connection's own key, as it stands or as it goes over the wire: a server that echoes
 * what it was sent would else put the key into the store. Looks into gzip. False where the file cannot be read: whoever
 * reads it next says why.
 */
export function createKeySearch(
  key: string | undefined,
  user: string | undefined,
): (content: Content) => Promise<boolean> {
  if (key === undefined || key.length < minKeyChars) return async () => false;
  const needles = needlesOf(key, user);
  return async ({ bytes, path }) => {
    if (path !== undefined) return fileHolds(path, needles);
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (holds(raw, needles)) return true;
    return isGzip(raw) ? streamHolds(unpacked(Readable.from([raw])), needles) : false;
  };
}

function needlesOf(key: string, user: string | undefined): readonly Buffer[] {
  const inJson = JSON.stringify(key).slice(1, -1);
  const forms = new Set([...keyForms(key, user), inJson, inJson.replaceAll('/', String.raw`\/`)]);
  const wide = Buffer.from(key, 'utf16le');
  return [...[...forms].map((form) => Buffer.from(form, 'utf8')), wide, Buffer.from(wide).swap16()];
}

async function fileHolds(path: string, needles: readonly Buffer[]): Promise<boolean> {
  if (await streamHolds(createReadStream(path, { highWaterMark: 1024 * 1024 }), needles)) return true;
  const start = await firstBytes(path);
  return isGzip(start) ? streamHolds(unpacked(createReadStream(path)), needles) : false;
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { end: 1 })) if (Buffer.isBuffer(chunk)) return chunk;
  } catch {
    // Told by whoever reads the file.
  }
  return Buffer.alloc(0);
}

function unpacked(packed: Readable): Readable {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  // Errors come out of the last stream too.
  return pipeline(packed, gunzip, () => {});
}

/** Goes through the pieces, each with the end of what came before, so that no border hides a key. */
async function streamHolds(stream: Readable, needles: readonly Buffer[]): Promise<boolean> {
  const overlap = Math.max(...needles.map((needle) => needle.length)) - 1;
  let before: Buffer = Buffer.alloc(0);
  let total = 0;
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue;
      const piece = before.length === 0 ? chunk : Buffer.concat([before, chunk]);
      if (holds(piece, needles)) return true;
      before = Buffer.from(piece.subarray(Math.max(0, piece.length - overlap)));
      total += chunk.length;
      if (total > maxScannedBytes) return false;
    }
  } catch {
    // Told by whoever reads the document.
  }
  return false;
}

function holds(bytes: Buffer, needles: readonly Buffer[]): boolean {
  return needles.some((needle) => bytes.includes(needle));
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
