import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeActionValue } from '../../src/cards/action-value.ts';
import type { ActionValue } from '../../src/cards/card.ts';
import { teamsActionKey } from '../../src/cards/teams/limits.ts';
import { createPermissions } from '../../src/chat/permissions.ts';
import { createTeamsPlatform, type TeamsPlatform } from '../../src/chat/teams/index.ts';
import { createWorkspaceSettings } from '../../src/chat/workspace-settings.ts';
import { silentLog } from '../../src/support/log.ts';
import { fakeId } from '../helpers/knowledge.ts';
import { openSurfaceWorld, type SurfaceWorld } from '../helpers/surfaces.ts';
import { createTeamsWorld, member, type TeamsWorld, tenantId } from '../helpers/teams-world.ts';

/** The source of the invented world whose marking is GREEN: never to be seen where a guest reads. */
const secret = 'Gamma notes';
const actor = fakeId('intrusion-set', 900);
const otherTenant = '77777777-7777-4777-8777-777777777777';
const clock = { now: () => new Date() };

let world: TeamsWorld;
let answers: SurfaceWorld;
let platform: TeamsPlatform;

beforeAll(async () => {
  world = await createTeamsWorld();
  answers = await openSurfaceWorld();
  platform = createTeamsPlatform(
    { ...world.settings, allowedTenants: [tenantId, otherTenant] },
    {
      chat: answers.chat,
      surfaces: answers.surfaces,
      clock,
      log: silentLog,
      credentials: world.credentials,
      conversations: answers.store,
    },
  );
});

afterAll(async () => {
  await world.close();
  await answers.close();
});

beforeEach(() => {
  world.sent.length = 0;
  world.members = () => [member({})];
});

let rooms = 0;

/** A conversation that nobody asked in before. */
function room(tenant = tenantId, more: Record<string, unknown> = {}): Record<string, unknown> {
  rooms += 1;
  const id = `19:room-${rooms}@thread.tacv2`;
  return {
    conversation: { id, conversationType: 'channel', tenantId: tenant },
    channelData: { tenant: { id: tenant }, team: { id: '19:team' }, channel: { id } },
    ...more,
  };
}

async function send(activity: Record<string, unknown>): Promise<string> {
  world.sent.length = 0;
  const response = await platform.fetch(await world.request(world.activity(activity)));
  expect(response.status).toBe(200);
  const body = await response.text();
  const posts = world.sent.filter(({ path }) => !path.includes('members')).map((one) => one.body);
  return `${body} ${JSON.stringify(posts)}`;
}

function say(where: Record<string, unknown>, text: string): Promise<string> {
  return send({ ...where, text, entities: [] });
}

function invoke(where: Record<string, unknown>, name: string, value: object): Promise<string> {
  return send({ ...where, type: 'invoke', name, value });
}

function press(where: Record<string, unknown>, value: ActionValue): Promise<string> {
  const data = { [teamsActionKey]: encodeActionValue(value) };
  return invoke(where, 'adaptiveCard/action', { action: { type: 'Action.Execute', data } });
}

const outsiders: readonly (readonly [string, readonly object[]])[] = [
  ['a guest', [member({}), member({ id: '29:guest', userRole: 'guest' })]],
  ['a guest by name', [member({}), member({ id: '29:g', userPrincipalName: 'eve#EXT#@corp.example' })]],
  ['someone of another tenant', [member({}), member({ id: '29:eve', tenantId: otherTenant })]],
];

