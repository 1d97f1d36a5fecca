import { z } from 'zod';
import type { Destination } from '../../domain/subscription.ts';
import type { ConversationReference } from './conversation-reference.ts';

/** What one activity tells of conversations. */
export interface ConversationNews {
  /** Conversations that the bot is in now. */
  readonly seen: readonly {
    readonly destination: Destination;
    readonly reference: ConversationReference;
    /** The bot was added there: what was gone is there again. */
    readonly isInstall: boolean;
  }[];
  /** Conversations that nothing can be delivered to any more, or (null) that are there again. */
  readonly ended: readonly { readonly isMeant: IsMeant; readonly goneReason: string | null }[];
  readonly changed: readonly {
    readonly isMeant: IsMeant;
    readonly changes: Readonly<Partial<Pick<ConversationReference, 'name' | 'channelType'>>>;
  }[];
}

type IsMeant = (reference: ConversationReference, destination: Destination) => boolean;

const account = z.looseObject({ id: z.string() });
const text = z.string().nullish();

const activitySchema = z.looseObject({
  type: z.string(),
  action: text,
  serviceUrl: z.string().min(1),
  from: account.nullish(),
  recipient: account,
  conversation: z.looseObject({
    id: z.string().min(1),
    conversationType: text,
    tenantId: text,
    name: text,
  }),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
  channelData: z
    .looseObject({
      eventType: text,
      tenant: z.looseObject({ id: z.string() }).nullish(),
      team: z.looseObject({ id: text, name: text }).nullish(),
      channel: z.looseObject({ id: text, name: text, type: text }).nullish(),
    })
    .nullish(),
});
type TeamsActivity = z.infer<typeof activitySchema>;

const nothing: ConversationNews = { seen: [], ended: [], changed: [] };

/** Reads an activity that has passed the gate; what tells nothing of conversations gives nothing. Pure. */
export function newsOf(raw: unknown): ConversationNews {
  const parsed = activitySchema.safeParse(raw);
  if (!parsed.success) return nothing;
  const activity = parsed.data;
  const tenantId = activity.conversation.tenantId ?? activity.channelData?.tenant?.id;
  if (!tenantId) return nothing;
  if (isRemoval(activity)) return { ...nothing, ended: [removal(activity, tenantId)] };
  switch (activity.type) {
    case 'message':
    case 'invoke':
      return { ...nothing, seen: seenIn(activity, tenantId, false) };
    case 'installationUpdate':
    case 'conversationUpdate':
      return isInstall(activity)
        ? { ...nothing, seen: seenIn(activity, tenantId, true) }
        : lifecycle(activity, tenantId);
    default:
      return nothing;
  }
}

function isInstall({ type, action, membersAdded, recipient }: TeamsActivity): boolean {
  if (type === 'installationUpdate') return action?.startsWith('add') === true;
  return membersAdded?.some(({ id }) => id === recipient.id) === true;
}

function isRemoval({ type, action, membersRemoved, recipient }: TeamsActivity): boolean {
  // "remove-upgrade" is the first half of an update of the app.
  if (type === 'installationUpdate') return action === 'remove';
  return type === 'conversationUpdate' && membersRemoved?.some(({ id }) => id === recipient.id) === true;
}

function removal(activity: TeamsActivity, tenantId: string): ConversationNews['ended'][number] {
  const { conversation, channelData, from } = activity;
  const goneReason = 'the app was removed there';
  const teamId = channelData?.team?.id;
  if (teamId) return { isMeant: inTeam(tenantId, teamId), goneReason };
  const id = withoutMessage(conversation.id);
  const isPersonal = conversation.conversationType === 'personal';
  return {
    isMeant: (reference, destination) =>
      reference.tenantId === tenantId &&
      (reference.conversationId === id || (isPersonal && destination.id === from?.id)),
    goneReason,
  };
}

/** Where the activity came from, and who wrote it there. */
function seenIn(
  { conversation, channelData, serviceUrl, recipient, from }: TeamsActivity,
  tenantId: string,
  wasAdded: boolean,
): ConversationNews['seen'] {
  const workspace = `teams:${tenantId}`;
  const shared = { tenantId, serviceUrl, botId: recipient.id };
  const person = from && from.id !== recipient.id ? from.id : undefined;
  if (conversation.conversationType === 'personal') {
    if (person === undefined) return [];
    const destination = { platform: 'teams', workspace, id: person, kind: 'direct' } as const;
    return [
      {
        destination,
        reference: { ...shared, conversationId: conversation.id, kind: 'direct' },
        isInstall: wasAdded,
      },
    ];
  }
  const id = withoutMessage(conversation.id);
  const kind = conversation.conversationType === 'groupChat' ? 'group' : 'channel';
  const teamId = channelData?.team?.id;
  const name = (kind === 'channel' ? channelData?.channel?.name : undefined) ?? conversation.name;
  const channelType = channelData?.channel?.type;
  const place = {
    destination: { platform: 'teams', workspace, id, kind } as const,
    reference: {
      ...shared,
      conversationId: id,
      kind,
      ...(kind === 'channel' ? { channelId: id } : {}),
      ...(channelType ? { channelType } : {}),
      ...(teamId ? { teamId } : {}),
      ...(name ? { name } : {}),
    } satisfies ConversationReference,
    isInstall: wasAdded,
  };
  if (person === undefined || wasAdded) return [place];
  const destination = { platform: 'teams', workspace, id: person, kind: 'direct' } as const;
  return [
    place,
    { destination, reference: { ...shared, conversationId: null, kind: 'direct' }, isInstall: false },
  ];
}

/** Renamed, deleted, archived, restored, shared: what Teams tells of teams and channels. */
function lifecycle({ channelData }: TeamsActivity, tenantId: string): ConversationNews {
  const teamId = channelData?.team?.id ?? undefined;
  const channel = channelData?.channel;
  const isTeam = teamId === undefined ? never : inTeam(tenantId, teamId);
  const isChannel: IsMeant = channel?.id
    ? (reference) => reference.tenantId === tenantId && reference.channelId === channel.id
    : never;
  switch (channelData?.eventType ?? '') {
    case 'teamDeleted':
    case 'teamHardDeleted':
      return { ...nothing, ended: [{ isMeant: isTeam, goneReason: 'the team was deleted' }] };
    case 'teamArchived':
      return { ...nothing, ended: [{ isMeant: isTeam, goneReason: 'the team is archived' }] };
    case 'teamUnarchived':
    case 'teamRestored':
      return { ...nothing, ended: [{ isMeant: isTeam, goneReason: null }] };
    case 'channelDeleted':
      return { ...nothing, ended: [{ isMeant: isChannel, goneReason: 'the channel was deleted' }] };
    case 'channelRestored':
      return { ...nothing, ended: [{ isMeant: isChannel, goneReason: null }] };
    case 'channelRenamed':
      return channel?.name
        ? { ...nothing, changed: [{ isMeant: isChannel, changes: { name: channel.name } }] }
        : nothing;
    case 'channelShared':
      return { ...nothing, changed: [{ isMeant: isChannel, changes: { channelType: 'shared' } }] };
    default:
      return nothing;
  }
}

const never: IsMeant = () => false;

function inTeam(tenantId: string, teamId: string): IsMeant {
  return (reference) => reference.tenantId === tenantId && reference.teamId === teamId;
}

/** A channel's id names one thread of it behind `;messageid=`. */
function withoutMessage(id: string): string {
  return id.split(';messageid=')[0] ?? id;
}
