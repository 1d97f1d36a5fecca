import type { Receiver } from '@slack/bolt';
import { App, LogLevel } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import type { DeliveryPlatform } from '../../schedule/types.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import type { PlainHook } from '../../support/plain-hook.ts';
import { sleep } from '../../support/sleep.ts';
import type { PlaceNews } from '../place-news.ts';
import type { SeenEvents } from '../seen-events.ts';
import { createMemorySeenEvents } from '../seen-events.ts';
import type { Surfaces } from '../surfaces-types.ts';
import type { Chat, ChatPlatform } from '../types.ts';
import { createAnsweredQuestions } from './answered.ts';
import { createAudiences } from './audience.ts';
import { authorizeWith } from './authorize.ts';
import { createBoltLogger } from './bolt-log.ts';
import { boundBoltClients, createClientPool, interactiveClientOptions } from './clients.ts';
import { createSlackDelivery } from './deliver.ts';
import type { InstallationFigures } from './installations-stored.ts';
import { createIntake } from './intake.ts';
import { createSlackLookups } from './lookups.ts';
import type { InstallPages } from './oauth-web.ts';
import { registerRoutes } from './route.ts';
import { createSender } from './send.ts';
import type { SlackSettings } from './settings.ts';
import { requireSigningSecret } from './settings.ts';
import { createSharedLinks } from './shared-links.ts';
import { createSocketReceiver } from './socket.ts';
import { removedEvents } from './surface.ts';
import { createWebReceiver } from './web-receiver.ts';
import { createSlackWorkspaces, type SlackInstalls } from './workspaces.ts';

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
  /** Where installations are kept; needed where workspaces install the app. */
  readonly installs?: SlackInstalls;
  /** How to wait before another try; a real wait when not given. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

export interface SlackPlatform extends ChatPlatform {
  readonly name: 'slack';
  /** Answers `POST /slack/events`. Never rejects; 404 in Socket Mode, which needs no address. */
  fetch(request: Request): Promise<Response>;
  /** The same without the web's Request; absent in Socket Mode. */
  readonly plain?: PlainHook;
  /** Slack as deliveries see it; usable before `start`. */
  readonly delivery: DeliveryPlatform;
  /** The pages by which workspaces install the app; absent where they do not. */
  readonly install?: InstallPages;
  /** To be called now and then: keeps installations' tokens fresh. Never rejects. */
  tend(): Promise<void>;
  /** Those that workspaces made; the settings' token is not counted. */
  installationFigures(): InstallationFigures;
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
  const pool = createClientPool(settings, clientParts);
  const workspaces = createSlackWorkspaces(settings, {
    pool,
    clock,
    log,
    pause: parts.pause ?? sleep,
    ...(parts.installs === undefined ? {} : { installs: parts.installs }),
  });

  const seen = parts.seen ?? createMemorySeenEvents();
  const intake = createIntake({ seen, clock, log });
  const web =
    settings.mode === 'http'
      ? createWebReceiver({ signingSecret: requireSigningSecret(settings), intake, clock, log })
      : undefined;
  const receiver: Receiver = web ?? createSocketReceiver(settings, { intake, log, ...clientParts });
  const app = new App({
    receiver,
    authorize: authorizeWith(workspaces.installations),
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
    ...(parts.fetch === undefined ? {} : { fetch: parts.fetch }),
    ...(settings.apiUrl === undefined ? {} : { apiUrl: settings.apiUrl }),
    ...(parts.news === undefined ? {} : { news: parts.news }),
    ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
    lookupsFor: (token, organisationId) => createSlackLookups(pool.lookup(token), log, organisationId),
    noteWorkspace: (teamId, organisationId) => workspaces.note(teamId, organisationId),
  });

  for (const name of removedEvents) app.event(name, ({ body }) => workspaces.removed(body));

  const delivery = createSlackDelivery({ clients: workspaces.deliveryClients, clock, log });

  return {
    name: 'slack',
    delivery,
    ...(workspaces.pages === undefined ? {} : { install: workspaces.pages }),
    tend: async () => {
      boundBoltClients(app);
      await workspaces.tend();
    },
    installationFigures: () => workspaces.figures(),
    start: async () => {
      workspaces.start();
      await receiver.start();
    },
    stop: async () => {
      await receiver.stop();
      await intake.drain(drainMs);
    },
    ...(web === undefined ? {} : { plain: web }),
    fetch: (request) => web?.fetch(request) ?? Promise.resolve(new Response(null, { status: 404 })),
  };
}

/** The SDK types its bodies more loosely than the platform's `fetch`; it sends text and forms only. */
function toSdkFetch(fetch: typeof globalThis.fetch): FetchFunction {
  return (url, init) => fetch(url, init);
}
