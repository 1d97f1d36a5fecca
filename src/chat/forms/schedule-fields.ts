import type { FormField, FormOption, FormProblem, FormValues } from '../../cards/form.ts';
import type { SlotSchedule } from '../../domain/subscription.ts';
import { cronFieldsOf, hoursOf, isAny, minutesOf, weekdaysOf } from '../../schedule/when/cron-fields.ts';
import { formatSlot } from '../../schedule/when/format-slot.ts';
import { parseWhen } from '../../schedule/when/parse-when.ts';
import { knownZone } from '../../schedule/when/zones.ts';
import { readSchedule } from '../commands/read-subscription.ts';
import { upcomingSlots } from '../subscription-slots.ts';
import type { ChosenZone } from '../subscriptions.ts';
import { chosenOf, problem, valueOf } from './form-values.ts';
import { zoneOption } from './zone-options.ts';

const rhythms = ['daily', 'weekdays', 'weekly', 'hourly', 'other'] as const;
type Rhythm = (typeof rhythms)[number];

const rhythmLabels: Readonly<Record<Rhythm, string>> = {
  daily: 'Every day',
  weekdays: 'Monday to Friday',
  weekly: 'One day of the week',
  hourly: 'Every hour',
  other: 'In my own words, or a cron line',
};

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const usualTime = '08:00';

/** What the fields of a schedule are read with. */
export interface ScheduleDesk {
  readonly zone: ChosenZone;
  readonly minIntervalMinutes: number;
  readonly now: Date;
  /** In whose time the next runs are told; the schedule's own when not given. */
  readonly ownZone?: string | undefined;
  /** The time (epoch milliseconds) of the last digest, after which an edited schedule goes on; null for none. */
  readonly lastAt?: number | null;
}

export type ScheduleFieldsReading =
  | {
      readonly kind: 'ok';
      readonly schedule: SlotSchedule;
      /** Whose zone it is, where none was chosen. */
      readonly zoneFrom?: ChosenZone['from'];
    }
  | { readonly kind: 'bad'; readonly problems: readonly FormProblem[] };

/** The fields of a schedule, filled in; those that do not belong to the chosen rhythm are not there. */
export function scheduleFields(values: FormValues, desk: ScheduleDesk): readonly FormField[] {
  const rhythm = rhythmIn(values);
  const zone = valueOf(values, 'zone') ?? desk.zone.zone;
  const zoneOffered = zoneOption(zone, desk.now);
  return [
    {
      type: 'choice',
      id: 'rhythm',
      label: 'When',
      options: rhythms.filter((one) => one !== 'hourly' || desk.minIntervalMinutes <= 60).map(rhythmOption),
      value: rhythm,
      refreshes: true,
    },
    ...(rhythm === 'weekly' ? [dayField(values)] : []),
    ...(rhythm === 'daily' || rhythm === 'weekdays' || rhythm === 'weekly' ? [timeField(values)] : []),
    ...(rhythm === 'other' ? [whenField(values)] : []),
    {
      type: 'search',
      id: 'zone',
      label: 'Time zone',
      source: 'zone',
      placeholder: 'A city or a zone, such as Berlin',
      refreshes: true,
      ...(zoneOffered === undefined ? {} : { chosen: [zoneOffered] }),
    },
    { type: 'note', id: 'runs', paragraphs: [[{ text: runsNote(values, desk) }]] },
  ];
}

function rhythmOption(rhythm: Rhythm): FormOption {
  return { value: rhythm, label: rhythmLabels[rhythm] };
}

function dayField(values: FormValues): FormField {
  return {
    type: 'choice',
    id: 'day',
    label: 'Day',
    options: days.map((day) => ({ value: day, label: day })),
    value: chosenOf(values, 'day', days) ?? 'Monday',
    refreshes: true,
  };
}

function timeField(values: FormValues): FormField {
  return {
    type: 'text',
    id: 'time',
    label: 'Time',
    value: valueOf(values, 'time') ?? usualTime,
    placeholder: '08:00, 8:30 or 5pm',
    maxChars: 10,
    refreshes: true,
  };
}

function whenField(values: FormValues): FormField {
  const value = valueOf(values, 'when');
  return {
    type: 'text',
    id: 'when',
    label: 'Schedule',
    hint: 'Such as “mon,wed,fri 7:15”, “monthly 1st 09:00”, “every 6 hours”, or a cron line such as “0 8 * * 1-5”.',
    ...(value === undefined ? {} : { value }),
    placeholder: 'every 6 hours',
    maxChars: 200,
    refreshes: true,
  };
}

function rhythmIn(values: FormValues): Rhythm {
  return chosenOf(values, 'rhythm', rhythms) ?? 'daily';
}

