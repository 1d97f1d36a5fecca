import { zoneClock } from './local-time.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** Locales that have short names for the clocks of their part of the world. */
const locales = ['en-GB', 'en-US', 'en-AU'] as const;

/**
 * A time (epoch milliseconds) as the clocks of a zone show it: `Mon 23 Nov 08:00 CET`; with the year when it is not
 * the one of `nowMs`. A zone whose clocks have no short name in English is told by its offset, `UTC+5:45`.
 */
export function formatSlot(slotMs: number, zone: string, nowMs: number): string {
  const clock = zoneClock(zone);
  const wall = new Date(clock.wallAt(slotMs));
  const isThisYear = wall.getUTCFullYear() === new Date(clock.wallAt(nowMs)).getUTCFullYear();
  const weekday = weekdays[wall.getUTCDay()] ?? '';
  const month = months[wall.getUTCMonth()] ?? '';
  const year = isThisYear ? '' : ` ${wall.getUTCFullYear()}`;
  const time = wall.toISOString().slice(11, 16);
  return `${weekday} ${wall.getUTCDate()} ${month}${year} ${time} ${clockName(slotMs, zone)}`;
}

function clockName(atMs: number, zone: string): string {
  if (zone === 'UTC') return 'UTC';
  let offset = '';
  for (const locale of locales) {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }).formatToParts(
      atMs,
    );
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (!/^(?:GMT|UTC)[+-]/.test(name)) return name;
    offset = name.replace('GMT', 'UTC');
  }
  return offset;
}
