import type { Person } from '../domain/subscription.ts';
import type { DeliveryStore, StoredDelivery } from '../store/delivery-types.ts';
import { type ByHand, type ByHandParts, redriveByHand, type Seen, settleByHand } from './by-hand.ts';

/** What could not be delivered, and what a person may decide about it. No method asks whether they may. */
export interface DeadLetters {
  of(
    workspace: { readonly platform: string; readonly id: string },
    limit: number,
  ): Promise<readonly StoredDelivery[]>;
  delivery(id: string): Promise<StoredDelivery | undefined>;
  /** Puts it back into the queue; where it may have arrived, the platform is asked first. */
  redrive(found: StoredDelivery, by: Person): Promise<ByHand>;
  /** Says of a held one whether it arrived. */
  settle(found: StoredDelivery, seen: Seen, by: Person): Promise<ByHand>;
}

/** What was given up or is held, over the ledger. */
export function createDeadLetters(
  parts: ByHandParts & { readonly store: Pick<DeliveryStore, 'deliveries'> },
  wake: () => void,
): DeadLetters {
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
