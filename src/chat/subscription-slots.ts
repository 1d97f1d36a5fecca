import type { Timing } from '../domain/subscription.ts';
import { periodOf } from '../schedule/when/period.ts';
import { nextSlots } from '../schedule/when/slots.ts';
import type { StoredSubscription } from '../store/delivery-types.ts';

const shownRuns = 3;

/**
 * The first slots after a time (epoch milliseconds), without those of a period in which something was posted already:
 * an edited time does not come twice on one day. None for what has no schedule.
 */
export function upcomingSlots(
  timing: Timing,
  afterMs: number,
  lastPostedAt: number | null,
  count = shownRuns,
): readonly number[] {
  if (timing.kind === 'at-once') return [];
  const { schedule } = timing;
  const slots = nextSlots(schedule, afterMs, count + 1);
  if (lastPostedAt === null) return slots.slice(0, count);
  const posted = periodOf(schedule, lastPostedAt);
  return slots.filter((slot) => periodOf(schedule, slot) !== posted).slice(0, count);
}

/** The next runs of a stored subscription; none while it is paused. */
export function nextRuns({ timing, paused, nextSlotAt }: StoredSubscription): readonly number[] {
  if (paused || timing.kind === 'at-once' || nextSlotAt === null) return [];
  return [nextSlotAt, ...nextSlots(timing.schedule, nextSlotAt, shownRuns - 1)];
}
