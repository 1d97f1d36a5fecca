import type { DeliveryStore } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';

/** The clock that all replicas go by: the database's, asked now and then, and followed in between. */
export interface SharedClock extends Clock {
  /** Asks the database again. Rejects when it is out; then the last answer is followed on. */
  adjust(): Promise<void>;
}

/**
 * @param elapsedMs milliseconds since some moment, which no setting of a clock changes
 * @param own what holds until the database was asked
 */
export function createSharedClock(
  store: Pick<DeliveryStore, 'sharedTime'>,
  elapsedMs: () => number,
  own: Clock,
): SharedClock {
  let asked: { readonly time: number; readonly elapsed: number } | undefined;
  return {
    now: () =>
      asked === undefined ? own.now() : new Date(Math.floor(asked.time + elapsedMs() - asked.elapsed)),
    adjust: async () => {
      const before = elapsedMs();
      const time = await store.sharedTime();
      // The answer is half a way old.
      asked = { time: time + (elapsedMs() - before) / 2, elapsed: elapsedMs() };
    },
  };
}
