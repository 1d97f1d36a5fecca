import { afterEach, describe, expect, it } from 'vitest';
import { composing } from '../helpers/delivery/composing.ts';
import { channel, subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { openWorld, type World, worldStart } from '../helpers/delivery/world.ts';

let world: World | undefined;
afterEach(async () => world?.close());

const slot = Date.parse('2026-11-23T08:00:00Z');

describe('many deliveries', () => {
  it('to one place follow one another as fast as the platform takes them, not one a tick', async () => {
    world = await openWorld({ start: '2026-11-23T08:00:02Z' });
    for (let index = 0; index < 6; index += 1) {
      const one = subscriptionAt(`same${index}`, Date.parse(worldStart), { destination: channel('C0SAME') });
      await world.store.addSubscription(one);
    }

    await world.run(10_000);

    const times = world.platform.standing.map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(times).toHaveLength(6);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...times) - slot).toBeLessThanOrEqual(12_000);
  });

  it('in threads do not wait for one another: the distance within one holds up no other', async () => {
    const parts = 4;
    world = await openWorld({ start: '2026-11-23T08:00:02Z', compose: composing(() => parts) });
    const count = 80;
    for (let index = 0; index < count; index += 1) {
      await world.store.addSubscription(subscriptionAt(`thread${index}`, Date.parse(worldStart)));
    }

    await world.run(10_000);

    const times = world.platform.standing.map(({ at }) => at);
    expect(times).toHaveLength(count * parts);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(6_000);
  });
});
