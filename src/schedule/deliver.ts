import type { ClaimRequest, StoredDelivery } from '../store/delivery-types.ts';
import { deliverOne } from './deliver-one.ts';
import { leaseMs, placesAtOnce, settleTime } from './delivery-rules.ts';
import type { DeliveryTools, Hold } from './engine-types.ts';
import { finish } from './finish.ts';
import { createHolds } from './holds.ts';
import { givenBack, type Outcome, retryLater } from './outcome.ts';
import { settleOne } from './settle.ts';
import type { DeliveryPlatform } from './types.ts';

/** Brings what is due to its place. */
export interface Deliverer {
  /**
   * Claims and delivers until nothing that is due is left; concurrent calls share one run. Rejects when the store does,
   * after what was under way has ended.
   */
  run(): Promise<void>;
  /** Says that something will be due at a time that may be before the next tick. */
  expect(at: number): void;
  active(): number;
}

/** What is due within this time is waited for; later is for the next tick. */
const waitedForMs = 9_000;
const waitSliceMs = 500;

/** @param only the one delivery that is looked after; absent: all that are due */
export function createDeliverer(tools: DeliveryTools, only?: string): Deliverer {
  const { store, clock, log, sleep, stopping, owner, platforms } = tools;
  const holds = createHolds(tools);
  const lanes = new Set<Promise<void>>();
  let running: Promise<void> | undefined;
  let again = false;
  let last: number | undefined;

  function expect(at: number): void {
    if (at - clock.now().getTime() > waitedForMs) return;
    last = Math.max(last ?? at, at);
  }

  async function look(
    delivery: StoredDelivery,
    platform: DeliveryPlatform,
    work: typeof deliverOne,
  ): Promise<void> {
    const hold = holds.take(delivery, leaseMs(platform.requestTimeoutMs));
    try {
      const outcome = await work(delivery, hold, platform, tools).catch((error: unknown) =>
        broken(error, delivery, hold, platform),
      );
      if (outcome === undefined) return;
      await finish(delivery, hold, outcome, tools);
      if (outcome.end.kind === 'retry') expect(outcome.end.notBefore);
    } catch (error) {
      // The lease runs out, and then it is taken up again.
      log.error({ error, delivery: delivery.id }, 'what became of a delivery could not be noted');
    } finally {
      holds.release(hold);
    }
  }

  function broken(error: unknown, delivery: StoredDelivery, hold: Hold, platform: DeliveryPlatform): Outcome {
    log.error({ error, delivery: delivery.id }, 'a delivery failed unexpectedly');
    const problem = `unexpected failure: ${error instanceof Error ? error.message : 'unknown'}`;
    const now = clock.now().getTime();
    if (hold.hasTried() || delivery.state === 'uncertain') {
      return { end: { kind: 'uncertain', settleAt: settleTime(now, platform), error: problem } };
    }
    tools.counters.failed(platform.name, 'compose');
    return retryLater(delivery, tools.pace.stumbled(delivery.destination), { error: problem }, tools);
  }

  function start(
    deliveries: readonly StoredDelivery[],
    platform: DeliveryPlatform,
    work: typeof deliverOne,
  ): void {
    for (const delivery of deliveries) {
      const lane: Promise<void> = look(delivery, platform, work).finally(() => lanes.delete(lane));
      lanes.add(lane);
    }
  }

  /** Takes what is due, what is in doubt first; tells how many. */
  async function claim(): Promise<number> {
    let claimed = 0;
    for (const platform of platforms) {
      const request = (): ClaimRequest => {
        const now = clock.now().getTime();
        return {
          owner,
          now,
          leaseUntil: now + leaseMs(platform.requestTimeoutMs),
          limit: placesAtOnce - lanes.size,
          platform: platform.name,
          ...(only === undefined ? {} : { only }),
        };
      };
      const settle = lanes.size < placesAtOnce ? await store.claimUncertain(request()) : [];
      start(settle, platform, settleOne);
      const deliver = lanes.size < placesAtOnce ? await store.claimDeliveries(request()) : [];
      start(deliver, platform, deliverOne);
      claimed += settle.length + deliver.length;
    }
    return claimed;
  }

  /** True when there may be more to do soon. */
  async function waitForMore(): Promise<boolean> {
    if (again) {
      again = false;
      return true;
    }
    if (last === undefined) return false;
    const leftMs = last - clock.now().getTime();
    const isSoon = leftMs <= waitedForMs;
    if (leftMs <= 0 || !isSoon) last = undefined;
    else await sleep(Math.min(leftMs, waitSliceMs), stopping);
    return isSoon;
  }

  async function loop(): Promise<void> {
    try {
      while (!stopping.aborted) {
        // Half of the lanes are refilled at once: one query for several.
        const claimed = lanes.size <= placesAtOnce / 2 ? await claim() : 0;
        if (claimed > 0) continue;
        if (lanes.size > 0) await Promise.race(lanes);
        else if (!(await waitForMore())) break;
      }
    } finally {
      await Promise.all(lanes);
    }
  }

  return {
    run: () => {
      again = running !== undefined;
      running ??= loop().finally(() => {
        running = undefined;
      });
      return running;
    },
    expect,
    active: () => lanes.size,
  };
}
