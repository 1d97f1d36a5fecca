import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlaceNews } from '../../src/chat/place-news.ts';
import { createMemorySeenEvents, type SeenEvents } from '../../src/chat/seen-events.ts';
import type { SlackPlatform } from '../../src/chat/slack/index.ts';
import { createSlackPlatform } from '../../src/chat/slack/index.ts';
import type { Surfaces } from '../../src/chat/surfaces-types.ts';
import { silentLog } from '../../src/support/log.ts';
import { sampleCard } from '../helpers/sample-card.ts';
import type { FakeChat } from '../helpers/slack-chat.ts';
import { createFakeChat } from '../helpers/slack-chat.ts';
import type { SentToSlack, SlackNetwork } from '../helpers/slack-network.ts';
import { apiError, botToken, createSlackNetwork } from '../helpers/slack-network.ts';
import type { Who } from '../helpers/slack-request.ts';
import {
  clickBody,
  directBody,
  eventBody,
  jsonRequest,
  mentionBody,
  payloadRequest,
  signingSecret,
  testNow,
} from '../helpers/slack-request.ts';

const questionTs = '1795348800.000100';

let network: SlackNetwork;
let platform: SlackPlatform;
let chat: FakeChat;
let nowMs: number;
let told: unknown[];
let linked: { path: string; ceiling: string }[];

beforeAll(async () => {
  network = await createSlackNetwork();
  await network.joinBot();
});
afterAll(() => network.close());

beforeEach(() => {
  network.reset();
  chat = createFakeChat();
  nowMs = testNow.getTime();
  told = [];
  linked = [];
  for (const name of ['setStatus', 'setTitle', 'setSuggestedPrompts']) {
    network.stubs.set(`assistant.threads.${name}`, () => Response.json({ ok: true }));
  }
  network.stubs.set('chat.unfurl', () => Response.json({ ok: true }));
  platform = createPlatform();
});
afterEach(() => network.expectSoundMessages());

function createPlatform(seen?: SeenEvents): SlackPlatform {
  const settings = {
    mode: 'http',
    botToken,
    signingSecret,
    apiUrl: network.apiUrl,
    publicUrl: 'https://tb.example.org/intel',
  } as const;
  const note =
    (kind: string) =>
    async (...facts: readonly unknown[]): Promise<void> =>
      void told.push([kind, ...facts]);
  const news: PlaceNews = { gone: note('gone'), back: note('back'), moved: note('moved') };
  return createSlackPlatform(settings, {
    chat,
    clock: { now: () => new Date(nowMs) },
    log: silentLog,
    fetch: network.fetch,
    pause: () => Promise.resolve(),
    news,
    surfaces,
    ...(seen === undefined ? {} : { seen }),
  });
}

const notAsked = (): Promise<never> => Promise.reject(new Error('nobody asks this here'));
const surfaces: Surfaces = {
  openForm: notAsked,
  refreshForm: notAsked,
  submitForm: notAsked,
  options: notAsked,
  find: notAsked,
  briefText: notAsked,
  home: notAsked,
  linked: async ({ path, place }) => {
    linked.push({ path, ceiling: place.ceiling });
    if (path.includes('fail')) throw new Error('broken');
    return path.includes('nobody') ? undefined : { ...sampleCard, marking: 'clear', sources: [] };
  },
};

const ann = (): Who => ({ team: network.team, channel: network.channel, user: network.users.ann });
const annDirect = (): Who => ({ ...ann(), channel: network.direct });

/** Sends a request and waits for whatever it sets off. */
async function send(body: unknown): Promise<void> {
  const response = await platform.fetch(jsonRequest(body, { timestampSeconds: Math.floor(nowMs / 1_000) }));
  expect(response.status).toBe(200);
  await platform.stop();
}

const calls = (method: string): readonly SentToSlack[] => network.sent.filter((one) => one.method === method);
const methods = (): readonly string[] => network.messages().map(({ method }) => method);

function changedBody(who: Who, changes: object, message: object, previous: object): object {
  const { user } = who;
  const written = { type: 'message', user, ts: questionTs, edited: { user, ts: '1795348860.000000' } };
  return eventBody(who, {
    type: 'message',
    subtype: 'message_changed',
    channel_type: 'im',
    user: undefined,
    ts: '1795348860.000200',
    hidden: true,
    message: { ...written, ...message },
    previous_message: { ...written, edited: undefined, ...previous },
    ...changes,
  });
}

