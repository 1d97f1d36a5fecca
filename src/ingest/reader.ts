import { Worker } from 'node:worker_threads';
import type { ImportItem } from '../sources/types.ts';
import type { FromWorker, ReadEnd, ReadJob, ToWorker } from './messages.ts';
import { keepSpare, takeSpare } from './spare-thread.ts';
import type { IngestLimits } from './types.ts';

/** Takes a batch of items; the next comes when it resolves. */
export type TakeItems = (items: readonly ImportItem[]) => Promise<void>;

/** Reads documents in a thread of its own, one at a time. */
export interface Reader {
  /**
   * Reads one document and hands its items over in order. Never rejects for what the document does: a thread that
   * runs out of memory or stands still is ended, and the document is `unreadable`. Rejects when `take` does.
   */
  read(job: ReadJob, take: TakeItems): Promise<ReadEnd>;
  close(): Promise<void>;
}

/**
 * The thread starts with the first document and is replaced after a document that ended it. One that is sound at the end
 * waits a moment for the next import.
 */
export function createReader(limits: IngestLimits): Reader {
  let worker: Worker | undefined;
  let isReading = false;

  async function end(): Promise<void> {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  }

  return {
    async read(job, take) {
      worker ??= takeSpare(limits.maxHeapMb) ?? startWorker(limits);
      isReading = true;
      const outcome = await readWith(worker, job, take, limits.stallMs);
      isReading = false;
      if (outcome.kind === 'ended') return outcome.end;
      await end();
      if (outcome.kind === 'failed') throw outcome.error;
      return { status: 'unreadable', reason: outcome.reason, isBinary: false, isPassing: true };
    },
    close: async () => {
      if (worker === undefined || isReading) return end();
      const idle = worker;
      worker = undefined;
      await keepSpare(idle, limits.maxHeapMb);
    },
  };
}

/** The entry has the ending of this file: `.ts` from a checkout, `.js` when built. */
function startWorker(limits: IngestLimits): Worker {
  const entry = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
  return new Worker(entry, {
    resourceLimits: {
      maxOldGenerationSizeMb: limits.maxHeapMb,
      maxYoungGenerationSizeMb: 48,
      stackSizeMb: 8,
    },
    // What the thread writes on its way out (a trace of V8's) is not for the terminal.
    stdout: true,
    stderr: true,
  });
}

type Outcome =
  | { readonly kind: 'ended'; readonly end: ReadEnd }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: unknown };

function readWith(worker: Worker, job: ReadJob, take: TakeItems, stallMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let taking = Promise.resolve();
    let isSettled = false;
    const settle = (outcome: Outcome): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(watch);
      // One by one: the thread's port is kept alive by listeners of Node's own.
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      // Batches that were handed over are worked off first, whatever came after them.
      taking.then(
        () => resolve(outcome),
        (error: unknown) => resolve({ kind: 'failed', error }),
      );
    };
    const stalled = (): void =>
      settle({
        kind: 'lost',
        reason: `no progress for ${Math.round(stallMs / 1000)} s: reading was given up`,
      });
    let watch = setTimeout(stalled, stallMs);
    // While batches are being worked off here, it is not the thread that stands still.
    let busy = 0;
    const progress = (): void => {
      clearTimeout(watch);
      if (!isSettled && busy === 0) watch = setTimeout(stalled, stallMs);
    };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    const tell = (message: ToWorker): void => worker.postMessage(message);
    const askForMore = (): void => {
      busy -= 1;
      progress();
      if (!isSettled) tell({ type: 'more' });
    };
    const onMessage = (message: FromWorker): void => {
      if (message.type === 'progress') {
        progress();
        return;
      }
      clearTimeout(watch);
      if (message.type === 'end') {
        settle({ kind: 'ended', end: message.end });
        return;
      }
      busy += 1;
      taking = taking.then(() => take(message.items));
      taking.then(askForMore, (error: unknown) => settle({ kind: 'failed', error }));
    };
    const onError = (error: unknown): void => settle({ kind: 'lost', reason: reasonOfLoss(error) });
    const onExit = (): void => settle({ kind: 'lost', reason: 'reading ended without a result' });
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    tell({ type: 'read', job });
  });
}

function reasonOfLoss(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'needs more memory than a document may take: reading was given up'
    : 'reading failed';
}
