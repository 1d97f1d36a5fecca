import { randomUUID } from 'node:crypto';
import { type ChangeWindows, createChangeWindows } from '../chat/change-windows.ts';
import { createComposeDelivery } from '../chat/compose-delivery.ts';
import type { Desk } from '../chat/desk.ts';
import type { DigestDesk, RequestedDigest } from '../chat/digest-desk.ts';
import { createWatchedChanges } from '../chat/watched-changes.ts';
import { chosenCeiling, type WorkspaceSettings } from '../chat/workspace-settings.ts';
import type { Settings } from '../config/settings.ts';
import { createDeadLetters } from '../schedule/dead-letters.ts';
import { createDeliveries, type Deliveries } from '../schedule/deliveries.ts';
import type { DeliveryRules } from '../schedule/delivery-rules.ts';
import { requestDigestNow } from '../schedule/request-now.ts';
import { createSharedClock } from '../schedule/shared-clock.ts';
import type { TickTask } from '../schedule/task-runner.ts';
import type { ComposeDelivery, DeliveryPlatform } from '../schedule/types.ts';
import type { ReadyPart } from '../server/types.ts';
import type { StoredDelivery } from '../store/delivery-types.ts';
import type { Store } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import type { Metrics } from '../support/metrics.ts';
import { sleep } from '../support/sleep.ts';

export interface DeliveringParts {
  readonly desk: Desk;
  readonly store: Store;
  readonly workspaces: Pick<WorkspaceSettings, 'of'>;
  readonly settings: Pick<Settings, 'databaseUrl' | 'digestCatchUpHours' | 'digestWhenInDoubt'> &
    Partial<Pick<Settings, 'auditRetentionDays'>>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Resolves when the store may be written by others than who fills it first. */
  readonly filled: Promise<void>;
  /** Notes what is composed to be delivered; absent: nothing is noted. */
  readonly noted?: (compose: ComposeDelivery) => ComposeDelivery;
}

/** The deliveries of a server. */
export interface Delivering {
  readonly tasks: readonly TickTask[];
  readonly digests: DigestDesk;
  /** Begins to deliver, at once and at every tick. */
  deliverTo(platforms: readonly DeliveryPlatform[]): void;
  readyPart(): ReadyPart;
  stop(): Promise<void>;
}

/** How long planning may fail before the process counts as not ready. */
const patienceMs = 60_000;

export function createDelivering(parts: DeliveringParts): Delivering {
  const { store, log, filled, settings } = parts;
  const { clock, adjust } = deliveryClock(parts);
  const { compose, windows } = createComposing(parts, clock);
  const startedAt = clock.now().getTime();
  let engine: Deliveries | undefined;
  let isStopped = false;
  let firstPlanning: Promise<void> = Promise.resolve();

  function start(platforms: readonly DeliveryPlatform[]): Deliveries {
    return createDeliveries({
      store,
      platforms: platforms.map((platform) => withChosenCeiling(platform, parts.workspaces)),
      compose: parts.noted?.(compose) ?? compose,
      changes: createWatchedChanges({ desk: parts.desk, store, windows }),
      clock,
      log,
      metrics: parts.metrics,
      rules: deliveryRules(settings),
      random: Math.random,
      sleep,
      owner: randomUUID(),
    });
  }

  async function planFirst(plan: TickTask | undefined): Promise<void> {
    try {
      await filled;
      if (isStopped) return;
      await adjust();
      await plan?.run();
    } catch (error) {
      log.error({ error }, 'the first planning of deliveries failed');
    }
  }

  const task = (name: string, index: number): TickTask => ({
    name,
    run: async () => {
      await filled;
      // Planning is the first of them: where the clock is not known, nothing is due.
      if (index === 0) await adjust();
      await engine?.tasks[index]?.run();
    },
  });

  return {
    tasks: ['plan deliveries', 'deliver', 'count deliveries', 'forget old deliveries'].map(task),
    digests: {
      compose,
      requestNow: async (id) => {
        const asked = await requestDigestNow(id, store, clock);
        if (asked.kind === 'refused') return { kind: 'failed', problem: asked.problem };
        engine?.wake();
        return outcomeOf(asked.delivery.id, store);
      },
      deadLetters: createDeadLetters({ store, clock }, () => engine?.wake()),
    },
    deliverTo: (platforms) => {
      engine = start(platforms);
      const [plan] = engine.tasks;
      firstPlanning = planFirst(plan);
    },
    readyPart: () => readyPartOf(engine, clock.now().getTime() - startedAt),
    stop: async () => {
      isStopped = true;
      await engine?.stop();
      await firstPlanning;
    },
  };
}

