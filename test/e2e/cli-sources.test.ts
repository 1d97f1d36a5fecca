import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackServer, openLoopbackServer } from '../helpers/loopback-server.ts';
import { askLines, createTestHome, type Finished, type TestHome } from '../helpers/threatbrief-process.ts';
import { acmeBundle } from './cli-fixtures.ts';

let home: TestHome;
let server: LoopbackServer;
const documents = new Map<string, string>();
const key = 'open-sesame-4711';
const env = { ACME_KEY: key };

beforeAll(async () => {
  home = createTestHome();
  documents.set('/one.json', JSON.stringify(acmeBundle()));
  documents.set('/two.json', JSON.stringify(acmeBundle([], 'XPT911', 1)));
  server = await openLoopbackServer(({ path, headers }) => {
    if (headers['authorization'] !== `Bearer ${key}`) return { status: 401 };
    const body = documents.get(path);
    if (body === undefined) return { status: 404 };
    const etag = `"${hash('sha256', body)}"`;
    return headers['if-none-match'] === etag ? { status: 304 } : { headers: { etag }, body };
  });
});
afterAll(async () => {
  await server.close();
  await home.remove();
});

interface Listed {
  readonly name: string;
  readonly state: string;
  readonly lastSuccess: string | null;
  readonly nextRun: string | null;
  readonly failures: number;
  readonly error: string | null;
  readonly counts: { readonly new: number; readonly changed: number; readonly documents: number } | null;
  readonly sources: readonly string[];
}

async function listed(name: string): Promise<Listed | undefined> {
  const { stdout } = await home.run(['sources', 'list', '--json']);
  return (JSON.parse(stdout) as { connections: readonly Listed[] }).connections.find(
    (one) => one.name === name,
  );
}

function sync(...names: readonly string[]): Promise<Finished> {
  return home.run(['sources', 'sync', ...names, '--json'], { env });
}

async function outcomeOf(question: string): Promise<string | undefined> {
  return askLines((await home.run(['ask', '--json', question])).stdout)[0]?.outcome;
}

