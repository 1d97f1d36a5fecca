import { describe, expect, it } from 'vitest';
import type { DeliveryEnd, StoredMute } from '../../src/store/delivery-types.ts';
import {
  addPending,
  channel,
  claimAt,
  claimOne,
  person,
  postedEnd,
  type StoresUnderTest,
  slot,
  stateOf,
  subscription,
} from '../store/delivery-fixtures.ts';

const mute: Omit<StoredMute, 'destination'> = {
  kind: 'source',
  target: 'acme',
  label: 'acme',
  until: null,
  by: person,
  createdAt: 100,
};

/** What every store promises to the holder of a lease, and against everybody else. */
export function holdsContract({ store, openAnother }: StoresUnderTest): void {
  const hold = async (id = 'a') => {
    await addPending(store(), subscription(id));
    return claimOne(store(), 1000);
  };

  describe('the holder of a delivery', () => {
    it('freezes what is posted, until a part of it stands', async () => {
      const held = await hold();

      expect(await store().freezePayload(held, '{"a":1}')).toBe(true);
      expect(await store().freezePayload(held, '{"a":"\u0000"}')).toBe(true);
      expect(await store().notePart(held, { part: 0, messageId: '1.2' })).toBe(true);
      expect(await store().freezePayload(held, '{"a":3}')).toBe(false);
      expect((await store().delivery(held.id))?.payload).toBe('{"a":"\u{fffd}"}');
      expect(await store().freezePayload(held, '{"a":4}', 'begun')).toBe(true);
    });

    it('notes parts in their order, each once', async () => {
      const held = await hold();

      await Promise.all([
        store().notePart(held, { part: 1, messageId: 'second' }),
        store().notePart(held, { part: 0, messageId: 'first' }),
      ]);
      await store().notePart(held, { part: 1, messageId: 'again' });

      expect((await store().delivery(held.id))?.posted).toEqual([
        { part: 0, messageId: 'first' },
        { part: 1, messageId: 'again' },
      ]);
    });

    it('counts a claim under which requests went out as one attempt', async () => {
      const held = await hold();

      await store().noteTry(held, 1010);
      await store().noteTry(held, 1020);
      await store().endDelivery(held, { kind: 'uncertain', settleAt: 1100, error: 'no answer' });
      const [settling] = await store().claimUncertain(claimAt(1200));

      expect(settling).toMatchObject({ attempt: 1, firstTryAt: 1010, lastTryAt: 1020 });
    });

    it('writes for itself alone, however many write at the same moment', async () => {
      const ids = Array.from({ length: 45 }, (_, index) => `s${String(index).padStart(2, '0')}`);
      await addPending(store(), ...ids.map((id) => subscription(id)));
      await store().addMute({ ...mute, destination: channel('C-s07') });
      const held = await store().claimDeliveries(claimAt(1000));
      const lost = (index: number): boolean => index % 9 === 4;
      const holds = held.map(({ id, fence }, index) => ({ id, fence: lost(index) ? fence - 1 : fence }));
      const each = <T>(work: (one: { id: string; fence: number }, index: number) => Promise<T>) =>
        Promise.all(holds.map(work));
      const expected = holds.map((_, index) => !lost(index));

      expect(await each((one, index) => store().freezePayload(one, `{"of":${index}}`))).toEqual(expected);
      expect(await each((one, index) => store().noteTry(one, 1010 + index, 2000))).toEqual(expected);
      const [parts] = await Promise.all([
        each((one, index) => store().notePart(one, { part: 0, messageId: `m${index}` })),
        store().renewDeliveries(holds.toReversed(), 3000),
      ]);
      expect(parts).toEqual(expected);
      const ends = (index: number): DeliveryEnd =>
        index % 3 === 0
          ? { ...postedEnd, deliveredUntil: 1500 + index, items: [{ key: `item ${index}`, hash: 'h' }] }
          : index % 3 === 1
            ? { kind: 'empty', at: 1500, deliveredUntil: 1500 + index }
            : { kind: 'retry', notBefore: 4000, error: `no ${index}`, countsAttempt: false };
      const [ended] = await Promise.all([
        each((one, index) => store().endDelivery(one, ends(index))),
        store().renewDeliveries(holds, 3100),
      ]);
      expect(ended).toEqual(expected);

      const after = await Promise.all(holds.map(({ id }) => store().delivery(id)));
      after.forEach((delivery, index) => {
        const state = lost(index) ? 'sending' : ['posted', 'empty', 'pending'][index % 3];
        expect(delivery).toMatchObject({ state, posted: lost(index) ? [] : [{ messageId: `m${index}` }] });
      });
      const told = await Promise.all(
        held.map((one, index) => store().postedItems(one.subscription, [`item ${index}`, 'item 0', 'none'])),
      );
      expect(told.map((items) => items.map(({ key }) => key))).toEqual(
        holds.map((_, index) => (!lost(index) && index % 3 === 0 ? [`item ${index}`] : [])),
      );
      const windows = await Promise.all(held.map((one) => store().subscription(one.subscription)));
      expect(windows.map((one) => one?.deliveredUntil)).toEqual(
        holds.map((_, index) => (lost(index) || index % 3 === 2 ? 100 : 1500 + index)),
      );
      const mutes = await Promise.all(held.map(({ destination }) => store().mutes(destination, 1000)));
      expect(mutes.flatMap((some, index) => some.map(() => held[index]?.destination.id))).toEqual(['C-s07']);
    });

    it.each([
      [true, 1],
      [false, 0],
    ])('is not charged for a refusal for rate (%s: %i)', async (countsAttempt, attempt) => {
      const held = await hold();
      await store().noteTry(held, 1010);

      await store().endDelivery(held, { kind: 'retry', notBefore: 1300, error: '429', countsAttempt });

      expect(await store().claimDeliveries(claimAt(1299))).toEqual([]);
      expect(await claimOne(store(), 1300)).toMatchObject({ attempt, fence: 2, lastError: '429' });
    });

    it('leaves no doubt behind when a refusal was sure', async () => {
      const held = await hold();
      await store().noteTry(held, 1010);
      await store().endDelivery(held, { kind: 'retry', notBefore: 1100, error: '429', countsAttempt: false });
      await claimOne(store(), 1100);

      await store().expireLeases(9000, (at) => at);

      expect(await stateOf(store(), held.id)).toBe('pending');
    });

    it('renews its leases, and hears which of them are lost', async () => {
      await addPending(store(), subscription('a'), subscription('b'));
      const [a, b] = await store().claimDeliveries(claimAt(1000));
      if (a === undefined || b === undefined) throw new Error('not claimed');
      await store().endDelivery(b, postedEnd);

      const kept = await store().renewDeliveries([a, b, { id: a.id, fence: 7 }, { id: 'x', fence: 1 }], 5000);

      expect(kept).toEqual([{ id: a.id, fence: 1 }]);
      expect(await store().renewDeliveries([], 5000)).toEqual([]);
      expect(await store().expireLeases(4999, (at) => at)).toBe(0);
    });
  });

  describe('the end of a delivery', () => {
    const posted = {
      kind: 'posted',
      at: 1100,
      evidence: 'answer',
      deliveredUntil: 1050,
      items: [
        { key: 'item 1', hash: 'x' },
        { key: 'k'.repeat(5000), hash: 'y' },
      ],
    } as const;

    it('moves the window and remembers the items, when it was posted', async () => {
      const held = await hold();
      await store().freezePayload(held, '{}');

      expect(await store().endDelivery(held, posted)).toBe(true);

      expect(await store().delivery(held.id)).toMatchObject({
        state: 'posted',
        postedAt: 1100,
        evidence: 'answer',
        leaseOwner: null,
        leaseUntil: null,
        payload: null,
        lastError: null,
      });
      expect(await store().subscription('a')).toMatchObject({ deliveredUntil: 1050, lastPostedAt: 1100 });
      expect(await store().postedItems('a', ['none', 'k'.repeat(5000), 'item 1', 'item 1'])).toEqual([
        { key: 'k'.repeat(5000), hash: 'y' },
        { key: 'item 1', hash: 'x' },
      ]);
      expect(await store().postedItems('b', ['item 1'])).toEqual([]);
    });

    it('replaces what an item said, and never moves the window back', async () => {
      await store().endDelivery(await hold(), posted);
      await store().addDelivery('a', slot('a', 2000));

      await store().endDelivery(await claimOne(store(), 2000), {
        ...posted,
        at: 900,
        deliveredUntil: 1000,
        items: [{ key: 'item 1', hash: 'z' }],
      });

      expect(await store().subscription('a')).toMatchObject({ deliveredUntil: 1050, lastPostedAt: 1100 });
      expect(await store().postedItems('a', ['item 1'])).toEqual([{ key: 'item 1', hash: 'z' }]);
    });

    it('takes thousands of items', async () => {
      const items = Array.from({ length: 2500 }, (_, index) => ({ key: `item ${index}`, hash: 'x' }));

      await store().endDelivery(await hold(), { ...posted, items });

      expect(await store().postedItems('a', [...items.map(({ key }) => key), 'other'])).toHaveLength(2500);
    });

    it('moves the window when there was nothing to say', async () => {
      const held = await hold();

      await store().endDelivery(held, { kind: 'empty', at: 1100, deliveredUntil: 1050 });

      expect(await stateOf(store(), held.id)).toBe('empty');
      expect(await store().subscription('a')).toMatchObject({ deliveredUntil: 1050, lastPostedAt: null });
    });

    it.each(['held', 'skipped', 'dead'] as const)('as %s leaves the window alone', async (kind) => {
      const held = await hold();
      await store().freezePayload(held, '{}');

      await store().endDelivery(held, { kind, error: 'why' });

      expect(await store().delivery(held.id)).toMatchObject({
        state: kind,
        lastError: 'why',
        payload: '{}',
      });
      expect(await store().subscription('a')).toMatchObject({ deliveredUntil: 100 });
      expect(await store().missedBetween('a', 1000, 1001)).toHaveLength(kind === 'held' ? 0 : 1);
    });

    it('skips what is to be tried again for a subscription that was paused or removed meanwhile', async () => {
      const retry = { kind: 'retry', notBefore: 0, error: '429', countsAttempt: false } as const;
      const a = await hold('a');
      const b = await hold('b');
      await store().changeSubscription('a', 1, { paused: true });
      await store().removeSubscription('b');

      expect(await store().endDelivery(a, retry)).toBe(true);
      expect(await store().endDelivery(b, retry)).toBe(true);

      expect(await stateOf(store(), a.id)).toBe('skipped');
      expect(await stateOf(store(), b.id)).toBe('skipped');
    });

    it('of what was posted for a removed subscription remembers nothing of it', async () => {
      const held = await hold();
      await store().removeSubscription('a');

      expect(await store().endDelivery(held, posted)).toBe(true);

      expect(await stateOf(store(), held.id)).toBe('posted');
      expect(await store().postedItems('a', ['item 1'])).toEqual([]);
    });
  });

  describe('a person who looked for what is held', () => {
    const holdIn = async (id: string, posted = 0) => {
      const held = await hold(id);
      for (let part = 0; part < posted; part += 1)
        await store().notePart(held, { part, messageId: `m${part}` });
      await store().noteTry(held, 1010);
      await store().endDelivery(held, { kind: 'held', error: 'nobody can look' });
      return held;
    };

    it('ends it as posted, and moves the window', async () => {
      const held = await holdIn('a');
      const whole = {
        kind: 'whole',
        at: 2000,
        deliveredUntil: 1900,
        items: [{ key: 'k', hash: 'h' }],
      } as const;

      expect(await store().settleHeld(held, { part: 0, messageId: '' }, whole)).toBe(true);
      expect(await store().settleHeld(held, { part: 0, messageId: '' }, whole)).toBe(false);

      expect(await store().delivery('a@1000')).toMatchObject({
        state: 'posted',
        postedAt: 2000,
        evidence: 'person',
        posted: [{ part: 0, messageId: '' }],
      });
      expect(await store().subscription('a')).toMatchObject({ deliveredUntil: 1900, lastPostedAt: 2000 });
      expect(await store().postedItems('a', ['k'])).toHaveLength(1);
    });

    it('lets the rest be posted, with attempts counted anew', async () => {
      const held = await holdIn('a', 1);

      const rest = { kind: 'rest', now: 3000, deadline: 9000 } as const;
      expect(await store().settleHeld(held, { part: 1, messageId: 'seen' }, rest)).toBe(true);

      expect(await claimOne(store(), 3000)).toMatchObject({
        attempt: 0,
        fence: 3,
        deadline: 9000,
        posted: [{ messageId: 'm0' }, { messageId: 'seen' }],
      });
    });

    it('finds it by its workspace', async () => {
      await holdIn('a');

      const of = (id: string) =>
        store().deliveries({ workspace: { platform: 'slack', id }, states: ['held'], limit: 5 });
      expect((await of('T0001')).map(({ id }) => id)).toEqual(['a@1000']);
      expect(await of('T0002')).toEqual([]);
    });
  });

  describe('a writer that is too late', () => {
    it('changes nothing', async () => {
      const late = await hold();
      await store().expireLeases(5000, (at) => at);
      const next = await claimOne(await openAnother(), 5000);
      const before = await store().delivery(late.id);
      const ends: readonly DeliveryEnd[] = [
        postedEnd,
        { kind: 'empty', at: 1, deliveredUntil: 9999 },
        { kind: 'retry', notBefore: 1, error: '', countsAttempt: true },
        { kind: 'uncertain', settleAt: 1, error: '' },
        { kind: 'dead', error: '' },
      ];

      expect(await store().freezePayload(late, 'late')).toBe(false);
      expect(await store().noteTry(late, 1)).toBe(false);
      expect(await store().noteTry(late, 1, 99_999)).toBe(false);
      expect(await store().notePart(late, { part: 0, messageId: 'late' })).toBe(false);
      expect(await store().renewDeliveries([late], 99_999)).toEqual([]);
      for (const end of ends) expect(await store().endDelivery(late, end)).toBe(false);

      expect(await store().delivery(late.id)).toEqual(before);
      expect(await store().subscription('a')).toEqual(subscription('a'));
      expect(await store().endDelivery(next, postedEnd)).toBe(true);
      expect(await store().endDelivery(next, postedEnd)).toBe(false);
    });

    it('is the later of two that end it at once', async () => {
      const held = await hold();
      const another = await openAnother();

      const ended = await Promise.all([
        store().endDelivery(held, postedEnd),
        another.endDelivery(held, { kind: 'dead', error: 'no' }),
      ]);

      expect(ended.filter(Boolean)).toHaveLength(1);
      expect(await stateOf(store(), held.id)).toBe(ended[0] ? 'posted' : 'dead');
    });
  });

  describe('driving again', () => {
    it('puts back what is dead, with attempts counted anew', async () => {
      const held = await hold();
      await store().freezePayload(held, '{}');
      await store().endDelivery(held, { kind: 'dead', error: 'archived' });

      expect(await store().redrive(held.id, 7000, 8000)).toBe(true);
      expect(await store().redrive(held.id, 7000, 8000)).toBe(false);
      expect(await store().redrive('nothing', 7000, 8000)).toBe(false);

      expect(await claimOne(store(), 7000)).toMatchObject({ attempt: 0, deadline: 8000, payload: '{}' });
      expect(await store().endDelivery({ id: held.id, fence: 1 }, postedEnd)).toBe(false);
    });

    it('asks the platform first about what is over and in doubt, not about what a person decided on', async () => {
      for (const [id, kind] of [
        ['a', 'dead'],
        ['b', 'held'],
        ['c', 'skipped'],
      ] as const) {
        const held = await hold(id);
        await store().noteTry(held, 1001);
        await store().endDelivery(held, { kind, error: 'no answer' });
        await store().redrive(held.id, 7000, 8000);
      }

      expect(await stateOf(store(), 'a@1000')).toBe('uncertain');
      expect(await stateOf(store(), 'b@1000')).toBe('pending');
      expect(await store().claimUncertain(claimAt(7000))).toHaveLength(2);
    });

    it('is not for what is over, or what a paused subscription does not want', async () => {
      const a = await hold('a');
      await store().endDelivery(a, postedEnd);
      const b = await hold('b');
      await store().endDelivery(b, { kind: 'dead', error: 'archived' });
      await store().changeSubscription('b', 1, { paused: true });

      expect(await store().redrive(a.id, 7000, 8000)).toBe(false);
      expect(await store().redrive(b.id, 7000, 8000)).toBe(false);
    });
  });
}
