import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { createPlaceNews } from '../../src/chat/place-news.ts';
import { createRecentLookups } from '../../src/chat/recent.ts';
import type { SeenEvents } from '../../src/chat/seen-events.ts';
import { createSlackPlatform, type SlackPlatform } from '../../src/chat/slack/index.ts';
import { createSurfaces } from '../../src/chat/surfaces.ts';
import { createThreads } from '../../src/chat/threads.ts';
import { createAnswerRecords } from '../../src/compose/answer-records.ts';
import { openPermissions } from '../../src/compose/permissions.ts';
import { slackInstallsOf } from '../../src/compose/slack-installs.ts';
import { createSubscribing } from '../../src/compose/subscribing.ts';
import { openWorkspaces } from '../../src/compose/workspaces.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import type { Clock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { settingsOf } from '../compose/settings-of.ts';
import { createMemoryStore } from './knowledge.ts';
import { signingSecret, testNow } from './slack-request.ts';

const apiUrl = 'http://slack.test/api/';

/** What Slack knows of a person; the rest of `users.info` as `more` says. */
export interface Person {
  readonly id: string;
  readonly team: string;
  readonly more?: object;
}

/** What Slack knows of a channel: who sees it, by workspace, and its flags. */
export interface Channel {
  readonly id: string;
  readonly teams: readonly string[];
  readonly members: readonly string[];
  readonly flags?: object;
}

export interface Tenants {
  readonly people: readonly Person[];
  readonly channels: readonly Channel[];
  /** The workspaces that installed the app, and an organisation that did. */
  readonly installed: readonly string[];
  readonly organisation?: string;
}

