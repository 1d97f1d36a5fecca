import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardOf } from '../../src/cards/cleared.ts';
import { createDesk } from '../../src/chat/desk.ts';
import { localWorkspace } from '../../src/chat/destination.ts';
import { createWorkspaceSettings } from '../../src/chat/workspace-settings.ts';
import { createDelivering, type Delivering, withChosenCeiling } from '../../src/compose/deliveries.ts';
import type { Destination } from '../../src/domain/subscription.ts';
import { createPlaygroundDelivery } from '../../src/playground/deliver.ts';
import { createPlaygroundMessages, type PlaygroundMessages } from '../../src/playground/messages.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { systemClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { actor, importRecords, uses } from '../store/fixtures.ts';

const hourMs = 3_600_000;
const page: Destination = { platform: 'playground', workspace: localWorkspace, id: 'page', kind: 'direct' };
const settings = { databaseUrl: undefined, digestCatchUpHours: 12, digestWhenInDoubt: 'repeat' } as const;

describe('createDelivering', () => {
  let home: string;
  let store: Store;
  let delivering: Delivering;
  let messages: PlaygroundMessages;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'threatbrief-delivering-'));
    store = await openStore({ home });
    await importRecords(store, [actor(1)], { now: Date.now() - 48 * hourMs, complete: false });
    await importRecords(store, [uses(1, 7)], { now: Date.now() - hourMs, complete: false });
    const desk = createDesk({ store, clock: systemClock, log: silentLog });
    await desk.refresh();
    const parts = { store, clock: systemClock, log: silentLog };
    delivering = createDelivering({
      ...parts,
      desk,
      workspaces: createWorkspaceSettings(parts),
      settings,
      metrics: createMetrics(),
      filled: Promise.resolve(),
    });
    messages = createPlaygroundMessages(systemClock);
    await store.addSubscription(
      subscriptionAt('now', Date.now() - 2 * hourMs, { destination: page, nextSlotAt: Date.now() + hourMs }),
    );
  });

  afterEach(async () => {
    await delivering.stop();
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });

  const start = (): void => delivering.deliverTo([createPlaygroundDelivery({ messages, ceiling: 'green' })]);

  it('posts a digest out of its turn, once however often it is asked for at once', async () => {
    start();

    const outcomes = await Promise.all([
      delivering.digests.requestNow('now'),
      delivering.digests.requestNow('now'),
    ]);

    expect(outcomes).toEqual([{ kind: 'posted' }, { kind: 'posted' }]);
    expect(messages.after(0, 10)).toHaveLength(1);
    expect(messages.after(0, 10).map(({ card }) => JSON.stringify(cardOf(card)))).toEqual([
      expect.stringContaining('Actor 1'),
    ]);
  });

  it('says that it waits where nobody delivers yet, and why it cannot be', async () => {
    await store.addSubscription(subscriptionAt('rests', Date.now(), { destination: page, paused: true }));

    expect(await delivering.digests.requestNow('now')).toEqual({ kind: 'queued' });
    expect(await delivering.digests.requestNow('rests')).toMatchObject({
      kind: 'failed',
      problem: expect.stringContaining('resume rests'),
    });
    expect(await delivering.digests.requestNow('nobody')).toMatchObject({ kind: 'failed' });
  });

  it('delivers at the start what came due while nothing ran', async () => {
    const slot = new Date(Math.floor(Date.now() / 60_000 - 1) * 60_000);
    const cron = `${slot.getUTCMinutes()} ${slot.getUTCHours()} * * *`;
    await store.addSubscription(
      subscriptionAt('due', Date.now() - 2 * hourMs, {
        destination: page,
        nextSlotAt: slot.getTime(),
        timing: { kind: 'scheduled', schedule: { cron, zone: 'UTC', text: 'daily' } },
      }),
    );

    start();

    await expect.poll(() => messages.after(0, 10).length, { timeout: 8_000 }).toBe(1);
    expect(delivering.readyPart()).toEqual({ ready: true });
  });

  it('is ready before it delivers, and after it was stopped', async () => {
    expect(delivering.readyPart()).toEqual({ ready: true });
    start();
    await delivering.stop();

    expect(delivering.readyPart().ready).toBe(true);
  });
});

describe('withChosenCeiling', () => {
  const platform = createPlaygroundDelivery({
    messages: createPlaygroundMessages(systemClock),
    ceiling: 'green',
  });

  it.each([
    ['amber', 'amber'],
    ['clear', 'clear'],
    [undefined, 'green'],
  ] as const)('lets a place see what an admin chose (%s)', async (tlp, ceiling) => {
    const plain = await createWorkspaceSettings({ store: {}, clock: systemClock, log: silentLog }).of(
      undefined,
    );
    const chosen = withChosenCeiling(platform, { of: async () => ({ ...plain, tlp }) });

    expect(await chosen.placeState(page)).toMatchObject({ kind: 'open', ceiling });
  });
});
