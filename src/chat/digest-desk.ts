import type { DeadLetters } from '../schedule/dead-letters.ts';
import type { ComposeDelivery } from '../schedule/types.ts';

/** What became of a digest that was asked for out of its turn. */
export type RequestedDigest =
  /** It stands in the ledger and is posted within seconds, once. */
  | { readonly kind: 'queued' }
  | { readonly kind: 'posted' }
  /** Nothing is new since the last one, and silence was chosen. */
  | { readonly kind: 'empty' }
  /** It could not be posted; a sentence for the one who asked. */
  | { readonly kind: 'failed'; readonly problem: string };

/** Port: digests out of their turn. */
export interface DigestDesk {
  /** Puts a subscription's next digest into the ledger now. Rejects only when the store does. */
  requestNow(subscription: string): Promise<RequestedDigest>;
  /** Composes without posting or remembering. */
  readonly compose: ComposeDelivery;
  /** What was given up or is held in a workspace, the newest slot first; absent: it is not known here. */
  readonly deadLetters?: DeadLetters;
}
