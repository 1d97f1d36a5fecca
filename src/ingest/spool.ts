import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { inMb } from './decode.ts';

/** A file of ours that only this process sees, or why it could not be made. */
export type Spooled =
  | { readonly ok: true; readonly file: number; readonly bytes: number }
  /** `isPassing`: it is the machine that is short of something, not the document. */
  | { readonly ok: false; readonly reason: string; readonly isPassing: boolean };

/**
 * Unpacks a gzip file, all its members, into a temporary file without a name, so that it can be read by position. The
 * caller closes it, and with that it is gone; a process that dies leaves nothing behind.
 */
export async function spoolGzip(path: string, maxBytes: number, onProgress: () => void): Promise<Spooled> {
  let file: number | undefined;
  let bytes = 0;
  const fail = (reason: string, isPassing = false): Spooled => {
    if (file !== undefined) closeSync(file);
    return { ok: false, reason, isPassing };
  };
  try {
    file = openNameless();
    const unpacked = createReadStream(path).pipe(createGunzip({ chunkSize: 256 * 1024 }));
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > maxBytes) return fail(`more than ${inMb(maxBytes)} once decompressed; split the file`);
      writeAll(file, piece);
      onProgress();
    }
    return { ok: true, file, bytes };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'Z_BUF_ERROR') return fail('a gzip file that is cut off: fetch it again');
    if (code.startsWith('Z_')) return fail('a damaged gzip file: fetch it again');
    return fail(
      `cannot be unpacked in ${tmpdir()} (${code}): make room there, or set TMPDIR to a folder with room`,
      true,
    );
  }
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'threatbrief-'));
  try {
    return openSync(join(folder, 'unpacked'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeAll(file: number, piece: Buffer): void {
  for (let written = 0; written < piece.length; ) {
    written += writeSync(file, piece, written, piece.length - written);
  }
}
