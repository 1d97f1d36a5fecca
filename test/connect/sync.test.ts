import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { syncConnection } from '../../src/connect/sync.ts';
import { SyncFailure } from '../../src/connect/sync-failure.ts';
import type { SyncStep } from '../../src/connect/types.ts';
import { acmeBundle } from '../e2e/cli-fixtures.ts';
import { fakeId } from '../helpers/knowledge.ts';
import { createSyncWorld, documentStep, steps, syncStart } from './world.ts';

const hourMs = 3_600_000;

describe('a sync', () => {
  it('stores what its connector brings, then its state, and notes when it runs next', async () => {
    const world = await createSyncWorld();
    await world.connect({ sourceName: 'acme' });
    world.script = () => steps([documentStep('one', 'XPT901', 0), { kind: 'state', state: { page: 1 } }]);

    const outcome = await syncConnection('acme', world.deps);

    expect(outcome).toMatchObject({
      kind: 'done',
      report: { counts: { documents: 1, new: 3, rejected: 0 } },
    });
    expect(await world.titles()).toContain('XPT901');
    const stored = await world.stored();
    expect(stored).toMatchObject({
      state: { page: 1 },
      sources: ['acme'],
      lastAttemptAt: syncStart,
      lastSuccessAt: syncStart,
      lastCounts: { new: 3 },
      leasedUntil: null,
    });
    expect(stored.nextRunAt).toBeGreaterThan(syncStart);
    expect(stored.nextRunAt).toBeLessThanOrEqual(syncStart + 6 * hourMs);
  });

  it('goes on from the state that it left', async () => {
    const world = await createSyncWorld();
    await world.connect();
    const seen: unknown[] = [];
    world.script = ({ state }) => {
      seen.push(state);
      return steps([{ kind: 'state', state: { count: seen.length } }]);
    };

    await syncConnection('acme', world.deps);
    await syncConnection('acme', world.deps);

    expect(seen).toEqual([{}, { count: 1 }]);
  });

  it('keeps what it brought and the last state when it fails on the way', async () => {
    const world = await createSyncWorld();
    await world.connect();
    world.script = async function* () {
      yield documentStep('one', 'XPT901', 0);
      yield { kind: 'state', state: { page: 1 } };
      yield documentStep('two', 'XPT911', 1);
      throw new SyncFailure('the server went away', { isOutage: true });
    };

    const outcome = await syncConnection('acme', world.deps);

    expect(outcome).toMatchObject({ kind: 'failed', error: 'the server went away', isOutage: true });
    expect(await world.titles()).toEqual(expect.arrayContaining(['XPT901', 'XPT911']));
    expect(await world.stored()).toMatchObject({
      state: { page: 1 },
      failures: 1,
      lastError: 'the server went away',
      lastSuccessAt: null,
      leasedUntil: null,
    });
  });

  it('comes back later and later after outages, at least as late as the server asks, and by its schedule after a success', async () => {
    const world = await createSyncWorld();
    await world.connect();
    let retryAfterSeconds: number | undefined;
    const fail = async function* (): AsyncGenerator<SyncStep> {
      yield { kind: 'notice', notice: { place: 'acme', path: '', text: 'trying' } };
      throw new SyncFailure('down', {
        isOutage: true,
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      });
    };
    world.script = fail;
    const waits: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      await syncConnection('acme', world.deps);
      waits.push(((await world.stored()).nextRunAt - world.now) / 60_000);
    }
    retryAfterSeconds = 50_000;
    await syncConnection('acme', world.deps);
    const asked = (await world.stored()).nextRunAt - world.now;
    retryAfterSeconds = 9_000_000;
    await syncConnection('acme', world.deps);
    const absurd = (await world.stored()).nextRunAt - world.now;

    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360]);
    expect(asked).toBe(50_000_000);
    expect(absurd).toBe(24 * hourMs);
  });

  it('waits for the schedule when trying earlier cannot help', async () => {
    const world = await createSyncWorld();
    await world.connect({ every: '2d' });
    world.script = async function* () {
      yield* [];
      throw new SyncFailure('the key is refused', { isOutage: false });
    };

    await syncConnection('acme', world.deps);

    expect((await world.stored()).nextRunAt - syncStart).toBeGreaterThan(12 * hourMs);
  });

  it('counts what nothing reads as rejected, names the address, and goes on', async () => {
    const world = await createSyncWorld();
    await world.connect();
    const taken: boolean[] = [];
    world.script = async function* ({ wasTaken }) {
      yield {
        kind: 'document',
        place: 'https://acme.example/page',
        bytes: new TextEncoder().encode('<html>'),
      };
      taken.push(wasTaken?.('https://acme.example/page') ?? true);
      yield documentStep('one', 'XPT901', 0);
      taken.push(wasTaken?.('one') ?? false);
      yield { kind: 'rejection', rejection: { place: 'two', path: '', reason: 'the connector says so' } };
    };

    const outcome = await syncConnection('acme', world.deps);

    expect(outcome).toMatchObject({
      kind: 'done',
      report: { counts: { documents: 2, new: 3, rejected: 2 } },
    });
    const rejections = outcome.kind === 'done' ? outcome.report.rejections.map(({ place }) => place) : [];
    expect(rejections.sort()).toEqual(['https://acme.example/page', 'two']);
    expect(taken).toEqual([false, true]);
  });

  it('imports into the source, with the marking and the format of the connection', async () => {
    const world = await createSyncWorld();
    await world.connect({ sourceName: 'acme-feed', marking: 'amber', format: 'stix' });
    world.script = () => steps([documentStep('one', 'XPT901', 0)]);

    await syncConnection('acme', world.deps);

    expect(await world.store.sources()).toMatchObject([{ name: 'acme-feed', defaultMarking: 'amber' }]);
  });

  it('withdraws what a listing no longer names, of its own sources only, and never by an empty listing', async () => {
    const world = await createSyncWorld();
    await world.connect({ sourceName: 'acme' });
    world.script = () => steps([documentStep('one', 'XPT901', 0), documentStep('two', 'XPT911', 1)]);
    await syncConnection('acme', world.deps);
    const before = await world.titles();

    world.script = () =>
      steps([
        { kind: 'present', source: 'acme', externalIds: [] },
        { kind: 'present', source: 'another', externalIds: ['x'] },
      ]);
    const doubtful = await syncConnection('acme', world.deps);
    const kept = await world.titles();
    world.script = () =>
      steps([{ kind: 'present', source: 'acme', externalIds: [fakeId('intrusion-set', 901)] }]);
    const believed = await syncConnection('acme', world.deps);

    expect(kept).toEqual(before);
    expect(doubtful.kind === 'done' ? doubtful.report.notices.map(({ text }) => text) : []).toEqual([
      'the listing is empty: nothing was withdrawn',
      expect.stringContaining('nothing of the source another came'),
    ]);
    expect(believed).toMatchObject({ report: { counts: { withdrawn: 5 } } });
    expect(await world.titles()).toEqual(['XPT901']);
  });

  it('gives the key to the connector, and to nobody else', async () => {
    const key = 'p4ss/w0rd+x';
    const world = await createSyncWorld({ ACME_KEY: ` ${key}\n` });
    await world.connect({ keyEnv: 'ACME_KEY', user: 'me' });
    const seen: unknown[] = [];
    world.script = async function* (context) {
      seen.push(context.key);
      const forms = [key, encodeURIComponent(key), Buffer.from(`me:${key}`).toString('base64')].join(' ');
      yield { kind: 'rejection', rejection: { place: `x ${forms}`, path: forms, reason: forms } };
      yield { kind: 'notice', notice: { place: forms, path: '', text: forms } };
      throw new SyncFailure(`refused with ${forms}`, { isOutage: false });
    };

    const outcome = await syncConnection('acme', world.deps);

    expect(seen).toEqual([key]);
    const told = JSON.stringify([outcome, await world.stored()]);
    for (const secret of [key, encodeURIComponent(key), Buffer.from(`me:${key}`).toString('base64')]) {
      expect(told).not.toContain(secret);
    }
    expect(told).toContain('refused with [redacted]');
  });

  it('imports no document that holds the key, in bytes, packed or in a large file', async () => {
    const key = 'p4ss/w0rd+x';
    const world = await createSyncWorld({ ACME_KEY: key });
    await world.connect({ keyEnv: 'ACME_KEY', user: 'me' });
    const echo = JSON.stringify(acmeBundle([], `Echo ${key}`, 0));
    const taken: (boolean | undefined)[] = [];
    world.script = async function* ({ newFile, wasTaken }) {
      yield documentStep('clean', 'XPT911', 1);
      for (const [place, bytes] of [
        ['plain', Buffer.from(echo)],
        ['escaped', Buffer.from(echo.replaceAll('/', String.raw`\/`))],
        ['packed', gzipSync(echo)],
      ] as const) {
        yield { kind: 'document', place, bytes };
        taken.push(wasTaken?.(place));
      }
      const path = newFile?.() ?? '';
      // The key lies across the border of two pieces.
      writeFileSync(path, echo.padStart(1024 * 1024 - 5 + echo.length - echo.indexOf(key), ' '));
      yield { kind: 'document', place: 'file', bytes: new Uint8Array(), path };
    };

    const outcome = await syncConnection('acme', world.deps);

    expect(outcome).toMatchObject({ kind: 'done', report: { counts: { rejected: 4 } } });
    const rejections = 'report' in outcome ? outcome.report.rejections : [];
    expect(rejections.map(({ place }) => place)).toEqual(['plain', 'escaped', 'packed', 'file']);
    expect(rejections[0]?.reason).toContain('it holds the key of this connection');
    expect(taken).toEqual([false, false, false]);
    expect(JSON.stringify(outcome)).not.toContain(key);
    const titles = await world.titles();
    expect(titles).toContain('XPT911');
    expect(titles.join()).not.toContain('Echo');
  });

  it('asks nobody without the key that it needs', async () => {
    const world = await createSyncWorld();
    await world.connect({ keyEnv: 'ACME_KEY' });
    let asked = 0;
    world.script = () => {
      asked += 1;
      return steps([]);
    };

    const outcome = await syncConnection('acme', world.deps);

    expect(outcome).toMatchObject({
      kind: 'failed',
      isOutage: false,
      error: expect.stringContaining('ACME_KEY'),
    });
    expect(asked).toBe(0);
  });

  it('survives a connector that breaks, and one that is not there any more', async () => {
    const world = await createSyncWorld();
    await world.connect();
    await world.connect({ name: 'old', kind: 'gopher' });
    world.script = () => {
      throw new TypeError('x is not a function');
    };

    expect(await syncConnection('acme', world.deps)).toMatchObject({
      kind: 'failed',
      error: 'unexpected failure: x is not a function',
    });
    expect(await syncConnection('old', world.deps)).toMatchObject({
      kind: 'failed',
      error: expect.stringContaining('nothing here fetches "gopher"'),
    });
  });

  it('leaves a connection alone that another process syncs', async () => {
    const world = await createSyncWorld();
    await world.connect();
    let inside: unknown;
    world.script = async function* () {
      inside = await syncConnection('acme', world.deps);
      yield documentStep('one', 'XPT901', 0);
    };

    const outside = await syncConnection('acme', world.deps);

    expect(inside).toEqual({ kind: 'busy', name: 'acme' });
    expect(outside.kind).toBe('done');
  });

  it('takes over from a process that died, and what that one still writes goes nowhere', async () => {
    const world = await createSyncWorld();
    await world.connect();
    let second: unknown;
    world.script = async function* () {
      world.script = () => steps([{ kind: 'state', state: { by: 'second' } }]);
      world.now += 10 * 60_000;
      second = await syncConnection('acme', world.deps);
      yield { kind: 'state', state: { by: 'first' } };
      yield documentStep('late', 'XPT911', 1);
    };

    const first = await syncConnection('acme', world.deps);

    expect(second).toMatchObject({ kind: 'done' });
    expect(first).toEqual({ kind: 'lost', name: 'acme' });
    expect((await world.stored()).state).toEqual({ by: 'second' });
    expect(await world.titles()).toEqual([]);
  });

  it('ends when the connection is removed meanwhile', async () => {
    const world = await createSyncWorld();
    await world.connect();
    world.script = async function* () {
      await world.store.removeConnection('acme');
      yield { kind: 'state', state: { page: 1 } };
      yield documentStep('late', 'XPT911', 1);
    };

    expect(await syncConnection('acme', world.deps)).toEqual({ kind: 'lost', name: 'acme' });
    expect(await world.titles()).toEqual([]);
  });

  it('stops in good order when the process is to end, and is due at once', async () => {
    const world = await createSyncWorld();
    await world.connect();
    const stop = new AbortController();
    world.script = async function* () {
      yield documentStep('one', 'XPT901', 0);
      yield { kind: 'state', state: { page: 1 } };
      stop.abort();
      yield documentStep('two', 'XPT911', 1);
      yield { kind: 'state', state: { page: 2 } };
    };

    const outcome = await syncConnection('acme', { ...world.deps, signal: stop.signal });

    expect(outcome).toMatchObject({ kind: 'stopped' });
    expect(await world.stored()).toMatchObject({
      state: { page: 1 },
      failures: 0,
      lastError: null,
      leasedUntil: null,
      nextRunAt: syncStart,
    });
  });
});
