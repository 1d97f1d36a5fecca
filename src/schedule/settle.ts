import type { StoredDelivery } from '../store/delivery-types.ts';
import { assertNever } from '../support/assert-never.ts';
import { backOffMs } from './back-off.ts';
import { askPlace } from './deliver-one.ts';
import { nextMessage, type Progress } from './deliver-parts.ts';
import { doubtGraceMs, maxAttempts, settleTime } from './delivery-rules.ts';
import type { DeliveryTools, Hold } from './engine-types.ts';
import { guarded } from './guarded.ts';
import { insist } from './insist.ts';
import { dead, givenBack, gone, type Looked, lastMoment, type Outcome, tidy } from './outcome.ts';
import { decodePayload, encodePayload, type Payload } from './payload.ts';
import type { DeliveryPlatform, FindResult } from './types.ts';

/** Clocks differ: what was posted may bear a time a little before the request's. */
const searchMarginMs = 120_000;

/** Finds out what became of a request whose answer is not known, by asking the platform. */
export async function settleOne(
  delivery: StoredDelivery,
  hold: Hold,
  platform: DeliveryPlatform,
  tools: DeliveryTools,
): Promise<Looked> {
  const { clock, onStep } = tools;
  await onStep?.('settling', hold.id);
  const now = clock.now().getTime();
  if (tools.stopping.aborted) return uncertainUntil(now, delivery);
  const payload = decodePayload(delivery.payload);
  const { lastTryAt } = delivery;
  // Nothing is posted before it is frozen and noted.
  if (payload === undefined || lastTryAt === null) {
    return givenBack(now, 'nothing of it was sent; it is tried again');
  }
  const settleAt = settleTime(lastTryAt, platform);
  // The clock was set back since: a time that is far ahead is no time to wait for.
  if (settleAt > now && lastTryAt <= now) return uncertainUntil(settleAt, delivery);
  const progress = { delivery, payload, posted: delivery.posted };
  const message = nextMessage(progress);
  if (message === undefined) return allFound(payload, now);
  const since = Math.min(delivery.firstTryAt ?? lastTryAt, now) - searchMarginMs;
  const found = await guarded<FindResult>(
    () => platform.find(delivery.destination, message, since),
    (error) => ({ kind: 'unreachable', error }),
    platform,
    tools,
  );
  return settled(found, progress, hold, platform, tools);
}

async function settled(
  found: FindResult,
  progress: Progress,
  hold: Hold,
  platform: DeliveryPlatform,
  tools: DeliveryTools,
): Promise<Looked> {
  const { store, clock, onStep } = tools;
  const { delivery, payload, posted } = progress;
  const now = clock.now().getTime();
  switch (found.kind) {
    case 'found': {
      const part = { part: posted.length, messageId: found.messageId };
      if (!(await insist(() => store.notePart(hold, part), tools))) return undefined;
      await onStep?.('found', hold.id);
      return posted.length + 1 === payload.messages.length ? allFound(payload, now) : goOn(now);
    }
    case 'absent':
      return absent(delivery, now, tools);
    case 'cannot-tell':
      return inDoubt(progress, found.reason, hold, tools);
    case 'unreachable':
      return stillUnknown(delivery, found, platform, tools);
    default:
      return assertNever(found);
  }
}

function allFound({ until, items }: Payload, at: number): Outcome {
  return { end: { kind: 'posted', at, evidence: 'found', deliveredUntil: until, items } };
}

function goOn(now: number): Outcome {
  return givenBack(now, 'the platform has what was in doubt; the rest follows');
}

/** It surely did not arrive: tried again, a little later each time. */
function absent(delivery: StoredDelivery, now: number, { random }: DeliveryTools): Outcome {
  const failures = delivery.attempt;
  const error = delivery.lastError ?? 'no answer';
  if (failures >= maxAttempts) return dead(`given up after ${failures} tries: ${error}`);
  if (now > lastMoment(delivery)) return dead(`given up, too late by now: ${error}`);
  return givenBack(now + backOffMs(failures, random()), tidy(`did not arrive: ${error}`));
}

async function inDoubt(
  { payload, posted }: Progress,
  reason: string,
  hold: Hold,
  { store, rules, clock }: DeliveryTools,
): Promise<Looked> {
  if (rules.whenInDoubt === 'hold') {
    const error = tidy(`not known whether it arrived, and the platform cannot be asked: ${reason}`);
    return { end: { kind: 'held', error } };
  }
  const doubtful = [...new Set([...payload.doubtful, posted.length])];
  if (!(await store.freezePayload(hold, encodePayload({ ...payload, doubtful }), 'begun'))) return undefined;
  return givenBack(clock.now().getTime(), tidy(`posted again, marked as maybe repeated: ${reason}`));
}

async function stillUnknown(
  delivery: StoredDelivery,
  { error, retryAfterMs }: { readonly error: string; readonly retryAfterMs?: number },
  platform: DeliveryPlatform,
  tools: DeliveryTools,
): Promise<Looked> {
  const place = await askPlace(delivery, platform, tools);
  if (place.kind === 'gone') return gone(`${place.reason} (whether the last message arrived is not known)`);
  const now = tools.clock.now().getTime();
  if (now > delivery.deadline + doubtGraceMs) {
    return { end: { kind: 'held', error: tidy(`not known whether it arrived: ${error}`) } };
  }
  // The longer it is in doubt, the less often it is asked.
  const doublings = Math.floor(Math.log2(Math.max((now - (delivery.lastTryAt ?? now)) / 5_000, 1)));
  const settleAt = now + backOffMs(doublings, tools.random(), retryAfterMs);
  return { end: { kind: 'uncertain', settleAt, error: tidy(error) } };
}

function uncertainUntil(settleAt: number, { lastError }: StoredDelivery): Outcome {
  return { end: { kind: 'uncertain', settleAt, error: lastError ?? 'no answer' } };
}
