import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlaceNews, type PlaceNews } from '../../src/chat/place-news.ts';
import type { Destination } from '../../src/domain/subscription.ts';
import type { StoredSubscription } from '../../src/store/delivery-types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { subscription } from '../store/delivery-fixtures.ts';

const now = new Date('2026-11-22T12:00:00Z');
const archived = 'the channel is archived (is_archived)';
const here: Destination = { platform: 'slack', workspace: 'slack:T1', id: 'T1/C1', kind: 'channel' };

let home: string;
let store: Store;
let news: PlaceNews;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'place-news-'));
  store = await openStore({ home });
  news = createPlaceNews({ store, clock: { now: () => now }, log: silentLog });
});
afterEach(async () => {
  await store.close();
  await rm(home, { recursive: true });
});

async function add(id: string, changes: Partial<StoredSubscription> = {}): Promise<void> {
  await store.addSubscription(subscription(id, { destination: here, ...changes }));
}

describe('news of a place', () => {
  it('pauses whatever is subscribed there, however its id was written down, and says why', async () => {
    await add('chat');
    await add('bare', { destination: { ...here, id: 'C1' } });
    await add('operator', { destination: { ...here, id: 'C1', workspace: 'slack' } });
    await add('other', { destination: { ...here, id: 'T1/C2' } });
    await add('paused', { paused: true, pausedReason: 'a person paused it' });
    await news.gone(here, archived);

    const reasons = (await store.subscriptions()).map(({ id, paused, pausedReason }) => [
      id,
      paused,
      pausedReason,
    ]);
    expect(reasons.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
      ['bare', true, archived],
      ['chat', true, archived],
      ['operator', true, archived],
      ['other', false, null],
      ['paused', true, 'a person paused it'],
    ]);
    expect(await store.auditEvents({ since: 0, limit: 10 })).toHaveLength(3);
  });

  it('lets go on what waited for that reason, from its next slot', async () => {
    await add('a');
    await add('b', { paused: true });
    await news.gone(here, archived);
    await news.back(here, ['another reason']);
    expect(await store.subscription('a')).toMatchObject({ paused: true });

    await news.back(here, [archived]);

    expect(await store.subscription('a')).toMatchObject({
      paused: false,
      pausedReason: null,
      nextSlotAt: Date.parse('2026-11-23T07:00:00Z'),
    });
    expect(await store.subscription('b')).toMatchObject({ paused: true });
  });

  it('takes subscriptions along to another id, each in the form in which it was written down', async () => {
    await add('chat');
    await add('bare', { destination: { ...here, id: 'C1' } });
    await news.moved(here, { ...here, id: 'T1/C9' });

    expect((await store.subscription('chat'))?.destination).toEqual({ ...here, id: 'T1/C9' });
    expect((await store.subscription('bare'))?.destination).toEqual({ ...here, id: 'C9' });
  });

  it('rejects nothing when the store fails', async () => {
    const broken = createPlaceNews({
      store: {
        ...store,
        subscriptions: () => Promise.reject(new Error('down')),
        moveDestination: () => Promise.reject(new Error('down')),
      },
      clock: { now: () => now },
      log: silentLog,
    });

    await expect(broken.gone(here, archived)).resolves.toBeUndefined();
    await expect(broken.back(here, [archived])).resolves.toBeUndefined();
    await expect(broken.moved(here, here)).resolves.toBeUndefined();
  });
});
