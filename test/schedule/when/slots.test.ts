import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSlot } from '../../../src/schedule/when/format-slot.ts';
import { zoneClock } from '../../../src/schedule/when/local-time.ts';
import { periodOf } from '../../../src/schedule/when/period.ts';
import { latestSlot, nextSlots } from '../../../src/schedule/when/slots.ts';
import '../../helpers/property-runs.ts';

function local(cron: string, zone: string, after: string, count: number): readonly string[] {
  const clock = zoneClock(zone);
  const slots = nextSlots({ cron, zone }, Date.parse(after), count);
  return slots.map((slot) => new Date(clock.wallAt(slot)).toISOString().slice(0, 16).replace('T', ' '));
}

describe('nextSlots', () => {
  it('comes after the time it is asked for, never at it', () => {
    const schedule = { cron: '0 8 * * *', zone: 'Europe/Berlin' };
    const slot = Date.parse('2026-11-23T07:00:00Z');

    expect(nextSlots(schedule, slot - 1, 1)).toEqual([slot]);
    expect(nextSlots(schedule, slot, 1)).toEqual([slot + 86_400_000]);
  });

  it.each([
    [
      'spring forward: after the gap',
      '30 2 * * *',
      'Europe/Berlin',
      '2027-03-27T12:00Z',
      ['2027-03-28 03:00', '2027-03-29 02:30'],
    ],
    [
      'autumn: the first of two',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-10-24T12:00Z',
      ['2026-10-25 02:30', '2026-10-26 02:30'],
    ],
    [
      'New York in spring',
      '15 2 * * *',
      'America/New_York',
      '2027-03-13T12:00Z',
      ['2027-03-14 03:00', '2027-03-15 02:15'],
    ],
    [
      'clocks that change by half an hour',
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-03T00:00Z',
      ['2026-10-04 02:30', '2026-10-05 02:15'],
    ],
    [
      'clocks that change at midnight',
      '30 0 * * *',
      'Africa/Cairo',
      '2026-04-23T12:00Z',
      ['2026-04-24 01:00', '2026-04-25 00:30'],
    ],
    [
      'a day that was left out',
      '0 8 * * *',
      'Pacific/Apia',
      '2011-12-28T20:00Z',
      ['2011-12-29 08:00', '2011-12-31 08:00', '2012-01-01 08:00'],
    ],
    [
      'midnight of a day that was left out',
      '0 0 * * *',
      'Pacific/Apia',
      '2011-12-28T20:00Z',
      ['2011-12-29 00:00', '2011-12-31 00:00', '2012-01-01 00:00'],
    ],
    [
      'clocks that change at the end of the day',
      '45 23 * * *',
      'America/Scoresbysund',
      '2026-03-27T12:00Z',
      ['2026-03-27 23:45', '2026-03-28 22:59', '2026-03-29 23:45'],
    ],
    ['a leap day', '0 8 29 2 *', 'Asia/Tokyo', '2026-11-22T00:00Z', ['2028-02-29 08:00', '2032-02-29 08:00']],
    [
      'the last of the month',
      '0 8 L * *',
      'UTC',
      '2028-01-15T00:00Z',
      ['2028-01-31 08:00', '2028-02-29 08:00'],
    ],
    ['half an hour from UTC', '0 8 * * *', 'Asia/Kolkata', '2026-11-22T02:29:59Z', ['2026-11-22 08:00']],
    ['three quarters from UTC', '0 8 * * *', 'Asia/Kathmandu', '2026-11-22T02:15:00Z', ['2026-11-23 08:00']],
    [
      'day of the month and of the week together',
      '0 8 13 * 5',
      'UTC',
      '2026-11-01T00:00Z',
      ['2026-11-13 08:00', '2027-08-13 08:00'],
    ],
  ])('holds for %s', (_, cron, zone, after, slots) => {
    expect(local(cron, zone, after, slots.length)).toEqual(slots);
  });

  it('goes through both of the hours that come twice when it comes hourly', () => {
    const slots = nextSlots({ cron: '0 * * * *', zone: 'Europe/Berlin' }, Date.parse('2026-10-24T23:30Z'), 3);

    expect(slots.map((slot) => new Date(slot).toISOString().slice(11, 16))).toEqual([
      '00:00',
      '01:00',
      '02:00',
    ]);
  });

  it('has none for what never comes or cannot be read', () => {
    expect(nextSlots({ cron: '0 8 31 2 *', zone: 'UTC' }, 0, 3)).toEqual([]);
    expect(nextSlots({ cron: 'nonsense', zone: 'UTC' }, 0, 3)).toEqual([]);
    expect(nextSlots({ cron: '0 8 * * *', zone: 'Mars/Phobos' }, 0, 3)).toEqual([]);
  });

  it('comes once on every day of every zone, at whatever time', { timeout: 30_000 }, () => {
    const faults: string[] = [];
    for (const zone of zonesByClock(from, until).values()) {
      for (const day of daysToLookAt(zone)) {
        for (const cron of ['0 0 * * *', '30 1 * * *', '15 2 * * *', '45 23 * * *']) {
          faults.push(...faultsAround(cron, zone, day));
        }
      }
    }

    expect(faults).toEqual([]);
  });

  it('never goes back, and gives no slot twice, from any time on', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/Havana',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Beirut',
    );
    const cron = fc.constantFrom(
      '0 0 * * *',
      '30 2 * * 0',
      '0 */6 * * *',
      '0 0,6,12,18 * * *',
      '15 3 1 * *',
      '30 1,2 * * *',
    );
    const at = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(zone, cron, at, (inZone, line, after) => {
        const schedule = { cron: line, zone: inZone };
        const slots = nextSlots(schedule, after, 6);
        const periods = slots.map((slot) => periodOf(schedule, slot));
        expect(slots.every((slot, index) => slot > (slots[index - 1] ?? after))).toBe(true);
        expect(new Set(periods).size).toBe(periods.length);
        expect(nextSlots(schedule, slots[0] ?? after, 1)[0]).toBe(slots[1]);
      }),
      { numRuns: 60 },
    );
  });
});

