import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWhen } from '../../../src/schedule/when/parse-when.ts';
import '../../helpers/property-runs.ts';

const options = { zone: 'UTC', minIntervalMinutes: 60 };

function read(text: string, minIntervalMinutes = 60): readonly string[] {
  const reading = parseWhen(text, { ...options, minIntervalMinutes });
  if (reading.kind === 'bad') return [reading.problem];
  const { schedule, rest } = reading;
  return [schedule.cron, schedule.zone, schedule.text, ...(rest === '' ? [] : [rest])];
}

describe('parseWhen', () => {
  it.each([
    ['daily 08:00 Europe/Berlin', '0 8 * * *', 'Europe/Berlin', 'daily at 08:00'],
    ['daily at 8', '0 8 * * *', 'UTC', 'daily at 08:00'],
    ['every day 8am', '0 8 * * *', 'UTC', 'daily at 08:00'],
    ['8:00', '0 8 * * *', 'UTC', 'daily at 08:00'],
    ['at 8 every day', '0 8 * * *', 'UTC', 'daily at 08:00'],
    ['weekdays at 8', '0 8 * * 1-5', 'UTC', 'weekdays at 08:00'],
    ['Monday to Friday 8:30 p.m.', '30 20 * * 1-5', 'UTC', 'weekdays at 20:30'],
    ['weekends 10:00', '0 10 * * 0,6', 'UTC', 'weekends at 10:00'],
    ['every Monday 09:30', '30 9 * * 1', 'UTC', 'every Monday at 09:30'],
    ['mon,wed,fri 7:15', '15 7 * * 1,3,5', 'UTC', 'every Monday, Wednesday and Friday at 07:15'],
    ['tuesdays and thursdays at 18h', '0 18 * * 2,4', 'UTC', 'every Tuesday and Thursday at 18:00'],
    ['fri-mon noon', '0 12 * * 0,1,5,6', 'UTC', 'every Monday, Friday, Saturday and Sunday at 12:00'],
    ['weekly', '0 8 * * 1', 'UTC', 'every Monday at 08:00'],
    ['weekly on tuesday at 10', '0 10 * * 2', 'UTC', 'every Tuesday at 10:00'],
    ['monthly 1st 09:00', '0 9 1 * *', 'UTC', 'monthly on the 1st at 09:00'],
    ['the first Monday of the month at 9', '0 9 1-7 * 1', 'UTC', 'monthly on the first Monday at 09:00'],
    ['monthly on the last day 17:00', '0 17 L * *', 'UTC', 'monthly on the last day at 17:00'],
    ['every 6 hours', '0 0,6,12,18 * * *', 'UTC', 'every 6 hours'],
    ['every 4h from 06:30', '30 2,6,10,14,18,22 * * *', 'UTC', 'every 4 hours from 02:30'],
    ['hourly', '0 * * * *', 'UTC', 'hourly'],
    ['daily 8:00, 12:00 and 18:00', '0 8,12,18 * * *', 'UTC', 'daily at 08:00, 12:00 and 18:00'],
    ['0 8 * * 1-5', '0 8 * * 1-5', 'UTC', 'weekdays at 08:00'],
    [
      '"0 8 * * mon,fri" America/New York',
      '0 8 * * MON,FRI',
      'America/New_York',
      'every Monday and Friday at 08:00',
    ],
    ['0 8 1 * 1', '0 8 1 * 1', 'UTC', 'cron 0 8 1 * 1'],
    ['0 8 29 2 *', '0 8 29 2 *', 'UTC', 'cron 0 8 29 2 *'],
    ['DAILY 08：00\u00a0EUROPE/BERLIN', '0 8 * * *', 'Europe/Berlin', 'daily at 08:00'],
  ])('reads “%s”', (text, cron, zone, words) => {
    expect(read(text)).toEqual([cron, zone, words]);
  });

  it.each([
    ['weekdays at 8 in america/new york thread', 'America/New_York', 'thread'],
    ['daily 08:00 (Europe/Berlin) sector:telecom -source:x', 'Europe/Berlin', 'sector:telecom -source:x'],
    ['“0 8 * * *” europe/kyiv country:"South Korea"', 'Europe/Kyiv', 'country:"South Korea"'],
    ['8am Tokyo time silent', 'Asia/Tokyo', 'silent'],
    ['daily 8:00 UTC', 'UTC', undefined],
    ['daily 8:00 sector:x', 'UTC', 'sector:x'],
  ])('takes the zone of “%s” and leaves the rest', (text, zone, rest) => {
    const [, readZone, , readRest] = read(text);

    expect([readZone, readRest]).toEqual([zone, rest]);
  });

  it.each([
    ['every second', /too often: two digests are at least one hour apart/],
    ['every 30 minutes', /too often/],
    ['* * * * *', /too often/],
    ['0,30 8 * * *', /too often/],
    ['59 23,0 * * 1', /^59 23,0/],
    ['0 0 8 * * 1', /five fields.*no seconds; this one has 6/],
    ['0 8 * *', /five fields.*this one has 4/],
    ['61 8 * * *', /no cron line/],
    ['0 8 31 2 *', /“0 8 31 2 \*” never comes/],
    ['31 February 08:00', /“31 february 08:00” never comes/],
    ['every 24 December', /one day of the year/],
    ['25:00', /“25:00” is no time of day/],
    ['daily at 24:00', /no time of day/],
    ['daily 13pm', /no time of day/],
    ['daily 08:00:00', /names seconds/],
    ['daily at', /Say the time/],
    ['monthly 32', /No month has a day 32/],
    ['every 7 hours', /parts the hour or the day evenly/],
    ['every other week', /write daily, weekly or monthly/],
    ['daily 8:00 and 17:30', /same minute/],
    ['sometimes', /“sometimes” does not begin with a schedule/],
    ['', /does not begin with a schedule/],
    ['__proto__', /does not begin with a schedule/],
  ])('judges “%s”', (text, problem) => {
    expect(read(text)[0]).toMatch(problem);
  });

  it('says in every refusal what is accepted', () => {
    for (const text of ['sometimes', '25:00', 'every second', '0 8 31 2 *', 'daily 08:00 Mars/Phobos']) {
      expect(read(text)[0]).toMatch(/Accepted are daily 08:00, weekdays at 8, .*cron line of five fields/);
    }
  });

  it('keeps to the shortest interval of the settings', () => {
    expect(read('every 15 minutes', 15)[0]).toBe('*/15 * * * *');
    expect(read('every 10 minutes', 15)[0]).toMatch(/at least 15 minutes apart/);
    expect(read('daily at 8', 2_880)[0]).toMatch(/at least 2 days apart/);
    expect(read('weekly', 2_880)[0]).toBe('0 8 * * 1');
  });

  it.each([
    'daily at 8',
    'mon,wed,fri 7:15',
    'every 6 hours',
    'every 4h from 06:30',
    'monthly 31st 9:00',
    'first monday of the month at 9',
    'monthly last day',
    'hourly at :30',
    'cron 0 8 1 * 1',
  ])('reads its own wording of “%s” back', (text) => {
    const [cron, , words = ''] = read(text);

    expect(read(words)[0]).toBe(cron);
  });

  it('never throws and stays quick on whatever is typed', () => {
    const word = fc.constantFrom(
      'every',
      'daily',
      'at',
      '8',
      ',',
      'and',
      'mon',
      '-',
      '*',
      '1st',
      'of',
      'the',
      'month',
      '25:00',
      'hours',
      'cron',
      'Europe/Berlin',
      '"',
      '0',
      '*/5',
      'last',
      'second',
      '31',
      'February',
      'am',
      '\u0000',
      '__proto__',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word, { maxLength: 9 }).map((words) => words.join(' ')),
        ),
        (text) => {
          expect(['ok', 'bad']).toContain(parseWhen(text, options).kind);
        },
      ),
      { numRuns: 400 },
    );
    expect(parseWhen('mon,'.repeat(100_000), options).kind).toBe('ok');
    expect(parseWhen('0 '.repeat(100_000), options).kind).toBe('bad');
    expect(parseWhen(`daily ${'a/'.repeat(50_000)}`, options).kind).toBe('bad');
  });
});

it('tells of an endless word no more than its beginning', () => {
  const reading = parseWhen(`1 mon ${'<!channel>'.repeat(800)}`, { zone: 'UTC', minIntervalMinutes: 60 });

  expect(reading.kind === 'bad' && reading.problem.length).toBeLessThan(500);
});
