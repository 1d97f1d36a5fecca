import { AppError } from '../../support/app-error.ts';
import {
  assistantEvents,
  botScopes,
  homeEvents,
  linkEvents,
  linkScopes,
  placeEvents,
  questionEvents,
  readersChangedEvents,
  removedEvents,
  slackAssistant,
  slackCommand,
  slackShortcuts,
} from './surface.ts';

export interface ManifestOptions {
  /** The public address of this threatbrief; needed unless Socket Mode is used. With it, links to it are unfurled. */
  readonly url?: string;
  /** True for Socket Mode, in which Slack needs no address of ours. */
  readonly socketMode: boolean;
}

/** The manifest's shape as far as we write it (docs.slack.dev, "App manifest reference"). */
export interface SlackManifest {
  readonly _metadata: { readonly major_version: 2; readonly minor_version: 1 };
  readonly display_information: {
    readonly name: string;
    readonly description: string;
    readonly long_description: string;
    readonly background_color: string;
  };
  readonly features: {
    readonly app_home: {
      readonly home_tab_enabled: boolean;
      readonly messages_tab_enabled: boolean;
      readonly messages_tab_read_only_enabled: boolean;
    };
    readonly assistant_view: {
      readonly assistant_description: string;
      readonly suggested_prompts: readonly { readonly title: string; readonly message: string }[];
    };
    readonly shortcuts: readonly {
      readonly name: string;
      readonly type: 'global' | 'message';
      readonly callback_id: string;
      readonly description: string;
    }[];
    readonly bot_user: { readonly display_name: string; readonly always_online: boolean };
    readonly slash_commands: readonly {
      readonly command: string;
      readonly url?: string;
      readonly description: string;
      readonly usage_hint: string;
      readonly should_escape: boolean;
    }[];
    readonly unfurl_domains?: readonly string[];
  };
  readonly oauth_config: {
    readonly redirect_urls?: readonly string[];
    readonly scopes: { readonly bot: readonly string[] };
  };
  readonly settings: {
    readonly event_subscriptions: { readonly request_url?: string; readonly bot_events: readonly string[] };
    readonly interactivity: {
      readonly is_enabled: boolean;
      readonly request_url?: string;
      /** Where Slack asks what a search field offers. */
      readonly message_menu_options_url?: string;
    };
    readonly org_deploy_enabled: boolean;
    readonly socket_mode_enabled: boolean;
    readonly token_rotation_enabled: boolean;
  };
}

/** Slack's limits on what the manifest holds, in characters (docs.slack.dev, "App manifest reference"). */
export const manifestLimits = {
  nameChars: 35,
  descriptionChars: 140,
  longDescriptionChars: 4_000,
  longDescriptionMinChars: 174,
  displayNameChars: 80,
  commandChars: 32,
  commandDescriptionChars: 2_000,
  usageHintChars: 1_000,
  shortcuts: 10,
  shortcutNameChars: 24,
  shortcutDescriptionChars: 150,
  callbackIdChars: 255,
  assistantDescriptionChars: 300,
  suggestedPrompts: 4,
  unfurlDomains: 5,
  scopes: 255,
  botEvents: 100,
} as const;

const longDescription = `threatbrief answers questions on threat actors: who they are, whom they target, what they use, and who says so. \
Ask with ${slackCommand.command}, mention it in a channel, or write to it directly. \
Every fact names its source, its date and its marking, and what a channel may not see is held back and counted.`;

/**
 * The Slack app's manifest, to paste into "Create New App > From a manifest". Throws `usage` when neither an
 * address nor Socket Mode is given.
 */
export function slackManifest(options: ManifestOptions): SlackManifest {
  const requestUrl = options.socketMode ? undefined : eventsUrl(options.url);
  const linkHost = hostOf(options.url);
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'threatbrief',
      description: 'Briefs you on threat actors, with a source for every fact',
      long_description: longDescription,
      background_color: '#1f2937',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      assistant_view: {
        assistant_description: slackAssistant.description,
        suggested_prompts: slackAssistant.prompts,
      },
      shortcuts: Object.values(slackShortcuts).map(({ name, type, callbackId, description }) => ({
        name,
        type,
        callback_id: callbackId,
        description,
      })),
      bot_user: { display_name: 'threatbrief', always_online: true },
      slash_commands: [
        {
          command: slackCommand.command,
          ...(requestUrl === undefined ? {} : { url: requestUrl }),
          description: slackCommand.description,
          usage_hint: slackCommand.usageHint,
          should_escape: false,
        },
      ],
      ...(linkHost === undefined ? {} : { unfurl_domains: [linkHost] }),
    },
    oauth_config: {
      ...(linkHost === undefined ? {} : { redirect_urls: [`${baseOf(options.url)}/slack/oauth_redirect`] }),
      scopes: { bot: wantedScopes(options.url) },
    },
    settings: {
      event_subscriptions: {
        ...(requestUrl === undefined ? {} : { request_url: requestUrl }),
        bot_events: botEvents(linkHost !== undefined),
      },
      interactivity: {
        is_enabled: true,
        ...(requestUrl === undefined
          ? {}
          : { request_url: requestUrl, message_menu_options_url: requestUrl }),
      },
      // Whether it is installed for a whole organisation is for the organisation to say.
      org_deploy_enabled: true,
      socket_mode_enabled: options.socketMode,
      token_rotation_enabled: false,
    },
  };
}

/** The permissions that are asked for, with or without an address that links could name. */
export function wantedScopes(url: string | undefined): readonly string[] {
  const hasLinks = hostOf(url) !== undefined;
  return Object.keys(botScopes).filter((scope) => hasLinks || !linkScopes.includes(scope));
}

function botEvents(hasLinks: boolean): readonly string[] {
  return [
    ...questionEvents,
    ...assistantEvents,
    ...homeEvents,
    ...readersChangedEvents,
    ...placeEvents,
    ...removedEvents,
    ...(hasLinks ? linkEvents : []),
  ].sort();
}

/** Links to an address without a host of its own are nobody's to unfurl. */
function hostOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return new URL(url).hostname || undefined;
}

function eventsUrl(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) {
    throw new AppError(
      'usage',
      'the Slack manifest needs the public address (--url https://HOST) or Socket Mode (--socket)',
    );
  }
  return `${baseOf(url)}/slack/events`;
}

function baseOf(url: string | undefined): string {
  return (url ?? '').replace(/(?<!\/)\/+$/, '');
}
