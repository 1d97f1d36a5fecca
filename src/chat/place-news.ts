import type { Destination } from '../domain/subscription.ts';
import type { DeliveryStore, StoredSubscription } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { samePlaces } from './destination.ts';
import { upcomingSlots } from './subscription-slots.ts';

/** What platforms tell of the places that digests go to. No method rejects: what fails is logged. */
export interface PlaceNews {
  /** Nothing can be delivered there any more: its subscriptions wait, and say why. */
  gone(destination: Destination, reason: string): Promise<void>;
  /** It is there again: what waited for one of these reasons, and for nothing else, goes on. */
  back(destination: Destination, reasons: readonly string[]): Promise<void>;
  /** The same place has another id. */
  moved(from: Destination, to: Destination): Promise<void>;
}

export interface PlaceNewsParts {
  readonly store: Pick<
    DeliveryStore,
    | 'subscriptions'
    | 'subscription'
    | 'changeSubscription'
    | 'moveDestination'
    | 'lastPlannedSlot'
    | 'noteAudit'
  >;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often another's change is made room for. */
const maxTries = 5;

export function createPlaceNews({ store, clock, log }: PlaceNewsParts): PlaceNews {
  async function at(destination: Destination): Promise<readonly StoredSubscription[]> {
    const found = await Promise.all(
      samePlaces(destination).map((place) => store.subscriptions({ destination: place })),
    );
    return found.flat();
  }

  function audit(one: StoredSubscription, action: string, reason: string): Promise<void> {
    const { platform, workspace } = one.destination;
    const by = { platform, workspace, id: 'threatbrief' };
    return store.noteAudit({ at: clock.now().getTime(), by, action, target: one.id, detail: { reason } });
  }

  async function pause(first: StoredSubscription, reason: string): Promise<void> {
    let one: StoredSubscription | undefined = first;
    for (let tries = 0; tries < maxTries && one !== undefined && !one.paused; tries += 1) {
      if (await store.changeSubscription(one.id, one.version, { paused: true, pausedReason: reason })) {
        await audit(one, 'subscription.pause', reason);
        log.warn({ subscription: one.id, reason }, 'a subscription was paused');
        return;
      }
      one = await store.subscription(one.id);
    }
  }

  async function resume(first: StoredSubscription, reasons: readonly string[]): Promise<void> {
    let one: StoredSubscription | undefined = first;
    for (let tries = 0; tries < maxTries && one !== undefined && waitsFor(one, reasons); tries += 1) {
      const now = clock.now().getTime();
      const [next] = upcomingSlots(one.timing, now, await store.lastPlannedSlot(one.id), 1);
      const change = { paused: false, pausedReason: null, nextSlotAt: next ?? null };
      if (await store.changeSubscription(one.id, one.version, change)) {
        await audit(one, 'subscription.resume', one.pausedReason ?? '');
        log.info({ subscription: one.id }, 'a subscription goes on, since its place is there again');
        return;
      }
      one = await store.subscription(one.id);
    }
  }

  async function quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error({ error }, 'what became of a place could not be noted');
    }
  }

  return {
    gone: (destination, reason) =>
      quietly(async () => {
        for (const one of await at(destination)) await pause(one, reason);
      }),
    back: (destination, reasons) =>
      quietly(async () => {
        for (const one of await at(destination)) await resume(one, reasons);
      }),
    moved: (from, to) =>
      quietly(async () => {
        const targets = samePlaces(to);
        const moves = samePlaces(from).map((place, index) => ({ place, target: targets[index] ?? to }));
        for (const { place, target } of moves) {
          const count = await store.moveDestination(place, target);
          if (count > 0) log.info({ count }, 'subscriptions follow their place to its new id');
        }
      }),
  };
}

function waitsFor({ paused, pausedReason }: StoredSubscription, reasons: readonly string[]): boolean {
  return paused && pausedReason !== null && reasons.includes(pausedReason);
}