/** Reads the fields by the rules of the `subscribe` command; each problem stands at the field that it is about. */
export function readScheduleFields(values: FormValues, desk: ScheduleDesk): ScheduleFieldsReading {
  const rhythm = rhythmIn(values);
  const zoneText = valueOf(values, 'zone');
  const zone = zoneText === undefined ? undefined : knownZone(zoneText);
  if (zoneText !== undefined && zone === undefined)
    return bad('zone', `“${zoneText.slice(0, 60)}” is no time zone; choose one such as Europe/Berlin.`);
  const chosen: ChosenZone = zone === undefined ? desk.zone : { zone, from: 'asker' };
  const time = valueOf(values, 'time') ?? usualTime;
  if (rhythm !== 'other' && rhythm !== 'hourly' && !isTimeText(time)) return bad('time', noTime(time));
  const field = rhythm === 'other' ? 'when' : rhythm === 'hourly' ? 'rhythm' : 'time';
  const text = scheduleText(rhythm, time, values);
  if (text === undefined)
    return bad('when', 'Write when it comes, such as “every 6 hours” or “0 8 * * 1-5”.');
  const read = readSchedule(text, chosen, desk.minIntervalMinutes);
  if (read.kind === 'bad') return bad(field, field === 'time' ? noTime(time) : read.problem);
  const { schedule, zoneFrom } = read;
  return {
    kind: 'ok',
    schedule,
    ...(zone !== undefined || zoneFrom === undefined ? {} : { zoneFrom }),
  };
}

function bad(field: string, text: string): ScheduleFieldsReading {
  return { kind: 'bad', problems: [problem(field, text)] };
}

/** Nothing but a time of day, so that a field for one thing says no other. */
function isTimeText(text: string): boolean {
  return /^(?:\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?|noon|midnight)$/i.test(text);
}

function noTime(text: string): string {
  return `“${text.slice(0, 20)}” is no time of day; write it as 08:00, 8:30 or 5pm.`;
}

function scheduleText(rhythm: Rhythm, time: string, values: FormValues): string | undefined {
  switch (rhythm) {
    case 'daily':
    case 'weekdays':
      return `${rhythm} ${time}`;
    case 'weekly':
      return `every ${chosenOf(values, 'day', days) ?? 'Monday'} ${time}`;
    case 'hourly':
      return rhythm;
    case 'other':
      return valueOf(values, 'when');
    default:
      return rhythm satisfies never;
  }
}

function runsNote(values: FormValues, desk: ScheduleDesk): string {
  const read = readScheduleFields(values, desk);
  if (read.kind === 'bad') return 'The next three times are shown here once the schedule can be read.';
  const { schedule } = read;
  const nowMs = desk.now.getTime();
  const slots = upcomingSlots({ kind: 'scheduled', schedule }, nowMs, desk.lastAt ?? null);
  if (slots.length === 0) return 'This schedule never comes again.';
  const zone = desk.ownZone ?? schedule.zone;
  const whose = desk.ownZone === undefined ? '' : ', by your own clock';
  return `Next${whose}: ${slots.map((slot) => formatSlot(slot, zone, nowMs)).join(', ')}.`;
}

/** The values of the fields for a schedule that there is. */
export function scheduleValues({ cron, zone, text }: SlotSchedule): FormValues {
  const fields = cronFieldsOf(cron);
  const hours = fields === undefined ? [] : hoursOf(fields);
  const minutes = fields === undefined ? [] : minutesOf(fields);
  const [hour, minute] = [hours[0], minutes[0]];
  const isOnceADay = hours.length === 1 && minutes.length === 1 && hour !== undefined && minute !== undefined;
  const anyDay = fields !== undefined && isAny(fields.dayOfMonth) && isAny(fields.month);
  if (fields !== undefined && anyDay && isOnceADay) {
    const time = `${two(hour)}:${two(minute)}`;
    const weekdays = weekdaysOf(fields);
    const day = weekdays?.length === 1 ? days[((weekdays[0] ?? 1) + 6) % 7] : undefined;
    if (isAny(fields.dayOfWeek)) return { rhythm: ['daily'], time: [time], zone: [zone] };
    if (weekdays?.join() === '1,2,3,4,5') return { rhythm: ['weekdays'], time: [time], zone: [zone] };
    if (day !== undefined) return { rhythm: ['weekly'], day: [day], time: [time], zone: [zone] };
  }
  if (cron === '0 * * * *') return { rhythm: ['hourly'], zone: [zone] };
  const read = parseWhen(text, { zone, minIntervalMinutes: 1 });
  const isSame = read.kind === 'ok' && read.rest === '' && read.schedule.cron === cron;
  return { rhythm: ['other'], when: [isSame ? text : cron], zone: [zone] };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