/** The clock that deliveries go by: with several replicas the database's, so that all mean the same by a lease. */
export function deliveryClock({
  store,
  clock,
  settings,
}: Pick<DeliveringParts, 'store' | 'clock' | 'settings'>): {
  readonly clock: Clock;
  readonly adjust: () => Promise<void>;
} {
  if (settings.databaseUrl === undefined) return { clock, adjust: async () => undefined };
  const shared = createSharedClock(store, () => performance.now(), clock);
  return { clock: shared, adjust: () => shared.adjust() };
}

export function deliveryRules({
  digestCatchUpHours,
  digestWhenInDoubt,
  auditRetentionDays,
}: DeliveringParts['settings']): DeliveryRules {
  return {
    catchUpMs: digestCatchUpHours * 3_600_000,
    whenInDoubt: digestWhenInDoubt,
    ...(auditRetentionDays === undefined ? {} : { auditDays: auditRetentionDays }),
  };
}

/** What deliveries say, from what is known here. */
export function createComposing(
  { desk, store, workspaces }: Pick<DeliveringParts, 'desk' | 'store' | 'workspaces'>,
  clock: Clock,
): { readonly compose: ComposeDelivery; readonly windows: ChangeWindows } {
  const windows = createChangeWindows({ store, desk }, () => clock.now().getTime());
  return { windows, compose: createComposeDelivery({ desk, store, windows, workspaces }) };
}

/** The same platform; what a place that only members read may see is what an admin of its workspace chose. */
export function withChosenCeiling(
  platform: DeliveryPlatform,
  workspaces: Pick<WorkspaceSettings, 'of'>,
): DeliveryPlatform {
  return {
    ...platform,
    placeState: async (destination) => {
      const state = await platform.placeState(destination);
      if (state.kind !== 'open') return state;
      return { ...state, ceiling: chosenCeiling(state.ceiling, await workspaces.of(destination.workspace)) };
    },
  };
}

/** Chat platforms want an answer within three seconds. */
const waitedForMs = 1_800;
const lookEveryMs = 150;

async function outcomeOf(id: string, store: Pick<Store, 'delivery'>): Promise<RequestedDigest> {
  for (let waited = 0; waited < waitedForMs; waited += lookEveryMs) {
    const outcome = requestedOutcome(await store.delivery(id));
    if (outcome !== undefined) return outcome;
    await sleep(lookEveryMs);
  }
  return { kind: 'queued' };
}

function requestedOutcome(delivery: StoredDelivery | undefined): RequestedDigest | undefined {
  if (delivery === undefined) return undefined;
  const { state, lastError } = delivery;
  switch (state) {
    case 'posted':
    case 'empty':
      return { kind: state };
    case 'dead':
    case 'held':
    case 'skipped':
      return { kind: 'failed', problem: `It could not be posted: ${lastError ?? 'unknown'}.` };
    case 'pending':
    case 'sending':
    case 'uncertain':
      return undefined;
    default:
      return assertNever(state);
  }
}

function readyPartOf(engine: Deliveries | undefined, runningMs: number): ReadyPart {
  if (engine === undefined) return { ready: true };
  const { figures, problem, plannedAt, plannedAgoMs } = engine.state();
  const silentMs = plannedAt === null ? runningMs : plannedAgoMs;
  const { dead, held } = figures.counts;
  const told = [
    ...(problem === null ? [] : ['the ledger of deliveries cannot be used now; it is tried again']),
    ...(figures.lagMs > 10 * 60_000 ? [`the oldest that is due waits for ${minutes(figures.lagMs)}`] : []),
    ...(dead + held > 0 ? [`${dead} given up, ${held} held: "threatbrief digest dead" tells why`] : []),
  ];
  const ready = problem === null || silentMs < patienceMs;
  return told.length === 0 ? { ready } : { ready, detail: told.join('; ') };
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} minutes`;
}
