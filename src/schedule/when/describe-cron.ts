import {
  type CronFields,
  cronFieldsOf,
  hoursOf,
  isAny,
  minutesOf,
  monthDaysOf,
  weekdaysOf,
} from './cron-fields.ts';

const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const counts = ['first', 'second', 'third', 'fourth'] as const;
const maxTimes = 6;

/** A cron line in words that `parseWhen` reads back: `weekdays at 08:00`; what has no short wording stays a line. */
export function describeCron(cron: string): string {
  const fields = cronFieldsOf(cron);
  const days = fields === undefined ? undefined : daysText(fields);
  if (fields === undefined || days === undefined) return `cron ${cron}`;
  const [minutes, hours] = [minutesOf(fields), hoursOf(fields)];
  if (days === 'daily') {
    const interval = intervalText(minutes, hours);
    if (interval !== undefined) return interval;
  }
  const [minute] = minutes;
  if (minute === undefined || minutes.length !== 1 || hours.length === 0 || hours.length > maxTimes) {
    return `cron ${cron}`;
  }
  return `${days} at ${joined(hours.map((hour) => clock(hour, minute)))}`;
}

/** `8th`, `1st` */
function ordinal(day: number): string {
  const ending = day % 10 === 1 ? 'st' : day % 10 === 2 ? 'nd' : day % 10 === 3 ? 'rd' : 'th';
  return `${day}${day > 10 && day < 14 ? 'th' : ending}`;
}

function daysText(fields: CronFields): string | undefined {
  const { dayOfMonth, dayOfWeek, month } = fields;
  if (!isAny(month)) return undefined;
  const weekdays = weekdaysOf(fields);
  if (isAny(dayOfMonth)) return weekdayText(dayOfWeek, weekdays);
  const days = monthDaysOf(fields);
  const [first] = days ?? [];
  if (isAny(dayOfWeek)) {
    if (/^L$/i.test(dayOfMonth)) return 'monthly on the last day';
    return days?.length === 1 && first !== undefined ? `monthly on the ${ordinal(first)}` : undefined;
  }
  const weekday = weekdayNames[weekdays?.[0] ?? -1];
  const week = ((first ?? 0) - 1) / 7;
  const isWeek = days?.length === 7 && days.at(-1) === (first ?? 0) + 6;
  const count = counts[week];
  if (weekday === undefined || weekdays?.length !== 1 || !isWeek || count === undefined) return undefined;
  return `monthly on the ${count} ${weekday}`;
}

function weekdayText(field: string, weekdays: readonly number[] | undefined): string | undefined {
  if (isAny(field)) return 'daily';
  const key = weekdays?.join(',');
  if (weekdays === undefined || weekdays.length === 0) return undefined;
  if (key === '0,1,2,3,4,5,6') return 'daily';
  if (key === '1,2,3,4,5') return 'weekdays';
  if (key === '0,6') return 'weekends';
  // A week begins on Monday.
  const inOrder = weekdays.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return `every ${joined(inOrder.map((day) => weekdayNames[day] ?? ''))}`;
}

function intervalText(minutes: readonly number[], hours: readonly number[]): string | undefined {
  const [minute, second] = minutes;
  const [hour, nextHour] = hours;
  if (minute === undefined || hour === undefined) return undefined;
  if (hours.length === 24 && minutes.length === 1) {
    return minute === 0 ? 'hourly' : `hourly at :${two(minute)}`;
  }
  if (hours.length === 24 && second !== undefined && minute === 0 && isEven(minutes, second, 60)) {
    return second === 1 ? 'every minute' : `every ${second} minutes`;
  }
  if (minutes.length !== 1 || nextHour === undefined || hours.length < 3) return undefined;
  const step = nextHour - hour;
  if (hour >= step || !isEven(hours, step, 24)) return undefined;
  return `every ${step} hours${hour === 0 && minute === 0 ? '' : ` from ${clock(hour, minute)}`}`;
}

function isEven(values: readonly number[], step: number, whole: number): boolean {
  const [first = 0] = values;
  return (
    whole % step === 0 &&
    values.length === whole / step &&
    values.every((value, index) => value === first + index * step)
  );
}

function joined(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}

function clock(hour: number, minute: number): string {
  return `${two(hour)}:${two(minute)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
