import { createDesk, type Desk } from '../chat/desk.ts';
import type { Settings } from '../config/settings.ts';
import { loadBundledData } from '../ingest/bundled.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { dataFolder } from './paths.ts';

/** The database of the settings, with the bundled facts in it. */
export async function openPreparedStore(settings: Settings, clock: Clock): Promise<Store> {
  const store = await openStore({ home: settings.home, databaseUrl: settings.databaseUrl });
  try {
    await loadBundledData(store, dataFolder, clock);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

export interface OpenDesk {
  readonly desk: Desk;
  readonly store: Store;
}

/** A store and a desk that has loaded it. */
export async function openDesk(settings: Settings, clock: Clock, log: Log): Promise<OpenDesk> {
  const store = await openPreparedStore(settings, clock);
  try {
    const desk = createDesk({ store, clock, log });
    await desk.refresh();
    return { desk, store };
  } catch (error) {
    await store.close();
    throw error;
  }
}
