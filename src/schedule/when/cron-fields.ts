/** The five fields of a cron line as written. */
export interface CronFields {
  readonly minute: string;
  readonly hour: string;
  readonly dayOfMonth: string;
  readonly month: string;
  readonly dayOfWeek: string;
}

/**
 * How often a line comes at most: several times on one day, once on a day, once in a week (one day of the week), or
 * once in a month (one day of the month, or one certain weekday of it).
 */
export type Cadence = 'several' | 'daily' | 'weekly' | 'monthly';

const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** The fields of a line; undefined when there are not five. */
export function cronFieldsOf(cron: string): CronFields | undefined {
  const [minute, hour, dayOfMonth, month, dayOfWeek, ...more] = cron.trim().split(/\s+/);
  if (minute === undefined || hour === undefined || dayOfMonth === undefined) return undefined;
  if (month === undefined || dayOfWeek === undefined || more.length > 0) return undefined;
  return { minute, hour, dayOfMonth, month, dayOfWeek };
}

/** The minutes of the hour that a line names, ascending; empty when the field is not a list of numbers. */
export function minutesOf({ minute }: CronFields): readonly number[] {
  return expand(minute, 0, 59) ?? [];
}

/** The hours of the day that a line names, ascending; empty when the field is not a list of numbers. */
export function hoursOf({ hour }: CronFields): readonly number[] {
  return expand(hour, 0, 23) ?? [];
}

/** The weekdays, 0 for Sunday, ascending; undefined for any day, and for what counts weekdays of a month (`1#2`). */
export function weekdaysOf({ dayOfWeek }: CronFields): readonly number[] | undefined {
  if (isAny(dayOfWeek)) return undefined;
  const numbers = dayOfWeek
    .toLowerCase()
    .replace(/[a-z]{3}/g, (name) => String(weekdayNames.findIndex((one) => one === name)));
  const days = expand(numbers, 0, 7);
  return days === undefined ? undefined : [...new Set(days.map((day) => day % 7))].sort((a, b) => a - b);
}

/** The days of the month, ascending; undefined for any day, and for what is counted from its end (`L`). */
export function monthDaysOf({ dayOfMonth }: CronFields): readonly number[] | undefined {
  return isAny(dayOfMonth) ? undefined : expand(dayOfMonth, 1, 31);
}

export function isAny(field: string): boolean {
  return field === '*' || field === '?';
}

export function cadenceOf(fields: CronFields): Cadence {
  if (minutesOf(fields).length * hoursOf(fields).length !== 1) return 'several';
  const { dayOfMonth, dayOfWeek } = fields;
  const isOneWeekday = !isAny(dayOfWeek) && (weekdaysOf(fields)?.length ?? 1) === 1 && !/,/.test(dayOfWeek);
  if (isOneWeekday && isAny(dayOfMonth)) return dayOfWeek.includes('#') ? 'monthly' : 'weekly';
  const days = monthDaysOf(fields);
  if (isAny(dayOfWeek)) return days?.length === 1 || /^L$/i.test(dayOfMonth) ? 'monthly' : 'daily';
  const isOneWeek = days !== undefined && (days.at(-1) ?? 31) - (days[0] ?? 0) < 7;
  return isOneWeekday && isOneWeek ? 'monthly' : 'daily';
}

/** `1-5`, `*`, `8,17`, `0-59/15`, each part of which counts; undefined for anything else. */
function expand(field: string, low: number, high: number): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:([*?])|(\d{1,9})(?:-(\d{1,9}))?)(?:\/(\d{1,9}))?$/.exec(part);
    if (match === null) return undefined;
    const [, any, first, last, step] = match;
    const from = any === undefined ? Number(first) : low;
    const to = any === undefined ? Number(last ?? first) : high;
    const by = Number(step ?? 1);
    if (from < low || to > high || from > to || by < 1) return undefined;
    for (let value = from; value <= to; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}
