import * as fc from 'fast-check';
import { parseWhen } from '../../../src/schedule/when/parse-when.ts';
import { latestSlot, nextSlots } from '../../../src/schedule/when/slots.ts';
import { defineTarget } from '../target.ts';
import { edited, hostile, repeated } from '../words.ts';

const forms = [
  'daily 08:00',
  'weekdays at 8',
  'every Monday 09:30',
  'mon,wed,fri 7:15',
  'weekends 10:00',
  'monthly 1st 09:00',
  'monthly on the last day at noon',
  'monthly on the second Tuesday at 6pm',
  'every 6 hours',
  'every 2 hours from 01:30',
  'hourly at :15',
  '0 8 * * 1-5',
  '*/30 * * * *',
  '0 8 L * *',
  '0 0 29 2 *',
  '0 8 1-7 * mon',
  '15,45 3-6/2 * jan-mar *',
] as const;
const field = fc.oneof(
  fc.constantFrom(
    '*',
    '*/5',
    '0',
    '8',
    '1-5',
    'mon',
    'L',
    '1#2',
    '?',
    '31',
    '0-59/15',
    '99',
    '60',
    '-1',
    '5-1',
  ),
  hostile(),
);
const lines = fc.array(field, { minLength: 5, maxLength: 6 }).map((fields) => fields.join(' '));
const zones = [
  'Europe/Berlin',
  'in Asia/Tokyo',
  'New York',
  'EST',
  'Europe/Berln',
  'UTC+5:45',
  'Pacific/Apia',
];
const times = ['', ' at 25:99', ' 9.30', ' noon', ' at midnight', ' and 17:00', ' at 8, 12 and 17'];
const phrase = fc
  .tuple(
    fc.oneof(fc.constantFrom(...forms), lines),
    fc.constantFrom(...times),
    fc.oneof(fc.constant(''), fc.constantFrom(...zones)),
    fc.constantFrom('', 'sector:telecom', '-actor:APT28'),
  )
  .map((parts) => parts.join(' '));

interface Asked {
  readonly text: string;
  readonly zone: string;
  readonly afterMs: number;
}

const dayMs = 86_400_000;

export const scheduleTarget = defineTarget<Asked>(
  'schedules',
  'schedules in words and as cron lines',
  () => ({
    inputs: fc.record({
      text: fc.oneof(
        { arbitrary: phrase, weight: 4 },
        { arbitrary: edited(phrase), weight: 5 },
        { arbitrary: repeated(), weight: 1 },
      ),
      zone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/New_York',
        'Australia/Lord_Howe',
        'Pacific/Apia',
      ),
      afterMs: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2034, 0, 1) }),
    }),
    problemsOf: ({ text, zone, afterMs }) => {
      const read = parseWhen(text, { zone, minIntervalMinutes: 60 });
      if (read.kind === 'bad')
        return read.problem.length > 0 && read.problem.length < 3_000 ? [] : ['its problem'];
      const slots = nextSlots(read.schedule, afterMs, 3);
      const again = parseWhen(`${read.schedule.text} ${read.schedule.zone}`, {
        zone,
        minIntervalMinutes: 60,
      });
      return [
        ...(slots.length === 0 ? ['it is accepted and never comes'] : []),
        ...(slots.some((slot, index) => slot <= (slots[index - 1] ?? afterMs))
          ? ['its slots do not go forward']
          : []),
        ...(again.kind === 'ok' && nextSlots(again.schedule, afterMs, 3).join() === slots.join()
          ? []
          : [`its own words “${read.schedule.text}” say something else`]),
        ...latestProblems(latestSlot(read.schedule, afterMs - 40 * dayMs, afterMs)?.slotAt, afterMs),
      ];
    },
  }),
);

function latestProblems(slot: number | undefined, untilMs: number): readonly string[] {
  return slot === undefined || slot <= untilMs ? [] : ['the latest slot lies ahead'];
}
