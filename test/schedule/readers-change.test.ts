import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { cardOf } from '../../src/cards/cleared.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { nextMessage, type Progress } from '../../src/schedule/deliver-parts.ts';
import { cardNamed, composing } from '../helpers/delivery/composing.ts';
import { subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { openWorld, type World, worldStart } from '../helpers/delivery/world.ts';

let world: World | undefined;
afterEach(async () => world?.close());

async function worldOf(parts: number): Promise<World> {
  world = await openWorld({ start: '2026-11-23T08:00:02Z', compose: composing(() => parts) });
  await world.store.addSubscription(subscriptionAt('a', Date.parse(worldStart)));
  return world;
}

describe('a long thread', () => {
  it('stops when outsiders join while it is posted', async () => {
    const { platform, run, ledger } = await worldOf(30);
    platform.before = async () => {
      if (platform.requests === 5) platform.place = () => ({ kind: 'open', ceiling: 'clear' });
    };

    await run(60_000);

    expect(platform.standing.length).toBeGreaterThanOrEqual(5);
    expect(platform.standing.length).toBeLessThanOrEqual(12);
    expect(await ledger()).toMatchObject([{ state: 'dead', lastError: expect.stringContaining('see less') }]);
  });

  it('waits while the platform does not tell who reads the place', async () => {
    const { platform, run, ledger } = await worldOf(30);
    platform.before = async () => {
      if (platform.requests === 5) platform.place = () => ({ kind: 'unreachable', error: 'no route' });
    };

    await run(20_000);
    const posted = platform.standing.length;
    expect(posted).toBeLessThanOrEqual(12);
    platform.place = () => ({ kind: 'open', ceiling: 'green' });
    platform.before = undefined;
    await run(600_000);

    expect(platform.standing).toHaveLength(30);
    expect(await ledger()).toMatchObject([{ state: 'posted' }]);
  });

  it('goes on when the place may see as much as before', async () => {
    const { platform, run, ledger } = await worldOf(30);

    await run(60_000);

    expect(platform.standing).toHaveLength(30);
    expect(await ledger()).toMatchObject([{ state: 'posted' }]);
  });
});

function told(progress: Progress, ceiling?: Tlp): Card {
  const message = nextMessage(progress, ceiling);
  if (message === undefined) throw new Error('there is nothing to tell');
  return cardOf(message.card);
}

describe('nextMessage', () => {
  it('lets out nothing above what the place may see at that moment', async () => {
    const { store, ledger, tick } = await worldOf(1);
    await tick();
    const [delivery] = await ledger();
    if (delivery === undefined) throw new Error('nothing was planned');
    const card = { ...cardNamed('Secret heron'), marking: 'amber' as const };
    const payload = {
      messages: [{ role: 'single' as const, card }],
      items: [],
      until: 0,
      ceiling: 'amber' as const,
      doubtful: [],
    };
    const progress: Progress = { delivery, payload, posted: [] };

    expect(told(progress).title).toBe('Secret heron');
    expect(JSON.stringify(told(progress, 'green'))).not.toContain('heron');
    expect(
      JSON.stringify(told({ ...progress, payload: { ...payload, ceiling: 'green' } }, 'red')),
    ).not.toContain('heron');
    expect(told(progress).fallbackText).not.toContain('heron');
    expect(await store.deliveryCounts()).toMatchObject({ posted: 1 });
  });
});
