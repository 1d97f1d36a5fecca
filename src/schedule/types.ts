import type { ComposedDigest } from '../briefing/digest-types.ts';
import type { ClearedCard } from '../cards/cleared.ts';
import type { DeliveryPlatformName, Destination } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { StoredDelivery, StoredSubscription } from '../store/delivery-types.ts';

/** Whether a place can be delivered to now, and what its readers may see. */
export type PlaceState =
  | { readonly kind: 'open'; readonly ceiling: Tlp; readonly name?: string }
  /** It will not come back by itself: archived, left, uninstalled, revoked. The subscription is paused for it. */
  | { readonly kind: 'gone'; readonly reason: string }
  /**
   * The platform does not answer now; to be asked again. `isRate`: it asked for a pause in what it is asked about places of
   * the workspace, which costs no attempt.
   */
  | {
      readonly kind: 'unreachable';
      readonly error: string;
      readonly retryAfterMs?: number;
      readonly isRate?: boolean;
    };

/** One message to post, whole: the same every time it is tried. */
export interface OutgoingMessage {
  /** Carried in the message's metadata: the delivery's id and the part's number. */
  readonly key: string;
  readonly card: ClearedCard;
  /** The platform's id of the message below which it is posted. */
  readonly parent?: string;
}

export type PostResult =
  | { readonly kind: 'posted'; readonly messageId: string }
  /** The platform surely did not take it. `isRate`: it asked for a pause, which costs no attempt. */
  | {
      readonly kind: 'not-sent';
      readonly error: string;
      readonly retryAfterMs?: number;
      readonly isRate?: boolean;
      /** What the pause is for; absent: the platform did not say. */
      readonly rateScope?: 'place' | 'workspace';
    }
  /** It never will be taken there: the place is gone, or the bot may not write. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** It never will be taken as it is: a fault of the message. */
  | { readonly kind: 'refused'; readonly error: string }
  /** The request went out, and what became of it is not known. */
  | { readonly kind: 'uncertain'; readonly error: string };

export type FindResult =
  | { readonly kind: 'found'; readonly messageId: string }
  | { readonly kind: 'absent' }
  /** The platform lets nobody look. */
  | { readonly kind: 'cannot-tell'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly error: string; readonly retryAfterMs?: number };

/** Port: a chat platform as deliveries see it. No method retries by itself, and none rejects. */
export interface DeliveryPlatform {
  readonly name: DeliveryPlatformName;
  /** How long one request may take, in milliseconds: no answer after that is an uncertain one. */
  readonly requestTimeoutMs: number;
  /** How long a message may stay unseen by `find` after it was taken, in milliseconds. */
  readonly visibilityLagMs: number;
  /** The least time between two posts to one place, in milliseconds. */
  readonly minGapMs: number;
  /** Asked afresh at every delivery; what cannot be told is CLEAR, never more. */
  placeState(destination: Destination): Promise<PlaceState>;
  post(destination: Destination, message: OutgoingMessage): Promise<PostResult>;
  /** Looks among what was posted since a time (epoch milliseconds) for the message with this key. */
  find(destination: Destination, message: OutgoingMessage, since: number): Promise<FindResult>;
}

export interface ComposeRequest {
  readonly subscription: StoredSubscription;
  readonly delivery: Pick<StoredDelivery, 'id' | 'slotAt' | 'merged'>;
  /** The strictest marking that the place may see now. */
  readonly ceiling: Tlp;
  /** Epoch milliseconds: the end of the window. */
  readonly until: number;
}

/** Composes what a subscription's delivery says; rejects only when the store or the knowledge cannot be read. */
export type ComposeDelivery = (request: ComposeRequest) => Promise<ComposedDigest>;
