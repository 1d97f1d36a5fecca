import type { DeliveryStore, StoredSubscription } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { upcomingSlots } from './subscription-slots.ts';

export interface WaitingParts {
  readonly store: Pick<
    DeliveryStore,
    'subscription' | 'changeSubscription' | 'lastPlannedSlot' | 'noteAudit'
  >;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often another's change is made room for. */
const maxTries = 5;

/** Lets a subscription wait, and say why; one that waits already is left alone. */
export async function pauseFor(
  first: StoredSubscription,
  reason: string,
  parts: WaitingParts,
): Promise<void> {
  const { store, log } = parts;
  let one: StoredSubscription | undefined = first;
  for (let tries = 0; tries < maxTries && one !== undefined && !one.paused; tries += 1) {
    if (await store.changeSubscription(one.id, one.version, { paused: true, pausedReason: reason })) {
      await audit(one, 'subscription.pause', reason, parts);
      log.warn({ subscription: one.id, reason }, 'a subscription was paused');
      return;
    }
    one = await store.subscription(one.id);
  }
}

/** Lets a subscription go on that waits for one of these reasons, and for nothing else. */
export async function resumeAfter(
  first: StoredSubscription,
  reasons: readonly string[],
  parts: WaitingParts,
): Promise<void> {
  const { store, clock, log } = parts;
  let one: StoredSubscription | undefined = first;
  for (let tries = 0; tries < maxTries && one !== undefined && waitsFor(one, reasons); tries += 1) {
    const now = clock.now().getTime();
    const [next] = upcomingSlots(one.timing, now, await store.lastPlannedSlot(one.id), 1);
    const change = { paused: false, pausedReason: null, nextSlotAt: next ?? null };
    if (await store.changeSubscription(one.id, one.version, change)) {
      await audit(one, 'subscription.resume', one.pausedReason ?? '', parts);
      log.info({ subscription: one.id }, 'a subscription goes on, since its place is there again');
      return;
    }
    one = await store.subscription(one.id);
  }
}

function audit(
  { id, destination: { platform, workspace } }: StoredSubscription,
  action: string,
  reason: string,
  { store, clock }: WaitingParts,
): Promise<void> {
  const by = { platform, workspace, id: 'threatbrief' };
  return store.noteAudit({ at: clock.now().getTime(), by, action, target: id, detail: { reason } });
}

function waitsFor({ paused, pausedReason }: StoredSubscription, reasons: readonly string[]): boolean {
  return paused && pausedReason !== null && reasons.includes(pausedReason);
}