describe('what is GREEN', () => {
  const ways: readonly (readonly [string, (where: Record<string, unknown>) => Promise<string>])[] = [
    ['an answer', (where) => say(where, 'brief velvet heron')],
    ['the sources of an answer', (where) => press(where, { verb: 'sources', entity: actor })],
    ['more of an answer', (where) => press(where, { verb: 'more', entity: actor })],
    ['what is shared', (where) => press(where, { verb: 'share', entity: actor })],
    [
      'what is inserted',
      (where) =>
        invoke(where, 'composeExtension/selectItem', {
          [teamsActionKey]: encodeActionValue({ verb: 'brief', entity: actor }),
        }),
    ],
    [
      'a brief on a message',
      (where) =>
        invoke(where, 'composeExtension/fetchTask', {
          commandId: 'brief',
          messagePayload: { body: { contentType: 'text', content: 'velvet heron' } },
        }),
    ],
  ];

  it.each(ways)(
    'stands in %s among own users, and not where outsiders or nobody known read',
    async (_, way) => {
      for (const [, roster] of outsiders) {
        world.sent.length = 0;
        world.members = () => roster;
        expect(await way(room())).not.toContain(secret);
      }
      world.sent.length = 0;
      world.members = () => {
        throw new Error('no roster');
      };
      expect(await way(room())).not.toContain(secret);
      for (const type of ['shared', 'private']) {
        world.sent.length = 0;
        world.members = () => [member({})];
        const where = room();
        const channelData = { ...(where['channelData'] as object), channel: { id: 'c', type } };
        expect(await way({ ...where, channelData })).not.toContain(secret);
      }
    },
  );

  it('stands in an answer to own users', async () => {
    expect(await say(room(), 'sources')).toContain(secret);
  });
});

describe('a subscription', () => {
  const idIn = (text: string): string => /\babcdefg\d{3}\b/.exec(text)?.[0] ?? 'none';

  it('is refused to a guest', async () => {
    world.members = () => [member({ userRole: 'guest' })];

    await say(room(), 'subscribe daily 09:00 Europe/Berlin');

    expect(
      await answers.store.subscriptions({ workspace: { platform: 'teams', id: `teams:${tenantId}` } }),
    ).toEqual([]);
  });

  it("is out of reach of another tenant, whatever a dialog's data or a button says", async () => {
    const home = room();
    const subscribed = await say(home, 'subscribe daily 09:00 Europe/Berlin');
    const id = idIn(subscribed);
    expect(id).not.toBe('none');
    const before = JSON.stringify(await answers.store.subscription(id));
    world.members = () => [member({ tenantId: otherTenant })];
    const abroad = room(otherTenant);

    const tries = [
      await say(abroad, `edit ${id} weekly`),
      await say(abroad, `unsubscribe ${id}`),
      await invoke(abroad, 'task/fetch', {
        data: {
          [teamsActionKey]: encodeActionValue({ verb: 'form', section: 'edit-subscription', question: id }),
        },
      }),
    ];
    for (const button of [{ button: 'pause' }, { button: 'remove' }, { button: 'preview' }, {}]) {
      const threatbriefForm = { id: 'edit-subscription', state: id, ...button };
      tries.push(await invoke(abroad, 'task/submit', { data: { threatbriefForm } }));
    }

    for (const told of tries) expect(told).not.toContain('09:00');
    expect(JSON.stringify(await answers.store.subscription(id))).toBe(before);
  });
});

describe('the admins that the operator names', () => {
  it('are told by the object id and tenant that Teams sends, not by a name', async () => {
    const settings = createWorkspaceSettings({ store: answers.store, clock, log: silentLog });
    const accountId = '33333333-3333-4333-8333-333333333333';
    const permissions = createPermissions({ settings, admins: [`teams:${tenantId}/${accountId}`] });
    const place = {
      platform: 'teams',
      id: 'x',
      workspace: `teams:${tenantId}`,
      kind: 'channel',
      ceiling: 'green',
    } as const;
    const role = (asker: object, workspace: string = place.workspace): string | undefined =>
      permissions.askerOf({
        place: { ...place, workspace },
        person: '29:alice',
        asker: { isMemberHere: true, ...asker },
      })?.role;

    expect(role({ role: 'member', accountId })).toBe('admin');
    expect(role({ role: 'member', accountId: accountId.toUpperCase() })).toBe('admin');
    expect(role({ role: 'member', accountId: 'another' })).toBe('member');
    expect(role({ role: 'member', accountId }, `teams:${otherTenant}`)).toBe('member');
    expect(role({ role: 'guest', accountId: 'another' })).toBe('guest');
  });
});
