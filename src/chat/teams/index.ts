import { hash } from 'node:crypto';
import type { Activity } from 'botbuilder';
import type { DeliveryPlatform } from '../../schedule/types.ts';
import { AppError } from '../../support/app-error.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import type { PlaceNews } from '../place-news.ts';
import { createMemorySeenEvents, type SeenEvents } from '../seen-events.ts';
import type { Surfaces } from '../surfaces-types.ts';
import type { Chat, ChatPlatform } from '../types.ts';
import { createAnswered } from './answered.ts';
import { createAskers } from './asker.ts';
import { createAudience } from './audience.ts';
import { handleTurn } from './bot.ts';
import { type BotCredentials, createTurnAdapter, neverRetryPosts } from './connector.ts';
import { type ConversationStore, createConversations, createMemoryConversations } from './conversations.ts';
import { createTeamsDelivery } from './deliver.ts';
import { refusedReasons } from './deliver-place.ts';
import { failureOf } from './failure.ts';
import { checkInbound } from './gate.ts';
import { createLimiter, memberWindows, sendWindows, tenantWindows } from './limiter.ts';
import type { TeamsSettings } from './settings.ts';
import { createSigningKeys } from './signing-keys.ts';
import type { BotParts } from './turn.ts';

export interface TeamsParts {
  readonly chat: Chat;
  readonly clock: Clock;
  readonly log: Log;
  /** Which messages were taken; in memory when not given. */
  readonly seen?: SeenEvents;
  /** Where conversations are kept, for deliveries; in memory when not given. */
  readonly conversations?: ConversationStore;
  /** How the bot proves itself to the connector; a test gives its own. */
  readonly credentials?: BotCredentials;
  /** Dialogs, the message extension and previews of links; without it they say that they are not there. */
  readonly surfaces?: Surfaces;
  /** Who is told what becomes of conversations; nobody when not given. */
  readonly news?: PlaceNews;
}

export interface TeamsPlatform extends ChatPlatform {
  /** Answers `POST /api/messages`. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /** Teams as deliveries see it; usable before `start`. */
  readonly delivery: DeliveryPlatform;
}

const maxBodyBytes = 256 * 1024;

/**
 * The Teams adapter over botbuilder 4.23.3. Throws `AppError` when credentials are missing: with an empty app id
 * botbuilder checks no tokens at all.
 */
export function createTeamsPlatform(settings: TeamsSettings, parts: TeamsParts): TeamsPlatform {
  refuseMissingCredentials(settings);
  const { chat, clock, log } = parts;
  const adapter = createTurnAdapter(settings, parts.credentials);
  const keys = createSigningKeys(settings.openIdMetadataUrl, clock);
  const audience = createAudience('green', clock);
  const askers = createAskers(clock);
  const seen = parts.seen ?? createMemorySeenEvents();
  const store = parts.conversations ?? createMemoryConversations();
  const { news, surfaces } = parts;
  const conversations = createConversations({
    store,
    clock,
    log,
    refusedReasons: refusedReasons(),
    ...(news === undefined ? {} : { news }),
  });
  const sending = createLimiter(sendWindows, clock);
  const inTenants = createLimiter(tenantWindows, clock);
  const delivery = createTeamsDelivery({ adapter, conversations, settings, log, sending, inTenants });
  const bot: BotParts = {
    chat,
    audience,
    askers,
    clock,
    log,
    settings,
    seen,
    answered: createAnswered(clock),
    conversations,
    delivery,
    sending,
    inTenants,
    asking: createLimiter(memberWindows, clock),
    ...(surfaces === undefined ? {} : { surfaces }),
  };

  async function receive(request: Request): Promise<Response> {
    const body = await readJson(request);
    const authorization = request.headers.get('authorization') ?? undefined;
    const verdict = checkInbound(authorization, body, settings, clock.now());
    if (verdict.kind === 'refuse') {
      log.warn({ status: verdict.status, reason: verdict.reason }, 'Teams request refused');
      return new Response(null, { status: verdict.status });
    }
    if (verdict.keyId !== undefined && !(await keys.isEndorsed(verdict.keyId))) {
      log.warn({ status: 401 }, 'Teams request refused: the signing key is not endorsed for Teams');
      return new Response(null, { status: 401 });
    }
    return turn(authorization ?? '', body);
  }

  async function turn(authorization: string, body: unknown): Promise<Response> {
    let begun = false;
    try {
      // The gate has checked that the body is an object with a type.
      const activity = body as object;
      const response = await adapter.turn(authorization, activity, async (context) => {
        begun = true;
        const key = repeatKey(context.activity);
        if (key !== undefined && !(await seen.firstSight(key, clock.now()))) return;
        neverRetryPosts(context);
        // Beside the answer, which does not wait for the database.
        const noted = conversations.note(context.activity);
        await Promise.all([handleTurn(context, bot), noted]);
      });
      if (response === undefined) return new Response(null, { status: 200 });
      return response.body === undefined
        ? new Response(null, { status: response.status })
        : Response.json(response.body, { status: response.status });
    } catch (error) {
      if (!begun) {
        log.warn({ status: 401 }, 'Teams request refused: the token does not hold');
        return new Response(null, { status: 401 });
      }
      const { status, message } = failureOf(error);
      const connector = status === undefined ? {} : { connectorStatus: status };
      log.error({ problem: message, ...connector }, 'Teams turn failed');
      return new Response(null, { status: 500 });
    }
  }

  return {
    name: 'teams',
    delivery,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    async fetch(request) {
      try {
        return await receive(request);
      } catch (error) {
        log.error({ problem: messageOf(error) }, 'Teams request failed before it reached the bot');
        return new Response(null, { status: 401 });
      }
    },
  };
}

/** What names a message, so that it is answered once; an edit is one of its own. Undefined for anything else. */
function repeatKey({ type, id, conversation, text, timestamp }: Partial<Activity>): string | undefined {
  // Without an id nothing tells one message from another.
  if (conversation === undefined || id === undefined) return undefined;
  if (type === 'message') return `${conversation.id} ${id}`;
  if (type !== 'messageUpdate') return undefined;
  return `edit ${conversation.id} ${id} ${hash('sha256', `${String(timestamp)}\n${text}`)}`;
}

function refuseMissingCredentials({ appId, appPassword, tenantId, devNoAuth, appType }: TeamsSettings): void {
  if (devNoAuth) return;
  const missing = Object.entries({
    TEAMS_APP_ID: appId,
    ...(appType === 'UserAssignedMSI' ? {} : { TEAMS_APP_PASSWORD: appPassword }),
    TEAMS_TENANT_ID: tenantId,
  })
    .filter(([, value]) => value === '')
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new AppError(
      'teams-credentials',
      `Teams cannot start without ${missing.join(', ')}; set them or leave all out.`,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The body as JSON; undefined when it is too long, no JSON, or not sent as JSON. */
async function readJson(request: Request): Promise<unknown> {
  if (!(request.headers.get('content-type') ?? '').toLowerCase().startsWith('application/json'))
    return undefined;
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) return undefined;
  try {
    const text = await request.text();
    return Buffer.byteLength(text) > maxBodyBytes ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
