import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { createTurnAdapter } from '../../../src/chat/teams/connector.ts';
import { createConversations, createMemoryConversations } from '../../../src/chat/teams/conversations.ts';
import { createTeamsDelivery } from '../../../src/chat/teams/deliver.ts';
import { createTeamsPlatform } from '../../../src/chat/teams/index.ts';
import { createLimiter, type Limiter, sendWindows } from '../../../src/chat/teams/limiter.ts';
import type { Destination } from '../../../src/domain/subscription.ts';
import type { DeliveryPlatform } from '../../../src/schedule/types.ts';
import { systemClock } from '../../../src/support/clock.ts';
import { silentLog } from '../../../src/support/log.ts';
import { anyCard } from '../../helpers/cards.ts';
import { cleared } from '../../helpers/cleared.ts';
import { openTeamsDelivery, room, type TeamsDeliveryDriver } from '../../helpers/deliveries/teams.ts';
import { createFakeChat } from '../../helpers/fake-chat.ts';
import { sampleCard } from '../../helpers/sample-card.ts';
import { member, type TeamsAnswer, type TeamsWorld } from '../../helpers/teams-world.ts';

let driver: TeamsDeliveryDriver;
let world: TeamsWorld;
let teams: DeliveryPlatform;
let place: Destination;

beforeAll(async () => {
  driver = await openTeamsDelivery();
  ({ world, platform: teams, place } = driver);
});
afterAll(() => driver.close());
beforeEach(() => {
  world.sent.length = 0;
  world.answers.length = 0;
  world.rosterAnswers.length = 0;
  world.members = () => [member({})];
});

const message = { key: 'd/0', card: cleared(sampleCard) };
const posts = () => world.sent.filter(({ path }) => path.endsWith('/activities'));

/** A delivery platform of its own over the same connector, whose record of the room is changed. */
function deliveryWith(changes: object, callTimeoutMs = 2_000, sending?: Limiter): DeliveryPlatform {
  const { tenantId } = world.settings;
  const store = createMemoryConversations();
  const adapter = createTurnAdapter(world.settings, world.credentials);
  const conversations = createConversations({ store, clock: systemClock, log: silentLog });
  void conversations.remember(place, {
    tenantId,
    serviceUrl: world.serviceUrl,
    conversationId: room,
    kind: 'channel',
    botId: `28:${world.settings.appId}`,
    ...changes,
  });
  return createTeamsDelivery({
    adapter,
    conversations,
    settings: world.settings,
    log: silentLog,
    callTimeoutMs,
    ...(sending === undefined ? {} : { sending }),
  });
}

