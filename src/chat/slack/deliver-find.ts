import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { FindResult } from '../../schedule/types.ts';
import type { CallFailure } from './deliver-errors.ts';
import { toCallFailure, unreachableAfter } from './deliver-errors.ts';

/** The kind of metadata that a delivered message carries; its payload is `{key}`. */
export const deliveryEventType = 'threatbrief_delivery';

const id = z.string().nullish();
const authorSchema = z.looseObject({ user: id, bot_id: id });
const messageSchema = authorSchema.extend({
  ts: z.string(),
  metadata: z.looseObject({
    event_type: z.literal(deliveryEventType),
    event_payload: z.looseObject({ key: z.string() }),
  }),
});

const ownSchema = z.looseObject({ user_id: id, bot_id: id });

const pageSchema = z.looseObject({
  messages: z.array(z.unknown()),
  has_more: z.boolean().nullish(),
  response_metadata: z.looseObject({ next_cursor: z.string().nullish() }).nullish(),
});

/**
 * How far before the given time is looked: our clock and Slack's may be apart, by hours after one of them jumped.
 */
const marginMs = 24 * 3_600_000;
const pageSize = 200;
const maxPages = 25;

export interface Wanted {
  readonly key: string;
  readonly channel: string;
  /** The message that starts the thread to look in; the channel itself when absent. */
  readonly threadTs?: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

/**
 * Reads back what was posted, newest first in a channel, and looks for the key in the messages' metadata. `absent`
 * only when everything since then was seen. Any app can write such metadata: only what the bot itself posted was delivered,
 * and where somebody else's message bears the key, nobody can tell.
 */
export async function findDelivered(client: WebClient, wanted: Wanted): Promise<FindResult> {
  let own: z.infer<typeof ownSchema>;
  try {
    own = ownSchema.parse(await client.auth.test());
  } catch (error) {
    return resultOfFailure(toCallFailure(error), wanted);
  }
  let isForged = false;
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    let answer: unknown;
    try {
      answer = await readPage(client, wanted, cursor);
    } catch (error) {
      return resultOfFailure(toCallFailure(error), wanted);
    }
    const parsed = pageSchema.safeParse(answer);
    if (!parsed.success) return cannotTell('Slack listed the messages in another form');
    const { messages, has_more, response_metadata } = parsed.data;
    const bearing = messages
      .flatMap((message) => messageSchema.safeParse(message).data ?? [])
      .filter(({ metadata }) => metadata.event_payload.key === wanted.key);
    const found = bearing.find((message) => isBy(own, message));
    if (found !== undefined) return { kind: 'found', messageId: found.ts };
    isForged ||= bearing.length > 0;
    cursor = response_metadata?.next_cursor || undefined;
    if (cursor === undefined) {
      if (has_more === true) return cannotTell('Slack did not list all messages');
      return isForged ? cannotTell('a message of another app bears its mark') : { kind: 'absent' };
    }
  }
  return cannotTell(`there are more than ${maxPages * pageSize} messages to look through`);
}

function isBy(own: z.infer<typeof ownSchema>, { user, bot_id }: z.infer<typeof authorSchema>): boolean {
  return isSame(own.bot_id, bot_id) || isSame(own.user_id, user);
}

function isSame(one: string | null | undefined, other: string | null | undefined): boolean {
  return typeof one === 'string' && one === other;
}

function readPage(client: WebClient, wanted: Wanted, cursor: string | undefined): Promise<unknown> {
  const { channel, threadTs, since } = wanted;
  const request = {
    channel,
    oldest: (Math.max(0, since - marginMs) / 1_000).toFixed(6),
    inclusive: true,
    include_all_metadata: true,
    limit: pageSize,
    ...(cursor === undefined ? {} : { cursor }),
  };
  return threadTs === undefined
    ? client.conversations.history(request)
    : client.conversations.replies({ ...request, ts: threadTs });
}

function cannotTell(reason: string): FindResult {
  return { kind: 'cannot-tell', reason };
}

function resultOfFailure(failure: CallFailure, { threadTs }: Wanted): FindResult {
  if (failure.kind !== 'code') return unreachableAfter(failure);
  // A thread whose first message was deleted holds nothing.
  if (threadTs !== undefined && failure.code === 'thread_not_found') return { kind: 'absent' };
  return cannotTell(`Slack does not let the bot read the messages (${failure.code})`);
}
