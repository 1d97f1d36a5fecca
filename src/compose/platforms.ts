import type { PlaceNews } from '../chat/place-news.ts';
import type { SeenEvents } from '../chat/seen-events.ts';
import type { SlackPlatform } from '../chat/slack/index.ts';
import type { SlackSettings } from '../chat/slack/settings.ts';
import type { SlackInstalls } from '../chat/slack/workspaces.ts';
import type { Surfaces } from '../chat/surfaces-types.ts';
import type { ConversationStore } from '../chat/teams/conversations.ts';
import type { TeamsPlatform } from '../chat/teams/index.ts';
import { publicOpenIdMetadataUrl, publicServiceHosts, type TeamsSettings } from '../chat/teams/settings.ts';
import type { Chat } from '../chat/types.ts';
import type { Settings } from '../config/settings.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';

export interface PlatformParts {
  readonly chat: Chat;
  readonly clock: Clock;
  readonly log: Log;
  /** Where Teams' conversations are kept, for deliveries; in memory when not given. */
  readonly conversations?: ConversationStore;
  /** Which events were taken; each platform's own memory when not given. */
  readonly seen?: SeenEvents;
  /** Dialogs, the home page, type-ahead and links; none of them without it. */
  readonly surfaces?: Surfaces;
  /** Who is told what became of channels; nobody when not given. */
  readonly news?: PlaceNews;
  /** Where Slack's installations are kept; needed where workspaces install the app. */
  readonly installs?: SlackInstalls;
}

export interface Platforms {
  readonly slack?: SlackPlatform;
  readonly teams?: TeamsPlatform;
}

/** The platforms that the settings switch on; an SDK is loaded only for a platform that is. */
export async function createPlatforms(settings: Settings, parts: PlatformParts): Promise<Platforms> {
  const slack = slackSettingsOf(settings);
  const teams = teamsSettingsOf(settings);
  return {
    ...(slack === undefined
      ? {}
      : { slack: (await import('../chat/slack/index.ts')).createSlackPlatform(slack, parts) }),
    ...(teams === undefined
      ? {}
      : { teams: (await import('../chat/teams/index.ts')).createTeamsPlatform(teams, parts) }),
  };
}

/** Slack's settings; undefined when there is neither a bot token nor a way to install the app, which leaves Slack out. */
export function slackSettingsOf(settings: Settings): SlackSettings | undefined {
  const { slackBotToken, slackClientId, slackClientSecret, slackAuthorizeUrl, slackAllowedWorkspaces } =
    settings;
  const canInstall = slackClientId !== undefined && slackClientSecret !== undefined;
  if (slackBotToken === undefined && !canInstall) return undefined;
  return {
    mode: settings.slackMode,
    ...(slackBotToken === undefined ? {} : { botToken: slackBotToken }),
    ...(canInstall
      ? {
          oauth: {
            clientId: slackClientId,
            clientSecret: slackClientSecret,
            ...(slackAuthorizeUrl === undefined ? {} : { authorizeUrl: slackAuthorizeUrl }),
            ...(slackAllowedWorkspaces === undefined ? {} : { allowedWorkspaces: slackAllowedWorkspaces }),
          },
        }
      : {}),
    ...(settings.slackSigningSecret === undefined ? {} : { signingSecret: settings.slackSigningSecret }),
    ...(settings.slackAppToken === undefined ? {} : { appToken: settings.slackAppToken }),
    ...(settings.slackApiUrl === undefined ? {} : { apiUrl: settings.slackApiUrl }),
    ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
  };
}

/** Teams' settings; undefined when neither an app id nor a development client is set. */
export function teamsSettingsOf(settings: Settings): TeamsSettings | undefined {
  if (settings.teamsAppId === undefined && !settings.teamsDevNoAuth) return undefined;
  return {
    appId: settings.teamsDevNoAuth ? '' : (settings.teamsAppId ?? ''),
    appPassword: settings.teamsAppPassword ?? '',
    tenantId: settings.teamsTenantId ?? '',
    allowedTenants: settings.teamsAllowedTenants ?? [],
    allowedServiceHosts: settings.teamsAllowedServiceHosts ?? publicServiceHosts,
    openIdMetadataUrl: settings.teamsOpenIdMetadataUrl ?? publicOpenIdMetadataUrl,
    devNoAuth: settings.teamsDevNoAuth,
    ...(settings.teamsAppType === undefined ? {} : { appType: settings.teamsAppType }),
    ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
  };
}
