import type { Preset } from '../connect/presets.ts';
import type { SyncOutcome } from '../connect/sync.ts';
import type { SyncReport } from '../connect/sync-report.ts';
import { tlpLabel } from '../domain/tlp.ts';
import type { StoredConnection, SyncCounts } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { RemovedSource } from './runtime.ts';
import { type ConnectionView, connectionView, isoTime, type SourceView } from './sources-json.ts';

/** One connected source, after it was added or changed. */
export function renderConnection(stored: StoredConnection, now: Date): string {
  const view = connectionView(stored, now);
  const next =
    view.nextRun === null
      ? 'paused: synced when asked for'
      : stored.nextRunAt <= now.getTime()
        ? `due: a running server syncs it within seconds, or "threatbrief sources sync ${view.name}" now`
        : `next sync ${minuteOf(view.nextRun)} UTC`;
  return `${view.name}: ${view.kind} ${visible(view.url)}, ${scheduleText(view.every)}, ${next}`;
}

/** `every 6h`; other schedules speak for themselves. */
function scheduleText(every: string): string {
  return /^\d+\w$/.test(every) ? `every ${every}` : every;
}

/** The tables of `sources list`. */
export function renderListing(views: {
  readonly connections: readonly ConnectionView[];
  readonly sources: readonly SourceView[];
}): string {
  const { connections, sources } = views;
  const connected =
    connections.length === 0
      ? 'No source is connected. Try "threatbrief sources add kev"; "threatbrief sources presets" names more.'
      : [
          `Connected (${connections.length}), times in UTC:`,
          ...table([
            ['name', 'kind', 'state', 'last success', 'next sync', 'schedule', 'last sync'],
            ...connections.map(connectionRow),
          ]),
        ].join('\n');
  const failing = connections.flatMap(({ name, error, failures }) =>
    error === null ? [] : [`  ${name} (${failures} in a row): ${visible(error)}`],
  );
  const loaded = [
    `Loaded (${sources.length}):`,
    ...table([
      ['source', 'release', 'records', 'imported', 'marking', 'title'],
      ...sources.map(({ name, version, records, imported, marking, title }) => [
        name,
        version ?? '',
        String(records),
        minuteOf(imported),
        tlpLabel(marking),
        visible(title),
      ]),
    ]),
  ].join('\n');
  return [
    connected,
    ...(failing.length === 0 ? [] : [['Failing; what they brought before stays:', ...failing].join('\n')]),
    ...(sources.length === 0 ? [] : [loaded]),
  ].join('\n\n');
}

function connectionRow(view: ConnectionView): readonly string[] {
  return [
    view.name,
    view.kind,
    view.state,
    view.lastSuccess === null ? 'never' : minuteOf(view.lastSuccess),
    view.nextRun === null ? '-' : minuteOf(view.nextRun),
    view.every,
    view.counts === null ? '' : countsText(view.counts),
  ];
}

export function renderPresets(presets: readonly Preset[]): string {
  return [
    'Connect one with "threatbrief sources add NAME":',
    ...table([
      ['name', 'marking', 'schedule', 'title', 'licence'],
      ...presets.map(({ name, marking, connection, title, licence }) => [
        name,
        tlpLabel(marking),
        connection.every,
        title,
        licence,
      ]),
    ]),
  ].join('\n');
}

/** What became of one sync; rejected parts are named last. */
export function renderOutcome(outcome: SyncOutcome): string {
  const { name } = outcome;
  switch (outcome.kind) {
    case 'done':
      return withParts(
        `${name}: ${reportText(outcome.report)}; next sync ${minuteOf(isoTime(outcome.nextRunAt))}`,
        outcome.report,
      );
    case 'failed': {
      const kept = outcome.report.counts.documents > 0 ? ` (before that: ${reportText(outcome.report)})` : '';
      const next = minuteOf(isoTime(outcome.nextRunAt));
      return withParts(
        `${name}: FAILED: ${visible(outcome.error)}${kept}; what was there stays; next try ${next}`,
        outcome.report,
      );
    }
    case 'busy':
      return `${name}: another process syncs it right now; try again in a few minutes`;
    case 'lost':
      return `${name}: another process took over, or it was removed meanwhile; what was stored stays`;
    case 'stopped':
      return withParts(
        `${name}: stopped early: ${reportText(outcome.report)}; it goes on from there next time`,
        outcome.report,
      );
    default:
      return assertNever(outcome);
  }
}

function reportText({ counts, elapsedMs }: SyncReport): string {
  return `${countsText(counts)} in ${(elapsedMs / 1000).toFixed(1)} s`;
}

function withParts(line: string, { notices, rejections }: SyncReport): string {
  return [
    line,
    ...notices.map(({ place, path, text }) => `  note: ${part(place, path)}${visible(text)}`),
    ...rejections.map(({ place, path, reason }) => `  rejected: ${part(place, path)}${visible(reason)}`),
  ].join('\n');
}

function part(place: string, path: string): string {
  return visible(
    [place, path]
      .filter((text) => text !== '')
      .map((text) => `${text}: `)
      .join(''),
  );
}

const columns = ['new', 'changed', 'unchanged', 'withdrawn', 'older', 'rejected'] as const;

function countsText(counts: SyncCounts): string {
  const said = columns.filter((column) => counts[column] > 0).map((column) => `${counts[column]} ${column}`);
  return said.length === 0 ? 'nothing new' : said.join(', ');
}

export function renderRemoved({ name, sources }: RemovedSource, forgotten: boolean): string {
  const names = sources.map((source) => source.name).join(', ');
  if (sources.length === 0) return `${name}: removed; it had brought nothing`;
  if (!forgotten) {
    return `${name}: removed; what it brought stays (${names}); with --forget it is withdrawn too`;
  }
  const lines = sources.map(
    (source) =>
      `  ${source.name}: ${source.withdrawn} records withdrawn${source.kept === undefined ? '' : `; ${source.kept}`}`,
  );
  return [`${name}: removed; the history of its records stays`, ...lines].join('\n');
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

/** `2026-01-20 03:00` */
function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

/** What strangers wrote may hold control characters: they are shown, not sent to the terminal. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
