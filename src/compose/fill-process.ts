import { z } from 'zod';
import { loadBundledData } from '../ingest/bundled.ts';
import { openStore } from '../store/open-store.ts';
import { systemClock } from '../support/clock.ts';
import { dataFolder } from './paths.ts';

// Stores the bundled facts in a process of its own, so that the server goes on answering, and so that the memory
// that it takes is given back when it ends. Its settings come as one message, since an address may hold a password.

const settingsSchema = z.object({ home: z.string(), databaseUrl: z.string().optional() });

process.once('message', (message) => {
  void fill(message).finally(() => process.disconnect?.());
});

async function fill(message: unknown): Promise<void> {
  process.exitCode = 1;
  const store = await openStore(settingsSchema.parse(message));
  try {
    await loadBundledData(store, dataFolder, systemClock);
    process.exitCode = 0;
  } finally {
    await store.close();
  }
}
