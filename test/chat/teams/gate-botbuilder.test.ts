import { createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTurnAdapter } from '../../../src/chat/teams/connector.ts';
import { createTeamsPlatform, type TeamsPlatform } from '../../../src/chat/teams/index.ts';
import { systemClock } from '../../../src/support/clock.ts';
import { silentLog } from '../../../src/support/log.ts';
import { createFakeChat, type FakeChat } from '../../helpers/fake-chat.ts';
import { appId, createTeamsWorld, type TeamsWorld, tenantId } from '../../helpers/teams-world.ts';

let world: TeamsWorld;
let platform: TeamsPlatform;
let chat: FakeChat;

beforeAll(async () => {
  world = await createTeamsWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.sent.length = 0;
  chat = createFakeChat();
  const { credentials, settings } = world;
  platform = createTeamsPlatform(settings, { chat, clock: systemClock, log: silentLog, credentials });
});

type Changes = NonNullable<Parameters<TeamsWorld['token']>[0]>;

async function received(
  activity: unknown,
  authorization?: string,
): Promise<{ readonly status: number; readonly body: string; readonly asked: number }> {
  const response = await platform.fetch(await world.request(activity, authorization));
  return { status: response.status, body: await response.text(), asked: chat.requests.length };
}

const bearer = async (changes: Changes): Promise<string> => `Bearer ${await world.token(changes)}`;

/** A token put together by hand, with any header. */
async function forged(header: object, sign: (input: string) => string): Promise<string> {
  const [, payload = ''] = (await world.token()).split('.');
  const head = Buffer.from(JSON.stringify(header)).toString('base64url');
  return `Bearer ${head}.${payload}.${sign(`${head}.${payload}`)}`;
}

const nowSeconds = Math.floor(Date.now() / 1000);

describe('what botbuilder alone lets through, or answers with a reason', () => {
  it.each<[string, Changes]>([
    ['no exp', { without: ['exp'] }],
    ['no serviceurl', { without: ['serviceurl'] }],
    ['a key that is not endorsed', { signWith: 'unendorsed' }],
    ['a rogue key under a known id', { signWith: 'rogue' }],
    ['an unknown key id', { header: { kid: 'unknown' } }],
    ['an nbf in the future', { claims: { nbf: nowSeconds + 3_600 } }],
    ['an expiry of an hour ago', { claims: { exp: nowSeconds - 3_600, nbf: nowSeconds - 7_200 } }],
    ['another audience', { claims: { aud: randomUUID() } }],
    ['a list of audiences', { claims: { aud: [appId] } }],
    ['another issuer', { claims: { iss: 'https://api.botframework.us' } }],
    ['another serviceurl', { claims: { serviceurl: 'https://smba.trafficmanager.net/x/' } }],
    [
      'the issuer of an own tenant, by the way of the emulator',
      { claims: { iss: `https://sts.windows.net/${tenantId}/`, tid: tenantId, appid: appId, ver: '1.0' } },
    ],
    [
      'the newer issuer of any tenant',
      {
        claims: {
          iss: `https://login.microsoftonline.com/${randomUUID()}/v2.0`,
          tid: randomUUID(),
          azp: appId,
          ver: '2.0',
        },
      },
    ],
  ])('is an empty 401 for a token with %s', async (_what, changes) => {
    expect(await received(world.activity(), await bearer(changes))).toEqual({
      status: 401,
      body: '',
      asked: 0,
    });
  });

  it.each<[string, () => Promise<string>]>([
    ['alg none', () => forged({ alg: 'none', typ: 'JWT', kid: 'trusted' }, () => 'x')],
    [
      'HS256 with the app id as its key',
      () =>
        forged({ alg: 'HS256', typ: 'JWT', kid: 'trusted' }, (input) =>
          createHmac('sha256', appId).update(input).digest('base64url'),
        ),
    ],
    ['a signature that is cut off', () => forged({ alg: 'RS256', kid: 'trusted' }, () => 'AA')],
    ['more than 8 KB', () => bearer({ claims: { filler: 'x'.repeat(9_000) } })],
    ['two tokens', async () => `${await bearer({})} ${await world.token()}`],
    ['another scheme', async () => `Basic ${await world.token()}`],
    ['nothing', async () => ''],
  ])('is an empty 401 for %s', async (_what, authorization) => {
    expect(await received(world.activity(), await authorization())).toEqual({
      status: 401,
      body: '',
      asked: 0,
    });
  });

  it.each<[string, number, object]>([
    ['no serviceUrl', 401, { serviceUrl: undefined }],
    ['a serviceUrl elsewhere', 401, { serviceUrl: 'https://evil.example/' }],
    ['no channelId', 401, { channelId: undefined }],
    ['the channel of the emulator', 401, { channelId: 'emulator' }],
    ['another channel', 401, { channelId: 'webchat' }],
    [
      'another tenant',
      403,
      { conversation: { id: '19:x', conversationType: 'channel', tenantId: randomUUID() } },
    ],
    ['another tenant in its channel data', 403, { channelData: { tenant: { id: randomUUID() } } }],
  ])('is refused for an activity with %s', async (_what, status, change) => {
    expect(await received(world.activity({ ...change }))).toEqual({ status, body: '', asked: 0 });
  });

  it.each(['', 'null', '[]', '{}', '{"type":7}', '{"__proto__":{"type":"message"}}', '{"type":"message"'])(
    'is an empty 400 for the body %j, which is no activity',
    async (body) => {
      expect(await received(body)).toEqual({ status: 400, body: '', asked: 0 });
    },
  );

  it('is taken where everything agrees', async () => {
    expect(await received(world.activity())).toEqual({ status: 200, body: '', asked: 1 });
  });
});

describe('five hundred tokens of tenants that nobody knows', () => {
  interface Parameters {
    readonly ToBotFromBotOrEmulatorTokenValidationParameters: { readonly issuer: string[] };
  }
  const inBotbuilder = createRequire(createRequire(import.meta.url).resolve('botbuilder'));
  const connector = ['botframework', 'connector/lib/auth/tokenValidationParameters.js'].join('-');
  const { ToBotFromBotOrEmulatorTokenValidationParameters: parameters }: Parameters = inBotbuilder(connector);
  const junk = (): string => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const tid = randomUUID();
    const claims = {
      iss: `https://sts.windows.net/${tid}/`,
      tid,
      aud: appId,
      appid: appId,
      ver: '1.0',
      exp: nowSeconds + 600,
    };
    return `Bearer ${part({ alg: 'RS256', kid: 'trusted' })}.${part(claims)}.c2ln`;
  };

  it('grow nothing', async () => {
    const before = parameters.issuer.length;

    for (let count = 0; count < 500; count += 1) {
      expect((await received(world.activity(), junk())).status).toBe(401);
    }

    expect(parameters.issuer).toHaveLength(before);
    expect(world.sent).toEqual([]);
  });

  it('would grow a list for good without the gate', async () => {
    const before = parameters.issuer.length;
    const adapter = createTurnAdapter(world.settings, world.credentials);

    await expect(adapter.turn(junk(), world.activity(), async () => {})).rejects.toThrow();

    expect(parameters.issuer.length).toBeGreaterThan(before);
  });
});
