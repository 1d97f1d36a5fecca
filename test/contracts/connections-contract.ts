import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/domain/connection.ts';
import type { Store, SyncCounts } from '../../src/store/types.ts';
import { actor, changeLines, importRecords, report, source, titles } from '../store/fixtures.ts';

const connection: Connection = {
  name: 'acme',
  kind: 'url',
  url: 'https://acme.example/feed.json',
  every: '6h',
  keyEnv: 'ACME_KEY',
  allowedHosts: ['cdn.example:8443'],
  allowPrivate: true,
  options: { paths: 'a.json b.json' },
};
const counts: SyncCounts = {
  documents: 2,
  new: 3,
  changed: 0,
  unchanged: 1,
  withdrawn: 0,
  older: 0,
  rejected: 1,
};

/** What every store promises of connected sources. */
export function connectionsContract(getStore: () => Store, openAnother: () => Promise<Store>): void {
  const add = (name = 'acme', nextRunAt = 5000): Promise<boolean> =>
    getStore().addConnection({ ...connection, name }, { now: 1000, nextRunAt });
  const only = async (store = getStore()) => (await store.connections())[0];

  describe('a connected source', () => {
    it('is kept with all its settings, and has no past at first', async () => {
      expect(await add()).toBe(true);

      expect(await (await openAnother()).connections()).toEqual([
        {
          connection,
          addedAt: 1000,
          paused: false,
          state: {},
          sources: [],
          lastAttemptAt: null,
          lastSuccessAt: null,
          lastError: null,
          lastCounts: null,
          failures: 0,
          nextRunAt: 5000,
          leasedUntil: null,
        },
      ]);
    });

    it('has a name of its own, and stands in the order of names', async () => {
      await add('zulu');
      await add('alpha');

      expect(await add('zulu')).toBe(false);
      expect((await getStore().connections()).map((one) => one.connection.name)).toEqual(['alpha', 'zulu']);
    });

    it('is paused, moved and removed', async () => {
      await add();

      expect(await getStore().changeConnection('acme', { paused: true, nextRunAt: 9000 })).toBe(true);
      expect(await only()).toMatchObject({ paused: true, nextRunAt: 9000 });
      expect(await getStore().changeConnection('acme', {})).toBe(true);
      expect(await getStore().changeConnection('other', { paused: true })).toBe(false);
      expect(await getStore().removeConnection('acme')).toBe(true);
      expect(await getStore().removeConnection('acme')).toBe(false);
      expect(await getStore().connections()).toEqual([]);
    });
  });

  describe('the lease of a sync', () => {
    const lease = (owner: string, now: number, more: object = {}) => ({
      owner,
      now,
      until: now + 100,
      ...more,
    });

    it('is given to one of several processes', async () => {
      await add();
      const others = await Promise.all([openAnother(), openAnother(), openAnother()]);

      const taken = await Promise.all(
        others.map((store, index) => store.leaseConnection('acme', lease(`owner ${index}`, 2000))),
      );

      expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
      expect(await only()).toMatchObject({ lastAttemptAt: 2000, leasedUntil: 2100 });
      expect(await getStore().leaseConnection('nobody', lease('x', 2000))).toBeUndefined();
    });

    it('runs out when its owner is gone, whose writes then go nowhere', async () => {
      await add();
      await getStore().leaseConnection('acme', lease('first', 2000));

      expect(await getStore().leaseConnection('acme', lease('second', 2099))).toBeUndefined();
      expect(await getStore().leaseConnection('acme', lease('second', 2100))).toBeDefined();

      expect(await getStore().saveSyncState('acme', 'first', { page: 9 })).toBe(false);
      expect(await getStore().renewLease('acme', 'first', 9999)).toBe(false);
      const end = { kind: 'failure', at: 2150, nextRunAt: 1, sources: [], error: 'late' } as const;
      expect(await getStore().endSync('acme', 'first', end)).toBe(false);
      expect(await only()).toMatchObject({ state: {}, leasedUntil: 2200, failures: 0, lastError: null });
    });

    it('is kept by renewing it', async () => {
      await add();
      await getStore().leaseConnection('acme', lease('first', 2000));

      expect(await getStore().renewLease('acme', 'first', 3000)).toBe(true);
      expect(await getStore().leaseConnection('acme', lease('second', 2999))).toBeUndefined();
    });

    it('is given for what is due only, where that is asked for', async () => {
      await add('acme', 5000);

      expect(await getStore().leaseConnection('acme', lease('a', 4999, { onlyIfDue: true }))).toBeUndefined();
      expect(await getStore().leaseConnection('acme', lease('a', 5000, { onlyIfDue: true }))).toBeDefined();
      await getStore().changeConnection('acme', { paused: true });
      expect(await getStore().leaseConnection('acme', lease('b', 9000, { onlyIfDue: true }))).toBeUndefined();
      expect(await getStore().leaseConnection('acme', lease('b', 9000))).toBeDefined();
    });

    it('is lost with the connection', async () => {
      await add();
      await getStore().leaseConnection('acme', lease('first', 2000));
      await getStore().removeConnection('acme');

      expect(await getStore().saveSyncState('acme', 'first', {})).toBe(false);
    });
  });

  describe('the end of a sync', () => {
    const sync = async (end: Parameters<Store['endSync']>[2]): Promise<void> => {
      const owner = `owner of ${end.at}`;
      await getStore().leaseConnection('acme', { owner, now: end.at - 10, until: end.at + 100 });
      expect(await getStore().endSync('acme', owner, end)).toBe(true);
    };

    it('notes a success with its counts, and adds up the sources', async () => {
      await add();
      await sync({ kind: 'success', at: 2000, nextRunAt: 7000, sources: ['b'], counts });
      await sync({ kind: 'success', at: 3000, nextRunAt: 8000, sources: ['a', 'b'], counts });

      expect(await only()).toMatchObject({
        lastAttemptAt: 2990,
        lastSuccessAt: 3000,
        lastCounts: counts,
        lastError: null,
        sources: ['a', 'b'],
        nextRunAt: 8000,
        leasedUntil: null,
      });
    });

    it('counts failures in a row and keeps the last good state', async () => {
      await add();
      await getStore().leaseConnection('acme', { owner: 'o', now: 1990, until: 2100 });
      const state = { pages: [{ etag: '"ü\u0000"' }], nested: { deep: [1, null, 'x'] } };
      expect(await getStore().saveSyncState('acme', 'o', state)).toBe(true);
      await getStore().endSync('acme', 'o', { kind: 'success', at: 2000, nextRunAt: 1, sources: [], counts });
      await sync({ kind: 'failure', at: 3000, nextRunAt: 2, sources: [], error: 'gone' });
      await sync({ kind: 'failure', at: 4000, nextRunAt: 3, sources: [], error: 'still gone' });

      expect(await only()).toMatchObject({
        state,
        failures: 2,
        lastError: 'still gone',
        lastSuccessAt: 2000,
        lastCounts: counts,
      });

      await sync({ kind: 'success', at: 5000, nextRunAt: 4, sources: [], counts });
      expect(await only()).toMatchObject({ failures: 0, lastError: null, lastSuccessAt: 5000 });
    });

    it('leaves everything else as it was when a sync was stopped', async () => {
      await add();
      await sync({ kind: 'failure', at: 3000, nextRunAt: 2, sources: [], error: 'gone' });
      await sync({ kind: 'stopped', at: 4000, nextRunAt: 4000, sources: ['a'] });

      expect(await only()).toMatchObject({
        failures: 1,
        lastError: 'gone',
        lastSuccessAt: null,
        sources: ['a'],
        nextRunAt: 4000,
        leasedUntil: null,
      });
    });
  });

  describe('keeping only what a listing names', () => {
    it('withdraws the rest, with changes, and brings it back when it comes again', async () => {
      await importRecords(getStore(), [actor(1), actor(2), report(3)], { complete: false });
      await importRecords(getStore(), [actor(1)], { source: { ...source, name: 'another-feed' } });
      const version = await getStore().knowledgeVersion();

      const withdrawn = await getStore().keepOnly(source.name, [actor(1).externalId, 'unknown'], 3000);

      expect(withdrawn).toBe(2);
      expect(await titles(getStore().records())).toEqual(['Actor 1', 'Actor 1']);
      expect((await getStore().sources()).map(({ recordCount }) => recordCount)).toEqual([1, 1]);
      expect(await getStore().knowledgeVersion()).toBe(version + 1);
      const gone = (await getStore().changes(3000, 3001)).filter(({ kind }) => kind === 'entity-gone');
      expect(gone.map(({ title }) => title)).toContain('Actor 2');
      expect(await titles(getStore().recordsAt(2999))).toContain('Actor 2');

      await importRecords(getStore(), [actor(2)], { complete: false, now: 4000 });
      expect(await titles(getStore().records())).toContain('Actor 2');
    });

    it('changes nothing when all is named, or when the source is not known', async () => {
      await importRecords(getStore(), [actor(1)]);
      const version = await getStore().knowledgeVersion();

      expect(await getStore().keepOnly(source.name, [actor(1).externalId], 3000)).toBe(0);
      expect(await getStore().keepOnly('nobody', [], 3000)).toBe(0);
      expect(await getStore().knowledgeVersion()).toBe(version);
      expect(await changeLines(getStore(), 3000)).toEqual([]);
    });

    it('takes thousands of ids', async () => {
      const many = Array.from({ length: 3000 }, (_, index) => actor(index));
      await importRecords(getStore(), many);

      const kept = many.slice(0, 2990).map(({ externalId }) => externalId);

      expect(await getStore().keepOnly(source.name, kept, 3000)).toBe(10);
    });
  });
}
