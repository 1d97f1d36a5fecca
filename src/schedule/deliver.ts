import type { ClaimRequest, StoredDelivery } from '../store/delivery-types.ts';
import { deliverOne } from './deliver-one.ts';
import { leaseMs, placesAtOnce, restingAtOnce, settleTime } from './delivery-rules.ts';
import type { DeliveryTools, Hold } from './engine-types.ts';
import { finish } from './finish.ts';
import { createHolds } from './holds.ts';
import { createLanes } from './lanes.ts';
import { type Outcome, retryLater } from './outcome.ts';
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
export function createDeliverer(parts: Omit<DeliveryTools, 'rest'>, only?: string): Deliverer {
  const { store, clock, log, sleep, stopping, owner, platforms } = parts;
  const lanes = createLanes(sleep, placesAtOnce, restingAtOnce);
  const tools: DeliveryTools = { ...parts, rest: lanes.rest };
  const holds = createHolds(tools);
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
      // Another may wait for the same place: it may go once this one is far enough behind.
      if (outcome.end.kind === 'posted') expect(clock.now().getTime() + platform.minGapMs);
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
      lanes.begin(look(delivery, platform, work));
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
          limit: lanes.free(),
          platform: platform.name,
          ...(only === undefined ? {} : { only }),
        };
      };
      const settle = lanes.free() > 0 ? await store.claimUncertain(request()) : [];
      start(settle, platform, settleOne);
      const deliver = lanes.free() > 0 ? await store.claimDeliveries(request()) : [];
      start(deliver, platform, deliverOne);
      claimed += settle.length + deliver.length;
    }
    return claimed;
  }

  /** Waits until there may be more to do; false when that is not soon. */
  async function waitForMore(change: Promise<void>): Promise<boolean> {
    if (again) {
      again = false;
      return true;
    }
    const leftMs = (last ?? Number.POSITIVE_INFINITY) - clock.now().getTime();
    const isSoon = leftMs <= waitedForMs;
    if (leftMs <= 0 || !isSoon) last = undefined;
    const isBusy = lanes.size() > 0;
    if (isSoon && leftMs > 0) await waitAtMost(Math.min(leftMs, waitSliceMs), change);
    else if (isBusy) await change;
    return isSoon || isBusy;
  }

  async function waitAtMost(ms: number, change: Promise<void>): Promise<void> {
    const over = new AbortController();
    await Promise.race([change, sleep(ms, AbortSignal.any([stopping, over.signal]))]);
    over.abort();
  }

  async function loop(): Promise<void> {
    try {
      while (!stopping.aborted) {
        // Half of the lanes are refilled at once: one query for several.
        const change = lanes.change();
        const claimed = lanes.busy() <= placesAtOnce / 2 ? await claim() : 0;
        if (claimed > 0) continue;
        if (!(await waitForMore(change))) break;
      }
    } finally {
      await lanes.empty();
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
    active: () => lanes.size(),
  };
}
