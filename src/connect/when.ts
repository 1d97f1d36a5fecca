import { hash } from 'node:crypto';
import { Cron } from 'croner';
import { assertNever } from '../support/assert-never.ts';

/** When a source is synced, read from what an operator wrote. All times are UTC. */
export type Schedule =
  /** At every multiple of the period since 1970: `6h` runs at 00:00, 06:00, 12:00 and 18:00. */
  { readonly kind: 'every'; readonly periodMs: number } | { readonly kind: 'cron'; readonly line: string };

export type ScheduleReading =
  | { readonly ok: true; readonly schedule: Schedule }
  /** What is wrong and what is understood, as a clause: `"often" is not understood; write …`. */
  | { readonly ok: false; readonly problem: string };

const minuteMs = 60_000;
const minPeriodMs = 5 * minuteMs;
const maxPeriodMs = 366 * 24 * 60 * minuteMs;
const units: Readonly<Record<string, number>> = {
  m: minuteMs,
  h: 60 * minuteMs,
  d: 24 * 60 * minuteMs,
  w: 7 * 24 * 60 * minuteMs,
};
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const forms =
  'write 30m, 6h, 2d, "daily 03:00", "weekly mon 03:00", or a cron line such as "15 */4 * * *" (UTC)';

/**
 * Reads `30m`, `6h`, `2d`, `1w`, `daily 03:00`, `weekly mon 03:00` or a cron line of five fields, in any case. Refuses
 * what comes more often than every five minutes, and what never comes.
 */
export function parseSchedule(text: string): ScheduleReading {
  const words = text.trim().toLowerCase().split(/\s+/);
  const [first = '', second = '', third = ''] = words;
  const period = /^(\d{1,6})([mhdw])$/.exec(first);
  if (period !== null && words.length === 1)
    return everyPeriod(text, Number(period[1]) * (units[period[2] ?? ''] ?? 0));
  if (first === 'daily' && words.length === 2) return atTime(text, second, '*');
  if (first === 'weekly' && words.length === 3) {
    const day = weekdays.findIndex(
      (name) => name === second || name === second.replace(/^(...)[a-z]*day$/, '$1'),
    );
    return day === -1 ? notUnderstood(text) : atTime(text, third, String(day));
  }
  return words.length === 5 ? cronLine(text, words.join(' ')) : notUnderstood(text);
}

function everyPeriod(text: string, periodMs: number): ScheduleReading {
  if (periodMs < minPeriodMs) return tooOften(text);
  if (periodMs > maxPeriodMs) return { ok: false, problem: `"${text}" is more than a year; ${forms}` };
  return { ok: true, schedule: { kind: 'every', periodMs } };
}

function atTime(text: string, time: string, weekday: string): ScheduleReading {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (match === null) return notUnderstood(text);
  const line = `${Number(match[2])} ${Number(match[1])} * * ${weekday}`;
  return { ok: true, schedule: { kind: 'cron', line } };
}

/** Enough runs to see the closest two of any usual line. */
const runsLookedAt = 120;
/** A fixed day, so that a line is judged alike whenever it is read. */
const judgedFrom = new Date('2024-01-01T00:00:00Z');

function cronLine(text: string, line: string): ScheduleReading {
  let runs: readonly Date[];
  try {
    runs = cronOf(line).nextRuns(runsLookedAt, judgedFrom);
  } catch {
    return notUnderstood(text);
  }
  if (runs.length === 0) return { ok: false, problem: `"${text}" never comes; ${forms}` };
  const isTooOften = runs.some((run, index) => {
    const next = runs[index + 1];
    return next !== undefined && next.getTime() - run.getTime() < minPeriodMs;
  });
  return isTooOften ? tooOften(text) : { ok: true, schedule: { kind: 'cron', line } };
}

function cronOf(line: string): Cron {
  return new Cron(line, { timezone: 'UTC', mode: '5-part', paused: true });
}

function tooOften(text: string): ScheduleReading {
  return {
    ok: false,
    problem: `"${text}" is too often; every 5 minutes is the least, and public servers ask for hours`,
  };
}

function notUnderstood(text: string): ScheduleReading {
  return { ok: false, problem: `"${text.slice(0, 60)}" is not understood; ${forms}` };
}

const maxJitterMs = 5 * minuteMs;

/**
 * The first run after a time, in epoch milliseconds. Each name runs a little later than the schedule says, by up to a
 * tenth of its period and five minutes at most, always the same: so that what is scheduled alike does not ask all at once.
 */
export function nextRun(schedule: Schedule, name: string, afterMs: number): number {
  const share = Number.parseInt(hash('sha256', name, 'hex').slice(0, 8), 16) / 0x1_0000_0000;
  switch (schedule.kind) {
    case 'every': {
      const jitter = Math.floor(share * Math.min(maxJitterMs, schedule.periodMs / 10));
      return (Math.floor((afterMs - jitter) / schedule.periodMs) + 1) * schedule.periodMs + jitter;
    }
    case 'cron': {
      // Below the least distance of two runs, so that no run is passed over.
      const jitter = Math.floor(share * (minPeriodMs / 10));
      const next = cronOf(schedule.line).nextRun(new Date(afterMs - jitter));
      // A line that came once may have no year left: then it is looked at again in a year.
      return next === null ? afterMs + maxPeriodMs : next.getTime() + jitter;
    }
    default:
      return assertNever(schedule);
  }
}

const firstRetryMs = 5 * minuteMs;
const longestRetryMs = 6 * 60 * minuteMs;
const longestAskedMs = 24 * 60 * minuteMs;

/**
 * How long to wait after a failure: 5 minutes, doubled with each failure in a row up to 6 hours, and at least what the
 * server asked for, up to a day; a fifth more or less by `random` (0 to 1), so that many do not come back together.
 */
export function retryDelayMs(failures: number, random: number, retryAfterSeconds = 0): number {
  const doubled = firstRetryMs * 2 ** Math.min(Math.max(failures - 1, 0), 20);
  const waited = Math.min(doubled, longestRetryMs) * (0.8 + 0.4 * random);
  return Math.round(Math.max(waited, Math.min(retryAfterSeconds * 1000, longestAskedMs)));
}
