import type { InstallationStore, StoredInstallation } from '../../store/types.ts';
import { describeError } from './bolt-log.ts';
import type { Installation, InstallationQuery, Installations } from './installations.ts';
import { isDue, isUsable, type RefreshParts, refreshInstallation } from './installations-refresh.ts';
import { mayInstall } from './settings.ts';

export interface StoredInstallationsParts extends RefreshParts {
  readonly store: RefreshParts['store'] &
    Pick<InstallationStore, 'installations' | 'installationOfTeam' | 'noteInstallationTeam'>;
  /** Whose installations are of use; absent: everybody's. */
  readonly allowedWorkspaces?: readonly string[];
}

/** Installations of the database, with tokens that are of use. */
export interface StoredInstallations extends Installations {
  /** What is kept in memory of it is read again. */
  forget(key: string): void;
  /** The only one there is; undefined when there are several, or none. */
  only(): Promise<Installation | undefined>;
  /** Renews what is due, so that no token runs out while nobody asks; counts what there is. Never rejects. */
  tend(): Promise<void>;
  /** As `tend` last found them. */
  figures(): InstallationFigures;
}

export interface InstallationFigures {
  readonly working: number;
  /** Of no use until somebody installs the app again. */
  readonly broken: number;
}

/** So long another process's removal may stay unseen here; Slack refuses the token meanwhile. */
const keptMs = 60_000;
/** Short, so that what was just installed by way of another replica answers. */
const absentMs = 5_000;
const maxKept = 5_000;

interface Kept {
  readonly stored: StoredInstallation | undefined;
  readonly until: number;
}

export function createStoredInstallations(parts: StoredInstallationsParts): StoredInstallations {
  const { store, clock, log } = parts;
  const kept = new Map<string, Kept>();
  /** The organisation's installation by workspace, as the database has it. */
  const noted = new Map<string, string>();
  const renewing = new Map<string, Promise<StoredInstallation | undefined>>();
  let figures: InstallationFigures = { working: 0, broken: 0 };
  const nowMs = (): number => clock.now().getTime();

  function keep(key: string, stored: StoredInstallation | undefined): StoredInstallation | undefined {
    kept.delete(key);
    if (kept.size >= maxKept) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, { stored, until: nowMs() + (stored === undefined ? absentMs : keptMs) });
    return stored;
  }

  async function read(key: string): Promise<StoredInstallation | undefined> {
    const known = kept.get(key);
    const isFresh = known !== undefined && known.until > nowMs() && known.until <= nowMs() + keptMs;
    return isFresh ? known.stored : keep(key, await store.installation(key));
  }

  /** Of those in this process who need it at once, one fetches it. */
  function renew(stored: StoredInstallation): Promise<StoredInstallation | undefined> {
    const { key } = stored;
    const under = renewing.get(key);
    if (under !== undefined) return under;
    const work = refreshInstallation(stored, parts)
      .then((renewed) => keep(key, renewed))
      .finally(() => renewing.delete(key));
    renewing.set(key, work);
    return work;
  }

  async function renewQuietly(stored: StoredInstallation): Promise<void> {
    try {
      await renew(stored);
    } catch (error) {
      log.warn(
        { installation: stored.key, error: describeError(error) },
        'a Slack token was not renewed yet',
      );
    }
  }

  async function usable(key: string): Promise<StoredInstallation | undefined> {
    const stored = await read(key);
    if (stored === undefined || stored.brokenReason !== null) return undefined;
    if (!mayInstall(stored, parts.allowedWorkspaces)) return undefined;
    if (!isUsable(stored, nowMs())) {
      const renewed = await renew(stored);
      return renewed !== undefined && isUsable(renewed, nowMs()) ? renewed : undefined;
    }
    if (isDue(stored, nowMs())) void renewQuietly(stored);
    return stored;
  }

  async function organisationOf(teamId: string): Promise<string | undefined> {
    const known = noted.get(teamId);
    if (known !== undefined) return known;
    const key = await store.installationOfTeam(teamId);
    if (key !== undefined) remember(teamId, key);
    return key;
  }

  function remember(teamId: string, key: string): void {
    if (noted.size >= maxKept) noted.clear();
    noted.set(teamId, key);
  }

  /** Deliveries name the workspace alone, and have to find the organisation's installation by it. */
  async function noteTeam({ teamId, enterpriseId }: InstallationQuery): Promise<void> {
    if (teamId === undefined || enterpriseId === undefined || noted.get(teamId) === enterpriseId) return;
    await store.noteInstallationTeam(teamId, enterpriseId);
    remember(teamId, enterpriseId);
  }

  async function find(query: InstallationQuery): Promise<Installation | undefined> {
    const { teamId, enterpriseId, isOrganisation } = query;
    if (teamId !== undefined && isOrganisation !== true) {
      const own = await usable(teamId);
      if (own !== undefined) return toInstallation(own);
    }
    const key = enterpriseId ?? (teamId === undefined ? undefined : await organisationOf(teamId));
    const shared = key === undefined ? undefined : await usable(key);
    if (shared === undefined || !shared.isOrganisation) return undefined;
    await noteTeam(query);
    return toInstallation(shared);
  }

  async function tend(): Promise<void> {
    try {
      const all = await store.installations();
      const broken = all.filter(({ brokenReason }) => brokenReason !== null).length;
      figures = { working: all.length - broken, broken };
      const now = nowMs();
      for (const { key, refreshAt, brokenReason } of all) {
        if (brokenReason !== null || refreshAt === null || refreshAt > now) continue;
        const stored = await store.installation(key);
        if (stored !== undefined && isDue(stored, nowMs())) await renewQuietly(stored);
      }
    } catch (error) {
      log.error({ error: describeError(error) }, 'Slack installations could not be looked after');
    }
  }

  return {
    find,
    forget: (key) => {
      kept.delete(key);
      for (const [team, organisation] of noted) if (organisation === key || team === key) noted.delete(team);
    },
    only: async () => {
      const all = await store.installations();
      const [first] = all;
      const stored = all.length === 1 && first !== undefined ? await usable(first.key) : undefined;
      return stored === undefined ? undefined : toInstallation(stored);
    },
    tend,
    figures: () => figures,
  };
}

function toInstallation(stored: StoredInstallation): Installation {
  const { tokens, teamId, enterpriseId, isOrganisation, botUserId, botId } = stored;
  return {
    botToken: tokens.botToken,
    ...(teamId === null ? {} : { teamId }),
    ...(isOrganisation && enterpriseId !== null ? { enterpriseId } : {}),
    ...(botUserId === null ? {} : { botUserId }),
    ...(botId === null ? {} : { botId }),
  };
}
