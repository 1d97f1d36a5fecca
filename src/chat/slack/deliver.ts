import { z } from 'zod';
import { renderSlackMessage } from '../../cards/slack/render.ts';
import type { Destination } from '../../domain/subscription.ts';
import type { DeliveryPlatform, OutgoingMessage, PostResult } from '../../schedule/types.ts';
import { assertNever } from '../../support/assert-never.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import { deliveryTimeoutMs } from './clients.ts';
import type { DeliveryClient, DeliveryClients } from './deliver-client.ts';
import { toSlackTarget } from './deliver-destination.ts';
import type { CallFailure } from './deliver-errors.ts';
import { goneReason, isRefusal, toCallFailure, unreachableAfter } from './deliver-errors.ts';
import { deliveryEventType, findDelivered } from './deliver-find.ts';
import { askPlaceState, createKnownPeople } from './deliver-place.ts';

export interface SlackDeliveryParts {
  /** They try once. */
  readonly clients: DeliveryClients;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a posted message may be missing from `conversations.history`. */
const visibilityLagMs = 30_000;
/** `chat.postMessage` takes about one message a second and channel (docs.slack.dev, "Rate limits"). */
const minGapMs = 1_000;
const maxConversationsKept = 10_000;

/** Where to post and with whose token, or why not. */
type Conversation = (DeliveryClient & { readonly channel: string }) | CallFailure;

const postedSchema = z.looseObject({ ts: z.string().min(1) });

const unknownPlace = 'the place has no id of Slack';

/** Slack as deliveries see it. The key of a message stands in its metadata, so that it can be found again. */
export function createSlackDelivery({ clients, clock, log }: SlackDeliveryParts): DeliveryPlatform {
  const people = createKnownPeople(clock);
  /** Direct conversations by person. Which one it is never changes; who reads it is not kept here. */
  const conversations = new Map<string, string>();

  async function conversationOf(destination: Destination): Promise<Conversation> {
    const target = toSlackTarget(destination);
    if (target === undefined) return { kind: 'code', code: 'channel_not_found' };
    const found = await clients(target.teamId);
    if (found.kind !== 'client') return found;
    if (!target.isPerson) return { ...found, channel: target.id };
    const person = `${found.teamId}/${target.id}`;
    const known = conversations.get(person);
    if (known !== undefined) return { ...found, channel: known };
    try {
      const channel = (await found.client.conversations.open({ users: target.id })).channel?.id;
      if (channel === undefined) {
        return { kind: 'not-sent', error: 'Slack opened a direct conversation without an id' };
      }
      if (conversations.size >= maxConversationsKept) conversations.clear();
      conversations.set(person, channel);
      return { ...found, channel };
    } catch (error) {
      const failure = toCallFailure(error);
      // Opening a conversation twice opens one: only the message itself can be in doubt.
      return failure.kind === 'unknown' ? { kind: 'not-sent', error: failure.error } : failure;
    }
  }

  return {
    name: 'slack',
    // To a person there are two: the conversation is opened, then the message is posted.
    requestTimeoutMs: 2 * deliveryTimeoutMs,
    visibilityLagMs,
    minGapMs,
    placeState: async (destination) => {
      const target = toSlackTarget(destination);
      if (target === undefined) return { kind: 'gone', reason: unknownPlace };
      const found = await clients(target.teamId);
      if (found.kind === 'client')
        return askPlaceState(found.client, { ...target, teamId: found.teamId }, people);
      if (found.kind !== 'code') return unreachableAfter(found);
      return { kind: 'gone', reason: goneReason(found.code) ?? found.code };
    },
    post: async (destination, message) => {
      const conversation = await conversationOf(destination);
      if (conversation.kind !== 'client') {
        const result = resultOfFailure(conversation);
        const isRate = result.kind === 'not-sent' && result.isRate === true;
        // Conversations are opened for the whole workspace, whoever they are with.
        return isRate ? { ...result, rateScope: 'workspace' } : result;
      }
      const { client, channel } = conversation;
      try {
        const answer = await client.apiCall('chat.postMessage', toArguments(channel, message));
        const posted = postedSchema.safeParse(answer);
        if (posted.success) return { kind: 'posted', messageId: posted.data.ts };
        return { kind: 'uncertain', error: "Slack answered without the message's time stamp" };
      } catch (error) {
        const failure = toCallFailure(error);
        const result = resultOfFailure(failure);
        if (result.kind === 'gone') forget(conversations, channel);
        log.warn({ channel, failure, result: result.kind }, 'Slack did not confirm a delivery');
        return result;
      }
    },
    find: async (destination, { key, parent }, since) => {
      const conversation = await conversationOf(destination);
      if (conversation.kind === 'client') {
        const { client, channel } = conversation;
        const thread = parent === undefined ? {} : { threadTs: parent };
        return findDelivered(client, { key, channel, since, ...thread });
      }
      if (conversation.kind === 'code') {
        return { kind: 'cannot-tell', reason: goneReason(conversation.code) ?? conversation.code };
      }
      const pause = conversation.kind === 'rate' ? { retryAfterMs: conversation.retryAfterMs } : {};
      return { kind: 'unreachable', error: errorOf(conversation), ...pause };
    },
  };
}

function toArguments(channel: string, { key, card, parent }: OutgoingMessage): Record<string, unknown> {
  return {
    ...renderSlackMessage(card).payload,
    channel,
    ...(parent === undefined ? {} : { thread_ts: parent }),
    metadata: { event_type: deliveryEventType, event_payload: { key } },
  };
}

function resultOfFailure(failure: CallFailure): PostResult {
  switch (failure.kind) {
    case 'rate':
      return {
        kind: 'not-sent',
        error: errorOf(failure),
        retryAfterMs: failure.retryAfterMs,
        isRate: true,
      };
    case 'not-sent':
      return { kind: 'not-sent', error: failure.error };
    case 'unknown':
      return { kind: 'uncertain', error: failure.error };
    case 'code': {
      const reason = goneReason(failure.code);
      if (reason !== undefined) return { kind: 'gone', reason };
      const error = `Slack did not take the message (${failure.code})`;
      return isRefusal(failure.code) ? { kind: 'refused', error } : { kind: 'not-sent', error };
    }
    default:
      return assertNever(failure);
  }
}

function errorOf(failure: CallFailure): string {
  switch (failure.kind) {
    case 'rate':
      return 'Slack asks for a pause';
    case 'code':
      return failure.code;
    case 'not-sent':
    case 'unknown':
      return failure.error;
    default:
      return assertNever(failure);
  }
}

function forget(conversations: Map<string, string>, channel: string): void {
  for (const [person, known] of conversations) if (known === channel) conversations.delete(person);
}
