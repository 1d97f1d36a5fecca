import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeActionValue } from '../../../src/cards/action-value.ts';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { teamsActionKey } from '../../../src/cards/teams/limits.ts';
import { createTeamsPlatform, type TeamsPlatform } from '../../../src/chat/teams/index.ts';
import type { ActionRequest, Chat, ChatRequest, Reply } from '../../../src/chat/types.ts';
import { systemClock } from '../../../src/support/clock.ts';
import { silentLog } from '../../../src/support/log.ts';
import { sampleCard } from '../../helpers/sample-card.ts';
import { createTeamsWorld, member, type Sent, type TeamsWorld, tenantId } from '../../helpers/teams-world.ts';

let world: TeamsWorld;
let platform: TeamsPlatform;
let rooms = 0;
let requests: (ChatRequest | ActionRequest)[];
let audience: Reply['audience'];

const answer = { outcome: 'found', answers: [], suggestions: [], facts: [], card: sampleCard } as never;
const chat: Chat = {
  handle: async (request) => {
    requests.push(request);
    return { card: { ...sampleCard, title: request.text }, audience: 'asker', answer };
  },
  handleAction: async (request) => {
    requests.push(request);
    return { card: sampleCard, audience };
  },
};

beforeAll(async () => {
  world = await createTeamsWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.sent.length = 0;
  world.answers.length = 0;
  world.members = () => [member({})];
  requests = [];
  audience = 'asker';
  rooms += 1;
  platform = createTeamsPlatform(world.settings, {
    chat,
    clock: systemClock,
    log: silentLog,
    credentials: world.credentials,
  });
});

const channel = (): object => ({ id: `19:${rooms}@thread.tacv2`, conversationType: 'channel', tenantId });
const personal = (): object => ({ id: `a:${rooms}`, conversationType: 'personal', tenantId });
const bot = (): object => ({ id: `28:${world.settings.appId}`, name: 'threatbrief' });

async function receive(change: Record<string, unknown>): Promise<Response> {
  return platform.fetch(await world.request(world.activity({ conversation: channel(), ...change })));
}

const posts = (): readonly Sent[] => world.sent.filter(({ path }) => !path.includes('members'));
const paths = (): readonly string[] =>
  posts().map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);

interface ShownCard {
  readonly body?: readonly object[];
  readonly actions?: readonly { readonly title: string; readonly data: object; readonly mode?: string }[];
}

function cardOf(sent: Sent | undefined): ShownCard {
  const [attachment] = (sent?.body['attachments'] ?? []) as { content: ShownCard }[];
  return attachment?.content ?? {};
}

const privately = (sent: Sent | undefined) =>
  cardOf(sent).actions?.find(({ title }) => title === 'More Privately');

describe('an answer in a channel', () => {
  it('is a screen, with a button for the whole in the personal chat', async () => {
    await receive({ text: '<at>threatbrief</at> who is apt99' });

    const shown = posts()[0];
    expect(JSON.stringify(cardOf(shown).body).length * 2).toBeLessThanOrEqual(8 * 1024);
    expect(checkAdaptiveCard(cardOf(shown))).toEqual([]);
    expect(privately(shown)).toMatchObject({
      type: 'Action.Execute',
      data: { [teamsActionKey]: encodeActionValue({ verb: 'ask', question: 'who is apt99' }), to: 'person' },
      fallback: { type: 'Action.Submit' },
    });
  });

  it('has no such button in a personal chat, nor where asking again would change something', async () => {
    await receive({ text: 'apt99', conversation: personal(), entities: [] });
    await receive({ text: 'watch apt99', entities: [] });

    expect(posts().map((one) => privately(one))).toEqual([undefined, undefined]);
  });
});

describe('More Privately', () => {
  const press = (change: Record<string, unknown> = {}): Promise<Response> =>
    receive({
      type: 'invoke',
      name: 'adaptiveCard/action',
      text: undefined,
      entities: [],
      value: {
        action: {
          type: 'Action.Execute',
          data: { [teamsActionKey]: encodeActionValue({ verb: 'ask', question: 'apt99' }), to: 'person' },
        },
      },
      ...change,
    });

  it('sends the whole to the personal chat, for what is allowed there', async () => {
    await receive({ conversation: personal(), entities: [] });
    world.sent.length = 0;
    requests = [];

    const response = await press();

    expect(await response.json()).toMatchObject({ value: 'Sent to your chat with threatbrief.' });
    expect(paths()).toEqual([`POST /v3/conversations/a:${rooms}/activities`]);
    expect(requests).toMatchObject([
      {
        value: { verb: 'ask' },
        place: { id: `a:${rooms}`, kind: 'direct', ceiling: 'green' },
        person: '29:alice',
      },
    ]);
  });

  it('makes the chat with someone met in the channel only', async () => {
    world.answers.push({ status: 201, body: `{"id":"a:new-${rooms}"}` });
    await receive({});
    world.sent.length = 0;
    world.answers.push({ status: 201, body: `{"id":"a:new-${rooms}"}` });

    await press();

    expect(paths()).toEqual(['POST /v3/conversations', `POST /v3/conversations/a:new-${rooms}/activities`]);
  });

  it('says how to add the app where it is not installed for the person', async () => {
    await receive({});
    world.sent.length = 0;
    world.answers.push({ status: 403 });

    const response = await press();

    expect(await response.json()).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringContaining('choose Add'),
    });
    expect(requests.slice(1)).toEqual([]);
  });

  it('is sent once, however often Teams asks', async () => {
    await receive({ conversation: personal(), entities: [] });
    world.sent.length = 0;

    await press({ id: 'same' });
    await press({ id: 'same' });

    expect(posts()).toHaveLength(1);
  });
});

