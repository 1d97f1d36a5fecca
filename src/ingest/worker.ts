// The reading thread's entry: it parses what strangers wrote, so that a hostile file costs this thread and its file,
// not the process. It gives out batches and waits until they are worked off.
import { parentPort } from 'node:worker_threads';
import type { ImportItem } from '../sources/types.ts';
import type { FromWorker, ReadEnd, ReadJob, ToWorker } from './messages.ts';
import { readDocument } from './read-document.ts';

const batchItems = 400;
/** Batches on their way: one is being stored while the next is read. */
const maxAhead = 2;

if (parentPort !== null) {
  const port = parentPort;
  const post = (message: FromWorker): void => port.postMessage(message);
  const flow = { ahead: 0, wake: (): void => {} };

  const send = async (items: readonly ImportItem[]): Promise<void> => {
    if (items.length === 0) return;
    post({ type: 'items', items });
    flow.ahead += 1;
    while (flow.ahead >= maxAhead) {
      await new Promise<void>((resolve) => {
        flow.wake = resolve;
      });
    }
  };

  const run = async (job: ReadJob): Promise<ReadEnd> => {
    flow.ahead = 0;
    const reading = readDocument(job);
    let batch: ImportItem[] = [];
    for (;;) {
      const step = reading.next();
      if (step.done === true) {
        await send(batch);
        return step.value;
      }
      batch.push(step.value);
      if (batch.length >= batchItems) {
        await send(batch);
        batch = [];
      }
    }
  };

  port.on('message', (message: ToWorker) => {
    if (message.type === 'more') {
      flow.ahead -= 1;
      flow.wake();
      return;
    }
    run(message.job).then(
      (end) => post({ type: 'end', end }),
      (error: unknown) => {
        const reason =
          error instanceof Error ? `the importer failed: ${error.message}` : 'the importer failed';
        post({ type: 'end', end: { status: 'unreadable', reason, isBinary: false } });
      },
    );
  });
}
