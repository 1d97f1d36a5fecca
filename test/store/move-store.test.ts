import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StoredDelivery } from '../../src/store/delivery-types.ts';
import { movedReason, movedTables, moveToPostgres } from '../../src/store/move-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/types.ts';
import { subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';

const now = Date.parse('2026-11-23T08:00:00Z');
const dayMs = 86_400_000;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'threatbrief-move-'));
});
afterEach(() => rmSync(home, { recursive: true }));

async function addSlot(store: Store, subscription: string, day: number): Promise<StoredDelivery> {
  return store.addDelivery(subscription, {
    id: `${subscription}-day-${day}`,
    slotAt: now - day * dayMs,
    period: `day ${day}`,
    merged: 0,
    notBefore: now - day * dayMs,
    deadline: now + dayMs,
    state: 'pending',
  });
}

/** Claims the oldest and drives it to an end, or leaves it in the middle. */
async function claimOne(store: Store, leaseUntil: number): Promise<StoredDelivery> {
  const [claimed] = await store.claimDeliveries({
    owner: 'one',
    now,
    leaseUntil,
    limit: 1,
    platform: 'slack',
  });
  if (claimed === undefined) throw new Error('nothing was claimed');
  return claimed;
}

async function fill(store: Store): Promise<void> {
  for (const id of ['first', 'second', 'paused']) {
    await store.addSubscription(
      subscriptionAt(id, now - 3 * dayMs, {
        ...(id === 'paused' ? { paused: true, pausedReason: 'the channel is archived' } : {}),
        filters: 'country:iran',
      }),
    );
  }
  await addSlot(store, 'first', 2);
  const posted = await claimOne(store, now + 60_000);
  await store.freezePayload(posted, '{}');
  await store.noteTry(posted, now - dayMs);
  await store.notePart(posted, { part: 0, messageId: 'm1' });
  await store.endDelivery(posted, {
    kind: 'posted',
    at: now - dayMs,
    evidence: 'answer',
    deliveredUntil: now - dayMs,
    items: [{ key: 'report', hash: '+abc123' }],
  });
  await addSlot(store, 'first', 1);
  const person = { platform: 'slack', workspace: 'slack:T0TEST', id: 'U1' } as const;
  await store.addWatch({ person, entity: 'intrusion-set--1', name: 'APT900', mode: 'once', createdAt: now });
  await store.noteAudit({ at: now, by: person, action: 'watch.add', target: 'APT900', detail: {} });
  await store.changeWorkspaceSetting('slack:T0TEST', {
    name: 'sectors',
    value: '[]',
    changedBy: 'U1',
    changedAt: now,
  });
}

describeWithPostgres('moving the embedded database to PostgreSQL', (postgres) => {
  it('copies all of it, so that deliveries go on where they were', async () => {
    const old = await openStore({ home });
    await fill(old);
    const before = {
      subscriptions: await old.subscriptions(),
      deliveries: await old.deliveries({ limit: 100 }),
      items: await old.postedItems('first', ['report']),
      watches: await old.watches(),
    };
    const databaseUrl = await postgres.createDatabase();

    const moved = await moveToPostgres({ home, databaseUrl, now });

    const store = await openStore({ home: '', databaseUrl });
    expect(moved.rows).toMatchObject({ subscription: 3, delivery: 2, watch: 1, audit_event: 1 });
    expect({
      subscriptions: await store.subscriptions(),
      deliveries: await store.deliveries({ limit: 100 }),
      items: await store.postedItems('first', ['report']),
      watches: await store.watches(),
    }).toEqual(before);
    expect((await claimOne(store, now + 60_000)).id).toBe('first-day-1');
    const person = before.watches[0]?.person;
    if (person === undefined) throw new Error('the watch is gone');
    await store.noteAudit({ at: now, by: person, action: 'later', target: 'x', detail: {} });
    expect((await store.auditEvents({ since: 0, limit: 9 })).map(({ action }) => action)).toEqual([
      'later',
      'watch.add',
    ]);
    await Promise.all([store.close(), old.close()]);
  });

  it('leaves nothing in the embedded database that could be posted from it too', async () => {
    const old = await openStore({ home });
    await fill(old);
    await addSlot(old, 'second', 1);

    await moveToPostgres({ home, databaseUrl: await postgres.createDatabase(), now });

    expect((await old.subscriptions()).map(({ paused, pausedReason }) => [paused, pausedReason])).toEqual([
      [true, movedReason],
      [true, 'the channel is archived'],
      [true, movedReason],
    ]);
    const later = now + 30 * dayMs;
    expect(await old.planDue(later, 200, () => ({ nextSlotAt: null }))).toBe(0);
    const request = { owner: 'old', now: later, leaseUntil: later, limit: 10, platform: 'slack' } as const;
    expect(await old.claimDeliveries(request)).toEqual([]);
    expect(await old.claimUncertain(request)).toEqual([]);
    await old.close();
  });

  it('keeps in doubt what is in doubt, also of a process that ended in the middle', async () => {
    const old = await openStore({ home });
    await fill(old);
    const half = await claimOne(old, now - 1);
    await old.freezePayload(half, '{}');
    await old.noteTry(half, now - 30_000);
    const databaseUrl = await postgres.createDatabase();

    await moveToPostgres({ home, databaseUrl, now });

    const store = await openStore({ home: '', databaseUrl });
    expect(await store.delivery(half.id)).toMatchObject({ state: 'uncertain', notBefore: now + 90_000 });
    await Promise.all([store.close(), old.close()]);
  });

  it('waits for a server that delivers to be stopped', async () => {
    const old = await openStore({ home });
    await fill(old);
    await claimOne(old, now + 60_000);

    const move = moveToPostgres({ home, databaseUrl: await postgres.createDatabase(), now });

    await expect(move).rejects.toThrow(/a server delivers from this database now; stop it/);
    expect((await old.subscription('first'))?.paused).toBe(false);
    await old.close();
  });

  it('writes into no database that has something already', async () => {
    const old = await openStore({ home });
    await fill(old);
    const databaseUrl = await postgres.createDatabase();
    const other = await openStore({ home: '', databaseUrl });
    await other.addSubscription(subscriptionAt('other', now));

    const move = moveToPostgres({ home, databaseUrl, now });

    await expect(move).rejects.toThrow(/has something in its table subscription already/);
    expect((await other.subscriptions()).map(({ id }) => id)).toEqual(['other']);
    expect((await old.subscription('first'))?.paused).toBe(false);
    await Promise.all([other.close(), old.close()]);
  });

  it('can be done again after it failed in the middle', async () => {
    const old = await openStore({ home });
    await fill(old);
    await moveToPostgres({ home, databaseUrl: await postgres.createDatabase(), now });
    const databaseUrl = await postgres.createDatabase();

    await moveToPostgres({ home, databaseUrl, now });

    const store = await openStore({ home: '', databaseUrl });
    expect((await store.subscriptions()).map(({ paused }) => paused)).toEqual([false, true, false]);
    expect((await store.delivery('first-day-1'))?.state).toBe('pending');
    await Promise.all([store.close(), old.close()]);
  });
});

it('knows every table that there is', async () => {
  await (await openStore({ home })).close();
  const database = new DatabaseSync(join(home, 'threatbrief.db'));
  const rows = database
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'",
    )
    .all();
  database.close();

  expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(movedTables));
});
