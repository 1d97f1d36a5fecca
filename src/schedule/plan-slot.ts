import type { SlotSchedule } from '../domain/subscription.ts';
import type { SlotPlan, StoredSubscription } from '../store/delivery-types.ts';
import { deliveryId, stableShare } from './delivery-id.ts';
import { periodOf } from './when/period.ts';
import { type LatestSlot, latestSlot, nextSlots } from './when/slots.ts';

type PlannedDelivery = NonNullable<SlotPlan['delivery']>;

/** Slots that begin together are spread over this much: people expect 08:00 at 08:00. */
export const maxJitterMs = 2_000;
/** However short the catch-up window is: a tick that comes late, and a first retry, are not a miss. */
const minWindowMs = 5 * 60_000;

/** The slots of schedules; times are epoch milliseconds. */
export interface SlotMath {
  /** The newest slot with `after < slot <= until`. */
  latest(schedule: SlotSchedule, after: number, until: number): LatestSlot | undefined;
  /** The first slot after a time. */
  next(schedule: SlotSchedule, after: number): number | undefined;
  period(schedule: SlotSchedule, slotAt: number): string;
}

export const plainSlots: SlotMath = {
  latest: latestSlot,
  next: (schedule, after) => nextSlots(schedule, after, 1)[0],
  period: periodOf,
};

/** The same, each answer computed once: of ten thousand that are due in a minute most have the same schedule. */
export function rememberingSlots(): SlotMath {
  const latest = remembering<LatestSlot | undefined>();
  const next = remembering<number | undefined>();
  const period = remembering<string>();
  const written = ({ cron, zone }: SlotSchedule): string => `${cron}\n${zone}`;
  return {
    latest: (schedule, after, until) =>
      latest(`${after} ${until} ${written(schedule)}`, () => plainSlots.latest(schedule, after, until)),
    next: (schedule, after) => next(`${after} ${written(schedule)}`, () => plainSlots.next(schedule, after)),
    period: (schedule, slotAt) =>
      period(`${slotAt} ${written(schedule)}`, () => plainSlots.period(schedule, slotAt)),
  };
}

function remembering<T>(): (key: string, compute: () => T) => T {
  const known = new Map<string, { readonly value: T }>();
  return (key, compute) => {
    const found = known.get(key) ?? { value: compute() };
    known.set(key, found);
    return found.value;
  };
}

/**
 * What becomes of a subscription whose next slot has come: one delivery for the latest slot that has passed, which tells
 * the earlier ones too; `skipped` when that one is over its catch-up window.
 */
export function planSlot(
  due: StoredSubscription,
  now: number,
  catchUpMs: number,
  slots: SlotMath = plainSlots,
): SlotPlan {
  if (due.timing.kind !== 'scheduled' || due.nextSlotAt === null) return { nextSlotAt: null };
  const { schedule } = due.timing;
  // A slot that the schedule does not have any more was promised all the same.
  const { slotAt, earlier } = slots.latest(schedule, due.nextSlotAt - 1, now) ?? {
    slotAt: due.nextSlotAt,
    earlier: 0,
  };
  const nextSlotAt = slots.next(schedule, Math.max(slotAt, now)) ?? null;
  const delivery = { ...plannedSlot(due, slotAt, catchUpMs, slots), merged: earlier };
  if (now <= delivery.deadline) return { delivery, nextSlotAt };
  return { delivery: { ...delivery, state: 'skipped', lastError: missedText(slotAt, now) }, nextSlotAt };
}

/** A slot as it stands in the ledger when it is planned in time. */
export function plannedSlot(
  { id, timing }: Pick<StoredSubscription, 'id' | 'timing'>,
  slotAt: number,
  catchUpMs: number,
  slots: SlotMath = plainSlots,
): PlannedDelivery {
  if (timing.kind === 'at-once') return plannedAtOnce(id, slotAt, slotAt, catchUpMs);
  const { schedule } = timing;
  const period = slots.period(schedule, slotAt);
  const next = slots.next(schedule, slotAt);
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
