import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DigestDesk } from '../../../src/chat/digest-desk.ts';
import { createDeadLetters } from '../../../src/schedule/dead-letters.ts';
import type { StoredDelivery } from '../../../src/store/delivery-types.ts';
import { allActions, readCard } from '../../helpers/reading.ts';
import {
  channel,
  direct,
  member,
  openSubscribers,
  type Subscribers,
  startsAt,
} from '../../helpers/subscribers.ts';

const now = Date.parse(startsAt);
const admin = { ...member, role: 'admin' } as const;
const other = { ...channel, id: 'T1/C2' };

describe('digests that could not be delivered, in chat', () => {
  let world: Subscribers;
  let woken: number;

  beforeEach(async () => {
    woken = 0;
    // The store is there as soon as anything is asked.
    const letters = (): NonNullable<DigestDesk['deadLetters']> =>
      createDeadLetters({ store: world.store, clock: { now: () => new Date(now) } }, () => {
        woken += 1;
      });
    const digests: DigestDesk = {
      requestNow: async () => ({ kind: 'queued' }),
      compose: async () => ({ isEmpty: true, messages: [], items: [] }),
      deadLetters: {
        of: (...args) => letters().of(...args),
        delivery: (...args) => letters().delivery(...args),
        redrive: (...args) => letters().redrive(...args),
        settle: (...args) => letters().settle(...args),
      },
    };
    world = await openSubscribers(digests);
  });
  afterEach(() => world.close());

  /** Subscribes a place, and lets its first delivery end so. */
  async function fail(kind: 'dead' | 'held', error: string, place = channel): Promise<StoredDelivery> {
    await world.say('subscribe daily 08:00', { place, asker: admin });
    const all = await world.store.subscriptions();
    const { id = '' } = all.at(-1) ?? {};
    await world.store.addDelivery(id, {
      id: `${all.length}`.repeat(32),
      slotAt: now,
      period: '2026-11-22',
      merged: 0,
      notBefore: now,
      deadline: now + 1_000,
      state: 'pending',
    });
    const [claimed] = await world.store.claimDeliveries({
      owner: 'one',
      now,
      leaseUntil: now + 60_000,
      limit: 1,
      platform: 'slack',
    });
    if (claimed === undefined) throw new Error('nothing was claimed');
    await world.store.endDelivery(claimed, { kind, error });
    return claimed;
  }

  const read = async (text: string, from: Parameters<Subscribers['say']>[1] = {}): Promise<string> =>
    readCard((await world.say(text, from)).card);

  it('says so when there are none', async () => {
    expect(await read('digest dead')).toContain('Nothing was given up');
  });

  it('shows them with the reason, and sends one again', async () => {
    const { id, subscription } = await fail('dead', 'the channel is archived at http://evil.example');

    const { card, audience } = await world.say('digest dead');

    expect(audience).toBe('asker');
    expect(readCard(card)).toContain(subscription);
    expect(readCard(card)).toContain('the channel is archived');
    const asked = allActions(card).map((one) => (one.type === 'command' ? one.value.question : undefined));
    expect(asked).toContain(`digest redrive ${id}`);
    expect(await read(`digest redrive ${id}`)).toContain('tried again within seconds');
    expect((await world.store.delivery(id))?.state).toBe('pending');
    expect(woken).toBe(1);
    expect(await read(`digest redrive ${id}`)).toContain('it is pending');
    const [noted] = await world.store.auditEvents({ since: 0, limit: 1 });
    expect(noted).toMatchObject({ action: 'delivery.redrive', by: { id: 'T1/U1' } });
  });

  it('takes a word for what is held', async () => {
    const { id } = await fail('held', 'not known whether it arrived');

    const { card } = await world.say('digest dead');

    const asked = allActions(card).map((one) => (one.type === 'command' ? one.value.question : undefined));
    expect(asked).toEqual(
      expect.arrayContaining([`digest settle ${id} posted`, `digest settle ${id} absent`]),
    );
    expect(await read(`digest settle ${id} absent`)).toContain('tried again');
    expect((await world.store.delivery(id))?.state).toBe('pending');
  });

  it('tells nobody of what is elsewhere but admins, and lets nobody change what they may not', async () => {
    const { id } = await fail('dead', 'refused', other);

    expect(await read('digest dead', { person: 'T1/U2' })).toContain('Nothing was given up');
    expect(await read(`digest redrive ${id}`, { person: 'T1/U2' })).toContain('no such delivery here');
    expect(await read('digest dead', { person: 'T1/U2', asker: admin })).toContain('refused');
    expect(await read('digest dead', { place: other, asker: { role: 'guest' } })).not.toContain('Send Again');
    world.allow({ who: 'admins' });
    expect(await read(`digest redrive ${id}`, { place: other })).toContain('admins');
    expect((await world.store.delivery(id))?.state).toBe('dead');
    expect(await read(`digest redrive ${id}`, { asker: admin, place: direct })).toContain('tried again');
  });
});
