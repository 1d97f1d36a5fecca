import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionValue } from '../../src/cards/card.ts';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { createPermissions, type RefusedDeed } from '../../src/chat/permissions.ts';
import { parseWho } from '../../src/chat/read-who.ts';
import type { Asker, Place, Reply } from '../../src/chat/types.ts';
import { createWorkspaceSettings, subscriptionRulesFrom } from '../../src/chat/workspace-settings.ts';
import type { StoredSetting } from '../../src/store/settings-types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore } from '../helpers/knowledge.ts';
import '../helpers/property-runs.ts';
import { readCard } from '../helpers/reading.ts';

const now = new Date('2026-01-20T03:00:00Z');
const clock = { now: () => now };
const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog });
const place: Place = {
  platform: 'slack',
  id: 'T1/C1',
  workspace: 'slack:T1',
  kind: 'channel',
  ceiling: 'green',
};
const tenant = '11111111-2222-4333-8444-555555555555';
const objectId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const room: Place = {
  platform: 'teams',
  id: '19:x',
  workspace: `teams:${tenant}`,
  kind: 'channel',
  ceiling: 'green',
};
const admin: Asker = { role: 'admin', isMemberHere: true };
const member: Asker = { role: 'member', isMemberHere: true };
const guest: Asker = { role: 'guest', isMemberHere: true };
const share: ActionValue = { verb: 'share', question: 'APT900' };

interface World {
  readonly refused: RefusedDeed[];
  readonly settings: ReturnType<typeof createWorkspaceSettings>;
  say(text: string, asker?: Asker, at?: Place, person?: string): Promise<Reply>;
  press(value: ActionValue, asker?: Asker, at?: Place, person?: string): Promise<Reply>;
  isUnreadable: boolean;
}

function createWorld(admins: readonly string[] = []): World {
  const rows = new Map<string, StoredSetting>();
  const refused: RefusedDeed[] = [];
  const store = {
    workspaceSettings: async (workspace: string) => {
      if (world.isUnreadable) throw new Error('the database does not answer');
      return [...rows].filter(([key]) => key.startsWith(`${workspace} `)).map(([, row]) => row);
    },
    changeWorkspaceSetting: async (workspace: string, setting: StoredSetting) => {
      rows.set(`${workspace} ${setting.name}`, setting);
    },
  };
  const settings = createWorkspaceSettings({ store, clock, log: silentLog });
  const onRefused = (one: RefusedDeed): void => void refused.push(one);
  const permissions = createPermissions({ settings, admins, onRefused, log: silentLog });
  const chat = createChat({ desk, clock, log: silentLog, settings, permissions });
  const by = (asker: Asker | undefined, at: Place, person: string) => ({
    place: at,
    person,
    now,
    ...(asker === undefined ? {} : { asker }),
  });
  const world: World = {
    refused,
    settings,
    isUnreadable: false,
    say: (text, asker, at = place, person = 'T1/U1') => chat.handle({ text, ...by(asker, at, person) }),
    press: (value, asker, at = place, person = 'T1/U1') =>
      chat.handleAction({ value, ...by(asker, at, person) }),
  };
  return world;
}

describe('where a workspace chose nothing', () => {
  it.each([
    ['APT900', guest, 'APT900'],
    ['APT900', undefined, 'APT900'],
    ['settings', member, 'Settings'],
    ['settings sectors telecom', admin, 'Changed'],
    ['settings sectors telecom', member, 'Not changed'],
    ['settings naming Delta Press', member, 'Not changed'],
    ['settings tlp amber', member, 'Not changed'],
    ['settings permissions share anyone', member, 'Not changed'],
    ['settings guests refuse', guest, 'Not changed'],
  ] satisfies readonly (readonly [string, Asker | undefined, string])[])(
    '“%s” of %j gives “%s”',
    async (text, asker, title) => {
      expect((await createWorld().say(text, asker)).card.title).toBe(title);
    },
  );

  it.each([
    [member, 'place'],
    [admin, 'place'],
    [guest, 'asker'],
    [{}, 'asker'],
    [undefined, 'asker'],
  ] as const)('sharing by %j is for %s', async (asker, audience) => {
    const reply = await createWorld().press(share, asker);

    expect(reply.audience).toBe(audience);
    if (audience === 'asker') expect(reply.card.title).toBe('Not allowed');
  });

  it('lets who runs the bot do everything on their own machine', async () => {
    const { say, press } = createWorld();
    const local: Place = { ...place, platform: 'playground', workspace: 'local' };

    expect((await say('settings permissions share admins', undefined, local)).card.title).toBe('Changed');
    expect((await press(share, undefined, local)).audience).toBe('place');
  });
});

