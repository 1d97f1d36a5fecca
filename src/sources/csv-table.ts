import { parse } from 'csv-parse/sync';
import { nameKey } from '../domain/name-key.ts';
import { createLineReader, type RawRow } from './csv-lines.ts';

/** How a table is written. */
export interface TableFormat {
  /** What parts the cells of a row: one to four characters. */
  readonly delimiter: string;
  /** What cells are quoted with; null where quotes are plain text. Doubled inside a cell. */
  readonly quote?: string | null;
  /** What a line that is no row begins with. */
  readonly comment?: string;
  /** How many lines at the top are no part of the table. */
  readonly skipLines?: number;
}

/** A row of a table with its cells trimmed, or a line that is none. Lines count from 1. */
export type TableRow =
  | { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: 'bad'; readonly line: number; readonly reason: string };

const maxBatchRows = 1000;
const maxBatchBytes = 256 * 1024;

/** Longer rows are no rows of a table, but the rest of a document behind a quote that was never closed. */
const maxRowBytes = 1024 * 1024;

/**
 * The rows of a delimited text (UTF-8), one after another: quoted cells may hold line breaks, blank lines and
 * comments are passed over, `\r\n`, `\n` and `\r` end lines. A quote that is never closed, or that swallows rows,
 * costs the line in which it stands; reading goes on behind that line. Memory is bounded by the longest row, time
 * is linear in the length.
 */
export function* readRows(bytes: Uint8Array, format: TableFormat): Generator<TableRow> {
  const lines = createLineReader(bytes, { ...quoteOf(format), maxRowBytes, ...skipping(format) });
  let width: number | undefined;
  let limit = maxBatchRows;
  for (;;) {
    const batch = lines.take(limit, maxBatchBytes);
    if (batch.length === 0) return;
    const whole = parseBatch(batch, format);
    let isWhole = true;
    for (const [index, raw] of batch.entries()) {
      const read = readRow(raw, whole?.[index], format, width, batch.length === 1);
      if (read.row.kind === 'row') width ??= read.row.cells.length;
      yield read.row;
      if (read.rewind) {
        lines.rewind(raw);
        isWhole = false;
        break;
      }
    }
    // Where a row was cut wrongly the next ones are taken singly at first: what is cut behind it is thrown away.
    limit = isWhole ? Math.min(maxBatchRows, limit * 2) : 1;
  }
}

function quoteOf({ quote = '"' }: TableFormat): { quote: string | null } {
  return { quote };
}

function skipping({ comment, skipLines }: TableFormat): { comment?: string; skipLines?: number } {
  return {
    ...(comment === undefined || comment === '' ? {} : { comment }),
    ...(skipLines === undefined ? {} : { skipLines }),
  };
}

/** All rows at once, which is the fast way; undefined where one of them is broken. */
function parseBatch(
  batch: readonly RawRow[],
  format: TableFormat,
): readonly (readonly string[])[] | undefined {
  const rows = parseText(Buffer.concat(batch.flatMap(({ bytes }) => [bytes, newline])), format);
  return rows?.length === batch.length ? rows : undefined;
}

const newline = Buffer.from('\n');

