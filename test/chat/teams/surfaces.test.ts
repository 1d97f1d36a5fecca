import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeActionValue } from '../../../src/cards/action-value.ts';
import { walkObjects } from '../../../src/cards/shape.ts';
import { checkAdaptiveCard } from '../../../src/cards/teams/check.ts';
import { teamsActionKey } from '../../../src/cards/teams/limits.ts';
import { createTeamsPlatform, type TeamsPlatform } from '../../../src/chat/teams/index.ts';
import { systemClock } from '../../../src/support/clock.ts';
import { silentLog } from '../../../src/support/log.ts';
import { createFakeChat, type FakeChat } from '../../helpers/fake-chat.ts';
import { createFakeSurfaces, type FakeSurfaces, fakeForm } from '../../helpers/fake-surfaces.ts';
import { sampleCard } from '../../helpers/sample-card.ts';
import { createTeamsWorld, member, type Sent, type TeamsWorld } from '../../helpers/teams-world.ts';

let world: TeamsWorld;
let platform: TeamsPlatform;
let surfaces: FakeSurfaces;
let chat: FakeChat;
let room = 0;

beforeAll(async () => {
  world = await createTeamsWorld();
});
afterAll(() => world.close());

beforeEach(() => {
  world.sent.length = 0;
  world.answers.length = 0;
  world.members = () => [member({})];
  surfaces = createFakeSurfaces();
  chat = createFakeChat();
  platform = createTeamsPlatform(
    { ...world.settings, publicUrl: 'https://brief.example.org/base' },
    { chat, clock: systemClock, log: silentLog, credentials: world.credentials, surfaces },
  );
  room += 1;
});

const conversation = (kind: string): object => ({
  id: kind === 'personal' ? `a:${room}` : `19:${room}@thread.tacv2`,
  conversationType: kind,
  tenantId: world.settings.tenantId,
});

