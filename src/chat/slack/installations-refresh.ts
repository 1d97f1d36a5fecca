import type { InstallationStore, InstallationTokens, StoredInstallation } from '../../store/types.ts';
import { AppError } from '../../support/app-error.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import type { SlackOauth } from './oauth.ts';

export interface RefreshParts {
  readonly store: Pick<
    InstallationStore,
    'installation' | 'leaseRefresh' | 'endRefresh' | 'saveTokens' | 'markBroken'
  >;
  readonly oauth: Pick<SlackOauth, 'refresh'>;
  readonly clock: Clock;
  readonly log: Log;
  /** A wait between two looks at what another process fetches. */
  readonly pause: (ms: number) => Promise<unknown>;
}

/** How long one process has the right to fetch a token alone: longer than a request may take. */
const leaseMs = 30_000;
const lookEveryMs = 500;
const maxLooks = 12;
const maxSaves = 5;

/** Slack's words that mean that the installation itself is of no use; others are about this app, or of the moment. */
const ended: ReadonlySet<string> = new Set([
  'invalid_refresh_token',
  'invalid_grant',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'account_inactive',
  'app_not_installed',
  'team_not_found',
  'org_login_required',
]);

/** True while its token can be used. */
export function isUsable({ brokenReason, tokens }: StoredInstallation, nowMs: number): boolean {
  return brokenReason === null && (tokens.expiresAt === null || tokens.expiresAt > nowMs);
}

/** True from the time on at which a new token is to be fetched. */
export function isDue({ brokenReason, tokens }: StoredInstallation, nowMs: number): boolean {
  return brokenReason === null && tokens.refreshAt !== null && tokens.refreshAt <= nowMs;
}

/**
 * The installation with a new token, fetched by this process or by another: of all replicas one asks Slack, since a
 * refresh token is of use once. Marked as broken when Slack refuses it; undefined when it was removed meanwhile. Rejects
 * when nobody could fetch one now.
 */
export async function refreshInstallation(
  stored: StoredInstallation,
  parts: RefreshParts,
): Promise<StoredInstallation | undefined> {
  const { store, clock } = parts;
  const now = clock.now().getTime();
  const lease = { now, until: now + leaseMs };
  const { refreshToken } = stored.tokens;
  if (refreshToken === null) return endWith(stored, 'its token has expired and cannot be renewed', parts);
  if (!(await store.leaseRefresh(stored.key, stored.version, lease))) return awaitOther(stored, parts);
  const result = await parts.oauth.refresh(refreshToken, clock.now());
  switch (result.kind) {
    case 'granted':
      return save(stored, result.granted, parts);
    case 'refused':
      if (ended.has(result.code))
        return endWith(stored, `Slack does not renew its token (${result.code})`, parts);
      await store.endRefresh(stored.key, lease);
      throw unrefreshed(stored.key, result.code);
    case 'unreachable':
      await store.endRefresh(stored.key, lease);
      throw unrefreshed(stored.key, result.error);
    default:
      return result satisfies never;
  }
}

/** Slack has forgotten the old token by now: what it gave is kept, whatever the database does for a while. */
async function save(
  stored: StoredInstallation,
  tokens: InstallationTokens,
  { store, log, pause }: RefreshParts,
): Promise<StoredInstallation | undefined> {
  const { key, version } = stored;
  for (let tries = 1; ; tries += 1) {
    try {
      if (await store.saveTokens(key, version, tokens)) {
        log.info({ installation: key }, "a Slack installation's token was renewed");
        return {
          ...stored,
          tokens,
          expiresAt: tokens.expiresAt,
          refreshAt: tokens.refreshAt,
          version: version + 1,
        };
      }
      // It was removed, or installed anew: that one holds.
      return store.installation(key);
    } catch (error) {
      log.error({ installation: key, tries, error }, 'a renewed token of Slack could not be stored');
      if (tries >= maxSaves) throw error;
      await pause(lookEveryMs * 2 ** tries);
    }
  }
}

async function awaitOther(
  stored: StoredInstallation,
  { store, clock, pause }: RefreshParts,
): Promise<StoredInstallation | undefined> {
  for (let looks = 0; looks < maxLooks; looks += 1) {
    const current = await store.installation(stored.key);
    if (current === undefined || current.version !== stored.version) return current;
    if (isUsable(current, clock.now().getTime())) return current;
    await pause(lookEveryMs);
  }
  throw unrefreshed(stored.key, 'another process tries to');
}

async function endWith(
  stored: StoredInstallation,
  reason: string,
  { store, log }: RefreshParts,
): Promise<StoredInstallation | undefined> {
  if (await store.markBroken(stored.key, stored.version, reason)) {
    log.error(
      { installation: stored.key, reason },
      'a Slack installation is of no use until it is installed again',
    );
  }
  return store.installation(stored.key);
}

function unrefreshed(key: string, why: string): AppError {
  return new AppError(
    'slack-token',
    `The Slack token of ${key} could not be renewed now (${why}); it is tried again.`,
    { facts: { installation: key }, exitCode: 3 },
  );
}
