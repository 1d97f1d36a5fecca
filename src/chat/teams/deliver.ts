import { z } from 'zod';
import { cardOf } from '../../cards/cleared.ts';
import { renderAdaptiveCard } from '../../cards/teams/render.ts';
import type { Destination } from '../../domain/subscription.ts';
import type { DeliveryPlatform, OutgoingMessage, PlaceState, PostResult } from '../../schedule/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import type { Log } from '../../support/log.ts';
import type { TurnAdapter } from './connector.ts';
import type { ConversationReference } from './conversation-reference.ts';
import type { Conversations } from './conversations.ts';
import { askRoster, goneReasonOf, isGone, type OpenReference, stateOfFailure } from './deliver-place.ts';
import { isAllowedServiceUrl, isAllowedTenant } from './gate.ts';
import type { Limiter } from './limiter.ts';
import { type CallResult, type ConnectorCalls, callConnector } from './proactive.ts';
import type { TeamsSettings } from './settings.ts';

export interface TeamsDeliveryParts {
  readonly adapter: TurnAdapter;
  readonly conversations: Conversations;
  readonly settings: TeamsSettings;
  readonly log: Log;
  /** For each call of the connector; 10 s when not given. */
  readonly callTimeoutMs?: number;
  /** Keeps what is sent to one conversation within Teams' limits, together with answers; absent: nothing does. */
  readonly sending?: Limiter;
  /** The same for all that is sent in one tenant. */
  readonly inTenants?: Limiter;
}

/** Microsoft's limits let two a second through for long; one leaves room for answers. */
const minGapMs = 1_000;
const cardType = 'application/vnd.microsoft.card.adaptive';
const resourceSchema = z.looseObject({ id: z.string().min(1) });

/** Where to send, or why not. */
type Opened =
  | { readonly kind: 'opened'; readonly reference: OpenReference }
  | Extract<PlaceState, { readonly kind: 'gone' | 'unreachable' }>;

/**
 * Teams as deliveries see it, through botbuilder's connector and our own record of each conversation. Teams lets a
 * bot read nothing back, so what became of a lost answer cannot be told.
 */
