import { open, rm } from 'node:fs/promises';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { assertNever } from './assert-never.ts';
import { FetchFault, refusal } from './http-fetch-fault.ts';

/** What is asked for: the encodings whose cost is bounded below. */
export const acceptedEncodings = 'gzip, br';

/** Below this size no ratio is suspicious: an empty list with a megabyte of blanks is only odd. */
const ratioFromBytes = 16 * 1024 * 1024;
/** Feeds and bundles shrink to a tenth, a table of one repeated line to a hundredth; a bomb to a thousandth. */
const maxRatio = 250;

/** Reads a body to its end, decoded, within `maxBytes`; into the file where one is given. */
export async function readBody(
  body: Readable,
  contentEncoding: string,
  limits: { readonly maxBytes: number; readonly toFile?: string },
): Promise<Uint8Array> {
  const pieces = decodedPieces(body, encodingOf(contentEncoding), limits.maxBytes);
  if (limits.toFile !== undefined) {
    await writePieces(pieces, limits.toFile);
    return new Uint8Array(0);
  }
  const chunks: Buffer[] = [];
  for await (const piece of pieces) chunks.push(piece);
  return Buffer.concat(chunks);
}

/** Ends a body that nobody reads on; that it was cut short is no error to anyone. */
export function discard(stream: Readable): void {
  stream.on('error', () => {});
  stream.destroy();
}

/** A new file that only its owner reads: what stood under that name is replaced, never written through a link. */
async function writePieces(pieces: AsyncIterable<Buffer>, path: string): Promise<void> {
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const piece of pieces) await file.writeFile(piece);
    await file.close();
  } catch (error) {
    await file.close().catch(() => {});
    await rm(path, { force: true });
    throw error;
  }
}

type Encoding = 'identity' | 'gzip' | 'br' | 'deflate';

/** IANA's list, without those that are read. */
const unreadEncodings: ReadonlySet<string> = new Set([
  'aes128gcm',
  'compress',
  'dcb',
  'dcz',
  'exi',
  'pack200-gzip',
  'x-compress',
  'zstd',
]);

function encodingOf(header: string): Encoding {
  const names = header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > 1) throw refusal('the answer is compressed several times over, which is not read');
  const name = names[0] ?? 'identity';
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return 'gzip';
    case 'br':
    case 'deflate':
    case 'identity':
      return name;
    default:
      // Only names that are known are told: what a server writes here may be anything.
      throw refusal(
        `the answer is encoded ${unreadEncodings.has(name) ? `as "${name}"` : 'in an unknown way'}, which is not read`,
      );
  }
}

/**
 * The decoded content. Sizes are of decoded bytes: a small compressed body may become a huge one. However it ends, the
 * body and the decoder are let go.
 */
async function* decodedPieces(
  body: Readable,
  encoding: Encoding,
  maxBytes: number,
): AsyncGenerator<Buffer, void> {
  const wire = { bytes: 0 };
  let size = 0;
  try {
    for await (const piece of decode(count(body, wire), encoding)) {
      size += piece.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      if (size > ratioFromBytes && size > wire.bytes * maxRatio)
        throw refusal(`the answer decompresses to more than ${maxRatio} times its size`);
      yield piece;
    }
  } finally {
    discard(body);
  }
}

async function* count(body: Readable, wire: { bytes: number }): AsyncGenerator<Buffer, void> {
  for await (const chunk of body) {
    const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    wire.bytes += piece.length;
    if (piece.length > 0) yield piece;
  }
}

async function* decode(pieces: AsyncGenerator<Buffer, void>, encoding: Encoding): AsyncGenerator<Buffer> {
  const first = await pieces.next();
  if (first.done === true) return;
  const all = replay(first.value, pieces);
  const decoder = decoderFor(encoding, first.value);
  if (decoder === undefined) {
    yield* all;
    return;
  }
  // Errors of either end come out of the decoder, which is read below.
  pipeline(all, decoder, () => {});
  try {
    for await (const piece of decoder) yield Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece));
  } finally {
    discard(decoder);
  }
}

async function* replay(first: Buffer, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

function decoderFor(encoding: Encoding, first: Buffer): Transform | undefined {
  switch (encoding) {
    case 'identity':
      return undefined;
    case 'gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    // With zlib's header by the standard, without it by some servers; the method, 8, is the low half of its first byte.
    case 'deflate':
      return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      return assertNever(encoding);
  }
}

function tooLarge(maxBytes: number): FetchFault {
  return new FetchFault(`the answer is larger than ${inMegabytes(maxBytes)}`, {
    isOutage: false,
    isTooLarge: true,
  });
}

function inMegabytes(bytes: number): string {
  const megabytes = bytes / 1_048_576;
  return megabytes >= 1 ? `${Math.round(megabytes)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}
