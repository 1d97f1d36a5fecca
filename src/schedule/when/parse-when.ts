import type { SlotSchedule } from '../../domain/subscription.ts';
import { cadenceOf, cronFieldsOf, hoursOf, minutesOf } from './cron-fields.ts';
import { describeCron } from './describe-cron.ts';
import { type Days, defaultTime, readDays } from './read-days.ts';
import { readInterval } from './read-interval.ts';
import { readTimes, type TimeOfDay } from './read-time.ts';
import { isCronLine, nextSlots } from './slots.ts';
import { createReader, plainText, type Reader, type Word, wordsOf } from './words.ts';
import { readZone } from './zones.ts';

export interface WhenOptions {
  /** The IANA zone that holds where the text names none. */
  readonly zone: string;
  /** The shortest time between two slots, in minutes. */
  readonly minIntervalMinutes: number;
}

export type WhenReading =
  | {
      readonly kind: 'ok';
      readonly schedule: SlotSchedule;
      /** True: the text names the zone itself. */
      readonly namesZone: boolean;
      /** What stands behind the schedule and its zone, with plain quotation marks and dashes. */
      readonly rest: string;
    }
  /** The text does not begin with a schedule that is accepted; says what is wrong and what is accepted. */
  | { readonly kind: 'bad'; readonly problem: string };

/** What to write, for whoever wrote something else. */
export const whenForms =
  'daily 08:00, weekdays at 8, every Monday 09:30, mon,wed,fri 7:15, weekends 10:00, monthly 1st 09:00, every 6 hours, or a cron line of five fields such as 0 8 * * 1-5; a time zone such as Europe/Berlin may follow';

/**
 * Reads the schedule at the beginning of a text, and the zone behind it. Without a time it is 08:00, weekly is Monday
 * and monthly the 1st. Refused are schedules with slots closer than `minIntervalMinutes`, such that never come
 * (31 February), cron lines with seconds, and zones that are unknown or not sure (`EST`).
 *
 * @example parseWhen('weekdays at 8 in Europe/Berlin sector:telecom', { zone: 'UTC', minIntervalMinutes: 60 })
 *   // schedule { cron: '0 8 * * 1-5', zone: 'Europe/Berlin', text: 'weekdays at 08:00' }, rest 'sector:telecom'
 */
