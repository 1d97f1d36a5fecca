import { Cron } from 'croner';
import type { SlotSchedule } from '../../domain/subscription.ts';

/** The newest slot of a stretch of time, and how many came before it in the same stretch. */
export interface LatestSlot {
  /** Epoch milliseconds. */
  readonly slotAt: number;
  /** Slots before it, counted up to 1,000. */
  readonly earlier: number;
}

/**
 * The next slots after a time (both in epoch milliseconds), ascending; fewer than `count` when the schedule has no
 * more, none for a line that cannot be read. A local time that a change of the clocks leaves out comes at the first
 * moment after the gap; one that comes twice counts once, its first time, unless the line comes at every hour or
 * every so many minutes: then each of them is a slot.
 */
export function nextSlots(
  schedule: Pick<SlotSchedule, 'cron' | 'zone'>,
  afterMs: number,
  count: number,
): readonly number[] {
  const cron = compiled(schedule);
  return cron === undefined ? [] : cron.nextRuns(count, new Date(afterMs)).map((date) => date.getTime());
}

/** The newest slot with `afterMs < slot <= untilMs`; undefined when there is none. */
export function latestSlot(
  schedule: Pick<SlotSchedule, 'cron' | 'zone'>,
  afterMs: number,
  untilMs: number,
): LatestSlot | undefined {
  const first = slotsUpTo(schedule, afterMs, untilMs);
  const last = first.at(-1);
  if (last === undefined) return undefined;
  if (first.length <= maxCounted) return { slotAt: last, earlier: first.length - 1 };
  // So many were missed that the newest is looked for from the end, ever further back.
  for (let backMs = dayMs; backMs < untilMs - last; backMs *= 4) {
    const newest = slotsUpTo(schedule, untilMs - backMs, untilMs).at(-1);
    if (newest !== undefined) return { slotAt: newest, earlier: maxCounted };
  }
  return { slotAt: last, earlier: maxCounted };
}

/** True when the line can be read; it may still never come, such as 31 February. */
export function isCronLine(cron: string): boolean {
  return compiled({ cron, zone: 'UTC' }) !== undefined;
}

const dayMs = 86_400_000;
const maxCounted = 1_000;
const batch = 50;

/** Slots with `afterMs < slot <= untilMs`, ascending, at most one more than are counted. */
function slotsUpTo(
  schedule: Pick<SlotSchedule, 'cron' | 'zone'>,
  afterMs: number,
  untilMs: number,
): readonly number[] {
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

function compiled({ cron, zone }: Pick<SlotSchedule, 'cron' | 'zone'>): Cron | undefined {
  try {
    return new Cron(cron, {
      timezone: zone,
      mode: '5-part',
      paused: true,
      domAndDow: true,
      fixedTimeRule: 'no-wildcard',
    });
  } catch {
    return undefined;
  }
}
