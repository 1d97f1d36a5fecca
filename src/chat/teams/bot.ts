import { type Activity, type InvokeResponse, TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { clearFor } from '../../cards/cleared.ts';
import { renderAdaptiveCard } from '../../cards/teams/render.ts';
import type { Tlp } from '../../domain/tlp.ts';
import type { Clock } from '../../support/clock.ts';
import type { Asker, Chat, Place, Reply } from '../types.ts';
import type { Askers } from './asker.ts';
import type { Audience, ConversationFacts } from './audience.ts';
import { isAllowedServiceUrl } from './gate.ts';
import { type Inbound, parseActivity } from './parse.ts';
import type { TeamsSettings } from './settings.ts';

export interface BotParts {
  readonly chat: Chat;
  readonly audience: Audience;
  readonly askers: Askers;
  readonly clock: Clock;
  readonly settings: TeamsSettings;
}

const conversationSchema = z.looseObject({
  serviceUrl: z.string(),
  localTimezone: z.string().nullish(),
  conversation: z.looseObject({
    id: z.string(),
    conversationType: z.string().nullish(),
    tenantId: z.string().nullish(),
  }),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).nullish(),
      channel: z.looseObject({ type: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
type Conversation = z.infer<typeof conversationSchema>;

/** Handles one authenticated turn: asks the chat, and sends, updates or answers the invoke. */
export async function handleTurn(context: TurnContext, parts: BotParts): Promise<void> {
  const conversation = conversationSchema.parse(context.activity);
  const inbound = parseActivity(context.activity);
  switch (inbound.kind) {
    case 'ignore':
      return;
    case 'unknown-invoke':
      return answerInvoke(context, { status: 501 });
    case 'welcome': {
      const place = await placeOf(context, conversation, parts);
      const reply = await parts.chat.handle({ text: 'help', place, person: '', now: parts.clock.now() });
      return send(context, reply, place, parts);
    }
    case 'text': {
      const person = inbound.from.id;
      const [place, asker] = await Promise.all([
        placeOf(context, conversation, parts),
        askerOf(context, conversation, person, parts),
      ]);
      const { text } = inbound;
      const reply = await parts.chat.handle({ text, place, person, asker, now: parts.clock.now() });
      return send(context, reply, place, parts);
    }
    case 'action':
      return handleAction(context, inbound, conversation, parts);
  }
}

async function handleAction(
  context: TurnContext,
  inbound: Extract<Inbound, { kind: 'action' }>,
  conversation: Conversation,
  parts: BotParts,
): Promise<void> {
  const [place, asker] = await Promise.all([
    placeOf(context, conversation, parts),
    askerOf(context, conversation, inbound.from.id, parts),
  ]);
  const reply = await parts.chat.handleAction({
    value: inbound.value,
    place,
    person: inbound.from.id,
    asker,
    now: parts.clock.now(),
  });
  if (reply.audience === 'place') {
    await send(context, reply, place, parts);
    if (inbound.via === 'execute') await answerInvoke(context, { status: 200, body: toast('Shared here.') });
    return;
  }
  if (inbound.via === 'execute') {
    return answerInvoke(context, {
      status: 200,
      body: { statusCode: 200, type: cardType, value: payloadOf(reply, place) },
    });
  }
  if (reply.audience === 'replace' && inbound.replyToId !== undefined) {
    return update(context, inbound.replyToId, reply, place, parts);
  }
  return send(context, reply, place, parts);
}

const cardType = 'application/vnd.microsoft.card.adaptive';

function toast(text: string): object {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

async function answerInvoke(context: TurnContext, response: InvokeResponse): Promise<void> {
  await context.sendActivity({ type: 'invokeResponse', value: response });
}

function payloadOf(reply: Reply, { ceiling }: Place): object {
  return renderAdaptiveCard(clearFor(reply.card, ceiling)).payload;
}

function messageOf(reply: Reply, place: Place): Partial<Activity> {
  // No text beside the card: a message with both returns no id, and so cannot be updated.
  return {
    type: 'message',
    summary: clearFor(reply.card, place.ceiling).card.fallbackText,
    attachments: [{ contentType: cardType, content: payloadOf(reply, place) }],
  };
}

async function send(context: TurnContext, reply: Reply, place: Place, parts: BotParts): Promise<void> {
  refuseForeignAddress(context, parts);
  await context.sendActivity(messageOf(reply, place));
}

async function update(
  context: TurnContext,
  id: string,
  reply: Reply,
  place: Place,
  parts: BotParts,
): Promise<void> {
  refuseForeignAddress(context, parts);
  await context.updateActivity({ ...messageOf(reply, place), id });
}

function refuseForeignAddress(context: TurnContext, { settings }: BotParts): void {
  if (!isAllowedServiceUrl(context.activity.serviceUrl, settings)) {
    throw new Error('the serviceUrl is not on the list of allowed hosts; nothing was sent');
  }
}

/** One who writes or presses in a conversation of Teams is a member of it. */
async function askerOf(
  context: TurnContext,
  conversation: Conversation,
  person: string,
  { askers }: BotParts,
): Promise<Asker> {
  const facts = factsOf(conversation);
  const asker = await askers.of(facts, person, () => TeamsInfo.getMember(context, person));
  const zone = conversation.localTimezone;
  return { ...asker, ...(zone ? { zone } : {}), isMemberHere: true };
}

function factsOf({ conversation, channelData }: Conversation): ConversationFacts {
  return {
    id: conversation.id.split(';messageid=')[0] ?? conversation.id,
    tenantId: conversation.tenantId ?? channelData?.tenant?.id,
    channelType: channelData?.channel?.type ?? undefined,
  };
}

async function placeOf(context: TurnContext, conversation: Conversation, parts: BotParts): Promise<Place> {
  const facts = factsOf(conversation);
  const ceiling: Tlp = await parts.audience.ceilingFor(facts, async (token) => {
    const { members, continuationToken } = await TeamsInfo.getPagedMembers(context, 200, token);
    return { members, continuationToken };
  });
  const workspace = facts.tenantId === undefined ? {} : { workspace: `teams:${facts.tenantId}` };
  // A channel's id names one thread of it (";messageid="), so that threads do not mix.
  const thread = conversation.conversation.id;
  return { platform: 'teams', id: facts.id, ...workspace, thread, kind: kindOf(conversation), ceiling };
}

const kinds: ReadonlyMap<string | null | undefined, Place['kind']> = new Map([
  ['personal', 'direct'],
  ['groupChat', 'group'],
]);

/** What is neither personal nor a group chat is a channel: the kind with the most readers. */
function kindOf({ conversation }: Conversation): Place['kind'] {
  return kinds.get(conversation.conversationType) ?? 'channel';
}
