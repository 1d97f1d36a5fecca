import type { Timing } from '../domain/subscription.ts';
import { periodOf } from '../schedule/when/period.ts';
import { nextSlots } from '../schedule/when/slots.ts';
import type { StoredSubscription } from '../store/delivery-types.ts';

const shownRuns = 3;

/**
 * The first slots after a time (epoch milliseconds), without those of the period that the last planned slot stands for:
 * an edited time does not come twice on one day.
 */
export function upcomingSlots(
  timing: Timing,
  afterMs: number,
  lastSlotAt: number | null,
  count = shownRuns,
): readonly number[] {
  if (timing.kind === 'at-once') return [];
  const { schedule } = timing;
  if (lastSlotAt === null) return nextSlots(schedule, afterMs, count);
  const told = periodOf(schedule, lastSlotAt);
  const isOpen = (slot: number): boolean => periodOf(schedule, slot) !== told;
  return nextSlots(schedule, afterMs, count + 1)
    .filter(isOpen)
    .slice(0, count);
}

/** The next runs of a stored subscription; none while it is paused. */
export function nextRuns({ timing, paused, nextSlotAt }: StoredSubscription): readonly number[] {
  if (paused || timing.kind === 'at-once' || nextSlotAt === null) return [];
  return [nextSlotAt, ...nextSlots(timing.schedule, nextSlotAt, shownRuns - 1)];
}
