import type { WebClient } from '@slack/web-api';
import { WebAPIPlatformError } from '@slack/web-api';
import type { Log } from '../../support/log.ts';
import { describeError } from './bolt-log.ts';

/** One workspace, or one organisation, that has the app. */
export interface Installation {
  readonly botToken: string;
  /** Absent while Slack cannot be asked who the bot is. */
  readonly teamId?: string;
  /** Set when the app is installed for a whole organisation. */
  readonly enterpriseId?: string;
  readonly botUserId?: string;
  readonly botId?: string;
}

export interface InstallationQuery {
  readonly teamId?: string | undefined;
  readonly enterpriseId?: string | undefined;
  /** The organisation's installation is meant, not one of the workspace alone. */
  readonly isOrganisation?: boolean | undefined;
}

/** Port: who has installed the app. */
export interface Installations {
  /** Undefined when nobody of that workspace or organisation has. Rejects when it cannot be told now. */
  find(query: InstallationQuery): Promise<Installation | undefined>;
}

/** Somebody of a workspace that has not installed the app. */
export class NotInstalledError extends Error {
  constructor(workspace: string) {
    super(`no installation for ${workspace}`);
    this.name = 'NotInstalledError';
  }
}

/** The installation whose token the settings hold. */
export interface TokenInstallation extends Installations {
  /** Slack is asked again whose token it is. */
  forget(): void;
  /** Whose token it is; undefined while Slack does not say it, or refuses it. */
  own(): Promise<Installation | undefined>;
}

/** The one of the settings first, then those of the database. */
export function createInstallations(
  token: Pick<TokenInstallation, 'find'> | undefined,
  stored: Installations | undefined,
): Installations {
  return {
    find: async (query) => {
      const own = await token?.find(query);
      // While Slack does not say whose the token is, it stands in for any workspace that has none of its own.
      if (own?.teamId !== undefined) return own;
      return (await stored?.find(query)) ?? own;
    },
  };
}

/** Answers of `auth.test` that mean the token is no good, so that nothing can be posted with it. */
const refusals: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'org_login_required',
  'team_access_not_granted',
]);

/**
 * The one workspace whose token is in the settings. Slack is asked once whose token it is; other workspaces are
 * then not installed. While Slack does not answer, requests are still served: they are signed, and without
 * look-ups they get nothing above CLEAR.
 */
export function createTokenInstallation(botToken: string, client: WebClient, log: Log): TokenInstallation {
  let identity: Promise<Installation | undefined> | undefined;

  async function identify(): Promise<Installation | undefined> {
    try {
      const result = await client.auth.test();
      return {
        botToken,
        ...(result.team_id === undefined ? {} : { teamId: result.team_id }),
        ...(result.is_enterprise_install && result.enterprise_id
          ? { enterpriseId: result.enterprise_id }
          : {}),
        ...(result.user_id === undefined ? {} : { botUserId: result.user_id }),
        ...(result.bot_id === undefined ? {} : { botId: result.bot_id }),
      };
    } catch (error) {
      identity = undefined;
      if (error instanceof WebAPIPlatformError && refusals.has(error.data.error)) {
        log.error(
          { code: error.data.error },
          'Slack refuses SLACK_BOT_TOKEN: copy it again from OAuth & Permissions',
        );
        return undefined;
      }
      log.warn({ error: describeError(error) }, 'Slack did not say whose token SLACK_BOT_TOKEN is');
      return { botToken };
    }
  }

  return {
    find: async (query) => {
      identity ??= identify();
      const installation = await identity;
      return installation !== undefined && isFor(installation, query) ? installation : undefined;
    },
    forget: () => {
      identity = undefined;
    },
    own: async () => {
      identity ??= identify();
      const installation = await identity;
      return installation?.teamId === undefined ? undefined : installation;
    },
  };
}

function isFor(installation: Installation, query: InstallationQuery): boolean {
  if (installation.teamId === undefined) return true;
  if (installation.enterpriseId !== undefined) return installation.enterpriseId === query.enterpriseId;
  return installation.teamId === query.teamId;
}
