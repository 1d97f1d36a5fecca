import type { SlotPlan, StoredSubscription } from '../store/delivery-types.ts';
import { deliveryId, stableShare } from './delivery-id.ts';
import { periodOf } from './when/period.ts';
import { latestSlot, nextSlots } from './when/slots.ts';

type PlannedDelivery = NonNullable<SlotPlan['delivery']>;

/** Slots that begin together are spread over this much: people expect 08:00 at 08:00. */
export const maxJitterMs = 2_000;
/** However short the catch-up window is: a tick that comes late, and a first retry, are not a miss. */
const minWindowMs = 5 * 60_000;

/**
 * What becomes of a subscription whose next slot has come: one delivery for the latest slot that has passed, which tells
 * the earlier ones too; `skipped` when that one is over its catch-up window.
 */
export function planSlot(due: StoredSubscription, now: number, catchUpMs: number): SlotPlan {
  if (due.timing.kind !== 'scheduled' || due.nextSlotAt === null) return { nextSlotAt: null };
  const { schedule } = due.timing;
  // A slot that the schedule does not have any more was promised all the same.
  const { slotAt, earlier } = latestSlot(schedule, due.nextSlotAt - 1, now) ?? {
    slotAt: due.nextSlotAt,
    earlier: 0,
  };
  const nextSlotAt = nextSlots(schedule, Math.max(slotAt, now), 1)[0] ?? null;
  const delivery = { ...plannedSlot(due, slotAt, catchUpMs), merged: earlier };
  if (now <= delivery.deadline) return { delivery, nextSlotAt };
  return { delivery: { ...delivery, state: 'skipped', lastError: missedText(slotAt, now) }, nextSlotAt };
}

/** A slot as it stands in the ledger when it is planned in time. */
export function plannedSlot(
  { id, timing }: Pick<StoredSubscription, 'id' | 'timing'>,
  slotAt: number,
  catchUpMs: number,
): PlannedDelivery {
  if (timing.kind === 'at-once') return plannedAtOnce(id, slotAt, slotAt, catchUpMs);
  const { schedule } = timing;
  const period = periodOf(schedule, slotAt);
  const [next] = nextSlots(schedule, slotAt, 1);
  const key = deliveryId(id, period);
  return {
    id: key,
    slotAt,
    period,
    merged: 0,
    notBefore: slotAt + Math.floor(stableShare(key) * maxJitterMs),
    deadline: slotAt + windowMs(catchUpMs, next === undefined ? undefined : next - slotAt),
    state: 'pending',
  };
}

/**
 * What a watch tells at once.
 * @param changedAt when the newest of what it tells was stored: it names the delivery, on every replica alike
 */
export function plannedAtOnce(
  subscription: string,
  changedAt: number,
  now: number,
  catchUpMs: number,
): PlannedDelivery {
  const period = `until ${changedAt}`;
  return {
    id: deliveryId(subscription, period),
    slotAt: now,
    period,
    merged: 0,
    notBefore: now,
    deadline: now + windowMs(catchUpMs, undefined),
    state: 'pending',
  };
}

/** Never up to the next slot: that one tells what this one did not. */
function windowMs(catchUpMs: number, periodMs: number | undefined): number {
  const wanted = Math.max(catchUpMs, minWindowMs);
  return periodMs === undefined ? wanted : Math.min(wanted, Math.floor(periodMs * 0.9));
}

function missedText(slotAt: number, now: number): string {
  return `not delivered: it was due at ${new Date(slotAt).toISOString()} and planned at ${new Date(now).toISOString()}, after its catch-up window`;
}
