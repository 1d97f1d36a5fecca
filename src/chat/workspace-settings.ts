import { houseNamingOf } from '../briefing/house-naming.ts';
import type { Person } from '../domain/subscription.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { AuditEvent, DeliveryStore } from '../store/delivery-types.ts';
import type { Store } from '../store/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { type Deed, defaultWho } from './permission-rules.ts';
import {
  isDeed,
  readSetting,
  type SettingName,
  type SettingValues,
  settingNames,
  settingToJson,
} from './setting-values.ts';
import type { SubscriptionRules } from './subscription-rules.ts';

/** Who chose something, and when. */
export interface SettingChange {
  readonly by: string;
  readonly at: Date;
}

/** What a workspace chose, or the defaults. */
export interface ChosenSettings extends SettingValues {
  /** Settings without an entry stand at their default. */
  readonly changes: Readonly<Partial<Record<SettingName, SettingChange>>>;
}

/** Settings by workspace, kept in memory for a while, so that a question costs no query. */
export interface WorkspaceSettings {
  /**
   * Never rejects: what cannot be read is logged, and the last known holds. Of what was never read the default holds, and
   * for what may be seen and done the strictest.
   */
  of(workspace: string | undefined): Promise<ChosenSettings>;
  /** Sets one; null goes back to the default. Who did so is kept in the audit. Rejects when the store does. */
  set<Name extends SettingName>(
    workspace: string,
    name: Name,
    value: SettingValues[Name] | null,
    by: Person,
  ): Promise<ChosenSettings>;
}

export interface WorkspaceSettingsParts {
  /** Without the first two methods everything is kept in memory only. */
  readonly store: Partial<Pick<Store, 'workspaceSettings' | 'changeWorkspaceSetting'>> &
    Partial<Pick<DeliveryStore, 'noteAudit'>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Whose names come first where nobody chose. */
  readonly defaultHouses?: readonly string[];
  /** Our sectors and regions where nobody chose. */
  readonly defaults?: Partial<Pick<SettingValues, 'sectors' | 'regions'>>;
}

/** What a place may see: for one that only members read it is what an admin chose, for any other it stays CLEAR. */
export function chosenCeiling(ceiling: Tlp, { tlp }: Pick<SettingValues, 'tlp'>): Tlp {
  return ceiling === 'clear' ? ceiling : (tlp ?? ceiling);
}

/** What workspaces chose for subscriptions, as those who keep them ask for it. */
export function subscriptionRulesFrom(settings: Pick<WorkspaceSettings, 'of'>): SubscriptionRules {
  return {
    async of(workspace) {
      const { subscribe, zone } = await settings.of(workspace);
      return { who: subscribe, guests: subscribe === 'anyone', ...(zone === undefined ? {} : { zone }) };
    },
  };
}

/** After this time another process's change is seen. */
const keptMs = 30_000;
const maxKept = 1_000;

interface Kept {
  readonly settings: ChosenSettings;
  readonly until: number;
}

export function createWorkspaceSettings(parts: WorkspaceSettingsParts): WorkspaceSettings {
  const { store, clock, log } = parts;
  const defaults = defaultSettings(parts);
  const kept = new Map<string, Kept>();
  const lifeMs = store.workspaceSettings === undefined ? Number.POSITIVE_INFINITY : keptMs;

  function keep(workspace: string, settings: ChosenSettings): ChosenSettings {
    kept.delete(workspace);
    if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '');
    kept.set(workspace, { settings, until: clock.now().getTime() + lifeMs });
    return settings;
  }

  async function read(workspace: string): Promise<ChosenSettings> {
    let chosen = defaults;
    for (const stored of (await store.workspaceSettings?.(workspace)) ?? []) {
      const name = settingNames.find((one) => one === stored.name);
      // What was set back is stored as null.
      if (name === undefined || stored.value === null) continue;
      const value = readSetting(name, stored.value) ?? leastOf(name);
      if (value === undefined) continue;
      const change = { by: stored.changedBy, at: new Date(stored.changedAt) };
      chosen = { ...chosen, ...value, changes: { ...chosen.changes, [name]: change } };
    }
    return chosen;
  }

  async function of(workspace: string | undefined): Promise<ChosenSettings> {
    if (workspace === undefined) return defaults;
    const known = kept.get(workspace);
    if (known !== undefined && known.until > clock.now().getTime()) return known.settings;
    try {
      return keep(workspace, await read(workspace));
    } catch (error) {
      log.error({ error }, 'the settings of a workspace could not be read');
      return keep(workspace, known?.settings ?? { ...defaults, ...whileUnread });
    }
  }

  /** What another process changed meanwhile is seen too. */
  async function readOr(known: ChosenSettings, workspace: string): Promise<ChosenSettings> {
    try {
      return await read(workspace);
    } catch (error) {
      log.error({ error }, 'the settings of a workspace could not be read');
      return known;
    }
  }

  async function audit(event: AuditEvent): Promise<void> {
    try {
      await store.noteAudit?.(event);
    } catch (error) {
      // The change holds and its author stands beside it; only the history lacks it.
      log.error({ error, target: event.target }, 'a change of settings could not be noted in the audit');
    }
  }

  return {
    of,
    async set(workspace, name, value, by) {
      const before = await of(workspace);
      const at = clock.now();
      const json = value === null ? null : settingToJson(name, value);
      await store.changeWorkspaceSetting?.(workspace, {
        name,
        value: json,
        changedBy: by.id,
        changedAt: at.getTime(),
      });
      const { [name]: _, ...others } = before.changes;
      const after: ChosenSettings =
        value === null
          ? { ...before, [name]: defaults[name], changes: others }
          : { ...before, [name]: value, changes: { ...others, [name]: { by: by.id, at } } };
      await audit({
        at: at.getTime(),
        by,
        action: 'settings.change',
        target: workspace,
        detail: { setting: name, from: settingToJson(name, before[name]), to: json },
      });
      return keep(workspace, store.workspaceSettings === undefined ? after : await readOr(after, workspace));
    },
  };
}

/** While nobody can tell what a workspace chose it gets the least: it may have chosen to show and to allow less. */
const whileUnread: Pick<SettingValues, 'tlp' | 'guests' | Deed> = {
  tlp: 'clear',
  guests: 'refuse',
  'look-up': 'members',
  share: 'admins',
  subscribe: 'admins',
  'digest-now': 'admins',
  settings: 'admins',
  sources: 'admins',
  audit: 'admins',
};

/** A choice that a newer version or a damaged database holds in a form that is not known: of markings and people the least. */
function leastOf(name: SettingName): Partial<SettingValues> | undefined {
  if (isDeed(name)) return { [name]: whileUnread[name] };
  switch (name) {
    case 'tlp':
      return { tlp: whileUnread.tlp };
    case 'guests':
      return { guests: whileUnread.guests };
    case 'naming':
    case 'sectors':
    case 'regions':
    case 'zone':
      return undefined;
    default:
      return assertNever(name);
  }
}

function defaultSettings({ defaultHouses = [], defaults = {} }: WorkspaceSettingsParts): ChosenSettings {
  return {
    naming: houseNamingOf(defaultHouses),
    sectors: defaults.sectors ?? [],
    regions: defaults.regions ?? [],
    zone: undefined,
    tlp: undefined,
    guests: 'clear',
    ...defaultWho,
    changes: {},
  };
}
