import { describe, expect, it } from 'vitest';
import type { StoredConversation, StoredMute, StoredWatch } from '../../src/store/delivery-types.ts';
import {
  addPending,
  channel,
  claimAt,
  person,
  postedEnd,
  type StoresUnderTest,
  slot,
  subscription,
} from '../store/delivery-fixtures.ts';

/** What every store promises of watches, mutes, the audit, conversations and events, and of forgetting what is old. */
export function deliveryReadersContract({ store, openAnother }: StoresUnderTest): void {
  describe('the ledger', () => {
    it('is read by subscription and state, newest slot first', async () => {
      for (const id of ['a', 'b']) {
        await store().addSubscription(subscription(id));
        for (const slotAt of [1000, 2000]) await store().addDelivery(id, slot(id, slotAt));
      }
      for (const one of await store().claimDeliveries(claimAt(1500))) {
        await store().endDelivery(one, { kind: 'dead', error: 'archived' });
      }
      const ids = async (where: Parameters<ReturnType<typeof store>['deliveries']>[0]) =>
        (await store().deliveries(where)).map(({ id }) => id);

      expect(await ids({ limit: 3 })).toEqual(['b@2000', 'a@2000', 'b@1000']);
      expect(await ids({ limit: 3, order: 'oldest' })).toEqual(['a@1000', 'b@1000', 'a@2000']);
      expect(await ids({ states: ['dead', 'posted'], limit: 9 })).toEqual(['b@1000', 'a@1000']);
      expect(await ids({ subscription: 'a', limit: 9 })).toEqual(['a@2000', 'a@1000']);
      expect(await ids({ subscription: 'a', states: ['pending'], limit: 9 })).toEqual(['a@2000']);
      expect(await ids({ states: [], limit: 9 })).toEqual([]);
      expect(await store().deliveryCounts()).toEqual({
        pending: 2,
        sending: 0,
        uncertain: 0,
        held: 0,
        posted: 0,
        empty: 0,
        skipped: 0,
        dead: 2,
      });
    });
  });

  describe('the last planned slot', () => {
    it('is the newest that came by the schedule, whatever became of it', async () => {
      await store().addSubscription(subscription('a'));
      await store().addSubscription(subscription('b'));
      expect(await store().lastPlannedSlot('a')).toBeNull();
      await store().addDelivery('a', slot('a', 1000, { period: '2026-11-23' }));
      await store().addDelivery('a', slot('a', 2000, { period: '2026-W48', state: 'skipped' }));
      await store().addDelivery('a', slot('a', 3000, { period: 'now 2026-11-25T10:00' }));
      await store().addDelivery('a', slot('a', 4000, { period: 'until 1790000000000' }));
      await store().addDelivery('b', slot('b', 5000, { period: '2026-11-26' }));

      expect(await store().lastPlannedSlot('a')).toBe(2000);
      expect(await store().lastPlannedSlot('nosuch')).toBeNull();
    });
  });

  describe('watches', () => {
    const watch = (entity: string, changes: Partial<StoredWatch> = {}): StoredWatch => ({
      person,
      entity,
      name: 'Paper Tiger',
      mode: 'once',
      createdAt: 1,
      ...changes,
    });

    it('are kept for each person, with how they asked last', async () => {
      const other = { ...person, id: 'U0002' };
      const guest = { ...person, workspace: 'T0002' };
      await store().addWatch(watch('intrusion-set--2', { createdAt: 2 }));
      await store().addWatch(watch('intrusion-set--1'));
      await store().addWatch(watch('intrusion-set--1', { person: other, createdAt: 3 }));
      await store().addWatch(watch('intrusion-set--1', { person: guest, createdAt: 4 }));
      await store().addWatch(watch('intrusion-set--1', { mode: 'digest', createdAt: 5 }));

      expect(await store().watches({ person })).toEqual([
        watch('intrusion-set--1', { mode: 'digest' }),
        watch('intrusion-set--2', { createdAt: 2 }),
      ]);
      expect(await store().watches({ workspace: { platform: 'slack', id: 'T0001' } })).toHaveLength(3);
      expect(await store().watches()).toHaveLength(4);
    });

    it('end when they are taken back', async () => {
      await store().addWatch(watch('intrusion-set--1'));

      expect(await store().removeWatch({ ...person, platform: 'teams' }, 'intrusion-set--1')).toBe(false);
      expect(await store().removeWatch(person, 'intrusion-set--1')).toBe(true);
      expect(await store().removeWatch(person, 'intrusion-set--1')).toBe(false);
      expect(await store().watches()).toEqual([]);
    });
  });

  describe('mutes', () => {
    const mute = (changes: Partial<StoredMute> = {}): StoredMute => ({
      destination: channel('C1'),
      kind: 'actor',
      target: 'intrusion-set--1',
      label: 'Paper Tiger',
      until: 5000,
      by: person,
      createdAt: 1,
      ...changes,
    });

    it('are in force until their end, at their place', async () => {
      const forever = mute({ kind: 'source', target: 'noisy-feed', until: null, createdAt: 2 });
      await store().addMute(mute());
      await store().addMute(forever);

      expect(await store().mutes(channel('C1'), 4999)).toEqual([mute(), forever]);
      expect(await store().mutes(channel('C1'), 5000)).toEqual([forever]);
      expect(await store().mutes(channel('C2'), 4999)).toEqual([]);
    });

    it('take the place of earlier ones, and are lifted', async () => {
      await store().addMute(mute());
      await store().addMute(mute({ until: 9000, createdAt: 3 }));

      expect(await store().mutes(channel('C1'), 6000)).toEqual([mute({ until: 9000, createdAt: 3 })]);
      expect(await store().removeMute(channel('C1'), 'item', 'intrusion-set--1')).toBe(false);
      expect(await store().removeMute(channel('C1'), 'actor', 'intrusion-set--1')).toBe(true);
      expect(await store().mutes(channel('C1'), 6000)).toEqual([]);
    });
  });

  describe('the audit', () => {
    it('tells who changed what, newest first, by workspace', async () => {
      const event = (at: number, action: string, by = person) => ({
        at,
        by,
        action,
        target: 'aaaaaaaaa1',
        detail: { was: null, is: { text: 'daily\u0000', list: [1, 'two'] } },
      });
      const operator = { platform: 'cli', workspace: 'local', id: 'root' } as const;
      await store().noteAudit(event(1000, 'subscription.add'));
      await store().noteAudit(event(2000, 'subscription.pause'));
      await store().noteAudit(event(2000, 'subscription.resume'));
      await store().noteAudit(event(1500, 'subscription.remove', operator));
      const actions = async (where: Parameters<ReturnType<typeof store>['auditEvents']>[0]) =>
        (await store().auditEvents(where)).map(({ action }) => action.replace('subscription.', ''));

      expect(await actions({ since: 0, limit: 9 })).toEqual(['resume', 'pause', 'remove', 'add']);
      expect(await actions({ since: 1500, limit: 2 })).toEqual(['resume', 'pause']);
      expect(await actions({ since: 0, workspace: { platform: 'cli', id: 'local' }, limit: 9 })).toEqual([
        'remove',
      ]);
      expect((await store().auditEvents({ since: 0, limit: 9 }))[3]).toEqual(event(1000, 'subscription.add'));
    });
  });

  describe('conversations', () => {
    const conversation = (seenAt: number, changes: Partial<StoredConversation> = {}): StoredConversation => ({
      destination: channel('19:a@thread.tacv2', { platform: 'teams', kind: 'channel' }),
      reference: { serviceUrl: 'https://teams.example/', tenantId: 'tenant-1' },
      seenAt,
      goneReason: null,
      ...changes,
    });

    it('are known as they were seen last, whichever word of them came last', async () => {
      await store().rememberConversation(conversation(1000));
      await store().rememberConversation(conversation(3000, { goneReason: 'the app was removed' }));
      await store().rememberConversation(conversation(2000, { reference: { old: true } }));

      const { destination } = conversation(0);
      expect(await store().conversation(destination)).toEqual(
        conversation(3000, { goneReason: 'the app was removed' }),
      );
      await store().rememberConversation(conversation(4000));
      expect(await store().conversations('teams')).toEqual([conversation(4000)]);
      expect(await store().conversations('slack')).toEqual([]);
      expect(await store().conversation({ ...destination, workspace: 'other' })).toBeUndefined();
    });
  });

  describe('an event', () => {
    it('is seen first by one of several replicas, and again when its life is over', async () => {
      const replicas = [store(), await openAnother(), await openAnother()];
      const key = `slack:${'Ev'.repeat(3000)}\u0000`;

      const seen = await Promise.all(replicas.map((replica) => replica.firstSight(key, 1000, 600)));

      expect(seen.filter(Boolean)).toHaveLength(1);
      expect(await store().firstSight(key, 1599, 600)).toBe(false);
      expect(await store().firstSight(key, 1600, 600)).toBe(true);
      expect(await store().firstSight(key, 2199, 600)).toBe(false);
      expect(await store().firstSight('slack:other', 1000, 600)).toBe(true);
    });
  });

  describe('what is old', () => {
    it('is deleted where it is over, in parts', async () => {
      for (const id of ['a', 'b', 'c']) await addPending(store(), subscription(id));
      const [a, b] = await store().claimDeliveries(claimAt(1000, { limit: 2 }));
      if (a === undefined || b === undefined) throw new Error('not claimed');
      await store().noteTry(a, 1000, 1500);
      for (const one of [a, b]) {
        await store().endDelivery(one, { ...postedEnd, items: [{ key: 'k', hash: 'h' }] });
      }
      await store().noteAudit({ at: 1000, by: person, action: 'a', target: 't', detail: {} });
      await store().firstSight('key', 1000, 500);
      const trim = (at: number, limit: number) =>
        store().trimDeliveries({ now: at, deliveries: at, postedItems: at, audit: at }, limit);

      expect(await trim(1000, 10)).toEqual({ deliveries: 0, postedItems: 0, audit: 0, expired: 0 });
      expect(await trim(1500, 1)).toEqual({ deliveries: 1, postedItems: 1, audit: 1, expired: 2 });
      expect(await trim(1500, 10)).toEqual({ deliveries: 1, postedItems: 1, audit: 0, expired: 0 });
      expect((await store().deliveries({ limit: 9 })).map(({ id }) => id)).toEqual(['c@1000']);
      expect(await store().postedItems('a', ['k'])).toEqual([]);
    });
  });

  describe('the clock that replicas share', () => {
    it('tells the time in milliseconds', async () => {
      const before = Date.now();

      const shared = await store().sharedTime();

      // The server of the tests is on this machine.
      expect(shared).toBeGreaterThanOrEqual(before - 5);
      expect(shared).toBeLessThanOrEqual(Date.now() + 5);
    });
  });
}
