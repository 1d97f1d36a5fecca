import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeActionValue } from '../../src/cards/action-value.ts';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { slackPressables, slackText } from '../helpers/platforms/shown.ts';
import {
  botToken,
  createSlackNetwork,
  type SentToSlack,
  type SlackNetwork,
} from '../helpers/slack-network.ts';
import {
  clickBody,
  directBody,
  eventBody,
  formRequest,
  jsonRequest,
  mentionBody,
  payloadRequest,
  type SignOptions,
  signingSecret,
  slashBody,
  type Who,
} from '../helpers/slack-request.ts';
import { createTestHome, type RunningProcess, type TestHome } from '../helpers/threatbrief-process.ts';

let network: SlackNetwork;
/** Records what the process sends on its way to the local Slack. */
let passage: Server;
let base: string;
let home: TestHome;
let server: RunningProcess;

beforeAll(async () => {
  network = await createSlackNetwork();
  await network.joinBot();
  passage = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const path = request.url ?? '';
      const url = path.startsWith('/api/')
        ? `${network.apiUrl}${path.slice(5)}`
        : 'http://slack.test/respond';
      const passed = await network.fetch(url, {
        method: 'POST',
        headers: { 'content-type': type, authorization },
        body,
      });
      response.writeHead(passed.status, { 'content-type': 'application/json' }).end(await passed.text());
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => passage.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(passage.address() as AddressInfo).port}`;
  for (const method of ['open', 'update', 'publish']) {
    network.stubs.set(`views.${method}`, () => Response.json({ ok: true, view: { id: 'V1' } }));
  }
  home = createTestHome();
  server = await home.start({
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${base}/api/`,
    PUBLIC_URL: 'https://tb.example',
  });
}, 60_000);
afterAll(async () => {
  await home.remove();
  passage.closeAllConnections();
  passage.close();
  await network.close();
});
afterEach(() => {
  network.expectSoundMessages();
  for (const { method, body } of network.sent) {
    if (method.startsWith('views.')) expect(checkSlackPayload(body['view'])).toEqual([]);
  }
  network.sent.length = 0;
});

const ann = (): Who => ({ team: network.team, channel: network.channel, user: network.users.ann });
const now = (): number => Math.floor(Date.now() / 1_000);

async function send(make: (options: SignOptions) => Request, timestampSeconds = now()): Promise<Response> {
  const request = make({ timestampSeconds });
  return fetch(`${server.address}/slack/events`, {
    method: 'POST',
    headers: request.headers,
    body: await request.text(),
  });
}

const say = (words: string, who = ann()): Promise<Response> =>
  send((options) => formRequest({ ...slashBody(who, words), response_url: `${base}/respond` }, options));
const press = (value: string): Promise<Response> =>
  send((options) => payloadRequest(clickBody(ann(), value, { response_url: `${base}/respond` }), options));

/** What was sent by a method, once it was. */
async function sentBy(method: string): Promise<SentToSlack> {
  return vi.waitFor(
    () => {
      const found = network.sent.findLast((one) => one.method === method);
      if (found === undefined) throw new Error(`no ${method}`);
      return found;
    },
    { timeout: 10_000 },
  );
}

const shown = ({ body }: SentToSlack): string =>
  slackText(body['blocks'] ?? (body['view'] as { blocks: unknown }).blocks);

describe('threatbrief start with Slack', () => {
  it('answers a command, and shares the answer when that is pressed', async () => {
    expect((await say('remix kiten')).status).toBe(200);
    const answer = await sentBy('response_url');
    const share = slackPressables(answer.body['blocks']).find(({ label }) => label === 'Share');
    await press(share?.value ?? '');
    const shared = await sentBy('chat.postMessage');

    expect(shown(answer)).toContain('APT39');
    expect(answer.body['response_type']).toBe('ephemeral');
    expect(shared.body).toMatchObject({ channel: network.channel });
    expect(shown(shared)).toContain('Shared by ann');
  });

  it('answers a mention once, and what is asked next in its thread', async () => {
    const ts = `${now()}.000100`;
    const body = mentionBody(ann(), `<@${network.users.bot}> who is chafer`, { ts });
    await Promise.all([1, 2, 3].map(() => send((options) => jsonRequest(body, options))));
    const first = await sentBy('chat.postMessage');
    const follow = mentionBody(ann(), `<@${network.users.bot}> and its malware?`, {
      ts: `${now()}.000200`,
      thread_ts: ts,
    });
    await send((options) => jsonRequest(follow, options));
    await vi.waitFor(() => expect(network.messages()).toHaveLength(2), { timeout: 10_000 });

    expect(first.body).toMatchObject({ channel: network.channel, thread_ts: ts });
    expect(shown(first)).toContain('APT39');
    expect(shown(await sentBy('chat.postMessage'))).toMatch(/APT39.*Remexi/s);
  });

  it('answers a direct message, and opens forms and the home tab', async () => {
    await send((options) =>
      jsonRequest(directBody({ ...ann(), channel: network.direct }, 'T1566.001'), options),
    );
    expect(shown(await sentBy('chat.postMessage'))).toContain('Spearphishing Attachment');
    await say('subscribe');
    expect(shown(await sentBy('views.open'))).toContain('Next');
    await send((options) => jsonRequest(eventBody(ann(), { type: 'app_home_opened', tab: 'home' }), options));
    expect(shown(await sentBy('views.publish'))).toContain('What you looked up last');
    await press(encodeActionValue({ verb: 'form', section: 'look-up' }));
    await vi.waitFor(() =>
      expect(network.sent.filter(({ method }) => method === 'views.open')).toHaveLength(2),
    );
  });

  it('refuses what is old, of the future, or signed by somebody else', async () => {
    const signed = (seconds: number, secret = signingSecret): Promise<Response> =>
      send((options) => formRequest(slashBody(ann(), 'APT39'), { ...options, secret }), seconds);
    const answers = [await signed(now() - 400), await signed(now() + 3_600), await signed(now(), 'guessed')];

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(network.sent).toEqual([]);
  });

  it('subscribes a channel that it is not in, and says what is to be done first', async () => {
    await say('subscribe daily 8:00 UTC', { ...ann(), channel: 'C0PRIVATE' });
    const answer = shown(await sentBy('response_url'));

    expect(answer).toContain('Subscribed');
    expect(answer).toContain('type /invite @threatbrief');
    network.sent.length = 0;
    await say('subscribe daily 8:00 UTC');
    const invited = shown(await sentBy('response_url'));

    expect(invited).toContain('Subscribed');
    expect(invited).not.toContain('/invite');
  });

  it('ends when it is told to, and has told nobody its secrets', async () => {
    const ended = await server.end('SIGTERM');

    expect(ended.exitCode).toBe(0);
    for (const secret of [botToken, signingSecret]) expect(ended.stderr + ended.stdout).not.toContain(secret);
  });
});
