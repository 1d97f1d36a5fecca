import type { Settings } from '../config/settings.ts';
import type { StoreSettings } from '../store/open-store.ts';

/** Where all state is kept, and under which keys. */
export function storeSettingsOf({
  home,
  databaseUrl,
  encryptionKey,
}: Pick<Settings, 'home' | 'databaseUrl' | 'encryptionKey'>): StoreSettings {
  return { home, databaseUrl, encryptionKey };
}
