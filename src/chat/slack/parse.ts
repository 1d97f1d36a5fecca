import { z } from 'zod';

/** `/apt` as it came in; `text` is still in Slack's wire form. */
export interface SlashCommand {
  readonly teamId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly text: string;
  readonly responseUrl: string;
  /** Opens a modal for three seconds. */
  readonly triggerId?: string;
}

/** A mention in a channel, or a message in the direct conversation with the bot. */
export interface AskedMessage {
  readonly kind: 'mention' | 'direct';
  readonly teamId: string;
  readonly channelId: string;
  readonly userId: string;
  readonly text: string;
  readonly ts: string;
  /** The thread that the message stands in, if it does. */
  readonly threadTs?: string;
  /** True when the envelope itself says that other workspaces read the channel. */
  readonly isExternalChannel: boolean;
}

/** A press on something that threatbrief rendered. */
export interface Click {
  /** The team whose installation the message belongs to; absent with an organisation-wide install. */
  readonly teamId?: string;
  readonly userId: string;
  readonly userTeamId?: string;
  readonly userName?: string;
  readonly channelId?: string;
  readonly responseUrl?: string;
  /** The thread that the pressed message stands in, if it does. */
  readonly threadTs?: string;
  /** True when only the one who pressed sees the message. */
  readonly isEphemeral: boolean;
  /** True for a preview below somebody else's message, which is not ours to replace. */
  readonly isPreview?: boolean;
  /** Opens a modal for three seconds. */
  readonly triggerId?: string;
  /** What `encodeActionValue` wrote; absent for a link, which needs no answer. */
  readonly value?: string;
}

const slashCommandSchema = z.object({
  team_id: z.string().default(''),
  channel_id: z.string(),
  user_id: z.string(),
  text: z.string().default(''),
  response_url: z.url({ protocol: /^https?$/ }),
  trigger_id: z.string().nullish(),
});

/** Reads a slash command's form; undefined when it is none. */
export function parseSlashCommand(body: unknown): SlashCommand | undefined {
  const result = slashCommandSchema.safeParse(body);
  if (!result.success) return undefined;
  const { team_id, channel_id, user_id, text, response_url, trigger_id } = result.data;
  return {
    teamId: team_id,
    channelId: channel_id,
    userId: user_id,
    text,
    responseUrl: response_url,
    ...(trigger_id ? { triggerId: trigger_id } : {}),
  };
}

const optionalText = z.string().nullish();

const messageEnvelopeSchema = z.object({
  team_id: z.string().default(''),
  authorizations: z.array(z.object({ team_id: optionalText })).nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
  event: z.object({
    type: z.enum(['app_mention', 'message']),
    channel: z.string(),
    channel_type: optionalText,
    user: optionalText,
    text: z.string().default(''),
    ts: z.string(),
    thread_ts: optionalText,
    subtype: optionalText,
    bot_id: optionalText,
    app_id: optionalText,
    hidden: z.boolean().nullish(),
    edited: z.unknown().optional(),
  }),
});

/**
 * Reads an event envelope as a question to the bot. Undefined for everything that is not a person's new message
 * to it: other events, messages of bots and of this bot (`botUserId`), every subtype but that of a message with a file or of
 * one that is shown in the channel too (so no edits, deletions, joins),
 * edited mentions (Slack sends the mention again), and messages outside a direct conversation that mention nobody.
 */
export function parseAskedMessage(body: unknown, botUserId?: string): AskedMessage | undefined {
  const result = messageEnvelopeSchema.safeParse(body);
  if (!result.success) return undefined;
  const { event, authorizations, team_id, is_ext_shared_channel } = result.data;
  const userId = event.user ?? '';
  const isByPerson = userId !== '' && userId !== botUserId && userId !== 'USLACKBOT' && !event.bot_id;
  const isNew = (!event.subtype || writtenSubtypes.has(event.subtype)) && !event.hidden && !event.edited;
  const kind = questionKind(event);
  if (!isByPerson || !isNew || kind === undefined) return undefined;
  return {
    kind,
    teamId: authorizations?.[0]?.team_id ?? team_id,
    channelId: event.channel,
    userId,
    text: event.text,
    ts: event.ts,
    ...(event.thread_ts ? { threadTs: event.thread_ts } : {}),
    isExternalChannel: is_ext_shared_channel === true,
  };
}

