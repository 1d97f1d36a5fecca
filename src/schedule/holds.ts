import type { DeliveryHold, StoredDelivery } from '../store/delivery-types.ts';
import type { EngineParts, Hold } from './engine-types.ts';

/** The leases that this process has, renewed while it has any. */
export interface Holds {
  take(delivery: StoredDelivery, leaseMs: number): Hold;
  /** Says that it was ended, or lost: it is not renewed any more. */
  release(hold: DeliveryHold): void;
}

type HoldsParts = Pick<EngineParts, 'clock' | 'sleep' | 'log'> & {
  readonly store: Pick<EngineParts['store'], 'renewDeliveries'>;
};

/** So that two renewals may fail before a lease runs out. */
const renewalsPerLease = 4;

interface Kept {
  readonly hold: Hold;
  readonly leaseMs: number;
  leaseUntil: number;
  isLost: boolean;
}

export function createHolds(parts: HoldsParts): Holds {
  const { store, clock, sleep, log } = parts;
  const kept = new Map<string, Kept>();
  let waiting: AbortController | undefined;

  async function renew(some: readonly Kept[]): Promise<void> {
    const longest = Math.max(...some.map(({ leaseMs }) => leaseMs));
    const until = clock.now().getTime() + longest;
    const asked = some.map(({ hold: { id, fence } }) => ({ id, fence }));
    const still = new Set((await store.renewDeliveries(asked, until)).map(({ id }) => id));
    for (const one of some) {
      if (still.has(one.hold.id)) one.leaseUntil = until;
      else one.isLost = true;
    }
  }

  async function keepRenewing(signal: AbortSignal): Promise<void> {
    while (kept.size > 0 && !signal.aborted) {
      const shortest = Math.min(...[...kept.values()].map(({ leaseMs }) => leaseMs));
      await sleep(shortest / renewalsPerLease, signal);
      const some = [...kept.values()].filter(({ isLost }) => !isLost);
      if (signal.aborted || some.length === 0) continue;
      try {
        await renew(some);
      } catch (error) {
        // The next renewal, or the next write, tells.
        log.warn({ error, leases: some.length }, 'leases of deliveries could not be renewed');
      }
    }
  }

  function startRenewing(): void {
    if (waiting !== undefined) return;
    const stopped = new AbortController();
    waiting = stopped;
    void keepRenewing(stopped.signal);
  }

  function createHold({ id, fence, destination }: StoredDelivery, own: () => Kept): Hold {
    let hasTried = false;
    return {
      id,
      fence,
      destination,
      isLost: () => own().isLost,
      markTried: () => {
        hasTried = true;
      },
      hasTried: () => hasTried,
      lasts: async (ms) => {
        if (!own().isLost && clock.now().getTime() + ms > own().leaseUntil) await renew([own()]);
        return !own().isLost;
      },
    };
  }

  return {
    take: (delivery, leaseMs) => {
      const one: Kept = {
        hold: createHold(delivery, () => one),
        leaseMs,
        leaseUntil: delivery.leaseUntil ?? 0,
        isLost: false,
      };
      kept.set(delivery.id, one);
      startRenewing();
      return one.hold;
    },
    release: ({ id }) => {
      kept.delete(id);
      if (kept.size > 0) return;
      waiting?.abort();
      waiting = undefined;
    },
  };
}
