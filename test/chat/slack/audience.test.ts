import { describe, expect, it } from 'vitest';
import type { ChannelFacts, PersonFacts, Readers, SlackLookups } from '../../../src/chat/slack/audience.ts';
import { createAudiences, maxMembersChecked } from '../../../src/chat/slack/audience.ts';
import { toChannelFacts, toPersonFacts } from '../../../src/chat/slack/lookups.ts';

const inside: PersonFacts = { isOutsider: false };
const guest: PersonFacts = { isOutsider: true };

function world(changes: {
  channel?: ChannelFacts | undefined | 'hidden' | 'fails';
  people?: Readonly<Record<string, PersonFacts | undefined>>;
  members?: readonly string[] | undefined;
}) {
  const calls: string[] = [];
  const lookups: SlackLookups = {
    channel: async (_team, id) => {
      calls.push(`channel ${id}`);
      if (changes.channel === 'fails') throw new Error('outage');
      return 'channel' in changes ? changes.channel : { kind: 'channel', isShared: false };
    },
    person: async (_team, id) => {
      calls.push(`person ${id}`);
      return changes.people && id in changes.people ? changes.people[id] : inside;
    },
    members: async (id, atMost) => {
      calls.push(`members ${id}`);
      const members = 'members' in changes ? changes.members : ['U1', 'U2', 'UBOT'];
      return members && members.length > atMost ? undefined : members;
    },
  };
  let nowMs = 0;
  const audiences = createAudiences({ now: () => new Date(nowMs) });
  const of = (readers: Partial<Readers> = {}) =>
    audiences.of({ teamId: 'T1', channelId: 'C1', userId: 'U1', seenBy: 'asker', ...readers }, lookups);
  return { of, calls, audiences, lookups, advance: (ms: number) => (nowMs += ms) };
}

describe('createAudiences', () => {
  it('shows GREEN to a member in a channel of their workspace, without asking for the other members', async () => {
    const { of, calls } = world({});

    expect(await of()).toEqual({ ceiling: 'green', kind: 'channel' });
    expect(calls).toEqual(['channel C1', 'person U1']);
  });

  it.each<[string, Parameters<typeof world>[0], Partial<Readers>]>([
    ['a guest asks', { people: { U1: guest } }, {}],
    ['nothing is known of the person', { people: { U1: undefined } }, {}],
    ['the channel is shared', { channel: { kind: 'channel', isShared: true } }, {}],
    ['nothing is known of the channel', { channel: undefined }, {}],
    ['the look-up breaks', { channel: 'fails' }, {}],
    ['the event says so', {}, { isExternalChannel: true }],
    ['a guest reads the channel', { people: { U2: guest } }, { seenBy: 'channel' }],
    ['nothing is known of one reader', { people: { U2: undefined } }, { seenBy: 'channel' }],
    ['the members cannot be listed', { members: undefined }, { seenBy: 'channel' }],
    [
      'there are more members than are looked at',
      { members: Array.from({ length: maxMembersChecked + 1 }, (_, index) => `U${index}`) },
      { seenBy: 'channel' },
    ],
  ])('shows CLEAR when %s', async (_when, changes, readers) => {
    expect((await world(changes).of(readers)).ceiling).toBe('clear');
  });

  it('tells who is in a channel that is too large to look at everybody, and who is in another one', async () => {
    const members = Array.from({ length: maxMembersChecked + 1 }, (_, index) => `U${index}`);
    const { audiences, lookups } = world({ members });
    const asker = await audiences.askerOf('T1', 'U1', lookups);
    const stranger = await audiences.askerOf('T1', 'UGONE', lookups);

    expect(await audiences.isMember('C1', 'U1', lookups)).toBe(true);
    expect(await audiences.hasLeft('C1', 'U1', lookups)).toBe(false);
    expect(await audiences.hasLeft('C1', 'UGONE', lookups)).toBe(true);
    expect(await asker.isMemberOf?.('T1/C1')).toBe(true);
    expect(await asker.isMemberOf?.('C1')).toBe(true);
    expect(await stranger.isMemberOf?.('T1/C1')).toBe(false);
    expect(await asker.isMemberOf?.('T2/C1')).toBeUndefined();
  });

  it('does not tell who is in a channel that Slack does not tell of, and turns nobody away as having left', async () => {
    const { audiences, lookups } = world({ members: undefined });

    expect(await (await audiences.askerOf('T1', 'U1', lookups)).isMemberOf?.('T1/C1')).toBeUndefined();
    expect(await audiences.isMember('C1', 'U1', lookups)).toBe(false);
    expect(await audiences.hasLeft('C1', 'U1', lookups)).toBe(false);
  });

  it('shows GREEN to a whole channel when every reader is a member', async () => {
    const members = Array.from({ length: maxMembersChecked }, (_, index) => `U${index + 1}`);
    const { of, calls } = world({ members });

    expect((await of({ seenBy: 'channel' })).ceiling).toBe('green');
    expect(calls.filter((call) => call.startsWith('person'))).toHaveLength(maxMembersChecked);
  });

  it('looks at nobody else once the asker is a guest', async () => {
    const { of, calls } = world({ people: { U1: guest } });
    await of({ seenBy: 'channel' });

    expect(calls).not.toContain('person U2');
  });

  it('does not ask for the members of a direct conversation', async () => {
    const { of, calls } = world({ channel: { kind: 'direct', isShared: false } });

    expect(await of({ channelId: 'D1', seenBy: 'channel' })).toEqual({ ceiling: 'green', kind: 'direct' });
    expect(calls).not.toContain('members D1');
  });

  it('remembers for minutes, and asks again afterwards', async () => {
    const { of, calls, advance } = world({});
    await Promise.all([of(), of()]);
    advance(4 * 60_000);
    await of();
    expect(calls).toHaveLength(2);

    advance(2 * 60_000);
    await of();

    expect(calls).toHaveLength(4);
  });

  it('asks again soon after a failure', async () => {
    const { of, calls, advance } = world({ channel: 'fails' });
    await of();
    await of();
    expect(calls).toEqual(['channel C1']);

    advance(16_000);
    await of();

    expect(calls).toHaveLength(2);
  });

  it('tells of channels without the bot, private ones too, and of direct conversations never', async () => {
    const without = { kind: 'channel', isShared: false, isWithoutBot: true } as const;

    expect(await world({ channel: without }).of()).toEqual({
      ceiling: 'green',
      kind: 'channel',
      isWithoutBot: true,
    });
    expect(await world({ channel: 'hidden' }).of()).toEqual({
      ceiling: 'clear',
      kind: 'channel',
      isWithoutBot: true,
    });
    expect(await world({ channel: 'hidden' }).of({ channelId: 'D1' })).toEqual({
      ceiling: 'clear',
      kind: 'direct',
    });
  });

  it('asks again when the readers of a channel changed', async () => {
    const { of, calls, audiences } = world({});
    await of({ seenBy: 'channel' });
    audiences.forget('C1');
    await of({ seenBy: 'channel' });

    expect(calls.filter((call) => call.endsWith('C1'))).toEqual([
      'channel C1',
      'members C1',
      'channel C1',
      'members C1',
    ]);
  });

  it.each([
    ['D1', 'direct'],
    ['G1', 'group'],
    ['C1', 'channel'],
  ])('reads the kind of %s off its id when Slack does not tell', async (channelId, kind) => {
    expect(await world({ channel: undefined }).of({ channelId })).toEqual({ ceiling: 'clear', kind });
  });
});

