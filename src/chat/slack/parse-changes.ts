import { z } from 'zod';
import type { AskedMessage } from './parse.ts';

/** A message that Slack says was changed after it was written. */
export type ChangedMessage =
  | {
      readonly kind: 'edited';
      readonly asked: AskedMessage;
      /** What it said before, in wire form; absent where Slack does not tell. */
      readonly before?: string;
    }
  | {
      readonly kind: 'deleted';
      readonly teamId: string;
      readonly channelId: string;
      readonly userId: string;
      readonly ts: string;
      readonly threadTs?: string;
      readonly isDirect: boolean;
    };

const optionalText = z.string().nullish();

const messageSchema = z.object({
  user: optionalText,
  text: optionalText,
  ts: optionalText,
  thread_ts: optionalText,
  bot_id: optionalText,
  subtype: optionalText,
});

const envelopeSchema = z.object({
  team_id: z.string().default(''),
  authorizations: z.array(z.object({ team_id: optionalText })).nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
  event: z.object({
    type: z.enum(['app_mention', 'message']),
    subtype: optionalText,
    channel: z.string(),
    channel_type: optionalText,
    user: optionalText,
    text: optionalText,
    ts: optionalText,
    thread_ts: optionalText,
    bot_id: optionalText,
    edited: z.unknown().optional(),
    deleted_ts: optionalText,
    message: messageSchema.nullish(),
    previous_message: messageSchema.nullish(),
  }),
});
type Envelope = z.infer<typeof envelopeSchema>;
type Written = z.infer<typeof messageSchema>;

/**
 * Reads an event as the change of a person's message to the bot. In a channel Slack sends an edited mention as a mention
 * with `edited`; in a direct conversation an edit is a `message_changed`. A message whose words are what they were (Slack
 * added a preview to it) is none. A deleted message with answers below it comes as a change into a tombstone. Undefined for
 * all else, and for what bots, this one among them, wrote.
 */
export function parseChangedMessage(body: unknown, botUserId?: string): ChangedMessage | undefined {
  const result = envelopeSchema.safeParse(body);
  if (!result.success) return undefined;
  const envelope = result.data;
  const { type, subtype, edited, message, previous_message, deleted_ts } = envelope.event;
  if (type === 'app_mention') {
    return edited && !isDirect(envelope) ? editOf(envelope, envelope.event, undefined, botUserId) : undefined;
  }
  if (subtype === 'message_deleted') return deletionOf(envelope, previous_message, deleted_ts, botUserId);
  if (subtype !== 'message_changed') return undefined;
  if (message?.subtype === 'tombstone') {
    return deletionOf(envelope, previous_message, message.ts, botUserId);
  }
  // In a channel the edited mention comes as such.
  if (!message || message.text === previous_message?.text || !isDirect(envelope)) return undefined;
  return editOf(envelope, message, previous_message?.text ?? undefined, botUserId);
}

function editOf(
  envelope: Envelope,
  { user, text, ts, thread_ts, bot_id }: Written,
  before: string | undefined,
  botUserId: string | undefined,
): ChangedMessage | undefined {
  if (!isPerson(user, botUserId) || bot_id || !ts) return undefined;
  const asked: AskedMessage = {
    kind: isDirect(envelope) ? 'direct' : 'mention',
    teamId: teamOf(envelope),
    channelId: envelope.event.channel,
    userId: user,
    text: text ?? '',
    ts,
    ...(thread_ts ? { threadTs: thread_ts } : {}),
    isExternalChannel: envelope.is_ext_shared_channel === true,
  };
  return { kind: 'edited', asked, ...(before === undefined ? {} : { before }) };
}

function deletionOf(
  envelope: Envelope,
  was: Written | null | undefined,
  deletedTs: string | null | undefined,
  botUserId: string | undefined,
): ChangedMessage | undefined {
  const ts = deletedTs ?? was?.ts;
  if (!ts || !isPerson(was?.user, botUserId) || was?.bot_id) return undefined;
  return {
    kind: 'deleted',
    teamId: teamOf(envelope),
    channelId: envelope.event.channel,
    userId: was?.user ?? '',
    ts,
    ...(was?.thread_ts ? { threadTs: was.thread_ts } : {}),
    isDirect: isDirect(envelope),
  };
}

function isPerson(user: string | null | undefined, botUserId: string | undefined): user is string {
  return Boolean(user) && user !== botUserId && user !== 'USLACKBOT';
}

function isDirect({ event: { channel, channel_type } }: Envelope): boolean {
  return channel_type ? channel_type === 'im' : channel.startsWith('D');
}

function teamOf({ authorizations, team_id }: Envelope): string {
  return authorizations?.[0]?.team_id ?? team_id;
}
