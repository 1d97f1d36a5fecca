import type { FileReport, IngestSummary, RecordCounts, SourceSummary } from './types.ts';

/** 0 all was taken; 1 something was rejected and the rest was kept; 3 an address could not be reached. */
export function exitCodeOf(summary: IngestSummary): 0 | 1 | 3 {
  if (summary.files.some(({ status }) => status === 'unreachable')) return 3;
  return summary.totals.rejected > 0 ? 1 : 0;
}

/**
 * The summary for a terminal: a table by source; then what asks for least attention first, so that rejections stand
 * at the end, above the totals. Every rejected record and every skipped file is named with its reason.
 */
export function renderIngestSummary(summary: IngestSummary): string {
  const blocks = [
    sourceTable(summary),
    list(
      'Notices',
      summary.notices.map(({ place, path, text }) => line(place, path, text)),
    ),
    ...skippedBlocks(summary.files),
    list(
      'Rejected',
      summary.rejections.map(({ place, path, reason }) => line(place, path, reason)),
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

/** One block for each reason, one line in it for each folder: a folder may hold dozens of one kind. */
function skippedBlocks(files: readonly FileReport[]): readonly string[] {
  const byReason = new Map<string, Map<string, string[]>>();
  for (const { place, status, reason = 'no reason given' } of files) {
    if (status !== 'skipped') continue;
    const folders = byReason.get(reason) ?? new Map<string, string[]>();
    byReason.set(reason, folders);
    const cut = Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1;
    const folder = place.slice(0, cut);
    folders.set(folder, [...(folders.get(folder) ?? []), place.slice(cut)]);
  }
  return [...byReason].map(([reason, folders]) => {
    const lines = [...folders].map(([folder, names]) =>
      visible(
        names.length === 1 ? `${folder}${names[0]}` : `${folder} (${names.length}): ${names.join(', ')}`,
      ),
    );
    const count = [...folders.values()].reduce((sum, names) => sum + names.length, 0);
    return [`Skipped (${count}), ${visible(reason)}:`, ...lines.map((text) => `  ${text}`)].join('\n');
  });
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
