import type { Settings } from '../config/settings.ts';
import { loadBundledData } from '../ingest/bundled.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import { dataFolder } from './paths.ts';
import { storeSettingsOf } from './store-settings.ts';

/** The database of the settings, with the bundled facts in it. */
export async function openPreparedStore(settings: Settings, clock: Clock): Promise<Store> {
  const store = await openStore(storeSettingsOf(settings));
  try {
    await loadBundledData(store, dataFolder, clock);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
