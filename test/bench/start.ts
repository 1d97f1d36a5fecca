import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { median, memoryOf, startCommand, workerOf } from './child.ts';

interface Start {
  readonly readyMs: number;
  readonly nowMb: number;
  readonly peakMb: number;
}

const runs = 5;

/** Process start to `/readyz` 200 with the bundled data and the playground only: on an empty home, and again. */
export async function benchStart(): Promise<string> {
  const first: Start[] = [];
  const again: Start[] = [];
  for (let run = 0; run < runs; run += 1) {
    const home = mkdtempSync(join(tmpdir(), 'threatbrief-bench-'));
    first.push(await measureStart(home));
    again.push(await measureStart(home));
    rmSync(home, { recursive: true });
  }
  return [`median of ${runs} runs`, row('empty home', first), row('existing home', again)].join('\n');
}

function row(title: string, starts: readonly Start[]): string {
  const ready = median(starts.map(({ readyMs }) => readyMs)).toFixed(0);
  const now = median(starts.map(({ nowMb }) => nowMb)).toFixed(0);
  const peak = median(starts.map(({ peakMb }) => peakMb)).toFixed(0);
  return `${title.padEnd(14)} ready after ${ready} ms, resident ${now} MB, at most ${peak} MB`;
}

async function measureStart(home: string): Promise<Start> {
  const started = performance.now();
  const child = startCommand(['start'], home);
  if (child.stdout === null) throw new Error('the server did not start');
  let address: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    address = /https?:\/\/\S+/.exec(line)?.[0];
    if (address !== undefined) break;
  }
  if (address === undefined) throw new Error('the server ended without naming its address');
  const response = await fetch(new URL('/readyz', address));
  if (!response.ok) throw new Error(`/readyz answered ${response.status}`);
  const readyMs = performance.now() - started;
  const memory = memoryOf(workerOf(child)) ?? { nowMb: Number.NaN, peakMb: Number.NaN };
  child.kill('SIGTERM');
  await once(child, 'exit');
  return { readyMs, ...memory };
}