/** One call that the bot made, and with whose token. */
export interface Called {
  readonly as: string;
  readonly method: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The whole bot over a real database, serving several workspaces of a Slack that knows what each token may see. */
export interface TenantWorld {
  readonly platform: SlackPlatform;
  readonly store: Store;
  readonly called: Called[];
  /** Answers of the Web API in place of the usual ones, by method. */
  readonly stubs: Map<
    string,
    (body: Readonly<Record<string, unknown>>, as: string) => object | undefined | Promise<object | undefined>
  >;
  now: Date;
  /** Another process over the same database. */
  openReplica(): SlackPlatform;
  /** Sends a request, waits for what it sets off, and gives what was sent because of it. */
  send(request: Request): Promise<{ readonly response: Response; readonly called: readonly Called[] }>;
  /** Fails when anything that went out breaks a rule of Slack. */
  expectSound(): void;
  close(): Promise<void>;
}

export async function openTenantWorld(
  tenants: Tenants,
  options: {
    readonly databaseUrl?: string;
    readonly seen?: (store: Store) => SeenEvents;
    readonly publicUrl?: string;
    readonly clock?: Clock;
  } = {},
): Promise<TenantWorld> {
  const home = await mkdtemp(join(tmpdir(), 'tenants-'));
  const { databaseUrl, seen, publicUrl } = options;
  const encryptionKey = 'ab'.repeat(32);
  const store = await openStore({
    home,
    encryptionKey,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  const { installed, organisation } = tenants;
  for (const key of [...installed, ...(organisation === undefined ? [] : [organisation])]) {
    await install(store, key, key === organisation);
  }
  const called: Called[] = [];
  const stubs: TenantWorld['stubs'] = new Map();
  const clock = options.clock ?? { now: () => world.now };
  const parts = { store, clock, log: silentLog };
  const settings = settingsOf({});
  const workspaces = openWorkspaces(settings, parts);
  const permissions = openPermissions({ ...parts, workspaces, settings });
  const recordParts = { settings, metrics: createMetrics(), filled: Promise.resolve(), nowMs: () => 0 };
  const records = createAnswerRecords({ ...parts, ...recordParts });
  const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog });
  const answerParts = {
    desk,
    clock,
    log: silentLog,
    settings: workspaces,
    permissions,
    threads: createThreads(parts),
    subscribing: { ...createSubscribing({ store, clock, workspaces, settings }), ...records.services },
  };
  const recent = createRecentLookups({ store, desk, log: silentLog });

  const slackFetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const as = (request.headers.get('authorization') ?? '').replace('Bearer xoxb-', '');
    const isApi = request.url.startsWith(apiUrl);
    const method = isApi ? request.url.slice(apiUrl.length) : 'response_url';
    const body = readBody(await request.text(), isApi);
    called.push({ as, method, body });
    return Response.json((await stubs.get(method)?.(body, as)) ?? answerOf(tenants, as, method, body));
  };
  const open = (): SlackPlatform =>
    createSlackPlatform(
      {
        mode: 'http',
        signingSecret,
        apiUrl,
        oauth: { clientId: 'client-id', clientSecret: 'client-secret' },
        ...(publicUrl === undefined ? {} : { publicUrl }),
      },
      {
        chat: records.chat(createChat(answerParts)),
        surfaces: records.surfaces(createSurfaces({ ...answerParts, recent })),
        ...parts,
        fetch: slackFetch,
        pause: () => Promise.resolve(),
        news: createPlaceNews(parts),
        installs: slackInstallsOf(parts),
        ...(seen === undefined ? {} : { seen: seen(store) }),
      },
    );
  const platform = open();
  const world: TenantWorld = {
    platform,
    store,
    called,
    stubs,
    now: testNow,
    openReplica: open,
    send: async (request) => {
      const before = called.length;
      const response = await platform.fetch(request);
      await platform.stop();
      return { response, called: called.slice(before) };
    },
    expectSound: () => {
      for (const payload of called.flatMap(payloadsOf)) expect(checkSlackPayload(payload)).toEqual([]);
    },
    close: async () => {
      await platform.stop();
      await records.trail.stop();
      await store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
  return world;
}

async function install(store: Store, key: string, isOrganisation: boolean): Promise<void> {
  const tokens = { botToken: `xoxb-${key}`, refreshToken: null, expiresAt: null, refreshAt: null };
  const whose = { teamId: isOrganisation ? null : key, enterpriseId: isOrganisation ? key : null };
  const bot = { botUserId: `UBOT${key}`, botId: 'B1', appId: 'A1' };
  const facts = { key, isOrganisation, name: `Name of ${key}`, scopes: [], installedBy: 'U0' };
  await store.saveInstallation({ ...facts, ...whose, ...bot, installedAt: 1 }, tokens);
}

/** A token sees its own workspace's channels, those shared with it, and anybody; an organisation's sees all. */
function answerOf(
  { people, channels, organisation }: Tenants,
  as: string,
  method: string,
  body: Readonly<Record<string, unknown>>,
): object {
  const channel = channels.find(({ id }) => id === body['channel']);
  const isSeen = channel !== undefined && (as === organisation || channel.teams.includes(as));
  switch (method) {
    case 'users.info': {
      const person = people.find(({ id }) => id === body['user']);
      if (person === undefined) return { ok: false, error: 'user_not_found' };
      return { ok: true, user: { id: person.id, team_id: person.team, name: person.id, ...person.more } };
    }
    case 'conversations.info':
      return isSeen
        ? { ok: true, channel: { id: channel.id, is_channel: true, is_member: true, ...channel.flags } }
        : { ok: false, error: 'channel_not_found' };
    case 'conversations.members':
      return isSeen ? { ok: true, members: channel.members } : { ok: false, error: 'channel_not_found' };
    case 'chat.postMessage':
    case 'chat.postEphemeral':
    case 'chat.unfurl':
      return isSeen || String(body['channel']).startsWith('D')
        ? { ok: true, ts: '1795348899.000100', channel: body['channel'] }
        : { ok: false, error: 'channel_not_found' };
    default:
      return { ok: true, view: { id: `V-${method}` } };
  }
}

function readBody(text: string, isForm: boolean): Record<string, unknown> {
  if (!isForm) return JSON.parse(text) as Record<string, unknown>;
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [
      name,
      /^(?:[[{]|true$|false$)/.test(value) ? JSON.parse(value) : value,
    ]),
  );
}

function payloadsOf({ method, body }: Called): readonly unknown[] {
  if (method.startsWith('views.')) return [body['view']];
  if (method === 'chat.unfurl')
    return Object.values(body['unfurls'] ?? {}).map((preview: object) => ({ text: 'none', ...preview }));
  const isMessage = method === 'response_url' || /^chat\.(?:post|update)/.test(method);
  return isMessage ? [body] : [];
}
