import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeActionValue } from '../../src/cards/action-value.ts';
import type { SlackPlatform } from '../../src/chat/slack/index.ts';
import { createSlackPlatform } from '../../src/chat/slack/index.ts';
import type { Log } from '../../src/support/log.ts';
import { choiceCard, sampleCard } from '../helpers/sample-card.ts';
import type { FakeChat } from '../helpers/slack-chat.ts';
import { createFakeChat } from '../helpers/slack-chat.ts';
import type { SlackNetwork } from '../helpers/slack-network.ts';
import { apiError, botToken, createSlackNetwork } from '../helpers/slack-network.ts';
import type { Who } from '../helpers/slack-request.ts';
import {
  clickBody,
  directBody,
  eventBody,
  formRequest,
  jsonRequest,
  mentionBody,
  payloadRequest,
  responseUrl,
  signedRequest,
  signingSecret,
  slashBody,
  testNow,
} from '../helpers/slack-request.ts';

const entity = 'intrusion-set--00000000-0000-4000-8000-000000000039';
const share = encodeActionValue({ verb: 'share', entity });
const more = encodeActionValue({ verb: 'more', entity, section: 'techniques', page: 1 });

let network: SlackNetwork;
let platform: SlackPlatform;
let chat: FakeChat;
let logged: { message: string; facts: object }[];
let nowMs: number;

beforeAll(async () => {
  network = await createSlackNetwork();
});
afterAll(() => network.close());

beforeEach(() => {
  network.reset();
  chat = createFakeChat();
  logged = [];
  nowMs = testNow.getTime();
  platform = createPlatform(network.fetch);
});
afterEach(() => network.expectSoundMessages());

function createPlatform(fetch: typeof globalThis.fetch): SlackPlatform {
  const write = (facts: object, message: string): void => void logged.push({ facts, message });
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const settings = { mode: 'http', botToken, signingSecret, apiUrl: network.apiUrl } as const;
  const clock = { now: () => new Date(nowMs) };
  return createSlackPlatform(settings, { chat, clock, log, fetch, pause: () => Promise.resolve() });
}

const ann = (): Who => ({ team: network.team, channel: network.channel, user: network.users.ann });
const annDirect = (): Who => ({ ...ann(), channel: network.direct });

/** Sends a request and waits for whatever it sets off. */
async function send(request: Request): Promise<Response> {
  const response = await platform.fetch(request);
  await platform.stop();
  return response;
}

function stubUser(changes: object): void {
  network.stubs.set('users.info', async (body, passOn) => {
    const answer = (await (await passOn()).json()) as { user: object };
    return Response.json({
      ...answer,
      user: { ...answer.user, ...(body['user'] === network.users.ann ? changes : {}) },
    });
  });
}

function stubChannel(changes: object): void {
  network.stubs.set('conversations.info', async (_body, passOn) => {
    const answer = (await (await passOn()).json()) as { channel: object };
    return Response.json({ ...answer, channel: { ...answer.channel, ...changes } });
  });
}

/** A busy machine answers all the same. */
const waitLong = { timeout: 30_000, interval: 50 };

