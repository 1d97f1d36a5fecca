import { afterEach, describe, expect, it } from 'vitest';
import { composing } from '../helpers/delivery/composing.ts';
import { channel, subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { openWorld, type World, type WorldOptions } from '../helpers/delivery/world.ts';
import { openCrew } from '../helpers/faults/crew.ts';
import { noMisfortunes } from '../helpers/faults/stand-in.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const start = '2026-11-23T07:59:00Z';

describe('deliveries when the platform is not what it should be', () => {
  const open: World[] = [];

  async function world(options: WorldOptions = {}): Promise<World> {
    const made = await openWorld({ start, ...options });
    open.push(made);
    return made;
  }

  async function subscribe({ store, time }: World, count: number, perPlace = 1): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const destination = channel(`C${Math.floor(index / perPlace)}`);
      await store.addSubscription(subscriptionAt(`s${index}`, time.now(), { destination }));
    }
  }

  const states = async ({ ledger }: World): Promise<readonly string[]> => [
    ...new Set((await ledger()).map(({ state }) => state)),
  ];

  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  it('waits out an hour of errors, and posts each once', async () => {
    const made = await world();
    await subscribe(made, 30);
    const until = made.time.now() + hourMs;
    // Half of the errors come after the message was taken.
    made.platform.always = ({ key }) =>
      made.time.now() > until ? undefined : Number.parseInt(key.slice(0, 2), 16) % 2 === 0 ? 'lost' : 'cut';

    await made.run(hourMs, minuteMs);
    const requests = made.platform.requests;
    await made.run(30 * minuteMs, minuteMs);

    expect(await states(made)).toEqual(['posted']);
    expect(made.platform.standing).toHaveLength(30);
    expect(new Set(made.platform.standing.map(({ key }) => key)).size).toBe(30);
    // Ever more seldom: not a request a minute for each.
    expect(requests).toBeLessThan(30 * 20);
  });

  it('keeps quiet through a storm of refusals for rate, and loses none', async () => {
    const made = await world();
    await subscribe(made, 40);
    const until = made.time.now() + 10 * minuteMs;
    made.platform.always = () =>
      made.time.now() > until
        ? undefined
        : { kind: 'not-sent', error: 'ratelimited', retryAfterMs: 30_000, isRate: true };

    await made.run(10 * minuteMs);
    const requests = made.platform.requests;
    await made.run(5 * minuteMs);

    expect(made.platform.standing).toHaveLength(40);
    expect((await made.ledger()).every(({ attempt }) => attempt === 1)).toBe(true);
    // Two places were refused: the pause is for all. Without that there would be forty requests each half minute.
    expect(requests).toBeLessThan(20 * 20);
  });

  it('pauses for the whole workspace where the platform says that it means all', async () => {
    const made = await world();
    await subscribe(made, 40);
    made.platform.fates.push({
      kind: 'not-sent',
      error: 'ratelimited',
      retryAfterMs: 60_000,
      isRate: true,
      rateScope: 'workspace',
    });

    await made.run(90_000);
    const refused = made.time.now();

    const early = made.platform.standing.filter(({ at }) => at < refused - 25_000);
    // Those that were on their way at that moment; nobody else.
    expect(early.length).toBeLessThanOrEqual(16);
    await made.run(2 * minuteMs);
    expect(made.platform.standing).toHaveLength(40);
  });

  it('waits when it is to ask less often about places, which costs nobody an attempt', async () => {
    const made = await world();
    await subscribe(made, 120);
    // As Slack counts: so many a minute for all of the workspace.
    let asked: number[] = [];
    let refused = 0;
    made.platform.place = () => {
      const now = made.time.now();
      asked = asked.filter((at) => at > now - minuteMs);
      if (asked.length >= 20) {
        refused += 1;
        return { kind: 'unreachable', error: 'ratelimited', retryAfterMs: 30_000, isRate: true };
      }
      asked.push(now);
      return { kind: 'open', ceiling: 'green' };
    };

    await made.run(20 * minuteMs);

    expect(await states(made)).toEqual(['posted']);
    expect(made.platform.standing).toHaveLength(120);
    expect((await made.ledger()).every(({ attempt }) => attempt === 1)).toBe(true);
    // Only those that were under way when the pause began ask in vain.
    expect(refused).toBeLessThan(120);
  });

  it('pauses every subscription when the token was revoked, and delivers again once they are resumed', async () => {
    const made = await world();
    await subscribe(made, 3);
    made.platform.place = () => ({ kind: 'gone', reason: 'the bot was removed from the workspace' });

    await made.run(5 * minuteMs);

    const paused = await made.store.subscriptions();
    expect(paused.map(({ pausedReason }) => pausedReason)).toEqual(
      paused.map(() => 'the bot was removed from the workspace'),
    );
    expect(await states(made)).toEqual(['dead']);
    made.platform.place = () => ({ kind: 'open', ceiling: 'green' });
    for (const { id, version } of paused) await made.store.changeSubscription(id, version, { paused: false });
    await made.run(25 * hourMs, 10 * minuteMs);
    expect(made.platform.standing).toHaveLength(3);
  });

  it('finds out that a place is gone by posting to it, and pauses that one alone', async () => {
    const made = await world();
    await subscribe(made, 2);
    made.platform.fates.push({ kind: 'gone', reason: 'is_archived' });

    await made.run(5 * minuteMs);

    const reasons = (await made.store.subscriptions()).map(({ pausedReason }) => pausedReason);
    expect(reasons.filter((reason) => reason === 'is_archived')).toHaveLength(1);
    expect(made.platform.standing).toHaveLength(1);
  });

  it('does not take a slow answer for none', async () => {
    const made = await world({ compose: composing(() => 3) });
    await subscribe(made, 10);
    made.platform.before = () => made.time.sleep(9_500);

    await made.run(5 * minuteMs);

    expect(made.platform.standing).toHaveLength(30);
    expect(made.platform.requests).toBe(30);
    expect(await states(made)).toEqual(['posted']);
  });

  it('leaves an adapter behind that never comes back', async () => {
    const made = await world();
    await subscribe(made, 1);
    let isFirst = true;
    made.platform.before = async () => {
      if (!isFirst) return;
      isFirst = false;
      await new Promise(() => undefined);
    };

    await made.run(3 * minuteMs);

    expect(made.platform.standing).toHaveLength(1);
    expect(made.platform.requests).toBe(2);
  });

  it('settles what went into a connection that died half-way', async () => {
    const crew = await openCrew({
      subscriptions: 24,
      misfortunes: { ...noMisfortunes, halfOpen: 1 },
      seed: 3,
      speed: 25,
    });
    try {
      await crew.start();
      while ((crew.standIn.happened['halfOpen'] ?? 0) < 16) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      crew.standIn.misfortunes = noMisfortunes;
      await crew.untilDone(30);

      expect(await crew.tally()).toMatchObject({ lost: 0, doubled: 0, states: { posted: 24 } });
    } finally {
      await crew.close();
    }
  });
});