describe('an edited message', () => {
  const edit = (text: string, change: object = {}): Promise<Response> =>
    receive({
      type: 'messageUpdate',
      id: 'question',
      text,
      entities: [],
      channelData: { eventType: 'editMessage', tenant: { id: tenantId } },
      ...change,
    });

  it('gets its answer in the place of the one before', async () => {
    await receive({ id: 'question', text: 'apt98', entities: [] });
    const [first] = posts();
    await edit('apt99');
    await edit('apt99');
    await edit('apt100');

    expect(requests).toMatchObject([{ text: 'apt98' }, { text: 'apt99' }, { text: 'apt100' }]);
    expect(paths().slice(1)).toEqual(
      Array(2).fill(`PUT /v3/conversations/19:${rooms}@thread.tacv2/activities/${first?.messageId}`),
    );
  });

  it('gets a new answer where the old one is not known any more', async () => {
    await edit('apt99');

    expect(paths()).toEqual([`POST /v3/conversations/19:${rooms}@thread.tacv2/activities/question`]);
  });

  it('changes nothing once more', async () => {
    await receive({ id: 'question', text: 'subscribe daily 08:00', entities: [] });
    await edit('subscribe daily 09:00');

    expect(requests).toHaveLength(1);
    expect(JSON.stringify(cardOf(posts()[1]))).toContain('Write it as a new one');
  });

  it.each([
    [
      'deleted',
      { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage', tenant: { id: tenantId } } },
    ],
    ['restored', { channelData: { eventType: 'undeleteMessage', tenant: { id: tenantId } } }],
    ['reacted to', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
  ])('that is %s gets no answer', async (_what, change) => {
    expect((await edit('apt99', change)).status).toBe(200);
    expect(posts()).toEqual([]);
  });
});

describe('a welcome', () => {
  const added = (change: object = {}): Promise<Response> =>
    receive({ type: 'conversationUpdate', text: undefined, membersAdded: [bot()], ...change });

  it.each([
    ['personal', /No mention is needed/],
    ['groupChat', /Mention @threatbrief/],
    ['channel', /go on in the replies/],
  ])('says once how to ask in a conversation of type %s', async (conversationType, words) => {
    const conversation = { id: `19:welcome-${rooms}`, conversationType, tenantId };

    await added({ conversation });
    await added({ conversation, type: 'installationUpdate', action: 'add', membersAdded: undefined });

    expect(requests).toMatchObject([{ text: 'help' }]);
    expect(JSON.stringify(cardOf(posts()[0]))).toMatch(words);
  });

  it('is not said to other members, nor when the app is updated', async () => {
    await added({ membersAdded: [{ id: '29:bob' }] });
    await added({ type: 'installationUpdate', action: 'add-upgrade', membersAdded: undefined });

    expect(posts()).toEqual([]);
  });
});

describe('a button of a client without Action.Execute', () => {
  const data = (to: object = {}): object => ({
    [teamsActionKey]: encodeActionValue({ verb: 'more', question: 'apt99', section: 'who' }),
    ...to,
  });

  it.each([
    ['bare', data()],
    ['as text', JSON.stringify(data())],
    ['below its invoke', { msteams: { type: 'invoke', value: data() } }],
    ['inside its action', { action: { type: 'Action.Execute', data: data() } }],
  ])('is taken from a message that carries it %s', async (_how, value) => {
    await receive({ text: undefined, entities: [], value });

    expect(requests).toMatchObject([{ value: { verb: 'more', section: 'who' } }]);
    expect(posts()).toHaveLength(1);
  });

  it('says its text where that stands beside it alone', async () => {
    await receive({ text: '', entities: [], value: { msteams: { type: 'messageBack', text: 'apt99' } } });

    expect(requests).toMatchObject([{ text: 'apt99' }]);
  });

  it('shares once, and tells what cannot be sent privately in the conversation', async () => {
    audience = 'place';
    await receive({ id: 'same', text: undefined, entities: [], value: data() });
    await receive({ id: 'same', text: undefined, entities: [], value: data() });
    expect(posts()).toHaveLength(1);

    world.sent.length = 0;
    world.answers.push({ status: 403 });
    await receive({ text: undefined, entities: [], value: data({ to: 'person' }) });
    expect(JSON.stringify(cardOf(posts().at(-1)))).toContain('choose Add');
  });
});

describe('who reads along', () => {
  it('is asked anew when somebody comes or goes', async () => {
    await receive({});
    world.members = () => [member({}), member({ id: '29:gus', userRole: 'guest' })];
    await receive({ type: 'conversationUpdate', text: undefined, membersAdded: [{ id: '29:gus' }] });
    await receive({});

    expect(requests.map(({ place }) => place.ceiling)).toEqual(['green', 'clear']);
  });
});

describe('a pause that Teams asks for', () => {
  it('holds for what is answered there next, and nowhere else', async () => {
    world.answers.push({ status: 429, headers: { 'retry-after': '60' } });
    expect((await receive({})).status).toBe(500);
    expect((await receive({})).status).toBe(500);
    expect(posts()).toHaveLength(1);

    expect((await receive({ conversation: personal() })).status).toBe(200);
    expect(posts()).toHaveLength(2);
  });
});
