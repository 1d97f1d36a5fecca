import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import type { SlowExpression, Told } from './worker.ts';

/** An expression that holds its thread for so long is told as the one that does. */
const maxSilentMs = 20_000;

it('take no longer than they may, whatever is in the text', async () => {
  const { slow, expressions, texts } = await tryAll('src');

  expect(slow).toEqual([]);
  expect(expressions).toBeGreaterThan(1_100);
  expect(texts).toBeGreaterThan(50_000);
}, 120_000);

interface Tried {
  readonly slow: readonly SlowExpression[];
  readonly expressions: number;
  readonly texts: number;
}

function tryAll(folder: string): Promise<Tried> {
  return new Promise((done, failed) => {
    const slow: SlowExpression[] = [];
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: folder });
    let counts = { expressions: 0, texts: 0 };
    let current: SlowExpression | undefined;
    const onSilence = (): void => {
      if (current !== undefined) slow.push(current);
      void worker.terminate();
    };
    let timer = setTimeout(onSilence, maxSilentMs);
    worker.on('message', (told: Told) => {
      clearTimeout(timer);
      timer = setTimeout(onSilence, maxSilentMs);
      if (told.kind === 'begins')
        current = { expression: told.expression, text: '', milliseconds: Number.POSITIVE_INFINITY, chars: 0 };
      else if (told.kind === 'slow') slow.push(told.slow);
      else counts = told;
    });
    worker.on('error', failed);
    worker.on('exit', () => {
      clearTimeout(timer);
      done({ slow, ...counts });
    });
  });
}
