import { mkdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { renderSlackMessage } from '../../src/cards/slack/render.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { createWorkspaceSettings } from '../../src/chat/workspace-settings.ts';
import { createComposing } from '../../src/compose/deliveries.ts';
import { dataFolder } from '../../src/compose/paths.ts';
import { loadBundledData } from '../../src/ingest/bundled.ts';
import { ingestPaths } from '../../src/ingest/ingest.ts';
import { createDeliveries } from '../../src/schedule/deliveries.ts';
import type { ComposeDelivery, DeliveryPlatform } from '../../src/schedule/types.ts';
import type { StoredSubscription } from '../../src/store/delivery-types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { systemClock } from '../../src/support/clock.ts';
import { keepHeapSmall } from '../../src/support/keep-heap-small.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { sleep } from '../../src/support/sleep.ts';
import type { DigestFigures, DigestsRun, RunFigures, TickFigures } from './digest-figures.ts';
import { wantedFilters, writeNews } from './digest-news.ts';
import { quantile } from './lookup-figures.ts';

// A process of its own, so that its memory is that of a server that delivers, and nothing else.

const dayMs = 24 * 3_600_000;
const workspaceCount = 100;

function subscriptionOf(index: number, nextSlotAt: number, deliveredUntil: number): StoredSubscription {
  const workspace = `slack:T${index % workspaceCount}`;
  return {
    id: `bench${index}`,
    destination: { platform: 'slack', workspace, id: `C${index}`, kind: 'channel' },
    timing: {
      kind: 'scheduled',
      schedule: { cron: '0 8 * * *', zone: 'Europe/Berlin', text: 'daily 08:00' },
    },
    filters: wantedFilters[index % wantedFilters.length] ?? '',
    shape: index % 3 === 0 ? 'thread' : 'message',
    emptyDay: index % 2 === 0 ? 'line' : 'silent',
    kind: 'digest',
    createdBy: { platform: 'slack', workspace, id: 'U1' },
    createdAt: deliveredUntil,
    paused: false,
    pausedReason: null,
    version: 1,
    nextSlotAt,
    deliveredUntil,
    lastPostedAt: null,
  };
}

async function subscribe(
  store: Store,
  count: number,
  nextSlotAt: number,
  deliveredUntil: number,
): Promise<void> {
  const together = 500;
  for (let start = 0; start < count; start += together) {
    const indexes = Array.from({ length: Math.min(together, count - start) }, (_, index) => start + index);
    await Promise.all(
      indexes.map((index) => store.addSubscription(subscriptionOf(index, nextSlotAt, deliveredUntil))),
    );
  }
}

interface StandIn extends DeliveryPlatform {
  readonly posted: { messages: number };
}

/** Takes everything after a time; what it is given is rendered first, as for Slack. */
function standIn(answerMs: number): StandIn {
  const posted = { messages: 0 };
  const answered = (): Promise<void> => (answerMs === 0 ? Promise.resolve() : sleep(answerMs));
  return {
    name: 'slack',
    requestTimeoutMs: 10_000,
    visibilityLagMs: 30_000,
    minGapMs: 1_000,
    posted,
    placeState: async () => {
      await answered();
      return { kind: 'open', ceiling: 'green' };
    },
    post: async (_destination, { card }) => {
      renderSlackMessage(card);
      await answered();
      posted.messages += 1;
      return { kind: 'posted', messageId: `m${posted.messages}` };
    },
    find: async () => ({ kind: 'absent' }),
  };
}

/** The facts and the news of a day, by a process of its own: what reading them takes is no part of delivering. */
async function prepare(run: DigestsRun): Promise<{ readonly kind: 'prepare' }> {
  const store = await openStore({ home: run.home, databaseUrl: run.databaseUrl });
  await loadBundledData(store, dataFolder, systemClock);
  const folder = `${run.home}/news`;
  mkdirSync(folder, { recursive: true });
  for (const path of writeNews(folder, run.reports)) {
    const { rejections } = await ingestPaths([path], {}, { store, clock: systemClock });
    if (rejections.length > 0) throw new Error(`the news are not read: ${JSON.stringify(rejections[0])}`);
  }
  await store.close();
  return { kind: 'prepare' };
}

interface Setting {
  readonly store: Store;
  readonly compose: ComposeDelivery;
  /** Milliseconds of each digest that was composed, with what was waited for. */
  readonly composeMs: number[];
}

async function openSetting(run: DigestsRun): Promise<Setting> {
  const store = await openStore({ home: run.home, databaseUrl: run.databaseUrl });
  const desk = createDesk({ store, clock: systemClock, log: silentLog });
  await desk.refresh();
  const workspaces = createWorkspaceSettings({
    store,
    clock: systemClock,
    log: silentLog,
    defaultHouses: [],
    defaults: { sectors: ['telecom'], regions: ['europe'] },
  });
  const { compose } = createComposing({ desk, store, workspaces }, systemClock);
  const composeMs: number[] = [];
  return {
    store,
    composeMs,
    compose: async (request) => {
      const started = performance.now();
      const digest = await compose(request);
      composeMs.push(performance.now() - started);
      return digest;
    },
  };
}

function engineOver(
  { store, compose }: Setting,
  platform: DeliveryPlatform,
): ReturnType<typeof createDeliveries> {
  return createDeliveries({
    store,
    platforms: [platform],
    compose,
    clock: systemClock,
    log: silentLog,
    metrics: createMetrics(),
    rules: { catchUpMs: dayMs / 2, whenInDoubt: 'repeat' },
    random: Math.random,
    sleep,
    owner: 'bench',
  });
}

async function deliverAll(setting: Setting, run: DigestsRun): Promise<DigestFigures> {
  const { store, composeMs } = setting;
  const now = Date.now();
  await subscribe(store, run.subscriptions, now - 1_000, now - dayMs);
  const firstMs = await composeFirst(setting);
  const platform = standIn(run.answerMs);
  const engine = engineOver(setting, platform);
  const [plan, deliver] = engine.tasks;
  if (plan === undefined || deliver === undefined) throw new Error('the engine has no tasks');
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const startMb = process.memoryUsage().rss / 1e6;
  const cpu = process.cpuUsage();
  const started = performance.now();
  await plan.run();
  const planned = performance.now();
  const isOver = async (): Promise<boolean> => {
    const { pending, sending, uncertain } = await store.deliveryCounts();
    return pending + sending + uncertain === 0;
  };
  while (!(await isOver())) await deliver.run();
  const ended = performance.now();
  loop.disable();
  const used = process.cpuUsage(cpu);
  const counts = await store.deliveryCounts();
  await engine.stop();
  const alone = await composeAlone(setting, run);
  return {
    kind: 'deliver',
    planSeconds: (planned - started) / 1000,
    seconds: (ended - started) / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
    composed: composeMs.length - alone.length - 1,
    posted: counts.posted,
    empty: counts.empty,
    messages: platform.posted.messages,
    firstMs,
    composeMs: quantile(alone, 0.5),
    composeP99Ms: quantile(alone, 0.99),
    loopP50Ms: loop.percentile(50) / 1e6,
    loopP99Ms: loop.percentile(99) / 1e6,
    loopMaxMs: loop.max / 1e6,
    startMb,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

/** What the first digest of a server waits for: the facts as its readers may see them. */
async function composeFirst(setting: Setting): Promise<number> {
  await composeOne(setting, 0);
  return setting.composeMs.at(-1) ?? Number.NaN;
}

/** One after the other with nothing else to do: what one digest costs. */
async function composeAlone(setting: Setting, run: DigestsRun): Promise<readonly number[]> {
  const before = setting.composeMs.length;
  for (let index = 0; index < Math.min(run.subscriptions, 300); index += 1) await composeOne(setting, index);
  return setting.composeMs.slice(before).toSorted((a, b) => a - b);
}

/** As if it had not been delivered before. */
async function composeOne({ store, compose }: Setting, index: number): Promise<void> {
  const subscription = await store.subscription(`bench${index}`);
  if (subscription === undefined) throw new Error('a subscription is gone');
  const until = Date.now();
  await compose({
    subscription: { ...subscription, id: `alone${index}`, deliveredUntil: subscription.createdAt },
    delivery: { id: 'alone', slotAt: until, merged: 0 },
    ceiling: 'green',
    until,
  });
}

async function tickIdle(setting: Setting, run: DigestsRun): Promise<TickFigures> {
  const now = Date.now();
  await subscribe(setting.store, run.subscriptions, now + dayMs, now);
  const engine = engineOver(setting, standIn(0));
  const times: number[] = [];
  for (let tick = 0; tick < 220; tick += 1) {
    const started = performance.now();
    await Promise.all(engine.tasks.map(({ run: task }) => task()));
    times.push(performance.now() - started);
  }
  const counted = times[0] ?? Number.NaN;
  const sorted = times.slice(20).sort((a, b) => a - b);
  await engine.stop();
  return {
    kind: 'tick',
    firstMs: counted,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

async function measure(run: DigestsRun): Promise<RunFigures> {
  if (run.kind === 'prepare') return prepare(run);
  keepHeapSmall();
  const setting = await openSetting(run);
  const figures = run.kind === 'deliver' ? await deliverAll(setting, run) : await tickIdle(setting, run);
  await setting.store.close();
  return figures;
}

console.log(JSON.stringify(await measure(JSON.parse(process.argv[2] ?? '{}') as DigestsRun)));
