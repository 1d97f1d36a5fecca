// The reading thread's entry: it parses what strangers wrote, so that a hostile file costs this thread and its file,
// not the process. It gives out batches and waits until they are worked off.
import { parentPort } from 'node:worker_threads';
import type { ImportItem } from '../sources/types.ts';
import type { FromWorker, ReadEnd, ReadJob, ToWorker } from './messages.ts';
import { type DocumentReading, openReading } from './read-document.ts';

const batchItems = 400;
/** Roughly bytes: a batch is in memory several times while it changes threads. */
const batchWeight = 2_000_000;
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
    const reading = await openReading(job, () => post({ type: 'progress' }));
    try {
      return await sendAll(reading.items);
    } finally {
      reading.close();
    }
  };

  const sendAll = async (items: DocumentReading): Promise<ReadEnd> => {
    let batch: ImportItem[] = [];
    let weight = 0;
    for (;;) {
      const step = items.next();
      if (step.done === true) {
        await send(batch);
        return step.value;
      }
      batch.push(step.value);
      weight += weightOf(step.value);
      if (batch.length >= batchItems || weight >= batchWeight) {
        await send(batch);
        batch = [];
        weight = 0;
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
        post({ type: 'end', end: { status: 'unreadable', reason, isBinary: false, isPassing: true } });
      },
    );
  });
}

/** What an item takes in memory, roughly. */
function weightOf(item: ImportItem): number {
  if (item.kind !== 'record') return 300;
  const { claims, indicators = [], mentionsIn = '' } = item.record;
  const texts = claims.reduce((sum, claim) => sum + ('text' in claim ? claim.text.length : 0), 0);
  return 500 + claims.length * 300 + texts + indicators.length * 300 + mentionsIn.length;
}