describe('toChannelFacts', () => {
  const own = { id: 'C1', is_channel: true, is_shared: false, is_ext_shared: false, is_org_shared: false };

  it.each([
    [own, { kind: 'channel', isShared: false }],
    [
      { ...own, is_channel: false, is_group: true },
      { kind: 'channel', isShared: false },
    ],
    [
      { id: 'C1', is_im: true },
      { kind: 'direct', isShared: false },
    ],
    [
      { ...own, is_mpim: true },
      { kind: 'group', isShared: false },
    ],
    [
      { ...own, is_shared: true },
      { kind: 'channel', isShared: true },
    ],
    [
      { ...own, is_ext_shared: true },
      { kind: 'channel', isShared: true },
    ],
    [
      { ...own, is_pending_ext_shared: true },
      { kind: 'channel', isShared: true },
    ],
    [
      { ...own, is_org_shared: true },
      { kind: 'channel', isShared: true },
    ],
    [
      { ...own, connected_team_ids: ['T9'] },
      { kind: 'channel', isShared: true },
    ],
    [
      { ...own, connected_team_ids: ['T1'], shared_team_ids: ['T1'] },
      { kind: 'channel', isShared: false },
    ],
    [
      { ...own, shared_team_ids: ['T1', 'T9'] },
      { kind: 'channel', isShared: true },
    ],
    [
      { ...own, pending_shared: ['T9'] },
      { kind: 'channel', isShared: true },
    ],
    [
      { ...own, is_member: false },
      { kind: 'channel', isShared: false, isWithoutBot: true },
    ],
    [
      { ...own, is_member: true },
      { kind: 'channel', isShared: false },
    ],
    [
      { id: 'C1', is_im: true, is_member: false },
      { kind: 'direct', isShared: false },
    ],
    [{ ...own, id: 'C2' }, undefined],
    [{ id: 'C1' }, undefined],
    [{ ...own, is_ext_shared: 'no' }, undefined],
    [undefined, undefined],
  ])('reads %j', (channel, expected) => {
    expect(toChannelFacts(channel, 'T1', 'C1')).toEqual(expected);
  });
});

