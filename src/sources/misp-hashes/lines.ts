/** A line of a feed's `hashes.csv`, in either of its two forms. */
export type HashLine =
  /** MISP's own: the MD5 of a value, and the event that holds the value. Both lower case. */
  | { readonly kind: 'value'; readonly md5: string; readonly uuid: string }
  /** Of some feeds: a file of the feed with the hashes of its bytes. Hashes in lower case. */
  | { readonly kind: 'file'; readonly file: string; readonly md5: string; readonly sha1: string }
  /** Neither: its number in the document, from 1. */
  | { readonly kind: 'unknown'; readonly line: number };

const valueLine =
  /^"?([0-9a-f]{32})"?\s*,\s*"?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"?$/i;
const fileLine = /^"?([^",/\\]{1,200})"?\s*,\s*"?([0-9a-f]{32})"?\s*,\s*"?([0-9a-f]{40})"?$/i;
/** Longer lines are none of either form. */
const maxLineChars = 400;

/** Reads one line; undefined for an empty one. */
export function parseHashLine(text: string, line: number): HashLine | undefined {
  const trimmed = text.length > maxLineChars ? undefined : text.trim();
  if (trimmed === '') return undefined;
  const value = trimmed === undefined ? null : valueLine.exec(trimmed);
  if (value?.[1] !== undefined && value[2] !== undefined)
    return { kind: 'value', md5: value[1].toLowerCase(), uuid: value[2].toLowerCase() };
  const file = trimmed === undefined ? null : fileLine.exec(trimmed);
  if (file?.[1] !== undefined && file[2] !== undefined && file[3] !== undefined)
    return { kind: 'file', file: file[1], md5: file[2].toLowerCase(), sha1: file[3].toLowerCase() };
  return { kind: 'unknown', line };
}

/** The lines of a `hashes.csv`, one after another, so that a list of millions is never held twice. */
export function* readHashLines(bytes: Uint8Array): Generator<HashLine> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  for (let line = 1; start < text.length; line += 1) {
    const found = text.indexOf(0x0a, start);
    const end = found < 0 ? text.length : found;
    const read = parseHashLine(text.toString('latin1', start, Math.min(end, start + maxLineChars + 2)), line);
    if (read !== undefined) yield read;
    start = end + 1;
  }
}

/** The form of a `hashes.csv` by its first lines; undefined for a document that is neither. */
export function hashesForm(head: string): 'value' | 'file' | undefined {
  for (const [index, text] of head
    .slice(0, 4000)
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = parseHashLine(text, index + 1);
    if (line !== undefined) return line.kind === 'unknown' ? undefined : line.kind;
  }
  return undefined;
}
