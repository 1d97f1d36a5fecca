import type { Reader } from './words.ts';

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

export type TimesReading =
  | { readonly kind: 'times'; readonly times: readonly TimeOfDay[] }
  | { readonly kind: 'bad'; readonly problem: string }
  | { readonly kind: 'none' };

const and: ReadonlySet<string> = new Set([',', 'and', '&', 'und', '+']);
const at: ReadonlySet<string> = new Set(['at', '@']);
const oclock: ReadonlySet<string> = new Set(["o'clock", 'oclock', 'hrs', 'h', 'hours']);

/**
 * Reads `at 8`, `08:00`, `8am`, `8:30 pm`, `18h`, `noon`, or several with commas and `and`. A number alone is an hour
 * only behind `at`, or where `bareHours` says that a time is expected.
 */
export function readTimes(reader: Reader, bareHours: boolean): TimesReading {
  const start = reader.position;
  const saysAt = reader.takeIf(at);
  const times: TimeOfDay[] = [];
  for (;;) {
    const before = reader.position;
    if (times.length > 0) {
      reader.takeIf(and);
      if (reader.position === before) break;
      reader.takeIf(and);
      reader.takeIf(at);
    }
    const time = readTime(reader, bareHours || saysAt);
    if (typeof time === 'string') return { kind: 'bad', problem: time };
    if (time === undefined) {
      reader.back(before);
      break;
    }
    times.push(time);
  }
  if (times.length > 0) return { kind: 'times', times };
  if (!saysAt) return { kind: 'none' };
  const what = reader.peek(start - reader.position + 1);
  return {
    kind: 'bad',
    problem: what === '' ? 'Say the time behind “at”.' : noTime(what),
  };
}

/** One time; a text says what is wrong with it; undefined when there is none. */
function readTime(reader: Reader, bareHours: boolean): TimeOfDay | string | undefined {
  const word = reader.peek();
  const named = namedTimes.get(word);
  if (named !== undefined) {
    reader.take();
    return named;
  }
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?(h|hrs|uhr|am|pm|a\.m\.?|p\.m\.?)?$/.exec(word);
  if (match === null) return readCompact(reader, bareHours);
  const [, hours = '', minutes, mark = ''] = match;
  const nextMark = halfOf(reader.peek(1));
  const half = halfOf(mark) ?? (mark === '' ? nextMark : undefined);
  const isOclock = oclock.has(reader.peek(1));
  if (minutes === undefined && mark === '' && half === undefined && !isOclock && !bareHours) return undefined;
  const hour = hourOf(Number(hours), half);
  if (hour === undefined || Number(minutes ?? 0) > 59) return noTime(word);
  reader.take(half !== undefined && mark === '' ? 2 : 1);
  if (half === undefined) reader.takeIf(oclock);
  return { hour, minute: Number(minutes ?? 0) };
}

/** `0800`, and what looks like a time without being one. */
function readCompact(reader: Reader, bareHours: boolean): TimeOfDay | string | undefined {
  const word = reader.peek();
  const match = bareHours ? /^(\d\d)(\d\d)$/.exec(word) : null;
  if (match !== null) {
    const [hour, minute] = [Number(match[1]), Number(match[2])];
    if (hour > 23 || minute > 59) return noTime(word);
    reader.take();
    return { hour, minute };
  }
  if (/^\d{1,2}:\d{2}:\d{2}$/.test(word)) return `“${word}” names seconds; a time has hours and minutes.`;
  return /^\d+[:.]\d*(?:am|pm)?$/.test(word) ? noTime(word) : undefined;
}

const namedTimes: ReadonlyMap<string, TimeOfDay> = new Map([
  ['noon', { hour: 12, minute: 0 }],
  ['midday', { hour: 12, minute: 0 }],
  ['midnight', { hour: 0, minute: 0 }],
]);

function halfOf(word: string): 'am' | 'pm' | undefined {
  if (/^a\.?m\.?$/.test(word)) return 'am';
  return /^p\.?m\.?$/.test(word) ? 'pm' : undefined;
}

function hourOf(hour: number, half: 'am' | 'pm' | undefined): number | undefined {
  if (half === undefined) return hour > 23 ? undefined : hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

function noTime(word: string): string {
  return `“${word.slice(0, 20)}” is no time of day; write 00:00 to 23:59, or 8am.`;
}
