import { z } from 'zod';

/** Links of our host in one message. */
export interface LinkShared {
  readonly channelId: string;
  readonly userId: string;
  readonly messageTs: string;
  readonly urls: readonly string[];
  /** `composer`: the message is still being written. */
  readonly source?: string;
}

const optionalText = z.string().nullish();
const maxLinks = 50;

const linkSharedSchema = z.object({
  event: z.object({
    type: z.literal('link_shared'),
    channel: z.string(),
    user: z.string(),
    message_ts: z.string(),
    source: optionalText,
    links: z.array(z.object({ url: z.string().max(3_000) })),
  }),
});

/** Reads a `link_shared` event; undefined when it is none. Of very many links the first fifty are kept. */
export function parseLinkShared(body: unknown): LinkShared | undefined {
  const event = linkSharedSchema.safeParse(body).data?.event;
  if (event === undefined) return undefined;
  return {
    channelId: event.channel,
    userId: event.user,
    messageTs: event.message_ts,
    urls: event.links.slice(0, maxLinks).map(({ url }) => url),
    ...(event.source ? { source: event.source } : {}),
  };
}

/** What became of a channel, or of the bot in it. `code` is the Web API's word for why nothing can be posted there. */
export type PlaceChange =
  | {
      readonly kind: 'gone';
      readonly channelId: string;
      readonly code: 'is_archived' | 'channel_not_found' | 'not_in_channel';
    }
  | { readonly kind: 'unarchived'; readonly channelId: string }
  | { readonly kind: 'joined'; readonly channelId: string; readonly inviterId?: string }
  | { readonly kind: 'moved'; readonly channelId: string; readonly newChannelId: string }
  /** Its readers, its name or its kind may be others now. */
  | { readonly kind: 'changed'; readonly channelId: string };

const placeSchema = z.object({
  event: z.object({
    type: z.string(),
    channel: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).nullish(),
    user: optionalText,
    inviter: optionalText,
    old_channel_id: optionalText,
    new_channel_id: optionalText,
  }),
});

/** Reads an event about a channel; undefined when it names none. */
export function parsePlaceChange(body: unknown, botUserId?: string): PlaceChange | undefined {
  const event = placeSchema.safeParse(body).data?.event;
  if (event === undefined) return undefined;
  const { type, user, inviter, old_channel_id: oldId, new_channel_id: newId } = event;
  if (type === 'channel_id_changed') {
    return oldId && newId ? { kind: 'moved', channelId: oldId, newChannelId: newId } : undefined;
  }
  const channelId = event.channel;
  if (!channelId) return undefined;
  const isAboutBot = botUserId !== undefined && user === botUserId;
  switch (type) {
    case 'channel_archive':
    case 'group_archive':
      return { kind: 'gone', channelId, code: 'is_archived' };
    case 'channel_deleted':
    case 'group_deleted':
      return { kind: 'gone', channelId, code: 'channel_not_found' };
    case 'channel_left':
    case 'group_left':
      return { kind: 'gone', channelId, code: 'not_in_channel' };
    case 'member_left_channel':
      return isAboutBot
        ? { kind: 'gone', channelId, code: 'not_in_channel' }
        : { kind: 'changed', channelId };
    case 'member_joined_channel':
      return isAboutBot
        ? { kind: 'joined', channelId, ...(inviter ? { inviterId: inviter } : {}) }
        : { kind: 'changed', channelId };
    case 'channel_unarchive':
    case 'group_unarchive':
      return { kind: 'unarchived', channelId };
    default:
      return { kind: 'changed', channelId };
  }
}