function readRow(
  raw: RawRow,
  cells: readonly string[] | undefined,
  format: TableFormat,
  width: number | undefined,
  isAlone: boolean,
): { readonly row: TableRow; readonly rewind: boolean } {
  if (raw.bytes.length > maxRowBytes) {
    const reason = `more than ${maxRowBytes} bytes: no row of a table is so long; a quote may not be closed`;
    return { row: { kind: 'bad', line: raw.line, reason }, rewind: raw.lineCount > 1 };
  }
  const found = cells ?? (isAlone ? undefined : single(raw.bytes, format));
  // A quote that was never closed may end at a quote of a later row: then the row has not the table's columns.
  const isPlausible = raw.lineCount === 1 || width === undefined || found?.length === width;
  if (found !== undefined && isPlausible && !raw.isOpen) {
    return { row: { kind: 'row', line: raw.line, cells: found.map(trim) }, rewind: false };
  }
  const rewind = raw.lineCount > 1;
  // A line in which no cell begins with a quote has its quotes as plain text: `5" disk`.
  const plain = raw.firstLine.toString('utf8').split(format.delimiter).map(trim);
  if (plain.every((cell) => !cell.startsWith(format.quote ?? '"'))) {
    return { row: { kind: 'row', line: raw.line, cells: plain }, rewind };
  }
  const reason =
    'a quote that is not closed, or stands where none may; quote the whole cell and double quotes in it';
  return { row: { kind: 'bad', line: raw.line, reason }, rewind };
}

function trim(cell: string): string {
  return cell.trim();
}

function single(bytes: Buffer, format: TableFormat): readonly string[] | undefined {
  const rows = parseText(bytes, format);
  return rows?.length === 1 ? rows[0] : undefined;
}

function parseText(
  bytes: Buffer,
  { delimiter, quote = '"' }: TableFormat,
): readonly (readonly string[])[] | undefined {
  try {
    return parse(bytes, {
      delimiter,
      quote: quote ?? false,
      ...(quote === null ? { escape: false } : { escape: quote }),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      ltrim: delimiter.trim() !== '',
      rtrim: delimiter.trim() !== '',
      max_record_size: 2 * maxRowBytes,
    });
  } catch {
    return undefined;
  }
}

/** What may part cells, likelier ones first. */
const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter of a table by its header: what stands in it most often outside quotes; a comma where none does. */
export function guessDelimiter(headerLine: string): string {
  const bare = headerLine.slice(0, 20_000).replace(/"[^"]*"/g, '');
  let best: { delimiter: string; count: number } = { delimiter: ',', count: 0 };
  for (const delimiter of delimiters) {
    const count = bare.split(delimiter).length - 1;
    if (count > best.count) best = { delimiter, count };
  }
  return best.delimiter;
}

/** The cells of a header line; undefined where it is none. */
export function headerCells(headerLine: string, delimiter: string): readonly string[] | undefined {
  const cells = single(Buffer.from(headerLine.slice(0, 20_000), 'utf8'), { delimiter });
  return cells?.map(trim);
}

/** A row by the names of its columns, as `nameKey` has them (`Date Added` and `dateAdded` are one). */
export type NamedRow =
  | { readonly kind: 'row'; readonly line: number; readonly values: ReadonlyMap<string, string> }
  | { readonly kind: 'bad'; readonly line: number; readonly reason: string };

/** The rows below a header. Of columns of one name the first counts; cells without a column make a row a bad one. */
export function* readNamedRows(bytes: Uint8Array, format: TableFormat): Generator<NamedRow> {
  let header: readonly string[] | undefined;
  for (const row of readRows(bytes, format)) {
    if (row.kind === 'bad') yield row;
    else if (header === undefined) header = row.cells.map(nameKey);
    else yield namedRow(row.line, row.cells, header);
  }
}

function namedRow(line: number, cells: readonly string[], header: readonly string[]): NamedRow {
  const extra = raggedReason(cells, header.length);
  if (extra !== undefined) return { kind: 'bad', line, reason: extra };
  const values = new Map<string, string>();
  for (const [index, name] of header.entries()) {
    const cell = cells[index];
    if (cell !== undefined && name !== '' && !values.has(name)) values.set(name, cell);
  }
  return { kind: 'row', line, values };
}

/** Why a row is no row of a table: more cells than columns, so that nobody knows what stands where. */
export function raggedReason(cells: readonly string[], columns: number): string | undefined {
  return cells.length > columns && cells.slice(columns).some((cell) => cell !== '')
    ? `${cells.length} cells in a table of ${columns} columns; quote cells that hold the delimiter`
    : undefined;
}
