import type { Tlp } from '../domain/tlp.ts';
import type { StoredDelivery, StoredSubscription } from '../store/delivery-types.ts';
import { assertNever } from '../support/assert-never.ts';
import { payloadFor } from './compose-payload.ts';
import { type AskAgain, postParts } from './deliver-parts.ts';
import type { DeliveryTools, Hold } from './engine-types.ts';
import { guarded } from './guarded.ts';
import { lower } from './lower.ts';
import { dead, givenBack, gone, type Looked, lastMoment, retryLater, skipped } from './outcome.ts';
import type { DeliveryPlatform, PlaceState } from './types.ts';

/** Brings one claimed delivery as far as it goes now. Rejects when the store or the composing does. */
export async function deliverOne(
  delivery: StoredDelivery,
  hold: Hold,
  platform: DeliveryPlatform,
  tools: DeliveryTools,
): Promise<Looked> {
  await tools.onStep?.('claimed', hold.id);
  if (tools.stopping.aborted) {
    return givenBack(tools.clock.now().getTime(), 'handed back: the process was stopped');
  }
  const subscription = await tools.store.subscription(delivery.subscription);
  if (subscription === undefined) return skipped('the subscription was removed');
  const over = overBefore(delivery, subscription, tools.clock.now().getTime());
  if (over !== undefined) return over;
  const ceiling = await ceilingNow(delivery, subscription, platform, tools);
  return typeof ceiling === 'string'
    ? deliverTo({ delivery, subscription, ceiling }, hold, platform, tools)
    : ceiling;
}

/** What the place may see at this moment, and the subscription wants at most; an outcome where nothing can be posted. */
async function ceilingNow(
  delivery: StoredDelivery,
  subscription: StoredSubscription,
  platform: DeliveryPlatform,
  tools: DeliveryTools,
): Promise<Tlp | Looked> {
  const restMs = tools.pace.lookMs(delivery.destination);
  if (restMs > 0) return waitToLook(restMs, tools);
  const place = await askPlace(delivery, platform, tools);
  switch (place.kind) {
    case 'gone':
      tools.counters.failed(platform.name, 'gone');
      return gone(place.reason);
    case 'unreachable':
      if (place.isRate === true) {
        tools.counters.failed(platform.name, 'rate');
        const askedMs = Math.max(place.retryAfterMs ?? 0, 1_000);
        tools.pace.lookedTooOften(delivery.destination, askedMs);
        return waitToLook(askedMs, tools);
      }
      tools.counters.failed(platform.name, 'unreachable');
      return retryLater(delivery, tools.pace.stumbled(delivery.destination), place, tools);
    case 'open':
      return lower(place.ceiling, subscription.ceiling);
    default:
      return assertNever(place);
  }
}

/** So that all that wait for the same pause do not come back at once; limits are counted by the minute. */
const lookSpreadMs = 60_000;

/** The platform wants to be asked less often: that is no failure of the delivery's. */
function waitToLook(restMs: number, { clock, random }: DeliveryTools): Looked {
  const at = clock.now().getTime() + restMs + Math.floor(random() * lookSpreadMs);
  return givenBack(at, 'the platform asked for a pause in being asked about places');
}

/** Why it is not even tried. What has begun to be posted is finished though the subscription rests by now. */
function overBefore(delivery: StoredDelivery, { paused }: StoredSubscription, now: number): Looked {
  const hasBegun = delivery.posted.length > 0;
  if (paused && !hasBegun) return skipped(pausedText);
  if (now <= lastMoment(delivery)) return undefined;
  const late = `too late: it could be sent until ${new Date(delivery.deadline).toISOString()}`;
  if (delivery.lastError === null && !hasBegun) return skipped(late);
  return dead(delivery.lastError === null ? late : `${late}; last: ${delivery.lastError}`);
}

/** The reason of what was left out because a person wished so: it is not told as missed. */
export const pausedText = 'the subscription is paused';

export function askPlace(
  { destination }: Pick<StoredDelivery, 'destination'>,
  platform: DeliveryPlatform,
  tools: Pick<DeliveryTools, 'sleep' | 'log'>,
): Promise<PlaceState> {
  return guarded<PlaceState>(
    () => platform.placeState(destination),
    (error) => ({ kind: 'unreachable', error }),
    platform,
    tools,
  );
}

async function deliverTo(
  request: {
    readonly delivery: StoredDelivery;
    readonly subscription: StoredSubscription;
    readonly ceiling: Tlp;
  },
  hold: Hold,
  platform: DeliveryPlatform,
  tools: DeliveryTools,
): Promise<Looked> {
  const { delivery, subscription, ceiling } = request;
  const askedAt = tools.clock.now().getTime();
  const result = await payloadFor(request, hold, tools);
  if (result.kind === 'over') return result.outcome;
  const { payload, isEmpty } = result;
  if (isEmpty && isSilent(subscription)) {
    const { until, items } = payload;
    return { end: { kind: 'empty', at: tools.clock.now().getTime(), deliveredUntil: until, items } };
  }
  const askAgain: AskAgain = (posted) => ceilingNow({ ...delivery, posted }, subscription, platform, tools);
  const progress = { delivery, payload, posted: delivery.posted };
  return postParts(progress, { ceiling, askedAt }, hold, platform, { ...tools, askAgain });
}

/** What comes at once has nothing to say on an empty day. */
export function isSilent({ emptyDay, timing }: Pick<StoredSubscription, 'emptyDay' | 'timing'>): boolean {
  return emptyDay === 'silent' || timing.kind === 'at-once';
}
