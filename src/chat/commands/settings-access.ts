import type { SettingName } from '../setting-values.ts';
import type { Asker, Place } from '../types.ts';

/** Who may change a setting: `admins` decide what others may do and see. */
export const settingAccess: Readonly<Record<SettingName, 'anyone' | 'members' | 'admins'>> = {
  naming: 'anyone',
  sectors: 'members',
  regions: 'members',
  zone: 'members',
  subscribe: 'admins',
  tlp: 'admins',
};

/** Why someone may not change a setting; undefined when they may. Who is not known may the least. */
export function settingRefusal(
  name: SettingName,
  { platform }: Pick<Place, 'platform'>,
  asker: Asker | undefined,
): string | undefined {
  // Who has the command line, or the page that only this machine sees, runs the bot.
  if (platform === 'cli' || platform === 'playground') return undefined;
  const access = settingAccess[name];
  const role = asker?.role;
  if (access === 'anyone' || role === 'admin') return undefined;
  if (role === undefined) {
    return 'Who you are in this workspace could not be told just now, so nothing was changed; try again in a minute.';
  }
  if (access === 'members') {
    return role === 'member' ? undefined : 'Guests cannot change this; ask a member of the workspace.';
  }
  return 'Only admins of this workspace can change this; ask one of them.';
}
