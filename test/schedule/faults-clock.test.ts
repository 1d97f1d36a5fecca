import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { nextSlots } from '../../src/schedule/when/slots.ts';
import { daily, subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { openWorld, type World, type WorldOptions } from '../helpers/delivery/world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

describe('deliveries when the clock is not what it should be', () => {
  const open: World[] = [];

  async function world(options: WorldOptions = {}): Promise<World> {
    const made = await openWorld(options);
    open.push(made);
    return made;
  }

  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  const postedPeriods = async ({ ledger }: World): Promise<readonly string[]> =>
    (await ledger()).filter(({ state }) => state === 'posted').map(({ period }) => period);

  it('delivers once when the clock jumps over a slot and back again', async () => {
    const made = await world({ start: '2026-11-23T05:00:00Z' });
    const { store, time, run, platform } = made;
    await store.addSubscription(subscriptionAt('a', time.now()));

    await run(hourMs, minuteMs);
    time.jump(5 * hourMs);
    await run(2 * minuteMs);
    time.jump(-5 * hourMs);
    await run(4 * hourMs, minuteMs);

    expect(await postedPeriods(made)).toEqual(['2026-11-23']);
    await run(dayMs, 10 * minuteMs);
    expect(await postedPeriods(made)).toEqual(['2026-11-23', '2026-11-24']);
    expect(platform.standing).toHaveLength(2);
  });

  it('delivers once when the clock is set back over a slot that was delivered', async () => {
    const made = await world({ start: '2026-11-23T07:30:00Z' });
    const { store, time, run } = made;
    await store.addSubscription(subscriptionAt('a', time.now()));

    await run(hourMs, minuteMs);
    time.jump(-3 * hourMs);
    await run(6 * hourMs, minuteMs);

    expect(await postedPeriods(made)).toEqual(['2026-11-23']);
  });

  it('takes up what a process left that ended while the clock was ahead', async () => {
    const made = await world({ start: '2026-11-23T07:59:00Z' });
    const { store, time, platform, replica, engine } = made;
    await store.addSubscription(subscriptionAt('a', time.now()));
    time.jump(6 * hourMs);
    // It hangs in the request, and is not heard of again.
    platform.before = () => new Promise(() => undefined);
    const [plan, deliver] = engine.tasks;
    await plan?.run();
    void deliver?.run();
    await time.pass(3_000);
    platform.before = undefined;

    time.jump(-6 * hourMs);
    const other = replica();
    await other.run(7 * hourMs, minuteMs);

    expect(await postedPeriods(made)).toEqual(['2026-11-23']);
    expect(platform.standing).toHaveLength(1);
    await time.until(other.engine.stop());
  });

  it('posts no period twice, however often the clock jumps by hours', async () => {
    const jumps = fc.array(
      fc.record({ after: fc.integer({ min: 10, max: 400 }), by: fc.integer({ min: -360, max: 360 }) }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(jumps, async (plan) => {
        const made = await openWorld({ start: '2026-11-23T05:00:00Z' });
        const { store, time, run, platform } = made;
        const start = time.now();
        await store.addSubscription(subscriptionAt('a', start, { timing: daily('Europe/Berlin') }));
        await store.addSubscription(subscriptionAt('b', start, { timing: daily('UTC', '0 * * * *') }));
        for (const { after, by } of plan) {
          await run(after * minuteMs, 10 * minuteMs);
          time.jump(by * minuteMs);
        }
        await run(2 * dayMs, 20 * minuteMs);

        const keys = platform.standing.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        const ends = (await made.ledger()).map(({ state }) => state);
        expect(ends.every((state) => state === 'posted' || state === 'skipped')).toBe(true);
        // The last slots that came were delivered: nothing is stuck.
        const last = await store.subscription('b');
        expect(last?.deliveredUntil).toBeGreaterThan(time.now() - 2 * hourMs);
        await made.close();
      }),
      { numRuns: 4 },
    );
  });

  it.each([
    ['Europe/Berlin', '2026-10-24T12:00:00Z', '30 2 * * *'],
    ['Europe/Berlin', '2027-03-27T12:00:00Z', '30 2 * * *'],
    ['America/New_York', '2026-10-31T12:00:00Z', '30 1 * * *'],
    ['America/New_York', '2027-03-13T12:00:00Z', '30 2 * * *'],
    ['Australia/Lord_Howe', '2026-10-03T00:00:00Z', '15 2 * * *'],
    ['Australia/Lord_Howe', '2027-04-03T00:00:00Z', '45 1 * * *'],
  ])('delivers once in the night in which the clocks of %s change (%s)', async (zone, start, cron) => {
    const made = await world({ start });
    const { store, time, run, platform } = made;
    await store.addSubscription(subscriptionAt('a', time.now(), { timing: daily(zone, cron) }));

    await run(3 * dayMs, 15 * minuteMs);

    const periods = await postedPeriods(made);
    expect(periods).toHaveLength(3);
    expect(new Set(periods).size).toBe(3);
    expect(platform.standing).toHaveLength(3);
  });

  it.each([
    ['Europe/Berlin', '2026-10-24T21:30:00Z'],
    ['Europe/Berlin', '2027-03-27T21:30:00Z'],
    ['America/New_York', '2026-11-01T03:30:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T12:20:00Z'],
    ['Australia/Lord_Howe', '2027-04-03T12:20:00Z'],
  ])('delivers every hour of such a night in %s (%s)', async (zone, start) => {
    const made = await world({ start });
    const { store, time, run, platform } = made;
    const timing = daily(zone, '0 * * * *');
    const begun = time.now();
    await store.addSubscription(subscriptionAt('a', begun, { timing }));

    await run(8 * hourMs, 10 * minuteMs);

    const schedule = timing.kind === 'scheduled' ? timing.schedule : undefined;
    const slots =
      schedule === undefined ? [] : nextSlots(schedule, begun, 20).filter((at) => at < time.now());
    expect((await made.ledger()).map(({ slotAt }) => slotAt)).toEqual(slots);
    expect(platform.standing).toHaveLength(slots.length);
  });

  it('tells in one digest what a machine that slept for two days missed', async () => {
    const made = await world();
    const { store, time, run, platform } = made;
    await store.addSubscription(subscriptionAt('a', time.now()));
    await store.addSubscription(subscriptionAt('b', time.now(), { timing: daily('UTC', '0 * * * *') }));
    await run(2 * hourMs, 10 * minuteMs);
    platform.standing.length = 0;

    await time.pass(2 * dayMs + 30 * minuteMs);
    await run(minuteMs);

    expect(platform.standing.map(({ place }) => place).sort()).toEqual(['C0a', 'C0b']);
    const merged = (await made.ledger()).filter(({ merged: count }) => count > 0);
    expect(new Map(merged.map(({ subscription, merged: count }) => [subscription, count]))).toEqual(
      new Map([
        ['a', 1],
        ['b', 48],
      ]),
    );
  });

  it('says in the next digest that one was too late after two days of sleep', async () => {
    const made = await world();
    const { store, time, run, platform } = made;
    await store.addSubscription(subscriptionAt('a', time.now()));

    await time.pass(2 * dayMs + 30 * minuteMs);
    await run(hourMs, minuteMs);

    const states = (await made.ledger()).map(({ period, state, merged }) => [period, state, merged]);
    expect(states).toEqual([
      ['2026-11-24', 'skipped', 1],
      ['2026-11-25', 'posted', 0],
    ]);
    expect(await store.missedBetween('a', 0, time.now())).toHaveLength(1);
    expect(platform.standing).toHaveLength(1);
  });
});
