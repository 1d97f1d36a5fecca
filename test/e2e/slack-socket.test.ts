import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import type { SlackPlatform } from '../../src/chat/slack/index.ts';
import { createSlackPlatform } from '../../src/chat/slack/index.ts';
import { silentLog } from '../../src/support/log.ts';
import { createFakeSurfaces, type FakeSurfaces, fakeForm } from '../helpers/fake-surfaces.ts';
import { sampleCard } from '../helpers/sample-card.ts';
import type { FakeChat } from '../helpers/slack-chat.ts';
import { createFakeChat } from '../helpers/slack-chat.ts';
import {
  clickBody,
  mentionBody,
  nextTrigger,
  responseUrl,
  slashBody,
  testNow,
} from '../helpers/slack-request.ts';
import type { SlackSocketServer } from '../helpers/slack-socket-server.ts';
import { createSlackSocketServer } from '../helpers/slack-socket-server.ts';

const who = { team: 'T1', channel: 'C1', user: 'U1' };

/** Just enough of the Web API; everything that asks for an address to connect to goes to the socket server. */
const webApi: Readonly<Record<string, object>> = {
  'auth.test': { ok: true, team_id: 'T1', user_id: 'UBOT', bot_id: 'B1' },
  'conversations.info': { ok: true, channel: { id: 'C1', is_channel: true, is_shared: false } },
  'conversations.members': { ok: true, members: ['U1', 'UBOT'] },
  'users.info': { ok: true, user: { id: 'U1', team_id: 'T1', name: 'ann' } },
  'chat.postMessage': { ok: true, ts: '1.2' },
  'views.open': { ok: true, view: { id: 'V1' } },
  'views.update': { ok: true, view: { id: 'V1' } },
  'views.publish': { ok: true, view: { id: 'V2' } },
};

let server: SlackSocketServer;
let platform: SlackPlatform;
let chat: FakeChat;
let answered: Record<string, unknown>[];
let posted: number;
let methods: string[];
let views: unknown[];
let surfaces: FakeSurfaces;

beforeEach(async () => {
  server = await createSlackSocketServer();
  chat = createFakeChat();
  answered = [];
  posted = 0;
  methods = [];
  views = [];
  surfaces = createFakeSurfaces();
  const fakeFetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { url } = request;
    if (url === responseUrl) {
      answered.push((await request.json()) as Record<string, unknown>);
      return new Response('ok');
    }
    const method = url.slice(server.apiUrl.length);
    methods.push(method);
    if (method.startsWith('views.'))
      views.push(JSON.parse(new URLSearchParams(await request.clone().text()).get('view') ?? ''));
    if (method === 'chat.postMessage') posted += 1;
    if (method === 'users.info') {
      const id = new URLSearchParams(await request.text()).get('user');
      return Response.json({ ok: true, user: { id, team_id: 'T1', name: 'ann' } });
    }
    return method in webApi ? Response.json(webApi[method]) : fetch(input, init);
  };
  const settings = {
    mode: 'socket',
    botToken: 'xoxb-test',
    appToken: 'xapp-test',
    apiUrl: server.apiUrl,
    socketPingTimeoutMs: 300,
  } as const;
  const clock = { now: () => testNow };
  platform = createSlackPlatform(settings, {
    chat,
    surfaces,
    clock,
    log: silentLog,
    fetch: fakeFetch,
  });
});

afterEach(async () => {
  await platform.stop();
  await server.close();
  for (const body of answered) expect(checkSlackPayload(body)).toEqual([]);
});

