import type { Log } from '../support/log.ts';
import { personOf } from './destination.ts';
import { type Deed, deedTexts, isLet, ownIds, type Who, whoText } from './permission-rules.ts';
import type { SettingName, SettingValues } from './setting-values.ts';
import type { Asker, Place } from './types.ts';
import type { ChosenSettings, WorkspaceSettings } from './workspace-settings.ts';

/** Who wants to do something, and where. */
export interface AskedBy {
  readonly place: Place;
  readonly person: string;
  readonly asker?: Asker;
}

/** Somebody was not let; for the audit. */
export interface RefusedDeed extends AskedBy {
  readonly deed: Deed;
  /** The setting that was to be changed, where it was one. */
  readonly setting?: SettingName;
  /** What they were told. */
  readonly told: string;
}

/** Who may do what. No method rejects: what cannot be told is a no. */
export interface Permissions {
  /** Why someone may not, as a sentence with the remedy; undefined when they may. */
  check(deed: Deed, by: AskedBy): Promise<string | undefined>;
  /** Whether someone may, for what is only shown to those who may: a no is not noted. */
  may(deed: Deed, by: AskedBy): Promise<boolean>;
  /** The same for changing one setting; noted only where the change is tried, and not where it is only offered. */
  checkSetting(name: SettingName, by: AskedBy, when?: 'tried' | 'offered'): Promise<string | undefined>;
  /** What is known of the one who asks, with the operator's own admins as such. */
  askerOf(by: AskedBy): Asker | undefined;
}

export interface PermissionsParts {
  readonly settings: Pick<WorkspaceSettings, 'of'>;
  /** People who always count as admins, as `ADMINS` names them: `slack:TEAM/USER`, `teams:TENANT/OBJECT-ID`. */
  readonly admins?: readonly string[];
  /** What concerns all workspaces of the server alike: left to `admins`, whatever one workspace chose. */
  readonly sharedDeeds?: readonly Deed[];
  /** Told of every refusal. What it throws is logged. */
  readonly onRefused?: (refused: RefusedDeed) => Promise<void> | void;
  readonly log?: Log;
}

/** Settings that decide what others may do and see: for admins alone, whoever may change the rest. */
const adminSettings: ReadonlySet<SettingName> = new Set<SettingName>([
  'tlp',
  'guests',
  'look-up',
  'share',
  'subscribe',
  'digest-now',
  'settings',
  'sources',
  'audit',
]);

/** Who may change a setting, by what the workspace chose. */
export function whoMaySet(name: SettingName, { settings }: Pick<SettingValues, 'settings'>): Who {
  return adminSettings.has(name) ? 'admins' : settings;
}

export function createPermissions(parts: PermissionsParts): Permissions {
  const { settings, log, onRefused } = parts;
  const admins = new Set((parts.admins ?? []).map((one) => one.toLowerCase()));

  const shared = new Set(parts.sharedDeeds);

  function isNamed({ place, person, asker }: AskedBy): boolean {
    const workspace = place.workspace?.toLowerCase();
    return ownIds(personOf(place, person), asker).some((id) => admins.has(`${workspace}/${id}`));
  }

  function askerOf(by: AskedBy): Asker | undefined {
    const { asker } = by;
    if (admins.size === 0 || asker?.role === 'admin') return asker;
    return isNamed(by) ? { ...asker, role: 'admin' } : asker;
  }

  async function refused(refusal: RefusedDeed): Promise<string> {
    try {
      await onRefused?.(refusal);
    } catch (error) {
      log?.error({ error, deed: refusal.deed }, 'a refusal could not be noted');
    }
    return refusal.told;
  }

  async function toldTo(
    deed: Deed,
    by: AskedBy,
    whoOf: (chosen: ChosenSettings) => Who,
  ): Promise<string | undefined> {
    if (isOperator(by.place)) return undefined;
    const chosen = await settings.of(by.place.workspace);
    const asker = askerOf(by);
    if (shared.has(deed) && !isNamed(by)) return sharedRefusal(deed);
    return guestRefusal(chosen, asker) ?? refusalBy(whoOf(chosen), deed, by, asker);
  }

  return {
    askerOf,
    may: async (deed, by) => (await toldTo(deed, by, (chosen) => chosen[deed])) === undefined,
    check: async (deed, by) => {
      const told = await toldTo(deed, by, (chosen) => chosen[deed]);
      return told === undefined ? undefined : refused({ ...by, deed, told });
    },
    checkSetting: async (name, by, when = 'tried') => {
      const told = await toldTo('settings', by, (chosen) => whoMaySet(name, chosen));
      if (told === undefined || when === 'offered') return told;
      return refused({ ...by, deed: 'settings', setting: name, told });
    },
  };
}

/** Who has the command line, or the page that only this machine sees, runs the bot. */
export function isOperator({ platform }: Pick<Place, 'platform'>): boolean {
  return platform === 'cli' || platform === 'playground';
}

function sharedRefusal(deed: Deed): string {
  return `Several workspaces share this server, so that only people whom its operator names as ADMINS may ${deedTexts[deed]}; ask one of them.`;
}

/** Where guests get nothing, one who may be a guest gets nothing. */
function guestRefusal(
  { guests }: Pick<SettingValues, 'guests'>,
  asker: Asker | undefined,
): string | undefined {
  if (guests !== 'refuse') return undefined;
  if (asker?.role === 'guest') {
    return 'Guests and people of other organisations get no answers in this workspace; ask one of its members.';
  }
  return asker?.role === undefined ? notToldText : undefined;
}

const notToldText =
  'Who you are in this workspace could not be told just now, so nothing was done; try again in a minute.';

async function refusalBy(
  who: Who,
  deed: Deed,
  { place, person }: AskedBy,
  asker: Asker | undefined,
): Promise<string | undefined> {
  const candidate = { person: personOf(place, person), ...(asker === undefined ? {} : { asker }) };
  const isAllowed = await isLet(who, candidate);
  if (isAllowed === true) return undefined;
  if (isAllowed === 'unknown') return notToldText;
  if (who === 'nobody') return `Nobody may ${deedTexts[deed]} here, as an admin of this workspace chose.`;
  if (who === 'members' && asker?.role === 'guest') {
    return `Guests cannot ${deedTexts[deed]}; ask a member of the workspace.`;
  }
  return `Only ${whoText(who)} may ${deedTexts[deed]}; ${remedy(who, place)}`;
}

function remedy(who: Who, { platform }: Place): string {
  if (who === 'admins' && platform === 'teams') {
    return 'ask one of them. In Teams they are the people whom the operator of this bot names as ADMINS.';
  }
  return who === 'admins' ? 'ask one of them.' : 'ask one of them, or an admin to let you.';
}
