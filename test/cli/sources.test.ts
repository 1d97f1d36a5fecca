import { describe, expect, it } from 'vitest';
import type { AddSource, SourceDesk } from '../../src/cli/runtime.ts';
import type { StoredConnection } from '../../src/store/types.ts';
import { run } from './fake-runtime.ts';

const stored: StoredConnection = {
  connection: {
    name: 'acme',
    kind: 'url',
    url: 'https://acme.example/',
    every: 'daily 03:00',
    keyEnv: 'ACME_KEY',
  },
  addedAt: 0,
  paused: false,
  state: { secretish: 'never shown' },
  sources: ['acme'],
  lastAttemptAt: Date.parse('2026-01-20T02:00:00Z'),
  lastSuccessAt: null,
  lastError: 'it says \u001b[31mno',
  lastCounts: null,
  failures: 2,
  nextRunAt: Date.parse('2026-01-21T03:00:00Z'),
  leasedUntil: null,
};

/** Sources that only note what is asked of them. */
function fakeDesk(asked: unknown[], changes: Partial<SourceDesk> = {}): SourceDesk {
  return {
    add: async (request: AddSource) => {
      asked.push(request);
      return { added: stored, warnings: ['mind this'] };
    },
    list: async () => ({ connections: [stored], sources: [] }),
    sync: async (names) => {
      asked.push(names);
      return { outcomes: [], paused: ['resting'], exitCode: 3 };
    },
    setPaused: async (name, paused) => {
      asked.push([name, paused]);
      return { ...stored, paused };
    },
    remove: async (name, options) => {
      asked.push([name, options]);
      return { name, sources: [{ name: 'acme', withdrawn: 3 }] };
    },
    close: async () => void asked.push('closed'),
    ...changes,
  };
}

async function sources(...args: readonly string[]) {
  const asked: unknown[] = [];
  const ran = await run(['sources', ...args], { openSources: async () => fakeDesk(asked) });
  return { ...ran, asked };
}

describe('the commands of sources', () => {
  it('hand on everything that add was told', async () => {
    const words =
      'add acme --kind taxii --url https://acme.example/ --key-env ACME_KEY --user me --source own --tlp AMBER --format stix --mapping map.yaml --allow-host a.example --allow-host b.example:1 --allow-private --option collection=x=y --option __proto__=z --every';
    const ran = await sources(...words.split(' '), 'daily 03:00');

    expect(ran.exitCode).toBe(0);
    expect(ran.err).toBe('note: mind this\n');
    expect(ran.asked[1]).toBe('closed');
    expect(JSON.parse(JSON.stringify(ran.asked[0]))).toEqual({
      name: 'acme',
      kind: 'taxii',
      url: 'https://acme.example/',
      every: 'daily 03:00',
      keyEnv: 'ACME_KEY',
      user: 'me',
      sourceName: 'own',
      marking: 'amber',
      format: 'stix',
      mappingFile: 'map.yaml',
      allowedHosts: ['a.example', 'b.example:1'],
      allowPrivate: true,
      options: Object.fromEntries([
        ['collection', 'x=y'],
        ['__proto__', 'z'],
      ]),
    });
  });

  it("show the state of each, without the connector's own data and without control characters", async () => {
    const text = await sources('list');
    const json = await sources('list', '--json');

    expect(text.out).toMatch(/acme +url +failing +never +2026-01-21 03:00 +daily 03:00/);
    expect(text.out).toContain('acme (2 in a row): it says \ufffd[31mno');
    expect(json.out).not.toContain('secretish');
    expect(JSON.parse(json.out)).toMatchObject({
      connections: [{ name: 'acme', state: 'failing', lastAttempt: '2026-01-20T02:00:00.000Z', failures: 2 }],
      sources: [],
    });
  });

  it('end a sync with its exit code, and say what was left out', async () => {
    const ran = await sources('sync', 'a', 'b');

    expect(ran).toMatchObject({ exitCode: 3, out: 'Paused, left out: resting\n' });
    expect(ran.asked).toEqual([['a', 'b'], 'closed']);
  });

  it('sync at once after adding, where that is asked for', async () => {
    expect((await sources('add', 'acme', '--sync')).asked[1]).toEqual(['acme']);
  });

  it('pause, resume and remove by name', async () => {
    expect((await sources('pause', 'acme')).asked[0]).toEqual(['acme', true]);
    expect((await sources('resume', 'acme')).asked[0]).toEqual(['acme', false]);
    expect((await sources('remove', 'acme')).asked[0]).toEqual(['acme', { forget: false }]);
    const forgotten = await sources('remove', 'acme', '--forget');
    expect(forgotten.asked[0]).toEqual(['acme', { forget: true }]);
    expect(forgotten.out).toContain('acme: 3 records withdrawn');
  });

  it('name the presets with licence and marking, without opening anything', async () => {
    const text = await sources('presets');
    const json = await sources('list', '--presets', '--json');

    expect(text.asked).toEqual([]);
    expect(text.out).toMatch(/attack-enterprise +TLP:CLEAR .*MITRE/);
    const { presets } = JSON.parse(json.out) as { presets: { name: string }[] };
    expect(presets.map(({ name }) => name)).toEqual([
      'attack-enterprise',
      'attack-ics',
      'attack-mobile',
      'misp-galaxy',
      'circl-osint',
      'kev',
      'microsoft-names',
    ]);
  });

  it('refuse an option that is no pair', async () => {
    const ran = await sources('add', 'acme', '--option', 'collection');

    expect(ran).toMatchObject({ exitCode: 2, asked: [] });
    expect(ran.err).toContain('write it as name=value');
  });
});
