import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { BotCredentials } from '../../src/chat/teams/connector.ts';
import type { TeamsSettings } from '../../src/chat/teams/settings.ts';

/** A post, update or roster question that reached the stand-in connector. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly authorization: string | undefined;
  /** Given to what was taken, whether the answer arrived or not. */
  readonly messageId?: string;
}

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** Bot Framework on loopback: OpenID metadata with keys, a connector that records, and tokens that fit. */
export interface TeamsWorld {
  readonly settings: TeamsSettings;
  readonly serviceUrl: string;
  readonly sent: Sent[];
  readonly credentials: BotCredentials;
  /** Members that the roster gives; a function that throws makes the roster fail. */
  members: () => readonly object[];
  /** How the connector answers the next posts, in order; 201 when none is left. */
  readonly answers: TeamsAnswer[];
  /** How the connector answers questions for the roster, in order; with the members when none is left. */
  readonly rosterAnswers: TeamsAnswer[];
  token(changes?: TokenChanges): Promise<string>;
  activity(changes?: Record<string, unknown>): Record<string, unknown>;
  request(activity: unknown, authorization?: string): Promise<Request>;
  close(): Promise<void>;
}

export interface TeamsAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  /** Takes the request, and closes the connection. */
  readonly drop?: true;
  /** Takes the request, and never answers. */
  readonly hang?: true;
  readonly body?: string;
}

export interface TokenChanges {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly signWith?: 'trusted' | 'rogue' | 'unendorsed';
  readonly without?: readonly string[];
}

export const appId = '11111111-1111-4111-8111-111111111111';
export const tenantId = '22222222-2222-4222-8222-222222222222';
const botId = `28:${appId}`;

/** Made once: they take longer than a test. */
let keyPairs: ReturnType<typeof makeKeyPairs> | undefined;

async function makeKeyPairs(): Promise<Record<'trusted' | 'rogue' | 'unendorsed', KeyPair>> {
  const [trusted, rogue, unendorsed] = await Promise.all([
    generateKeyPair('RS256'),
    generateKeyPair('RS256'),
    generateKeyPair('RS256'),
  ]);
  return { trusted, rogue, unendorsed };
}

