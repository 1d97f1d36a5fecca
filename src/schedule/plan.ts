import type { SlotPlan, StoredSubscription } from '../store/delivery-types.ts';
import { settleTime } from './delivery-rules.ts';
import type { EngineParts } from './engine-types.ts';
import type { AtOncePlanner } from './plan-at-once.ts';
import { planSlot, rememberingSlots, type SlotMath } from './plan-slot.ts';

/** Puts what is due into the ledger. */
export interface Planner {
  /** Tells how many deliveries may have been added. Several processes may plan at once. */
  plan(): Promise<number>;
}

type PlannerParts = Pick<EngineParts, 'clock' | 'log' | 'rules' | 'platforms'> & {
  readonly store: Pick<EngineParts['store'], 'planDue' | 'expireLeases'>;
  readonly stopping: AbortSignal;
  /** Told when each planned delivery is due. */
  readonly expect: (at: number) => void;
};

const batch = 200;
/** A schedule that cannot be computed is looked at again after this. */
const brokenAgainMs = 3_600_000;
/** Where no platform of this process says how long its answers may take. */
const unknownPlatform = { requestTimeoutMs: 15_000, visibilityLagMs: 60_000 };

export function createPlanner(parts: PlannerParts, atOnce: AtOncePlanner | undefined): Planner {
  const { store, clock, log, rules, platforms, stopping, expect } = parts;

  function planOne(due: StoredSubscription, now: number, slots: SlotMath): SlotPlan {
    try {
      const plan = planSlot(due, now, rules.catchUpMs, slots);
      if (plan.delivery?.state === 'pending') expect(plan.delivery.notBefore);
      return plan;
    } catch (error) {
      log.error({ error, subscription: due.id }, 'the slots of a subscription could not be computed');
      return { nextSlotAt: now + brokenAgainMs };
    }
  }

  /** Whoever's platform it is: the slowest of all is waited for. */
  function settleAt(lastTryAt: number): number {
    const all = platforms.length === 0 ? [unknownPlatform] : platforms;
    return Math.max(...all.map((platform) => settleTime(lastTryAt, platform)));
  }

  return {
    plan: async () => {
      const expired = await store.expireLeases(clock.now().getTime(), settleAt);
      if (expired > 0) log.warn({ deliveries: expired }, 'leases ran out: a process ended in the middle');
      let planned = 0;
      // One time for all of them: it moves on with the next tick.
      const now = clock.now().getTime();
      const slots = rememberingSlots();
      for (let looked = batch; looked >= batch && !stopping.aborted; ) {
        looked = await store.planDue(now, batch, (due) => planOne(due, now, slots));
        planned += looked;
      }
      return planned + ((await atOnce?.plan()) ?? 0);
    },
  };
}