describe('toPersonFacts', () => {
  const own = { id: 'U1', team_id: 'T1' };

  it.each([
    [own, { isOutsider: false, role: 'member' }],
    [
      { ...own, tz: 'Europe/Berlin' },
      { isOutsider: false, role: 'member', zone: 'Europe/Berlin' },
    ],
    [
      { ...own, is_admin: true },
      { isOutsider: false, role: 'admin' },
    ],
    [
      { ...own, is_owner: true },
      { isOutsider: false, role: 'admin' },
    ],
    [
      { ...own, is_admin: true, team_id: 'T2' },
      { isOutsider: true, isForeign: true, role: 'guest' },
    ],
    [
      { ...own, is_restricted: true },
      { isOutsider: true, role: 'guest' },
    ],
    [
      { ...own, is_ultra_restricted: true },
      { isOutsider: true, role: 'guest' },
    ],
    [
      { ...own, is_stranger: true },
      { isOutsider: true, role: 'guest' },
    ],
    [{ ...own, deleted: true, is_admin: true }, { isOutsider: true }],
    [
      { ...own, team_id: 'T2' },
      { isOutsider: true, isForeign: true, role: 'guest' },
    ],
    [
      { ...own, name: 'ann', profile: { display_name: 'Ann' } },
      { isOutsider: false, role: 'member', name: 'Ann' },
    ],
    [
      { ...own, name: 'ann', real_name: 'Ann Test', profile: { display_name: '' } },
      { isOutsider: false, role: 'member', name: 'Ann Test' },
    ],
    [{ ...own, id: 'U2' }, undefined],
    [undefined, undefined],
  ])('reads %j', (user, expected) => {
    expect(toPersonFacts(user, 'T1', 'U1')).toEqual(expected);
  });

  const everywhere = { enterprise_id: 'E1', teams: ['T1', 'T2'] };
  const asMember = { isOutsider: false, role: 'member' };
  const foreign = { isOutsider: true, isForeign: true, role: 'guest' };

  it.each([
    ['of several workspaces, this one among them', { team_id: 'T2', enterprise_user: everywhere }, asMember],
    ['who administers another one', { team_id: 'T2', is_admin: true, enterprise_user: everywhere }, asMember],
    [
      'who administers them all',
      { team_id: 'T2', enterprise_user: { ...everywhere, is_owner: true } },
      { ...asMember, role: 'admin' },
    ],
    ['of others only', { team_id: 'T2', enterprise_user: { ...everywhere, teams: ['T2'] } }, foreign],
    ['of another organisation', { enterprise_user: { ...everywhere, enterprise_id: 'E2' } }, foreign],
    ['of no organisation', {}, foreign],
    ['of nothing known', { enterprise_user: { teams: null } }, foreign],
  ])('places someone %s, where the app is installed for an organisation', (_who, more, expected) => {
    expect(toPersonFacts({ ...own, ...more }, 'T1', 'U1', 'E1')).toEqual(expected);
  });

  it('knows those of several workspaces also where one workspace alone installed the app', () => {
    const user = { ...own, team_id: 'T2', enterprise_user: everywhere };

    expect(toPersonFacts(user, 'T1', 'U1')).toEqual(asMember);
    expect(toPersonFacts(user, 'T3', 'U1')).toEqual(foreign);
  });
});

describe('who is in a user group', () => {
  it('is asked of Slack where a rule names one, remembered, and unknown while Slack does not tell', async () => {
    const asked: string[] = [];
    let answer: readonly string[] | undefined = ['U1', 'U2'];
    let nowMs = 0;
    const audiences = createAudiences({ now: () => new Date(nowMs) });
    const lookups: SlackLookups = {
      channel: async () => undefined,
      person: async () => inside,
      members: async () => undefined,
      groupMembers: async (team, group) => {
        asked.push(`${team} ${group}`);
        return answer;
      },
    };
    const askerOf = (user: string) => audiences.askerOf('T1', user, lookups);

    const [one, other] = [await askerOf('U1'), await askerOf('U3')];
    expect(asked).toEqual([]);
    expect(await one.isInGroup?.('S1')).toBe(true);
    expect(await other.isInGroup?.('S1')).toBe(false);
    expect(asked).toEqual(['T1 S1']);
    answer = undefined;
    expect(await one.isInGroup?.('S2')).toBeUndefined();
    nowMs += 6 * 60_000;
    expect(await one.isInGroup?.('S1')).toBeUndefined();
    answer = ['U3'];
    nowMs += 16_000;
    expect(await one.isInGroup?.('S1')).toBe(false);
  });
});
