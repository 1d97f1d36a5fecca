import type { Person } from '../domain/subscription.ts';
import type { DeliveryEnd, StoredDelivery } from '../store/delivery-types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { DeliveryTools, Hold } from './engine-types.ts';
import { insist } from './insist.ts';
import type { Outcome } from './outcome.ts';

/** Who did what nobody asked for. */
const bySelf: Person = { platform: 'cli', workspace: 'local', id: 'threatbrief' };

/** Writes what became of a delivery, gives the lease back, and pauses the subscription where the place is gone. */
export async function finish(
  delivery: StoredDelivery,
  hold: Hold,
  { end, pause }: Outcome,
  tools: DeliveryTools,
): Promise<void> {
  const { store, onStep, pace } = tools;
  await onStep?.('before-end', hold.id);
  if (!(await insist(() => store.endDelivery(hold, end), tools))) return;
  if (end.kind === 'posted' || end.kind === 'empty') pace.recovered(delivery.destination);
  tell(delivery, end, tools);
  if (pause !== undefined) await pauseSubscription(delivery, pause, tools);
  await onStep?.('ended', hold.id);
}

/** How often another's change is made room for; the next slot finds the place gone again. */
const maxPauseTries = 5;

async function pauseSubscription(
  { subscription: id, destination }: StoredDelivery,
  reason: string,
  { store, clock, log }: DeliveryTools,
): Promise<void> {
  for (let tries = 0; tries < maxPauseTries; tries += 1) {
    const subscription = await store.subscription(id);
    if (subscription === undefined || subscription.paused) return;
    const change = { paused: true, pausedReason: reason };
    if (!(await store.changeSubscription(id, subscription.version, change))) continue;
    log.warn({ subscription: id, platform: destination.platform, reason }, 'a subscription was paused');
    await store.noteAudit({
      at: clock.now().getTime(),
      by: { ...bySelf, workspace: destination.workspace, platform: destination.platform },
      action: 'subscription.pause',
      target: id,
      detail: { reason },
    });
    return;
  }
}

function tell(delivery: StoredDelivery, end: DeliveryEnd, { log, counters }: DeliveryTools): void {
  const facts = {
    delivery: delivery.id,
    subscription: delivery.subscription,
    slot: new Date(delivery.slotAt).toISOString(),
    platform: delivery.destination.platform,
  };
  switch (end.kind) {
    case 'posted':
      counters.ended(end.kind, end.evidence);
      return log.info({ ...facts, evidence: end.evidence }, 'a digest was delivered');
    case 'empty':
      counters.ended(end.kind);
      return log.debug(facts, 'a digest had nothing to say');
    case 'retry':
      return log.info(
        { ...facts, problem: end.error, notBefore: new Date(end.notBefore).toISOString() },
        'a digest is tried again later',
      );
    case 'uncertain':
      return log.warn({ ...facts, problem: end.error }, 'it is not known whether a digest arrived');
    case 'held':
    case 'skipped':
    case 'dead':
      counters.ended(end.kind);
      return log.warn({ ...facts, state: end.kind, problem: end.error }, 'a digest was not delivered');
    default:
      return assertNever(end);
  }
}
