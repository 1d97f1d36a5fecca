import type { TimeOfDay } from './read-time.ts';
import type { Reader } from './words.ts';

/** On which days, as the last three fields of a cron line. */
export interface Days {
  readonly dayOfMonth: string;
  readonly dayOfWeek: string;
  /** The time where none is said. */
  readonly time: TimeOfDay;
}

export type DaysReading =
  | { readonly kind: 'days'; readonly days: Days }
  | { readonly kind: 'bad'; readonly problem: string }
  | { readonly kind: 'none' };

export const defaultTime: TimeOfDay = { hour: 8, minute: 0 };

const every: ReadonlySet<string> = new Set(['every', 'each', 'on', 'all', 'the', 'any']);
/** What may stand between two days. */
const joining: ReadonlySet<string> = new Set([',', 'and', '&', 'und', '+', ...every]);
const lead: ReadonlySet<string> = new Set([',', ...every]);
const to: ReadonlySet<string> = new Set(['to', '-', 'through', 'thru', 'till', 'until']);

/** Reads `daily`, `every day`, `weekdays`, `mon,wed and fri`, `Monday to Friday`, `weekly on Tuesday`, `monthly 1st`. */
export function readDays(reader: Reader): DaysReading {
  const start = reader.position;
  skip(reader, every);
  const found = readDaily(reader) ?? readMonthly(reader) ?? readWeekly(reader);
  if (found !== undefined) return found;
  reader.back(start);
  return { kind: 'none' };
}

function skip(reader: Reader, words: ReadonlySet<string>): void {
  while (reader.takeIf(words)) continue;
}

const daily: ReadonlyMap<string, TimeOfDay> = new Map([
  ['daily', defaultTime],
  ['day', defaultTime],
  ['days', defaultTime],
  ['everyday', defaultTime],
  ['morning', defaultTime],
  ['mornings', defaultTime],
  ['evening', { hour: 18, minute: 0 }],
  ['evenings', { hour: 18, minute: 0 }],
]);

function readDaily(reader: Reader): DaysReading | undefined {
  const time = daily.get(reader.peek());
  if (time === undefined) return undefined;
  reader.take();
  return { kind: 'days', days: { dayOfMonth: '*', dayOfWeek: '*', time } };
}

const dayNames: readonly ReadonlySet<string>[] = [
  new Set(['sun', 'sunday', 'sundays', 'suns']),
  new Set(['mon', 'monday', 'mondays', 'mons']),
  new Set(['tue', 'tues', 'tuesday', 'tuesdays']),
  new Set(['wed', 'weds', 'wednesday', 'wednesdays']),
  new Set(['thu', 'thur', 'thurs', 'thursday', 'thursdays']),
  new Set(['fri', 'friday', 'fridays']),
  new Set(['sat', 'saturday', 'saturdays']),
];
const working: ReadonlySet<string> = new Set(['working', 'work', 'business', 'week']);
const workdays = [1, 2, 3, 4, 5];
const groups: ReadonlyMap<string, readonly number[]> = new Map([
  ['weekday', workdays],
  ['weekdays', workdays],
  ['workday', workdays],
  ['workdays', workdays],
  ['weekend', [0, 6]],
  ['weekends', [0, 6]],
]);

function readWeekly(reader: Reader): DaysReading | undefined {
  const isWeekly = reader.takeIf(new Set(['weekly', 'week']));
  const days = readWeekdays(reader);
  if (days === undefined && !isWeekly) return undefined;
  const dayOfWeek = weekdayField(days ?? [1]);
  return { kind: 'days', days: { dayOfMonth: '*', dayOfWeek, time: defaultTime } };
}

/** A list of weekdays, ranges and groups; undefined, and nothing taken, when there is none. */
function readWeekdays(reader: Reader): readonly number[] | undefined {
  const found = new Set<number>();
  for (;;) {
    const before = reader.position;
    skip(reader, joining);
    const days = readWeekdayPart(reader);
    if (days === undefined) {
      reader.back(before);
      return found.size === 0 ? undefined : [...found];
    }
    for (const day of days) found.add(day);
  }
}

