import { loadSettings } from '../../src/config/load-settings.ts';
import type { Settings } from '../../src/config/settings.ts';

/** The settings of an environment that holds nothing else. */
export function settingsOf(env: Readonly<Record<string, string>>): Settings {
  return loadSettings(env, (path) => {
    throw new Error(`no file ${path}`);
  });
}
