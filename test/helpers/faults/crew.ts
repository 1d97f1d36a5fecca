import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/types.ts';
import { channel, daily, subscriptionAt } from '../delivery/subscriptions.ts';
import { type ClockScale, createScaledClock, type ScaledClock } from './scaled-clock.ts';
import { type Misfortunes, type StandIn, startStandIn } from './stand-in.ts';
import { partsOf, type WorkerOptions } from './worker-options.ts';

export interface CrewOptions {
  readonly databaseUrl?: string;
  readonly subscriptions: number;
  /** How many subscriptions go to each place. */
  readonly perPlace?: number;
  readonly misfortunes: Misfortunes;
  readonly seed: number;
  /** How much faster than the machine's the clock runs. */
  readonly speed: number;
}

/** What a run came to, counted at the stand-in. */
export interface Tally {
  readonly subscriptions: number;
  readonly messages: number;
  readonly lost: number;
  readonly doubled: number;
  readonly kills: number;
  readonly states: Readonly<Record<string, number>>;
  readonly happened: Readonly<Record<string, number>>;
  readonly smallestGapMs: number;
  readonly seconds: number;
}

/** Subscriptions that are all due, a platform that loses answers, and processes that are killed. */
export interface Crew {
  readonly store: Store;
  readonly standIn: StandIn;
  readonly clock: ScaledClock;
  /** One that is to be killed at a step begins when it is told to. */
  start(kill?: WorkerOptions['kill']): Promise<Worker>;
  kills: number;
  /** Resolves when every delivery is at its end; rejects after so many real seconds. */
  untilDone(seconds: number): Promise<void>;
  tally(): Promise<Tally>;
  close(): Promise<void>;
}

export interface Worker {
  readonly ended: Promise<void>;
  begin(): void;
  isRunning(): boolean;
  kill(): Promise<void>;
}

const platform = { requestTimeoutMs: 10_000, visibilityLagMs: 30_000, minGapMs: 1_000 };
const begin = Date.parse('2026-11-23T08:00:05Z');

export async function openCrew(options: CrewOptions): Promise<Crew> {
  const startedAt = Date.now();
  const home = mkdtempSync(join(tmpdir(), 'threatbrief-faults-'));
  const file = await bundleWorker(home);
  const { databaseUrl } = options;
  const store = await openStore({ home, databaseUrl });
  await subscribe(store, options);
  const scale: ClockScale = { begin, realBegin: Date.now(), speed: options.speed };
  const clock = createScaledClock(scale);
  const standIn = await startStandIn({
    clock,
    seed: options.seed,
    misfortunes: options.misfortunes,
    lagMs: platform.visibilityLagMs * 0.9,
    requestTimeoutMs: platform.requestTimeoutMs,
  });
  const workers = new Set<Worker>();
  const crew: Crew = {
    store,
    standIn,
    clock,
    kills: 0,
    start: async (kill) => {
      const worker = await startWorker(file, {
        home,
        scale,
        platform: { ...platform, url: standIn.url },
        ...(databaseUrl === undefined ? {} : { databaseUrl }),
        ...(kill === undefined ? {} : { kill, waits: true }),
      });
      workers.add(worker);
      void worker.ended.then(() => workers.delete(worker));
      return worker;
    },
    untilDone: async (seconds) => {
      const deadline = Date.now() + seconds * 1_000;
      while (!(await isDone(store, options.subscriptions))) {
        if (Date.now() > deadline) {
          throw new Error(`not done: ${JSON.stringify(await store.deliveryCounts())}`);
        }
        await pause(100);
      }
    },
    tally: async () => ({
      ...(await count(store, standIn)),
      subscriptions: options.subscriptions,
      kills: crew.kills,
      happened: standIn.happened,
      smallestGapMs: Math.floor(standIn.smallestGapMs()),
      seconds: Math.round((Date.now() - startedAt) / 100) / 10,
    }),
    close: async () => {
      await Promise.all([...workers].map((worker) => worker.kill()));
      await standIn.close();
      await store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
  return crew;
}

async function subscribe(store: Store, { subscriptions, perPlace = 1 }: CrewOptions): Promise<void> {
  const createdAt = Date.parse('2026-11-23T07:00:00Z');
  const all = Array.from({ length: subscriptions }, (_, index) =>
    subscriptionAt(`s${index}`, createdAt, {
      timing: daily(),
      destination: channel(`C${Math.floor(index / perPlace)}`),
    }),
  );
  await Promise.all(all.map((one) => store.addSubscription(one)));
}

async function isDone(store: Store, subscriptions: number): Promise<boolean> {
  const { pending, sending, uncertain, ...ends } = await store.deliveryCounts();
  const ended = Object.values(ends).reduce((sum, one) => sum + one, 0);
  return pending + sending + uncertain === 0 && ended >= subscriptions;
}

/** Each message of each delivery is to stand at the platform once. */
async function count(
  store: Store,
  standIn: StandIn,
): Promise<Pick<Tally, 'messages' | 'lost' | 'doubled' | 'states'>> {
  const times = new Map<string, number>();
  for (const { key } of standIn.taken) times.set(key, (times.get(key) ?? 0) + 1);
  const deliveries = await store.deliveries({ limit: 100_000 });
  const wanted = deliveries.flatMap(({ id, subscription }) =>
    Array.from({ length: partsOf(subscription) }, (_, part) => `${id}/${part}`),
  );
  const unknown = [...times.keys()].filter((key) => !wanted.includes(key));
  if (unknown.length > 0) throw new Error(`nobody wanted ${unknown.join(', ')}`);
  const counts = Object.entries(await store.deliveryCounts()).filter(([, number]) => number > 0);
  return {
    messages: wanted.length,
    lost: wanted.filter((key) => !times.has(key)).length,
    doubled: [...times.values()].filter((number) => number > 1).length,
    states: Object.fromEntries(counts),
  };
}

/** One file for the worker: a process that starts in a tenth of a second can be killed two hundred times. */
async function bundleWorker(folder: string): Promise<string> {
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['pg-native'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return outfile;
}

async function startWorker(file: string, options: WorkerOptions): Promise<Worker> {
  const child = fork(file, [JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  await Promise.race([ready(child), ended]);
  return {
    ended,
    begin: () => void child.send('begin'),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('message', () => resolve());
  });
}

export function pause(realMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, realMs);
  });
}