describe('threatbrief sources', () => {
  it('connects a source without asking its server', async () => {
    const ran = await home.run(
      [
        'sources',
        'add',
        'acme',
        '--url',
        `${server.origin}/`,
        '--option',
        'paths=one.json two.json',
        '--key-env',
        'ACME_KEY',
        '--allow-private',
        '--every',
        'daily 03:00',
      ],
      { env },
    );

    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('acme: url');
    expect(server.requests).toEqual([]);
    expect(await listed('acme')).toMatchObject({ state: 'new', lastSuccess: null, failures: 0 });
  });

  it('syncs it, and answers with what came in', async () => {
    const ran = await sync('acme');

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      results: [{ name: 'acme', outcome: 'done', counts: { documents: 2, new: 6, rejected: 0 } }],
    });
    expect(await outcomeOf('quartz walrus')).toBe('found');
  });

  it('fetches nothing twice, and only what changed', async () => {
    const again = await sync();
    documents.set('/two.json', JSON.stringify(acmeBundle([], 'XPT917', 1)));
    const changed = await sync();

    expect(JSON.parse(again.stdout)).toMatchObject({ results: [{ counts: { documents: 0, new: 0 } }] });
    expect(JSON.parse(changed.stdout)).toMatchObject({
      results: [{ counts: { documents: 1, changed: 2, unchanged: 1 } }],
    });
    expect(await listed('acme')).toMatchObject({ state: 'ok', counts: { documents: 1, changed: 2 } });
    expect(await outcomeOf('XPT917')).toBe('found');
  });

  it('keeps the last good state when the server fails, and says why', async () => {
    const before = await listed('acme');
    const refused = await home.run(['sources', 'sync', 'acme'], { env: { ACME_KEY: 'a-wrong-key-0815' } });
    const state = await listed('acme');

    expect(refused.exitCode).toBe(2);
    expect(refused.stdout).toMatch(/acme: FAILED: .*answered 401/);
    expect(state).toMatchObject({ state: 'failing', failures: 1, lastSuccess: before?.lastSuccess });
    expect(state?.error).toContain('401');
    expect(JSON.stringify([refused, state])).not.toMatch(/wrong-key|open-sesame/);
    expect(await outcomeOf('XPT917')).toBe('found');
  });

  it('says which variable is missing, and recovers', async () => {
    const missing = await home.run(['sources', 'sync', 'acme']);
    const good = await sync('acme');

    expect(missing.exitCode).toBe(2);
    expect(missing.stdout).toContain('set ACME_KEY, or ACME_KEY_FILE');
    expect(good.exitCode).toBe(0);
    expect(await listed('acme')).toMatchObject({ state: 'ok', failures: 0, error: null });
  });

  it('ends with 1 and names what no importer reads, at each sync anew', async () => {
    documents.set('/two.json', '<html><body>Please sign in.</body></html>');

    const first = await sync('acme');
    const second = await sync('acme');

    for (const ran of [first, second]) {
      expect(ran.exitCode).toBe(1);
      expect(JSON.parse(ran.stdout)).toMatchObject({
        results: [{ outcome: 'done', rejections: [{ place: `${server.origin}/two.json` }] }],
      });
    }
  });

  it('pauses and resumes', async () => {
    const paused = await home.run(['sources', 'pause', 'acme', '--json']);
    const skipped = await sync();
    const resumed = await home.run(['sources', 'resume', 'acme', '--json']);

    expect(JSON.parse(paused.stdout)).toMatchObject({ state: 'paused', nextRun: null });
    expect(JSON.parse(skipped.stdout)).toEqual({ results: [], paused: ['acme'] });
    expect(JSON.parse(resumed.stdout)).toMatchObject({ paused: false });
  });

  it('removes the connection and keeps what it brought, unless told to forget', async () => {
    await home.run(
      [
        'sources',
        'add',
        'other',
        '--url',
        `${server.origin}/one.json`,
        '--key-env',
        'ACME_KEY',
        '--allow-private',
        '--source',
        'other',
        '--sync',
      ],
      { env },
    );
    const kept = await home.run(['sources', 'remove', 'acme']);
    expect(kept).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('stays') });
    expect(await outcomeOf('XPT917')).toBe('found');

    const forgotten = await home.run(['sources', 'remove', 'other', '--forget', '--json']);

    expect(JSON.parse(forgotten.stdout)).toEqual({
      name: 'other',
      sources: [{ name: 'other', withdrawn: 3 }],
      forgotten: true,
    });
    expect(JSON.parse((await home.run(['sources', 'list', '--json'])).stdout)).toMatchObject({
      connections: [],
    });
  });

  it('tells of a server that is gone with 3, and when it is tried again', async () => {
    const gone = await openLoopbackServer(() => ({}));
    await gone.close();
    await home.run(['sources', 'add', 'gone', '--url', gone.origin, '--allow-private']);

    const ran = await home.run(['sources', 'sync']);

    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toMatch(/gone: FAILED: .*refused.*next try \d{4}-/);
  });
});

describe('what cannot be connected', () => {
  it.each([
    [
      'an unknown preset',
      ['nothing-known'],
      /is no source that comes ready-made; give its --url, or take one of: attack-enterprise/,
    ],
    [
      'credentials in the address',
      ['x', '--url', 'https://me:hush-hush@example.org/'],
      /give --user NAME and --key-env/,
    ],
  ])('refuses %s with 2 and the remedy, and shows no secret', async (_, args, message) => {
    const ran = await home.run(['sources', 'add', ...args]);

    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toContain('hush-hush');
  });

  it('refuses a name that is taken', async () => {
    await home.run(['sources', 'add', 'kev']);

    const ran = await home.run(['sources', 'add', 'kev']);

    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('is connected already');
  });
});
