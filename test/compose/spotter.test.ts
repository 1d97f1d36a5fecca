import { describe, expect, it } from 'vitest';
import { storeSpotter } from '../../src/compose/spotter.ts';
import { createMemoryStore, ids } from '../helpers/knowledge.ts';

describe('storeSpotter', () => {
  it('loads the store when the first text comes, and only once', async () => {
    const memory = createMemoryStore();
    const spot = storeSpotter({ store: memory.store });
    expect(memory.loads()).toBe(0);

    const found = await spot('APT900 again', 'clear');
    await spot('APT901 too', 'red');

    expect(found.map(({ id }) => id)).toEqual([ids.actor]);
    expect(memory.loads()).toBe(1);
  });

  it('goes on with what was known when the first text came', async () => {
    const memory = createMemoryStore();
    const spot = storeSpotter({ store: memory.store });
    await spot('nothing', 'clear');

    memory.replace({ records: [] });

    expect(await spot('APT900', 'clear')).toHaveLength(1);
  });
});
