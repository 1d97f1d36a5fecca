import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeActionValue } from '../../src/cards/action-value.ts';
import type { Card } from '../../src/cards/card.ts';
import { checkAdaptiveCard } from '../../src/cards/teams/check.ts';
import { teamsActionKey as actionKey } from '../../src/cards/teams/limits.ts';
import { createTeamsPlatform, type TeamsPlatform } from '../../src/chat/teams/index.ts';
import type { ActionRequest, Chat, ChatRequest, Reply } from '../../src/chat/types.ts';
import { systemClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import {
  createTeamsWorld,
  member,
  type Sent,
  type TeamsWorld,
  type TokenChanges,
} from '../helpers/teams-world.ts';

let world: TeamsWorld;
let platform: TeamsPlatform;
const asked: ChatRequest[] = [];
const pressed: ActionRequest[] = [];
let audience: Reply['audience'] = 'asker';

function card(title: string): Card {
  return {
    title,
    marking: 'clear',
    badges: [],
    sections: [{ id: 'who', type: 'text', rank: 0, paragraphs: [[{ text: 'A fact.', cites: [1] }]] }],
    sources: [{ number: 1, title: 'Test source', marking: 'clear', confidence: null }],
    withheld: { count: 0, highest: null },
    actions: [],
    asOf: '2026-01-01T00:00:00Z',
    fallbackText: `${title}: a fact.`,
  };
}

const chat: Chat = {
  handle: async (request) => {
    asked.push(request);
    if (request.text === 'boom') throw new Error('secret detail');
    return { card: card(request.text), audience: 'asker' };
  },
  handleAction: async (request) => {
    pressed.push(request);
    return { card: card(`pressed ${request.value.verb}`), audience };
  },
};

beforeAll(async () => {
  world = await createTeamsWorld();
  platform = createTeamsPlatform(world.settings, {
    chat,
    clock: systemClock,
    log: silentLog,
    credentials: world.credentials,
  });
});

afterAll(() => world.close());

beforeEach(() => {
  world.sent.length = 0;
  world.answers.length = 0;
  asked.length = 0;
  pressed.length = 0;
  audience = 'asker';
});

function posts(): readonly Sent[] {
  return world.sent.filter(({ path }) => !path.includes('members'));
}

function cardOf(sent: Sent | undefined): object {
  const attachments = sent?.body['attachments'];
  const first: unknown = Array.isArray(attachments) ? attachments[0] : undefined;
  return typeof first === 'object' && first !== null && 'content' in first ? (first.content as object) : {};
}

async function post(activity: unknown, authorization?: string): Promise<Response> {
  return platform.fetch(await world.request(activity, authorization));
}

describe('a Teams message, through the real botbuilder', () => {
  it('is answered once with a card that holds the limits', async () => {
    const response = await post(world.activity());

    expect(response.status).toBe(200);
    expect(asked).toMatchObject([
      { text: 'APT39', person: '29:alice', place: { platform: 'teams', kind: 'channel' } },
    ]);
    expect(posts()).toHaveLength(1);
    expect(posts()[0]).toMatchObject({ method: 'POST', authorization: 'Bearer outbound' });
    expect(posts()[0]?.body).toMatchObject({ type: 'message', summary: 'APT39: a fact.' });
    expect(posts()[0]?.body['text']).toBeUndefined();
    expect(checkAdaptiveCard(cardOf(posts()[0]))).toEqual([]);
  });

  it('asks with GREEN where all members are own users, and with CLEAR where one is a guest', async () => {
    await post(
      world.activity({
        conversation: { id: '19:own', conversationType: 'groupChat', tenantId: world.settings.tenantId },
      }),
    );
    world.members = () => [member({}), member({ userRole: 'guest' })];
    await post(
      world.activity({
        conversation: { id: '19:guests', conversationType: 'groupChat', tenantId: world.settings.tenantId },
      }),
    );

    expect(asked.map(({ place }) => place.ceiling)).toEqual(['green', 'clear']);
  });

  it('asks with CLEAR where the roster fails', async () => {
    world.members = () => {
      throw new Error('no roster');
    };

    await post(
      world.activity({
        conversation: { id: '19:no-roster', conversationType: 'personal', tenantId: world.settings.tenantId },
      }),
    );

    expect(asked[0]?.place).toMatchObject({ kind: 'direct', ceiling: 'clear' });
  });

  it('is answered once when Teams sends it again', async () => {
    const activity = world.activity({ id: 'same-activity' });

    await post(activity);
    const second = await post(activity);

    expect(second.status).toBe(200);
    expect(posts()).toHaveLength(1);
  });

  it('is posted once when the connector loses its answer', async () => {
    world.answers.push({ status: 201, drop: true });

    const response = await post(world.activity());

    expect(posts()).toHaveLength(1);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
  });

  it.each([403, 404, 413, 500, 502, 503, 504])(
    'is posted once when the connector answers %d',
    async (status) => {
      world.answers.push({ status });

      await post(world.activity());

      expect(posts()).toHaveLength(1);
    },
  );

  it.each([412, 429])('is sent again when the connector surely did not take it (%d)', async (status) => {
    world.answers.push({ status });

    const response = await post(world.activity());

    expect(response.status).toBe(200);
    expect(posts().map(({ messageId }) => messageId !== undefined)).toEqual([false, true]);
  });

  it('is not waited for when Teams asks for a long pause', async () => {
    const conversation = { id: 'a:busy', conversationType: 'personal', tenantId: world.settings.tenantId };
    world.answers.push({ status: 429, headers: { 'retry-after': '60' } });

    expect((await post(world.activity({ conversation }))).status).toBe(500);
    expect(posts()).toHaveLength(1);
  });

  it('gives an empty 500 when the chat fails', async () => {
    const response = await post(world.activity({ text: 'boom', entities: [] }));

    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
  });

  it('welcomes with help when the bot was added', async () => {
    const bot = { id: `28:${world.settings.appId}` };

    await post(world.activity({ type: 'conversationUpdate', text: undefined, membersAdded: [bot] }));

    expect(asked).toMatchObject([{ text: 'help' }]);
  });
});

describe('a pressed button', () => {
  const data = {
    [actionKey]: encodeActionValue({ verb: 'more', question: 'APT39', section: 'aliases', page: 1 }),
  };
  const invoke = (): Record<string, unknown> =>
    world.activity({
      type: 'invoke',
      name: 'adaptiveCard/action',
      text: undefined,
      value: { action: { type: 'Action.Execute', verb: 'threatbrief', data } },
    });

  it('updates the card in place through the invoke response', async () => {
    audience = 'replace';

    const response = await post(invoke());

    expect(response.status).toBe(200);
    const body = (await response.json()) as { value?: unknown };
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(checkAdaptiveCard(body.value)).toEqual([]);
    expect(posts()).toHaveLength(0);
  });

  it('shares to the conversation and says so', async () => {
    audience = 'place';

    const response = await post(invoke());

    expect(posts()).toHaveLength(1);
    expect(await response.json()).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
  });

  it('updates the message for an Action.Submit', async () => {
    audience = 'replace';

    await post(world.activity({ text: undefined, entities: [], value: data, replyToId: 'card-1' }));

    expect(posts()).toMatchObject([{ method: 'PUT', path: expect.stringContaining('card-1') }]);
  });

  it('answers an invoke that it does not know with 501', async () => {
    expect((await post(world.activity({ type: 'invoke', name: 'task/fetch' }))).status).toBe(501);
  });
});

describe('the gate in front of botbuilder', () => {
  const inAnHour = Math.floor(Date.now() / 1000) + 3600;
  it.each<[string, TokenChanges]>([
    ['no exp', { without: ['exp'] }],
    ['an expiry an hour ago', { claims: { exp: inAnHour - 7200 } }],
    ['an nbf in an hour', { claims: { nbf: inAnHour } }],
    ['another audience', { claims: { aud: 'someone-else' } }],
    ['another issuer', { claims: { iss: 'https://sts.windows.net/x/' } }],
    ['another serviceurl', { claims: { serviceurl: 'https://smba.trafficmanager.net/x/' } }],
    ['an unknown key id', { header: { kid: 'unknown' } }],
    ['a rogue key under a known id', { signWith: 'rogue' }],
    ['a key without endorsements', { signWith: 'unendorsed' }],
  ])('answers a token with %s with an empty 401', async (_what, changes) => {
    const response = await post(world.activity(), `Bearer ${await world.token(changes)}`);

    expect([response.status, await response.text()]).toEqual([401, '']);
    expect(asked).toEqual([]);
  });

  it.each([
    ['no token', ''],
    ['a Basic header', 'Basic dXNlcjpwYXNz'],
    ['garbage', 'Bearer a.b.c'],
  ])('answers %s with an empty 401', async (_what, authorization) => {
    const response = await post(world.activity(), authorization);

    expect([response.status, await response.text()]).toEqual([401, '']);
  });

  it('answers another tenant with 403', async () => {
    const conversation = { id: '19:x', conversationType: 'personal', tenantId: 'another' };

    expect((await post(world.activity({ conversation }))).status).toBe(403);
  });

  it.each(['', 'no json', '[]', '{}', '"text"', `{"type":"message","text":"${'x'.repeat(300_000)}"}`])(
    'answers a body that is no activity with 400 (%#)',
    async (body) => {
      expect((await post(body)).status).toBe(400);
    },
  );
});

describe('createTeamsPlatform', () => {
  it('does not start without credentials, since botbuilder would then check no tokens', () => {
    const settings = { ...world.settings, appId: '' };

    expect(() => createTeamsPlatform(settings, { chat, clock: systemClock, log: silentLog })).toThrow(
      /cannot start without TEAMS_APP_ID/,
    );
  });

  it('takes a managed identity, which has no secret', () => {
    const settings = { ...world.settings, appPassword: '', appType: 'UserAssignedMSI' } as const;
    const parts = { chat, clock: systemClock, log: silentLog };

    expect(createTeamsPlatform(settings, parts).name).toBe('teams');
    expect(() => createTeamsPlatform({ ...settings, appType: 'SingleTenant' }, parts)).toThrow(
      /TEAMS_APP_PASSWORD/,
    );
  });
});
