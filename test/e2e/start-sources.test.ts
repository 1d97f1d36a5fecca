import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LoopbackServer, openLoopbackServer } from '../helpers/loopback-server.ts';
import { createTestHome, type TestHome } from '../helpers/threatbrief-process.ts';
import { acmeBundle } from './cli-fixtures.ts';

let home: TestHome;
let source: LoopbackServer;

beforeAll(async () => {
  home = createTestHome();
  source = await openLoopbackServer(({ path }) => {
    if (path === '/good.json') return { body: JSON.stringify(acmeBundle()) };
    return path === '/stuck.json' ? { silent: true } : { status: 503 };
  });
  for (const name of ['good', 'broken', 'stuck']) {
    const url = `${source.origin}/${name}.json`;
    const ran = await home.run(['sources', 'add', name, '--url', url, '--allow-private']);
    expect(ran.exitCode).toBe(0);
  }
});
afterAll(async () => {
  await source.close();
  await home.remove();
});

interface Listed {
  readonly name: string;
  readonly state: string;
  readonly failures: number;
  readonly nextRun: string;
}

it('syncs what is due in the background, tells how it went, and ends in the middle of a sync in good order', async () => {
  const server = await home.start();
  const get = async (path: string): Promise<string> => (await fetch(`${server.address}${path}`)).text();
  const isStuck = (): boolean => source.requests.some(({ path }) => path === '/stuck.json');

  // Ticks come every ten seconds; the sources are looked at by another task of the next tick.
  const giveUpAt = performance.now() + 50_000;
  const isTold = async (): Promise<boolean> =>
    isStuck() && (await get('/metrics')).includes('threatbrief_source_failures{source="broken"} 1');
  while (!(await isTold()) && performance.now() < giveUpAt) await wait(250);
  const ready = JSON.parse(await get('/readyz')) as { ready: boolean; parts: { sources: object } };
  const metrics = await get('/metrics');
  const ended = await server.end('SIGTERM');
  const { stdout } = await home.run(['sources', 'list', '--json']);
  const { connections } = JSON.parse(stdout) as { connections: readonly Listed[] };
  const checks = await home.run(['doctor']);

  expect(ready.ready).toBe(true);
  expect(ready.parts.sources).toEqual({
    ready: true,
    detail: expect.stringContaining('broken (1 in a row, never synced)'),
  });
  expect(metrics).toMatch(/^threatbrief_source_last_success_seconds\{source="good"\} \d{10}/m);
  expect(ended.exitCode).toBe(0);
  expect(ended.stderr).toContain('a source could not be synced');
  expect(ended.stderr).not.toMatch(/not stop cleanly|task failed/);
  expect(connections.map(({ name, state, failures }) => [name, state, failures])).toEqual([
    ['broken', 'failing', 1],
    ['good', 'ok', 0],
    ['stuck', 'new', 0],
  ]);
  expect(checks.exitCode).toBe(2);
  expect(checks.stdout).toMatch(/PROBLEM +connected source broken: .*answered 503.*sources sync broken/);
  expect(checks.stdout).toMatch(/ok +connected source good: last success/);
}, 90_000);