describe('settings permissions', () => {
  it.each([
    ['settings permissions share admins', 'Who may share answers: admins of this workspace'],
    ['settings permission look-up members', 'Who may look things up: full members'],
    ['settings permissions look up to members', 'Who may look things up: full members'],
    ['settings permissions ask: everyone', 'Who may look things up: anyone'],
    ['settings permissions digest now nobody', 'Who may post digests out of their turn: nobody'],
    [
      'settings permissions sources group:S0123',
      'Who may add and change sources: admins and the user group S0123',
    ],
    [
      'settings permissions audit groups s0123, S0456',
      'Who may see the audit: admins and the user groups S0123, S0456',
    ],
    ['settings permissions share people:U1,W2', 'Who may share answers: admins and the people U1, W2'],
    ['settings permissions share people <@U7> and @U8', 'is no id'],
    ['settings permissions share people:me', 'Who may share answers: admins and the people U1'],
    ['settings permissions subscribe nobody', 'Who may subscribe channels: nobody'],
    ['settings guests refuse', 'Guests and other organisations get: nothing'],
    ['settings guests none', 'nothing that guests could get'],
    ['settings permissions', 'Who may share answers'],
    ['settings permissions settings nobody', 'nobody could change this back'],
    ['settings permissions look-up nobody', 'better removed'],
    ['settings permissions dance admins', 'Say what for, and who'],
    ['settings permissions share', 'Say who may'],
    ['settings permissions share lizards', 'nobody who could be let. Accepted'],
    ['settings permissions share group:devs', '“devs” is no id. In Slack'],
    [`settings permissions share people:${objectId}`, 'no id of this platform'],
  ])('read “%s”', async (text, expected) => {
    expect(readCard((await createWorld().say(text, admin)).card)).toContain(expected);
  });

  it('hold for what was offered before they were changed', async () => {
    const { say, press } = createWorld();
    expect((await press(share, member)).audience).toBe('place');

    await say('settings permissions share admins', admin);

    const refused = await press(share, member);
    expect(refused.audience).toBe('asker');
    expect(readCard(refused.card)).toContain(
      'Only admins of this workspace may share answers; ask one of them.',
    );
    expect((await press(share, admin)).audience).toBe('place');
    await say('settings permissions share nobody', admin);
    expect(readCard((await press(share, admin)).card)).toContain('Nobody may share answers here');
    await say('settings permissions share default', admin);
    expect((await press(share, member)).audience).toBe('place');
  });

  it('let those of a group, fail closed where it cannot be read, and never ask for other rules', async () => {
    const { say, press } = createWorld();
    await say('settings permissions share group:S1,S2', admin);
    const asked: string[] = [];
    const inGroups = (answer: (id: string) => boolean | undefined): Asker => ({
      ...member,
      isInGroup: async (id) => {
        asked.push(id);
        return answer(id);
      },
    });

    expect(
      (
        await press(
          share,
          inGroups((id) => id === 'S2'),
        )
      ).audience,
    ).toBe('place');
    expect(
      (
        await press(
          share,
          inGroups(() => false),
        )
      ).audience,
    ).toBe('asker');
    expect(
      readCard(
        (
          await press(
            share,
            inGroups(() => undefined),
          )
        ).card,
      ),
    ).toContain('could not be told');
    expect((await press(share, member)).audience).toBe('asker');
    expect((await press(share, admin)).audience).toBe('place');
    asked.length = 0;
    await say(
      'APT900',
      inGroups(() => true),
    );
    expect(asked).toEqual([]);
  });

  it('say so when a group that is named cannot be read', async () => {
    const unreadable: Asker = { ...admin, isInGroup: async () => undefined };
    const reply = await createWorld().say('settings permissions share group:S9', unreadable);

    expect(readCard(reply.card)).toContain('Who is in the group S9 could not be read just now');
  });

  it('let the people of a list, whatever their role', async () => {
    const { say, press } = createWorld();
    await say('settings permissions share people:U5', admin);

    expect((await press(share, guest, place, 'T1/U5')).audience).toBe('place');
    expect((await press(share, member, place, 'T1/U55')).audience).toBe('asker');
    expect((await press(share, member, place, 'T1/U6')).audience).toBe('asker');
  });

  it('let others change what is everyone’s, and never what decides who may what', async () => {
    const { say } = createWorld();
    await say('settings permissions settings members', admin);

    expect((await say('settings sectors telecom', member)).card.title).toBe('Changed');
    for (const text of [
      'settings tlp red',
      'settings guests clear',
      'settings subscribe anyone',
      'settings permissions settings anyone',
      'settings permissions audit anyone',
      'settings permissions look-up default',
    ])
      expect((await say(text, member)).card.title).toBe('Not changed');
    expect(readCard((await say('settings', member)).card)).toMatch(
      /full members of this workspace\. All others: admins/,
    );
  });

  it('can always be changed back by an admin', async () => {
    const { say } = createWorld();
    await say('settings permissions look-up people:U9', admin);
    await say('settings permissions settings people:U9', admin);
    await say('settings guests refuse', admin);

    expect((await say('APT900', member)).card.title).toBe('Not allowed');
    expect((await say('help', member)).card.title).not.toBe('Not allowed');
    expect((await say('settings permissions look-up default', admin)).card.title).toBe('Changed');
    expect((await say('APT900', member)).card.title).toBe('APT900');
  });
});

