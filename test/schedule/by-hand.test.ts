import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/domain/subscription.ts';
import { redriveByHand, type Seen, settleByHand } from '../../src/schedule/by-hand.ts';
import { createDeadLetters } from '../../src/schedule/dead-letters.ts';
import type { StoredDelivery } from '../../src/store/delivery-types.ts';
import { composing } from '../helpers/delivery/composing.ts';
import { subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { openWorld, type World } from '../helpers/delivery/world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const start = '2026-11-23T07:59:00Z';
const admin: Person = { platform: 'slack', workspace: 'T1', id: 'U1' };

describe('what a person decides about a delivery', () => {
  let world: World;
  let parts: number;

  beforeEach(async () => {
    parts = 1;
    world = await openWorld({ start, whenInDoubt: 'hold', compose: composing(() => parts) });
    world.platform.finding = () => ({ kind: 'cannot-tell', reason: 'no one may read there' });
    await world.store.addSubscription(subscriptionAt('a', world.time.now()));
  });
  afterEach(() => world.close());

  const tools = () => ({ store: world.store, clock: { now: () => new Date(world.time.now()) } });

  /** The answer to the first request is lost, and nobody can look. */
  async function held(): Promise<StoredDelivery> {
    world.platform.fates.push('lost');
    await world.run(5 * minuteMs);
    const [delivery] = await world.ledger();
    expect(delivery?.state).toBe('held');
    if (delivery === undefined) throw new Error('nothing is held');
    return delivery;
  }

  it.each<[Seen, string, number]>([
    [{ kind: 'there' }, 'person', 1],
    [{ kind: 'absent' }, 'answer', 2],
  ])('counts: %j', async (seen, evidence, standing) => {
    const delivery = await held();

    expect(await settleByHand(delivery, seen, admin, tools())).toMatchObject({ kind: 'done' });
    await world.run(minuteMs);

    expect(await world.ledger()).toMatchObject([{ state: 'posted', evidence, payload: null }]);
    expect(world.platform.standing).toHaveLength(standing);
    const after = await world.store.subscription('a');
    expect(after?.deliveredUntil).toBeGreaterThan(Date.parse(start));
    expect(await world.store.postedItems('a', ['item-2026-11-23T08:00:00.000Z'])).toHaveLength(1);
    const [noted] = await world.store.auditEvents({ since: 0, limit: 1 });
    expect(noted).toMatchObject({ action: 'delivery.settle', by: admin, target: delivery.id });
  });

  it.each([
    ['1700000000.1', '1700000000.1'],
    [undefined, undefined],
  ])('lets the rest follow when the first of several is there (%s)', async (messageId, parent) => {
    parts = 3;
    const delivery = await held();

    const seen: Seen = { kind: 'there', ...(messageId === undefined ? {} : { messageId }) };
    await settleByHand(delivery, seen, admin, tools());
    await world.run(minuteMs);

    expect(await world.ledger()).toMatchObject([{ state: 'posted' }]);
    const [first, ...rest] = world.platform.standing;
    expect(first?.key).not.toBe(rest[0]?.key);
    expect(rest.map((one) => one.parent)).toEqual([parent, parent]);
  });

  it('is made once: whoever comes later is told how it stands', async () => {
    const delivery = await held();

    const both = await Promise.all([
      settleByHand(delivery, { kind: 'there' }, admin, tools()),
      settleByHand(delivery, { kind: 'there' }, admin, tools()),
    ]);

    expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
    expect(both.find(({ kind }) => kind === 'refused')).toMatchObject({
      problem: 'it is posted; only what is held can be decided on',
    });
    expect(await redriveByHand(delivery, admin, tools())).toMatchObject({ kind: 'refused', why: 'state' });
  });

  it('does not go past a subscription that is paused or gone', async () => {
    parts = 2;
    const delivery = await held();
    const paused = (await world.store.subscription('a'))?.version ?? 0;
    await world.store.changeSubscription('a', paused, { paused: true });

    const decided = await Promise.all([
      settleByHand(delivery, { kind: 'absent' }, admin, tools()),
      settleByHand(delivery, { kind: 'there' }, admin, tools()),
      redriveByHand(delivery, admin, tools()),
    ]);

    expect(decided.map((one) => (one.kind === 'refused' ? one.why : one.kind))).toEqual(
      decided.map(() => 'paused'),
    );
    await world.store.removeSubscription('a');
    expect(await redriveByHand(delivery, admin, tools())).toMatchObject({ why: 'removed' });
  });

  it('is shown by workspace, and wakes the deliverer', async () => {
    const delivery = await held();
    let woken = 0;
    const letters = createDeadLetters(tools(), () => {
      woken += 1;
    });
    const { platform, workspace } = delivery.destination;

    expect(await letters.of({ platform, id: 'another' }, 10)).toEqual([]);
    expect((await letters.of({ platform, id: workspace }, 10)).map(({ id }) => id)).toEqual([delivery.id]);
    await letters.redrive(delivery, admin);

    expect(woken).toBe(1);
    expect(await letters.of({ platform, id: workspace }, 10)).toEqual([]);
    await world.run(hourMs, minuteMs);
    expect(await world.ledger()).toMatchObject([{ state: 'posted' }]);
  });
});
