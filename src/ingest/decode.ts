import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { exceedsDepth } from '../sources/json/depth.ts';

/** A document ready for an importer, or the reason why it is none. */
export type Decoded =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly notice?: string }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly isBinary: boolean;
      /** True when nothing is wrong but the size once decompressed. */
      readonly isTooLarge?: true;
    };

/** Nothing that people publish is nested so; what is would only be there to do harm. */
const maxJsonDepth = 4096;

/** Decompresses (by content, not by name), decodes to UTF-8 without a byte order mark, and refuses what is no text. */
export function decode(raw: Uint8Array, maxBytes: number): Decoded {
  if (raw.length === 0) return refused('the file is empty');
  const unpacked = unpack(raw, maxBytes);
  if (!unpacked.ok) return unpacked;
  if (unpacked.bytes.length === 0) return refused('the file is empty once decompressed');
  const decoded = toUtf8(unpacked.bytes);
  if (!decoded.ok) return decoded;
  if (decoded.bytes.length === 0 || isBlank(decoded.bytes))
    return refused('the file is empty: it holds only blanks');
  const deep = startsLikeJson(decoded.bytes) ? exceedsDepth(decoded.bytes, maxJsonDepth) : undefined;
  return deep === undefined
    ? decoded
    : refused(
        `nested more than ${maxJsonDepth} levels deep at byte ${deep.at}: no document that is read looks so`,
      );
}

function refused(reason: string, isBinary = false): Decoded {
  return { ok: false, reason, isBinary };
}

function unpack(raw: Uint8Array, maxBytes: number): Decoded {
  if (raw[0] !== 0x1f || raw[1] !== 0x8b) return { ok: true, bytes: raw };
  try {
    return { ok: true, bytes: gunzipSync(raw, { maxOutputLength: maxBytes }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      const reason = `more than ${inMb(maxBytes)} once decompressed; split the file`;
      return { ok: false, reason, isBinary: false, isTooLarge: true };
    }
    return refused(
      code === 'Z_BUF_ERROR'
        ? 'a gzip file that is cut off: fetch it again'
        : 'a damaged gzip file: fetch it again',
    );
  }
}

export function inMb(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`;
}

function toUtf8(bytes: Uint8Array): Decoded {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return checked(bytes.subarray(3));
  const wide = wideTextAt(bytes);
  if (wide === 'utf-32') return refused('UTF-32 text: save it as UTF-8', true);
  return wide === undefined ? checked(bytes) : fromUtf16(wide, bytes.subarray(2));
}

/** Which encoding of two or four bytes a character the byte order mark announces. */
export function wideTextAt(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-32' | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'utf-32' : 'utf-16le';
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'utf-32';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function fromUtf16(encoding: 'utf-16le' | 'utf-16be', bytes: Uint8Array): Decoded {
  if (bytes.length % 2 !== 0) return refused('UTF-16 text that is cut off in mid-character');
  const text = new TextDecoder(encoding).decode(bytes);
  return checked(Buffer.from(text, 'utf8'));
}

/** What people hand over packed, by its first bytes. A gzip file is unpacked once before it comes here. */
const archives: readonly (readonly [Buffer, string])[] = [
  [Buffer.from([0x1f, 0x8b]), 'a gzip file inside a gzip file'],
  [Buffer.from('PK\u0003\u0004', 'latin1'), 'a zip archive'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'a zstd file'],
  [Buffer.from('BZh', 'latin1'), 'a bzip2 file'],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), 'an xz file'],
];

/** What kind of archive the bytes begin, for people; undefined for none. */
export function archiveAt(bytes: Buffer): string | undefined {
  return archives.find(([magic]) => bytes.subarray(0, magic.length).equals(magic))?.[1];
}

/** UTF-8 as it is; other text as Latin-1 (Windows-1252, as browsers read it) with a notice; binary refused. */
function checked(bytes: Uint8Array): Decoded {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const archive = archiveAt(text);
  if (archive !== undefined) return refused(`${archive}: unpack it first`, true);
  const nul = text.indexOf(0);
  if (nul >= 0) return refused(`binary: a NUL byte at byte ${nul}; expected text`, true);
  if (hasManyControls(text)) return refused('binary: many control characters; expected text', true);
  if (isUtf8(text)) return { ok: true, bytes };
  const declared = declaredDecoder(text);
  const decoded = (declared ?? new TextDecoder('windows-1252')).decode(bytes);
  return {
    ok: true,
    bytes: Buffer.from(decoded, 'utf8'),
    notice: `not UTF-8: read as ${declared?.encoding ?? 'Latin-1 (Windows-1252)'}`,
  };
}

/** The encoding that an XML document declares, where it is one that is known; browsers take Latin-1 for Windows-1252. */
function declaredDecoder(text: Buffer): TextDecoder | undefined {
  const head = text.subarray(0, 300).toString('latin1');
  const label = /^\s{0,20}<\?xml\s[^>]{0,200}?encoding\s{0,5}=\s{0,5}["']([\w.:-]{1,40})["']/i.exec(
    head,
  )?.[1];
  if (
    label === undefined ||
    /^(?:utf-?8|utf-?16(?:le|be)?|iso-?8859-?1|latin-?1|us-ascii|windows-1252)$/i.test(label)
  )
    return undefined;
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

/** True when the beginning of a text is none. */
export function hasManyControls(text: Buffer): boolean {
  const sample = text.subarray(0, 65_536);
  let controls = 0;
  for (const byte of sample) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) controls += 1;
  }
  return controls * 50 > sample.length;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.length < 65_536 && Buffer.from(bytes).toString('utf8').trim() === '';
}

export function startsLikeJson(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096))
    .toString('latin1')
    .trimStart();
  return start.startsWith('{') || start.startsWith('[');
}