describe('in Teams', () => {
  const people = [`teams:${tenant}/${objectId}`];

  it('admins are whom the operator names, since the platform names none', async () => {
    const operator: Asker = { ...member, accountId: objectId.toUpperCase() };
    const { say } = createWorld(people);

    expect((await say('settings tlp amber', operator, room, '29:abc')).card.title).toBe('Changed');
    const other = await say('settings tlp red', { ...member, accountId: tenant }, room, '29:abc');
    expect(readCard(other.card)).toContain('names as ADMINS');
    const elsewhere = { ...room, workspace: 'teams:00000000-2222-4333-8444-555555555555' };
    expect((await say('settings tlp red', operator, elsewhere, '29:abc')).card.title).toBe('Not changed');
  });

  it('says that there are no groups, and takes object ids', async () => {
    const operator: Asker = { ...member, accountId: objectId };
    const { say, press } = createWorld(people);

    expect(readCard((await say('settings permissions share group:S1', operator, room)).card)).toContain(
      'Teams tells a bot nothing of groups',
    );
    const other = '12345678-bbbb-4ccc-8ddd-eeeeeeeeeeee';
    expect((await say(`settings permissions share people:${other},me`, operator, room)).card.title).toBe(
      'Changed',
    );
    expect((await press(share, { ...member, accountId: other }, room, '29:x')).audience).toBe('place');
    expect((await press(share, { ...member, accountId: tenant }, room, '29:x')).audience).toBe('asker');
  });
});

describe('guests and people of other organisations', () => {
  it('see what is CLEAR, wherever they ask', async () => {
    const { say } = createWorld();
    await say('settings tlp amber', admin);

    const reply = await say('Quiet herons', guest);

    expect(reply.ceiling).toBe('clear');
    expect(reply.card.title).not.toBe('Quiet herons');
    expect((await say('Quiet herons', member)).ceiling).toBe('amber');
  });

  it('get nothing where a workspace refuses them, and neither does who may be one', async () => {
    const { say, press } = createWorld();
    await say('settings guests refuse', admin);

    for (const asker of [guest, {}, undefined]) {
      for (const text of ['APT900', 'sources', 'settings', 'digest', 'why APT900', 'list'])
        expect((await say(text, asker)).card.title).toBe('Not allowed');
      for (const verb of ['brief', 'more', 'share', 'sources', 'ask'] as const)
        expect((await press({ verb, question: 'APT900' }, asker)).card.title).toBe('Not allowed');
    }
    expect((await say('APT900', member)).card.title).toBe('APT900');
    expect((await say('help', guest)).card.title).not.toBe('Not allowed');
  });
});

it('allows and shows the least while nobody can tell what a workspace chose', async () => {
  const world = createWorld();
  world.isUnreadable = true;

  expect((await world.say('APT900', guest)).card.title).toBe('Not allowed');
  expect((await world.say('APT900', member)).ceiling).toBe('clear');
  expect((await world.press(share, member)).audience).toBe('asker');
  expect(await subscriptionRulesFrom(world.settings).of('slack:T2')).toMatchObject({ who: 'admins' });
});

it('tells of each refusal for the audit, and of nothing that was only not offered', async () => {
  const { say, press, refused, settings } = createWorld();
  await press(share, guest);
  await say('settings tlp red', member);

  expect(refused.map(({ deed, setting, person }) => [deed, setting, person])).toEqual([
    ['share', undefined, 'T1/U1'],
    ['settings', 'tlp', 'T1/U1'],
  ]);
  const failing = createPermissions({
    settings,
    onRefused: () => Promise.reject(new Error('disk full')),
    log: silentLog,
  });
  expect(await failing.check('share', { place, person: 'T1/U1', asker: guest })).toContain('Guests cannot');
  expect(await failing.may('share', { place, person: 'T1/U1', asker: guest })).toBe(false);
});

describe('parseWho', () => {
  it('reads back what it wrote, and throws for nothing', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'group:',
        'people:',
        'U1',
        'S1',
        'me',
        ',',
        '<@',
        '|',
        '__proto__',
        'constructor',
        'anyone',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const read = parseWho(words.join(''));
        if (read?.kind === 'who') expect(parseWho(read.who)).toEqual(read);
      }),
      { numRuns: 300 },
    );
  });

  it('is done with a megabyte at once', () => {
    for (const text of ['people:'.padEnd(1e6, 'U'), 'people:'.padEnd(1e6, '@'), 'group '.padEnd(1e6, ' |>')])
      expect(parseWho(text)?.kind).not.toBe('who');
  });
});
