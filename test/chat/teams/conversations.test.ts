import { beforeEach, describe, expect, it } from 'vitest';
import { newsOf } from '../../../src/chat/teams/conversation-news.ts';
import {
  type ConversationStore,
  type Conversations,
  createConversations,
  createMemoryConversations,
} from '../../../src/chat/teams/conversations.ts';
import type { Destination } from '../../../src/domain/subscription.ts';
import { EncryptionKeyError } from '../../../src/support/encrypt.ts';
import { silentLog } from '../../../src/support/log.ts';

const tenantId = 'tenant-1';
const bot = { id: '28:bot' };
const room = '19:room@thread.tacv2';
const destination = (id: string, kind: Destination['kind']): Destination => ({
  platform: 'teams',
  workspace: `teams:${tenantId}`,
  id,
  kind,
});
const roomPlace = destination(room, 'channel');
const alice = destination('29:alice', 'direct');

function activity(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: '29:alice' },
    recipient: bot,
    conversation: { id: `${room};messageid=17`, conversationType: 'channel', tenantId },
    channelData: { tenant: { id: tenantId }, team: { id: '19:team' }, channel: { id: room, name: 'SOC' } },
    ...changes,
  };
}
const personal = { id: 'a:alice', conversationType: 'personal', tenantId };
const event = (eventType: string, channelData: object = {}): Record<string, unknown> =>
  activity({
    type: 'conversationUpdate',
    channelData: { eventType, tenant: { id: tenantId }, team: { id: '19:team' }, ...channelData },
  });

let nowMs: number;
let store: ConversationStore;
let writes: number;
let conversations: Conversations;

beforeEach(() => {
  nowMs = Date.parse('2026-11-22T12:00:00Z');
  writes = 0;
  const memory = createMemoryConversations();
  store = {
    ...memory,
    rememberConversation: async (conversation) => {
      writes += 1;
      await memory.rememberConversation(conversation);
    },
  };
  conversations = createConversations({ store, clock: { now: () => new Date(nowMs) }, log: silentLog });
});

const goneReason = async (place = roomPlace): Promise<string | null | undefined> =>
  (await conversations.find(place))?.goneReason;