describe('a slash command', () => {
  it('is acknowledged with an empty 200, and answered to the asker alone', async () => {
    const response = await send(formRequest(slashBody(ann(), 'who is “APT39”')));

    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(chat.asked).toEqual([
      {
        text: 'who is "APT39"',
        place: {
          platform: 'slack',
          id: `${network.team}/${network.channel}`,
          kind: 'channel',
          ceiling: 'green',
          workspace: `slack:${network.team}`,
        },
        person: `${network.team}/${network.users.ann}`,
        asker: {
          role: 'member',
          isMemberHere: true,
          isInGroup: expect.any(Function),
          isMemberOf: expect.any(Function),
        },
        now: testNow,
      },
    ]);
    expect(network.messages()).toHaveLength(1);
    expect(network.messages()[0]).toMatchObject({
      method: 'response_url',
      url: responseUrl,
      body: { response_type: 'ephemeral', replace_original: false, text: sampleCard.fallbackText },
    });
  });

  it('is acknowledged before anything is looked up', async () => {
    let sentAtAck = -1;
    network.stubs.set('auth.test', async (_body, passOn) => {
      sentAtAck = acked ? 1 : 0;
      return passOn();
    });
    let acked = false;
    await platform.fetch(formRequest(slashBody(ann(), 'APT39')));
    acked = true;
    await platform.stop();

    expect(sentAtAck).toBe(1);
  });

  it.each([[''], ['   '], ['\u00a0']])('asks for help when it is bare (%j)', async (text) => {
    await send(formRequest(slashBody(ann(), text)));

    expect(chat.asked[0]?.text).toBe('help');
  });

  it('passes words that are no known command on', async () => {
    await send(formRequest(slashBody(ann(), 'frobnicate --now <http://x.com|x.com> &amp; more')));

    expect(chat.asked[0]?.text).toBe('frobnicate --now x.com & more');
  });

  it.each([
    ['application/x-www-form-urlencoded; charset=utf-8'],
    ['application/x-www-form-urlencoded;charset=UTF-8'],
  ])('is taken with the content type %s', async (contentType) => {
    const response = await send(formRequest(slashBody(ann(), 'APT39'), { contentType }));

    expect(response.status).toBe(200);
    expect(network.messages()).toHaveLength(1);
  });

  it.each<[string, () => void]>([
    ['a guest asks', () => stubUser({ is_restricted: true })],
    ['a single-channel guest asks', () => stubUser({ is_restricted: true, is_ultra_restricted: true })],
    ['a stranger asks', () => stubUser({ is_stranger: true })],
    [
      'the channel is shared with another workspace',
      () => stubChannel({ is_ext_shared: true, is_shared: true }),
    ],
    ['an invitation to share is pending', () => stubChannel({ is_pending_ext_shared: true })],
    [
      'the channel is unknown',
      () => void network.stubs.set('conversations.info', () => apiError('channel_not_found')),
    ],
    ['a scope is missing', () => void network.stubs.set('users.info', () => apiError('missing_scope'))],
    [
      'the look-up is limited',
      () =>
        void network.stubs.set(
          'users.info',
          () => new Response('', { status: 429, headers: { 'retry-after': '30' } }),
        ),
    ],
    [
      'the look-up breaks',
      () =>
        void network.stubs.set('users.info', () => {
          throw new Error('reset');
        }),
    ],
  ])('is answered for TLP:CLEAR when %s', async (_when, arrange) => {
    arrange();
    await send(formRequest(slashBody(ann(), 'APT39')));

    expect(chat.asked[0]?.place.ceiling).toBe('clear');
    expect(network.messages()).toHaveLength(1);
  });

  it('remembers the readers of a channel for minutes, until they change', async () => {
    const lookUps = (): number => network.sent.filter(({ method }) => method === 'conversations.info').length;
    await send(formRequest(slashBody(ann(), 'a')));
    await send(formRequest(slashBody(ann(), 'b')));
    expect(lookUps()).toBe(1);

    await send(jsonRequest(eventBody(ann(), { type: 'channel_shared', connected_team_id: 'T9' })));
    await send(formRequest(slashBody(ann(), 'c')));

    expect(lookUps()).toBe(2);
  });

  it('tells the person when the workspace has no installation', async () => {
    const response = await send(formRequest(slashBody({ ...ann(), team: 'TOTHER' }, 'APT39')));

    expect(response.status).toBe(200);
    expect(chat.asked).toEqual([]);
    expect(network.messages()).toMatchObject([
      {
        method: 'response_url',
        body: { response_type: 'ephemeral', text: expect.stringContaining('not installed') },
      },
    ]);
  });

  it('tells the person when Slack refuses the token', async () => {
    network.stubs.set('auth.test', () => apiError('invalid_auth'));
    await send(formRequest(slashBody(ann(), 'APT39')));

    expect(network.messages()).toMatchObject([{ body: { text: expect.stringContaining('not installed') } }]);
  });

  it('is answered for TLP:CLEAR while the Web API is down', async () => {
    for (const method of ['auth.test', 'users.info', 'conversations.info']) {
      network.stubs.set(method, () => new Response('', { status: 503 }));
    }
    await send(formRequest(slashBody(ann(), 'APT39')));

    expect(chat.asked[0]?.place.ceiling).toBe('clear');
    expect(network.messages()).toHaveLength(1);
  });

  it('shows an error with a reference that the log has, when the chat throws', async () => {
    chat.reply = () => {
      throw new Error('broken xoxb-1-secret');
    };
    await send(formRequest(slashBody(ann(), 'APT39')));

    const text = String(network.messages()[0]?.body['text']);
    const reference = /tb-[0-9a-f]{8}/.exec(text)?.[0];
    expect(text).not.toContain('broken');
    expect(reference).toBeDefined();
    expect(JSON.stringify(logged)).toContain(reference);
    expect(JSON.stringify(logged)).not.toContain('xoxb-1-secret');
  });

  it('is answered at the second try when the response_url fails once', async () => {
    let tries = 0;
    network.stubs.set('response_url', () => {
      tries += 1;
      return tries === 1 ? new Response('', { status: 503 }) : new Response('ok');
    });
    await send(formRequest(slashBody(ann(), 'APT39')));

    expect(tries).toBe(2);
  });

  it('gives up quietly when the response_url is used up', async () => {
    network.stubs.set('response_url', () => Response.json({ ok: false, error: 'used_url' }, { status: 404 }));
    await send(formRequest(slashBody(ann(), 'APT39')));

    expect(network.messages()).toHaveLength(1);
    expect(logged.map(({ message }) => message)).toContain('Slack refused an answer');
  });
});

