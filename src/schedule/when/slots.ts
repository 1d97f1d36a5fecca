import { Cron } from 'croner';
import type { SlotSchedule } from '../../domain/subscription.ts';
import { cronFieldsOf } from './cron-fields.ts';
import { instantOf, type ZoneClock, zoneClock } from './local-time.ts';

type Schedule = Pick<SlotSchedule, 'cron' | 'zone'>;

/** The newest slot of a stretch of time, and how many came before it in the same stretch. */
export interface LatestSlot {
  /** Epoch milliseconds. */
  readonly slotAt: number;
  /** Slots before it, counted up to 1,000. */
  readonly earlier: number;
}

/**
 * The next slots after a time (both in epoch milliseconds), ascending; fewer than `count` when the schedule has no
 * more, none for a line or a zone that cannot be read. A time of day that a change of the clocks leaves out comes at
 * the first moment behind the gap, or at the last minute before it where the gap ends the day; one that comes twice
 * counts once, its first time. A line with a star or a step in its minutes or hours, such as an hourly one, goes by
 * what the clocks show instead: nothing in the gap, and both of the hours that come twice.
 */
export function nextSlots(schedule: Schedule, afterMs: number, count: number): readonly number[] {
  const { cron, zone } = schedule;
  try {
    if (!isTimeOfDay(cron)) return runsOf(compile(cron, zone), afterMs, count);
    return slotsOfDay(compile(cron, 'UTC'), zoneClock(zone), afterMs, count);
  } catch {
    return [];
  }
}

/** The newest slot with `afterMs < slot <= untilMs`; undefined when there is none. */
export function latestSlot(schedule: Schedule, afterMs: number, untilMs: number): LatestSlot | undefined {
  const first = slotsUpTo(schedule, afterMs, untilMs);
  const last = first.at(-1);
  if (last === undefined) return undefined;
  if (first.length <= maxCounted) return { slotAt: last, earlier: first.length - 1 };
  return { slotAt: newestUpTo(schedule, last, untilMs), earlier: maxCounted };
}

/** True when the line can be read; it may still never come, such as 31 February. */
export function isCronLine(cron: string): boolean {
  try {
    compile(cron, 'UTC');
    return true;
  } catch {
    return false;
  }
}

const maxCounted = 1_000;
const batch = 50;
const minuteMs = 60_000;

/** Slots with `afterMs < slot <= untilMs`, ascending, at most one more than are counted. */
function slotsUpTo(schedule: Schedule, afterMs: number, untilMs: number): readonly number[] {
  const found: number[] = [];
  let after = afterMs;
  while (found.length <= maxCounted) {
    // Mostly there is one: more are computed only when it has come.
    const next = nextSlots(schedule, after, found.length < 2 ? 1 : batch);
    const come = next.filter((slot) => slot <= untilMs);
    found.push(...come);
    if (come.length < next.length || next.length === 0) break;
    after = next.at(-1) ?? untilMs;
  }
  return found.slice(0, maxCounted + 1);
}

/** The newest slot up to a time, found by halves from one that has come. */
function newestUpTo(schedule: Schedule, knownSlot: number, untilMs: number): number {
  let newest = knownSlot;
  let end = untilMs;
  while (end - newest > minuteMs) {
    const middle = Math.floor((newest + end) / 2);
    const [next] = nextSlots(schedule, middle, 1);
    if (next !== undefined && next <= untilMs) newest = next;
    else end = middle;
  }
  const [last] = nextSlots(schedule, newest, 1);
  return last !== undefined && last <= untilMs ? last : newest;
}

/** True for a line that names its minutes and hours one by one or by ranges. */
function isTimeOfDay(cron: string): boolean {
  const fields = cronFieldsOf(cron);
  return fields !== undefined && !/[*?/]/.test(`${fields.minute} ${fields.hour}`);
}

/** The line's times on the wall, which croner counts as if they were UTC, at the moments when the clocks show them. */
function slotsOfDay(walls: Cron, clock: ZoneClock, afterMs: number, count: number): readonly number[] {
  const found = new Set<number>();
  let wall = clock.wallAt(afterMs);
  while (found.size < count) {
    const next = runsOf(walls, wall, count - found.size);
    for (const one of next) {
      const slot = instantOf(one, clock);
      if (slot !== undefined && slot > afterMs) found.add(slot);
    }
    const last = next.at(-1);
    if (last === undefined) break;
    wall = last;
  }
  return [...found];
}

function runsOf(cron: Cron, afterMs: number, count: number): readonly number[] {
  return cron.nextRuns(count, new Date(afterMs)).map((date) => date.getTime());
}

function compile(cron: string, timezone: string): Cron {
  return new Cron(cron, { timezone, mode: '5-part', paused: true, domAndDow: true });
}