describe('conversations of Teams', () => {
  it('come back when somebody writes, where what is stored is sealed under a key that was lost', async () => {
    const lost = new Set([JSON.stringify(roomPlace), JSON.stringify(alice)]);
    const memory = createMemoryConversations();
    store = {
      ...memory,
      conversation: async (place) => {
        if (lost.has(JSON.stringify(place))) throw new EncryptionKeyError('sealed under another key');
        return memory.conversation(place);
      },
      rememberConversation: async (one) => {
        lost.delete(JSON.stringify(one.destination));
        await memory.rememberConversation(one);
      },
    };
    conversations = createConversations({ store, clock: { now: () => new Date(nowMs) }, log: silentLog });
    await conversations.note(activity());

    expect((await conversations.find(roomPlace))?.reference.conversationId).toBe(room);
    // The chat of one who was only met in a channel may be known under the lost key.
    await expect(conversations.find(alice)).rejects.toThrow(EncryptionKeyError);
    await conversations.note(activity({ conversation: personal }));
    expect((await conversations.find(alice))?.reference.conversationId).toBe('a:alice');
  });

  it('knows a channel, and one who wrote there, from a message', async () => {
    await conversations.note(activity());

    expect((await conversations.find(roomPlace))?.reference).toEqual({
      tenantId,
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      conversationId: room,
      channelId: room,
      teamId: '19:team',
      kind: 'channel',
      name: 'SOC',
      botId: '28:bot',
    });
    expect((await conversations.find(alice))?.reference).toMatchObject({ conversationId: null });
  });

  it('keeps the chat with a person who then writes in a channel', async () => {
    await conversations.note(activity({ conversation: personal, channelData: { tenant: { id: tenantId } } }));
    await conversations.note(activity());

    expect((await conversations.find(alice))?.reference).toMatchObject({ conversationId: 'a:alice' });
  });

  it('knows a group chat', async () => {
    const conversation = { id: '19:group@thread.v2', conversationType: 'groupChat', tenantId };
    await conversations.note(activity({ conversation, channelData: { tenant: { id: tenantId } } }));

    const found = await conversations.find(destination('19:group@thread.v2', 'group'));
    expect(found?.reference).toMatchObject({ kind: 'group', conversationId: '19:group@thread.v2' });
  });

  it('writes nothing for the next messages from the same place', async () => {
    await conversations.note(activity());
    const first = writes;
    await conversations.note(activity());
    await conversations.note(activity());
    expect(writes).toBe(first);

    nowMs += 11 * 60_000;
    await conversations.note(activity());

    expect(writes).toBeGreaterThan(first);
  });

  it('writes a new address at once', async () => {
    await conversations.note(activity());
    await conversations.note(activity({ serviceUrl: 'https://smba.trafficmanager.net/amer/' }));

    expect((await conversations.find(roomPlace))?.reference.serviceUrl).toContain('amer');
  });

  it.each<[string, Record<string, unknown>]>([
    ['the bot is removed', activity({ type: 'conversationUpdate', membersRemoved: [bot] })],
    ['the app is uninstalled', activity({ type: 'installationUpdate', action: 'remove' })],
    ['the channel is deleted', event('channelDeleted', { channel: { id: room } })],
    ['the team is deleted', event('teamDeleted')],
    ['the team is archived', event('teamArchived')],
  ])('takes a channel for gone when %s, until something comes from there again', async (_what, ended) => {
    await conversations.note(activity());
    await conversations.note(ended);
    expect(await goneReason()).toEqual(expect.stringMatching(/removed|deleted|archived/));

    await conversations.note(activity());

    expect(await goneReason()).toBeNull();
  });

  it('takes a person for gone who removed the app', async () => {
    const from = { conversation: personal, channelData: { tenant: { id: tenantId } } };
    await conversations.note(activity(from));
    await conversations.note(activity({ ...from, type: 'installationUpdate', action: 'remove' }));

    expect(await goneReason(alice)).toBe('the app was removed there');
  });

  it.each<[string, string]>([
    ['teamArchived', 'teamUnarchived'],
    ['teamDeleted', 'teamRestored'],
    ['channelDeleted', 'channelRestored'],
  ])('is back from %s after %s', async (end, back) => {
    await conversations.note(activity());
    await conversations.note(event(end, { channel: { id: room } }));
    await conversations.note(event(back, { channel: { id: room } }));

    expect(await goneReason()).toBeNull();
  });

  it('knows a new channel of a team before anyone wrote there', async () => {
    await conversations.note(event('channelCreated', { channel: { id: '19:new', name: 'New' } }));

    expect((await conversations.find(destination('19:new', 'channel')))?.reference).toMatchObject({
      conversationId: '19:new',
      channelId: '19:new',
      teamId: '19:team',
      name: 'New',
    });
  });

  it('has all channels of a team again with the app, but not one that was deleted meanwhile', async () => {
    const other = { conversation: { id: '19:other', conversationType: 'channel', tenantId } };
    const inOther = {
      channelData: { tenant: { id: tenantId }, team: { id: '19:team' }, channel: { id: '19:other' } },
    };
    await conversations.note(activity());
    await conversations.note(activity({ ...other, ...inOther }));
    await conversations.note(activity({ type: 'installationUpdate', action: 'remove' }));
    await conversations.note(event('channelDeleted', { channel: { id: '19:other' } }));
    expect(await goneReason()).toBe('the app was removed there');

    await conversations.note(
      activity({
        type: 'conversationUpdate',
        membersAdded: [bot],
        conversation: { id: '19:general', conversationType: 'channel', tenantId },
      }),
    );

    expect(await goneReason()).toBeNull();
    expect(await goneReason(destination('19:other', 'channel'))).toBe('the channel was deleted');
  });

  it('tells whose deliveries wait, and whose go on', async () => {
    const told: string[] = [];
    const withNews = createConversations({
      store,
      clock: { now: () => new Date(nowMs) },
      log: silentLog,
      refusedReasons: ['HTTP 403'],
      news: {
        gone: async ({ id }, reason) => void told.push(`gone ${id}: ${reason}`),
        back: async ({ id }, reasons) => void told.push(`back ${id}: ${reasons.join(', ')}`),
        moved: async () => void told.push('moved'),
      },
    });
    const from = { conversation: personal, channelData: { tenant: { id: tenantId } } };
    await withNews.note(activity(from));
    await withNews.note(activity({ ...from, type: 'installationUpdate', action: 'remove' }));
    await withNews.note(activity({ ...from, type: 'installationUpdate', action: 'add' }));
    await withNews.note(activity());
    await withNews.note(event('teamDeleted'));
    await withNews.note(event('teamRestored'));
    await withNews.note(event('channelDeleted', { channel: { id: room } }));
    await withNews.note(activity());

    expect(told).toEqual([
      'gone 29:alice: the app was removed there',
      'back 29:alice: the app was removed there, HTTP 403',
      `gone ${room}: the team was deleted`,
      `back ${room}: the team was deleted`,
      `gone ${room}: the channel was deleted`,
      `back ${room}: the channel was deleted`,
    ]);
  });

  it('takes the app being updated for nothing', async () => {
    await conversations.note(activity());
    await conversations.note(activity({ type: 'installationUpdate', action: 'remove-upgrade' }));

    expect(await goneReason()).toBeNull();
  });

  it('follows a new name, and a channel that is shared from now on', async () => {
    await conversations.note(activity());
    await conversations.note(event('channelRenamed', { channel: { id: room, name: 'Blue team' } }));
    await conversations.note(event('channelShared', { channel: { id: room } }));

    expect((await conversations.find(roomPlace))?.reference).toMatchObject({
      name: 'Blue team',
      channelType: 'shared',
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['another channel', event('channelDeleted', { channel: { id: '19:other' } })],
    ['another team', event('teamDeleted', { team: { id: '19:other' } })],
    ['no team', event('teamDeleted', { team: null })],
    ['another member', activity({ type: 'conversationUpdate', membersRemoved: [{ id: '29:bob' }] })],
  ])('is not moved by what happens to %s', async (_what, news) => {
    await conversations.note(activity());
    await conversations.note(news);

    expect(await goneReason()).toBeNull();
  });

  it('goes on when the database does not answer', async () => {
    const broken = createConversations({
      store: {
        ...store,
        rememberConversation: async () => {
          throw new Error('the database is gone');
        },
      },
      clock: { now: () => new Date(nowMs) },
      log: silentLog,
    });

    await expect(broken.note(activity())).resolves.toBeUndefined();
  });

  it.each([undefined, null, 'text', [], {}, activity({ conversation: null }), activity({ recipient: 7 })])(
    'reads nothing out of what is no activity (%#)',
    (raw) => {
      expect(newsOf(raw)).toEqual({ seen: [], ended: [], restored: [], changed: [] });
    },
  );

  it('does not believe a record of another form', async () => {
    await store.rememberConversation({
      destination: roomPlace,
      reference: { serviceUrl: 7 },
      seenAt: nowMs,
      goneReason: null,
    });

    expect(await conversations.find(roomPlace)).toBeUndefined();
  });
});