async function invoke(
  name: string,
  value: unknown,
  change: Record<string, unknown> = {},
): Promise<{ readonly status: number; readonly body: Record<string, never> }> {
  const activity = world.activity({
    type: 'invoke',
    name,
    text: undefined,
    entities: [],
    conversation: conversation('groupChat'),
    value,
    ...change,
  });
  const response = await platform.fetch(await world.request(activity));
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

async function say(change: Record<string, unknown>): Promise<number> {
  return (await platform.fetch(await world.request(world.activity({ entities: [], ...change })))).status;
}

const posts = (): readonly Sent[] => world.sent.filter(({ path }) => !path.includes('members'));
const openValue = (about: object = {}): object => ({
  data: {
    msteams: { type: 'task/fetch' },
    [teamsActionKey]: encodeActionValue({ verb: 'form', section: 'subscribe', ...about }),
  },
  context: { theme: 'dark' },
});
const sent = (data: object, mark: object = {}): object => ({
  data: { threatbriefForm: { id: 'subscribe', state: 'place-1', ...mark }, ...data },
});

function textsOf(card: unknown): string {
  const texts: string[] = [];
  walkObjects(card, ({ text }) => {
    if (typeof text === 'string') texts.push(text);
  });
  return texts.join('\n');
}

interface Dialog {
  readonly task: {
    readonly type: string;
    readonly value: { readonly title: string; readonly card: { readonly content: object } };
  };
}
const cardIn = (body: unknown): object => (body as Dialog).task.value.card.content;

describe('a dialog', () => {
  it('opens by a button with what the button carried, as a card that is sound', async () => {
    const { status, body } = await invoke('task/fetch', openValue({ entity: 'malware--1' }));

    expect(status).toBe(200);
    expect(body).toMatchObject({ task: { type: 'continue', value: { title: 'Subscribe' } } });
    expect(checkAdaptiveCard(cardIn(body))).toEqual([]);
    expect(surfaces.calls).toMatchObject([
      {
        name: 'openForm',
        asked: {
          form: 'subscribe',
          entity: 'malware--1',
          person: '29:alice',
          asker: { role: 'member', accountId: '33333333-3333-4333-8333-333333333333' },
          place: { kind: 'group', ceiling: 'green' },
        },
      },
    ]);
  });

  it('gives back what was filled in, each field in its own form', async () => {
    surfaces.formReply = { kind: 'done', reply: { card: sampleCard, audience: 'asker' } };

    const { body } = await invoke(
      'task/submit',
      sent({
        'v.filters': 'sector:telecom, region:europe',
        'c.shape': 'thread',
        'c.days': 'mo%2C1,tu',
        'c.zone': 'Europe/Paris%2C TX',
        'c.actors': '',
        't.zone.1.zone': ' ',
      }),
    );

    expect(surfaces.calls).toMatchObject([
      {
        name: 'submitForm',
        asked: {
          state: 'place-1',
          values: {
            filters: ['sector:telecom, region:europe'],
            shape: ['thread'],
            days: ['mo,1', 'tu'],
            zone: ['Europe/Paris, TX'],
          },
        },
      },
    ]);
    expect(textsOf(cardIn(body))).toContain('APT99');
    expect(checkAdaptiveCard(cardIn(body))).toEqual([]);
    expect(posts()).toEqual([]);
  });

  it('finds what was typed in place of a search, and says at the field what fits several or nothing', async () => {
    await invoke('task/submit', sent({ 't.zone.1.zone': 'berlin', 't.zone.n.actors': 'europe/bern, paris' }));

    expect(surfaces.calls.at(-1)).toMatchObject({
      name: 'submitForm',
      asked: { values: { zone: ['Europe/Berlin'], actors: ['Europe/Bern', 'Europe/Paris, TX'] } },
    });

    const { body } = await invoke(
      'task/submit',
      sent({ 't.zone.1.zone': 'europe', 't.zone.n.actors': 'atlantis' }),
    );

    expect(surfaces.calls.at(-1)?.name).toBe('refreshForm');
    const words = textsOf(cardIn(body));
    expect(words).toContain('“europe” fits several');
    expect(words).toContain('Nothing is found for “atlantis”');
  });

  it('shows problems above their fields, and those of no field at the top', async () => {
    surfaces.formReply = {
      kind: 'form',
      form: fakeForm,
      problems: [
        { field: 'filters', text: '"colour" is no filter; known: sector.' },
        { field: 'gone', text: 'You may not subscribe here.' },
      ],
    };

    const { body } = await invoke('task/submit', sent({}));

    const { body: elements } = cardIn(body) as { body: { type: string; text?: string; id?: string }[] };
    expect(elements[0]?.text).toContain('may not subscribe');
    const at = elements.findIndex(({ id }) => id === 'v.filters');
    expect(elements[at - 1]?.text).toContain('colour');
  });

  it('is refreshed by its button, and tells a preview below the form', async () => {
    await invoke('task/submit', sent({}, { button: 'refresh' }));
    expect(surfaces.calls.at(-1)?.name).toBe('refreshForm');

    surfaces.formReply = { kind: 'beside', form: fakeForm, reply: { card: sampleCard, audience: 'asker' } };
    const { body } = await invoke('task/submit', sent({}, { button: 'preview' }));

    expect(surfaces.calls.at(-1)).toMatchObject({ name: 'submitForm', asked: { button: 'preview' } });
    expect(textsOf(cardIn(body))).toMatch(/Next: Monday[\s\S]*APT99/);
    expect(posts()).toEqual([]);
  });

  it('posts once what is for all, however often Teams asks', async () => {
    surfaces.formReply = { kind: 'done', reply: { card: sampleCard, audience: 'place' } };

    await invoke('task/submit', sent({}), { id: 'same' });
    await invoke('task/submit', sent({}), { id: 'same' });

    expect(posts()).toHaveLength(1);
  });

  it('goes on by the buttons of the card that it shows', async () => {
    const data = { [teamsActionKey]: encodeActionValue({ verb: 'more', question: 'APT99', section: 'who' }) };

    const { body } = await invoke('task/submit', { data });

    expect(chat.requests).toMatchObject([{ value: { verb: 'more', section: 'who' } }]);
    expect(JSON.stringify(cardIn(body))).not.toContain('Action.Execute');
  });

  it('says a sentence with a reference when something fails', async () => {
    surfaces.failWith = new Error('secret detail');

    const { status, body } = await invoke('task/fetch', openValue());

    expect(status).toBe(200);
    expect(JSON.stringify(body)).toMatch(/reference: [0-9a-f]{8}/);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it('answers by command where a client sends the form as a message, or opens none', async () => {
    surfaces.formReply = { kind: 'done', reply: { card: sampleCard, audience: 'asker' } };
    await say({ text: undefined, value: { threatbriefForm: { id: 'subscribe' }, 'v.filters': 'x' } });
    expect(posts()).toHaveLength(1);
    expect(surfaces.calls.at(-1)).toMatchObject({
      name: 'submitForm',
      asked: { values: { filters: ['x'] } },
    });

    await say({ text: undefined, value: (openValue() as { data: object }).data });
    expect(chat.requests).toMatchObject([{ value: { verb: 'form', section: 'subscribe' } }]);
  });

  it.each([
    ['a form that is unknown', { data: { threatbriefForm: { id: '__proto__' } } }],
    ['nothing', undefined],
    ['a list', [1]],
    ['a deep thing', JSON.parse('{"data":'.repeat(60) + '1' + '}'.repeat(60))],
  ])('answers %s as unknown', async (_what, value) => {
    expect((await invoke('task/submit', value)).status).toBe(501);
  });

  it('takes fields of any name', async () => {
    const data = JSON.parse('{"v.__proto__":"x","v.constructor":"y"}');

    await invoke('task/submit', sent(data));

    const values = surfaces.calls.at(-1)?.asked['values'] as object;
    expect(Object.entries(values)).toEqual([
      ['__proto__', ['x']],
      ['constructor', ['y']],
    ]);
  });
});

describe('a search field of a dialog', () => {
  it('is filled while one types', async () => {
    const { body } = await invoke('application/search', {
      queryText: 'europe/p',
      queryOptions: { skip: 0, top: 500 },
      dataset: 'zone',
    });

    expect(body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.search.searchResponse',
      value: { results: [{ title: 'Europe/Paris, TX', value: 'Europe/Paris%2C TX' }] },
    });
    expect(surfaces.calls).toMatchObject([{ asked: { source: 'zone', limit: 15 } }]);
  });

  it('is empty when something fails, and unknown for a data set that is not ours', async () => {
    surfaces.failWith = new Error('no');

    expect((await invoke('application/search', { queryText: 'x', dataset: 'zone' })).body).toMatchObject({
      value: { results: [] },
    });
    expect((await invoke('application/search', { queryText: 'x', dataset: 'graph.users' })).status).toBe(501);
  });
});

describe('the message extension', () => {
  const query = (text: string, more: object = {}): object => ({
    commandId: 'search',
    parameters: [{ name: 'text', value: text }],
    queryOptions: { skip: 0, count: 25 },
    ...more,
  });
  interface Results {
    readonly composeExtension: {
      readonly type: string;
      readonly attachments: readonly {
        readonly content: object;
        readonly preview: {
          readonly content: { readonly text: string; readonly tap: { readonly value: object } };
        };
      }[];
    };
  }

  it('lists what is found with previews, and gives the card of what is chosen', async () => {
    const { body } = await invoke('composeExtension/query', query('velvet'));

    const { composeExtension } = body as unknown as Results;
    const [first] = composeExtension.attachments;
    expect(composeExtension.type).toBe('result');
    expect(first).toMatchObject({
      preview: {
        contentType: 'application/vnd.microsoft.card.thumbnail',
        content: { title: 'APT900 (Velvet Heron)', text: 'Actor, Iran ‹b›x‹/b›' },
      },
    });
    expect(checkAdaptiveCard(first?.content)).toEqual([]);

    const picked = await invoke('composeExtension/selectItem', first?.preview.content.tap.value);

    expect(chat.requests).toMatchObject([{ value: { verb: 'brief' } }]);
    const [chosen] = (picked.body as unknown as Results).composeExtension.attachments;
    expect(checkAdaptiveCard(chosen?.content)).toEqual([]);
    expect(posts()).toEqual([]);
  });

  it('begins with what the person looked up last', async () => {
    await invoke('composeExtension/query', {
      commandId: 'search',
      parameters: [{ name: 'initialRun', value: 'true' }],
    });

    expect(surfaces.calls).toMatchObject([{ name: 'find', asked: { text: '', person: '29:alice' } }]);
  });

  it('gives the same to the same question, and pages', async () => {
    const first = await invoke('composeExtension/query', query('velvet'));
    const second = await invoke('composeExtension/query', query('velvet'));
    expect(second.body).toEqual({ ...first.body });

    const { body } = await invoke(
      'composeExtension/query',
      query('velvet', { queryOptions: { skip: 15, count: 10 } }),
    );
    expect(body).toMatchObject({ composeExtension: { attachments: [] } });
    expect(surfaces.calls.at(-1)?.asked['limit']).toBe(25);
  });

  it('shows what is CLEAR where a guest reads along, in the command box, and where the roster is slow', async () => {
    await invoke('composeExtension/query', query('a'));
    world.members = () => [member({}), member({ id: '29:gus', userRole: 'guest' })];
    await invoke('composeExtension/query', query('b'), {
      conversation: { ...conversation('groupChat'), id: '19:guests' },
    });
    world.members = () => [member({})];
    const source = { tenant: { id: world.settings.tenantId }, source: { name: 'commandbox' } };
    await invoke('composeExtension/query', query('c'), { channelData: source });
    world.rosterAnswers.push({ status: 200, hang: true });
    const slow = { ...conversation('groupChat'), id: '19:slow' };
    await invoke('composeExtension/query', query('d'), { conversation: slow });

    expect(surfaces.calls.map(({ asked }) => asked.place.ceiling)).toEqual([
      'green',
      'clear',
      'clear',
      'clear',
    ]);
  });

  it.each([
    ['nothing found', query('nobody'), 'Nothing is named like'],
    ['a command that is unknown', query('x', { commandId: 'other' }), 'not offered here'],
    ['no command', { parameters: 'x' }, undefined],
  ])('answers %s', async (_what, value, words) => {
    const { status, body } = await invoke('composeExtension/query', value);

    expect(status).toBe(words === undefined ? 501 : 200);
    if (words !== undefined) expect(JSON.stringify(body)).toContain(words);
  });

  it('takes a client that names no command for the one command of its kind', async () => {
    const searched = await invoke('composeExtension/query', { parameters: [{ value: 'heron' }] });
    const briefed = await invoke('composeExtension/fetchTask', {
      messagePayload: { body: { contentType: 'text', content: 'Velvet Heron' } },
    });

    expect(searched.body).toMatchObject({ composeExtension: { type: 'result' } });
    expect(briefed.body).toMatchObject({ task: { type: 'continue' } });
  });

  it('briefs on a message for the one who asked, out of its HTML, cards, quotes and files', async () => {
    const { body } = await invoke('composeExtension/fetchTask', {
      commandId: 'brief',
      commandContext: 'message',
      messagePayload: {
        subject: 'Heads up',
        body: {
          contentType: 'html',
          content: '<p>Seen: <b>Velvet&nbsp;Heron</b> &amp; T1566</p><script>no</script>',
        },
        attachments: [
          { contentType: 'file', name: 'apt39.pdf', contentUrl: 'https://x.example/apt39.pdf' },
          { contentType: 'messageReference', content: '{"messagePreview":"quoted HeronDoor"}' },
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content:
              '{"body":[{"type":"TextBlock","text":"inside a card"},{"type":"RichTextBlock","inlines":["and runs"]}]}',
          },
        ],
      },
    });

    expect(surfaces.calls).toMatchObject([
      {
        name: 'briefText',
        asked: {
          text: 'Heads up\nSeen: Velvet Heron & T1566\napt39.pdf\nquoted HeronDoor\ninside a card\nand runs',
        },
      },
    ]);
    expect(checkAdaptiveCard(cardIn(body))).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('Action.Execute');
  });

  it.each([
    [
      'a message without words',
      { commandId: 'brief', messagePayload: { body: { content: '<p></p>' } } },
      'no text',
    ],
    ['another command', { commandId: 'other', messagePayload: { body: { content: 'x' } } }, 'not offered'],
  ])('answers %s with a sentence', async (_what, value, words) => {
    const { body } = await invoke('composeExtension/fetchTask', value);

    expect(body).toMatchObject({ task: { type: 'continue' } });
    expect(checkAdaptiveCard(cardIn(body))).toEqual([]);
    expect(JSON.stringify(body)).toContain(words);
  });
});

describe('the preview of a link', () => {
  it.each(['composeExtension/queryLink', 'composeExtension/anonymousQueryLink'])(
    'is a card of version 1.3 with what is CLEAR, also for nobody in particular (%s)',
    async (name) => {
      const from = name.includes('anonymous') ? { from: undefined, conversation: undefined } : {};

      const { body } = await invoke(name, { url: 'https://brief.example.org/base/actor/APT99?x=1#y' }, from);

      expect(surfaces.calls).toMatchObject([
        { name: 'linked', asked: { path: '/actor/APT99', place: { ceiling: 'clear' } } },
      ]);
      const { composeExtension } = body as unknown as {
        composeExtension: { attachments: { content: object; preview: object }[] };
      };
      expect(checkAdaptiveCard(composeExtension.attachments[0]?.content, '1.3')).toEqual([]);
      expect(composeExtension.attachments[0]?.preview).toMatchObject({
        content: { title: sampleCard.title },
      });
      expect(world.sent).toEqual([]);
    },
  );

  it.each([
    'https://evil.example/base/actor/APT99',
    'https://brief.example.org.evil.example/base/actor/APT99',
    'https://brief.example.org@evil.example/base/actor/APT99',
    'https://user@brief.example.org/base/actor/APT99',
    'http://brief.example.org/base/actor/APT99',
    'https://brief.example.org:8443/base/actor/APT99',
    'https://brief.example.org/based/actor/APT99',
    'javascript:alert(1)',
    'nonsense',
  ])('is none for %s', async (url) => {
    expect((await invoke('composeExtension/queryLink', { url })).body).toEqual({});
    expect(surfaces.calls).toEqual([]);
  });

  it('is none for what is not known there', async () => {
    const url = 'https://brief.example.org/base/actor/NOBODY';

    expect((await invoke('composeExtension/queryLink', { url })).body).toEqual({});
  });
});

describe('where the dialogs are found', () => {
  const titles = (): readonly string[] => {
    const [attachment] = (posts().at(-1)?.body['attachments'] ?? []) as {
      content: { actions?: { title: string }[] };
    }[];
    return (attachment?.content.actions ?? []).map(({ title }) => title);
  };

  it.each([
    ['help', ['Subscribe…', 'Settings…', 'My Page']],
    ['subscribe', ['Subscribe…']],
    ['settings', ['Settings…']],
    ['edit S-1 daily', ['Edit…']],
    ['apt99', []],
  ])('is by the buttons of the answer to %j', async (text, expected) => {
    await say({ text, conversation: conversation('personal') });

    expect(titles().filter((title) => /…$|^My Page$/.test(title))).toEqual(expected);
  });

  it('has the own page in the personal chat alone, by word and by button', async () => {
    await say({ text: 'Home', conversation: conversation('personal') });
    const data = { [teamsActionKey]: encodeActionValue({ verb: 'ask', question: 'home' }) };
    await say({ text: undefined, value: data, conversation: conversation('personal') });
    expect(surfaces.calls.map(({ name }) => name)).toEqual(['home', 'home']);

    await say({ text: 'home', conversation: conversation('groupChat') });
    expect(surfaces.calls).toHaveLength(2);
  });
});

describe('without surfaces', () => {
  it('everything is answered all the same', async () => {
    platform = createTeamsPlatform(world.settings, {
      chat,
      clock: systemClock,
      log: silentLog,
      credentials: world.credentials,
    });

    expect((await invoke('task/fetch', openValue())).body).toMatchObject({ task: { type: 'continue' } });
    expect((await invoke('task/submit', sent({}))).body).toMatchObject({ task: { type: 'message' } });
    expect((await invoke('composeExtension/query', { commandId: 'search' })).body).toMatchObject({
      composeExtension: { type: 'message' },
    });
    expect((await invoke('composeExtension/queryLink', { url: 'https://x.example/' })).body).toEqual({});
    expect((await invoke('composeExtension/setting', {})).status).toBe(501);
  });
});
