import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDeliveries, type Deliveries } from '../../../src/schedule/deliveries.ts';
import type { DeliveryStep, Ledger } from '../../../src/schedule/engine-types.ts';
import type { WatchedChanges } from '../../../src/schedule/plan-at-once.ts';
import type { ComposeDelivery } from '../../../src/schedule/types.ts';
import type { StoredDelivery } from '../../../src/store/delivery-types.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/types.ts';
import { silentLog } from '../../../src/support/log.ts';
import { createMetrics, type Metrics } from '../../../src/support/metrics.ts';
import { composing } from './composing.ts';
import { createFakePlatform, type FakePlatform } from './fake-platform.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

export interface WorldOptions {
  readonly start?: string;
  readonly compose?: ComposeDelivery;
  readonly catchUpMs?: number;
  readonly whenInDoubt?: 'repeat' | 'hold';
  readonly changes?: WatchedChanges;
  readonly onStep?: (step: DeliveryStep, delivery: string) => Promise<void> | void;
  /** Stands between the engine and the real store. */
  readonly ledger?: (store: Store) => Ledger;
}

/** One process that delivers, on a database of its own, with a platform in memory and a clock that is told to move. */
export interface World {
  readonly store: Store;
  readonly time: VirtualTime;
  readonly platform: FakePlatform;
  readonly engine: Deliveries;
  readonly metrics: Metrics;
  /** Runs every task once, and lets time pass while it waits. Rejects when a task does. */
  tick(): Promise<void>;
  /** A tick every ten seconds, or as told, for this long; tasks that fail are left for the next. */
  run(ms: number, everyMs?: number): Promise<void>;
  ledger(): Promise<readonly StoredDelivery[]>;
  /** Another process on the same database, platform and clock. */
  replica(options?: WorldOptions): World;
  close(): Promise<void>;
}

export const worldStart = '2026-11-23T07:00:00Z';
const hourMs = 3_600_000;
const tickMs = 10_000;

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), 'threatbrief-deliveries-'));
  const store = await openStore({ home });
  const time = createVirtualTime(options.start ?? worldStart);
  const platform = createFakePlatform(time.now);
  return createWorld({ store, time, platform, home }, options);
}

interface WorldParts {
  readonly store: Store;
  readonly time: VirtualTime;
  readonly platform: FakePlatform;
  readonly home: string;
}

let owners = 0;

function createWorld(parts: WorldParts, options: WorldOptions): World {
  const { store, time, platform, home } = parts;
  const metrics = createMetrics();
  owners += 1;
  const engine = createDeliveries({
    store: tracked(options.ledger?.(store) ?? store, time),
    platforms: [platform],
    compose: options.compose ?? composing(),
    clock: time.clock,
    log: silentLog,
    metrics,
    rules: { catchUpMs: options.catchUpMs ?? 12 * hourMs, whenInDoubt: options.whenInDoubt ?? 'repeat' },
    random: () => 0.5,
    sleep: time.sleep,
    owner: `process-${owners}`,
    ...(options.changes === undefined ? {} : { changes: options.changes }),
    ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
  });

  async function tick(): Promise<void> {
    for (const { run } of engine.tasks) await time.until(run());
  }

  return {
    store,
    time,
    platform,
    engine,
    metrics,
    tick,
    run: async (ms, everyMs = tickMs) => {
      const end = time.now() + ms;
      while (time.now() < end) {
        await tick().catch(() => undefined);
        await time.pass(Math.min(everyMs, Math.max(end - time.now(), 0)));
      }
    },
    ledger: async () => {
      const all = await store.deliveries({ limit: 10_000, order: 'oldest' });
      return all;
    },
    replica: (others = {}) => createWorld(parts, { ...options, ...others }),
    close: async () => {
      await time.until(engine.stop());
      await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Says to the clock that a query, or whatever else its methods do, is under way. */
export function tracked<Target extends object>(target: Target, time: VirtualTime): Target {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]) => time.track(Promise.resolve(Reflect.apply(value, of, args)));
    },
  });
}
