import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { createSlackPlatform } from '../../../src/chat/slack/index.ts';
import { slackInstallsOf } from '../../../src/compose/slack-installs.ts';
import { createApp } from '../../../src/server/app.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { createMetrics } from '../../../src/support/metrics.ts';
import { createFakeChat } from '../../helpers/slack-chat.ts';
import { signingSecret } from '../../helpers/slack-request.ts';
import { applyJsonEdits, type JsonEdit, jsonEdits } from '../json-edits.ts';
import { createSlackStub, stubApiUrl } from '../slack-stub.ts';
import { defineTarget } from '../target.ts';
import { answerProblems } from '../web-answers.ts';
import { edited, hostile, repeated } from '../words.ts';
import { createWatchedLog, fuzzNow } from '../world.ts';

/** One installation, as far as a browser takes part in it. */
interface Installed {
  readonly setup: keyof typeof setups;
  /** Under which name the browser asks. */
  readonly origin: string;
  /** The cookie of another time; undefined: none, as in a browser that was never here. */
  readonly oldCookie?: string;
  /** `own`, `twice` or `none`, or whatever else is sent as one. */
  readonly state: string;
  /** `own` or `none`, or another. */
  readonly cookie: string;
  readonly code?: string;
  readonly error?: string;
  /** Between beginning and end. */
  readonly waitMs: number;
  /** How Slack answers when the code is traded. */
  readonly answer: SlackAnswer;
}

type SlackAnswer =
  | { readonly kind: 'grant'; readonly grant: number; readonly edits: readonly JsonEdit[] }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'text'; readonly status: number; readonly text: string }
  | { readonly kind: 'broken' };

const setups = {
  here: {},
  public: { publicUrl: 'https://brief.example/base' },
  closed: { publicUrl: 'https://brief.example', allowedWorkspaces: ['T0OURS'] },
} as const;
const setupNames = Object.keys(setups) as readonly (keyof typeof setups)[];

const grants: readonly object[] = [
  {
    ok: true,
    access_token: 'xoxb-granted',
    token_type: 'bot',
    scope: 'commands,chat:write,im:history',
    bot_user_id: 'U0BOT',
    app_id: 'A0APP',
    team: { id: 'T0OURS', name: 'Harbour Guard' },
    enterprise: null,
    authed_user: { id: 'U0ANN' },
    is_enterprise_install: false,
  },
  {
    ok: true,
    access_token: 'xoxe.xoxb-granted',
    refresh_token: 'xoxe-1-refresh',
    expires_in: 43_200,
    token_type: 'bot',
    scope: 'commands',
    bot_user_id: 'U0BOT',
    app_id: 'A0APP',
    team: null,
    enterprise: { id: 'E0OURS', name: 'Harbours' },
    authed_user: { id: 'U0ANN' },
    is_enterprise_install: true,
  },
];

const answers: fc.Arbitrary<SlackAnswer> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant<'grant'>('grant'),
      grant: fc.nat(grants.length - 1),
      edits: fc.oneof({ arbitrary: fc.constant([]), weight: 1 }, { arbitrary: jsonEdits, weight: 4 }),
    }),
    weight: 8,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant<'error'>('error'),
      error: fc.oneof(
        fc.constantFrom<unknown>(
          'invalid_code',
          'code_already_used',
          'bad_client_secret',
          'ratelimited',
          5,
          null,
          {},
        ),
        hostile(),
      ),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant<'text'>('text'),
      status: fc.constantFrom(200, 204, 302, 400, 403, 429, 500, 503),
      text: hostile(),
    }),
    weight: 1,
  },
  { arbitrary: fc.constant({ kind: 'broken' as const }), weight: 1 },
);

const words = fc.oneof(edited(hostile(), 1), repeated(3_000));
const mostly = <Text>(usual: fc.Arbitrary<Text>, other: fc.Arbitrary<Text>): fc.Arbitrary<Text> =>
  fc.oneof({ arbitrary: usual, weight: 6 }, { arbitrary: other, weight: 2 });

const inputs: fc.Arbitrary<Installed> = fc.record(
  {
    setup: fc.constantFrom(...setupNames),
    origin: fc.constantFrom(
      'http://127.0.0.1:3978',
      'http://[::1]:1',
      'https://evil.example',
      'http://localhost',
    ),
    oldCookie: fc.oneof(
      words,
      fc.constant('a'.repeat(32)).map((value) => `threatbrief_slack_install=${value}`),
    ),
    state: mostly(
      fc.constantFrom<string>('own', 'own', 'own', 'twice'),
      fc.oneof(fc.constant('none'), words),
    ),
    cookie: mostly(fc.constant<string>('own'), fc.oneof(fc.constant('none'), words)),
    code: mostly(fc.constant('a.code'), words),
    error: fc.oneof(fc.constantFrom('access_denied', 'invalid_client_id', 'bad_redirect_uri'), words),
    waitMs: mostly(fc.constantFrom(0, 1_000, 599_000), fc.constantFrom(601_000, -601_000, 1e12)),
    answer: answers,
  },
  { requiredKeys: ['setup', 'origin', 'state', 'cookie', 'waitMs', 'answer'] },
);