function deletedBody(who: Who, previous: object, changes: object = {}): object {
  return eventBody(who, {
    type: 'message',
    subtype: 'message_deleted',
    channel_type: 'im',
    user: undefined,
    ts: '1795348870.000200',
    hidden: true,
    deleted_ts: questionTs,
    previous_message: { type: 'message', user: who.user, ts: questionTs, ...previous },
    ...changes,
  });
}

const editedMention = (text: string, extra: object = {}): object =>
  mentionBody(ann(), text, { edited: { user: network.users.ann, ts: '1795348860.000000' }, ...extra });

describe('an event', () => {
  it('that reaches two replicas is answered once', async () => {
    const seen = createMemorySeenEvents();
    const replicas = [createPlatform(seen), createPlatform(seen)];
    const body = mentionBody(ann(), 'APT39');
    await Promise.all(replicas.map((replica) => replica.fetch(jsonRequest(body))));
    await Promise.all(replicas.map((replica) => replica.stop()));

    expect(chat.asked).toHaveLength(1);
    expect(methods()).toEqual(['chat.postMessage']);
  });
});

describe('an edited question', () => {
  it('in a channel gets its answer in the place of the first', async () => {
    await send(mentionBody(ann(), 'APT38'));
    const posted = calls('chat.postMessage')[0];
    await send(editedMention('APT39'));

    expect(chat.asked.map(({ text }) => text)).toEqual(['APT38', 'APT39']);
    expect(methods()).toEqual(['chat.postMessage', 'chat.update']);
    expect(calls('chat.update')[0]?.body).toMatchObject({ channel: network.channel });
    expect(posted?.body).toMatchObject({
      metadata: { event_type: 'threatbrief_answer', event_payload: { question: questionTs } },
    });
    const thread = await network.asPerson('conversations.history', { channel: network.channel });
    expect(JSON.stringify(thread)).not.toContain('error');
  });

  it('in a direct message gets its answer in the place of the first', async () => {
    await send(directBody(annDirect(), 'APT38'));
    await send(changedBody(annDirect(), {}, { text: 'APT39' }, { text: 'APT38' }));

    expect(chat.asked.map(({ text }) => text)).toEqual(['APT38', 'APT39']);
    expect(methods()).toEqual(['chat.postMessage', 'chat.update']);
  });

  it('is answered twice in one message when it is edited while the first answer is made', async () => {
    const [first, second] = [
      directBody(annDirect(), 'APT38'),
      changedBody(annDirect(), {}, { text: 'b' }, { text: 'a' }),
    ];
    await Promise.all([platform.fetch(jsonRequest(first)), platform.fetch(jsonRequest(second))]);
    await platform.stop();

    expect(methods()).toEqual(['chat.postMessage', 'chat.update']);
  });

  it.each([
    ['replies', 'channel'],
    ['history', 'direct'],
  ] as const)('finds what another replica answered, by conversations.%s', async (method, where) => {
    const metadata = { event_type: 'threatbrief_answer', event_payload: { question: questionTs } };
    network.stubs.set(`conversations.${method}`, () =>
      Response.json({
        ok: true,
        messages: [{ ts: questionTs, text: 'x' }, 'junk', { ts: '1795348801.000200', metadata }],
      }),
    );
    network.stubs.set('chat.update', () => Response.json({ ok: true, ts: '1795348801.000200' }));
    await send(
      where === 'channel'
        ? editedMention('APT39')
        : changedBody(annDirect(), {}, { text: 'APT39' }, { text: 'APT38' }),
    );

    expect(methods()).toEqual(['chat.update']);
    expect(calls('chat.update')[0]?.body).toMatchObject({ ts: '1795348801.000200' });
  });

  it('that named nobody before is answered like a new one', async () => {
    network.stubs.set('conversations.replies', () => Response.json({ ok: true, messages: [] }));
    await send(editedMention('APT39'));

    expect(methods()).toEqual(['chat.postMessage']);
  });

  it('is left alone when Slack does not tell whether it was answered', async () => {
    network.stubs.set('conversations.replies', () => apiError('missing_scope'));
    await send(editedMention('APT39'));

    expect(methods()).toEqual([]);
  });

  it('is left alone when it is old, or when only a preview was added to it', async () => {
    await send(directBody(annDirect(), 'APT38'));
    await send(changedBody(annDirect(), {}, { text: 'APT38', attachments: [{}] }, { text: 'APT38' }));
    nowMs += 16 * 60_000;
    await send(changedBody(annDirect(), {}, { text: 'APT39' }, { text: 'APT38' }));

    expect(methods()).toEqual(['chat.postMessage']);
  });

  it('is not run again when it changes something', async () => {
    await send(directBody(annDirect(), 'watch APT38'));
    await send(changedBody(annDirect(), {}, { text: 'watch APT39' }, { text: 'watch APT38' }));

    expect(chat.asked).toHaveLength(1);
    expect(methods()).toEqual(['chat.postMessage', 'chat.postEphemeral']);
    expect(network.messages()[1]?.body['text']).toContain('new message');
  });

  it('of a bot, of itself or of nobody is not answered', async () => {
    for (const who of [
      { bot_id: 'B2' },
      { user: network.users.bot },
      { user: undefined },
      { ts: undefined },
    ]) {
      await send(changedBody(annDirect(), {}, { text: 'b', ...who }, { text: 'a' }));
    }
    await send(changedBody(ann(), { channel_type: 'channel' }, { text: 'b' }, { text: 'a' }));

    expect(network.messages()).toEqual([]);
  });
});

