import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryOf, startCommand, workerOf } from './child.ts';
import { writeBundle, writeEnterprise, writeMispEvents } from './import-inputs.ts';

const corpus = new URL('../../../shared/corpus/', import.meta.url).pathname;
const skipped = 'skipped, no ../shared/corpus beside the checkout';

/** Each input is made in a temporary folder and deleted afterwards; `undefined` where it cannot be made here. */
const inputs: readonly {
  readonly title: string;
  readonly make: (folder: string) => string | undefined;
  /** What it must not take, at the first import. */
  readonly limits?: { readonly seconds?: number; readonly peakMb?: number };
}[] = [
  {
    title: 'a made-up STIX bundle, 20,000 objects',
    make: (folder) => made(join(folder, 'bundle.json'), (path) => writeBundle(path, 20_000, 200)),
  },
  {
    title: 'ATT&CK Enterprise, one file of 46 MB',
    make: (folder) =>
      existsSync(corpus)
        ? made(join(folder, 'enterprise-attack.json'), (path) => writeEnterprise(path, corpus))
        : undefined,
    limits: { seconds: 4, peakMb: 400 },
  },
  { title: 'the whole corpus', make: () => (existsSync(corpus) ? corpus : undefined) },
  {
    title: '1,000 MISP events, 100,000 attributes',
    make: (folder) => made(join(folder, 'events'), (path) => writeMispEvents(path, 1000, 100)),
    limits: { seconds: 60 },
  },
  {
    title: 'a made-up STIX bundle of 1 GB, 700,000 objects',
    make: (folder) => made(join(folder, 'large.json'), (path) => writeBundle(path, 700_000, 1240)),
    limits: { peakMb: 600 },
  },
];

/** First import on a database that has the bundled facts already, and the same again: whole command, whole process. */
export async function benchImport(): Promise<string> {
  const rows: string[] = [];
  for (const { title, make, limits = {} } of inputs) {
    const folder = mkdtempSync(join(tmpdir(), 'threatbrief-bench-'));
    try {
      const place = make(folder);
      rows.push(`${title}: ${place === undefined ? skipped : await importTwice(place, folder, limits)}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return rows.join('\n');
}

function made(path: string, make: (path: string) => void): string {
  make(path);
  return path;
}

interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
}

async function importTwice(
  place: string,
  folder: string,
  limits: { readonly seconds?: number; readonly peakMb?: number },
): Promise<string> {
  // The bundled facts are stored by the first command of a new installation, whatever it is.
  const nothing = mkdtempSync(join(folder, 'empty-'));
  await measureImport(nothing, folder);
  const start = await measureImport(nothing, folder);
  const first = await measureImport(place, folder);
  const second = await measureImport(place, folder);
  const ratio = (first.seconds / second.seconds).toFixed(1);
  const net = ((first.seconds - start.seconds) / Math.max(0.01, second.seconds - start.seconds)).toFixed(1);
  const within =
    first.seconds <= (limits.seconds ?? Infinity) && first.peakMb <= (limits.peakMb ?? Infinity)
      ? ''
      : `; MORE THAN ${limits.seconds ?? '-'} s or ${limits.peakMb ?? '-'} MB`;
  const size = statSync(place).isFile() ? `${Math.round(statSync(place).size / 1e6)} MB, ` : '';
  return `${size}${show(first)}; again: ${show(second)}, ${ratio} times as fast (${net} without the start of ${start.seconds.toFixed(2)} s)${within}`;
}

function show({ seconds, peakMb }: Measured): string {
  return `${seconds.toFixed(2)} s, at most ${peakMb.toFixed(0)} MB`;
}

async function measureImport(place: string, home: string): Promise<Measured> {
  const started = performance.now();
  const child = startCommand(['ingest', place, '--json'], home);
  child.stdout?.resume();
  child.stderr?.resume();
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, memoryOf(workerOf(child))?.peakMb ?? 0);
  }, 20);
  const [code] = await once(child, 'exit');
  clearInterval(watch);
  if (code !== 0 && code !== 1) throw new Error(`ingest of ${place} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, peakMb };
}
