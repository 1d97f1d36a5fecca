import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ComposedDigest } from '../../src/briefing/digest-types.ts';
import { createChangeWindows } from '../../src/chat/change-windows.ts';
import { createComposeDelivery } from '../../src/chat/compose-delivery.ts';
import { createDesk, type Desk } from '../../src/chat/desk.ts';
import { createWatchedChanges } from '../../src/chat/watched-changes.ts';
import { createWorkspaceSettings } from '../../src/chat/workspace-settings.ts';
import type { ComposeDelivery } from '../../src/schedule/types.ts';
import type { StoredSubscription } from '../../src/store/delivery-types.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { silentLog } from '../../src/support/log.ts';
import { channel, subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { actor, idOf, importRecords, report, uses } from '../store/fixtures.ts';

const hourMs = 3_600_000;
const start = Date.parse('2026-11-23T07:00:00Z');
const person = { platform: 'slack', workspace: 'slack:T0TEST', id: 'U0TEST' } as const;

describe('createComposeDelivery', () => {
  let home: string;
  let store: Store;
  let desk: Desk;
  let now: number;
  let compose: ComposeDelivery;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'threatbrief-compose-'));
    store = await openStore({ home });
    now = start;
    const clock = { now: () => new Date(now) };
    await imported([actor(1), actor(2)], start - 48 * hourMs);
    desk = createDesk({ store, clock, log: silentLog });
    await desk.refresh();
    const windows = createChangeWindows({ store, desk }, () => now);
    const workspaces = createWorkspaceSettings({ store, clock, log: silentLog });
    compose = createComposeDelivery({ desk, store, windows, workspaces });
    await store.addSubscription(subscriptionAt('a', start));
  });

  afterEach(async () => {
    await store.close();
    rmSync(home, { recursive: true, force: true });
  });

  const imported = (records: Parameters<typeof importRecords>[1], at: number) =>
    importRecords(store, records, { now: at, complete: false });

  async function subscription(id = 'a'): Promise<StoredSubscription> {
    const found = await store.subscription(id);
    if (found === undefined) throw new Error('no such subscription');
    return found;
  }

  /** Composes a slot and remembers it as posted, or as empty. */
  async function deliver(id = 'a', ceiling: 'clear' | 'green' = 'green'): Promise<ComposedDigest> {
    const slotAt = now;
    const digest = await compose({
      subscription: await subscription(id),
      delivery: { id: `d${now}`, slotAt, merged: 0 },
      ceiling,
      until: now,
    });
    const planned = {
      id: `d${id}${now}`,
      slotAt,
      period: `p${now}`,
      merged: 0,
      notBefore: now,
      deadline: now + 1,
    };
    await store.addDelivery(id, { ...planned, state: 'pending' });
    const [held] = await store.claimDeliveries({
      owner: 'test',
      now,
      leaseUntil: now + 1_000,
      limit: 1,
      platform: 'slack',
    });
    if (held === undefined) throw new Error('nothing was claimed');
    const { items } = digest;
    await store.endDelivery(
      held,
      digest.isEmpty
        ? { kind: 'empty', at: now, deliveredUntil: now, items }
        : { kind: 'posted', at: now, evidence: 'answer', deliveredUntil: now, items },
    );
    return digest;
  }

  const textOf = ({ messages }: ComposedDigest): string => JSON.stringify(messages);

  it('tells what was stored since the last digest, and nothing of it again', async () => {
    now += hourMs;
    await imported([uses(1, 7)], now - 1_000);

    const first = await deliver();
    now += hourMs;
    const second = await deliver();

    expect(textOf(first)).toContain('Actor 1');
    expect(second.isEmpty).toBe(true);
  });

  it('tells nothing of what was known before the subscription', async () => {
    now += hourMs;

    expect((await deliver()).isEmpty).toBe(true);
  });

  it.each([
    ['posted', true],
    ['empty', false],
  ])(
    'tells what an import brought that began before a digest that was %s and ended after it',
    async (_how, hasNews) => {
      const began = start + hourMs / 2;
      now = start + hourMs;
      if (hasNews) await imported([uses(1, 7)], start + 1_000);
      const before = await deliver();
      expect(before.isEmpty).toBe(!hasNews);

      // Its changes bear the time at which it began.
      await imported([uses(2, 8)], began);
      await desk.refresh();
      now += hourMs;

      expect(textOf(await deliver())).toContain('Actor 2');
    },
  );

  it('tells what was stored after the clock was set back', async () => {
    now = start + 6 * hourMs;
    await imported([uses(1, 7)], now - 1_000);
    await deliver();

    now -= 5 * hourMs;
    await imported([uses(2, 8)], now);
    await desk.refresh();
    now += 60_000;

    const digest = await deliver();
    expect(textOf(digest)).toContain('Actor 2');
    expect(textOf(digest)).not.toContain('Actor 1"');
  });

  it('loads what is newer than the knowledge that it has before it tells of it', async () => {
    now += hourMs;
    await imported([actor(5), report(5)], now - 1_000);

    const digest = await deliver();

    expect(textOf(digest)).toContain('Report 5');
  });

  it('says which slots nobody got, but not those that a person wished away', async () => {
    const slot = start + hourMs;
    const plan = { merged: 0, notBefore: slot, deadline: slot, period: 'missed', id: 'missed', slotAt: slot };
    await store.addDelivery('a', { ...plan, state: 'skipped', lastError: 'not delivered: too late' });
    now = start + 25 * hourMs;

    const digest = await deliver();

    expect(digest.isEmpty).toBe(false);
    expect(textOf(digest)).toContain('not delivered');
  });

  it('leaves out what the place has muted', async () => {
    await store.addMute({
      kind: 'actor',
      target: idOf('intrusion-set', 1),
      label: 'Actor 1',
      until: null,
      destination: channel('C0a'),
      by: person,
      createdAt: start,
    });
    now += hourMs;
    await imported([uses(1, 7), uses(2, 8)], now - 1_000);

    const text = textOf(await deliver());

    expect(text).toContain('Actor 2');
    expect(text).not.toContain('Actor 1 ');
  });

  it('tells a person at once of what they watch, and of nothing else', async () => {
    await store.addSubscription(
      subscriptionAt('w', start, { timing: { kind: 'at-once' }, kind: 'watch', createdBy: person }),
    );
    await store.addWatch({
      person,
      entity: idOf('intrusion-set', 1),
      name: 'Actor 1',
      mode: 'once',
      createdAt: start,
    });
    now += hourMs;
    await imported([uses(1, 7), uses(2, 8)], now - 1_000);

    const text = textOf(await deliver('w'));

    expect(text).toContain('Actor 1');
    expect(text).not.toContain('Actor 2');
  });

  it('says of what is watched to the one who watches it, and in no channel', async () => {
    const direct = { ...channel('U0TEST'), kind: 'direct' } as const;
    await store.addSubscription(subscriptionAt('own', start, { destination: direct, createdBy: person }));
    const watch = { person, entity: idOf('intrusion-set', 1), name: 'Actor 1', mode: 'once' } as const;
    await store.addWatch({ ...watch, createdAt: start });
    now += hourMs;
    await imported([uses(1, 7)], now - 1_000);

    const inChannel = textOf(await deliver('a'));

    expect(inChannel).toContain('Actor 1');
    expect(inChannel).not.toMatch(/watched|Concerns us/);
    expect(textOf(await deliver('own'))).toMatch(/Concerns us.*watched/s);
  });

  it('knows what changed for those who watch once the knowledge has it, and not before', async () => {
    const windows = createChangeWindows({ store, desk }, () => now);
    const changes = createWatchedChanges({ desk, store, windows });
    const before = await changes.version();
    now += hourMs;
    await imported([uses(1, 7)], now - 1_000);

    expect(await changes.version()).toBeUndefined();
    await desk.refresh();

    expect(await changes.version()).not.toBe(before);
    const changed = await changes.changedSince(start);
    expect(changed.get(idOf('intrusion-set', 1))).toBe(now - 1_000);
    expect(changed.has(idOf('intrusion-set', 2))).toBe(false);
  });

  it('gives the same list for the same window, so that what is made of it is shared', async () => {
    const windows = createChangeWindows({ store, desk }, () => now);
    now += hourMs;
    await imported([uses(1, 7)], now - 1_000);

    const first = await windows.window({ from: start });
    const again = await windows.window({ from: start });
    const later = await windows.window({ from: start, after: first.through });

    expect(again.changes).toBe(first.changes);
    expect(first.changes.length).toBeGreaterThan(0);
    expect(later.changes).toEqual([]);
  });

  it('refuses to compose for filters that nobody can read any more', async () => {
    await store.addSubscription(
      subscriptionAt('f', start, { filters: 'nonsense', destination: channel('C0f') }),
    );

    await expect(
      compose({
        subscription: await subscription('f'),
        delivery: { id: 'd', slotAt: now, merged: 0 },
        ceiling: 'green',
        until: now,
      }),
    ).rejects.toThrow('nonsense');
  });
});
