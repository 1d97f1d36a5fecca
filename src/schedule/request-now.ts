import type { DeliveryStore, StoredDelivery } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import { deliveryId } from './delivery-id.ts';

const minuteMs = 60_000;
/** How long a digest out of its turn is tried. */
const patienceMs = 60 * minuteMs;

/** What stands in the ledger for a digest out of its turn. */
export type NowRequest =
  | { readonly kind: 'added' | 'standing'; readonly delivery: StoredDelivery }
  | { readonly kind: 'refused'; readonly problem: string };

/**
 * Puts a digest out of its turn into the ledger: one a minute, so that pressing twice asks once. One that is under way
 * already tells what it would.
 */
export async function requestDigestNow(
  id: string,
  store: Pick<DeliveryStore, 'subscription' | 'deliveries' | 'addDelivery'>,
  clock: Clock,
): Promise<NowRequest> {
  const subscription = await store.subscription(id);
  if (subscription === undefined) return { kind: 'refused', problem: `There is no subscription “${id}”.` };
  if (subscription.paused) {
    return { kind: 'refused', problem: `It is paused: “resume ${id}” starts it again.` };
  }
  const [open] = await store.deliveries({
    subscription: id,
    states: ['pending', 'sending', 'uncertain'],
    limit: 1,
  });
  if (open !== undefined) return { kind: 'standing', delivery: open };
  const now = clock.now().getTime();
  const period = `now ${new Date(now - (now % minuteMs)).toISOString().slice(0, 16)}`;
  const delivery = await store.addDelivery(id, {
    id: deliveryId(id, period),
    slotAt: now,
    period,
    merged: 0,
    notBefore: now,
    deadline: now + patienceMs,
    state: 'pending',
  });
  return { kind: 'added', delivery };
}
