import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/schedule/engine-types.ts';
import { StoreUnavailableError } from '../../src/store/errors.ts';
import { openStore } from '../../src/store/open-store.ts';
import { subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { openWorld, type World, type WorldOptions } from '../helpers/delivery/world.ts';
import { openCrew, pause } from '../helpers/faults/crew.ts';
import { manyMisfortunes } from '../helpers/faults/stand-in.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';

const minuteMs = 60_000;
const start = '2026-11-23T07:59:00Z';

/** A ledger that answers nothing while it is out. */
function breakable(): { ledger: (ledger: Ledger) => Ledger; fail: (error: Error | undefined) => void } {
  let failure: Error | undefined;
  return {
    fail: (error) => {
      failure = error;
    },
    ledger: (ledger) =>
      new Proxy(ledger, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return async (...args: readonly unknown[]) => {
            if (failure !== undefined) throw failure;
            return Reflect.apply(value, target, args);
          };
        },
      }),
  };
}

const gone = new StoreUnavailableError('store-unreachable', 'the database does not answer; is it running?');
const full = new StoreUnavailableError(
  'store-full',
  'the disk is full; nothing was changed; free some space',
);

describe('deliveries when the database is not what it should be', () => {
  const open: World[] = [];

  async function world(options: WorldOptions): Promise<World> {
    const made = await openWorld({ start, ...options });
    open.push(made);
    return made;
  }

  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  it.each([
    ['is gone', gone],
    ['is full', full],
  ])('says so while it %s, and goes on by itself', async (_how, error) => {
    const { ledger, fail } = breakable();
    const { store, time, run, engine, platform } = await world({ ledger });
    await store.addSubscription(subscriptionAt('a', time.now()));

    fail(error);
    await run(3 * minuteMs);

    expect(platform.standing).toEqual([]);
    expect(engine.state().problem).toBe(error.message);
    fail(undefined);
    await run(minuteMs);
    expect(platform.standing).toHaveLength(1);
    expect(engine.state().problem).toBeNull();
  });

  it.each([
    ['for half a minute', 30_000],
    ['for a minute', minuteMs],
    ['for ten minutes', 10 * minuteMs],
  ])('posts once though it goes %s while a request is out', async (_how, outMs) => {
    const { ledger, fail } = breakable();
    const made = await world({ ledger });
    const { store, time, run, platform } = made;
    await store.addSubscription(subscriptionAt('a', time.now()));
    let back = Number.POSITIVE_INFINITY;
    platform.before = async () => {
      fail(gone);
      back = time.now() + outMs;
      platform.before = undefined;
    };
    const mend = async (): Promise<void> => {
      while (time.now() < back) await time.sleep(1_000);
      fail(undefined);
    };
    void mend();

    await run(outMs + 10 * minuteMs);

    expect(platform.standing).toHaveLength(1);
    expect(await made.ledger()).toMatchObject([{ state: 'posted' }]);
  });

  it.each(['freezePayload', 'noteTry', 'notePart', 'endDelivery'] as const)(
    'posts once though the connection ends in the middle of %s',
    async (method) => {
      for (const isDone of [false, true]) {
        let left = 1;
        const ledger = (real: Ledger): Ledger => ({
          ...real,
          [method]: async (...args: readonly unknown[]) => {
            const call: unknown = real[method];
            if (typeof call !== 'function') throw new Error('no such method');
            if (left === 0) return Reflect.apply(call, real, args);
            left -= 1;
            // Whether it was committed is not known to who asked for it.
            if (isDone) await Reflect.apply(call, real, args);
            throw gone;
          },
        });
        const made = await world({ ledger });
        await made.store.addSubscription(subscriptionAt('a', made.time.now()));

        await made.run(4 * minuteMs);

        expect(made.platform.standing).toHaveLength(1);
        expect(await made.ledger()).toMatchObject([{ state: 'posted' }]);
      }
    },
  );

  it('waits for a lock that another program holds, and says so', async () => {
    const home = mkdtempSync(join(tmpdir(), 'threatbrief-locked-'));
    const locked = await openStore({ home, waitMs: 50 });
    const { time, engine, run, platform } = await world({ ledger: () => locked });
    await locked.addSubscription(subscriptionAt('a', time.now()));
    const other = new DatabaseSync(join(home, 'threatbrief.db'));
    other.exec('begin immediate');

    await run(2 * minuteMs, 30_000);

    expect(platform.standing).toEqual([]);
    expect(engine.state().problem).toMatch(/lock|busy|another/i);
    other.exec('rollback');
    other.close();
    await run(minuteMs);
    expect(platform.standing).toHaveLength(1);
    expect(engine.state().problem).toBeNull();
    await time.until(engine.stop());
    await locked.close();
    rmSync(home, { recursive: true, force: true });
  });
});

describeWithPostgres('deliveries when PostgreSQL ends every connection', (postgres) => {
  it('go on by themselves, and lose and double nothing', async () => {
    const databaseUrl = await postgres.createDatabase();
    const crew = await openCrew({
      subscriptions: 60,
      misfortunes: manyMisfortunes,
      seed: 7,
      speed: 25,
      databaseUrl,
    });
    try {
      await crew.start();
      await crew.start();
      for (let times = 0; times < 5; times += 1) {
        await pause(300);
        await postgres.disconnect(databaseUrl);
      }
      await crew.untilDone(45);

      expect(await crew.tally()).toMatchObject({ lost: 0, doubled: 0, states: { posted: 60 } });
    } finally {
      await crew.close();
    }
  });
});
