import type { ResealedSecrets } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import { openStore } from '../store/open-store.ts';
import { storeSettingsOf } from './store-settings.ts';

/** Encrypts everything that is to be encrypted under the first key; rejects (exit code 2) where there is none. */
export async function resealSecrets(settings: Settings): Promise<ResealedSecrets> {
  const store = await openStore(storeSettingsOf(settings));
  try {
    return await store.resealSecrets();
  } finally {
    await store.close();
  }
}
