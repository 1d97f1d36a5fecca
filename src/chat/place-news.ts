import type { Destination } from '../domain/subscription.ts';
import type { DeliveryStore, StoredSubscription } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { samePlaces } from './destination.ts';
import { pauseFor, resumeAfter } from './waiting-subscriptions.ts';

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

export function createPlaceNews(parts: PlaceNewsParts): PlaceNews {
  const { store, log } = parts;

  async function at(destination: Destination): Promise<readonly StoredSubscription[]> {
    const found = await Promise.all(
      samePlaces(destination).map((place) => store.subscriptions({ destination: place })),
    );
    return found.flat();
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
        for (const one of await at(destination)) await pauseFor(one, reason, parts);
      }),
    back: (destination, reasons) =>
      quietly(async () => {
        for (const one of await at(destination)) await resumeAfter(one, reasons, parts);
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
