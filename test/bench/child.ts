import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A run of the command line as people start it: the launcher, and under it the process that does the work. */
export function startCommand(args: readonly string[], home: string): ChildProcess {
  return spawn(process.execPath, ['bin/threatbrief.js', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: home, THREATBRIEF_HOME: `${home}/state`, PORT: '0' },
  });
}

/** The process under the launcher; undefined where it cannot be told or is not there yet. */
export function workerOf(launcher: ChildProcess): number | undefined {
  const path = `/proc/${launcher.pid}/task/${launcher.pid}/children`;
  if (!existsSync(path)) return undefined;
  const [first] = readFileSync(path, 'utf8').trim().split(' ');
  return first === undefined || first === '' ? undefined : Number(first);
}

/** Memory of a running process in MB: resident now and at its highest; undefined where /proc is missing. */
export function memoryOf(
  pid: number | undefined,
): { readonly nowMb: number; readonly peakMb: number } | undefined {
  const path = `/proc/${pid}/status`;
  if (pid === undefined || !existsSync(path)) return undefined;
  const status = readFileSync(path, 'utf8');
  const megabytes = (key: string): number =>
    Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
  return { nowMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
