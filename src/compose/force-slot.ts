import type { SlotSchedule } from '../domain/subscription.ts';
import { plannedSlot } from '../schedule/plan-slot.ts';
import { latestSlot, nextSlots } from '../schedule/when/slots.ts';
import type { DeliveryStore, StoredDelivery, StoredSubscription } from '../store/delivery-types.ts';
import { AppError } from '../support/app-error.ts';

/** A slot that is forced is tried for at least this long, however late it is. */
const forcedMs = 3_600_000;
/** A slot that the schedule had before it was edited is looked for among this many deliveries. */
const maxLooked = 1_000;

export interface ForceSlotParts {
  readonly store: Pick<DeliveryStore, 'addDelivery' | 'deliveries' | 'delivery' | 'redrive'>;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly catchUpMs: number;
}

/**
 * The slot as the planner would put it there; one that was skipped or given up is put back. Rejects (exit code 2) for
 * what is no slot that is due: it would use up a period that the schedule still has to tell.
 */
export async function forceSlot(
  subscription: StoredSubscription,
  slotAt: number,
  { store, now, catchUpMs }: ForceSlotParts,
): Promise<StoredDelivery> {
  const problem = await slotProblem(subscription, slotAt, now, store);
  if (problem !== undefined) throw new AppError('usage', `digest run: --slot: ${problem}`);
  const plan = plannedSlot(subscription, slotAt, catchUpMs);
  const standing = await store.addDelivery(subscription.id, {
    ...plan,
    notBefore: Math.min(plan.notBefore, now),
    deadline: Math.max(plan.deadline, now + forcedMs),
  });
  const { id, state, deadline } = standing;
  if (state !== 'dead' && state !== 'skipped') return standing;
  await store.redrive(id, now, Math.max(deadline, now + forcedMs));
  return (await store.delivery(id)) ?? standing;
}

async function slotProblem(
  { id, timing, createdAt, nextSlotAt }: StoredSubscription,
  slotAt: number,
  now: number,
  store: Pick<DeliveryStore, 'deliveries'>,
): Promise<string | undefined> {
  if (timing.kind === 'at-once') return `${id} tells things as soon as they are known, and has no slots.`;
  const { schedule } = timing;
  const asked = iso(slotAt);
  const near = nearText(schedule, createdAt, Math.min(slotAt, now), now);
  if (slotAt > now) return `${asked} has not come yet. ${near}`;
  if (nextSlotAt === slotAt) return undefined;
  const known = await store.deliveries({ subscription: id, limit: maxLooked });
  if (known.some((one) => one.slotAt === slotAt)) return undefined;
  if (slotAt < createdAt) return `${asked} is before ${id} was made. ${near}`;
  if (nextSlots(schedule, slotAt - 1, 1)[0] === slotAt) return undefined;
  return `${asked} is no slot of ${id} (${schedule.text} ${schedule.zone}). ${near}`;
}

/** The slots on both sides of a time, those that are due first. */
function nearText(schedule: SlotSchedule, createdAt: number, at: number, now: number): string {
  const before = latestSlot(schedule, createdAt - 1, at)?.slotAt;
  const [after] = nextSlots(schedule, Math.max(at, createdAt - 1), 1);
  const next = after === undefined ? 'no more comes' : `the next ${verbOf(after, now)} ${iso(after)}`;
  return before === undefined
    ? `None was due before it; ${next}.`
    : `The last before it was due at ${iso(before)}; ${next}.`;
}

function verbOf(slotAt: number, now: number): string {
  return slotAt <= now ? 'was due at' : 'comes at';
}

function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
