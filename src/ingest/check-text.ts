import { isUtf8 } from 'node:buffer';
import { archiveAt, hasManyControls, wideTextAt } from './decode.ts';

/** What a long text is, seen a piece at a time. */
export type TextCheck =
  /** UTF-8; the content begins behind `skip` bytes of byte order mark. */
  | { readonly kind: 'utf8'; readonly skip: number }
  /** Text in another encoding. */
  | { readonly kind: 'other' }
  | { readonly kind: 'binary'; readonly reason: string };

/** Reads a text through once: the same rules as `decode` has for a text that is held. */
export function checkText(pieces: Iterable<Uint8Array>): TextCheck {
  let skip = 0;
  let position = 0;
  let cut: Buffer = Buffer.alloc(0);
  let isWide = false;
  for (const piece of pieces) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (position === 0) {
      const archive = archiveAt(bytes);
      if (archive !== undefined) return { kind: 'binary', reason: `${archive}: unpack it first` };
      isWide = wideTextAt(bytes) !== undefined;
      if (isWide) return { kind: 'other' };
      if (hasManyControls(bytes))
        return { kind: 'binary', reason: 'binary: many control characters; expected text' };
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) skip = 3;
    }
    const nul = bytes.indexOf(0);
    if (nul >= 0) {
      return {
        kind: 'binary',
        reason: `binary: a NUL byte at byte ${position + nul - skip}; expected text`,
      };
    }
    const text = cut.length === 0 ? bytes : Buffer.concat([cut, bytes]);
    const whole = text.subarray(0, endOfWhole(text));
    if (!isUtf8(whole)) return { kind: 'other' };
    cut = Buffer.from(text.subarray(whole.length));
    position += bytes.length;
  }
  return cut.length === 0 ? { kind: 'utf8', skip } : { kind: 'other' };
}

/** Before a character that the end of the piece may have cut through. */
function endOfWhole(text: Buffer): number {
  for (let back = 1; back <= Math.min(3, text.length); back += 1) {
    const byte = text[text.length - back] ?? 0;
    if (byte < 0x80) return text.length;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? text.length - back : text.length;
    }
  }
  return text.length;
}