describe('a deleted question', () => {
  it('takes its answer with it in a direct message', async () => {
    await send(directBody(annDirect(), 'APT38'));
    await send(deletedBody(annDirect(), { text: 'APT38' }));

    expect(methods()).toEqual(['chat.postMessage', 'chat.delete']);
  });

  it.each([
    ['takes its answer with it when nobody else wrote below it', [], ['chat.delete']],
    ['keeps its answer when somebody else wrote below it', [{ ts: '9999999999.000001', user: 'U9' }], []],
  ])('in a thread %s', async (_what, others, expected) => {
    await send(mentionBody(ann(), 'APT38'));
    network.reset();
    network.stubs.set('conversations.replies', () =>
      Response.json({ ok: true, messages: [{ ts: questionTs, user: network.users.ann }, ...others] }),
    );
    const tombstone = { subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.' };
    const place = { channel_type: 'channel' };
    await send(changedBody(ann(), place, tombstone, { text: 'APT38', thread_ts: questionTs }));

    expect(methods()).toEqual(expected);
  });

  it('that was never answered changes nothing', async () => {
    network.stubs.set('conversations.history', () => Response.json({ ok: true, messages: [] }));
    await send(deletedBody(annDirect(), { text: 'x' }));
    await send(deletedBody(annDirect(), { text: 'x', bot_id: 'B1' }));
    await send(deletedBody(annDirect(), {}, { previous_message: undefined }));

    expect(network.messages()).toEqual([]);
  });
});

describe('the pane', () => {
  const started = (): object =>
    eventBody(annDirect(), {
      type: 'assistant_thread_started',
      user: undefined,
      channel: undefined,
      assistant_thread: {
        user_id: network.users.ann,
        context: { channel_id: network.channel, team_id: network.team },
        channel_id: network.direct,
        thread_ts: '1795348790.000100',
      },
    });

  it('greets, and offers questions that can be pressed', async () => {
    await send(started());

    expect(network.messages()).toMatchObject([
      { method: 'chat.postMessage', body: { channel: network.direct, thread_ts: '1795348790.000100' } },
    ]);
    const [offered] = calls('assistant.threads.setSuggestedPrompts');
    expect(offered?.body).toMatchObject({
      channel_id: network.direct,
      prompts: expect.arrayContaining([{ title: 'Who is APT39?', message: 'who is APT39' }]),
    });
  });

  it('answers a message once, with a status that is set before and cleared after, and a title', async () => {
    await send(
      directBody(annDirect(), 'who is <http://apt39.com|apt39.com>?', { thread_ts: '1795348790.000100' }),
    );

    const order = network.sent
      .map(({ method, body }) => (method.endsWith('setStatus') ? `status ${String(body['status'])}` : method))
      .filter((one) => /^(?:status|assistant|chat)/.test(one));
    expect(order).toEqual([
      'status is looking…',
      'chat.postMessage',
      'status ',
      'assistant.threads.setTitle',
    ]);
    expect(chat.asked).toHaveLength(1);
    expect(calls('assistant.threads.setTitle')[0]?.body).toMatchObject({ title: 'who is apt39[.]com?' });
    expect(network.messages()[0]?.body).toMatchObject({ thread_ts: '1795348790.000100' });
  });

  it('names a conversation once', async () => {
    await send(directBody(annDirect(), 'APT39', { thread_ts: '1.2' }));
    await send(directBody(annDirect(), 'and its tools?', { thread_ts: '1.2', ts: '1795348801.000100' }));
    await send(directBody(annDirect(), 'APT28', { thread_ts: '3.4', ts: '1795348802.000100' }));

    expect(calls('assistant.threads.setTitle').map(({ body }) => body['title'])).toEqual(['APT39', 'APT28']);
  });

  it('answers also where Slack has no pane', async () => {
    for (const name of ['setStatus', 'setTitle', 'setSuggestedPrompts']) {
      network.stubs.set(`assistant.threads.${name}`, () => apiError('missing_scope'));
    }
    await send(directBody(annDirect(), 'APT39', { thread_ts: '1.2' }));
    await send(started());

    expect(methods()).toEqual(['chat.postMessage', 'chat.postMessage']);
  });

  it('clears the status when no answer could be posted', async () => {
    network.stubs.set('chat.postMessage', () => apiError('is_archived'));
    await send(directBody(annDirect(), 'APT39', { thread_ts: '1.2' }));

    expect(calls('assistant.threads.setStatus').at(-1)?.body).toMatchObject({ status: '' });
  });

  it('hears nothing of what its context changes to, nor of broken events', async () => {
    await send(eventBody(annDirect(), { type: 'assistant_thread_context_changed', assistant_thread: {} }));
    await send(eventBody(annDirect(), { type: 'assistant_thread_started' }));

    expect(network.messages()).toEqual([]);
  });
});

describe('a shared link', () => {
  const shared = (urls: readonly string[], changes: object = {}): object =>
    eventBody(ann(), {
      type: 'link_shared',
      message_ts: '1795348799.000100',
      source: 'conversations_history',
      links: urls.map((url) => ({ domain: 'tb.example.org', url })),
      ...changes,
    });
  const apt39 = 'https://tb.example.org/intel/actor/APT39';

  it('of ours gets a short card, for TLP:CLEAR whoever reads it', async () => {
    await send(shared([apt39, 'https://tb.example.org/intel/actor/nobody']));

    expect(linked).toEqual([
      { path: '/actor/APT39', ceiling: 'clear' },
      { path: '/actor/nobody', ceiling: 'clear' },
    ]);
    const unfurls = calls('chat.unfurl')[0]?.body['unfurls'] as Record<string, { blocks: unknown[] }>;
    expect(Object.keys(unfurls)).toEqual([apt39]);
    expect(unfurls[apt39]?.blocks.length).toBeGreaterThan(0);
    expect(calls('chat.unfurl')[0]?.body).toMatchObject({
      channel: network.channel,
      ts: '1795348799.000100',
    });
  });

  it('is shown again only when thirty minutes passed since it was shared last', async () => {
    const unfurled: boolean[] = [];
    for (const minutes of [0, 20, 29, 31]) {
      nowMs += minutes * 60_000;
      network.sent.length = 0;
      await send(shared([apt39]));
      unfurled.push(calls('chat.unfurl').length > 0);
    }
    network.sent.length = 0;
    await send(shared([apt39], { channel: 'COTHER' }));

    expect([...unfurled, calls('chat.unfurl').length > 0]).toEqual([true, false, false, true, true]);
    network.sent.length = 0;
  });

  it.each([
    ['among three links or more', [apt39, `${apt39}?1`, 'https://tb.example.org/intel/actor/a'], {}],
    ['that is still being written', [apt39], { source: 'composer', channel: 'COMPOSER' }],
    ['to another page of ours', ['https://tb.example.org/intel/', 'https://tb.example.org/actor/APT39'], {}],
    ['to another host', ['https://evil.example/intel/actor/APT39', 'not a link'], {}],
    ['that cannot be composed', ['https://tb.example.org/intel/actor/fail'], {}],
    ['without its message', [apt39], { message_ts: undefined }],
  ])('%s gets no card', async (_what, urls, changes) => {
    await send(shared(urls, changes));

    expect(calls('chat.unfurl')).toEqual([]);
  });

  it('has buttons that answer beside it, and never in the place of the message', async () => {
    chat.reply = () => ({ card: sampleCard, audience: 'replace' });
    const container = { type: 'message_attachment', channel_id: network.channel, is_app_unfurl: true };
    const body = clickBody(ann(), 'b|intrusion-set--00000000-0000-4000-8000-000000000039', { container });
    await platform.fetch(payloadRequest(body));
    await platform.stop();

    expect(network.messages()).toMatchObject([
      { method: 'response_url', body: { response_type: 'ephemeral', replace_original: false } },
    ]);
  });
});

describe('a channel', () => {
  const here = (): object => ({
    platform: 'slack',
    workspace: `slack:${network.team}`,
    id: `${network.team}/${network.channel}`,
    kind: 'channel',
  });

  it.each([
    ['channel_archive', {}, 'is_archived'],
    ['group_archive', {}, 'is_archived'],
    ['channel_deleted', {}, 'channel_not_found'],
    ['channel_left', {}, 'not_in_channel'],
    ['group_left', {}, 'not_in_channel'],
  ])('that is gone by %s lets what is subscribed there wait', async (type, changes, code) => {
    await send(eventBody(ann(), { type, ...changes }));

    expect(told).toEqual([['gone', here(), expect.stringContaining(`(${code})`)]]);
  });

  it('that the bot is taken out of lets what is subscribed there wait, not when another leaves', async () => {
    await send(eventBody(ann(), { type: 'member_left_channel' }));
    await send(eventBody({ ...ann(), user: network.users.bot }, { type: 'member_left_channel' }));

    expect(told).toEqual([['gone', here(), expect.stringContaining('not_in_channel')]]);
  });

  it('that is there again lets go on what waited for it', async () => {
    await send(eventBody(ann(), { type: 'channel_unarchive' }));

    expect(told).toEqual([['back', here(), ['the channel is archived (is_archived)']]]);
  });

  it('with another id takes what is subscribed there along', async () => {
    await send(
      eventBody(ann(), {
        type: 'channel_id_changed',
        channel: undefined,
        old_channel_id: 'COLD',
        new_channel_id: 'CNEW',
      }),
    );

    expect(told).toEqual([
      ['moved', { ...here(), id: `${network.team}/COLD` }, { ...here(), id: `${network.team}/CNEW` }],
    ]);
  });

  it('that is renamed is looked up anew', async () => {
    await send(mentionBody(ann(), 'a'));
    await send(eventBody(ann(), { type: 'channel_rename', channel: { id: network.channel, name: 'x' } }));
    await send(mentionBody(ann(), 'b'));

    expect(calls('conversations.info')).toHaveLength(2);
    expect(told).toEqual([]);
  });

  it('to which the bot is invited hears nothing: the one who invited it does', async () => {
    const joined = { type: 'member_joined_channel', inviter: network.users.ann };
    await send(eventBody({ ...ann(), user: network.users.bot }, joined));
    await send(eventBody({ ...ann(), user: network.users.ben }, joined));

    expect(network.messages()).toMatchObject([
      { method: 'chat.postEphemeral', body: { channel: network.channel, user: network.users.ann } },
    ]);
    expect(JSON.stringify(network.messages()[0]?.body)).toContain('/apt subscribe');
    expect(told).toEqual([
      ['back', here(), expect.arrayContaining([expect.stringContaining('not_in_channel')])],
    ]);
  });

  it.each(['channel_archive', 'channel_id_changed', 'member_joined_channel', 'link_shared', 'app_mention'])(
    'survives a %s of another form',
    async (type) => {
      for (const event of [
        { type, channel: 7 },
        { type, channel: { id: [] } },
        { type, channel: undefined, user: {} },
        { type, links: 'x', old_channel_id: 3, edited: {}, ts: [] },
        { type, ['__proto__']: { channel: 'C1' }, channel: null },
      ]) {
        await send(eventBody(ann(), event));
      }

      expect(network.messages()).toEqual([]);
    },
  );
});
