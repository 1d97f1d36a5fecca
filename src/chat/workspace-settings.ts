import { type HouseNaming, houseNamingOf } from '../briefing/house-naming.ts';
import type { Store } from '../store/types.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

/** The one workspace of what runs on this machine: the playground and the command line. */
export const localWorkspace = 'local';

/** What a workspace chose, or the default. */
export interface ChosenSettings {
  readonly naming: HouseNaming;
  /** Who chose the naming and when; absent: nobody did, so the default holds. */
  readonly namingChange?: { readonly by: string; readonly at: Date };
}

/** Settings by workspace, kept in memory for a while, so that a question costs no query. */
export interface WorkspaceSettings {
  /** Never rejects: what cannot be read is logged, and the last known or the default holds. */
  of(workspace: string | undefined): Promise<ChosenSettings>;
  /** Sets whose names come first; null goes back to the default. Rejects when the store does. */
  setNaming(workspace: string, naming: HouseNaming | null, by: string): Promise<ChosenSettings>;
}

export interface WorkspaceSettingsParts {
  /** Without the two methods everything is kept in memory only. */
  readonly store: Partial<Pick<Store, 'workspaceSettings' | 'changeWorkspaceSetting'>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Whose names come first where nobody chose. */
  readonly defaultHouses?: readonly string[];
}

/** After this time another process's change is seen. */
const keptMs = 30_000;
const maxKept = 1_000;
const namingSetting = 'naming';

interface Kept {
  readonly settings: ChosenSettings;
  readonly until: number;
}

export function createWorkspaceSettings(parts: WorkspaceSettingsParts): WorkspaceSettings {
  const { store, clock, log } = parts;
  const defaults: ChosenSettings = { naming: houseNamingOf(parts.defaultHouses ?? []) };
  const kept = new Map<string, Kept>();
  const lifeMs = store.workspaceSettings === undefined ? Number.POSITIVE_INFINITY : keptMs;

  function keep(workspace: string, settings: ChosenSettings): ChosenSettings {
    kept.delete(workspace);
    if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '');
    kept.set(workspace, { settings, until: clock.now().getTime() + lifeMs });
    return settings;
  }

  async function read(workspace: string): Promise<ChosenSettings> {
    const found = (await store.workspaceSettings?.(workspace)) ?? [];
    const stored = found.find(({ name }) => name === namingSetting);
    const houses = readHouses(stored?.value);
    if (stored === undefined || houses === undefined) return defaults;
    return {
      naming: houseNamingOf(houses),
      namingChange: { by: stored.changedBy, at: new Date(stored.changedAt) },
    };
  }

  return {
    of: async (workspace) => {
      if (workspace === undefined) return defaults;
      const known = kept.get(workspace);
      if (known !== undefined && known.until > clock.now().getTime()) return known.settings;
      try {
        return keep(workspace, await read(workspace));
      } catch (error) {
        log.error({ error }, 'the settings of a workspace could not be read');
        return keep(workspace, known?.settings ?? defaults);
      }
    },
    setNaming: async (workspace, naming, by) => {
      const at = clock.now();
      const value = naming === null ? null : { houses: naming.houses };
      const changedAt = at.getTime();
      await store.changeWorkspaceSetting?.(workspace, {
        name: namingSetting,
        value,
        changedBy: by,
        changedAt,
      });
      return keep(workspace, naming === null ? defaults : { naming, namingChange: { by, at } });
    },
  };
}

/** What a newer or a damaged database holds counts as nothing chosen. */
function readHouses(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'object' || value === null || !('houses' in value)) return undefined;
  const { houses } = value;
  return Array.isArray(houses) ? houses.filter((house) => typeof house === 'string') : undefined;
}
