import type { SlotSchedule } from '../../domain/subscription.ts';
import { assertNever } from '../../support/assert-never.ts';
import { cadenceOf, cronFieldsOf, minutesOf } from './cron-fields.ts';
import { instantOf, zoneClock } from './local-time.ts';

/**
 * The period that a slot (epoch milliseconds) stands for, so that an edited time does not deliver one twice: the local
 * date, `2026-11-23`; for a schedule of one day of the week the ISO week, `2026-W48`; of one day of the month the
 * month, `2026-11`; and for one that comes several times a day the local hour, `2026-11-23T08`, with the minutes where
 * an hour has several slots, and with `again` where the clocks are put back and the same hour comes a second time.
 */
export function periodOf(schedule: Pick<SlotSchedule, 'cron' | 'zone'>, slotMs: number): string {
  const clock = zoneClock(schedule.zone);
  const wall = clock.wallAt(slotMs);
  const [date = '', time = ''] = new Date(wall).toISOString().split('T');
  const fields = cronFieldsOf(schedule.cron);
  const cadence = fields === undefined ? 'daily' : cadenceOf(fields);
  switch (cadence) {
    case 'daily':
      return date;
    case 'weekly':
      return isoWeek(wall);
    case 'monthly':
      return date.slice(0, 7);
    case 'several': {
      const minutes = fields === undefined ? [] : minutesOf(fields);
      // A slot that a gap of the clocks has moved may fall into the hour of another.
      const isPlain = minutes.length === 1 && minutes[0] === Number(time.slice(3, 5));
      const isSecondTime = (instantOf(wall, clock) ?? slotMs) < slotMs - secondMs;
      return `${date}T${time.slice(0, isPlain ? 2 : 5)}${isSecondTime ? ' again' : ''}`;
    }
    default:
      return assertNever(cadence);
  }
}

const secondMs = 1_000;
const dayMs = 86_400_000;

/** The week with the year it belongs to, by ISO 8601: it begins on Monday, and the first holds the first Thursday. */
function isoWeek(wall: number): string {
  const weekday = (new Date(wall).getUTCDay() + 6) % 7;
  const thursday = new Date(wall + (3 - weekday) * dayMs);
  const firstDay = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - firstDay) / (7 * dayMs)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}