export async function createTeamsWorld(): Promise<TeamsWorld> {
  keyPairs ??= makeKeyPairs();
  const keys = await keyPairs;
  const sent: Sent[] = [];
  const answers: TeamsAnswer[] = [];
  const rosterAnswers: TeamsAnswer[] = [];
  const state = { members: (): readonly object[] => [member({})] };
  const server = await listen(async (request, base) => {
    const path = request.url ?? '';
    if (path === '/openid') return json({ issuer: 'https://api.botframework.com', jwks_uri: `${base}keys` });
    if (path === '/keys') return json({ keys: await publicKeys(keys) });
    const body = await readBody(request);
    const { method = '', headers } = request;
    const note = (messageId?: string): void => {
      const id = messageId === undefined ? {} : { messageId };
      sent.push({ method, path, body, authorization: headers.authorization, ...id });
    };
    const personId = /\/members\/([^/?]+)$/.exec(path)?.[1];
    if (personId !== undefined) {
      note();
      return oneMember(state.members, decodeURIComponent(personId));
    }
    const isRoster = path.includes('/pagedmembers');
    const answer = (isRoster ? rosterAnswers : answers).shift();
    const status = answer?.status ?? 201;
    const messageId = isRoster || status >= 300 ? undefined : `sent-${sent.length + 1}`;
    note(messageId);
    if (answer?.drop) return undefined;
    if (answer?.hang) return new Promise(() => {});
    if (isRoster && answer === undefined) return roster(state.members);
    return {
      ...json({ id: messageId }),
      ...(answer?.body === undefined ? {} : { body: answer.body }),
      status,
      headers: answer?.headers ?? {},
    };
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const world = {
    get members() {
      return state.members;
    },
    set members(next) {
      state.members = next;
    },
    settings: {
      appId,
      appPassword: 'secret',
      tenantId,
      allowedTenants: [tenantId],
      allowedServiceHosts: [new URL(base).host],
      openIdMetadataUrl: `${base}openid`,
      devNoAuth: false,
    },
    serviceUrl: base,
    sent,
    answers,
    rosterAnswers,
    credentials: standInCredentials,
    token: (changes: TokenChanges = {}) => sign(keys, base, changes),
    activity: (changes: Record<string, unknown> = {}) => ({ ...messageActivity(base), ...changes }),
    request: async (activity: unknown, authorization?: string) =>
      new Request('http://bot.example/api/messages', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: authorization ?? `Bearer ${await sign(keys, base, {})}`,
        },
        body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  } satisfies TeamsWorld;
  return world;
}

/** A member of the bot's own tenant, changed as a test needs it. */
export function member(changes: Record<string, unknown>): object {
  return { id: '29:alice', tenantId, userRole: 'user', userPrincipalName: 'alice@corp.example', ...changes };
}

function messageActivity(serviceUrl: string): Record<string, unknown> {
  return {
    type: 'message',
    id: `activity-${Math.random().toString(16).slice(2)}`,
    channelId: 'msteams',
    serviceUrl,
    text: '<at>threatbrief</at> APT39',
    textFormat: 'plain',
    from: { id: '29:alice', name: 'Alice', aadObjectId: '33333333-3333-4333-8333-333333333333' },
    recipient: { id: botId, name: 'threatbrief' },
    conversation: { id: '19:room@thread.tacv2', conversationType: 'channel', tenantId },
    channelData: {
      tenant: { id: tenantId },
      team: { id: '19:team' },
      channel: { id: '19:room@thread.tacv2' },
    },
    entities: [
      { type: 'mention', text: '<at>threatbrief</at>', mentioned: { id: botId, name: 'threatbrief' } },
    ],
  };
}

const standInCredentials: BotCredentials = {
  isValidAppId: async (id) => id === appId,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    signRequest: async (request) => {
      request.headers.set('authorization', 'Bearer outbound');
      return request;
    },
  }),
};

async function sign(
  keys: Record<string, KeyPair>,
  serviceUrl: string,
  changes: TokenChanges,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const signer = changes.signWith ?? 'trusted';
  const claims: Record<string, unknown> = {
    iss: 'https://api.botframework.com',
    aud: appId,
    exp: now + 3600,
    nbf: now - 60,
    serviceurl: serviceUrl,
    ...changes.claims,
  };
  for (const name of changes.without ?? []) delete claims[name];
  const pair = keys[signer];
  if (pair === undefined) throw new Error(`no key named ${signer}`);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: signer === 'rogue' ? 'trusted' : signer, ...changes.header })
    .sign(pair.privateKey);
}

async function publicKeys({
  trusted,
  unendorsed,
}: Record<'trusted' | 'unendorsed', KeyPair>): Promise<object[]> {
  return [
    { ...(await exportJWK(trusted.publicKey)), kid: 'trusted', use: 'sig', endorsements: ['msteams'] },
    { ...(await exportJWK(unendorsed.publicKey)), kid: 'unendorsed', use: 'sig' },
  ];
}

interface StubAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function json(value: unknown): StubAnswer {
  return { status: 200, headers: {}, body: JSON.stringify(value) };
}

function roster(members: () => readonly object[]): StubAnswer {
  try {
    return json({ members: members() });
  } catch {
    return { status: 500, headers: {}, body: '{}' };
  }
}

function oneMember(members: () => readonly object[], id: string): StubAnswer {
  try {
    const found = members().find((one) => 'id' in one && one.id === id);
    return found === undefined ? { status: 404, headers: {}, body: '{}' } : json(found);
  } catch {
    return { status: 500, headers: {}, body: '{}' };
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}

async function listen(
  answer: (request: IncomingMessage, base: string) => Promise<StubAnswer | undefined>,
): Promise<Server> {
  const server = createServer((request, response) => {
    const base = `http://${request.headers.host}/`;
    answer(request, base).then(
      (result) => {
        if (result === undefined) return request.socket.destroy();
        response
          .writeHead(result.status, { 'content-type': 'application/json', ...result.headers })
          .end(result.body);
        return undefined;
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