/** Subtypes of messages that a person wrote like any other. */
const writtenSubtypes: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast']);

function questionKind({
  type,
  channel,
  channel_type,
}: z.infer<typeof messageEnvelopeSchema>['event']): AskedMessage['kind'] | undefined {
  const isDirect = channel_type ? channel_type === 'im' : channel.startsWith('D');
  // A mention inside the direct conversation comes as `message` too; answering that one is enough.
  if (type === 'app_mention') return isDirect ? undefined : 'mention';
  return isDirect ? 'direct' : undefined;
}

const clickSchema = z.object({
  user: z.object({ id: z.string(), team_id: optionalText, name: optionalText, username: optionalText }),
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }).nullish(),
  container: z
    .object({
      channel_id: optionalText,
      thread_ts: optionalText,
      is_ephemeral: z.boolean().nullish(),
      is_app_unfurl: z.boolean().nullish(),
    })
    .nullish(),
  message: z.object({ thread_ts: optionalText }).nullish(),
  response_url: z.url({ protocol: /^https?$/ }).nullish(),
  trigger_id: optionalText,
  actions: z
    .array(
      z.object({
        value: optionalText,
        selected_option: z.object({ value: optionalText }).nullish(),
      }),
    )
    .min(1),
});

/** Reads a `block_actions` payload; undefined when it is none. Buttons and overflow menus carry a value alike. */
export function parseClick(body: unknown): Click | undefined {
  const result = clickSchema.safeParse(body);
  if (!result.success) return undefined;
  const { user, team, channel, container, message, response_url, actions, trigger_id } = result.data;
  const channelId = channel?.id ?? container?.channel_id;
  const threadTs = container?.thread_ts ?? message?.thread_ts;
  const userName = user.name ?? user.username;
  const value = actions[0]?.value ?? actions[0]?.selected_option?.value;
  return {
    userId: user.id,
    isEphemeral: container?.is_ephemeral === true,
    ...(container?.is_app_unfurl === true ? { isPreview: true } : {}),
    ...(team ? { teamId: team.id } : {}),
    ...(user.team_id ? { userTeamId: user.team_id } : {}),
    ...(userName ? { userName } : {}),
    ...(channelId ? { channelId } : {}),
    ...(response_url ? { responseUrl: response_url } : {}),
    ...(trigger_id ? { triggerId: trigger_id } : {}),
    ...(threadTs ? { threadTs } : {}),
    // A link in a menu opens in the browser; Slack reports it and wants no answer.
    ...(value && !value.startsWith('link:') ? { value } : {}),
  };
}

const responseUrlSchema = z.object({ response_url: z.url({ protocol: /^https?$/ }) });

/** The address at which the person who acted can still be answered, whatever the payload is. */
export function parseResponseUrl(body: unknown): string | undefined {
  return responseUrlSchema.safeParse(body).data?.response_url;
}

const threadStartedSchema = z.object({
  event: z.object({
    type: z.literal('assistant_thread_started'),
    assistant_thread: z.object({ channel_id: z.string(), thread_ts: z.string() }),
  }),
});

/** The conversation that somebody opened in the pane; undefined for another event. */
export function parseThreadStarted(
  body: unknown,
): { readonly channelId: string; readonly threadTs: string } | undefined {
  const thread = threadStartedSchema.safeParse(body).data?.event.assistant_thread;
  return thread === undefined ? undefined : { channelId: thread.channel_id, threadTs: thread.thread_ts };
}
