import type { Metrics } from '../support/metrics.ts';
import { createDeliverer } from './deliver.ts';
import { createDeliveryCounters, type LedgerFigures, noFigures } from './delivery-metrics.ts';
import type { DeliveryTools, EngineParts } from './engine-types.ts';
import { createPace } from './pace.ts';
import { createPlanner } from './plan.ts';
import { createAtOncePlanner, type WatchedChanges } from './plan-at-once.ts';
import type { TickTask } from './task-runner.ts';
import { createTrimmer } from './trim.ts';

/** How deliveries are doing, for readiness and for operators. */
export interface DeliveriesState {
  readonly figures: LedgerFigures;
  /** Epoch milliseconds of the last time that planning went through; null before the first. */
  readonly plannedAt: number | null;
  /** How long that is ago, in milliseconds. */
  readonly plannedAgoMs: number;
  /** Why planning or delivering failed the last time; null when it did not. */
  readonly problem: string | null;
}

/** The whole of it in one process: planning, delivering, settling what is in doubt. */
export interface Deliveries {
  readonly tasks: readonly TickTask[];
  /** Delivers what is due now, before the next tick; does not wait for it. */
  wake(): void;
  state(): DeliveriesState;
  /**
   * Begins nothing from now on, gives back what has not begun to post, and resolves when the rest is noted, or after a
   * few seconds: what is still out then is settled by whoever comes next.
   */
  stop(): Promise<void>;
}

export interface DeliveriesParts extends EngineParts {
  readonly metrics: Metrics;
  /** For those who want to know at once; absent: nobody does. */
  readonly changes?: WatchedChanges;
}

const stopGraceMs = 5_000;
/** Counting the ledger now and then is enough. */
const figuresEveryMs = 30_000;

export function createDeliveries(parts: DeliveriesParts): Deliveries {
  const { store, clock, log, metrics, changes } = parts;
  const stopping = new AbortController();
  let figures = noFigures;
  let figuresAt: number | undefined;
  let plannedAt: number | null = null;
  let planProblem: string | null = null;
  let deliverProblem: string | null = null;
  const counters = createDeliveryCounters(metrics, () => figures);
  const tools: Omit<DeliveryTools, 'rest'> = {
    ...parts,
    pace: createPace(clock),
    counters,
    stopping: stopping.signal,
  };
  const deliverer = createDeliverer(tools);
  const atOnce = changes === undefined ? undefined : createAtOncePlanner(parts, changes);
  const planner = createPlanner({ ...tools, expect: deliverer.expect }, atOnce);

  async function deliver(): Promise<void> {
    try {
      await deliverer.run();
      deliverProblem = null;
    } catch (error) {
      deliverProblem = messageOf(error);
      throw error;
    }
  }

  /** It is not waited for: planning goes on at the next tick however long the platform takes. */
  function wake(): void {
    void deliver().catch((error: unknown) => log.error({ error }, 'delivering failed'));
  }

  async function plan(): Promise<void> {
    try {
      const planned = await planner.plan();
      plannedAt = clock.now().getTime();
      planProblem = null;
      if (planned > 0) wake();
    } catch (error) {
      planProblem = messageOf(error);
      throw error;
    }
  }

  async function count(): Promise<void> {
    const now = clock.now().getTime();
    if (figuresAt !== undefined && Math.abs(now - figuresAt) < figuresEveryMs) return;
    figuresAt = now;
    const [counts, waiting] = await Promise.all([
      store.deliveryCounts(),
      store.deliveries({ states: ['pending', 'sending', 'uncertain'], limit: 1, order: 'oldest' }),
    ]);
    const oldest = Math.min(...waiting.map(({ slotAt }) => slotAt), now);
    figures = { counts, lagMs: now - oldest };
  }

  return {
    tasks: [
      { name: 'plan deliveries', run: plan },
      { name: 'deliver', run: deliver },
      { name: 'count deliveries', run: count },
      {
        name: 'forget old deliveries',
        run: createTrimmer(store, clock, stopping.signal, parts.rules.auditDays),
      },
    ],
    wake,
    state: () => ({
      figures,
      plannedAt,
      plannedAgoMs: clock.now().getTime() - (plannedAt ?? 0),
      problem: planProblem ?? deliverProblem,
    }),
    stop: async () => {
      stopping.abort();
      const over = new AbortController();
      const ended = deliverer.run().catch(() => undefined);
      await Promise.race([ended, parts.sleep(stopGraceMs, over.signal)]);
      over.abort();
      const left = deliverer.active();
      if (left > 0)
        log.warn({ deliveries: left }, 'requests are still out; what became of them is found out later');
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
