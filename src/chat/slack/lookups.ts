import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Log } from '../../support/log.ts';
import type { ChannelFacts, PersonFacts, SlackLookups } from './audience.ts';
import { describeError } from './bolt-log.ts';

const flag = z.boolean().nullish();

const channelSchema = z.object({
  id: z.string(),
  is_im: flag,
  is_mpim: flag,
  is_channel: flag,
  is_group: flag,
  is_private: flag,
  is_member: flag,
  is_shared: flag,
  is_ext_shared: flag,
  is_pending_ext_shared: flag,
  is_org_shared: flag,
  connected_team_ids: z.array(z.string()).nullish(),
  shared_team_ids: z.array(z.string()).nullish(),
  pending_shared: z.array(z.unknown()).nullish(),
});

const personSchema = z.object({
  id: z.string(),
  team_id: z.string().nullish(),
  deleted: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_stranger: flag,
  is_admin: flag,
  is_owner: flag,
  is_primary_owner: flag,
  tz: z.string().nullish(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  profile: z.object({ display_name: z.string().nullish() }).nullish(),
  enterprise_user: z
    .object({
      enterprise_id: z.string().nullish(),
      teams: z.array(z.string()).nullish(),
      is_admin: flag,
      is_owner: flag,
    })
    .nullish(),
});

/**
 * Reads `conversations.info`'s channel. Undefined when it is not the channel asked for, or of no kind that Slack
 * documents. A flag that Slack leaves out is false: it leaves several out of direct conversations.
 */
export function toChannelFacts(
  channel: unknown,
  teamId: string,
  channelId: string,
): ChannelFacts | undefined {
  const result = channelSchema.safeParse(channel);
  if (!result.success || result.data.id !== channelId) return undefined;
  const facts = result.data;
  const kind = facts.is_im ? 'direct' : facts.is_mpim ? 'group' : isChannel(facts) ? 'channel' : undefined;
  if (kind === undefined) return undefined;
  const isElsewhere = (id: string): boolean => id !== teamId;
  const isShared =
    [facts.is_shared, facts.is_ext_shared, facts.is_pending_ext_shared, facts.is_org_shared].includes(true) ||
    (facts.connected_team_ids ?? []).some(isElsewhere) ||
    (facts.shared_team_ids ?? []).some(isElsewhere) ||
    (facts.pending_shared ?? []).length > 0;
  // Slack leaves the flag out of group conversations now and then; only a plain no is one.
  return {
    kind,
    isShared,
    ...(kind === 'channel' && facts.is_member === false ? { isWithoutBot: true } : {}),
  };
}

function isChannel(facts: z.infer<typeof channelSchema>): boolean {
  return [facts.is_channel, facts.is_group, facts.is_private].includes(true);
}

/**
 * Reads `users.info`'s user. Undefined when it is not the person asked for. Guests of both kinds, strangers,
 * people of another team and deactivated accounts are outsiders. Within an organisation one can be of several workspaces,
 * and administers the one that Slack names first, or all of them.
 *
 * @param organisationId set where the app is installed for it: then only its own people are inside
 */
export function toPersonFacts(
  user: unknown,
  teamId: string,
  userId: string,
  organisationId?: string,
): PersonFacts | undefined {
  const result = personSchema.safeParse(user);
  if (!result.success || result.data.id !== userId) return undefined;
  const facts = result.data;
  const everywhere = facts.enterprise_user;
  const isOfFirstTeam = !facts.team_id || facts.team_id === teamId;
  const isOfTeam = isOfFirstTeam || everywhere?.teams?.includes(teamId) === true;
  const isOfOrganisation = organisationId === undefined || everywhere?.enterprise_id === organisationId;
  const isForeign = !isOfTeam || !isOfOrganisation;
  const isGuest =
    isForeign || [facts.is_restricted, facts.is_ultra_restricted, facts.is_stranger].includes(true);
  const isAdmin =
    (isOfFirstTeam && [facts.is_admin, facts.is_owner, facts.is_primary_owner].includes(true)) ||
    [everywhere?.is_admin, everywhere?.is_owner].includes(true);
  const name = facts.profile?.display_name || facts.real_name || facts.name;
  return {
    isOutsider: isGuest || facts.deleted === true,
    ...(isForeign ? { isForeign } : {}),
    ...(facts.deleted === true ? {} : { role: isGuest ? 'guest' : isAdmin ? 'admin' : 'member' }),
    ...(facts.tz ? { zone: facts.tz } : {}),
    ...(name ? { name } : {}),
  };
}

/**
 * Looks channels and people up in Slack's Web API. Anything but a usable answer (an error, a missing scope, a
 * rate limit, a timeout) is logged and is undefined, which the audience takes as "external".
 */
export function createSlackLookups(client: WebClient, log: Log, organisationId?: string): SlackLookups {
  async function ask<Result>(method: string, call: Promise<Result>): Promise<Result | undefined> {
    try {
      return await call;
    } catch (error) {
      log.warn(
        { method, error: describeError(error) },
        'Slack look-up failed; the audience counts as external',
      );
      return undefined;
    }
  }
  return {
    channel: async (teamId, channelId) => {
      const asked = client.conversations.info({ channel: channelId });
      const result = await ask('conversations.info', asked.catch(hiddenOrThrow));
      return result === 'hidden' ? result : toChannelFacts(result?.channel, teamId, channelId);
    },
    person: async (teamId, userId) => {
      const result = await ask('users.info', client.users.info({ user: userId }));
      return toPersonFacts(result?.user, teamId, userId, organisationId);
    },
    members: async (channelId, atMost) => {
      const request = { channel: channelId, limit: atMost + 1 };
      const result = await ask('conversations.members', client.conversations.members(request));
      const ids = result?.members;
      const isWhole = ids !== undefined && ids.length <= atMost && !result?.response_metadata?.next_cursor;
      return isWhole ? ids : undefined;
    },
    groupMembers: async (teamId, groupId) => {
      // The team is needed where the app is installed for an organisation, and does no harm elsewhere.
      const request = { usergroup: groupId, team_id: teamId };
      const result = await ask('usergroups.users.list', client.usergroups.users.list(request));
      return result?.users;
    },
  };
}

/** Slack's word for a private conversation in which the bot is not. */
function hiddenOrThrow(error: unknown): 'hidden' {
  if (error instanceof WebAPIPlatformError && error.data.error === 'channel_not_found') return 'hidden';
  throw error;
}
