import { assertNever } from '../support/assert-never.ts';

/** A stretch of time in epoch milliseconds: `from <= t < to`. All times are UTC. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type ParsedTime =
  | { readonly kind: 'ok'; readonly span: Span }
  | { readonly kind: 'bad'; readonly problem: string };

/** What to say to someone whose date could not be read. */
export const timeForms = '2025-01-31, 2025-01, 30d, 2 weeks ago, yesterday, last week, monday';

const dayMs = 86_400_000;
const maxChars = 60;
/** Nothing was recorded before; a date of the year 0 is a slip. */
const firstYear = 1970;
const lastYear = 9999;

/**
 * Reads a time as people write it: an ISO date of any precision (`2025`, `2025-01`, `2025-01-31`), an ISO date-time
 * (UTC where it names no zone), a stretch back from now (`30d`, `12h`, `2 weeks`, `3 months ago`, `last 7 days`),
 * `today`, `yesterday`, `last week` (also `month`, `year`), or a weekday (its last occurrence before today). A date
 * stands for the whole of its day, month or year; a stretch back for its first moment. What could be read in two
 * ways (`01/02/2025`) is refused with what to write instead.
 */
export function parseTime(text: string, now: Date): ParsedTime {
  const words = text
    .slice(0, maxChars + 1)
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ');
  if (words === '') return { kind: 'bad', problem: `No date given. Write one of: ${timeForms}.` };
  if (words.length > maxChars) return bad(`${words.slice(0, 20)}…`);
  return readIso(words) ?? readNamed(words, now) ?? readStretch(words, now) ?? bad(text.trim());
}

function bad(text: string): ParsedTime {
  return { kind: 'bad', problem: `“${text}” is no date that is read. Write one of: ${timeForms}.` };
}

function ok(from: number, to: number): ParsedTime {
  return { kind: 'ok', span: { from, to } };
}

const isoDate = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const isoDateTime =
  /^(\d{4})-(\d{2})-(\d{2})[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(z|[+-]\d{2}:?\d{2})?$/;

function readIso(words: string): ParsedTime | undefined {
  const date = isoDate.exec(words);
  if (date !== null) {
    const [year, month, day] = [Number(date[1]), Number(date[2] ?? 1), Number(date[3] ?? 1)];
    if (!isDay(year, month, day)) return noSuchDay(words);
    const next =
      date[2] === undefined
        ? Date.UTC(year + 1, 0)
        : date[3] === undefined
          ? Date.UTC(year, month)
          : Date.UTC(year, month - 1, day + 1);
    return ok(Date.UTC(year, month - 1, day), next);
  }
  const time = isoDateTime.exec(words);
  if (time === null) return undefined;
  const [year, month, day] = [Number(time[1]), Number(time[2]), Number(time[3])];
  const at = Date.parse(
    `${words.slice(0, 10)}T${words.slice(11).toUpperCase()}${time[7] === undefined ? 'Z' : ''}`,
  );
  return isDay(year, month, day) && Number.isFinite(at) ? ok(at, at) : noSuchDay(words);
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < firstYear || year > lastYear) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function noSuchDay(words: string): ParsedTime {
  return {
    kind: 'bad',
    problem: `“${words}” is no day of the calendar between ${firstYear} and ${lastYear}. Write one of: ${timeForms}.`,
  };
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function readNamed(words: string, now: Date): ParsedTime | undefined {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const name = words.replace(/^(?:last|on) (?=\w+day$)/, '');
  if (name === 'now') return ok(now.getTime(), now.getTime());
  if (name === 'today') return ok(today, today + dayMs);
  if (name === 'yesterday') return ok(today - dayMs, today);
  const weekday = weekdays.indexOf(name);
  if (weekday === -1) return undefined;
  const back = (now.getUTCDay() - weekday + 7) % 7 || 7;
  return ok(today - back * dayMs, today - (back - 1) * dayMs);
}

const units: Readonly<Record<string, 'hour' | 'day' | 'week' | 'month' | 'year'>> = {
  h: 'hour',
  hour: 'hour',
  d: 'day',
  day: 'day',
  w: 'week',
  week: 'week',
  mo: 'month',
  month: 'month',
  y: 'year',
  year: 'year',
};
const maxDaysBack = 36_600;

/** `30d`, `2 weeks ago`, `last 7 days`, `past month`, `a year ago`: the first moment of the stretch. */
function readStretch(words: string, now: Date): ParsedTime | undefined {
  const match = /^(?:the )?(?:(last|past) )?(?:(\d{1,5}) ?|(an?|one) )?([a-z]{1,5}?)s?(?: (ago))?$/.exec(
    words,
  );
  const unit = units[match?.[4] ?? ''];
  if (match === null || unit === undefined || !Object.hasOwn(units, match[4] ?? '')) return undefined;
  const hasCount = match[2] !== undefined || match[3] !== undefined;
  if (!hasCount && match[1] === undefined) return undefined;
  const count = match[2] === undefined ? 1 : Number(match[2]);
  const at = stepBack(now, count, unit);
  if (count === 0 || now.getTime() - at > maxDaysBack * dayMs) return undefined;
  return ok(at, at);
}

function stepBack(now: Date, count: number, unit: 'hour' | 'day' | 'week' | 'month' | 'year'): number {
  switch (unit) {
    case 'hour':
      return now.getTime() - count * 3_600_000;
    case 'day':
      return now.getTime() - count * dayMs;
    case 'week':
      return now.getTime() - count * 7 * dayMs;
    case 'month':
      return monthsBack(now, count);
    case 'year':
      return monthsBack(now, count * 12);
    default:
      return assertNever(unit);
  }
}

/** The same day some months before; the last day of a month that is shorter. */
function monthsBack(now: Date, count: number): number {
  const first = new Date(now);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() - count);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(now.getUTCDate(), lastDay));
  return first.getTime();
}

export type ParsedWindow =
  | { readonly kind: 'ok'; readonly window: Span }
  | { readonly kind: 'bad'; readonly problem: string };

/**
 * The window between two times as written: from the first moment of `since` to the last of `until`, which is now
 * where it is absent. Refused with the reason where a time cannot be read, lies in the future, or the two are the wrong way round.
 */
export function parseWindow(since: string, until: string | undefined, now: Date): ParsedWindow {
  const start = parseTime(since, now);
  if (start.kind === 'bad') return start;
  const { from } = start.span;
  if (from > now.getTime()) return { kind: 'bad', problem: `“${since.trim()}” lies in the future.` };
  // A change of this very moment counts.
  const latest = now.getTime() + 1;
  if (until === undefined) return { kind: 'ok', window: { from, to: latest } };
  const end = parseTime(until, now);
  if (end.kind === 'bad') return end;
  const to = Math.min(end.span.to === end.span.from ? end.span.to + 1 : end.span.to, latest);
  return to <= from
    ? { kind: 'bad', problem: `“${until.trim()}” is before “${since.trim()}”.` }
    : { kind: 'ok', window: { from, to } };
}
