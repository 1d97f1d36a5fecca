import { AppError } from '../../support/app-error.ts';

export interface SlackOauthSettings {
  /** `SLACK_CLIENT_ID`. */
  readonly clientId: string;
  /** `SLACK_CLIENT_SECRET`. */
  readonly clientSecret: string;
  /** Another page on which an installation is allowed (`SLACK_AUTHORIZE_URL`). */
  readonly authorizeUrl?: string;
  /**
   * Ids of the workspaces and organisations that may have the app (`SLACK_ALLOWED_WORKSPACES`). Absent: all that Slack lets
   * install it, whose members then see what is GREEN, and whose admins choose what else.
   */
  readonly allowedWorkspaces?: readonly string[];
}

/** Whether a workspace, or an organisation, may have the app; one of an allowed organisation may. */
export function mayInstall(
  { key, enterpriseId }: { readonly key: string; readonly enterpriseId: string | null },
  allowed: readonly string[] | undefined,
): boolean {
  return allowed === undefined || [key, enterpriseId].some((id) => id !== null && allowed.includes(id));
}

/** What the adapter needs to know; the names in brackets are the environment settings behind each. */
export interface SlackSettings {
  /** How Slack reaches the bot: signed requests, or a socket that the bot opens (`SLACK_MODE`). */
  readonly mode: 'http' | 'socket';
  /** `xoxb-…` of the one workspace, or of the first of several (`SLACK_BOT_TOKEN`). */
  readonly botToken?: string;
  /** Lets workspaces install the app. */
  readonly oauth?: SlackOauthSettings;
  /** Needed in `http` mode (`SLACK_SIGNING_SECRET`). */
  readonly signingSecret?: string;
  /** `xapp-…`, needed in `socket` mode (`SLACK_APP_TOKEN`). */
  readonly appToken?: string;
  /** Another Web API, such as a local counterpart; ends in `/api/` (`SLACK_API_URL`). */
  readonly apiUrl?: string;
  /** Where people reach this threatbrief; links to it are unfurled (`PUBLIC_URL`). */
  readonly publicUrl?: string;
  /** How long the socket waits for a pong before it reconnects; Bolt's 5,000 ms when not given. */
  readonly socketPingTimeoutMs?: number;
}

/** The secret that signs requests. Throws `slack-settings` (exit code 2) when it is missing. */
export function requireSigningSecret(settings: SlackSettings): string {
  return required(
    settings.signingSecret,
    'SLACK_SIGNING_SECRET',
    'SLACK_MODE=http',
    'Basic Information > App Credentials',
  );
}

/** The app-level token that opens the socket. Throws `slack-settings` (exit code 2) when it is missing. */
export function requireAppToken(settings: SlackSettings): string {
  return required(
    settings.appToken,
    'SLACK_APP_TOKEN',
    'SLACK_MODE=socket',
    'Basic Information > App-Level Tokens',
  );
}

/** The bot's token. Throws `slack-settings` (exit code 2) when it is empty. */
export function requireBotToken(settings: SlackSettings): string {
  return required(settings.botToken, 'SLACK_BOT_TOKEN', 'Slack', 'OAuth & Permissions');
}

function required(value: string | undefined, name: string, use: string, where: string): string {
  if (value !== undefined && value.trim() !== '') return value.trim();
  throw new AppError(
    'slack-settings',
    `${name} is empty, and ${use} needs it: copy it from "${where}" of your Slack app.`,
    {
      facts: { setting: name },
    },
  );
}

/** The Web API's address as the SDK wants it, with one slash at the end. */
export function apiUrlOption(settings: SlackSettings): { slackApiUrl?: string } {
  return settings.apiUrl === undefined
    ? {}
    : { slackApiUrl: `${settings.apiUrl.replace(/(?<!\/)\/+$/, '')}/` };
}
