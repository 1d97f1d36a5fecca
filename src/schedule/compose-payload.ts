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

/** What is to be posted: what was frozen before, unless the place may see less by now and nothing of it is there. */
export async function payloadFor(
  request: PayloadRequest,
  hold: Hold,
  tools: DeliveryTools,
): Promise<PayloadResult> {
  const { delivery, ceiling } = request;
  const frozen = decodePayload(delivery.payload);
  if (frozen !== undefined && isAllowed(frozen.ceiling, ceiling)) {
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
