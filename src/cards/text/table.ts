import type { Paint } from './paint.ts';
import { columnsOf, wrapWords } from './width.ts';

const gap = 2;
const indent = '  ';
const minColumn = 6;

/**
 * A table in aligned columns, its cells wrapped; where the columns would be too narrow to read, a line for each
 * cell under its column's name.
 */
export function tableLines(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paint,
): readonly string[] {
  if (rows.length === 0) return [];
  const widths = columnWidths(columns, rows, width - indent.length);
  if (widths === undefined) return stackedLines(columns, rows, width, paint);
  const header = rowLines(columns, widths).map((line) => paint(line, 'dim'));
  return [...header, ...rows.flatMap((row) => rowLines(row, widths))];
}

/** Each column as wide as its widest cell, the widest narrowed until all fit; undefined when they cannot. */
function columnWidths(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  room: number,
): readonly number[] | undefined {
  const available = room - gap * (columns.length - 1);
  if (available < minColumn * columns.length) return undefined;
  const natural = columns.map((name, index) =>
    Math.min(available, Math.max(columnsOf(name), ...rows.map((row) => columnsOf(row[index] ?? '')))),
  );
  const widths = [...natural];
  for (let excess = sum(widths) - available; excess > 0; excess -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}

function rowLines(cells: readonly string[], widths: readonly number[]): readonly string[] {
  const wrapped = widths.map((width, index) => wrapWords(cells[index] ?? '', width));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, lineIndex) => {
    const parts = wrapped.map((lines, column) => pad(lines[lineIndex] ?? '', widths[column] ?? 0));
    return (indent + parts.join(' '.repeat(gap))).trimEnd();
  });
}

function stackedLines(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paint,
): readonly string[] {
  return rows.flatMap((row) =>
    row.flatMap((cell, index) => {
      const lead = index === 0 ? '  - ' : '    ';
      const lines = wrapWords(`${columns[index] ?? ''}: ${cell}`, Math.max(8, width - lead.length));
      return lines.map((line, lineIndex) => (lineIndex === 0 ? lead + line : paint(`    ${line}`, 'dim')));
    }),
  );
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