describe('a mention', () => {
  it('is answered in its thread, for all who read the channel', async () => {
    const response = await send(jsonRequest(mentionBody(ann(), `<@${network.users.bot}> who is APT39?`)));

    expect(response.status).toBe(200);
    expect(chat.asked[0]).toMatchObject({
      text: 'who is APT39?',
      place: {
        id: `${network.team}/${network.channel}/1795348800.000100`,
        ceiling: 'green',
        kind: 'channel',
      },
    });
    expect(network.messages()).toMatchObject([
      {
        method: 'chat.postMessage',
        body: {
          channel: network.channel,
          thread_ts: '1795348800.000100',
          unfurl_links: false,
          unfurl_media: false,
        },
      },
    ]);
  });

  it('stays in the thread in which it was written', async () => {
    await send(
      jsonRequest(mentionBody(ann(), `<@${network.users.bot}> APT39`, { thread_ts: '1795340000.000100' })),
    );

    expect(network.messages()[0]?.body).toMatchObject({ thread_ts: '1795340000.000100' });
  });

  it('is answered for TLP:CLEAR when one member of the channel is a guest', async () => {
    network.stubs.set('users.info', async (body, passOn) => {
      const answer = (await (await passOn()).json()) as { user: object };
      return Response.json({
        ...answer,
        user: { ...answer.user, is_restricted: body['user'] === network.users.ben },
      });
    });
    await send(jsonRequest(mentionBody(ann(), 'APT39')));

    expect(chat.asked[0]?.place.ceiling).toBe('clear');
  });

  it('is answered for TLP:CLEAR when the envelope says that the channel is external', async () => {
    await send(jsonRequest({ ...mentionBody(ann(), 'APT39'), is_ext_shared_channel: true }));

    expect(chat.asked[0]?.place.ceiling).toBe('clear');
  });

  it('asks for help when it says nothing else', async () => {
    await send(jsonRequest(mentionBody(ann(), `<@${network.users.bot}>`)));

    expect(chat.asked[0]?.text).toBe('help');
  });

  it('is answered once, however often Slack sends it', async () => {
    const body = mentionBody(ann(), 'APT39');
    await send(jsonRequest(body));
    for (const number of ['1', '2', '3']) {
      nowMs += 60_000;
      const options = {
        timestampSeconds: nowMs / 1000,
        headers: { 'x-slack-retry-num': number, 'x-slack-retry-reason': 'http_timeout' },
      };
      expect((await send(jsonRequest(body, options))).status).toBe(200);
    }
    nowMs += 8 * 60_000;
    await send(jsonRequest(body, { timestampSeconds: nowMs / 1000 }));

    expect(chat.asked).toHaveLength(1);
    expect(network.messages()).toHaveLength(1);
  });

  it('is answered when the retry is the first to arrive', async () => {
    await send(jsonRequest(mentionBody(ann(), 'APT39'), { headers: { 'x-slack-retry-num': '1' } }));

    expect(chat.asked).toHaveLength(1);
  });

  it('of another bot or of itself is not answered', async () => {
    await send(jsonRequest(mentionBody(ann(), 'APT39', { bot_id: 'B2' })));
    await send(jsonRequest(mentionBody({ ...ann(), user: network.users.bot }, 'APT39')));
    await send(jsonRequest(mentionBody(ann(), 'APT39', { bot_id: 'B2', edited: { user: 'U1', ts: '1' } })));

    expect(chat.asked).toEqual([]);
    expect(network.messages()).toEqual([]);
  });

  it('is answered after a rate limit of the Web API', async () => {
    let tries = 0;
    network.stubs.set('chat.postMessage', (_body, passOn) => {
      tries += 1;
      return tries === 1 ? new Response('', { status: 429, headers: { 'retry-after': '0' } }) : passOn();
    });
    await send(jsonRequest(mentionBody(ann(), 'APT39')));

    expect(tries).toBe(2);
  });

  it('is answered after a rate limit inside a 200, which the SDK does not retry', async () => {
    let tries = 0;
    network.stubs.set('chat.postMessage', (_body, passOn) => {
      tries += 1;
      return tries === 1 ? apiError('ratelimited') : passOn();
    });
    await send(jsonRequest(mentionBody(ann(), 'APT39')));

    expect(tries).toBe(2);
  });

  it('gets a plain answer with a reference when Slack refuses the card', async () => {
    let tries = 0;
    network.stubs.set('chat.postMessage', (_body, passOn) => {
      tries += 1;
      return tries === 1 ? apiError('invalid_blocks') : passOn();
    });
    await send(jsonRequest(mentionBody(ann(), 'APT39')));

    expect(network.messages().at(-1)?.body['text']).toMatch(/tb-[0-9a-f]{8}/);
    expect(network.messages()).toHaveLength(2);
  });
});

