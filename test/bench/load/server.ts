import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { memoryOf, workerOf } from '../child.ts';

/** A server under load: the product's own command, with a home of its own. */
export interface LoadedServer {
  readonly address: string;
  readonly home: string;
  /** Runs another command over the same database; its exit code. */
  run(args: readonly string[]): Promise<number | null>;
  /** Resident memory in MB, now and at most. */
  memory(): { readonly nowMb: number; readonly peakMb: number };
  /** Event-loop delay in milliseconds since it was asked for last, by quantile. */
  loopDelay(): Promise<{ readonly p50: number; readonly p99: number; readonly max: number }>;
  /** What the log said at level warn or worse. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

export const signingSecret = 'load-signing-secret';

export async function startLoadedServer(settings: Readonly<Record<string, string>>): Promise<LoadedServer> {
  const home = mkdtempSync(join(tmpdir(), 'threatbrief-load-'));
  const { PATH = '' } = process.env;
  const env = {
    PATH,
    HOME: home,
    THREATBRIEF_HOME: join(home, 'state'),
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...settings,
  };
  const launch = (args: readonly string[]): ChildProcess =>
    spawn(process.execPath, ['bin/threatbrief.js', ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  const child = launch(['start']);
  const complaints: string[] = [];
  child.stderr?.on(
    'data',
    (chunk: Buffer) => void complaints.push(...chunk.toString('utf8').trim().split('\n')),
  );
  const address = await addressOf(child, complaints);
  const memory = (): { nowMb: number; peakMb: number } =>
    memoryOf(workerOf(child)) ?? { nowMb: Number.NaN, peakMb: Number.NaN };
  return {
    address,
    home,
    complaints,
    memory,
    run: async (args) => {
      const command = launch(args);
      command.stdout?.resume();
      command.stderr?.resume();
      const [code] = (await once(command, 'close')) as [number | null];
      return code;
    },
    loopDelay: async () => {
      const text = await (await fetch(new URL('/metrics', address))).text();
      const of = (quantile: string): number =>
        Number(
          new RegExp(`threatbrief_event_loop_delay_seconds\\{quantile="${quantile}"\\} ([\\d.e-]+)`).exec(
            text,
          )?.[1] ?? Number.NaN,
        ) * 1_000;
      return { p50: of('0.5'), p99: of('0.99'), max: of('1') };
    },
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function addressOf(child: ChildProcess, complaints: readonly string[]): Promise<string> {
  if (child.stdout === null) throw new Error('the server did not start');
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /https?:\/\/\S+/.exec(line)?.[0];
    if (address !== undefined) {
      child.stdout.resume();
      return address;
    }
  }
  throw new Error(`the server ended without naming its address: ${complaints.slice(0, 3).join('; ')}`);
}
