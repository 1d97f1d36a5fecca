import { describe, expect, it } from 'vitest';
import { syncDue } from '../../src/connect/due.ts';
import { SyncFailure } from '../../src/connect/sync-failure.ts';
import { createSyncWorld, steps, syncStart } from './world.ts';

describe('syncing what is due', () => {
  it('takes the longest overdue first, and leaves out what is paused or not due yet', async () => {
    const world = await createSyncWorld();
    for (const [name, offset] of [
      ['late', -9000],
      ['paused', -5000],
      ['now', 0],
      ['later', 1],
    ] as const) {
      await world.connect({ name });
      await world.store.changeConnection(name, { nextRunAt: syncStart + offset, paused: name === 'paused' });
    }
    const asked: string[] = [];
    world.script = ({ connection }) => {
      asked.push(connection.name);
      if (connection.name === 'late') throw new SyncFailure('down', { isOutage: true });
      return steps([]);
    };

    const outcomes = await syncDue(world.deps);

    expect(asked).toEqual(['late', 'now']);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'done']);
    expect(await syncDue(world.deps)).toEqual([]);
  });

  it('syncs each once when several processes look at the same time', async () => {
    const world = await createSyncWorld();
    for (const name of ['a', 'b', 'c']) await world.connect({ name });
    const asked: string[] = [];
    world.script = ({ connection }) => {
      asked.push(connection.name);
      return steps([]);
    };

    await Promise.all([syncDue(world.deps), syncDue(world.deps), syncDue(world.deps)]);

    expect(asked.sort()).toEqual(['a', 'b', 'c']);
  });

  it('begins nothing new when the process is to end', async () => {
    const world = await createSyncWorld();
    for (const name of ['a', 'b']) await world.connect({ name });
    const stop = new AbortController();
    world.script = () => {
      stop.abort();
      return steps([]);
    };

    const outcomes = await syncDue({ ...world.deps, signal: stop.signal });

    expect(outcomes).toHaveLength(1);
    expect((await world.stored('b')).lastAttemptAt).toBeNull();
  });
});