describe('a post to Teams', () => {
  it.each<[number, object]>([
    [403, { kind: 'gone' }],
    [404, { kind: 'gone' }],
    [400, { kind: 'refused' }],
    [413, { kind: 'refused' }],
    [401, { kind: 'not-sent' }],
    [412, { kind: 'not-sent' }],
    [429, { kind: 'not-sent', isRate: true }],
    [408, { kind: 'uncertain' }],
    [500, { kind: 'uncertain' }],
    [502, { kind: 'uncertain' }],
    [503, { kind: 'uncertain' }],
    [504, { kind: 'uncertain' }],
  ])('that is answered with %d goes out once', async (status, expected) => {
    world.answers.push({ status });

    expect(await teams.post(place, message)).toMatchObject(expected);
    expect(posts()).toHaveLength(1);
  });

  it.each<[string, TeamsAnswer]>([
    ['no id', { status: 201, body: '{}' }],
    ['no JSON', { status: 201, body: '<html>' }],
    ['nothing, and a closed connection', { status: 201, drop: true }],
  ])('is in doubt after %s', async (_what, answer) => {
    world.answers.push(answer);

    expect(await teams.post(place, message)).toMatchObject({ kind: 'uncertain' });
    expect(posts()).toHaveLength(1);
  });

  it('is in doubt when no answer comes in time', async () => {
    world.answers.push({ status: 201, hang: true });

    expect(await deliveryWith({}, 50).post(place, message)).toMatchObject({ kind: 'uncertain' });
    expect(posts()).toHaveLength(1);
  });

  it('goes to the channel as a new post, and below its parent as a reply', async () => {
    await teams.post(place, message);
    await teams.post(place, { ...message, parent: '1700000000000' });

    expect(posts().map(({ path }) => decodeURIComponent(path))).toEqual([
      `/v3/conversations/${room}/activities`,
      `/v3/conversations/${room};messageid=1700000000000/activities`,
    ]);
    expect(posts()[0]?.body).toMatchObject({ type: 'message', summary: sampleCard.fallbackText });
    expect(posts()[0]?.body['text']).toBeUndefined();
    expect(posts()[0]?.body['replyToId']).toBeUndefined();
  });

  it('does not give the channel up because a message above it was deleted', async () => {
    world.answers.push({ status: 404 });

    expect(await teams.post(place, { ...message, parent: '17' })).toMatchObject({ kind: 'refused' });
  });

  it.each(['https://evil.example/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'nonsense'])(
    'never goes to %s, whatever the record says',
    async (serviceUrl) => {
      const delivery = deliveryWith({ serviceUrl });

      expect(await delivery.placeState(place)).toMatchObject({ kind: 'gone' });
      expect(await delivery.post(place, message)).toMatchObject({ kind: 'gone' });
      expect(world.sent).toEqual([]);
    },
  );

  it('never goes to another tenant', async () => {
    const delivery = deliveryWith({ tenantId: 'another' });

    expect(await delivery.post(place, message)).toMatchObject({ kind: 'gone' });
    expect(world.sent).toEqual([]);
  });

  it('reaches a development client, which knows no tokens and whose tenant is not on a list', async () => {
    const settings = {
      ...world.settings,
      appId: '',
      appPassword: '',
      tenantId: '',
      allowedTenants: [],
      allowedServiceHosts: [],
      devNoAuth: true,
    };
    const chat = createFakeChat();
    const platform = createTeamsPlatform(settings, { chat, clock: systemClock, log: silentLog });
    const received = await platform.fetch(await world.request(world.activity()));
    world.sent.length = 0;

    expect(received.status).toBe(200);
    expect(await platform.delivery.placeState(place)).toMatchObject({ kind: 'open' });
    expect(await platform.delivery.post(place, message)).toMatchObject({ kind: 'posted' });
    expect(posts()[0]?.authorization).toBeUndefined();
  });

  it('waits for its turn where Teams takes no more, without trying', async () => {
    const clock = { now: () => new Date('2026-11-23T08:00:00Z') };
    const sending = createLimiter(sendWindows, clock);
    const delivery = deliveryWith({}, 2_000, sending);
    const kinds = [];
    for (let count = 0; count < 7; count += 1) kinds.push((await delivery.post(place, message)).kind);
    world.sent.length = 0;

    expect(kinds).toEqual(Array(7).fill('posted'));
    expect(await delivery.post(place, message)).toMatchObject({
      kind: 'not-sent',
      isRate: true,
      retryAfterMs: 1_000,
    });
    expect(world.sent).toEqual([]);
  });

  it('holds back what follows where Teams asked for a pause', async () => {
    const sending = createLimiter(sendWindows, { now: () => new Date('2026-11-23T08:00:00Z') });
    const delivery = deliveryWith({}, 2_000, sending);
    world.answers.push({ status: 429, headers: { 'retry-after': '30' } });
    await delivery.post(place, message);

    expect(await delivery.post(place, message)).toMatchObject({ kind: 'not-sent', retryAfterMs: 30_000 });
    expect(posts()).toHaveLength(1);
  });

  it('follows no redirect to another host', async () => {
    let isAsked = false;
    const elsewhere = createServer((_request, response) => {
      isAsked = true;
      response.writeHead(201).end('{"id":"1"}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => elsewhere.close(() => resolve())));
    const { port } = elsewhere.address() as AddressInfo;
    for (const status of [303, 307, 308]) {
      world.answers.push({ status, headers: { location: `http://127.0.0.1:${port}/` } });

      expect(await teams.post(place, message)).toMatchObject({ kind: 'not-sent' });
    }
    expect(isAsked).toBe(false);
  });

  it('has surely sent nothing when the record cannot be read', async () => {
    const conversations = createConversations({
      store: {
        ...createMemoryConversations(),
        conversation: async () => {
          throw new Error('the database is gone');
        },
      },
      clock: systemClock,
      log: silentLog,
    });
    const adapter = createTurnAdapter(world.settings, world.credentials);
    const delivery = createTeamsDelivery({
      adapter,
      conversations,
      settings: world.settings,
      log: silentLog,
    });

    expect(await delivery.placeState(place)).toMatchObject({ kind: 'unreachable' });
    expect(await delivery.post(place, message)).toMatchObject({ kind: 'not-sent' });
  });

  it('has surely sent nothing when no token can be had', async () => {
    const adapter = createTurnAdapter(world.settings, {
      isValidAppId: async () => true,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({
        signRequest: async () => {
          throw new Error('the token server is down');
        },
      }),
    });
    const store = createMemoryConversations();
    const conversations = createConversations({ store, clock: systemClock, log: silentLog });
    await conversations.remember(place, {
      tenantId: world.settings.tenantId,
      serviceUrl: world.serviceUrl,
      conversationId: room,
      kind: 'channel',
      botId: '28:x',
    });
    const delivery = createTeamsDelivery({
      adapter,
      conversations,
      settings: world.settings,
      log: silentLog,
    });

    expect(await delivery.post(place, message)).toMatchObject({ kind: 'not-sent' });
    expect(await delivery.placeState(place)).toMatchObject({ kind: 'unreachable' });
    expect(world.sent).toEqual([]);
  });

  it('is sound whatever stands in a card', async () => {
    await fc.assert(
      fc.asyncProperty(anyCard, async (card) => {
        world.sent.length = 0;
        expect(await teams.post(place, { key: 'd/0', card: cleared(card) })).toMatchObject({
          kind: 'posted',
        });
        const [attachment] = (posts()[0]?.body['attachments'] ?? []) as { content: object }[];
        expect(checkAdaptiveCard(attachment?.content ?? {})).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a place in Teams', () => {
  it.each<[string, readonly object[]]>([
    ['a guest', [member({}), member({ userRole: 'guest' })]],
    ['someone of another tenant', [member({}), member({ tenantId: 'another' })]],
    ['an #EXT# name', [member({ userPrincipalName: 'x#EXT#@corp.example' })]],
    ['someone without a role', [member({ userRole: undefined })]],
    ['nobody', []],
  ])('with %s in its roster is CLEAR', async (_what, members) => {
    world.members = () => members;

    expect(await teams.placeState(place)).toEqual({ kind: 'open', ceiling: 'clear' });
  });

  it('reads the roster of the team, afresh each time', async () => {
    await teams.placeState(place);
    await teams.placeState(place);

    expect(world.sent.map(({ path }) => decodeURIComponent(path).split('?')[0])).toEqual(
      Array(2).fill('/v3/conversations/19:team/pagedmembers'),
    );
  });

  it.each<[TeamsAnswer, object]>([
    [{ status: 403 }, { kind: 'gone' }],
    [{ status: 404 }, { kind: 'gone' }],
    [
      { status: 429, headers: { 'retry-after': '3' } },
      { kind: 'unreachable', retryAfterMs: 3_000 },
    ],
    [{ status: 500 }, { kind: 'unreachable' }],
    [{ status: 200, drop: true }, { kind: 'unreachable' }],
    [
      { status: 200, body: '{"members":"all"}' },
      { kind: 'open', ceiling: 'clear' },
    ],
  ])('whose roster answers %j has a state all the same', async (answer, expected) => {
    world.rosterAnswers.push(answer);

    expect(await teams.placeState(place)).toMatchObject(expected);
  });

  it.each(['shared', 'private'])('that is a %s channel is CLEAR', async (channelType) => {
    expect(await deliveryWith({ channelType }).placeState(place)).toMatchObject({ ceiling: 'clear' });
  });
});

describe('someone met in a team only', () => {
  const met = (): Destination => ({ ...place, id: '29:bob', kind: 'direct' });

  it('gets a chat of their own, made once', async () => {
    await driver.receive({ from: { id: '29:bob', name: 'Bob' } });
    world.sent.length = 0;
    world.answers.push({ status: 201, body: '{"id":"a:bob"}' });

    const results = [await teams.post(met(), message), await teams.post(met(), message)];

    expect(results).toMatchObject([{ kind: 'posted' }, { kind: 'posted' }]);
    const [made, ...sent] = world.sent;
    expect(made).toMatchObject({
      path: '/v3/conversations',
      body: { members: [{ id: '29:bob' }], isGroup: false, tenantId: world.settings.tenantId },
    });
    expect(sent.map(({ path }) => decodeURIComponent(path))).toEqual(
      Array(2).fill('/v3/conversations/a:bob/activities'),
    );
  });

  it.each<[TeamsAnswer, object, object]>([
    [{ status: 403 }, { kind: 'gone' }, { kind: 'gone' }],
    [{ status: 500 }, { kind: 'unreachable' }, { kind: 'not-sent' }],
    [{ status: 201, drop: true }, { kind: 'unreachable' }, { kind: 'not-sent' }],
    [
      { status: 429, headers: { 'retry-after': '4' } },
      { kind: 'unreachable', retryAfterMs: 4_000 },
      { kind: 'not-sent', isRate: true, retryAfterMs: 4_000 },
    ],
  ])('gets nothing, and nothing is in doubt, when making it answers %j', async (answer, state, result) => {
    await driver.receive({ from: { id: '29:cem', name: 'Cem' } });
    world.answers.length = 0;
    world.answers.push(answer, answer);
    const cem: Destination = { ...place, id: '29:cem', kind: 'direct' };

    expect(await teams.placeState(cem)).toMatchObject(state);
    expect(await teams.post(cem, message)).toMatchObject(result);
  });
});
