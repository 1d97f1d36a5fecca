import type { FileReport, IngestSummary, RecordCounts, SourceSummary } from './types.ts';

/** 0 all was taken; 1 something was rejected and the rest was kept; 3 an address could not be reached. */
export function exitCodeOf(summary: IngestSummary): 0 | 1 | 3 {
  if (summary.files.some(({ status }) => status === 'unreachable')) return 3;
  return summary.totals.rejected > 0 ? 1 : 0;
}

/** The summary for a terminal: a table by source, then what was rejected and skipped, by name and with reasons. */
export function renderIngestSummary(summary: IngestSummary): string {
  const blocks = [
    sourceTable(summary),
    list(
      'Rejected',
      summary.rejections.map(({ place, path, reason }) => line(place, path, reason)),
    ),
    list('Skipped', skippedLines(summary.files)),
    list(
      'Notices',
      summary.notices.map(({ place, path, text }) => line(place, path, text)),
    ),
    closing(summary),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

const columns = [
  'new',
  'changed',
  'unchanged',
  'withdrawn',
  'older',
  'rejected',
] as const satisfies readonly (keyof RecordCounts)[];

function sourceTable(summary: IngestSummary): string {
  if (summary.sources.length === 0) return '';
  const rows = [
    ['source', 'release', ...columns],
    ...summary.sources.map((source) => [source.name, source.version ?? '', ...numbers(source)]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function numbers(source: SourceSummary): readonly string[] {
  return columns.map((column) => String(source[column]));
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ''
    : [`${title} (${lines.length}):`, ...lines.map((text) => `  ${text}`)].join('\n');
}

function line(place: string, path: string, text: string): string {
  return visible(path === '' ? `${place}: ${text}` : `${place}: ${path}: ${text}`);
}

/** Skipped files by reason: a folder may hold dozens of one kind. */
function skippedLines(files: readonly FileReport[]): readonly string[] {
  return files
    .filter(({ status }) => status === 'skipped')
    .map(({ place, reason }) => line(place, '', shortReason(reason ?? 'no reason given')));
}

/** The list of kinds is said once, in the help: not for each file. */
function shortReason(reason: string): string {
  return reason.replace(/; what is read: .*$/s, '');
}

function closing({ totals, files, dryRun, elapsedMs }: IngestSummary): string {
  const imported = files.filter(({ status }) => status === 'imported').length;
  const records = totals.new + totals.changed + totals.unchanged + totals.older;
  const said = columns.filter((column) => totals[column] > 0).map((column) => `${totals[column]} ${column}`);
  const begin = dryRun ? 'Dry run, nothing was changed: ' : '';
  const counts = said.length === 0 ? 'no records' : `${records} records (${said.join(', ')})`;
  return `${begin}${imported} of ${files.length} files, ${counts}, in ${(elapsedMs / 1000).toFixed(1)} s`;
}

/** Names and reasons may quote what strangers wrote: control characters are shown, not sent to the terminal. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
