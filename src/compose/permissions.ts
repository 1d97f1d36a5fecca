import { personOf } from '../chat/destination.ts';
import { createPermissions, type Permissions, type RefusedDeed } from '../chat/permissions.ts';
import type { WorkspaceSettings } from '../chat/workspace-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { DeliveryStore } from '../store/delivery-types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

export interface PermissionParts {
  readonly store: Pick<DeliveryStore, 'noteAudit'>;
  readonly workspaces: Pick<WorkspaceSettings, 'of'>;
  readonly settings: Pick<Settings, 'admins'> &
    Partial<Pick<Settings, 'slackClientId' | 'teamsAllowedTenants'>>;
  readonly clock: Clock;
  readonly log: Log;
}

/** One who presses again and again is noted once in this time. */
const quietMs = 60_000;
const maxNoted = 5_000;

/** Who may do what, with the operator's own admins, and with refusals in the audit. */
export function openPermissions({ store, workspaces, settings, clock, log }: PermissionParts): Permissions {
  const noted = new Map<string, number>();
  return createPermissions({
    settings: workspaces,
    admins: settings.admins ?? [],
    // Sources are one for all who use the server.
    sharedDeeds: servesMany(settings) ? ['sources'] : [],
    log,
    onRefused: async (refused) => {
      const at = clock.now().getTime();
      if (!isNew(keyOf(refused), at, noted)) return;
      const { place, person, deed, setting } = refused;
      await store.noteAudit({
        at,
        by: personOf(place, person),
        action: 'refused',
        target: deed,
        detail: { place: place.id, ...(setting === undefined ? {} : { setting }) },
      });
    },
  });
}

/** True where workspaces can install the bot themselves, and where several tenants are answered. */
function servesMany({ slackClientId, teamsAllowedTenants = [] }: PermissionParts['settings']): boolean {
  return slackClientId !== undefined || teamsAllowedTenants.length > 1;
}

function keyOf({ place, person, deed, setting }: RefusedDeed): string {
  return JSON.stringify([place.workspace, place.id, person, deed, setting]);
}

function isNew(key: string, at: number, noted: Map<string, number>): boolean {
  const last = noted.get(key);
  if (last !== undefined && at >= last && at - last < quietMs) return false;
  if (noted.size >= maxNoted) noted.clear();
  noted.set(key, at);
  return true;
}