export function createTeamsDelivery(parts: TeamsDeliveryParts): DeliveryPlatform {
  const { adapter, conversations, settings, log, callTimeoutMs = 10_000, sending, inTenants } = parts;

  function call(
    reference: ConversationReference,
    work: (calls: ConnectorCalls) => Promise<unknown>,
  ): Promise<CallResult> {
    return callConnector(adapter, settings.appId, reference, callTimeoutMs, work);
  }

  async function recordOf(destination: Destination): Promise<ConversationReference | Opened> {
    try {
      const found = await conversations.find(destination);
      if (found === undefined) {
        return { kind: 'gone', reason: 'the app was never seen there: add it to the team or the chat' };
      }
      const { reference, goneReason } = found;
      if (goneReason !== null) return { kind: 'gone', reason: goneReason };
      const isOwn = destination.workspace === `teams:${reference.tenantId}`;
      if (!isOwn || !isAllowedTenant(reference.tenantId, settings)) {
        return { kind: 'gone', reason: 'the tenant is not on the list of allowed tenants' };
      }
      return reference;
    } catch (error) {
      log.error({ error }, 'the record of a Teams conversation cannot be read');
      return { kind: 'unreachable', error: 'the record of the conversation cannot be read' };
    }
  }

  async function open(destination: Destination): Promise<Opened> {
    const record = await recordOf(destination);
    if (record.kind === 'gone' || record.kind === 'unreachable' || record.kind === 'opened') return record;
    if (!isAllowedServiceUrl(record.serviceUrl, settings)) {
      return {
        kind: 'gone',
        reason: 'the address of the conversation is not on the list of allowed hosts',
      };
    }
    const { conversationId } = record;
    return conversationId === null
      ? createChat(destination, record)
      : { kind: 'opened', reference: { ...record, conversationId } };
  }

  /** Takes a place for one message; what is to be done instead where there is none yet. */
  function beyondLimits({ conversationId, tenantId }: OpenReference): PostResult | undefined {
    const limits = [
      { limiter: sending, key: conversationId, rateScope: 'place' },
      { limiter: inTenants, key: tenantId, rateScope: 'workspace' },
    ] as const;
    for (const { limiter, key, rateScope } of limits) {
      const retryAfterMs = limiter?.waitMs(key) ?? 0;
      const error = `Teams' limit of messages to one ${rateScope} is reached`;
      if (retryAfterMs > 0) return { kind: 'not-sent', error, retryAfterMs, isRate: true, rateScope };
    }
    for (const { limiter, key } of limits) limiter?.take(key);
    return undefined;
  }

  /** The chat with a person: made once, and the same one however often it is asked for. */
  async function createChat(destination: Destination, record: ConversationReference): Promise<Opened> {
    const { botId, tenantId } = record;
    const result = await call(record, (calls) =>
      calls.createConversation({
        isGroup: false,
        bot: { id: botId },
        members: [{ id: destination.id }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      }),
    );
    if (result.kind !== 'answer') {
      const state = stateOfFailure(result);
      return state.kind === 'open' ? { kind: 'unreachable', error: 'Teams made no chat' } : state;
    }
    const created = resourceSchema.safeParse(result.value);
    if (!created.success) return { kind: 'unreachable', error: 'Teams made a chat without an id' };
    const reference = { ...record, conversationId: created.data.id };
    try {
      await conversations.remember(destination, reference);
    } catch (error) {
      log.error({ error }, 'a Teams chat could not be noted; it is made again next time');
    }
    return { kind: 'opened', reference };
  }

  return {
    name: 'teams',
    // To a person there may be two: the chat is made, then the message is sent.
    requestTimeoutMs: 2 * callTimeoutMs,
    // Nothing can be looked for, so there is nothing to wait for.
    visibilityLagMs: 0,
    minGapMs,
    placeState: async (destination) => {
      const opened = await open(destination);
      if (opened.kind !== 'opened') return opened;
      return askRoster(opened.reference, (work) => call(opened.reference, work));
    },
    post: async (destination, message) => {
      const opened = await open(destination);
      if (opened.kind === 'gone') return opened;
      if (opened.kind === 'unreachable') {
        const { error, retryAfterMs } = opened;
        return {
          kind: 'not-sent',
          error,
          ...(retryAfterMs === undefined ? {} : { retryAfterMs, isRate: true }),
        };
      }
      const { reference } = opened;
      const to = addressOf(reference, message.parent);
      const activity = activityOf(reference, to, message);
      const held = beyondLimits(reference);
      if (held !== undefined) return held;
      const result = await call(reference, (calls) => calls.sendToConversation(to, activity));
      if (result.kind === 'status' && result.status === 429 && result.retryAfterMs !== undefined) {
        sending?.pause(reference.conversationId, result.retryAfterMs);
      }
      const outcome = toPostResult(result, to !== reference.conversationId);
      if (outcome.kind !== 'posted') {
        log.warn({ conversation: to, outcome }, 'Teams did not confirm a delivery');
      }
      return outcome;
    },
    find: async () => ({ kind: 'cannot-tell', reason: 'Teams lets a bot read no messages' }),
  };
}

/** Without `;messageid=` a new post of the channel; with it, a reply below that message. Chats have no threads. */
function addressOf({ kind, conversationId }: OpenReference, parent: string | undefined): string {
  return kind === 'channel' && parent !== undefined
    ? `${conversationId};messageid=${parent}`
    : conversationId;
}

function activityOf(
  { serviceUrl, botId, tenantId }: OpenReference,
  conversationId: string,
  { key, card }: OutgoingMessage,
): object {
  // No text beside the card: Teams would make two messages of it, and tell the id of none.
  return {
    type: 'message',
    channelId: 'msteams',
    serviceUrl,
    from: { id: botId },
    conversation: { id: conversationId, tenantId },
    summary: cardOf(card).fallbackText,
    attachments: [{ contentType: cardType, content: renderAdaptiveCard(card).payload }],
    channelData: { threatbrief: { delivery: key } },
  };
}

function toPostResult(result: CallResult, isReply: boolean): PostResult {
  switch (result.kind) {
    case 'answer': {
      const posted = resourceSchema.safeParse(result.value);
      if (posted.success) return { kind: 'posted', messageId: posted.data.id };
      return { kind: 'uncertain', error: "Teams answered without the message's id" };
    }
    case 'status':
      return resultOfStatus(result, isReply);
    case 'not-sent':
      return { kind: 'not-sent', error: result.error };
    case 'unknown':
      return { kind: 'uncertain', error: result.error };
    default:
      return assertNever(result);
  }
}

function resultOfStatus(
  { status, error, retryAfterMs }: Extract<CallResult, { readonly kind: 'status' }>,
  isReply: boolean,
): PostResult {
  const pause = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429) return { kind: 'not-sent', error, isRate: true, ...pause };
  // A gateway that gave up (502, 504) may have passed the message on.
  if (status === 408 || status >= 500) return { kind: 'uncertain', error };
  // Below a message that was deleted nothing can be posted, though the channel is there.
  if (status === 404 && isReply) return { kind: 'refused', error };
  if (isGone(status)) return { kind: 'gone', reason: goneReasonOf(status) };
  if (status === 400 || status === 413 || status === 422) return { kind: 'refused', error };
  return { kind: 'not-sent', error, ...pause };
}
