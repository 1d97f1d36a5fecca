import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execute, findBinaries, startCluster, withDatabase } from '../helpers/postgres-cluster.ts';
import type { DigestFigures, DigestsRun, RunFigures, TickFigures } from './digest-figures.ts';

const due = 10_000;
const idle = 100_000;
const reports = 120;
const goals = { composedSeconds: 60, peakMb: 400, tickMs: 5 };

interface Place {
  readonly title: string;
  readonly home: string;
  readonly databaseUrl?: string;
}

/**
 * Many subscriptions that are due in the same minute, from the tick that plans them to the last answer of a platform that
 * answers at once, and a tick with nothing due; on the embedded database, and on a PostgreSQL of its own where there is one.
 */
export async function benchDigests(): Promise<string> {
  const lines = [
    `${due.toLocaleString('en')} subscriptions of as many channels, due together, ${reports} new reports of three publishers; ${availableParallelism()} cores`,
    ...(await onSqlite(measurePlace)),
    ...(await onPostgres(measurePlace)),
  ];
  return lines.join('\n');
}

type Measure = (make: () => Promise<Place>) => Promise<readonly string[]>;

async function measurePlace(make: () => Promise<Place>): Promise<readonly string[]> {
  const delivered = await deliver(await make(), { subscriptions: due, answerMs: 0 });
  const slow = await deliver(await make(), { subscriptions: due / 10, answerMs: 200 });
  const place = await make();
  const tick = await inProcess({ ...place, kind: 'tick', subscriptions: idle, reports, answerMs: 0 });
  if (tick.kind !== 'tick') throw new Error('the bench got other figures than it asked for');
  return [
    place.title,
    ...showDelivered(delivered),
    `  1,000 at a platform that takes 200 ms an answer: ${slow.seconds.toFixed(1)} s`,
    showTick(tick),
  ];
}

async function deliver(
  place: Place,
  run: Pick<DigestsRun, 'subscriptions' | 'answerMs'>,
): Promise<DigestFigures> {
  await inProcess({ ...place, ...run, kind: 'prepare', reports });
  const figures = await inProcess({ ...place, ...run, kind: 'deliver', reports });
  if (figures.kind !== 'deliver') throw new Error('the bench got other figures than it asked for');
  if (figures.composed !== run.subscriptions || figures.posted + figures.empty !== run.subscriptions) {
    throw new Error(`not each was delivered once: ${JSON.stringify(figures)}`);
  }
  return figures;
}

function showDelivered(figures: DigestFigures): readonly string[] {
  const { seconds, cpuSeconds, planSeconds, peakMb, messages, posted, empty } = figures;
  const over = (isOver: boolean): string => (isOver ? ' (OVER THE GOAL)' : '');
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  return [
    `  planned in ${planSeconds.toFixed(2)} s; composed and delivered in ${seconds.toFixed(1)} s${over(seconds > goals.composedSeconds)}, ${cpuSeconds.toFixed(1)} s of processor time`,
    `  ${posted} digests in ${messages} messages, ${empty} with nothing to say; at most ${peakMb.toFixed(0)} MB${over(peakMb > goals.peakMb)}, ${figures.startMb.toFixed(0)} MB before`,
    `  one digest: the first ${ms(figures.firstMs)}, then p50 ${ms(figures.composeMs)}, p99 ${ms(figures.composeP99Ms)}`,
    `  event loop while they are delivered: p50 ${ms(figures.loopP50Ms)}, p99 ${ms(figures.loopP99Ms)}, at most ${ms(figures.loopMaxMs)}`,
  ];
}

function showTick({ p50Ms, p99Ms, firstMs }: TickFigures): string {
  const over = p50Ms > goals.tickMs ? ' (OVER THE GOAL)' : '';
  return `  a tick with nothing due at ${idle.toLocaleString('en')} subscriptions: p50 ${p50Ms.toFixed(2)} ms${over}, p99 ${p99Ms.toFixed(2)} ms, the first ${firstMs.toFixed(0)} ms`;
}

async function onSqlite(measure: Measure): Promise<readonly string[]> {
  return withFolder((folder) =>
    measure(async () => ({ title: 'embedded database', home: mkdtempSync(join(folder, 'home-')) })),
  );
}

async function onPostgres(measure: Measure): Promise<readonly string[]> {
  const binaries = findBinaries();
  if (binaries === undefined) return ['PostgreSQL: skipped, there is none on this machine'];
  const cluster = await startCluster(binaries, 'durable');
  let databases = 0;
  try {
    return await withFolder((folder) =>
      measure(async () => {
        databases += 1;
        await execute(cluster.url, `create database bench_${databases}`);
        return {
          title: 'PostgreSQL on the same machine',
          home: mkdtempSync(join(folder, 'home-')),
          databaseUrl: withDatabase(cluster.url, `bench_${databases}`),
        };
      }),
    );
  } finally {
    await cluster.stop();
  }
}

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'threatbrief-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const script = join(import.meta.dirname, 'digests-run.ts');

async function inProcess(run: DigestsRun & { readonly title?: string }): Promise<RunFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(run)], {
    maxBuffer: 1e7,
  });
  return JSON.parse(stdout) as RunFigures;
}