export function parseWhen(text: string, options: WhenOptions): WhenReading {
  const plain = plainText(text.slice(0, maxChars)).replace(/^(["'])(.*?)\1/, '$2');
  const words = wordsOf(plain);
  const reader = createReader(words);
  const found = readCron(words, reader) ?? readPhrase(reader);
  if (typeof found !== 'string') {
    return bad(found?.problem ?? `“${plain.slice(0, 60)}” does not begin with a schedule that can be read.`);
  }
  const written = plain.slice(0, words[reader.position - 1]?.end ?? 0);
  const problem = problemOf(found, written, options);
  if (problem !== undefined) return bad(problem);
  const zone = readZoneBehind(reader, words);
  if (zone.kind === 'bad') return bad(zone.problem);
  const rest = plain.slice(words[reader.position - 1]?.end ?? 0).replace(/^[\s,;)"']+/, '');
  const schedule: SlotSchedule = {
    cron: found,
    zone: zone.zone ?? options.zone,
    text: describeCron(found),
  };
  return { kind: 'ok', schedule, namesZone: zone.zone !== undefined, rest };
}

const maxChars = 4_000;
const maxLineChars = 100;

interface Problem {
  readonly problem: string;
}

function bad(problem: string): WhenReading {
  return { kind: 'bad', problem: `${problem} Accepted are ${whenForms}.` };
}

const nicknames: ReadonlyMap<string, string> = new Map([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
]);
const cronNames = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat';
const cronWord = new RegExp(`^(?:${cronNames}|[\\d*/?#l-])+$`);

/** A line of five fields at the beginning; undefined when the text is in words. Commas part words, so they are counted in. */
function readCron(words: readonly Word[], reader: Reader): string | Problem | undefined {
  const saysCron = reader.takeIf(new Set(['cron', 'cron:']));
  const nickname = nicknames.get(reader.peek());
  if (nickname !== undefined) {
    reader.take();
    return nickname;
  }
  const fields = cronWords(words.slice(reader.position));
  const looksLikeOne = fields.length >= 3 && fields.slice(0, 2).every(({ text }) => /^[\d*]/.test(text));
  if (!looksLikeOne && !saysCron) return undefined;
  if (fields.length !== 5) {
    return {
      problem: `A cron line has five fields: minute, hour, day of the month, month, day of the week, no seconds; this one has ${fields.length}.`,
    };
  }
  reader.take(fields.reduce((sum, { words: count }) => sum + count, 0));
  const line = fields.map(({ text }) => text.toUpperCase()).join(' ');
  return isCronLine(line) && line.length <= maxLineChars
    ? line
    : { problem: `“${line.slice(0, maxLineChars)}” is no cron line.` };
}

/** Words that can be fields of a line, joined where only commas stand between them. */
function cronWords(words: readonly Word[]): readonly { readonly text: string; readonly words: number }[] {
  const fields: { text: string; words: number; end: number }[] = [];
  for (const { text, start, end } of words) {
    const last = fields.at(-1);
    if (text !== ',' && !cronWord.test(text)) break;
    if (last !== undefined && last.end === start) {
      fields[fields.length - 1] = { text: `${last.text}${text}`, words: last.words + 1, end };
    } else {
      fields.push({ text, words: 1, end });
    }
  }
  return fields;
}

function readPhrase(reader: Reader): string | Problem | undefined {
  const interval = readInterval(reader);
  if (interval.kind === 'cron') return interval.cron;
  if (interval.kind === 'bad') return interval;
  const early = readTimes(reader, false);
  if (early.kind === 'bad') return early;
  const days = readDays(reader);
  if (days.kind === 'bad') return days;
  if (early.kind === 'none' && days.kind === 'none') return dateProblem(reader);
  const late = days.kind === 'none' || early.kind === 'times' ? undefined : readTimes(reader, true);
  if (late?.kind === 'bad') return late;
  const times = early.kind === 'times' ? early.times : late?.kind === 'times' ? late.times : undefined;
  return cronLine(days.kind === 'days' ? days.days : everyDay, times);
}

const everyDay: Days = { dayOfMonth: '*', dayOfWeek: '*', time: defaultTime };

function cronLine(
  { dayOfMonth, dayOfWeek, time }: Days,
  times: readonly TimeOfDay[] = [time],
): string | Problem {
  const minutes = new Set(times.map(({ minute }) => minute));
  if (minutes.size !== 1) {
    return {
      problem:
        'The times of one schedule stand at the same minute of the hour; make a second subscription for the other.',
    };
  }
  const hours = [...new Set(times.map(({ hour }) => hour))].sort((a, b) => a - b);
  return `${[...minutes].join()} ${hours.join(',')} ${dayOfMonth} * ${dayOfWeek}`;
}

const months = 'january|february|march|april|may|june|july|august|september|october|november|december';
const longestMonths: Readonly<Record<string, number>> = { feb: 29, apr: 30, jun: 30, sep: 30, nov: 30 };

/** One day of the year is no schedule of ours, and some days are none at all. */
function dateProblem(reader: Reader): Problem | undefined {
  reader.takeIf(new Set(['every', 'on', 'each']));
  const text = [0, 1, 2].map((ahead) => reader.peek(ahead)).join(' ');
  const month = new RegExp(`\\b(${months}|${cronNames})\\b`).exec(text)?.[1]?.slice(0, 3);
  const day = Number(/\b(\d{1,2})(?:st|nd|rd|th)?\b/.exec(text)?.[1] ?? 0);
  if (month === undefined || day === 0) return undefined;
  const shown = text.trim().slice(0, 60);
  return day > (longestMonths[month] ?? 31)
    ? { problem: `“${shown}” never comes.` }
    : { problem: `“${shown}” is one day of the year; a digest comes at least monthly.` };
}

function readZoneBehind(
  reader: Reader,
  words: readonly Word[],
): { readonly kind: 'ok'; readonly zone: string | undefined } | ({ readonly kind: 'bad' } & Problem) {
  const start = reader.position;
  reader.takeIf(new Set([',']));
  reader.takeIf(new Set(['in', 'tz', 'zone', 'timezone', 'time']));
  const reading = readZone(words.slice(reader.position).map(({ text }) => text));
  if (reading.kind === 'bad') return reading;
  if (reading.kind === 'none') {
    reader.back(start);
    return { kind: 'ok', zone: undefined };
  }
  reader.take(reading.words);
  return { kind: 'ok', zone: reading.zone };
}

/** A fixed Monday, so that a line is judged alike whenever it is read. */
const judgedFromMs = Date.UTC(2024, 0, 1);
const slotsLookedAt = 130;

/** Too often, or never. */
function problemOf(cron: string, written: string, { minIntervalMinutes }: WhenOptions): string | undefined {
  const shown = written.trim().slice(0, 60);
  const [first] = nextSlots({ cron, zone: 'UTC' }, judgedFromMs, 1);
  if (first === undefined) return `“${shown}” never comes.`;
  return shortestGapMinutes(cron) < minIntervalMinutes
    ? `“${shown}” is too often: two digests are at least ${gapText(minIntervalMinutes)} apart.`
    : undefined;
}

function gapText(minutes: number): string {
  if (minutes % dayMinutes === 0) return minutes === dayMinutes ? 'one day' : `${minutes / dayMinutes} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'one hour' : `${minutes / 60} hours`;
  return `${minutes} minutes`;
}

const dayMinutes = 1_440;

/** Between two slots as the clocks on the wall show them, over midnight too. */
function shortestGapMinutes(cron: string): number {
  const fields = cronFieldsOf(cron);
  if (fields !== undefined && cadenceOf(fields) === 'several') {
    const times = hoursOf(fields).flatMap((hour) => minutesOf(fields).map((minute) => hour * 60 + minute));
    const gaps = times.map((time, index) => (times[index + 1] ?? (times[0] ?? 0) + dayMinutes) - time);
    return Math.min(...gaps, dayMinutes);
  }
  const slots = nextSlots({ cron, zone: 'UTC' }, judgedFromMs, slotsLookedAt);
  const gaps = slots.map((slot, index) => (slots[index + 1] ?? Number.POSITIVE_INFINITY) - slot);
  return Math.min(...gaps) / 60_000;
}
