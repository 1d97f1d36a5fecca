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
  /** Conversations that nothing can be delivered to any more. */
  readonly ended: readonly { readonly isMeant: IsMeant; readonly goneReason: string }[];
  /** Conversations that are there again, if they were gone for one of the reasons. */
  readonly restored: readonly { readonly isMeant: IsMeant; readonly reasons: readonly string[] }[];
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

const nothing: ConversationNews = { seen: [], ended: [], restored: [], changed: [] };

/** Why a conversation is gone, as Teams told it. */
export const goneReasons = {
  removed: 'the app was removed there',
  teamDeleted: 'the team was deleted',
  teamArchived: 'the team is archived',
  channelDeleted: 'the channel was deleted',
} as const;

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
        ? { ...nothing, seen: seenIn(activity, tenantId, true), restored: reinstalled(activity, tenantId) }
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
  const goneReason = goneReasons.removed;
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

/** With the app a team has all of its channels again. */
function reinstalled({ channelData }: TeamsActivity, tenantId: string): ConversationNews['restored'] {
  const teamId = channelData?.team?.id;
  return teamId ? [{ isMeant: inTeam(tenantId, teamId), reasons: [goneReasons.removed] }] : [];
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
function lifecycle(activity: TeamsActivity, tenantId: string): ConversationNews {
  const { channelData } = activity;
  const teamId = channelData?.team?.id ?? undefined;
  const channel = channelData?.channel;
  const isTeam = teamId === undefined ? never : inTeam(tenantId, teamId);
  const isChannel: IsMeant = channel?.id
    ? (reference) => reference.tenantId === tenantId && reference.channelId === channel.id
    : never;
  switch (channelData?.eventType ?? '') {
    case 'teamDeleted':
    case 'teamHardDeleted':
      return { ...nothing, ended: [{ isMeant: isTeam, goneReason: goneReasons.teamDeleted }] };
    case 'teamArchived':
      return { ...nothing, ended: [{ isMeant: isTeam, goneReason: goneReasons.teamArchived }] };
    case 'teamUnarchived':
      return { ...nothing, restored: [{ isMeant: isTeam, reasons: [goneReasons.teamArchived] }] };
    case 'teamRestored':
      return { ...nothing, restored: [{ isMeant: isTeam, reasons: [goneReasons.teamDeleted] }] };
    case 'channelDeleted':
      return { ...nothing, ended: [{ isMeant: isChannel, goneReason: goneReasons.channelDeleted }] };
    case 'channelRestored':
      return { ...nothing, restored: [{ isMeant: isChannel, reasons: [goneReasons.channelDeleted] }] };
    case 'channelCreated':
      return { ...nothing, seen: createdChannel(activity, tenantId) };
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

/** A new channel of a team that the app is in can be delivered to before anyone wrote there. */
function createdChannel(activity: TeamsActivity, tenantId: string): ConversationNews['seen'] {
  const id = activity.channelData?.channel?.id;
  if (!id) return [];
  const conversation = { ...activity.conversation, id, conversationType: 'channel' };
  return seenIn({ ...activity, conversation, from: undefined }, tenantId, false);
}

const never: IsMeant = () => false;

function inTeam(tenantId: string, teamId: string): IsMeant {
  return (reference) => reference.tenantId === tenantId && reference.teamId === teamId;
}

/** A channel's id names one thread of it behind `;messageid=`. */
function withoutMessage(id: string): string {
  return id.split(';messageid=')[0] ?? id;
}
