import type { Tlp } from '../../domain/tlp.ts';
import type { Clock } from '../../support/clock.ts';
import type { Asker, Place } from '../types.ts';
import { createRecall } from './recall.ts';

/** What decides who reads a channel, out of `conversations.info`. */
export interface ChannelFacts {
  readonly kind: Place['kind'];
  /** Any sign that another workspace reads it, now or after a pending invitation. */
  readonly isShared: boolean;
  /** True: the bot is no member, so that it cannot post there. */
  readonly isWithoutBot?: true;
}

/** What decides whether a person belongs here, out of `users.info`. */
export interface PersonFacts {
  /** A guest, someone of another workspace, or someone deactivated. */
  readonly isOutsider: boolean;
  /** True: of another workspace, or of another organisation. */
  readonly isForeign?: boolean;
  /** How Slack shows the person's name. */
  readonly name?: string;
  /** Owners count as administrators; absent for someone deactivated. */
  readonly role?: Asker['role'];
  /** The IANA name of the time zone in the person's profile. */
  readonly zone?: string;
}

/** Port: what Slack says about channels and people. Undefined where it gives no usable answer. */
export interface SlackLookups {
  /** `hidden`: a private conversation without the bot, of which Slack tells nothing more. */
  channel(teamId: string, channelId: string): Promise<ChannelFacts | 'hidden' | undefined>;
  person(teamId: string, userId: string): Promise<PersonFacts | undefined>;
  /** The ids of a channel's members; undefined also when there are more than `atMost`. */
  members(channelId: string, atMost: number): Promise<readonly string[] | undefined>;
  /** The ids of those in a user group; absent where groups are of no concern. */
  groupMembers?(teamId: string, groupId: string): Promise<readonly string[] | undefined>;
}

export interface Readers {
  readonly teamId: string;
  readonly channelId: string;
  /** Who asked, or pressed. */
  readonly userId: string;
  /** `asker`: the answer is ephemeral; `channel`: all members will read it. */
  readonly seenBy: 'asker' | 'channel';
  /** The event itself says that other workspaces read the channel. */
  readonly isExternalChannel?: boolean;
}

export interface Audience {
  readonly ceiling: Tlp;
  readonly kind: Place['kind'];
  /** True: the bot is known to be no member of the channel. */
  readonly isWithoutBot?: true;
}

export interface Audiences {
  of(readers: Readers, lookups: SlackLookups): Promise<Audience>;
  /** What Slack says of one who asks, as far as it tells. Their being here is for the caller to say. */
  askerOf(teamId: string, userId: string, lookups: SlackLookups): Promise<Asker>;
  /** True when the channel's members are known and the person is one of them. */
  isMember(channelId: string, userId: string, lookups: SlackLookups): Promise<boolean>;
  /** True when a person who was a member is known to be none by now: whom the list as remembered leaves out is asked for anew. */
  hasLeft(channelId: string, userId: string, lookups: SlackLookups): Promise<boolean>;
  /** True for someone of another workspace or organisation; undefined where Slack does not tell. */
  isForeign(teamId: string, userId: string, lookups: SlackLookups): Promise<boolean | undefined>;
  /** A person's name, where Slack tells it. */
  nameOf(teamId: string, userId: string, lookups: SlackLookups): Promise<string | undefined>;
  /** Forgets a channel whose readers changed, so that the next answer asks Slack again. */
  forget(channelId: string): void;
}

/** What a channel of members only may see; an administrator's setting takes its place where there is one. */
export const memberCeiling: Tlp = 'green';
/** A channel with more members than this is not checked for guests and counts as having some. */
export const maxMembersChecked = 60;

/** Of a channel with more members Slack would have to be asked several times who they are; who is one is then not known. */
const maxMembersRead = 999;

/**
 * Decides what may be shown. GREEN when every reader is known to be a full member of the workspace: the asker
 * alone for an ephemeral answer, every member of the channel for one that all can read, and in both cases the
 * channel is shared with nobody. CLEAR in every other case, a look-up that failed included.
 */
