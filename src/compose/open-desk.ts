import { fork } from 'node:child_process';
import { join } from 'node:path';
import { createDesk, type Desk } from '../chat/desk.ts';
import type { Settings } from '../config/settings.ts';
import { type BundledContent, loadBundledData, readBundledData } from '../ingest/bundled.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { releaseMemory } from '../support/release-memory.ts';
import { openIdentity } from './identity.ts';
import { dataFolder } from './paths.ts';
import { openPreparedStore } from './prepared-store.ts';
import { storeSettingsOf } from './store-settings.ts';

export interface OpenDesk {
  readonly desk: Desk;
  readonly store: Store;
}

/** A store and a desk that has loaded it. */
export async function openDesk(settings: Settings, clock: Clock, log: Log): Promise<OpenDesk> {
  const identity = openIdentity(settings);
  const store = await openPreparedStore(settings, clock);
  try {
    const desk = createDesk({ store, clock, log, identity });
    await desk.refresh();
    return { desk, store };
  } catch (error) {
    await store.close();
    throw error;
  }
}

export interface ServingDesk extends OpenDesk {
  /** Resolves when the bundled facts are stored; until then the store must not be loaded. Never rejects. */
  readonly filled: Promise<void>;
}

/**
 * A desk for a server: on an empty database it answers from the bundled facts at once, while they are stored behind
 * it. Should storing fail, it goes on answering, and the next start tries again.
 */
export async function openServingDesk(settings: Settings, clock: Clock, log: Log): Promise<ServingDesk> {
  const identity = openIdentity(settings);
  const store = await openStore(storeSettingsOf(settings));
  try {
    if ((await store.sources()).length > 0) {
      await loadBundledData(store, dataFolder, clock);
      const desk = createDesk({ store, clock, log, identity });
      await desk.refresh();
      return { desk, store, filled: afterwards(async () => releaseMemory(), log) };
    }
    const seed = await readBundledData(dataFolder, clock);
    const desk = createDesk({ store, clock, log, seed, identity });
    return { desk, store, filled: afterwards(() => fill(store, desk, seed, settings), log) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Runs once what is waiting now has been done, such as the first answers. */
async function afterwards(work: () => Promise<void>, log: Log): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, fillDelayMs));
  try {
    await work();
  } catch (error) {
    log.error({ error }, 'work after the start failed; the next start tries again');
  }
}

const fillDelayMs = 1_000;

async function fill(store: Store, desk: Desk, seed: BundledContent, settings: Settings): Promise<void> {
  await fillInProcess(settings);
  // The version is read first: whatever another process imports after it makes the next refresh load everything.
  const version = await store.knowledgeVersion();
  const counts = new Map((await store.sources()).map(({ name, recordCount }) => [name, recordCount]));
  const same = seed.sources.every(({ name, recordCount }) => counts.get(name) === recordCount);
  if (same && counts.size === seed.sources.length) desk.storedAs(version);
  releaseMemory();
}

function fillInProcess({ home, databaseUrl }: Settings): Promise<void> {
  const name = import.meta.filename.endsWith('.ts') ? 'fill-process.ts' : 'fill-process.js';
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, name), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the process that stores the bundled facts ended with ${code}`));
    });
    child.send({ home, databaseUrl });
  });
}
