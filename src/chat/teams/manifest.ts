import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';
import { AppError } from '../../support/app-error.ts';
import { briefCommandId, searchCommandId } from './extension-commands.ts';

export interface TeamsManifestOptions {
  /** The public https address of this threatbrief, without a trailing slash. */
  readonly url: string;
  /** The bot's Microsoft app id, a UUID; also the id of the Teams app. */
  readonly appId: string;
  /** The app's version as Teams shows it, `1.2.3`. */
  readonly version: string;
  /** Commands offered in the compose box; the first ten are taken. */
  readonly commands: readonly { readonly title: string; readonly description: string }[];
}

const uuidSchema = z.guid();
/** Teams app manifest 1.25: at most ten commands a list, titles of 32 and descriptions of 128 characters. */
const maxCommands = 10;

/**
 * The Teams app manifest (schema 1.25) for one host and one bot. Shared and private channels are left out: without
 * `supportsChannelFeatures` Teams does not offer the bot there, and who reads them could not be told.
 */
export function teamsManifest({ url, appId, version, commands }: TeamsManifestOptions): object {
  if (!uuidSchema.safeParse(appId).success) {
    throw new AppError(
      'teams-manifest',
      `"${appId}" is no Microsoft app id: a UUID such as the one of your Azure bot.`,
    );
  }
  const commandList = commands.slice(0, maxCommands).map(({ title, description }) => ({
    title: title.slice(0, 32),
    description: description.slice(0, 128),
  }));
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json',
    manifestVersion: '1.25',
    version,
    id: appId,
    developer: {
      name: 'threatbrief',
      websiteUrl: url,
      privacyUrl: url,
      termsOfUseUrl: url,
    },
    name: { short: 'threatbrief', full: 'threatbrief: briefs on threat actors' },
    description: {
      short: 'Who is this threat actor, and who says so',
      full: 'Ask for a threat actor by any of its names and get a card in which every fact names its source, with date, confidence and TLP marking. Names that several actors carry give a choice, never a guess.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#12355B',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [{ scopes: ['personal', 'team', 'groupChat'], commands: commandList }],
      },
    ],
    composeExtensions: [composeExtension(appId, new URL(url).hostname)],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [new URL(url).host],
  };
}

/**
 * Search while one types, a message's briefing, and previews of links to this host alone. Links get a preview also where
 * the app is not installed, since it says the same to everyone.
 */
function composeExtension(appId: string, host: string): object {
  return {
    botId: appId,
    commands: [
      {
        id: searchCommandId,
        type: 'query',
        title: 'Look up',
        description: 'Find an actor, malware or tool by any of its names.',
        initialRun: true,
        context: ['compose', 'commandBox'],
        parameters: [
          {
            name: 'text',
            title: 'Name',
            description: 'Any spelling, an alias, or an id such as G0087',
            inputType: 'text',
          },
        ],
      },
      {
        id: briefCommandId,
        type: 'action',
        title: 'Brief me on this message',
        description: 'What the message names, as briefings for you alone.',
        context: ['message'],
        fetchTask: true,
      },
    ],
    messageHandlers: [{ type: 'link', value: { domains: [host], supportsAnonymizedPayloads: true } }],
  };
}

/** The app package: a zip with `manifest.json`, `color.png` and `outline.png` at its root. */
export function teamsPackage(
  manifest: object,
  icons: { color: Uint8Array; outline: Uint8Array },
): Uint8Array {
  return zipSync({
    'manifest.json': strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    'color.png': icons.color,
    'outline.png': icons.outline,
  });
}

/** The host and the id in `teams/manifest.json`, which is a specimen: `threatbrief manifest teams` fills in yours. */
export const specimen = {
  url: 'https://threatbrief.example.org',
  appId: '00000000-0000-0000-0000-000000000000',
};
