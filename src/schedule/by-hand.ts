import type { Person } from '../domain/subscription.ts';
import type { DeliveryStore, StoredDelivery } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import { decodePayload } from './payload.ts';

/** What became of what a person decided about a delivery. */
export type ByHand =
  | { readonly kind: 'done'; readonly delivery: StoredDelivery }
  /** Nothing was changed; a clause that says why: `it is posted; …`. */
  | { readonly kind: 'refused'; readonly why: ByHandRefusal; readonly problem: string };

export type ByHandRefusal = 'removed' | 'paused' | 'state' | 'unreadable';

/** What a person saw of a message that nobody else could look for. */
export type Seen =
  /** `messageId`: the platform's own id of it, below which the rest of a thread goes. */
  { readonly kind: 'there'; readonly messageId?: string } | { readonly kind: 'absent' };

export interface ByHandParts {
  readonly store: Pick<DeliveryStore, 'delivery' | 'subscription' | 'redrive' | 'settleHeld' | 'noteAudit'>;
  readonly clock: Clock;
}

/** How long a delivery that is driven by hand is tried. */
const patienceMs = 12 * 3_600_000;

/**
 * Puts a delivery that was given up, held or skipped back into the queue; who did so is audited. Where a part of it may stand
 * at the platform, that is asked first.
 */
export async function redriveByHand(found: StoredDelivery, by: Person, parts: ByHandParts): Promise<ByHand> {
  const { store, clock } = parts;
  const now = clock.now().getTime();
  if (!(await store.redrive(found.id, now, now + patienceMs)))
    return refused(found, 'only what is dead, held or skipped can be driven again', parts);
  return noted('delivery.redrive', found, by, {}, parts);
}

/**
 * Decides on a delivery that is held: the message in doubt is there, and does not come again; or it is absent, and is posted.
 * Of several messages the rest follows. Who said so is audited.
 */
export async function settleByHand(
  found: StoredDelivery,
  seen: Seen,
  by: Person,
  parts: ByHandParts,
): Promise<ByHand> {
  const { store, clock } = parts;
  const notHeld = 'only what is held can be decided on';
  if (found.state !== 'held') return refused(found, notHeld, parts);
  const now = clock.now().getTime();
  const deadline = now + patienceMs;
  if (seen.kind === 'absent') {
    if (!(await store.redrive(found.id, now, deadline))) return refused(found, notHeld, parts);
    return noted('delivery.settle', found, by, { seen: 'absent' }, parts);
  }
  const payload = decodePayload(found.payload);
  if (payload === undefined)
    return { kind: 'refused', why: 'unreadable', problem: 'what it says cannot be read any more' };
  const number = found.posted.length;
  const { until: deliveredUntil, items } = payload;
  const isWhole = number + 1 >= payload.messages.length;
  const settled = isWhole
    ? ({ kind: 'whole', at: now, deliveredUntil, items } as const)
    : ({ kind: 'rest', now, deadline } as const);
  const part = { part: number, messageId: seen.messageId ?? '' };
  if (!(await store.settleHeld(found, part, settled))) return refused(found, notHeld, parts);
  return noted('delivery.settle', found, by, { seen: 'there' }, parts);
}

async function noted(
  action: string,
  before: StoredDelivery,
  by: Person,
  detail: Readonly<Record<string, unknown>>,
  { store, clock }: ByHandParts,
): Promise<ByHand> {
  await store.noteAudit({
    at: clock.now().getTime(),
    by,
    action,
    target: before.id,
    detail: { subscription: before.subscription, before: before.state, ...detail },
  });
  return { kind: 'done', delivery: (await store.delivery(before.id)) ?? before };
}

async function refused(found: StoredDelivery, which: string, { store }: ByHandParts): Promise<ByHand> {
  const subscription = await store.subscription(found.subscription);
  if (subscription === undefined)
    return { kind: 'refused', why: 'removed', problem: 'its subscription was removed' };
  if (subscription.paused) return { kind: 'refused', why: 'paused', problem: 'its subscription is paused' };
  const { state } = (await store.delivery(found.id)) ?? found;
  return { kind: 'refused', why: 'state', problem: `it is ${state}; ${which}` };
}
