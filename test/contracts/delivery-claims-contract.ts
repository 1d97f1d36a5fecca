import { describe, expect, it } from 'vitest';
import {
  addPending,
  channel,
  claimAt,
  claimOne,
  postedEnd,
  type StoresUnderTest,
  slot,
  stateOf,
  subscription,
} from '../store/delivery-fixtures.ts';

/** What every store promises of who may send what, and when. */
export function claimsContract({ store, openAnother }: StoresUnderTest): void {
  const idsAt = async (now: number, changes: object = {}): Promise<readonly string[]> =>
    (await store().claimDeliveries(claimAt(now, changes))).map(({ id }) => id);

  describe('claiming', () => {
    it('gives what is due, with a lease and a fence one higher', async () => {
      await addPending(store(), subscription('a'));

      expect(await idsAt(999)).toEqual([]);
      expect(await idsAt(1000, { platform: 'teams' })).toEqual([]);
      expect(await claimOne(store(), 1000)).toMatchObject({
        id: 'a@1000',
        state: 'sending',
        leaseOwner: 'one',
        leaseUntil: 1100,
        fence: 1,
      });
      expect(await idsAt(1000)).toEqual([]);
    });

    it('takes the oldest slots first, as many as are asked for', async () => {
      for (const [id, slotAt] of [
        ['a', 300],
        ['b', 100],
        ['c', 200],
      ] as const) {
        await store().addSubscription(subscription(id));
        await store().addDelivery(id, slot(id, slotAt));
      }

      expect(await idsAt(1000, { limit: 2 })).toEqual(['b@100', 'c@200']);
      expect(await idsAt(1000, { limit: 2 })).toEqual(['a@300']);
    });

    it('sends one at a time to each place, whichever subscription it belongs to', async () => {
      const destination = channel('C1');
      await addPending(store(), subscription('a', { destination }), subscription('b', { destination }));
      await addPending(store(), subscription('c', { destination: { ...destination, workspace: 'T0002' } }));

      expect(await idsAt(1000)).toEqual(['a@1000', 'c@1000']);
      expect(await idsAt(1000)).toEqual([]);
      await store().endDelivery({ id: 'a@1000', fence: 1 }, postedEnd);
      expect(await idsAt(1000)).toEqual(['b@1000']);
    });

    it('finds the few that may go behind many that may not', async () => {
      const destination = channel('C1');
      const crowd = Array.from({ length: 250 }, (_, index) => subscription(`a${index}`, { destination }));
      await Promise.all(crowd.map((one) => addPending(store(), one)));
      await addPending(store(), subscription('b'));

      expect(await idsAt(1000, { limit: 2 })).toEqual(['a0@1000', 'b@1000']);
      expect(await idsAt(1000, { limit: 2 })).toEqual([]);
    });

    it('keeps the slots of a subscription in their order', async () => {
      await addPending(store(), subscription('a'));
      await store().addDelivery('a', slot('a', 2000));

      const first = await claimOne(store(), 2000);
      await store().endDelivery(first, {
        kind: 'retry',
        notBefore: 5000,
        error: 'later',
        countsAttempt: false,
      });

      expect(await idsAt(2000)).toEqual([]);
      expect(await idsAt(5000)).toEqual(['a@1000']);
      await store().endDelivery({ id: 'a@1000', fence: 2 }, postedEnd);
      expect(await idsAt(5000)).toEqual(['a@2000']);
    });

    it('lets one that has to wait for its elder hold up nobody else at the place', async () => {
      const destination = channel('C1');
      await addPending(store(), subscription('a', { destination }));
      const elder = await claimOne(store(), 1000);
      await store().endDelivery(elder, { kind: 'uncertain', settleAt: 9000, error: 'no answer' });
      await store().addDelivery('a', slot('a', 1500));
      await store().addSubscription(subscription('b', { destination }));
      await store().addDelivery('b', slot('b', 2000));

      expect(await idsAt(3000)).toEqual(['b@2000']);
    });

    it('passes over what is held for a person', async () => {
      await addPending(store(), subscription('a'));
      await store().endDelivery(await claimOne(store(), 1000), { kind: 'held', error: 'nobody can look' });
      await store().addDelivery('a', slot('a', 2000));

      expect(await idsAt(2000)).toEqual(['a@2000']);
    });

    it('by name takes that one alone, out of its turn but not out of its order', async () => {
      const destination = channel('C1');
      await addPending(store(), subscription('a', { destination }), subscription('b', { destination }));
      await store().addDelivery('b', slot('b', 1001));

      expect(await idsAt(2000, { only: 'b@1001' })).toEqual([]);
      expect(await idsAt(2000, { only: 'nothing' })).toEqual([]);
      expect(await idsAt(2000, { only: 'b@1000' })).toEqual(['b@1000']);
      expect(await idsAt(2000, { only: 'a@1000' })).toEqual([]);
    });

    it('leaves a place alone for as long as was asked, over all replicas', async () => {
      const destination = channel('C1');
      await addPending(store(), subscription('a', { destination }), subscription('b', { destination }));
      const replica = await openAnother();
      const first = await claimOne(store(), 1000);

      await store().noteTry(first, 1000, 2000);
      await store().endDelivery(first, postedEnd);
      await replica.pausePlace(destination, 1500);

      expect(await replica.claimDeliveries(claimAt(1999))).toEqual([]);
      await replica.pausePlace(destination, 3000);
      expect(await replica.claimDeliveries(claimAt(2999))).toEqual([]);
      expect(await replica.claimDeliveries(claimAt(3000))).toHaveLength(1);
    });

    it('by several replicas at once gives each delivery to one', async () => {
      const replicas = [store(), await openAnother(), await openAnother()];
      const ids = Array.from({ length: 60 }, (_, index) => `s${index}`);
      const places = ids.map((_, index) => channel(`C${index % 20}`));
      await Promise.all(
        ids.map((id, index) =>
          addPending(store(), subscription(id, { destination: places[index] ?? channel('C') })),
        ),
      );

      const rounds: string[][] = [];
      for (let now = 1000; rounds.flat().length < ids.length && now < 1100; now += 1) {
        // One replica's clock is ahead, one is behind.
        const claims = await Promise.all(
          replicas.map((replica, index) =>
            replica.claimDeliveries(claimAt(now + 1 + index, { owner: `${index}`, limit: 7 })),
          ),
        );
        const claimed = claims.flat();
        expect(new Set(claimed.map(({ destination }) => destination.id)).size).toBe(claimed.length);
        for (const one of claimed) await store().endDelivery(one, postedEnd);
        rounds.push(claimed.map(({ id }) => id));
      }

      expect(rounds.flat().sort()).toEqual(ids.map((id) => `${id}@1000`).sort());
      expect((await store().deliveryCounts()).posted).toBe(60);
    });
  });

  describe('what is uncertain', () => {
    it('is claimed to be settled when its time has come, and not to be sent', async () => {
      await addPending(store(), subscription('a'));
      const first = await claimOne(store(), 1000);
      await store().noteTry(first, 1001);
      await store().endDelivery(first, { kind: 'uncertain', settleAt: 1500, error: 'no answer' });

      expect(await idsAt(9000)).toEqual([]);
      expect(await store().claimUncertain(claimAt(1499))).toEqual([]);
      const [settling] = await store().claimUncertain(claimAt(1500));

      expect(settling).toMatchObject({ id: 'a@1000', fence: 2, lastTryAt: 1001, lastError: 'no answer' });
      if (settling === undefined) return;
      await store().endDelivery(settling, { ...postedEnd, evidence: 'found' });
      expect(await store().delivery('a@1000')).toMatchObject({ state: 'posted', evidence: 'found' });
    });

    it('waits while something else is sent to its place', async () => {
      const destination = channel('C1');
      await addPending(store(), subscription('a', { destination }), subscription('b', { destination }));
      await store().endDelivery(await claimOne(store(), 1000), {
        kind: 'uncertain',
        settleAt: 1200,
        error: 'no answer',
      });
      const other = await claimOne(store(), 1100);

      expect(other.id).toBe('b@1000');
      expect(await store().claimUncertain(claimAt(1300))).toEqual([]);
      await store().endDelivery(other, postedEnd);
      expect(await store().claimUncertain(claimAt(1300))).toHaveLength(1);
    });
  });

  describe('a lease that ran out', () => {
    const settleAt = (lastTryAt: number): number => lastTryAt + 40;

    it('puts back what was surely not sent, and leaves the rest in doubt', async () => {
      await addPending(store(), subscription('a'), subscription('b'));
      const [a, b] = await store().claimDeliveries(claimAt(1000));
      if (a === undefined || b === undefined) throw new Error('not claimed');
      await store().freezePayload(a, '{}');
      await store().noteTry(b, 1010);

      expect(await store().expireLeases(1099, settleAt)).toBe(0);
      expect(await store().expireLeases(1100, settleAt)).toBe(2);
      expect(await store().expireLeases(1100, settleAt)).toBe(0);

      expect(await store().delivery(a.id)).toMatchObject({ state: 'pending', attempt: 0, leaseOwner: null });
      expect(await store().delivery(b.id)).toMatchObject({
        state: 'uncertain',
        attempt: 1,
        notBefore: 1050,
        leaseUntil: null,
      });
    });

    it('is told from one that was given by a clock that was hours ahead', async () => {
      await addPending(store(), subscription('a'));
      await claimOne(store(), 50_000_000);

      expect(await store().expireLeases(1000, settleAt)).toBe(1);
      expect(await stateOf(store(), 'a@1000')).toBe('pending');
    });

    it('is counted once by several replicas', async () => {
      await addPending(store(), subscription('a'), subscription('b'));
      await store().claimDeliveries(claimAt(1000));
      const replicas = [store(), await openAnother(), await openAnother()];

      const counts = await Promise.all(replicas.map((one) => one.expireLeases(2000, settleAt)));

      expect(counts.reduce((sum, count) => sum + count)).toBe(2);
    });

    it('skips what a removed subscription no longer wants', async () => {
      await addPending(store(), subscription('a'));
      await claimOne(store(), 1000);
      await store().removeSubscription('a');

      await store().expireLeases(2000, settleAt);

      expect(await stateOf(store(), 'a@1000')).toBe('skipped');
    });
  });
}
