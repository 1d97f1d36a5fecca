import { describe, expect, it } from 'vitest';
import { createChat } from '../../src/chat/chat.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { Place, Reply } from '../../src/chat/types.ts';
import { createWorkspaceSettings } from '../../src/chat/workspace-settings.ts';
import type { StoredSetting } from '../../src/store/settings-types.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore } from '../helpers/knowledge.ts';
import { allActions, readCard } from '../helpers/reading.ts';

let now = new Date('2026-01-20T03:00:00Z');
const clock = { now: () => now };

function memorySettings(): {
  readonly rows: Map<string, StoredSetting>;
  reads: number;
  workspaceSettings(workspace: string): Promise<readonly StoredSetting[]>;
  changeWorkspaceSetting(workspace: string, setting: StoredSetting): Promise<void>;
} {
  const rows = new Map<string, StoredSetting>();
  return {
    rows,
    reads: 0,
    async workspaceSettings(workspace) {
      this.reads += 1;
      const found = rows.get(workspace);
      return found === undefined ? [] : [found];
    },
    async changeWorkspaceSetting(workspace, setting) {
      rows.set(workspace, setting);
    },
  };
}

const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog });
const place: Place = {
  platform: 'slack',
  id: 'T1/C1',
  workspace: 'slack:T1',
  kind: 'channel',
  ceiling: 'green',
};

function chatOver(store = memorySettings()): {
  readonly store: ReturnType<typeof memorySettings>;
  say(text: string, at?: Place): Promise<Reply>;
} {
  const settings = createWorkspaceSettings({ store, clock, log: silentLog });
  const chat = createChat({ desk, clock, log: silentLog, settings });
  return {
    store,
    say: (text, at = place) =>
      chat.handle({ text, place: at, person: 'T1/U1', asker: { role: 'admin' }, now }),
  };
}

describe('settings naming', () => {
  it('puts the house’s names first for the whole workspace, and for no other', async () => {
    const { say } = chatOver();

    const changed = await say('settings naming delta press');
    const here = await say('APT900', { ...place, id: 'T1/C2' });
    const elsewhere = await say('APT900', { ...place, workspace: 'slack:T2' });
    const nowhere = await say('APT900', { platform: 'cli', id: 'x', kind: 'direct', ceiling: 'green' });

    expect(changed.card.title).toBe('Changed');
    expect(here.card.title).toBe('Velvet Heron (APT900)');
    expect(elsewhere.card.title).toBe('APT900');
    expect(nowhere.card.title).toBe('APT900');
  });

  it('records who changed it and when, and goes back to the default', async () => {
    const { say, store } = chatOver();

    await say('settings naming Delta Press');
    expect(store.rows.get('slack:T1')).toEqual({
      name: 'naming',
      value: { houses: ['Delta Press'] },
      changedBy: 'T1/U1',
      changedAt: now.getTime(),
    });
    await say('settings naming default');

    expect(store.rows.get('slack:T1')?.value).toBeNull();
    expect((await say('APT900')).card.title).toBe('APT900');
  });

  it('shows what holds, since when, who may change it, and houses to press', async () => {
    const { say } = chatOver();
    expect(readCard((await say('settings')).card)).toMatch(/as the sources have it.*the default/s);

    await say('settings naming Delta Press');
    const { card } = await say('settings');

    expect(readCard(card)).toMatch(
      /Names that come first: Delta Press.*chosen on 2026-01-20.*admins of this workspace/s,
    );
    expect(allActions(card)).toContainEqual(
      expect.objectContaining({ value: { verb: 'ask', question: 'settings naming Delta Press' } }),
    );
  });

  it.each([
    ['settings naming Delta Pres', /credited with no name here; nothing was changed/],
    ['settings naming APT900', /an actor, not an organisation/],
    ['settings naming', /Say whose names come first/],
    ['settings naming ,,,', /separated by commas/],
    [`settings naming ${'x,'.repeat(50)}`, /separated by commas/],
  ])('does not take "%s"', async (text, expected) => {
    const { say, store } = chatOver();

    expect(readCard((await say(text)).card)).toMatch(expected);
    expect(store.rows.size).toBe(0);
  });

  it('says that a known house has no names here', async () => {
    const { say } = chatOver();

    expect(readCard((await say('settings naming Mandiant')).card)).toMatch(
      /No name here is credited to Mandiant \(but see .*FireEye/,
    );
  });

  it('is not taken where no workspace could keep it', async () => {
    const { say } = chatOver();

    const { card } = await say('settings naming Delta Press', {
      platform: 'teams',
      id: 'x',
      kind: 'direct',
      ceiling: 'clear',
    });

    expect(card.title).toBe('Not changed');
  });

  it('leaves a sentence that begins with the verb to the questions', async () => {
    expect((await chatOver().say('settings of APT900')).answer).toBeDefined();
  });
});

describe('createWorkspaceSettings', () => {
  it('reads a workspace once in half a minute, and sees another process’s change after that', async () => {
    const store = memorySettings();
    const settings = createWorkspaceSettings({ store, clock, log: silentLog });

    await settings.of('slack:T1');
    await settings.of('slack:T1');
    expect(store.reads).toBe(1);
    store.rows.set('slack:T1', { name: 'naming', value: { houses: ['ESET'] }, changedBy: 'x', changedAt: 1 });
    now = new Date(now.getTime() + 31_000);

    expect((await settings.of('slack:T1')).naming.houses).toEqual(['ESET']);
  });

  it('holds to the default when the store fails or holds nonsense', async () => {
    const failing = createWorkspaceSettings({
      store: { workspaceSettings: () => Promise.reject(new Error('locked')) },
      clock,
      log: silentLog,
      defaultHouses: ['Microsoft'],
    });
    const store = memorySettings();
    store.rows.set('a', { name: 'naming', value: { houses: 'ESET' }, changedBy: 'x', changedAt: 1 });
    const odd = createWorkspaceSettings({ store, clock, log: silentLog });

    expect((await failing.of('a')).naming.houses).toEqual(['Microsoft']);
    expect((await odd.of('a')).naming.houses).toEqual([]);
  });

  it.each([
    ['tlp', 'clear', 'amber'],
    ['tlp', 'clear', { ceiling: 'amber+secret' }],
    ['guests', 'refuse', { guests: 'ask' }],
    ['look-up', 'members', { who: 'team:T1' }],
    ['share', 'admins', 7],
    ['subscribe', 'admins', { who: ['admins'] }],
    ['settings', 'admins', {}],
  ] as const)(
    'lets and shows the least where %s is chosen in a form that is not known',
    async (name, least, value) => {
      const store = memorySettings();
      store.rows.set('a', { name, value, changedBy: 'x', changedAt: 1 });
      const settings = createWorkspaceSettings({ store, clock, log: silentLog });

      expect((await settings.of('a'))[name]).toBe(least);
      await settings.set('a', name, null, { platform: 'slack', workspace: 'a', id: 'x' });
      const back = (await settings.of('a'))[name];
      expect(back).toBe((await settings.of('never chosen'))[name]);
    },
  );
});
