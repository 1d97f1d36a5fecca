import { defaultTime } from './read-days.ts';
import { readTimes, type TimeOfDay } from './read-time.ts';
import type { Reader } from './words.ts';

export type IntervalReading =
  | { readonly kind: 'cron'; readonly cron: string }
  | { readonly kind: 'bad'; readonly problem: string }
  | { readonly kind: 'none' };

const minutesOf: ReadonlyMap<string, number> = new Map([
  ['s', 0],
  ['sec', 0],
  ['second', 0],
  ['m', 1],
  ['min', 1],
  ['minute', 1],
  ['h', 60],
  ['hr', 60],
  ['hour', 60],
  ['d', 1_440],
  ['day', 1_440],
  ['w', 10_080],
  ['week', 10_080],
  ['fortnight', 20_160],
]);
const dayMinutes = 1_440;
const uneven =
  'An interval parts the hour or the day evenly: 15, 20 or 30 minutes, or 1, 2, 3, 4, 6, 8 or 12 hours.';

/** Reads `hourly`, `every 6 hours`, `every 30 minutes`, `every 4h from 06:00`; a day and more is refused but for one. */
export function readInterval(reader: Reader): IntervalReading {
  const start = reader.position;
  const minutes = readMinutes(reader);
  if (minutes === undefined) {
    reader.back(start);
    return { kind: 'none' };
  }
  if (minutes > dayMinutes) {
    return {
      kind: 'bad',
      problem: 'Every so many days or weeks cannot be told by the calendar; write daily, weekly or monthly.',
    };
  }
  const from = readFrom(reader);
  if (from.kind === 'bad') return from;
  return cronOf(minutes, from.time);
}

function readMinutes(reader: Reader): number | undefined {
  const single = new Map([
    ['hourly', 60],
    ['minutely', 1],
    ['biweekly', 20_160],
    ['fortnightly', 20_160],
  ]).get(reader.peek());
  if (single !== undefined) {
    reader.take();
    return single;
  }
  if (!reader.takeIf(new Set(['every', 'each']))) return undefined;
  const word = reader.peek();
  const glued = /^(\d{1,6})([a-z]{1,9})$/.exec(word);
  const count = glued === null ? countOf(word, reader.peek(1)) : Number(glued[1]);
  if (word === 'second' && /^(?:mon|tue|wed|thu|fri|sat|sun)/.test(reader.peek(1))) return undefined;
  const unit = glued?.[2] ?? (count === undefined ? word : reader.peek(1));
  const each = minutesOf.get(unit.replace(/(?<=[a-z]{2})s$/, ''));
  // "every day", "every second Monday" and "every 1st" are days, which others read.
  if (each === undefined || (count === undefined && each >= dayMinutes)) return undefined;
  reader.take(glued !== null || count === undefined ? 1 : 2);
  return (count ?? 1) * each;
}

function countOf(word: string, next: string): number | undefined {
  if (word === 'other' || (word === 'second' && minutesOf.has(next))) return 2;
  const names = ['one', 'two', 'three', 'four', 'five', 'six', 'eight', 'twelve'];
  const index = names.indexOf(word);
  if (index >= 0) return [1, 2, 3, 4, 5, 6, 8, 12][index];
  return /^\d{1,6}$/.test(word) ? Number(word) : undefined;
}

type From =
  | { readonly kind: 'time'; readonly time: TimeOfDay | undefined }
  | Extract<IntervalReading, { kind: 'bad' }>;

function readFrom(reader: Reader): From {
  const before = reader.position;
  reader.takeIf(new Set(['from', 'starting', 'beginning', 'at', 'past']));
  reader.takeIf(new Set(['at', 'from']));
  const minute = /^:?(\d\d)$/.exec(reader.peek());
  if (minute !== null && reader.peek().startsWith(':') && Number(minute[1]) < 60) {
    reader.take();
    return { kind: 'time', time: { hour: 0, minute: Number(minute[1]) } };
  }
  const times = readTimes(reader, reader.position > before);
  if (times.kind === 'bad') return times;
  if (times.kind === 'times') return { kind: 'time', time: times.times[0] };
  reader.back(before);
  return { kind: 'time', time: undefined };
}

function cronOf(minutes: number, from: TimeOfDay | undefined): IntervalReading {
  const { hour, minute } = from ?? (minutes === dayMinutes ? defaultTime : { hour: 0, minute: 0 });
  if (minutes < 1) return { kind: 'cron', cron: '* * * * *' };
  if (minutes < 60) {
    return 60 % minutes === 0
      ? { kind: 'cron', cron: `*/${minutes} * * * *` }
      : { kind: 'bad', problem: uneven };
  }
  if (minutes === 60) return { kind: 'cron', cron: `${minute} * * * *` };
  if (dayMinutes % minutes !== 0 || minutes % 60 !== 0) return { kind: 'bad', problem: uneven };
  const hours = minutes / 60;
  // All hours are written out: each then is a time of its own, which no change of the clocks leaves out.
  const list = Array.from({ length: 24 / hours }, (_, index) => (hour % hours) + index * hours);
  return { kind: 'cron', cron: `${minute} ${list.join(',')} * * *` };
}
