import type { Section, Text } from '../cards/card.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { DigestEvent } from './digest-events.ts';
import { shownFilters } from './digest-filter-shown.ts';
import { restText } from './digest-items.ts';
import type { Selection } from './digest-select.ts';
import { tiesTo } from './digest-ties.ts';
import type { DigestRequest } from './digest-types.ts';
import { counted, formatCount, plain, shorten } from './text.ts';

const dateFormats = new Map<string, Intl.DateTimeFormat>();
const maxFormats = 200;

/** `20 Nov 08:00` in a zone; UTC for a zone that is none. */
export function timeText(at: number, zone = 'UTC'): string {
  const { day, month, hour, minute } = Object.fromEntries(
    formatOf(zone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );
  return `${day} ${month} ${hour}:${minute}`;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = dateFormats.get(zone);
  if (known !== undefined) return known;
  const format = createFormat(zone) ?? createFormat('UTC') ?? new Intl.DateTimeFormat('en-GB');
  if (dateFormats.size >= maxFormats) dateFormats.clear();
  dateFormats.set(zone, format);
  return format;
}

function createFormat(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    return undefined;
  }
}

const shownMissed = 5;

/** `2 earlier digests were not delivered (20 Nov 08:00, 21 Nov 08:00); this one covers them.` */
export function missedText({ missed, zone }: Pick<DigestRequest, 'missed' | 'zone'>): string | undefined {
  if (missed.length === 0) return undefined;
  const times = missed.toSorted((a, b) => a - b).map((at) => timeText(at, zone));
  // The newest tell most about what went wrong.
  const shown = times.slice(-shownMissed);
  const more = times.length > shown.length ? [`${times.length - shown.length} before`] : [];
  const words = missed.length === 1 ? 'earlier digest was' : 'earlier digests were';
  const them = missed.length === 1 ? 'it' : 'them';
  return `${formatCount(missed.length)} ${words} not delivered (${[...more, ...shown].join(', ')}); this one covers ${them}.`;
}

/** Since when, in whose time, and for which filters. */
export function windowText({ window, zone, filters, knowledge }: DigestRequest): string {
  const written = shownFilters(filters, knowledge).text;
  const since = `since ${timeText(window.from, zone)} ${zone ?? 'UTC'}`;
  return written === '' ? since : `${since} · ${shorten(written, 200)}`;
}

const shownSources = 3;

/** What is only counted: other changes, new sources, what mutes leave out. */
export function restParagraphs(
  { rest, others, newSources, muted }: Selection,
  knowledge: Knowledge,
): readonly Text[] {
  const listed = rest.filter((event) => isNewlyListed(event, knowledge));
  const counts = restText([
    ...rest
      .filter((event) => !isNewlyListed(event, knowledge))
      .map(({ entity, changes }) => ({ kind: 'rest' as const, entity, changes })),
    ...(others.length === 0 ? [] : [{ kind: 'rest' as const, entity: undefined, changes: others }]),
  ]);
  const sources = newSources.map(({ source, title }) => {
    const count = knowledge.sources.get(source)?.recordCount ?? 0;
    return `${shorten(title, 80)} (${counted(count, 'record')})`;
  });
  const named = sources.slice(0, shownSources);
  const more = sources.length > named.length ? [`${sources.length - named.length} more`] : [];
  const lines = [
    ...(listed.length === 0 ? [] : [listedText(listed)]),
    ...(counts === undefined ? [] : [counts]),
    ...(named.length === 0
      ? []
      : [`New ${sources.length === 1 ? 'source' : 'sources'}: ${[...named, ...more].join(', ')}.`]),
    ...(muted === 0 ? [] : [`${counted(muted, 'item')} muted.`]),
  ];
  return lines.map((line): Text => [plain(line)]);
}

/** New in a list of what is known to be exploited, by nobody who is known. */
function isNewlyListed({ kind, entity, changes }: DigestEvent, knowledge: Knowledge): boolean {
  return (
    kind === 'vulnerability' &&
    changes.some((change) => change.kind === 'entity-new') &&
    tiesTo(entity, knowledge).kev !== undefined
  );
}

const shownListed = 3;

/** Numbers of vulnerabilities mean something to those who patch; what is not CLEAR is counted, since the line has no marking. */
function listedText(listed: readonly DigestEvent[]): string {
  const named = listed
    .filter(({ changes }) => changes.every(({ marking }) => marking === 'clear'))
    .map(({ entity }) => shorten(entity.name, 40))
    .slice(0, shownListed);
  const more =
    listed.length > named.length && named.length > 0 ? [`+${listed.length - named.length} more`] : [];
  const names = named.length === 0 ? '' : `: ${[...named, ...more].join(', ')}`;
  const what = listed.length === 1 ? 'vulnerability' : 'vulnerabilities';
  return `${formatCount(listed.length)} ${what} newly known to be exploited, no actor recorded${names}.`;
}

/** A text section of some lines; undefined for none. */
export function linesSection(id: string, lines: readonly Text[], rank: Section['rank']): Section | undefined {
  return lines.length === 0 ? undefined : { type: 'text', id, rank, paragraphs: lines };
}
