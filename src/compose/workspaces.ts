import { createWorkspaceSettings, type WorkspaceSettings } from '../chat/workspace-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

/** What workspaces chose, over what the environment says for those that chose nothing. */
export function openWorkspaces(
  settings: Settings,
  parts: { readonly store: Store; readonly clock: Clock; readonly log: Log },
): WorkspaceSettings {
  return createWorkspaceSettings({
    ...parts,
    defaultHouses: settings.houseNaming ?? [],
    defaults: { sectors: settings.ourSectors ?? [], regions: settings.ourRegions ?? [] },
  });
}
