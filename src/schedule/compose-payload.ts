import { isAllowed, type Tlp } from '../domain/tlp.ts';
import type { StoredDelivery, StoredSubscription } from '../store/delivery-types.ts';
import type { DeliveryTools, Hold } from './engine-types.ts';
import { dead, type Looked } from './outcome.ts';
import { decodePayload, encodePayload, type Payload } from './payload.ts';

export interface PayloadRequest {
  readonly delivery: StoredDelivery;
  readonly subscription: StoredSubscription;
  /** What the place may see now. */
  readonly ceiling: Tlp;
}

export type PayloadResult =
  | { readonly kind: 'payload'; readonly payload: Payload; readonly isEmpty: boolean }
  | { readonly kind: 'over'; readonly outcome: Looked };

/** What was composed is posted for so long: after that something in it may be marked higher, or withdrawn. */
const freshMs = 10 * 60_000;

/**
 * What is to be posted: what was frozen before, unless nothing of it is there and the place may see less by now, or it was
 * composed some time ago.
 */
export async function payloadFor(
  request: PayloadRequest,
  hold: Hold,
  tools: DeliveryTools,
): Promise<PayloadResult> {
  const { delivery, ceiling } = request;
  const frozen = decodePayload(delivery.payload);
  const mustStay = frozen !== undefined && (delivery.posted.length > 0 || frozen.doubtful.length > 0);
  const isFresh = frozen !== undefined && tools.clock.now().getTime() - frozen.until <= freshMs;
  if (frozen !== undefined && (mustStay || isFresh) && isAllowed(frozen.ceiling, ceiling)) {
    return { kind: 'payload', payload: frozen, isEmpty: false };
  }
  if (delivery.posted.length > 0) {
    const why =
      frozen === undefined ? 'what it says cannot be read any more' : 'the place may see less than before';
    return { kind: 'over', outcome: dead(`the rest of it is not posted: ${why}`) };
  }
  return freeze(await composed(request, frozen?.doubtful ?? [], tools), hold, tools);
}

interface Composed {
  readonly payload: Payload;
  readonly isEmpty: boolean;
}

async function composed(
  { delivery, subscription, ceiling }: PayloadRequest,
  doubtful: readonly number[],
  { clock, compose }: DeliveryTools,
): Promise<Composed> {
  const until = clock.now().getTime();
  const { messages, items, isEmpty } = await compose({ subscription, delivery, ceiling, until });
  return { payload: { messages, items, until, ceiling, doubtful }, isEmpty };
}

async function freeze(
  { payload, isEmpty }: Composed,
  hold: Hold,
  { store, onStep }: DeliveryTools,
): Promise<PayloadResult> {
  await onStep?.('composed', hold.id);
  if (!(await store.freezePayload(hold, encodePayload(payload)))) return { kind: 'over', outcome: undefined };
  await onStep?.('frozen', hold.id);
  return { kind: 'payload', payload, isEmpty };
}
