/** The bytes of one row as far as quotes tell: a line, or several where a quoted cell holds line breaks. */
export interface RawRow {
  /** The number of its first line, from 1. */
  readonly line: number;
  readonly lineCount: number;
  readonly bytes: Buffer;
  readonly firstLine: Buffer;
  /** True where the text, or the limit of a row, ended before a quote was closed. */
  readonly isOpen: boolean;
  /** Where the line behind its first begins. */
  readonly second: number;
}

export interface LineReader {
  /** The next rows, at most as many and about as many bytes; empty at the end of the text. */
  take(maxRows: number, maxBytes: number): readonly RawRow[];
  /** Goes on behind the first line of a row that was no row. */
  rewind(row: RawRow): void;
}

export interface LineOptions {
  readonly quote: string | null;
  readonly maxRowBytes: number;
  readonly comment?: string;
  readonly skipLines?: number;
}

const lf = 0x0a;
const cr = 0x0d;

/**
 * Cuts a text into rows: a row goes on over the line's end as long as the number of quotes in it is odd. That is
 * all that is looked at, so that cutting anew behind a broken line costs no more than the lines to the next odd one.
 */
export function createLineReader(bytes: Uint8Array, options: LineOptions): LineReader {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const newline = text.subarray(0, 65_536).includes(lf) ? lf : text.includes(cr) ? cr : lf;
  const quote = options.quote === null ? undefined : Buffer.from(options.quote, 'utf8')[0];
  const comment = options.comment === undefined ? undefined : Buffer.from(options.comment, 'utf8');
  let at = 0;
  let line = 1;
  /** The first quote at or behind what was looked at last, so that a text without quotes is searched once. */
  let nextQuote = -1;
  const isOdd = (start: number, end: number): boolean => {
    if (quote === undefined) return false;
    if (nextQuote < start) nextQuote = quoteFrom(start);
    let odd = false;
    while (nextQuote < end) {
      odd = !odd;
      nextQuote = quoteFrom(nextQuote + 1);
    }
    return odd;
  };
  const quoteFrom = (start: number): number => {
    const found = quote === undefined ? -1 : text.indexOf(quote, start);
    return found < 0 ? text.length : found;
  };

  const lineEnd = (from: number): number => {
    const found = text.indexOf(newline, from);
    return found < 0 ? text.length : found;
  };
  const isPassedOver = (start: number, end: number): boolean => {
    if (comment !== undefined && text.subarray(start, start + comment.length).equals(comment)) return true;
    for (let index = start; index < end; index += 1) {
      const byte = text[index];
      if (byte !== 0x20 && byte !== 0x09 && byte !== cr) return false;
    }
    return true;
  };
  const next = (): RawRow | undefined => {
    while (at < text.length) {
      const start = at;
      const firstEnd = lineEnd(start);
      if (line <= (options.skipLines ?? 0) || isPassedOver(start, firstEnd)) {
        at = firstEnd + 1;
        line += 1;
        continue;
      }
      return rowAt(start, firstEnd);
    }
    return undefined;
  };
  const rowAt = (start: number, firstEnd: number): RawRow => {
    let end = firstEnd;
    let lineCount = 1;
    let isOpen = isOdd(start, end);
    while (isOpen && end < text.length && end - start <= options.maxRowBytes) {
      const from = end + 1;
      end = lineEnd(from);
      lineCount += 1;
      if (isOdd(from, end)) isOpen = false;
    }
    const row: RawRow = {
      line,
      lineCount,
      bytes: withoutCr(text.subarray(start, Math.min(end, start + 2 * options.maxRowBytes))),
      firstLine: withoutCr(text.subarray(start, Math.min(firstEnd, start + 2 * options.maxRowBytes))),
      isOpen,
      second: firstEnd + 1,
    };
    at = end + 1;
    line += lineCount;
    return row;
  };

  return {
    take(maxRows, maxBytes) {
      const rows: RawRow[] = [];
      let size = 0;
      while (rows.length < maxRows && size < maxBytes) {
        const row = next();
        if (row === undefined) break;
        rows.push(row);
        size += row.bytes.length;
      }
      return rows;
    },
    rewind(row) {
      at = row.second;
      line = row.line + 1;
      nextQuote = -1;
    },
  };
}

function withoutCr(bytes: Buffer): Buffer {
  return bytes.at(-1) === cr ? bytes.subarray(0, -1) : bytes;
}
