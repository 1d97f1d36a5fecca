import type { StoredDelivery } from '../store/delivery-types.ts';
import { createDeliverer } from './deliver.ts';
import { uncounted } from './delivery-metrics.ts';
import { settleTime } from './delivery-rules.ts';
import type { EngineParts } from './engine-types.ts';
import { createPace } from './pace.ts';

export interface DriveParts extends Omit<EngineParts, 'platforms' | 'onStep'> {
  readonly platform: EngineParts['platforms'][number];
  /** How long to wait for its end. */
  readonly waitMs: number;
}

const lookEveryMs = 1_000;
const endStates: ReadonlySet<StoredDelivery['state']> = new Set([
  'posted',
  'empty',
  'skipped',
  'dead',
  'held',
]);

export function isAtItsEnd({ state }: Pick<StoredDelivery, 'state'>): boolean {
  return endStates.has(state);
}

/**
 * Delivers one delivery of the ledger, whoever else may deliver it at the same time, and waits for its end: so long as a
 * lease or a doubt of another process's lasts. Gives back how it stands then.
 */
export async function driveOne(id: string, parts: DriveParts): Promise<StoredDelivery | undefined> {
  const { store, clock, platform } = parts;
  const stopping = new AbortController();
  const tools = {
    ...parts,
    platforms: [platform],
    pace: createPace(clock),
    counters: uncounted,
    stopping: stopping.signal,
  };
  const deliverer = createDeliverer(tools, id);
  return awaitEnd(id, parts, async () => {
    await store.expireLeases(clock.now().getTime(), (lastTryAt) => settleTime(lastTryAt, platform));
    await deliverer.run();
  });
}

/**
 * Looks at a delivery again and again until it is at its end, or the wait is over; gives back how it stands then.
 * @param work what is done before each look
 */
export async function awaitEnd(
  id: string,
  { store, clock, sleep, waitMs }: Pick<DriveParts, 'store' | 'clock' | 'sleep' | 'waitMs'>,
  work: () => Promise<void> = async () => undefined,
): Promise<StoredDelivery | undefined> {
  const startedAt = clock.now().getTime();
  for (let slept = 0; ; slept += lookEveryMs) {
    await work();
    const delivery = await store.delivery(id);
    // What the work took counts too; a clock that is set back does not make it longer.
    const waited = Math.max(slept, clock.now().getTime() - startedAt);
    if (delivery === undefined || isAtItsEnd(delivery) || waited >= waitMs) return delivery;
    await sleep(lookEveryMs);
  }
}
