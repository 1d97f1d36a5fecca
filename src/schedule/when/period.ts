import type { SlotSchedule } from '../../domain/subscription.ts';
import { assertNever } from '../../support/assert-never.ts';
import { cadenceOf, cronFieldsOf, minutesOf } from './cron-fields.ts';
import { type LocalTime, localTime, wallMs } from './local-time.ts';

/**
 * The period that a slot (epoch milliseconds) stands for, so that an edited time does not deliver one twice: the local
 * date, `2026-11-23`; for a schedule of one day of the week the ISO week, `2026-W48`; of one day of the month the
 * month, `2026-11`; and for one that comes several times a day the local hour, `2026-11-23T08`, with the minutes where
 * an hour has several slots, and with `again` where the clocks are put back and the same hour comes a second time.
 */
export function periodOf(schedule: Pick<SlotSchedule, 'cron' | 'zone'>, slotMs: number): string {
  const local = localTime(slotMs, schedule.zone);
  const fields = cronFieldsOf(schedule.cron);
  const cadence = fields === undefined ? 'daily' : cadenceOf(fields);
  switch (cadence) {
    case 'daily':
      return dateKey(local);
    case 'weekly':
      return isoWeek(local);
    case 'monthly':
      return dateKey(local).slice(0, 7);
    case 'several': {
      const minutes = fields === undefined ? [] : minutesOf(fields);
      // A slot that a gap of the clocks has moved may fall into the hour of another.
      const isPlain = minutes.length === 1 && minutes[0] === local.minute;
      const time = `${two(local.hour)}${isPlain ? '' : `:${two(local.minute)}`}`;
      return `${dateKey(local)}T${time}${isSecondTime(slotMs, schedule.zone) ? ' again' : ''}`;
    }
    default:
      return assertNever(cadence);
  }
}

/** `2026-11-23` */
export function dateKey({ year, month, day }: LocalTime): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

const dayMs = 86_400_000;

/** The week with the year it belongs to, by ISO 8601: it begins on Monday, and the first holds the first Thursday. */
function isoWeek({ year, month, day }: LocalTime): string {
  const date = Date.UTC(year, month - 1, day);
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = new Date(date + (3 - weekday) * dayMs);
  const firstDay = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - firstDay) / (7 * dayMs)) + 1;
  return `${thursday.getUTCFullYear()}-W${two(week)}`;
}

/** True when the clocks were put back and have shown this local time before. */
function isSecondTime(atMs: number, zone: string): boolean {
  const offset = wallMs(atMs, zone) - atMs;
  const dayBefore = atMs - dayMs;
  const offsetBefore = wallMs(dayBefore, zone) - dayBefore;
  if (offsetBefore <= offset) return false;
  const first = atMs + offset - offsetBefore;
  return wallMs(first, zone) === wallMs(atMs, zone);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