describe('a direct message', () => {
  it('is answered where it was written', async () => {
    await send(jsonRequest(directBody(annDirect(), 'what does APT39 use')));

    expect(chat.asked[0]).toMatchObject({
      text: 'what does APT39 use',
      place: { id: `${network.team}/${network.direct}`, kind: 'direct', ceiling: 'green' },
    });
    expect(network.messages()[0]?.body).toMatchObject({ channel: network.direct });
    expect(network.messages()[0]?.body).not.toHaveProperty('thread_ts');
  });

  it.each([
    ['an edit', { subtype: 'message_changed' }],
    ['a deletion', { subtype: 'message_deleted' }],
    ['a bot', { subtype: 'bot_message', bot_id: 'B2' }],
    ['another bot', { bot_id: 'B2' }],
  ])('of %s is not answered', async (_what, changes) => {
    await send(jsonRequest(directBody(annDirect(), 'APT39', changes)));

    expect(chat.asked).toEqual([]);
  });
});

describe('a press', () => {
  const click = (value: string | undefined, extra: object = {}): Request =>
    payloadRequest(clickBody(ann(), value, extra));

  it('on More replaces the message that only the asker sees', async () => {
    chat.reply = () => ({ card: sampleCard, audience: 'replace' });
    await send(click(more));

    expect(chat.pressed).toMatchObject([
      { value: { verb: 'more', entity, section: 'techniques', page: 1 }, place: { ceiling: 'green' } },
    ]);
    expect(network.messages()).toMatchObject([
      { method: 'response_url', body: { response_type: 'ephemeral', replace_original: true } },
    ]);
  });

  it('on a choice replaces the public message that offered it', async () => {
    chat.reply = () => ({ card: choiceCard, audience: 'replace' });
    const container = { type: 'message', channel_id: network.channel, is_ephemeral: false };
    await send(click(encodeActionValue({ verb: 'brief', entity }), { container }));

    expect(network.messages()).toMatchObject([
      { method: 'response_url', body: { response_type: 'in_channel', replace_original: true } },
    ]);
  });

  it('on Sources adds a message for the one who pressed', async () => {
    await send(click(encodeActionValue({ verb: 'sources', entity })));

    expect(network.messages()).toMatchObject([
      { method: 'response_url', body: { response_type: 'ephemeral', replace_original: false } },
    ]);
  });

  it('on Share posts to the channel, for its readers, with the name of the one who shared', async () => {
    chat.reply = () => ({ card: sampleCard, audience: 'place' });
    await send(click(share));

    expect(chat.pressed[0]).toMatchObject({ value: { verb: 'share' }, place: { ceiling: 'green' } });
    expect(network.messages()).toMatchObject([
      { method: 'chat.postMessage', body: { channel: network.channel } },
    ]);
    expect(JSON.stringify(network.messages()[0]?.body['blocks'])).toContain('Shared by ann');
    const history = await network.asPerson('conversations.history', { channel: network.channel });
    expect(JSON.stringify(history)).toContain('Shared by ann');
  });

  it('on Share is composed for TLP:CLEAR when a guest reads the channel', async () => {
    network.stubs.set('users.info', async (body, passOn) => {
      const answer = (await (await passOn()).json()) as { user: object };
      return Response.json({
        ...answer,
        user: { ...answer.user, is_restricted: body['user'] === network.users.ben },
      });
    });
    chat.reply = () => ({ card: sampleCard, audience: 'place' });
    await send(click(more));
    await send(click(share));

    expect(chat.pressed.map(({ place }) => place.ceiling)).toEqual(['green', 'clear']);
  });

  it('never posts for all what was composed for one', async () => {
    chat.reply = () => ({ card: sampleCard, audience: 'place' });
    await send(click(more));

    expect(network.messages()).toMatchObject([
      { method: 'response_url', body: { response_type: 'ephemeral' } },
    ]);
  });

  it.each([['not_in_channel'], ['channel_not_found']])(
    'on Share says how to invite the bot (%s)',
    async (code) => {
      network.stubs.set('chat.postMessage', () => apiError(code));
      chat.reply = () => ({ card: sampleCard, audience: 'place' });
      await send(click(share));

      expect(network.messages().at(-1)).toMatchObject({
        method: 'response_url',
        body: { response_type: 'ephemeral', text: expect.stringContaining('/invite') },
      });
    },
  );

  it('on Share says so with a reference when Slack refuses the post', async () => {
    network.stubs.set('chat.postMessage', () => apiError('is_archived'));
    chat.reply = () => ({ card: sampleCard, audience: 'place' });
    await send(click(share));

    expect(network.messages().at(-1)?.body['text']).toMatch(/is archived.*tb-[0-9a-f]{8}/);
  });

  it('by someone of another workspace is refused', async () => {
    await send(click(more, { user: { id: 'U9', team_id: 'T9', username: 'eve' } }));

    expect(chat.pressed).toEqual([]);
    expect(network.messages()).toMatchObject([
      { method: 'response_url', body: { response_type: 'ephemeral' } },
    ]);
  });

  it('by a guest is answered for TLP:CLEAR', async () => {
    stubUser({ is_ultra_restricted: true });
    await send(click(more));

    expect(chat.pressed[0]?.place.ceiling).toBe('clear');
  });

  it('by someone whose team nobody tells is answered for TLP:CLEAR', async () => {
    await send(click(more, { user: { id: 'U9' } }));

    expect(chat.pressed[0]?.place.ceiling).toBe('clear');
  });

  it('on something unknown says that the button is old', async () => {
    await send(click('drop table'));

    expect(chat.pressed).toEqual([]);
    expect(network.messages()[0]?.body['text']).toContain('older version');
  });

  it('on a link needs no answer', async () => {
    expect((await send(click(undefined))).status).toBe(200);
    expect(network.messages()).toEqual([]);
  });

  it('without a response_url is answered by a message to that person', async () => {
    await send(click(more, { response_url: undefined }));

    expect(network.messages()).toMatchObject([
      { method: 'chat.postEphemeral', body: { channel: network.channel, user: network.users.ann } },
    ]);
  });

  it('shows an error with a reference when the chat throws', async () => {
    chat.reply = () => {
      throw new Error('broken');
    };
    await send(click(share));

    expect(network.messages()).toMatchObject([
      { method: 'response_url', body: { text: expect.stringMatching(/tb-[0-9a-f]{8}/) } },
    ]);
  });
});