describe('Socket Mode', () => {
  it('acknowledges a slash command with an empty payload and answers it', async () => {
    await platform.start();
    await server.deliver('slash_commands', slashBody(who, 'APT39'));
    await vi.waitFor(() => expect(answered).toHaveLength(1));

    expect(server.acknowledged).toEqual([{ envelope_id: 'envelope-1', payload: {} }]);
    expect(chat.asked[0]).toMatchObject({ text: 'APT39', place: { id: 'T1/C1', ceiling: 'green' } });
    expect(answered[0]).toMatchObject({ response_type: 'ephemeral', text: sampleCard.fallbackText });
  });

  it('answers a mention once, although Slack sends its event again in another envelope', async () => {
    await platform.start();
    const body = mentionBody(who, '<@UBOT> APT39');
    await server.deliver('events_api', body);
    await server.deliver('events_api', body, 1);
    await vi.waitFor(() => expect(posted).toBe(1));

    expect(server.acknowledged).toHaveLength(2);
    expect(chat.asked).toHaveLength(1);
  });

  it('answers a press', async () => {
    chat.reply = () => ({ card: sampleCard, audience: 'replace' });
    await platform.start();
    await server.deliver('interactive', clickBody(who, 'm|intrusion-set--x|techniques'));
    await vi.waitFor(() => expect(answered).toHaveLength(1));

    expect(answered[0]).toMatchObject({ replace_original: true });
  });

  it('answers a form that was sent, and what is typed in a search field, by the acknowledgement', async () => {
    const person = { user: { id: 'U1', team_id: 'T1' }, team: { id: 'T1' } };
    const metadata = { private_metadata: '{"c":"C1","m":1}' };
    const form = {
      id: 'V1',
      type: 'modal',
      callback_id: 'threatbrief:form:subscribe',
      ...metadata,
      state: { values: { 'field:filters': { 'threatbrief:field:filters': { value: 'x' } } } },
      blocks: [{ block_id: 'field:filters' }],
    };
    surfaces.formReply = {
      kind: 'form',
      form: fakeForm,
      problems: [{ field: 'filters', text: 'Nobody knows “x”.' }],
    };
    await platform.start();
    await server.deliver('interactive', { ...person, type: 'view_submission', view: form });
    await server.deliver('interactive', {
      ...person,
      type: 'block_suggestion',
      action_id: 'threatbrief:search:zone:zone',
      value: 'bern',
      view: metadata,
    });

    expect(server.acknowledged.map(({ payload }) => payload)).toMatchObject([
      { response_action: 'errors', errors: { 'field:filters': 'Nobody knows “x”.' } },
      { options: [{ value: expect.any(String) }] },
    ]);
    expect(server.acknowledged).toHaveLength(2);
    expect(answered).toEqual([]);
  });

  it('says in the modal, with a reference, when what was sent or pressed there fails', async () => {
    surfaces.failWith = new Error('the database is out');
    const deliver = (body: object): Promise<void> =>
      server.deliver('interactive', {
        user: { id: 'U1', team_id: 'T1' },
        team: { id: 'T1' },
        trigger_id: nextTrigger(),
        ...body,
      });
    const view = {
      id: 'V1',
      type: 'modal',
      callback_id: 'threatbrief:form:subscribe',
      private_metadata: '{}',
    };
    const actions = [{ action_id: 'threatbrief:form-button:pause' }];
    await platform.start();
    await deliver({ type: 'view_submission', view });
    await deliver({ type: 'block_actions', view, actions });
    await deliver({ type: 'shortcut', callback_id: 'look_up' });
    await vi.waitFor(() => expect(methods).toContain('views.open'));
    await platform.stop();

    const [sent] = server.acknowledged;
    const told = [sent?.payload, ...views].map((one) => JSON.stringify(one));
    expect(told).toHaveLength(3);
    for (const one of told) expect(one).toMatch(/something failed on my side.*tb-[0-9a-f]{8}/);
  });

  it('opens a modal for a shortcut', async () => {
    await platform.start();
    await server.deliver('interactive', {
      type: 'shortcut',
      callback_id: 'look_up',
      user: { id: 'U1', team_id: 'T1' },
      team: { id: 'T1' },
      trigger_id: nextTrigger(),
    });

    await vi.waitFor(() => expect(methods).toContain('views.open'));
  });

  it('answers what Slack sends again because the connection broke before it was acknowledged', async () => {
    await platform.start();
    const first = await server.connected();
    const body = mentionBody(who, '<@UBOT> APT39');
    first.terminate();
    await vi.waitFor(() => expect(server.opened()).toBe(2));
    await server.connected();
    await server.deliver('events_api', body, 1);
    await vi.waitFor(() => expect(posted).toBe(1));

    expect(chat.asked).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"type":'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an envelope of no kind', '{}'],
    ['an event without its payload', '{"type":"events_api","envelope_id":"e"}'],
    ['an event without its event', '{"type":"events_api","envelope_id":"e","payload":{}}'],
    [
      'an event that says it is an error',
      '{"type":"events_api","envelope_id":"e","payload":{"event":{"type":"error"}}}',
    ],
    ['a kind that says it is an error', '{"type":"error","envelope_id":"e"}'],
    ['a kind that says it is another part of the connection', '{"type":"ws_message","envelope_id":"e"}'],
    ['a command without its payload', '{"type":"slash_commands","envelope_id":"e"}'],
    ['an envelope without an id', '{"type":"slash_commands","payload":{}}'],
  ])('goes on after a frame that holds %s', async (_what, frame) => {
    await platform.start();
    const socket = await server.connected();
    socket.send(frame);
    socket.send(Buffer.from(frame), { binary: true });
    await server.deliver('slash_commands', slashBody(who, 'APT39'));
    await vi.waitFor(() => expect(answered).toHaveLength(1));

    expect(server.opened()).toBe(1);
  });

  it('connects anew when Slack asks it to, and when the connection breaks', async () => {
    await platform.start();
    const first = await server.connected();
    server.askToReconnect();
    const second = await server.connected();
    expect(second).not.toBe(first);

    second.terminate();
    await vi.waitFor(() => expect(server.opened()).toBe(3));
    await server.connected();
    await vi.waitFor(() => server.deliver('slash_commands', slashBody(who, 'APT39')));
    await vi.waitFor(() => expect(answered).toHaveLength(1));
  });

  it('keeps trying without ending the process when Slack refuses the token on the way', async () => {
    await platform.start();
    server.refuse = { ok: false, error: 'invalid_auth' };
    (await server.connected()).terminate();

    await vi.waitFor(() => expect(server.opened()).toBe(2));
    await platform.stop();
  });

  it('says at start that the app token is refused', async () => {
    server.refuse = { ok: false, error: 'invalid_auth' };

    await expect(platform.start()).rejects.toThrow(/SLACK_APP_TOKEN/);
  });

  it('has no address for signed requests', async () => {
    const response = await platform.fetch(new Request('http://127.0.0.1/slack/events', { method: 'POST' }));

    expect(response.status).toBe(404);
  });

  it('ends when it is stopped before it is connected', async () => {
    server.refuse = { ok: false, error: 'internal_error' };
    const starting = platform.start();
    await vi.waitFor(() => expect(server.opened()).toBe(1));
    await platform.stop();

    await expect(starting).resolves.toBeUndefined();
  });
});