export const installTarget = defineTarget<Installed>(
  'slack-install',
  'pages by which workspaces install the Slack app: states, codes, errors, cookies, and whatever Slack answers',
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'fuzz-install-'));
    const store = await openStore({ home, encryptionKey: 'ab'.repeat(32) });
    const log = createWatchedLog();
    const stub = createSlackStub();
    let nowMs = fuzzNow.getTime();
    let slackAnswer: SlackAnswer = { kind: 'broken' };
    const clock = { now: () => new Date(nowMs) };
    const chat = createFakeChat();
    const fetch: typeof globalThis.fetch = (input, init) => {
      const { url } = new Request(input, init);
      return url.endsWith('oauth.v2.access') ? answerOf(slackAnswer) : stub.fetch(input, init);
    };
    const open = (name: keyof typeof setups) => {
      const { publicUrl, allowedWorkspaces } = {
        publicUrl: undefined,
        allowedWorkspaces: undefined,
        ...setups[name],
      };
      const platform = createSlackPlatform(
        {
          mode: 'http',
          signingSecret,
          apiUrl: stubApiUrl,
          ...(publicUrl === undefined ? {} : { publicUrl }),
          oauth: {
            clientId: 'client-id',
            clientSecret: 'client-secret-of-the-fuzz',
            ...(allowedWorkspaces === undefined ? {} : { allowedWorkspaces }),
          },
        },
        { chat, clock, log, fetch, pause: async () => {}, installs: slackInstallsOf({ store, clock, log }) },
      );
      const app = createApp({
        chat,
        clock,
        log,
        metrics: createMetrics(),
        ready: async () => ({ ready: true, parts: {} }),
        slack: platform,
        ...(platform.install === undefined ? {} : { slackInstall: platform.install }),
      });
      return { platform, app };
    };
    const opened = { here: open('here'), public: open('public'), closed: open('closed') };
    const all = Object.values(opened);
    return {
      inputs,
      problemsOf: async (input) => {
        const { setup, origin, oldCookie, waitMs, answer } = input;
        const { app, platform } = opened[setup];
        nowMs = fuzzNow.getTime();
        slackAnswer = answer;
        const get = async (path: string, cookie: string | undefined): Promise<Response> =>
          app.fetch(
            new Request(
              `${origin}${path}`,
              cookie === undefined ? {} : { headers: { cookie: headerOf(cookie) } },
            ),
          );
        const begun = await get('/slack/install', oldCookie);
        const problems: string[] = [...(await problemsOfAnswer(begun))];
        const location = new URL(begun.headers.get('location') ?? 'about:blank');
        if (begun.status !== 302 || location.origin !== 'https://slack.com') {
          problems.push(`it begins with ${begun.status} at ${location.href}`);
        }
        if (location.searchParams.get('redirect_uri')?.includes('evil') === true) {
          problems.push('Slack would lead back to where the request says');
        }
        nowMs += waitMs;
        const issued = location.searchParams.get('state') ?? '';
        const ownCookie = begun.headers.get('set-cookie')?.split(';')[0];
        const query = new URLSearchParams();
        const state = ['own', 'twice'].includes(input.state) ? issued : input.state;
        if (input.state !== 'none') query.set('state', state);
        if (input.code !== undefined) query.set('code', input.code);
        if (input.error !== undefined) query.set('error', input.error);
        const cookie =
          input.cookie === 'own' ? ownCookie : input.cookie === 'none' ? undefined : input.cookie;
        const path = `/slack/oauth_redirect?${query.toString()}`;
        const isOwn = state === issued && input.cookie === 'own' && Math.abs(waitMs) <= 600_000;
        for (const again of input.state === 'twice' ? [false, true] : [false]) {
          const done = await get(path, cookie);
          // What Slack refuses of us, and that it cannot be asked, are failures of ours.
          const agreed = isOwn && (!again || input.error !== undefined) ? [500, 503] : [];
          problems.push(...(await problemsOfAnswer(done, agreed)));
          if (done.status === 200 && (!isOwn || again))
            problems.push('an installation that was not begun here is completed');
        }
        await platform.stop();
        const logged = log.take().filter((line) => !line.includes('Slack could not be asked to complete'));
        return [...problems, ...logged, ...stub.take()];
      },
      close: async () => {
        await Promise.all(all.map(({ platform }) => platform.stop()));
        await store.close();
        await rm(home, { recursive: true, force: true });
      },
    };
  },
);

/** A header holds no more than Latin-1, and no line breaks. */
function headerOf(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '').trim();
}

async function problemsOfAnswer(
  response: Response,
  agreed: readonly number[] = [],
): Promise<readonly string[]> {
  const { status, headers } = response;
  const body = await response.text();
  return [
    ...answerProblems({ status, headers, body }, agreed),
    ...[...body.matchAll(/<[^<>]*>/g)].flatMap(([tag]) =>
      /^<(?:script|img|svg|iframe|at)\b|\s(?:on[a-z]+|style|src)\s*=|href="(?!https?:|\/slack\/)/i.test(tag)
        ? [`markup of others in the page: ${tag}`]
        : [],
    ),
    ...(/xox|client-secret/.test(body) ? ['a secret in the page'] : []),
  ];
}

async function answerOf(answer: SlackAnswer): Promise<Response> {
  switch (answer.kind) {
    case 'grant':
      return Response.json(applyJsonEdits(grants[answer.grant], answer.edits) ?? null);
    case 'error':
      return Response.json({ ok: false, error: answer.error });
    case 'text':
      return new Response(answer.status === 204 ? null : answer.text, {
        status: answer.status,
        headers: answer.status === 429 ? { 'retry-after': '1' } : {},
      });
    case 'broken':
      throw new TypeError('fetch failed');
    default:
      return answer satisfies never;
  }
}