describe('the address', () => {
  it('answers the URL verification', async () => {
    const response = await send(jsonRequest({ type: 'url_verification', challenge: 'abc' }));

    expect([response.status, await response.json()]).toEqual([200, { challenge: 'abc' }]);
  });

  it('answers the certificate check, and looks at nothing else in it', async () => {
    const forged = new URLSearchParams({ ...slashBody(ann(), 'APT39'), ssl_check: '1' }).toString();
    const contentType = 'application/x-www-form-urlencoded';

    expect((await send(signedRequest('ssl_check=1&token=x', contentType, { secret: 'wrong' }))).status).toBe(
      200,
    );
    expect((await send(signedRequest(forged, contentType, { secret: 'wrong' }))).status).not.toBe(500);
    expect(chat.asked).toEqual([]);
  });

  const now = testNow.getTime() / 1000;
  it.each([
    ['a bad signature', { secret: 'wrong' }],
    ['a request of 301 s ago', { timestampSeconds: now - 301 }],
    ['a request dated one hour ahead', { timestampSeconds: now + 3600 }],
  ])('refuses %s', async (_what, options) => {
    const response = await send(formRequest(slashBody(ann(), 'APT39'), options));

    expect(response.status).toBe(401);
    expect(network.sent).toEqual([]);
  });

  it('refuses what is not signed, not a POST, too long or of another form', async () => {
    const url = 'http://127.0.0.1/slack/events';

    expect((await send(new Request(url, { method: 'POST', body: '{}' }))).status).toBe(401);
    expect((await send(new Request(url))).status).toBe(405);
    expect((await send(signedRequest('x'.repeat(1_048_577), 'application/json'))).status).toBe(413);
    expect((await send(signedRequest('{}', 'text/plain'))).status).toBe(400);
    expect((await send(signedRequest('{"a":', 'application/json'))).status).toBe(400);
  });

  it('takes signed payloads of any shape without an answer', async () => {
    const bodies = [
      {},
      { type: 'event_callback' },
      { type: 'event_callback', event: { type: 'app_mention' } },
      { type: 'block_actions' },
    ];
    for (const body of bodies) expect((await send(jsonRequest(body))).status).toBe(200);

    expect(network.messages()).toEqual([]);
  });

  it(
    'acknowledges a thousand commands at once and answers them all',
    async () => {
      const statuses = await Promise.all(
        Array.from({ length: 1_000 }, () => platform.fetch(formRequest(slashBody(ann(), 'APT39')))),
      );

      expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([200]));
      await vi.waitFor(() => expect(network.messages()).toHaveLength(1_000), waitLong);
    },
    waitLong.timeout,
  );

  it('asks at start whose token it has, and says when Slack refuses it', async () => {
    network.stubs.set('auth.test', () => apiError('invalid_auth'));
    await platform.start();
    await vi.waitFor(() => expect(JSON.stringify(logged)).toContain('SLACK_BOT_TOKEN'));

    expect(network.sent.map(({ method }) => method)).toEqual(['auth.test']);
  });

  it('is not served without the secrets that its mode needs', () => {
    const parts = {
      chat,
      clock: { now: () => testNow },
      log: { debug() {}, info() {}, warn() {}, error() {} },
    };

    expect(() => createSlackPlatform({ mode: 'http', botToken }, parts)).toThrow(/SLACK_SIGNING_SECRET/);
    expect(() => createSlackPlatform({ mode: 'socket', botToken }, parts)).toThrow(/SLACK_APP_TOKEN/);
    expect(() => createSlackPlatform({ mode: 'http', botToken: '', signingSecret }, parts)).toThrow(
      /SLACK_BOT_TOKEN/,
    );
  });
});
