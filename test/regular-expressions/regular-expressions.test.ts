import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { collectExpressions, type WrittenExpression } from './collect.ts';

interface Found {
  readonly expression: WrittenExpression;
  readonly milliseconds: number;
  readonly text: string;
}

/** An expression that holds its thread for so long is told as the one that does. */
const maxSilentMs = 10_000;
/**
 * Processor time on a text of 2,000 characters. What grows with the square takes some
 * five; what grows faster takes seconds and more.
 */
const maxMilliseconds = 200;

it('take no longer than they may, whatever is in the text', async () => {
  const expressions = collectExpressions('src');
  expect(expressions.length).toBeGreaterThan(800);

  const found = await tryAll(expressions);

  const slow = found.filter(({ milliseconds }) => milliseconds > maxMilliseconds);
  expect(slow.map(({ expression, text }) => ({ ...expression, text }))).toEqual([]);
}, 120_000);

function tryAll(expressions: readonly WrittenExpression[]): Promise<readonly Found[]> {
  return new Promise((resolve, reject) => {
    const found: Found[] = [];
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: expressions });
    let current = 0;
    let timer = setTimeout(() => undefined, 0);
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const expression = expressions[current];
        if (expression !== undefined)
          found.push({ expression, milliseconds: Number.POSITIVE_INFINITY, text: '' });
        void worker.terminate();
      }, maxSilentMs);
    };
    watch();
    worker.on('message', (message: { kind: string; index: number; milliseconds: number; text: string }) => {
      watch();
      current = message.index;
      const expression = expressions[message.index];
      if (message.kind === 'ended' && expression !== undefined) found.push({ expression, ...message });
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(found);
    });
  });
}
