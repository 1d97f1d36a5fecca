import { guessDelimiter, headerCells, readRows, type TableFormat, type TableRow } from '../csv-table.ts';
import type { Mapping } from './mapping.ts';

/** A table opened for reading: its header, and its rows from the first on, as often as asked for. */
export interface OpenTable {
  /** Undefined for a table without a header. */
  readonly header: readonly string[] | undefined;
  readonly rows: () => Iterable<TableRow>;
}

/** Excel's own line in front of a table: `sep=;`. */
const separatorLine = /^sep=(.)\s*$/i;

/** The first lines of a text, without a byte order mark. */
function firstLines(head: string, comment: string | undefined): readonly { text: string; line: number }[] {
  return head
    .split(/\r\n|\n|\r/)
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => text.trim() !== '' && (comment === undefined || !text.startsWith(comment)));
}

export function openTable(
  bytes: Uint8Array,
  { delimiter, quote, header = 1, comment }: Mapping['table'],
): OpenTable {
  const head = new TextDecoder('utf-8').decode(bytes.subarray(0, 65_536));
  const all = firstLines(head, comment);
  const separator = separatorLine.exec(all[0]?.text ?? '')?.[1];
  const skipLines = Math.max(header - 1, separator === undefined ? 0 : (all[0]?.line ?? 0));
  const first = all.find(({ line }) => line > skipLines);
  const format: TableFormat = {
    delimiter: delimiter ?? separator ?? guessDelimiter(first?.text ?? ''),
    quote: quote === 'none' ? null : (quote ?? '"'),
    skipLines,
    ...(comment === undefined ? {} : { comment }),
  };
  if (header === 0) return { header: undefined, rows: () => readRows(bytes, format) };
  const [row] = readRows(bytes, format);
  const cells = row?.kind === 'row' ? row.cells : [];
  return { header: cells, rows: () => withoutFirst(readRows(bytes, format)) };
}

function* withoutFirst(rows: Iterable<TableRow>): Iterable<TableRow> {
  let isFirst = true;
  for (const row of rows) {
    if (!isFirst) yield row;
    isFirst = false;
  }
}

/** The header at the beginning of a text, where the line behind it is parted alike; undefined for what is no table. */
export function headerAtTop(head: string): readonly string[] | undefined {
  const lines = firstLines(head.slice(0, 40_000), '#');
  const separator = separatorLine.exec(lines[0]?.text ?? '')?.[1];
  const [top, next] = separator === undefined ? lines : lines.slice(1);
  if (top === undefined || next === undefined || /^\s*[[{<]/.test(top.text)) return undefined;
  const delimiter = separator ?? guessDelimiter(top.text);
  return next.text.includes(delimiter) ? headerCells(top.text, delimiter) : undefined;
}
