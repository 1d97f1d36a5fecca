import { describe, expect, it } from 'vitest';
import {
  addPending,
  channel,
  claimAt,
  claimOne,
  person,
  planEach1000,
  type StoresUnderTest,
  slot,
  stateOf,
  subscription,
} from '../store/delivery-fixtures.ts';

/** What every store promises of subscriptions, and of putting their slots into the ledger. */
export function subscriptionsContract({ store, openAnother }: StoresUnderTest): void {
  describe('a subscription', () => {
    it('is kept with all that was chosen', async () => {
      const scheduled = subscription('aaaaaaaaa1', {
        filters: "sector:telecom -source:x '; drop table delivery; --",
        shape: 'thread',
        emptyDay: 'line',
        ceiling: 'amber+strict',
        pausedReason: 'the channel is archived',
        paused: true,
        lastPostedAt: 50,
      });
      const atOnce = subscription('aaaaaaaaa2', {
        timing: { kind: 'at-once' },
        kind: 'watch',
        destination: channel('U0002', { platform: 'teams', kind: 'direct' }),
        nextSlotAt: null,
        createdAt: 99,
      });

      expect(await store().addSubscription(scheduled)).toBe(true);
      expect(await store().addSubscription(atOnce)).toBe(true);

      const another = await openAnother();
      expect(await another.subscription('aaaaaaaaa1')).toEqual(scheduled);
      expect(await another.subscriptions()).toEqual([atOnce, scheduled]);
      expect(await another.subscription('aaaaaaaaa3')).toBeUndefined();
    });

    it('is added once under its id', async () => {
      await store().addSubscription(subscription('a'));

      expect(await store().addSubscription(subscription('a', { filters: 'other' }))).toBe(false);
      expect(await store().subscription('a')).toEqual(subscription('a'));
    });

    it('is found by place, workspace, creator and kind', async () => {
      const elsewhere = { ...person, workspace: 'T0002' };
      await store().addSubscription(subscription('a', { destination: channel('C1') }));
      await store().addSubscription(
        subscription('b', { destination: channel('C1', { workspace: 'T0002' }), createdBy: elsewhere }),
      );
      await store().addSubscription(subscription('c', { destination: channel('C2'), kind: 'watch' }));
      const ids = async (where: Parameters<ReturnType<typeof store>['subscriptions']>[0]) =>
        (await store().subscriptions(where)).map(({ id }) => id);

      expect(await ids({ destination: channel('C1') })).toEqual(['a']);
      expect(await ids({ workspace: { platform: 'slack', id: 'T0001' } })).toEqual(['a', 'c']);
      expect(await ids({ workspace: { platform: 'teams', id: 'T0001' } })).toEqual([]);
      expect(await ids({ createdBy: elsewhere })).toEqual(['b']);
      expect(await ids({ createdBy: person, kind: 'watch' })).toEqual(['c']);
    });

    it('is changed by who knows its version', async () => {
      await store().addSubscription(subscription('a', { ceiling: 'green' }));

      expect(await store().changeSubscription('a', 1, { filters: 'country:iran', ceiling: null })).toBe(true);
      expect(await store().changeSubscription('a', 1, { filters: 'lost' })).toBe(false);
      expect(await store().changeSubscription('b', 1, { filters: 'lost' })).toBe(false);

      expect(await store().subscription('a')).toEqual(
        subscription('a', { filters: 'country:iran', version: 2 }),
      );
      expect(
        await store().changeSubscription('a', 2, { timing: { kind: 'at-once' }, nextSlotAt: null }),
      ).toBe(true);
      expect(await store().subscription('a')).toMatchObject({
        timing: { kind: 'at-once' },
        nextSlotAt: null,
        version: 3,
      });
    });

    it('is changed by one of several who try at once', async () => {
      await store().addSubscription(subscription('a'));
      const others = await Promise.all([openAnother(), openAnother()]);

      const changed = await Promise.all(
        [store(), ...others].map((one, index) => one.changeSubscription('a', 1, { filters: `${index}` })),
      );

      expect(changed.filter(Boolean)).toHaveLength(1);
      expect((await store().subscription('a'))?.version).toBe(2);
    });

    it('that is paused is not planned, and what waited for it is skipped', async () => {
      await addPending(store(), subscription('a'));
      await store().changeSubscription('a', 1, { paused: true, pausedReason: 'the token was revoked' });

      expect(await stateOf(store(), 'a@1000')).toBe('skipped');
      expect(await store().planDue(5000, 10, planEach1000)).toBe(0);

      await store().changeSubscription('a', 2, { paused: false, nextSlotAt: 6000 });
      expect(await store().subscription('a')).toMatchObject({ paused: false, pausedReason: null });
      expect(await store().planDue(6000, 10, planEach1000)).toBe(1);
      expect(await stateOf(store(), 'a@6000')).toBe('pending');
    });

    it('follows its place to another id, with what waits and what is muted there', async () => {
      const [old, other] = [channel('C1'), channel('C2')];
      const next = channel('C9');
      await addPending(store(), subscription('a', { destination: old }));
      await addPending(store(), subscription('b', { destination: other }));
      const mute = { label: 'x', until: null, by: person, createdAt: 1, kind: 'actor' } as const;
      for (const [destination, target] of [
        [old, 'one'],
        [old, 'two'],
        [next, 'two'],
        [other, 'three'],
      ] as const) {
        await store().addMute({ ...mute, destination, target });
      }

      expect(await store().moveDestination(old, next)).toBe(1);
      expect(await store().moveDestination(old, next)).toBe(0);

      expect(await store().subscription('a')).toMatchObject({ destination: next, version: 2 });
      expect(await store().subscription('b')).toMatchObject({ destination: other, version: 1 });
      expect(await store().delivery('a@1000')).toMatchObject({ destination: next, state: 'pending' });
      expect((await store().mutes(next, 5)).map(({ target }) => target).sort()).toEqual(['one', 'two']);
      expect(await store().mutes(old, 5)).toEqual([]);
      expect(await store().mutes(other, 5)).toHaveLength(1);
    });

    it('that is removed leaves what was posted, and nothing to send', async () => {
      await addPending(store(), subscription('a'));
      const held = await claimOne(store(), 1000);
      await store().endDelivery(held, { kind: 'held', error: 'nobody can look' });
      await store().addDelivery('a', slot('a', 2000));
      await store().addDelivery('a', slot('a', 3000));
      const posted = await claimOne(store(), 2000);
      await store().endDelivery(posted, {
        kind: 'posted',
        at: 2001,
        evidence: 'answer',
        deliveredUntil: 2000,
        items: [{ key: 'k', hash: 'h' }],
      });

      expect(await store().removeSubscription('a')).toBe(true);
      expect(await store().removeSubscription('a')).toBe(false);

      expect(await store().subscription('a')).toBeUndefined();
      expect(await stateOf(store(), 'a@1000')).toBe('skipped');
      expect(await stateOf(store(), 'a@2000')).toBe('posted');
      expect(await stateOf(store(), 'a@3000')).toBe('skipped');
      expect(await store().postedItems('a', ['k'])).toEqual([]);
      expect(await store().claimDeliveries(claimAt(9000))).toEqual([]);
      expect(await store().redrive('a@1000', 9000, 9999)).toBe(false);
    });
  });

  describe('planning', () => {
    it('puts each due slot into the ledger and moves on', async () => {
      await store().addSubscription(subscription('a'));
      await store().addSubscription(subscription('b', { nextSlotAt: 1001 }));
      await store().addSubscription(subscription('c', { nextSlotAt: null }));

      expect(await store().planDue(999, 10, planEach1000)).toBe(0);
      expect(await store().planDue(1000, 10, planEach1000)).toBe(1);

      expect(await store().delivery('a@1000')).toEqual({
        id: 'a@1000',
        subscription: 'a',
        destination: channel('C-a'),
        slotAt: 1000,
        period: 'p1000',
        merged: 0,
        state: 'pending',
        notBefore: 1000,
        deadline: 1500,
        leaseOwner: null,
        leaseUntil: null,
        fence: 0,
        attempt: 0,
        firstTryAt: null,
        lastTryAt: null,
        payload: null,
        posted: [],
        postedAt: null,
        evidence: null,
        lastError: null,
      });
      expect(await store().subscription('a')).toEqual(subscription('a', { nextSlotAt: 2000 }));
    });

    it('keeps that slots were merged or came too late', async () => {
      await store().addSubscription(subscription('a'));
      await store().addSubscription(subscription('b'));

      await store().planDue(9000, 10, ({ id }) => ({
        delivery: slot(
          id,
          8000,
          id === 'a' ? { merged: 7 } : { state: 'skipped', lastError: 'too late\u0000' },
        ),
        nextSlotAt: id === 'a' ? 10_000 : null,
      }));

      expect(await store().delivery('a@8000')).toMatchObject({ merged: 7, state: 'pending' });
      expect(await store().missedBetween('b', 8000, 8001)).toMatchObject([{ id: 'b@8000' }]);
      expect(await store().missedBetween('b', 0, 8000)).toEqual([]);
      expect(await store().subscription('b')).toMatchObject({ nextSlotAt: null });
    });

    it('may move the next slot without a delivery', async () => {
      await store().addSubscription(subscription('a'));

      expect(await store().planDue(1000, 10, () => ({ nextSlotAt: 5000 }))).toBe(1);

      expect(await store().deliveries({ limit: 10 })).toEqual([]);
      expect(await store().planDue(4999, 10, planEach1000)).toBe(0);
    });

    it('leaves what stands for the slot or the period', async () => {
      await store().addSubscription(subscription('a'));
      await store().addDelivery('a', slot('a', 900, { period: 'monday' }));

      await store().planDue(1000, 10, () => ({
        delivery: slot('a', 1000, { period: 'monday' }),
        nextSlotAt: 2000,
      }));

      expect((await store().deliveries({ limit: 10 })).map(({ id }) => id)).toEqual(['a@900']);
      const again = await store().addDelivery('a', slot('a', 900, { id: 'other', period: 'tuesday' }));
      expect(again).toMatchObject({ id: 'a@900', period: 'monday' });
      expect(await store().addDelivery('a', slot('a', 950, { period: 'monday' }))).toMatchObject({
        id: 'a@900',
      });
      expect((await store().subscription('a'))?.nextSlotAt).toBe(2000);
    });

    it('writes nothing of a part that fails, and at most two hundred at a time', async () => {
      const many = Array.from({ length: 201 }, (_, index) => subscription(`s${index}`));
      await Promise.all(many.map((one) => store().addSubscription(one)));

      const failing = store().planDue(1000, 10, () => {
        throw new Error('no plan');
      });
      await expect(failing).rejects.toThrow('no plan');
      expect(await store().deliveries({ limit: 1 })).toEqual([]);

      expect(await store().planDue(1000, 9999, planEach1000)).toBe(200);
      expect(await store().planDue(1000, 9999, planEach1000)).toBe(1);
      expect((await store().deliveryCounts()).pending).toBe(201);
    });

    it('by several replicas at once doubles and loses nothing', async () => {
      const replicas = [store(), await openAnother(), await openAnother()];
      const ids = Array.from({ length: 120 }, (_, index) => `s${index}`);
      await Promise.all(ids.map((id) => store().addSubscription(subscription(id))));

      const planAll = async (replica: (typeof replicas)[number]): Promise<void> => {
        while ((await replica.planDue(3500, 20, planEach1000)) > 0);
      };
      await Promise.all(replicas.map(planAll));
      // Of a part that another replica had locked, nobody was told.
      await planAll(store());

      expect(await store().deliveryCounts()).toMatchObject({ pending: 360 });
      expect((await store().subscriptions()).every(({ nextSlotAt }) => nextSlotAt === 4000)).toBe(true);
    });

    it('is refused for a subscription that is gone', async () => {
      await expect(store().addDelivery('nobody', slot('nobody', 1000))).rejects.toMatchObject({
        code: 'subscription-missing',
      });
    });
  });

  describe('those who want to know at once', () => {
    it('are behind while nothing of theirs is under way', async () => {
      const atOnce = { timing: { kind: 'at-once' }, nextSlotAt: null } as const;
      await store().addSubscription(subscription('a', { ...atOnce, deliveredUntil: 300 }));
      await store().addSubscription(subscription('b', { ...atOnce, deliveredUntil: 200 }));
      await store().addSubscription(subscription('c', { ...atOnce, paused: true }));
      await store().addSubscription(subscription('d'));
      const behind = async (before: number, limit = 10) =>
        (await store().atOnceBehind(before, limit)).map(({ id }) => id);

      expect(await behind(300)).toEqual(['b']);
      expect(await behind(301)).toEqual(['b', 'a']);
      expect(await behind(301, 1)).toEqual(['b']);

      await store().addDelivery('b', slot('b', 1000));
      expect(await behind(301)).toEqual(['a']);
      const claimed = await claimOne(store(), 1000);
      expect(await behind(301)).toEqual(['a']);
      await store().endDelivery(claimed, { kind: 'empty', at: 1001, deliveredUntil: 1000 });
      expect(await behind(1000)).toEqual(['a']);
      expect(await behind(1001)).toEqual(['a', 'b']);
    });
  });
}
