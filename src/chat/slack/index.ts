import type { Authorize, Receiver } from '@slack/bolt';
import { App, LogLevel } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import type { DeliveryPlatform } from '../../schedule/types.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import type { PlaceNews } from '../place-news.ts';
import type { SeenEvents } from '../seen-events.ts';
import { createMemorySeenEvents } from '../seen-events.ts';
import type { Surfaces } from '../surfaces-types.ts';
import type { Chat, ChatPlatform } from '../types.ts';
import { createAnsweredQuestions } from './answered.ts';
import { createAudiences } from './audience.ts';
import { createBoltLogger } from './bolt-log.ts';
import { createDeliveryClient, createLookupClient, interactiveClientOptions } from './clients.ts';
import { createSlackDelivery } from './deliver.ts';
import type { Installations } from './installations.ts';
import { createTokenInstallation } from './installations.ts';
import { createIntake } from './intake.ts';
import { createSlackLookups } from './lookups.ts';
import { registerRoutes } from './route.ts';
import { createSender } from './send.ts';
import type { SlackSettings } from './settings.ts';
import { requireBotToken, requireSigningSecret } from './settings.ts';
import { createSharedLinks } from './shared-links.ts';
import { createSocketReceiver } from './socket.ts';
import { createWebReceiver } from './web-receiver.ts';

export interface SlackParts {
  readonly chat: Chat;
  readonly clock: Clock;
  readonly log: Log;
  /** How requests to Slack go out; the global `fetch` when not given. */
  readonly fetch?: typeof globalThis.fetch;
  /** Which events were taken; in memory when not given. */
  readonly seen?: SeenEvents;
  /** Dialogs, the home page, type-ahead and links; none of them without it. */
  readonly surfaces?: Surfaces;
  /** Who is told what became of channels; nobody when not given. */
  readonly news?: PlaceNews;
  /** How to wait before another try; a real wait when not given. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

export interface SlackPlatform extends ChatPlatform {
  readonly name: 'slack';
  /** Answers `POST /slack/events`. Never rejects; 404 in Socket Mode, which needs no address. */
  fetch(request: Request): Promise<Response>;
  /** Slack as deliveries see it; usable before `start`. */
  readonly delivery: DeliveryPlatform;
}

const drainMs = 5_000;

/**
 * The Slack adapter over Bolt. Nothing is sent or opened before `start`. Throws `slack-settings` when a secret is
 * missing that the mode needs.
 */
export function createSlackPlatform(settings: SlackSettings, parts: SlackParts): SlackPlatform {
  const { chat, clock, log } = parts;
  const logger = createBoltLogger(log);
  const clientParts = { logger, ...(parts.fetch ? { fetch: toSdkFetch(parts.fetch) } : {}) };
  const botToken = requireBotToken(settings);
  const lookupClient = createLookupClient(botToken, settings, clientParts);
  const lookups = createSlackLookups(lookupClient, log);
  const installations = createTokenInstallation(botToken, lookupClient, log);

  const seen = parts.seen ?? createMemorySeenEvents();
  const intake = createIntake({ seen, clock, log });
  const web =
    settings.mode === 'http'
      ? createWebReceiver({ signingSecret: requireSigningSecret(settings), intake, clock, log })
      : undefined;
  const receiver: Receiver = web ?? createSocketReceiver(settings, { intake, log, ...clientParts });
  const app = new App({
    receiver,
    authorize: authorizeWith(installations),
    clientOptions: interactiveClientOptions(settings, clientParts),
    logger,
    logLevel: LogLevel.WARN,
    extendedErrorHandler: true,
    convoStore: false,
  });
  const sender = createSender({
    log,
    ...(parts.fetch ? { fetch: parts.fetch } : {}),
    ...(parts.pause ? { pause: parts.pause } : {}),
  });
  registerRoutes(app, {
    chat,
    clock,
    log,
    sender,
    audiences: createAudiences(clock),
    answered: createAnsweredQuestions(),
    sharedLinks: createSharedLinks(seen),
    ...(parts.surfaces === undefined ? {} : { surfaces: parts.surfaces }),
    ...(parts.news === undefined ? {} : { news: parts.news }),
    ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
    lookupsFor: () => lookups,
  });

  const delivery = createSlackDelivery({
    client: createDeliveryClient(botToken, settings, clientParts),
    log,
  });

  return {
    name: 'slack',
    delivery,
    start: async () => {
      // Asked early, so that a refused token stands in the log before anyone asks something.
      void installations.find({});
      await receiver.start();
    },
    stop: async () => {
      await receiver.stop();
      await intake.drain(drainMs);
    },
    fetch: (request) => web?.fetch(request) ?? Promise.resolve(new Response(null, { status: 404 })),
  };
}

function authorizeWith(installations: Installations): Authorize<boolean> {
  return async ({ teamId, enterpriseId }) => {
    const installation = await installations.find({ teamId, enterpriseId });
    if (installation === undefined)
      throw new Error(`no installation for team ${teamId ?? enterpriseId ?? '?'}`);
    return { ...installation, isOrganisation: installation.enterpriseId !== undefined };
  };
}

/** The SDK types its bodies more loosely than the platform's `fetch`; it sends text and forms only. */
function toSdkFetch(fetch: typeof globalThis.fetch): FetchFunction {
  return (url, init) => fetch(url, init);
}
