import { afterEach, describe, expect, it } from 'vitest';
import { composing } from '../helpers/delivery/composing.ts';
import { channel, daily, subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { openWorld, type World, type WorldOptions, worldStart } from '../helpers/delivery/world.ts';

const start = Date.parse(worldStart);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

describe('deliveries', () => {
  const open: World[] = [];

  async function world(options: WorldOptions = {}): Promise<World> {
    const made = await openWorld(options);
    open.push(made);
    return made;
  }

  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  it('posts a daily digest at its time, once a day', async () => {
    const { store, run, platform } = await world();
    await store.addSubscription(subscriptionAt('a', start));

    await run(2 * dayMs + 2 * hourMs, 10 * minuteMs);

    const times = platform.standing.map(({ at }) => new Date(at).toISOString().slice(0, 16));
    expect(times).toEqual(['2026-11-23T08:00', '2026-11-24T08:00', '2026-11-25T08:00']);
    expect(platform.standing[1]?.title).toContain('of 2026-11-23T08:00');
    const after = await store.subscription('a');
    expect(after?.nextSlotAt).toBe(Date.parse('2026-11-26T08:00:00Z'));
  });

  it('posts within seconds of the slot', async () => {
    const { store, run, platform } = await world();
    for (let index = 0; index < 20; index += 1) {
      await store.addSubscription(subscriptionAt(`s${index}`, start));
    }

    await run(hourMs, 10 * minuteMs);
    await run(minuteMs);

    expect(platform.standing).toHaveLength(20);
    const late = platform.standing.map(({ at }) => at - Date.parse('2026-11-23T08:00:00Z'));
    expect(Math.max(...late)).toBeLessThan(5_000);
  });

  it('posts a thread as its parent and the replies below it, a second apart', async () => {
    const { store, run, platform } = await world({ compose: composing(() => 4) });
    await store.addSubscription(subscriptionAt('a', start, { shape: 'thread' }));

    await run(hourMs, 10 * minuteMs);
    await run(minuteMs);

    expect(platform.standing.map(({ parent }) => parent)).toEqual([undefined, 'm1', 'm1', 'm1']);
    const gaps = platform.standing.slice(1).map(({ at }, index) => at - (platform.standing[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
  });

  it('keeps a second between two digests to one place, over two processes', async () => {
    const first = await world();
    const second = first.replica();
    for (const id of ['a', 'b', 'c', 'd']) {
      await first.store.addSubscription(subscriptionAt(id, start, { destination: channel('C0SAME') }));
    }
    await first.time.pass(hourMs);

    for (let round = 0; round < 6; round += 1) {
      await first.time.until(
        Promise.all([...first.engine.tasks, ...second.engine.tasks].map(({ run }) => run())),
      );
      await first.time.pass(10_000);
    }

    const times = first.platform.standing.map(({ at }) => at);
    expect(times).toHaveLength(4);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    await first.time.until(second.engine.stop());
  });

  it('tells several missed slots in one digest, and says how many', async () => {
    const { store, time, tick, platform, ledger } = await world();
    await store.addSubscription(subscriptionAt('a', start, { timing: daily('UTC', '0 * * * *') }));

    await time.pass(4 * hourMs + 20 * minuteMs);
    await tick();

    expect(platform.standing.map(({ title }) => title.slice(0, 16))).toEqual(['2026-11-23T11:00']);
    expect(await ledger()).toMatchObject([{ merged: 3, state: 'posted' }]);
  });

  it('skips a slot whose catch-up window is over, and leaves it in the ledger', async () => {
    const { store, time, run, platform, ledger } = await world();
    await store.addSubscription(subscriptionAt('a', start));

    await time.pass(14 * hourMs);
    await run(minuteMs);

    expect(platform.standing).toEqual([]);
    const [skipped] = await ledger();
    expect(skipped).toMatchObject({ state: 'skipped' });
    expect(skipped?.lastError).toContain('it was due at 2026-11-23T08:00:00.000Z');
    expect(await store.missedBetween('a', start, start + dayMs)).toHaveLength(1);
  });

  it('never delivers later than the next slot, however long the window', async () => {
    const { store, time, run, ledger } = await world({ catchUpMs: 100 * hourMs });
    await store.addSubscription(subscriptionAt('a', start));

    await time.pass(23 * hourMs + 30 * minuteMs);
    await run(minuteMs);

    expect(await ledger()).toMatchObject([{ state: 'skipped' }]);
  });

  it('is silent on an empty day, or says one line, as chosen', async () => {
    const { store, run, platform, ledger } = await world({ compose: composing(() => 0) });
    await store.addSubscription(subscriptionAt('a', start));
    await store.addSubscription(subscriptionAt('b', start, { emptyDay: 'line' }));

    await run(hourMs, 10 * minuteMs);
    await run(minuteMs);

    expect(platform.standing.map(({ place }) => place)).toEqual(['C0b']);
    expect((await ledger()).map(({ state }) => state).sort()).toEqual(['empty', 'posted']);
    expect((await store.subscription('a'))?.deliveredUntil).toBeGreaterThan(start + hourMs);
  });

  it('asks the platform before it posts again what may have arrived', async () => {
    const { store, run, platform, ledger } = await world();
    platform.fates.push('lost');
    await store.addSubscription(subscriptionAt('a', start));

    await run(hourMs, 10 * minuteMs);
    await run(3 * minuteMs);

    expect(platform.standing).toHaveLength(1);
    expect(platform.requests).toBe(1);
    expect(await ledger()).toMatchObject([{ state: 'posted', evidence: 'found' }]);
  });

  it('posts again what the platform surely does not have', async () => {
    const { store, run, platform, ledger } = await world();
    platform.fates.push('cut', 'cut');
    await store.addSubscription(subscriptionAt('a', start));

    await run(hourMs, 10 * minuteMs);
    await run(5 * minuteMs);

    expect(platform.standing).toHaveLength(1);
    expect(await ledger()).toMatchObject([{ state: 'posted', evidence: 'answer' }]);
  });

  it('goes on with a thread where it stopped', async () => {
    const { store, run, platform } = await world({ compose: composing(() => 4) });
    platform.fates.push({ kind: 'posted', messageId: '' }, 'lost', 'cut');
    await store.addSubscription(subscriptionAt('a', start));

    await run(hourMs, 10 * minuteMs);
    await run(6 * minuteMs);

    const keys = platform.standing.map(({ key }) => key.split('/')[1]);
    expect(keys).toEqual(['0', '1', '2', '3']);
    expect(platform.standing.map(({ parent }) => parent)).toEqual([undefined, 'm1', 'm1', 'm1']);
  });

  it('repeats what nobody can look for, and says that it may be repeated', async () => {
    const { store, run, platform } = await world();
    platform.finding = () => ({ kind: 'cannot-tell', reason: 'no one may read there' });
    platform.fates.push('lost');
    await store.addSubscription(subscriptionAt('a', start));

    await run(hourMs, 10 * minuteMs);
    await run(3 * minuteMs);

    expect(platform.standing.map(({ isMarked }) => isMarked)).toEqual([false, true]);
  });

  it('marks the one reply that may be repeated, not the parent', async () => {
    const { store, run, platform } = await world({ compose: composing(() => 3) });
    platform.finding = () => ({ kind: 'cannot-tell', reason: 'no one may read there' });
    platform.fates.push({ kind: 'posted', messageId: '' }, 'lost');
    await store.addSubscription(subscriptionAt('a', start));

    await run(hourMs, 10 * minuteMs);
    await run(3 * minuteMs);

    expect(platform.standing.map(({ key, isMarked }) => [key.split('/')[1], isMarked])).toEqual([
      ['0', false],
      ['1', false],
      ['1', true],
      ['2', false],
    ]);
  });

  it('leaves what is in doubt to a person where the operator chose so, and goes on with the next', async () => {
    const { store, run, platform, ledger, time } = await world({ whenInDoubt: 'hold' });
    platform.finding = () => ({ kind: 'cannot-tell', reason: 'no one may read there' });
    platform.fates.push('cut');
    await store.addSubscription(subscriptionAt('a', start));

    await run(dayMs + 2 * hourMs, 2 * minuteMs);

    expect((await ledger()).map(({ state }) => state)).toEqual(['held', 'posted']);
    const [held] = await ledger();
    expect(await store.redrive(held?.id ?? '', time.now(), time.now() + hourMs)).toBe(true);
    await run(minuteMs);
    expect((await ledger()).map(({ state }) => state)).toEqual(['posted', 'posted']);
    expect(platform.standing).toHaveLength(2);
  });

  it('waits as long as the platform asks, which costs no attempt', async () => {
    const { store, run, platform, ledger } = await world();
    const rate = { kind: 'not-sent', error: 'rate limited', retryAfterMs: 40_000, isRate: true } as const;
    platform.fates.push(rate, rate, rate);
    await store.addSubscription(subscriptionAt('a', start));

    await run(hourMs, 10 * minuteMs);
    await run(10 * minuteMs);

    const [posted] = platform.standing;
    expect((posted?.at ?? 0) - Date.parse('2026-11-23T08:00:00Z')).toBeGreaterThanOrEqual(120_000);
    expect(await ledger()).toMatchObject([{ state: 'posted', attempt: 1 }]);
  });

  it('pauses the subscription of a place that is gone, with the reason', async () => {
    const { store, run, platform, ledger } = await world();
    platform.place = () => ({ kind: 'gone', reason: 'the channel is archived' });
    await store.addSubscription(subscriptionAt('a', start));

    await run(3 * dayMs, 10 * minuteMs);

    expect(await store.subscription('a')).toMatchObject({
      paused: true,
      pausedReason: 'the channel is archived',
    });
    expect((await ledger()).map(({ state }) => state)).toEqual(['dead']);
    const audit = await store.auditEvents({ since: 0, limit: 10 });
    expect(audit).toMatchObject([{ action: 'subscription.pause', target: 'a' }]);
    expect(platform.requests).toBe(0);
  });

  it('gives up what the platform refuses, and delivers it when it is driven again', async () => {
    const { store, run, platform, ledger, time } = await world();
    platform.fates.push({ kind: 'refused', error: 'invalid_blocks xoxb-123456-secret' });
    await store.addSubscription(subscriptionAt('a', start));

    await run(hourMs, 10 * minuteMs);
    await run(minuteMs);

    const [dead] = await ledger();
    expect(dead).toMatchObject({ state: 'dead', lastError: expect.stringContaining('invalid_blocks') });
    expect(dead?.lastError).not.toContain('secret');
    expect((await store.subscription('a'))?.paused).toBe(false);
    await store.redrive(dead?.id ?? '', time.now(), time.now() + hourMs);
    await run(3 * minuteMs);
    expect(platform.standing).toHaveLength(1);
  });

  it('gives up at the end of the window when the platform never takes it, and goes on the next day', async () => {
    const { store, run, platform, ledger } = await world();
    platform.always = () => ({ kind: 'not-sent', error: 'connection refused' });
    await store.addSubscription(subscriptionAt('a', start));

    await run(14 * hourMs, 2 * minuteMs);
    platform.always = undefined;
    await run(12 * hourMs, 10 * minuteMs);

    expect((await ledger()).map(({ state }) => state)).toEqual(['dead', 'posted']);
    expect(platform.requests).toBeLessThan(150);
    expect(platform.standing[0]?.title).toContain('of 2026-11-23T07:00');
  });

  it('composes anew what the platform did not take for a while, since it may be marked higher by now', async () => {
    const { store, run, platform } = await world();
    platform.always = () => ({ kind: 'not-sent', error: 'connection refused' });
    await store.addSubscription(subscriptionAt('a', start));

    await run(2 * hourMs, 10 * minuteMs);
    platform.always = undefined;
    await run(hourMs, 10 * minuteMs);

    const [posted, ...others] = platform.standing;
    const [, until = ''] = / to (\S+) at /.exec(posted?.title ?? '') ?? [];
    expect(others).toEqual([]);
    expect((posted?.at ?? 0) - Date.parse(until)).toBeLessThanOrEqual(10 * minuteMs);
  });

  it('composes anew when the place may see less than before and nothing is there yet', async () => {
    const { store, run, platform } = await world();
    platform.fates.push({ kind: 'not-sent', error: 'connection refused' });
    platform.before = async () => {
      platform.place = () => ({ kind: 'open', ceiling: 'clear' });
    };
    await store.addSubscription(subscriptionAt('a', start));

    await run(hourMs, 10 * minuteMs);
    await run(5 * minuteMs);

    expect(platform.standing.map(({ title }) => title.split(' at ')[1])).toEqual(['clear']);
  });

  it('posts nothing more of a thread when the place may see less than before', async () => {
    const { store, run, platform, ledger } = await world({ compose: composing(() => 3) });
    platform.fates.push({ kind: 'posted', messageId: '' }, { kind: 'not-sent', error: 'refused' });
    platform.before = async () => {
      platform.place = () => ({ kind: 'open', ceiling: 'clear' });
    };
    await store.addSubscription(subscriptionAt('a', start));

    await run(hourMs, 10 * minuteMs);
    await run(5 * minuteMs);

    expect(platform.standing).toHaveLength(1);
    expect(await ledger()).toMatchObject([{ state: 'dead', lastError: expect.stringContaining('see less') }]);
  });

  it('keeps to the ceiling that the subscriber chose', async () => {
    const { store, run, platform } = await world();
    await store.addSubscription(subscriptionAt('a', start, { ceiling: 'clear' }));
    await store.addSubscription(subscriptionAt('b', start, { ceiling: 'red' }));

    await run(hourMs, 10 * minuteMs);
    await run(minuteMs);

    const ceilings = platform.standing.map(({ place, title }) => [place, title.split(' at ')[1]]);
    expect(new Map(ceilings as [string, string][])).toEqual(
      new Map([
        ['C0a', 'clear'],
        ['C0b', 'green'],
      ]),
    );
  });

  it('skips what belongs to a subscription that was paused or removed in the meantime', async () => {
    const { store, run, platform, ledger } = await world();
    platform.place = () => ({ kind: 'unreachable', error: 'no route' });
    await store.addSubscription(subscriptionAt('a', start));
    await store.addSubscription(subscriptionAt('b', start));
    await run(hourMs, 10 * minuteMs);
    await run(minuteMs);

    await store.changeSubscription('a', 1, { paused: true });
    await store.removeSubscription('b');
    platform.place = () => ({ kind: 'open', ceiling: 'green' });
    await run(hourMs, minuteMs);

    expect(platform.standing).toEqual([]);
    expect((await ledger()).map(({ state }) => state)).toEqual(['skipped', 'skipped']);
  });

  it('tells those who want to know at once, once, and only of what they watch', async () => {
    let version = 1;
    const changed = new Map<string, number>();
    const changes = { version: async () => version, changedSince: async () => changed };
    const { store, run, platform, time } = await world({ changes });
    const person = (id: string) => ({ platform: 'slack', workspace: 'slack:T0TEST', id }) as const;
    for (const id of ['a', 'b']) {
      const createdBy = person(id);
      await store.addSubscription(
        subscriptionAt(id, start, { timing: { kind: 'at-once' }, kind: 'watch', createdBy }),
      );
      const entity = `intrusion-set--${id}`;
      await store.addWatch({ person: createdBy, entity, name: id, mode: 'once', createdAt: start });
    }
    await run(minuteMs);
    expect(platform.standing).toEqual([]);

    changed.set('intrusion-set--a', time.now());
    version += 1;
    await run(3 * hourMs, minuteMs);

    expect(platform.standing.map(({ place }) => place)).toEqual(['C0a']);
    changed.set('intrusion-set--a', time.now());
    changed.set('intrusion-set--b', time.now());
    version += 1;
    await run(minuteMs);
    expect(platform.standing.map(({ place }) => place).sort()).toEqual(['C0a', 'C0a', 'C0b']);
  });

  it('counts what it did, and says how long what is due has been waiting', async () => {
    const { store, run, platform, metrics, engine } = await world();
    platform.place = ({ id }) =>
      id === 'C0b' ? { kind: 'unreachable', error: 'no route' } : { kind: 'open', ceiling: 'green' };
    await store.addSubscription(subscriptionAt('a', start));
    await store.addSubscription(subscriptionAt('b', start));

    await run(hourMs, 10 * minuteMs);
    await run(10 * minuteMs);

    const text = metrics.render();
    expect(text).toContain('threatbrief_deliveries{state="posted"} 1');
    expect(text).toContain('threatbrief_deliveries{state="pending"} 1');
    expect(text).toContain('threatbrief_delivery_posts_total{platform="slack"} 1');
    expect(text).toMatch(/threatbrief_delivery_failures_total\{platform="slack",failure="unreachable"\} \d/);
    expect(engine.state().figures.lagMs).toBeGreaterThan(9 * minuteMs);
    expect(engine.state().problem).toBeNull();
  });

  it('gives back what has not begun to be posted when it is stopped', async () => {
    const { store, time, platform, engine, ledger, replica } = await world();
    for (const id of ['a', 'b', 'c']) {
      await store.addSubscription(subscriptionAt(id, start, { destination: channel(`C0${id}`) }));
    }
    let release = (): void => undefined;
    platform.before = () => new Promise((resolve) => void (release = resolve));
    await time.pass(hourMs + 5_000);
    const [plan, deliver] = engine.tasks;
    await plan?.run();
    const delivering = deliver?.run();
    await time.pass(1_000);

    const stopping = engine.stop();
    release();
    await time.until(stopping);
    platform.before = undefined;

    expect((await ledger()).filter(({ state }) => state === 'sending').length).toBeLessThan(3);
    await time.until(delivering ?? Promise.resolve());
    const other = replica();
    await other.run(5 * minuteMs);
    expect(new Set(platform.standing.map(({ place }) => place)).size).toBe(3);
    expect(platform.standing).toHaveLength(3);
    await time.until(other.engine.stop());
  });
});