const from = Date.UTC(2026, 0, 1);
const until = Date.UTC(2028, 0, 1);
const dayMs = 86_400_000;

/** One zone for all that keep the same clocks over the time looked at: two thirds are named after others. */
function zonesByClock(start: number, end: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const offsets: string[] = [];
    for (let at = start; at < end; at += dayMs) {
      const offset = format.format(at).split('GMT')[1] ?? '';
      if (offset !== offsets.at(-1)?.split('@')[0]) offsets.push(`${offset}@${at}`);
    }
    found.set(offsets.join(' '), zone);
  }
  return found;
}

/** The days around each change of the clocks, and one at rest. */
function daysToLookAt(zone: string): readonly number[] {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const days = [from];
  let before = format.format(from).split('GMT')[1];
  for (let at = from; at < until; at += dayMs) {
    const offset = format.format(at).split('GMT')[1];
    if (offset !== before) days.push(at - 2 * dayMs);
    before = offset;
  }
  return days;
}

/** The local dates of five slots in a row are five days in a row. */
function faultsAround(cron: string, zone: string, day: number): readonly string[] {
  const clock = zoneClock(zone);
  const dates = nextSlots({ cron, zone }, day, 5).map(
    (slot) => Math.floor(clock.wallAt(slot) / dayMs) * dayMs,
  );
  const isWhole =
    dates.length === 5 &&
    dates.every((date, index) => index === 0 || date - (dates[index - 1] ?? 0) === dayMs);
  return isWhole
    ? []
    : [
        `${cron} ${zone} ${new Date(day).toISOString()}: ${dates.map((date) => new Date(date).toISOString().slice(0, 10)).join(' ')}`,
      ];
}

