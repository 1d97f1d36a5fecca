import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type StoreSettings } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import {
  actor,
  changeLines,
  collect,
  idOf,
  importRecords,
  indicator,
  report,
  source,
  titles,
  uses,
} from '../store/fixtures.ts';
import { connectionsContract } from './connections-contract.ts';
import { settingsContract } from './settings-contract.ts';
import { threadsContract } from './threads-contract.ts';

/** Where a store keeps its data during one test. */
export interface StorePlace {
  readonly settings: StoreSettings;
  remove(): void;
}

/** What every store must do. `createPlace` gives an empty database. */
export function storeContract(createPlace: () => Promise<StorePlace>): void {
  let place: StorePlace;
  let store: Store;
  const others: Store[] = [];
  const openAnother = async (): Promise<Store> => {
    const other = await openStore(place.settings);
    others.push(other);
    return other;
  };
  beforeEach(async () => {
    place = await createPlace();
    store = await openStore(place.settings);
  });
  afterEach(async () => {
    for (const one of [store, ...others.splice(0)]) await one.close();
    place.remove();
  });

  connectionsContract(() => store, openAnother);
  settingsContract(() => store);
  threadsContract(() => store);

  describe('an import', () => {
    it('keeps records in the order of source and external id', async () => {
      await importRecords(store, [actor(2), actor(1)]);
      await importRecords(store, [actor(3)], { source: { ...source, name: 'another-feed' } });

      const records = await collect(store.records());

      expect(records.map(({ source: name, record }) => [name, record.title])).toEqual([
        ['another-feed', 'Actor 3'],
        ['example-feed', 'Actor 1'],
        ['example-feed', 'Actor 2'],
      ]);
      expect(records[1]).toEqual({
        source: 'example-feed',
        record: actor(1),
        contentHash: expect.any(String),
        validFrom: 1000,
        present: true,
        bundled: false,
      });
    });

    it('describes its source', async () => {
      await importRecords(store, [actor(1), actor(2)], { now: 5000 });

      expect(await store.sources()).toEqual([{ ...source, recordCount: 2, importedAt: 5000 }]);
    });

    it('changes nothing when the content is equal, whatever the order of keys', async () => {
      await importRecords(store, [actor(1), actor(2)]);
      const version = await store.knowledgeVersion();
      const reordered = Object.fromEntries(Object.entries(actor(1)).reverse()) as unknown as typeof source;

      const counts = await importRecords(store, [{ ...actor(1), ...reordered }, actor(2)], { now: 2000 });

      expect(counts).toEqual({ new: 0, changed: 0, unchanged: 2, withdrawn: 0, rejected: 0 });
      expect(await store.knowledgeVersion()).toBe(version);
      expect((await collect(store.records())).map(({ validFrom }) => validFrom)).toEqual([1000, 1000]);
    });

    it('counts what is new, changed, unchanged and withdrawn, and raises the version once', async () => {
      await importRecords(store, [actor(1), actor(2), actor(3)]);
      const version = await store.knowledgeVersion();

      const counts = await importRecords(store, [actor(1), actor(2, { aliases: ['Other'] }), actor(4)], {
        now: 2000,
      });

      expect(counts).toEqual({ new: 1, changed: 1, unchanged: 1, withdrawn: 1, rejected: 0 });
      expect(await store.knowledgeVersion()).toBe(version + 1);
      expect(await titles(store.records())).toEqual(['Actor 1', 'Actor 2', 'Actor 4']);
    });

    it('withdraws nothing when it is not complete', async () => {
      await importRecords(store, [actor(1), actor(2)]);

      const counts = await importRecords(store, [actor(3)], { complete: false });

      expect(counts).toMatchObject({ new: 1, withdrawn: 0 });
      expect((await store.sources())[0]?.recordCount).toBe(3);
    });

    it('keeps the later of two records with one id, in one call or in several', async () => {
      const session = await store.beginImport(source, { now: 1000, complete: true });
      await session.put([actor(1, { title: 'first' }), actor(1, { title: 'second' }), actor(2)]);
      for (let round = 0; round < 3; round += 1) {
        await session.put(
          Array.from({ length: 300 }, (_, index) => actor(10 + index, { title: `${round}` })),
        );
      }
      await session.put([actor(2, { title: 'last' })]);

      const counts = await session.finish();

      expect(counts.new).toBe(302);
      const found = await titles(store.records());
      expect(found.slice(0, 2)).toEqual(['second', 'last']);
      expect(new Set(found.slice(2))).toEqual(new Set(['2']));
    });

    it('takes back a change when a later duplicate is as stored', async () => {
      await importRecords(store, [actor(1)]);
      const session = await store.beginImport(source, { now: 2000, complete: true });
      await session.put([actor(1, { title: 'changed' })]);
      await session.put([actor(1)]);

      expect(await session.finish()).toMatchObject({ changed: 0, unchanged: 1 });
      expect(await titles(store.records())).toEqual(['Actor 1']);
    });

    it('keeps out a record that is older than the stored one, and says so', async () => {
      const newer = actor(1, { modified: '2024-05-01T10:00:00+02:00', title: 'newer' });
      await importRecords(store, [newer]);

      const counts = await importRecords(
        store,
        [actor(1, { modified: '2024-05-01T07:59:59Z', title: 'older' })],
        { now: 2000 },
      );

      expect(counts).toEqual({ new: 0, changed: 0, unchanged: 0, withdrawn: 0, rejected: 0, stale: 1 });
      expect(await titles(store.records())).toEqual(['newer']);
    });

    it('takes a record without a time of change', async () => {
      await importRecords(store, [actor(1, { modified: '2024-05-01' })]);

      expect(await importRecords(store, [actor(1, { title: 'undated' })])).toMatchObject({ changed: 1 });
    });

    it('refuses ids that cannot be a key and keeps the rest', async () => {
      const counts = await importRecords(store, [
        { ...actor(1), externalId: '' },
        { ...actor(2), externalId: 'x'.repeat(501) },
        { ...actor(3), externalId: 'a\0b' },
        actor(4),
      ]);

      expect(counts).toMatchObject({ new: 1, rejected: 3 });
      expect(await titles(store.records())).toEqual(['Actor 4']);
    });

    it.each([
      ['quotes and backslashes', `"'\\ \u{2028} ; drop table record; --`],
      ['control characters', 'a\u0000b\u0007\u001b[31m'],
      ['other scripts and emoji', 'Кимсуки 라자루스 🐻'],
    ])('keeps %s as they are', async (_title, text) => {
      await importRecords(store, [actor(1, { aliases: [text] })]);

      expect((await collect(store.records()))[0]?.record.claims[0]).toMatchObject({ text });
    });

    it('is all or nothing', async () => {
      await importRecords(store, [actor(1)]);
      const other = await openAnother();
      const session = await store.beginImport(source, { now: 2000, complete: true });
      await session.put(Array.from({ length: 500 }, (_, index) => actor(100 + index)));

      const before = await titles(other.records());
      await session.abandon();

      expect(before).toEqual(['Actor 1']);
      expect(await titles(store.records())).toEqual(['Actor 1']);
      await expect(session.put([])).rejects.toThrow('ended');
      await expect(session.finish()).rejects.toThrow('ended');
    });

    it('shows another process what it did once it has finished', async () => {
      const other = await openAnother();
      const version = await other.knowledgeVersion();

      await importRecords(store, [actor(1)]);

      expect(await titles(other.records())).toEqual(['Actor 1']);
      expect(await other.knowledgeVersion()).toBeGreaterThan(version);
    });

    it('runs dry: it counts and leaves everything as it was', async () => {
      await importRecords(store, [actor(1), actor(2)]);
      const before = [await store.sources(), await store.knowledgeVersion(), await changeLines(store)];

      const counts = await importRecords(store, [actor(1, { title: 'x' }), actor(3)], {
        now: 2000,
        dryRun: true,
      });

      expect(counts).toEqual({ new: 1, changed: 1, unchanged: 0, withdrawn: 1, rejected: 0 });
      expect([await store.sources(), await store.knowledgeVersion(), await changeLines(store)]).toEqual(
        before,
      );
    });

    it('gives a reader one state, even when an import ends while it reads', async () => {
      await importRecords(
        store,
        Array.from({ length: 2500 }, (_, index) => actor(index)),
      );
      const seen: string[] = [];

      for await (const { record } of store.records()) {
        if (seen.length === 10) await importRecords(store, [actor(2499, { title: 'late' })], { now: 2000 });
        seen.push(record.title);
      }

      expect(seen).toHaveLength(2500);
      expect(seen).not.toContain('late');
      expect(await titles(store.records())).toEqual(['late']);
    });
  });

  describe('the past', () => {
    it('stays as it was', async () => {
      await importRecords(store, [actor(1), actor(2)], { now: 1000 });
      await importRecords(store, [actor(1, { title: 'Renamed' })], { now: 2000 });
      await importRecords(store, [actor(1, { title: 'Renamed' }), actor(2)], { now: 3000 });

      expect(await titles(store.recordsAt(999))).toEqual([]);
      expect(await titles(store.recordsAt(1000))).toEqual(['Actor 1', 'Actor 2']);
      expect(await titles(store.recordsAt(1999))).toEqual(['Actor 1', 'Actor 2']);
      expect(await titles(store.recordsAt(2000))).toEqual(['Renamed']);
      expect(await titles(store.recordsAt(3000))).toEqual(['Renamed', 'Actor 2']);
    });

    it('survives two imports in one millisecond and a clock that was set back', async () => {
      await importRecords(store, [actor(1)], { now: 2000 });
      await importRecords(store, [actor(1, { title: 'same time' })], { now: 2000 });
      await importRecords(store, [actor(1, { title: 'earlier' })], { now: 1000 });
      await importRecords(store, [actor(1, { title: 'later' })], { now: 3000 });

      expect(await titles(store.records())).toEqual(['later']);
      expect(await titles(store.recordsAt(2500))).toEqual(['earlier']);
    });
  });

  describe('bundled records', () => {
    it('make no changes and know their bundle', async () => {
      await importRecords(store, [actor(1)], { bundleHash: 'b1' });

      expect(await changeLines(store)).toEqual([]);
      expect(await store.sources()).toMatchObject([{ bundleHash: 'b1', recordCount: 1 }]);
      expect(await collect(store.records())).toMatchObject([{ bundled: true }]);
    });

    it('never replace those of a live import, nor describe its source', async () => {
      await importRecords(store, [actor(1, { title: 'live' })], { now: 1000 });

      const counts = await importRecords(store, [actor(1, { title: 'bundled' }), actor(2)], {
        now: 2000,
        bundleHash: 'b1',
        source: { ...source, version: '0.9' },
      });

      expect(counts).toMatchObject({ new: 0, changed: 0, withdrawn: 0 });
      expect(await titles(store.records())).toEqual(['live']);
      expect(await store.sources()).toMatchObject([{ version: '1.0', bundleHash: 'b1', importedAt: 1000 }]);
    });

    it('fill in what a live import of a part does not have', async () => {
      await importRecords(store, [actor(1)], { complete: false });
      await importRecords(store, [actor(1), actor(2)], { bundleHash: 'b1' });

      expect((await collect(store.records())).map(({ bundled }) => bundled)).toEqual([false, true]);
    });

    it('are replaced by a newer bundle', async () => {
      await importRecords(store, [actor(1), actor(2)], { bundleHash: 'b1' });
      await importRecords(store, [actor(1, { title: 'new' })], { now: 2000, bundleHash: 'b2' });

      expect(await titles(store.records())).toEqual(['new']);
      expect(await changeLines(store)).toEqual([]);
    });

    it('become live without a change when a live import says the same', async () => {
      await importRecords(store, [actor(1)], { bundleHash: 'b1' });

      const counts = await importRecords(store, [actor(1)], { now: 2000 });

      expect(counts).toMatchObject({ unchanged: 1 });
      expect(await collect(store.records())).toMatchObject([{ bundled: false }]);
      expect(await changeLines(store)).toEqual([]);
    });

    it('are compared by their claims with what a live import says', async () => {
      await importRecords(store, [actor(1, { aliases: ['A', 'B'] })], { bundleHash: 'b1' });
      const live = actor(1, { aliases: ['B', 'C'] });
      const described = {
        ...live,
        claims: [...live.claims, { predicate: 'description', text: 'Words.', section: 'overview' } as const],
      };

      await importRecords(store, [described], { now: 2000, source: { ...source, version: '1.1' } });

      expect(await changeLines(store)).toEqual([
        'claim-withdrawn Actor 1 alias A',
        'claim-added Actor 1 alias C',
      ]);
    });

    it('make no news of what a live import of their own release says besides', async () => {
      await importRecords(store, [actor(1)], { bundleHash: 'b1' });
      const more = actor(1, { aliases: ['More'] });
      await importRecords(store, [more], { now: 2000 });

      expect(await changeLines(store)).toEqual([]);

      await importRecords(store, [actor(1)], { now: 3000 });

      expect((await changeLines(store)).some((line) => line.includes('alias More'))).toBe(true);
    });
  });

  describe('a scope', () => {
    it('bounds what a complete import withdraws', async () => {
      await importRecords(store, [actor(1), actor(2)], { scope: 'actors' });
      await importRecords(store, [report(1)], { scope: 'reports', now: 2000 });

      const counts = await importRecords(store, [actor(1)], { scope: 'actors', now: 3000 });

      expect(counts).toMatchObject({ unchanged: 1, withdrawn: 1 });
      expect(await titles(store.records())).toEqual(['Actor 1', 'Report 1']);
    });

    it('has a version of its own', async () => {
      await importRecords(store, [actor(1)], { scope: 'actors', source: { ...source, version: '7' } });
      await importRecords(store, [report(1)], { scope: 'reports', source: { ...source, version: '9' } });

      const [stored] = await store.sources();

      expect(stored?.scopeVersions).toEqual({ actors: '7', reports: '9' });
      expect(stored?.version).toBeUndefined();
      expect(stored?.recordCount).toBe(2);
    });

    it('moves with the record to the last import that brought it', async () => {
      await importRecords(store, [actor(1)], { scope: 'a' });
      await importRecords(store, [actor(1)], { scope: 'b' });

      expect(await importRecords(store, [], { scope: 'a' })).toMatchObject({ withdrawn: 0 });
      expect(await importRecords(store, [], { scope: 'b' })).toMatchObject({ withdrawn: 1 });
    });

    it('notes entities only when it is imported for the first time', async () => {
      await importRecords(store, [actor(1), uses(1, 1)], { scope: 'a' });
      await importRecords(store, [actor(2), uses(2, 1)], { scope: 'b' });
      await importRecords(store, [actor(2), uses(2, 1), uses(2, 2)], { scope: 'b' });

      expect(await changeLines(store)).toEqual([
        'source-new Example feed',
        'entity-new Actor 1',
        'entity-new Actor 2',
        'claim-added Actor 2 uses Malware 2 uses Malware 2',
      ]);
    });
  });

  describe('first imports', () => {
    it('are the earliest of each source, whatever changed since', async () => {
      expect([...(await store.firstImports())]).toEqual([]);
      await importRecords(store, [actor(1), actor(2)], { now: 1000 });
      await importRecords(store, [actor(1, { title: 'changed' })], { now: 2000 });
      await importRecords(store, [actor(3)], { now: 3000, source: { ...source, name: 'another-feed' } });

      expect([...(await store.firstImports())]).toEqual([
        ['another-feed', 3000],
        ['example-feed', 1000],
      ]);
    });
  });

  describe('changes', () => {
    it('tell a new source with its counts, and its entities without their claims', async () => {
      await importRecords(store, [actor(1), actor(2), report(1), uses(1, 1)], { now: 1000 });

      const changes = await store.changes(1000, 1001);

      expect(changes.map(({ kind }) => kind)).toEqual([
        'source-new',
        'entity-new',
        'entity-new',
        'report-new',
      ]);
      expect(changes[0]).toMatchObject({
        at: 1000,
        source: 'example-feed',
        title: 'Example feed',
        marking: 'green',
        detail: { records: 4, entities: { 'intrusion-set': 2, report: 1 } },
      });
      expect(changes[1]).toMatchObject({ recordId: idOf('intrusion-set', 1), title: 'Actor 1' });
    });

    it('tell claims added and withdrawn, records gone and back', async () => {
      await importRecords(store, [actor(1, { aliases: ['A', 'B'] }), actor(2)], { now: 1000 });
      await importRecords(store, [actor(1, { aliases: ['B', 'C'] }), uses(1, 1)], { now: 2000 });
      await importRecords(store, [actor(1, { aliases: ['B', 'C'] }), actor(2)], { now: 3000 });

      expect(await changeLines(store, 2000, 3000)).toEqual([
        'claim-withdrawn Actor 1 alias A',
        'claim-added Actor 1 alias C',
        'claim-added Actor 1 uses Malware 1 uses Malware 1',
        'entity-gone Actor 2',
      ]);
      expect(await changeLines(store, 3000)).toEqual([
        'entity-back Actor 2',
        'claim-withdrawn Actor 1 uses Malware 1 uses Malware 1',
      ]);
    });

    it('cover the relationships of a new entity by the entity', async () => {
      await importRecords(store, [actor(1)], { now: 1000 });
      await importRecords(store, [uses(2, 1), actor(1), actor(2), uses(1, 1)], { now: 2000 });

      expect(await changeLines(store, 2000)).toEqual([
        'entity-new Actor 2',
        'claim-added Actor 1 uses Malware 1 uses Malware 1',
      ]);
    });

    it('carry the strictest marking of record and claim', async () => {
      await importRecords(store, [actor(1)], { now: 1000 });
      const amber = actor(2, { marking: { tlp: 'amber' } });
      const red = {
        ...actor(1),
        claims: [
          ...actor(1).claims,
          { predicate: 'motivation', text: 'gain', marking: { tlp: 'red' } } as const,
        ],
      };

      await importRecords(store, [red, amber], { now: 2000 });

      expect((await store.changes(2000, 3000)).map(({ kind, marking }) => [kind, marking])).toEqual([
        ['claim-added', 'red'],
        ['entity-new', 'amber'],
      ]);
    });

    it('are given for half-open spans of time', async () => {
      await importRecords(store, [actor(1)], { now: 1000 });
      await importRecords(store, [actor(1), actor(2)], { now: 2000 });

      expect(await changeLines(store, 1001, 2000)).toEqual([]);
      expect(await changeLines(store, 2000, 2001)).toEqual(['entity-new Actor 2']);
    });
  });

  describe('indicators', () => {
    it('are found by any of their values, with where they were reported', async () => {
      const both = indicator('drop.example|203.0.113.7', ['drop.example', '203.0.113.7']);
      await importRecords(store, [report(1, [both]), report(2, [indicator('DROP.example')])]);

      const found = await store.indicators(['drop.example', '203.0.113.7'], 10);

      expect(found).toEqual([
        { source: 'example-feed', recordId: 'report-1', indicator: both },
        { source: 'example-feed', recordId: 'report-2', indicator: indicator('DROP.example') },
      ]);
      expect(await store.indicators(['drop.example'], 1)).toHaveLength(1);
      expect(await store.indicators(['other.example'], 10)).toEqual([]);
      expect(await store.indicators([], 10)).toEqual([]);
    });

    it('are found by values longer than an index holds', async () => {
      const long = `https://host.example/${'long/'.repeat(800)}`;
      await importRecords(store, [report(1, [indicator(long), indicator(`${long}x`)])]);

      expect((await store.indicators([long], 10)).map((one) => one.indicator.value)).toEqual([long]);
    });

    it('come in order and in pages, with their number', async () => {
      const many = Array.from({ length: 450 }, (_, index) => indicator(`host${index}.example`));
      await importRecords(store, [report(1, many), report(2)]);

      const page = await store.indicatorsOf('example-feed', 'report-1', 3);

      expect(page).toEqual({ total: 450, indicators: many.slice(0, 3) });
      expect(await store.indicatorsOf('example-feed', 'report-2', 3)).toEqual({ total: 0, indicators: [] });
      expect(await store.indicatorsOf('example-feed', 'none', 3)).toEqual({ total: 0, indicators: [] });
    });

    it('stay out of the records', async () => {
      await importRecords(store, [report(1, [indicator('a.example')])]);

      expect((await collect(store.records()))[0]?.record).not.toHaveProperty('indicators');
    });

    it('change with their record, and are not found when it is gone', async () => {
      await importRecords(store, [report(1, [indicator('a.example')])], { now: 1000 });
      const counts = await importRecords(store, [report(1, [indicator('b.example')])], { now: 2000 });

      expect(counts).toMatchObject({ changed: 1 });
      expect(await changeLines(store, 2000)).toEqual(['report-changed Report 1']);
      expect(await store.indicators(['a.example'], 10)).toEqual([]);
      expect(await store.indicators(['b.example'], 10)).toHaveLength(1);

      await importRecords(store, [], { now: 3000 });

      expect(await store.indicators(['b.example'], 10)).toEqual([]);
      expect(await store.indicatorsOf('example-feed', 'report-1', 10)).toEqual({ total: 0, indicators: [] });

      await importRecords(store, [report(1, [indicator('b.example')])], { now: 4000 });

      expect(await store.indicators(['b.example'], 10)).toHaveLength(1);
    });
  });

  describe('several at once', () => {
    it('may open and migrate the same new database', async () => {
      const fresh = await createPlace();

      const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(fresh.settings)));

      expect(await Promise.all(stores.map((one) => one.knowledgeVersion()))).toEqual([0, 0, 0, 0]);
      for (const one of stores) await one.close();
      fresh.remove();
    });

    it('may migrate again', async () => {
      await store.migrate();
      await store.migrate();

      await expect(store.ping()).resolves.toBeUndefined();
    });

    it('may import the same source: the second sees what the first did', async () => {
      const other = await openAnother();
      const first = await store.beginImport(source, { now: 1000, complete: true });
      const second = await other.beginImport(source, { now: 1001, complete: true });
      await first.put([actor(1), actor(2)]);
      await second.put([actor(2), actor(3)]);

      expect(await first.finish()).toMatchObject({ new: 2 });
      expect(await second.finish()).toMatchObject({ new: 1, unchanged: 1, withdrawn: 1 });
      expect(await titles(store.records())).toEqual(['Actor 2', 'Actor 3']);
    });

    it('are told when an import took what another one changed for unchanged', async () => {
      await importRecords(store, [actor(1), actor(2)]);
      const slow = await store.beginImport(source, { now: 2000, complete: true });
      // So many that the first are looked at before the other import comes.
      const more = Array.from({ length: 200 }, (_, index) => actor(100 + index));
      await slow.put([actor(1), actor(2, { title: 'slow' }), ...more]);
      await importRecords(await openAnother(), [actor(1, { title: 'fast' }), actor(2)], { now: 2000 });

      await expect(slow.finish()).rejects.toMatchObject({ code: 'import-conflict', exitCode: 3 });
      expect(await titles(store.records())).toEqual(['fast', 'Actor 2']);
    });

    it('may import different sources', async () => {
      const other = await openAnother();

      await Promise.all([
        importRecords(
          store,
          Array.from({ length: 300 }, (_, index) => actor(index)),
        ),
        importRecords(
          other,
          Array.from({ length: 300 }, (_, index) => actor(index)),
          {
            source: { ...source, name: 'another-feed' },
          },
        ),
      ]);

      expect((await store.sources()).map(({ recordCount }) => recordCount)).toEqual([300, 300]);
    });

    it('may read while an import runs', async () => {
      await importRecords(store, [actor(1)]);
      const session = await store.beginImport(source, { now: 2000, complete: true });
      await session.put(Array.from({ length: 1000 }, (_, index) => actor(index)));

      const duringImport = await titles(store.records());
      await session.finish();

      expect(duringImport).toEqual(['Actor 1']);
    });
  });
}
