import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { DeliveryPlatform } from '../../schedule/types.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import type { SeenEvents } from '../seen-events.ts';
import type { Surfaces } from '../surfaces-types.ts';
import type { Asker, Chat, Place } from '../types.ts';
import type { Answered } from './answered.ts';
import type { Askers } from './asker.ts';
import type { Audience, ConversationFacts } from './audience.ts';
import type { Conversations } from './conversations.ts';
import type { Limiter } from './limiter.ts';
import { patiently } from './patience.ts';
import type { TeamsSettings } from './settings.ts';

export interface BotParts {
  readonly chat: Chat;
  readonly audience: Audience;
  readonly askers: Askers;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: TeamsSettings;
  readonly seen: SeenEvents;
  readonly answered: Answered;
  readonly conversations: Conversations;
  readonly delivery: DeliveryPlatform;
  /** What is sent to one conversation; shared with deliveries. */
  readonly sending: Limiter;
  /** The same for one tenant. */
  readonly inTenants: Limiter;
  /** What is asked about the members of one conversation. */
  readonly asking: Limiter;
  /** Absent: dialogs show what the command says, and the message extension says that it is not there. */
  readonly surfaces?: Surfaces;
}

const conversationSchema = z.looseObject({
  id: z.string().nullish(),
  serviceUrl: z.string(),
  localTimezone: z.string().nullish(),
  from: z.looseObject({ aadObjectId: z.string().nullish() }).nullish(),
  // Absent where Teams asks for the preview of a link for nobody in particular.
  conversation: z
    .looseObject({
      id: z.string(),
      conversationType: z.string().nullish(),
      tenantId: z.string().nullish(),
    })
    .default({ id: '' }),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).nullish(),
      team: z.looseObject({ id: z.string().nullish() }).nullish(),
      channel: z.looseObject({ type: z.string().nullish() }).nullish(),
      source: z.looseObject({ name: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
type Conversation = z.infer<typeof conversationSchema>;

/** One activity of Teams on its way through the bot. */
export interface Turn {
  readonly context: TurnContext;
  readonly parts: BotParts;
  readonly facts: ConversationFacts;
  readonly kind: Place['kind'];
  /** With the thread in it: what answers go to. */
  readonly conversationId: string;
  /** The id of what is answered. */
  readonly activityId: string | undefined;
  /** Where a message extension was used: `compose`, `message`, `commandbox`. */
  readonly usedIn: string | undefined;
  readonly place: () => Promise<Place>;
  /** One who writes or presses in a conversation of Teams is a member of it. */
  readonly askerOf: (person: string) => Promise<Asker>;
}

/** Throws where the activity has another shape. */
export function turnOf(context: TurnContext, parts: BotParts): Turn {
  const conversation = conversationSchema.parse(context.activity);
  const facts = factsOf(conversation);
  return {
    context,
    parts,
    facts,
    kind: kindOf(conversation),
    conversationId: conversation.conversation.id,
    activityId: conversation.id ?? undefined,
    usedIn: conversation.channelData?.source?.name ?? undefined,
    place: () => placeOf(context, conversation, facts, parts),
    askerOf: (person) => askerOf(context, conversation, facts, person, parts),
  };
}

/** What a request of someone in a place is made with. */
export async function askedIn(
  turn: Turn,
  person: string,
): Promise<{ readonly place: Place; readonly person: string; readonly asker: Asker; readonly now: Date }> {
  const [place, asker] = await Promise.all([turn.place(), turn.askerOf(person)]);
  return { place, person, asker, now: turn.parts.clock.now() };
}

function factsOf({ conversation, channelData }: Conversation): ConversationFacts {
  return {
    id: conversation.id.split(';messageid=')[0] ?? conversation.id,
    tenantId: conversation.tenantId ?? channelData?.tenant?.id,
    channelType: channelData?.channel?.type ?? undefined,
    teamId: channelData?.team?.id ?? undefined,
  };
}

async function placeOf(
  context: TurnContext,
  conversation: Conversation,
  facts: ConversationFacts,
  { audience, asking }: BotParts,
): Promise<Place> {
  const ceiling = await audience.ceilingFor(facts, async (token) => {
    refuseBeyond(asking, facts.id);
    const page = await patiently(() => TeamsInfo.getPagedMembers(context, 200, token), 'always');
    return { members: page.members, continuationToken: page.continuationToken };
  });
  const workspace = facts.tenantId === undefined ? {} : { workspace: `teams:${facts.tenantId}` };
  // A channel's id names one thread of it (";messageid="), so that threads do not mix.
  const thread = conversation.conversation.id;
  return { platform: 'teams', id: facts.id, ...workspace, thread, kind: kindOf(conversation), ceiling };
}

async function askerOf(
  context: TurnContext,
  { localTimezone, from }: Conversation,
  facts: ConversationFacts,
  person: string,
  { askers, asking }: BotParts,
): Promise<Asker> {
  const asker = await askers.of(facts, person, () => {
    refuseBeyond(asking, facts.id);
    return patiently(() => TeamsInfo.getMember(context, person), 'always');
  });
  const accountId = from?.aadObjectId;
  return {
    ...asker,
    ...(localTimezone ? { zone: localTimezone } : {}),
    ...(accountId ? { accountId } : {}),
    isMemberHere: true,
  };
}

/** What cannot be asked now is not known. */
function refuseBeyond(asking: Limiter, conversationId: string): void {
  if (asking.waitMs(conversationId) > 0) throw new Error('the members were asked for too often');
  asking.take(conversationId);
}

const kinds: ReadonlyMap<string | null | undefined, Place['kind']> = new Map([
  ['personal', 'direct'],
  ['groupChat', 'group'],
]);

/** What is neither personal nor a group chat is a channel: the kind with the most readers. */
function kindOf({ conversation }: Conversation): Place['kind'] {
  return kinds.get(conversation.conversationType) ?? 'channel';
}
