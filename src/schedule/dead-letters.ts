import type { Person } from '../domain/subscription.ts';
import type { DeliveryStore, StoredDelivery } from '../store/delivery-types.ts';
import { type ByHand, type ByHandParts, redriveByHand, type Seen, settleByHand } from './by-hand.ts';

/** What was given up or is held, over the ledger. */
export function createDeadLetters(
  parts: ByHandParts & { readonly store: Pick<DeliveryStore, 'deliveries'> },
  wake: () => void,
): {
  of(
    workspace: { readonly platform: string; readonly id: string },
    limit: number,
  ): Promise<readonly StoredDelivery[]>;
  delivery(id: string): Promise<StoredDelivery | undefined>;
  redrive(found: StoredDelivery, by: Person): Promise<ByHand>;
  settle(found: StoredDelivery, seen: Seen, by: Person): Promise<ByHand>;
} {
  const awake = (decided: ByHand): ByHand => {
    if (decided.kind === 'done') wake();
    return decided;
  };
  return {
    of: (workspace, limit) => parts.store.deliveries({ workspace, states: ['dead', 'held'], limit }),
    delivery: (id) => parts.store.delivery(id),
    redrive: async (found, by) => awake(await redriveByHand(found, by, parts)),
    settle: async (found, seen, by) => awake(await settleByHand(found, seen, by, parts)),
  };
}
