import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A run of the command line in its own process, on the Node that runs the bench. */
export function startCommand(args: readonly string[], home: string): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/main.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: home, THREATBRIEF_HOME: `${home}/state`, PORT: '0' },
  });
}

/** Memory of a running process in MB: resident now and at its highest; undefined where /proc is missing. */
export function memoryOf(pid: number): { readonly nowMb: number; readonly peakMb: number } | undefined {
  const path = `/proc/${pid}/status`;
  if (!existsSync(path)) return undefined;
  const status = readFileSync(path, 'utf8');
  const megabytes = (key: string): number =>
    Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  return { nowMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
