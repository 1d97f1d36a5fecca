import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BundledDataError, loadBundledData } from '../../src/ingest/bundled.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import type { Clock } from '../../src/support/clock.ts';
import { bundledRecords, dataFolder } from './bundled-records.ts';

const clock: Clock = { now: () => new Date('2030-01-01T00:00:00Z') };
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threatbrief-bundled-'));
  store = await openStore({ home: join(folder, 'home') });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('loadBundledData', () => {
  it('brings all records into an empty store, and nothing the second time', async () => {
    const { records } = bundledRecords();

    const first = await loadBundledData(store, dataFolder, clock);
    const version = await store.knowledgeVersion();
    const second = await loadBundledData(store, dataFolder, clock);

    expect(first).toEqual({ kind: 'loaded', records: records.length });
    expect(second).toEqual({ kind: 'present' });
    expect(await store.knowledgeVersion()).toBe(version);
    expect((await store.sources()).map(({ name }) => name)).toEqual([
      'attack-enterprise',
      'attack-ics',
      'cisa-kev',
      'misp-galaxy',
    ]);
    expect((await store.sources()).reduce((sum, { recordCount }) => sum + recordCount, 0)).toBe(
      records.length,
    );
  });

  it('leaves what a live import brought in place', async () => {
    const [sample] = bundledRecords().records.filter(({ source }) => source === 'attack-ics');
    const [info] = bundledRecords().sources.filter(({ name }) => name === 'attack-ics');
    if (sample === undefined || info === undefined) throw new Error('no bundled ICS data');
    const { recordCount: _, importedAt: __, ...source } = info;
    const session = await store.beginImport(source, { now: 1, complete: false });
    await session.put([{ ...sample.record, title: 'As imported' }]);
    await session.finish();

    await loadBundledData(store, dataFolder, clock);

    for await (const stored of store.records()) {
      if (stored.source === 'attack-ics' && stored.record.externalId === sample.record.externalId) {
        expect(stored.record.title).toBe('As imported');
      }
    }
  });

  it.each([
    ['a missing folder', () => undefined, /manifest\.json: cannot be read/],
    [
      'a manifest that is cut off',
      (data: string) => put(data, 'manifest.json', '{"format": 1,'),
      /is not JSON/,
    ],
    ['a manifest of another format', (data: string) => put(data, 'manifest.json', '{"format": 2}'), /format/],
    [
      'a changed file',
      (data: string) => put(data, 'attack-ics.jsonl', '[]\n'),
      /attack-ics\.jsonl: its hash is not/,
    ],
    [
      'a missing file',
      (data: string) => rmSync(join(data, 'attack-ics.jsonl')),
      /attack-ics\.jsonl: cannot be read/,
    ],
  ])('says of %s what is wrong and what to do, and stores nothing', async (_, damage, message) => {
    const data = join(folder, 'data');
    if (damage.length > 0) cpSync(dataFolder, data, { recursive: true });
    damage(data);

    const failure: unknown = await loadBundledData(store, data, clock).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(BundledDataError);
    expect(failure).toMatchObject({
      code: 'bundled-data',
      exitCode: 2,
      message: expect.stringMatching(message),
    });
    expect(String(failure)).toContain('npm run data:build');
    expect(await store.sources()).toEqual([]);
  });
});

function put(data: string, file: string, text: string): void {
  writeFileSync(join(data, file), text);
}
