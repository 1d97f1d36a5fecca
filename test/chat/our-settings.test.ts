import { describe, expect, it } from 'vitest';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Asker, Place, Reply } from '../../src/chat/types.ts';
import {
  chosenCeiling,
  createWorkspaceSettings,
  subscriptionRulesFrom,
  type WorkspaceSettings,
} from '../../src/chat/workspace-settings.ts';
import type { AuditEvent } from '../../src/store/delivery-types.ts';
import type { StoredSetting } from '../../src/store/settings-types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore } from '../helpers/knowledge.ts';
import { readCard, sectionTexts } from '../helpers/reading.ts';

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
const admin: Asker = { role: 'admin' };
const member: Asker = { role: 'member', isMemberHere: true };

interface World {
  readonly settings: WorkspaceSettings;
  readonly events: AuditEvent[];
  readonly rows: Map<string, StoredSetting>;
  say(text: string, asker?: Asker, at?: Place): Promise<Reply>;
}

function createWorld(failAudit = false): World {
  const events: AuditEvent[] = [];
  const rows = new Map<string, StoredSetting>();
  const store = {
    workspaceSettings: async (workspace: string) =>
      [...rows].filter(([key]) => key.startsWith(`${workspace} `)).map(([, row]) => row),
    changeWorkspaceSetting: async (workspace: string, setting: StoredSetting) => {
      rows.set(`${workspace} ${setting.name}`, setting);
    },
    noteAudit: async (event: AuditEvent) => {
      if (failAudit) throw new Error('disk full');
      events.push(event);
    },
  };
  const settings = createWorkspaceSettings({ store, clock, log: silentLog });
  const chat = createChat({ desk, clock, log: silentLog, settings });
  return {
    settings,
    events,
    rows,
    say: (text, asker, at = place) =>
      chat.handle({
        text,
        place: at,
        person: 'T1/U1',
        now,
        ...(asker === undefined ? {} : { asker }),
      }),
  };
}

function values(reply: Reply): string {
  return sectionTexts(reply.card, 'settings').join('\n');
}

