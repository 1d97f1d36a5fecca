import type { DeliveryStore } from '../../store/delivery-types.ts';
import type { InstallationStore } from '../../store/types.ts';
import { AppError } from '../../support/app-error.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import type { WorkspaceNews } from '../workspace-news.ts';
import { describeError } from './bolt-log.ts';
import type { ClientPool } from './clients.ts';
import { type DeliveryClients, installedDeliveryClients, tokenDeliveryClients } from './deliver-client.ts';
import { accessGoneReasons } from './deliver-errors.ts';
import { createInstallations, createTokenInstallation, type Installations } from './installations.ts';
import { applyInstalled, applyRemoval, parseRemoval } from './installations-removed.ts';
import {
  createStoredInstallations,
  type InstallationFigures,
  type StoredInstallations,
} from './installations-stored.ts';
import { createSlackOauth } from './oauth.ts';
import { createInstallPages, type InstallPages } from './oauth-web.ts';
import { requireBotToken, type SlackOauthSettings, type SlackSettings } from './settings.ts';

/** Where installations are kept, and what depends on them. */
export interface SlackInstalls {
  readonly store: InstallationStore & Pick<DeliveryStore, 'firstSight' | 'noteAudit'>;
  readonly workspaces: WorkspaceNews;
}

/** The workspaces that have the app, by the settings' token or by having installed it. */
export interface SlackWorkspaces {
  readonly installations: Installations;
  readonly deliveryClients: DeliveryClients;
  /** Absent: nobody can install the app here. */
  readonly pages?: InstallPages;
  /** Takes `app_uninstalled` and `tokens_revoked`. Rejects when the database does. */
  removed(body: unknown): Promise<void>;
  /** Notes that a workspace is one of an organisation that installed the app. Never rejects. */
  note(teamId: string, organisationId: string): Promise<void>;
  /** Asks early whose the settings' token is, so that a refused one stands in the log before anyone asks something. */
  start(): void;
  /** Keeps tokens fresh. Never rejects. */
  tend(): Promise<void>;
  figures(): InstallationFigures;
}

export interface SlackWorkspacesParts {
  readonly pool: ClientPool;
  readonly installs?: SlackInstalls;
  readonly clock: Clock;
  readonly log: Log;
  readonly pause: (ms: number) => Promise<unknown>;
}

/** Throws `slack-settings` when there is neither a token nor a way to get one. */
export function createSlackWorkspaces(settings: SlackSettings, parts: SlackWorkspacesParts): SlackWorkspaces {
  const { pool, log, clock, installs } = parts;
  const botToken = settings.oauth === undefined ? requireBotToken(settings) : settings.botToken;
  const token =
    botToken === undefined ? undefined : createTokenInstallation(botToken, pool.lookup(botToken), log);
  const many = settings.oauth === undefined ? undefined : openMany(settings.oauth, settings, parts);
  const installations = createInstallations(token, many?.stored);
  const forget = (key: string): void => {
    token?.forget();
    many?.stored.forget(key);
  };

  /** What waited for the app goes on where the settings hold a token that Slack takes. */
  async function startWithToken(): Promise<void> {
    try {
      const teamId = (await token?.own())?.teamId;
      if (teamId === undefined) return;
      await installs?.workspaces.back({ platform: 'slack', id: `slack:${teamId}` }, accessGoneReasons());
    } catch (error) {
      log.error({ error: describeError(error) }, 'whose SLACK_BOT_TOKEN is could not be asked');
    }
  }

  return {
    installations,
    deliveryClients:
      many === undefined
        ? tokenDeliveryClients(botToken ?? '', token, pool)
        : installedDeliveryClients({ token, installations, stored: many.stored, pool }),
    ...(many === undefined ? {} : { pages: many.pages }),
    removed: async (body) => {
      const removal = parseRemoval(body);
      if (removal === undefined) return;
      await applyRemoval(removal, { ...installs, forget, clock, log });
    },
    note: async (teamId, organisationId) => {
      try {
        await installations.find({ teamId, enterpriseId: organisationId, isOrganisation: true });
      } catch (error) {
        log.warn({ error: describeError(error) }, 'a workspace of an organisation could not be noted');
      }
    },
    start: () => void startWithToken(),
    tend: async () => many?.stored.tend(),
    figures: () => many?.stored.figures() ?? { working: 0, broken: 0 },
  };
}

interface Many {
  readonly stored: StoredInstallations;
  readonly pages: InstallPages;
}

function openMany(
  { clientId, clientSecret, authorizeUrl, allowedWorkspaces }: SlackOauthSettings,
  { publicUrl }: SlackSettings,
  { pool, installs, clock, log, pause }: SlackWorkspacesParts,
): Many {
  if (installs === undefined) {
    throw new AppError('slack-settings', 'SLACK_CLIENT_ID needs a database to keep installations in.');
  }
  const { store, workspaces } = installs;
  const oauth = createSlackOauth({ client: pool.plain(), clientFor: pool.lookup, clientId, clientSecret });
  const allowed = allowedWorkspaces === undefined ? {} : { allowedWorkspaces };
  const stored = createStoredInstallations({ store, oauth, clock, log, pause, ...allowed });
  const pages = createInstallPages({
    oauth,
    store,
    clientId,
    clientSecret,
    ...(authorizeUrl === undefined ? {} : { authorizeUrl }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...allowed,
    installed: (facts) => applyInstalled(facts, { store, workspaces, forget: stored.forget, clock, log }),
    clock,
    log,
  });
  return { stored, pages };
}