describe('latestSlot', () => {
  const daily = { cron: '0 8 * * *', zone: 'UTC' };
  const at = (text: string): number => Date.parse(text);

  it('gives the newest slot that has come, and how many came before it', () => {
    expect(latestSlot(daily, at('2026-11-20T08:00Z'), at('2026-11-20T12:00Z'))).toBeUndefined();
    expect(latestSlot(daily, at('2026-11-20T07:59Z'), at('2026-11-20T08:00Z'))).toEqual({
      slotAt: at('2026-11-20T08:00Z'),
      earlier: 0,
    });
    expect(latestSlot(daily, at('2026-11-20T08:00Z'), at('2026-11-23T09:00Z'))).toEqual({
      slotAt: at('2026-11-23T08:00Z'),
      earlier: 2,
    });
  });

  it('finds the newest of years without counting them all', () => {
    const hourly = { cron: '0 * * * *', zone: 'Europe/Berlin' };

    expect(latestSlot(hourly, at('2020-01-01T00:00Z'), at('2026-11-23T09:30Z'))).toEqual({
      slotAt: at('2026-11-23T09:00Z'),
      earlier: 1_000,
    });
    expect(
      latestSlot({ cron: '* * 1 1 *', zone: 'UTC' }, at('2020-01-01T00:00Z'), at('2026-11-23T09:30Z')),
    ).toEqual({
      slotAt: at('2026-01-01T23:59Z'),
      earlier: 1_000,
    });
  });

  it('has none where time went backwards', () => {
    expect(latestSlot(daily, at('2026-11-23T09:00Z'), at('2026-11-20T09:00Z'))).toBeUndefined();
  });
});

describe('periodOf', () => {
  it.each([
    ['0 8 * * *', 'Pacific/Auckland', '2026-11-22T19:00Z', '2026-11-23'],
    ['0 8 * * 1-5', 'UTC', '2026-11-23T08:00Z', '2026-11-23'],
    ['0 8 * * 1', 'UTC', '2026-11-23T08:00Z', '2026-W48'],
    ['0 8 * * MON', 'UTC', '2027-01-04T08:00Z', '2027-W01'],
    ['0 8 * * 5', 'UTC', '2027-01-01T08:00Z', '2026-W53'],
    ['0 8 * * 0', 'UTC', '2024-12-29T08:00Z', '2024-W52'],
    ['0 8 * * 1', 'UTC', '2024-12-30T08:00Z', '2025-W01'],
    ['0 9 1 * *', 'UTC', '2026-12-01T09:00Z', '2026-12'],
    ['0 9 1-7 * 1', 'UTC', '2026-12-07T09:00Z', '2026-12'],
    ['0 9 1,15 * *', 'UTC', '2026-12-15T09:00Z', '2026-12-15'],
    ['0 8,17 * * *', 'UTC', '2026-11-23T17:00Z', '2026-11-23T17'],
    ['*/30 * * * *', 'UTC', '2026-11-23T17:30Z', '2026-11-23T17:30'],
    ['0 * * * *', 'Europe/Berlin', '2026-10-25T00:00Z', '2026-10-25T02'],
    ['0 * * * *', 'Europe/Berlin', '2026-10-25T01:00Z', '2026-10-25T02 again'],
  ])('is for %s in %s at %s the period %s', (cron, zone, slot, period) => {
    expect(periodOf({ cron, zone }, Date.parse(slot))).toBe(period);
  });

  it('is the same for a daily time that was edited on the same day', () => {
    const early = periodOf({ cron: '0 8 * * *', zone: 'UTC' }, Date.parse('2026-11-23T08:00Z'));
    const late = periodOf({ cron: '30 17 * * *', zone: 'UTC' }, Date.parse('2026-11-23T17:30Z'));

    expect(late).toBe(early);
  });
});

describe('formatSlot', () => {
  const now = Date.parse('2026-11-22T00:00Z');

  it.each([
    ['2026-11-23T07:00Z', 'Europe/Berlin', 'Mon 23 Nov 08:00 CET'],
    ['2026-07-06T06:00Z', 'Europe/Berlin', 'Mon 6 Jul 08:00 CEST'],
    ['2026-11-23T13:00Z', 'America/New_York', 'Mon 23 Nov 08:00 EST'],
    ['2026-11-23T02:15Z', 'Asia/Kathmandu', 'Mon 23 Nov 08:00 UTC+5:45'],
    ['2028-02-29T08:00Z', 'UTC', 'Tue 29 Feb 2028 08:00 UTC'],
  ])('writes %s in %s as %s', (slot, zone, text) => {
    expect(formatSlot(Date.parse(slot), zone, now)).toBe(text);
  });
});