export function createAudiences(clock: Clock): Audiences {
  const options = { clock, maxEntries: 5_000, lifeMs: 5 * 60_000, unknownLifeMs: 15_000 };
  const channels = createRecall<ChannelFacts | 'hidden'>(options);
  const people = createRecall<PersonFacts>(options);
  const members = createRecall<readonly string[]>(options);
  const manyMembers = createRecall<readonly string[]>({ ...options, maxEntries: 500 });
  const groups = createRecall<readonly string[]>(options);

  function personOf(teamId: string, userId: string, lookups: SlackLookups): Promise<PersonFacts | undefined> {
    return people.get(`${teamId}/${userId}`, () => lookups.person(teamId, userId));
  }

  async function isFullMember(teamId: string, userId: string, lookups: SlackLookups): Promise<boolean> {
    const person = await personOf(teamId, userId, lookups);
    return person !== undefined && !person.isOutsider;
  }

  /** Groups are asked for only where a rule names one. */
  function groupsOf(teamId: string, userId: string, lookups: SlackLookups): Pick<Asker, 'isInGroup'> {
    if (lookups.groupMembers === undefined) return {};
    const ask = lookups.groupMembers.bind(lookups);
    const isInGroup = async (groupId: string): Promise<boolean | undefined> => {
      const ids = await groups.get(`${teamId}/${groupId}`, () => ask(teamId, groupId));
      return ids?.includes(userId);
    };
    return { isInGroup };
  }

  function membersOf(channelId: string, lookups: SlackLookups): Promise<readonly string[] | undefined> {
    return members.get(channelId, () => lookups.members(channelId, maxMembersChecked));
  }

  /** Undefined where Slack does not tell. */
  async function isIn(
    channelId: string,
    userId: string,
    lookups: SlackLookups,
  ): Promise<boolean | undefined> {
    const few = await membersOf(channelId, lookups);
    const ids = few ?? (await manyMembers.get(channelId, () => lookups.members(channelId, maxMembersRead)));
    return ids?.includes(userId);
  }

  function forgetMembers(channelId: string): void {
    members.forget(channelId);
    manyMembers.forget(channelId);
  }

  /** Everyone who will read the answer, the asker first; undefined when that cannot be known. */
  async function readerIds(
    readers: Readers,
    kind: Place['kind'],
    lookups: SlackLookups,
  ): Promise<readonly string[] | undefined> {
    const { channelId, userId, seenBy } = readers;
    if (seenBy === 'asker' || kind === 'direct') return [userId];
    const ids = await membersOf(channelId, lookups);
    return ids === undefined ? undefined : [userId, ...ids.filter((id) => id !== userId)];
  }

  return {
    of: async (readers, lookups) => {
      const { teamId, channelId } = readers;
      const asked = await channels.get(channelId, () => lookups.channel(teamId, channelId));
      const channel = asked === 'hidden' ? undefined : asked;
      const kind = channel?.kind ?? kindOfId(channelId);
      const isWithoutBot = asked === 'hidden' || channel?.isWithoutBot === true;
      const found = { kind, ...(isWithoutBot && kind !== 'direct' ? { isWithoutBot } : {}) };
      if (readers.isExternalChannel || channel === undefined || channel.isShared) {
        return { ceiling: 'clear', ...found };
      }
      const ids = await readerIds(readers, kind, lookups);
      const isInside = ids !== undefined && (await every(ids, (id) => isFullMember(teamId, id, lookups)));
      return { ceiling: isInside ? memberCeiling : 'clear', ...found };
    },
    askerOf: async (teamId, userId, lookups) => {
      const person = await personOf(teamId, userId, lookups);
      return {
        ...(person?.role === undefined ? {} : { role: person.role }),
        ...(person?.zone === undefined ? {} : { zone: person.zone }),
        ...groupsOf(teamId, userId, lookups),
        isMemberOf: async (placeId) => {
          const channelId = channelIn(placeId, teamId);
          return channelId === undefined ? undefined : isIn(channelId, userId, lookups);
        },
      };
    },
    isMember: async (channelId, userId, lookups) => (await isIn(channelId, userId, lookups)) === true,
    hasLeft: async (channelId, userId, lookups) => {
      if ((await isIn(channelId, userId, lookups)) !== false) return false;
      forgetMembers(channelId);
      return (await isIn(channelId, userId, lookups)) === false;
    },
    isForeign: async (teamId, userId, lookups) => {
      const person = await personOf(teamId, userId, lookups);
      return person === undefined ? undefined : person.isForeign === true;
    },
    nameOf: async (teamId, userId, lookups) => (await personOf(teamId, userId, lookups))?.name,
    forget: (channelId) => {
      channels.forget(channelId);
      forgetMembers(channelId);
    },
  };
}

/** Eight at a time, and the first alone: when the asker fails, nobody else is looked up. */
async function every(ids: readonly string[], test: (id: string) => Promise<boolean>): Promise<boolean> {
  const width = 8;
  for (let from = 0; from < ids.length; from += from === 0 ? 1 : width) {
    const batch = ids.slice(from, from === 0 ? 1 : from + width);
    if ((await Promise.all(batch.map(test))).includes(false)) return false;
  }
  return true;
}

/** The channel of a place of a workspace, as `toPlace` or an operator names it; undefined for a place of another one. */
function channelIn(placeId: string, teamId: string): string | undefined {
  const [first = '', second] = placeId.split('/');
  if (second === undefined) return first;
  return first === teamId ? second : undefined;
}

/** Slack's ids begin with what they name; all that is left when the channel cannot be looked up. */
function kindOfId(channelId: string): Place['kind'] {
  if (channelId.startsWith('D')) return 'direct';
  return channelId.startsWith('G') ? 'group' : 'channel';
}