function readWeekdayPart(reader: Reader): readonly number[] | undefined {
  const word = reader.peek();
  const group = groups.get(word);
  if (group !== undefined) {
    reader.take();
    return group;
  }
  if (working.has(word) && /^days?$/.test(reader.peek(1))) {
    reader.take(2);
    return workdays;
  }
  const slashed = word.split('/').map(dayNumber);
  if (slashed.length > 1 && slashed.every((day) => day >= 0)) {
    reader.take();
    return slashed;
  }
  const [first = '', last, ...more] = word.split('-');
  const from = dayNumber(first);
  if (from < 0 || more.length > 0) return undefined;
  if (last !== undefined && last !== '') {
    const until = dayNumber(last);
    if (until < 0) return undefined;
    reader.take();
    return daysFrom(from, until);
  }
  const until = to.has(reader.peek(1)) ? dayNumber(reader.peek(2)) : -1;
  reader.take(until < 0 ? 1 : 3);
  return until < 0 ? [from] : daysFrom(from, until);
}

function dayNumber(word: string): number {
  return dayNames.findIndex((names) => names.has(word));
}

/** From one weekday to another, over the end of the week where that is the way. */
function daysFrom(from: number, until: number): readonly number[] {
  const count = ((until - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => (from + index) % 7);
}

function weekdayField(days: readonly number[]): string {
  const inOrder = [...new Set(days)].sort((a, b) => a - b);
  if (inOrder.length === 7) return '*';
  return inOrder.join(',') === workdays.join(',') ? '1-5' : inOrder.join(',');
}

const monthWords: ReadonlySet<string> = new Set(['monthly', 'month']);
const counts = ['first', 'second', 'third', 'fourth'] as const;

function readMonthly(reader: Reader): DaysReading | undefined {
  const start = reader.position;
  const isMonthly = reader.takeIf(monthWords);
  if (isMonthly) skip(reader, lead);
  const day = readMonthDay(reader, isMonthly);
  if (typeof day === 'string') return { kind: 'bad', problem: day };
  const saysMonth = isMonthly || (day !== undefined && takeOfMonth(reader));
  if (!saysMonth) {
    reader.back(start);
    return undefined;
  }
  if (isMonthly) takeOfMonth(reader);
  const { dayOfMonth, dayOfWeek } = day ?? { dayOfMonth: '1', dayOfWeek: '*' };
  return { kind: 'days', days: { dayOfMonth, dayOfWeek, time: defaultTime } };
}

interface MonthDay {
  readonly dayOfMonth: string;
  readonly dayOfWeek: string;
}

/** `1st`, `last day`, `first Monday`; a text says what is wrong. */
function readMonthDay(reader: Reader, isMonthly: boolean): MonthDay | string | undefined {
  const word = reader.peek();
  const week = counts.findIndex((count) => count === word);
  const weekday = dayNumber(reader.peek(1));
  if (word === 'last' && (reader.peek(1) === 'day' || isMonthly)) {
    if (weekday >= 0) return `“last ${reader.peek(1)}” is not read; write the first to the fourth of them.`;
    reader.take(reader.peek(1) === 'day' ? 2 : 1);
    return { dayOfMonth: 'L', dayOfWeek: '*' };
  }
  if (week >= 0 && weekday >= 0) {
    reader.take(2);
    return { dayOfMonth: `${week * 7 + 1}-${week * 7 + 7}`, dayOfWeek: String(weekday) };
  }
  const ordinal = week >= 0 ? week + 1 : ordinalOf(word, isMonthly);
  if (ordinal === undefined) return undefined;
  if (ordinal < 1 || ordinal > 31) return `No month has a day ${ordinal}; write 1st to 31st.`;
  reader.take(reader.peek(1) === 'day' ? 2 : 1);
  return { dayOfMonth: String(ordinal), dayOfWeek: '*' };
}

function ordinalOf(word: string, bare: boolean): number | undefined {
  const match = /^(\d{1,3})(st|nd|rd|th|\.)?$/.exec(word);
  return match === null || (match[2] === undefined && !bare) ? undefined : Number(match[1]);
}

/** `of the month`, `of every month`, `each month`, `monthly`. */
function takeOfMonth(reader: Reader): boolean {
  const start = reader.position;
  reader.takeIf(new Set(['of', 'in']));
  reader.takeIf(every);
  if (reader.takeIf(monthWords)) return true;
  reader.back(start);
  return false;
}