describe('settings of a workspace', () => {
  it.each([
    [
      'settings sectors telecom, finance',
      admin,
      'Our sectors: Telecommunications, Finance (chosen on 2026-01-20)',
    ],
    ['settings sector banks and energy', admin, 'Our sectors: Finance, Energy'],
    ['settings regions europe, de', admin, 'Our regions: Europe, Germany'],
    ['settings region: Middle East; UK', admin, 'Our regions: Middle East, United Kingdom'],
    ['settings zone europe/berlin', admin, 'Time zone: Europe/Berlin'],
    ['settings subscribe admins', admin, 'Who may subscribe channels: admins of this workspace'],
    ['settings subscribe Anyone', admin, 'Who may subscribe channels: anyone, guests too'],
    ['settings tlp amber', admin, 'Markings: up to TLP:AMBER in places that only members read'],
    ['SETTINGS TLP tlp:white', admin, 'Markings: up to TLP:CLEAR'],
  ])('are set by “%s”', async (text, asker, expected) => {
    const { say } = createWorld();

    const changed = await say(text, asker);

    expect(changed.card.title).toBe('Changed');
    expect(values(changed)).toContain(expected);
    expect(values(await say('settings'))).toContain(expected);
  });

  it.each([
    ['settings sectors', /Name your sectors/],
    ['settings sectors frobnication', /“frobnication” is no sector that is known\. Try telecom/],
    ['settings regions atlantis', /“atlantis” is no country or region/],
    ['settings zone', /Name a time zone/],
    ['settings zone CET', /Europe\//],
    ['settings zone Europe/Berln', /Did you mean Europe\/Berlin/],
    ['settings subscribe everybody and their dog', /Accepted: anyone, members, admins/],
    ['settings tlp purple', /no marking.*clear, green, amber/],
    [`settings sectors ${'telecom,'.repeat(60)}`, /Name 1 to 20|at most/],
    [`settings sectors ${'x'.repeat(2_900)}`, /at most 2000 characters/],
  ])('say what is wrong with “%.40s” and change nothing', async (text, expected) => {
    const { say, rows } = createWorld();

    expect(readCard((await say(text, admin)).card)).toMatch(expected);
    expect(rows.size).toBe(0);
  });

  it('read a misspelling as what it is nearest to, and say so', async () => {
    const reply = await createWorld().say('settings sectors telecomunications', admin);

    expect(readCard(reply.card)).toContain('“telecomunications” is read as Telecommunications');
  });

  it('go back to the default, one by one, and keep the others', async () => {
    const { say, settings } = createWorld();
    await say('settings sectors telecom', admin);
    await say('settings zone Europe/Berlin', admin);
    await say('settings sectors default', admin);

    expect(await settings.of('slack:T1')).toMatchObject({ sectors: [], zone: 'Europe/Berlin' });
    expect(values(await say('settings'))).toMatch(/Our sectors: none \(the default\)/);
  });

  it.each([
    ['settings tlp red', member, /Only admins/],
    ['settings subscribe anyone', member, /Only admins/],
    ['settings sectors telecom', member, /Only admins/],
    ['settings naming Delta Press', member, /Only admins/],
    ['settings tlp red', { role: 'guest' }, /Only admins/],
    ['settings tlp red', {}, /could not be told/],
    ['settings tlp red', undefined, /could not be told/],
    ['settings sectors telecom', { role: 'guest' }, /Only admins/],
    ['settings regions default', undefined, /could not be told/],
  ] satisfies readonly (readonly [string, Asker | undefined, RegExp])[])(
    'are not changed by “%s” of %j',
    async (text, asker, expected) => {
      const { say, rows, events } = createWorld();

      const { card } = await say(text, asker);

      expect(card.title).toBe('Not changed');
      expect(readCard(card)).toMatch(expected);
      expect([rows.size, events.length]).toEqual([0, 0]);
    },
  );

  it('are the operator’s own on the playground', async () => {
    const { say } = createWorld();
    const local: Place = { ...place, platform: 'playground', workspace: 'local' };

    expect((await say('settings tlp amber', undefined, local)).card.title).toBe('Changed');
  });

  it('note who changed what from what to what', async () => {
    const { say, events } = createWorld();
    await say('settings tlp amber', admin);
    await say('settings tlp default', admin);

    const by = { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' };
    const at = now.getTime();
    expect(events).toEqual([
      {
        at,
        by,
        action: 'settings.change',
        target: 'slack:T1',
        detail: { setting: 'tlp', from: {}, to: { ceiling: 'amber' } },
      },
      {
        at,
        by,
        action: 'settings.change',
        target: 'slack:T1',
        detail: { setting: 'tlp', from: { ceiling: 'amber' }, to: null },
      },
    ]);
  });

  it('hold when the audit cannot be written', async () => {
    const { say } = createWorld(true);

    expect(values(await say('settings tlp amber', admin))).toContain('TLP:AMBER');
  });

  it('take a damaged or newer value for nothing chosen, and where it decides over others for the least', async () => {
    const { rows, settings } = createWorld();
    const row = (name: string, value: unknown): void => {
      rows.set(`slack:T1 ${name}`, { name, value, changedBy: 'x', changedAt: 1 });
    };
    row('tlp', { ceiling: 'ultraviolet' });
    row('zone', { zone: 'No/Where' });
    row('sectors', { sectors: [7, 'finance'] });
    row('regions', 'europe');
    row('subscribe', { who: 'elders' });
    row('share', { who: 'people:; drop table' });
    row('guests', { guests: 'welcome' });
    row('settings', { who: 7 });
    row('unheard-of', { x: 1 });

    expect(await settings.of('slack:T1')).toMatchObject({
      tlp: 'clear',
      zone: undefined,
      sectors: ['finance'],
      regions: [],
      subscribe: 'admins',
      share: 'admins',
      guests: 'refuse',
      settings: 'admins',
    });
  });

  it('answer with what concerns us, also behind a button', async () => {
    const { say } = createWorld();
    expect(sectionTexts((await say('APT900')).card, 'is-it-us')).toEqual([]);
    await say('settings sectors telecom', admin);

    expect(sectionTexts((await say('APT900')).card, 'is-it-us')).toEqual([
      'Concerns us: targets Telecommunications.',
    ]);
    expect(
      sectionTexts((await say('APT900', undefined, { ...place, workspace: 'slack:T2' })).card, 'is-it-us'),
    ).toEqual([]);
  });

  it('let members see more, and outsiders nothing more', async () => {
    const { say } = createWorld();
    const outside: Place = { ...place, ceiling: 'clear' };
    const find = async (at: Place): Promise<string> => (await say('Quiet herons', undefined, at)).card.title;
    expect(await find(place)).not.toBe('Quiet herons');
    await say('settings tlp amber', admin);

    expect(await find(place)).toBe('Quiet herons');
    expect(await find(outside)).not.toBe('Quiet herons');
    await say('settings tlp clear', admin);
    expect((await say('APT900')).card.marking).toBe('clear');
  });
});

describe('settings in a place that people from outside read', () => {
  const outside: Place = { ...place, ceiling: 'clear' };

  it('are not told there, neither when they are asked for nor when they are changed', async () => {
    const { say } = createWorld();
    await say('settings sectors telecom', admin);
    await say('settings permissions share people:U0123', admin);

    const told = [await say('settings', member, outside), await say('settings regions de', admin, outside)];

    for (const { card } of told) {
      expect(JSON.stringify(card)).not.toMatch(/telecom|U0123|Germany/i);
      expect(readCard(card)).toContain('in a direct message');
    }
    expect(values(await say('settings'))).toContain('Our regions: Germany');
  });

  it('are told to a member alone, and to no guest', async () => {
    const { say } = createWorld();
    await say('settings sectors telecom', admin);
    const alone: Place = { ...outside, kind: 'direct' };

    expect(values(await say('settings', member, alone))).toContain('Our sectors: Telecommunications');
    expect(values(await say('settings', { role: 'guest' }, alone))).toBe('');
    expect(values(await say('settings', undefined, alone))).toBe('');
  });

  it('are told where this workspace lets nobody see more than CLEAR', async () => {
    const { say } = createWorld();
    await say('settings sectors telecom', admin);
    await say('settings tlp clear', admin);

    expect(values(await say('settings', member, outside))).toContain('Our sectors: Telecommunications');
  });
});

describe('what settings mean elsewhere', () => {
  it.each([
    ['clear', 'red', 'clear'],
    ['green', 'amber', 'amber'],
    ['green', 'clear', 'clear'],
    ['green', undefined, 'green'],
  ] as const)('a place of %s with a choice of %s may see %s', (ceiling, tlp, expected) => {
    expect(chosenCeiling(ceiling, { tlp })).toBe(expected);
  });

  it('tells those who keep subscriptions who may, and whose zone holds', async () => {
    const { settings, say } = createWorld();
    const rules = subscriptionRulesFrom(settings);
    expect(await rules.of('slack:T1')).toEqual({ who: 'members', guests: false });
    await say('settings subscribe anyone', admin);
    await say('settings zone Asia/Kolkata', admin);

    expect(await rules.of('slack:T1')).toEqual({ who: 'anyone', guests: true, zone: 'Asia/Kolkata' });
    expect(await rules.of(undefined)).toEqual({ who: 'members', guests: false });
  });

  it('has what the environment says for a default', async () => {
    const settings = createWorkspaceSettings({
      store: {},
      clock,
      log: silentLog,
      defaults: { sectors: ['finance'], regions: ['DE'] },
    });

    expect(await settings.of('local')).toMatchObject({ sectors: ['finance'], regions: ['DE'], changes: {} });
  });
});
