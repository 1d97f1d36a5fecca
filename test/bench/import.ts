import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryOf, startCommand, workerOf } from './child.ts';

const corpus = new URL('../../../shared/corpus/', import.meta.url).pathname;

/** A made-up bundle of 20,000 objects, and the corpus where it is at hand: first import, and the same again. */
export async function benchImport(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'threatbrief-bench-'));
  const bundle = join(home, 'bundle.json');
  writeFileSync(bundle, JSON.stringify(syntheticBundle(20_000)));
  const rows = [await importTwice('made-up STIX 2.1 bundle, 20,000 objects', bundle)];
  if (existsSync(corpus)) rows.push(await importTwice('the whole corpus', corpus));
  else rows.push('the whole corpus: skipped, no ../shared/corpus beside the checkout');
  rmSync(home, { recursive: true });
  return rows.join('\n');
}

async function importTwice(title: string, place: string): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'threatbrief-bench-'));
  const first = await measureImport(place, home);
  const second = await measureImport(place, home);
  rmSync(home, { recursive: true });
  const ratio = (first.seconds / second.seconds).toFixed(1);
  return `${title}: ${show(first)}; again: ${show(second)}, ${ratio} times as fast`;
}

function show({ seconds, peakMb }: { seconds: number; peakMb: number }): string {
  return `${seconds.toFixed(2)} s, at most ${peakMb.toFixed(0)} MB`;
}

async function measureImport(place: string, home: string): Promise<{ seconds: number; peakMb: number }> {
  const started = performance.now();
  const child = startCommand(['ingest', place, '--json'], home);
  child.stdout?.resume();
  child.stderr?.resume();
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, memoryOf(workerOf(child))?.peakMb ?? 0);
  }, 50);
  const [code] = await once(child, 'exit');
  clearInterval(watch);
  if (code !== 0 && code !== 1) throw new Error(`ingest of ${place} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, peakMb };
}

function syntheticBundle(count: number): object {
  const id = (type: string, index: number): string =>
    `${type}--00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
  const actors = Math.floor(count / 10);
  const objects = Array.from({ length: count }, (_, index) => {
    const common = {
      spec_version: '2.1',
      created: '2026-01-01T00:00:00.000Z',
      modified: '2026-01-01T00:00:00.000Z',
    };
    if (index < actors) {
      return {
        ...common,
        type: 'intrusion-set',
        id: id('intrusion-set', index),
        name: `Made-up group ${index}`,
      };
    }
    if (index < actors * 2) {
      return {
        ...common,
        type: 'malware',
        id: id('malware', index),
        name: `Made-up tool ${index}`,
        is_family: true,
      };
    }
    return {
      ...common,
      type: 'relationship',
      id: id('relationship', index),
      relationship_type: 'uses',
      source_ref: id('intrusion-set', index % actors),
      target_ref: id('malware', actors + (index % actors)),
    };
  });
  return { type: 'bundle', id: id('bundle', 1), objects };
}
