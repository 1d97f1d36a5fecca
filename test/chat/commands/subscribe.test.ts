import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/chat/types.ts';
import type { StoredSubscription } from '../../../src/store/delivery-types.ts';
import { allActions, readCard, sectionTexts } from '../../helpers/reading.ts';
import {
  channel,
  direct,
  member,
  openSubscribers,
  type Subscribers,
  thread,
} from '../../helpers/subscribers.ts';

let world: Subscribers;

beforeEach(async () => {
  world = await openSubscribers();
});
afterEach(() => world.close());

const read = async (text: string, from: Parameters<Subscribers['say']>[1] = {}): Promise<string> =>
  readCard((await world.say(text, from)).card);

async function only(): Promise<StoredSubscription> {
  const all = await world.store.subscriptions();
  expect(all).toHaveLength(1);
  const [one] = all;
  if (one === undefined) throw new Error('there is no subscription');
  return one;
}

function questions({ card }: Reply): readonly string[] {
  return allActions(card).flatMap((action) =>
    action.type === 'command' ? (action.value.question ?? []) : [],
  );
}

describe('subscribe', () => {
  it('teaches when nothing is said, and changes nothing', async () => {
    const text = await read('subscribe');

    for (const words of ['weekdays at 8', 'Europe/Berlin, your own', 'sector:telecom', 'thread']) {
      expect(text).toContain(words);
    }
    expect(await world.store.subscriptions()).toEqual([]);
  });

  it('subscribes the place with all that was said, and shows the next three runs', async () => {
    const reply = await world.say(
      'subscribe weekdays at 8 America/New York sector:telecom -source:delta thread line',
    );

    expect(reply.audience).toBe('asker');
    expect(await only()).toMatchObject({
      id: 'abcdefg234',
      destination: { platform: 'slack', workspace: 'slack:T1', id: 'T1/C1', kind: 'channel' },
      timing: { kind: 'scheduled', schedule: { cron: '0 8 * * 1-5', zone: 'America/New_York' } },
      filters: 'sector:telecom -source:delta',
      shape: 'thread',
      emptyDay: 'line',
      kind: 'digest',
      createdBy: { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' },
      nextSlotAt: Date.parse('2026-11-23T13:00:00Z'),
      deliveredUntil: Date.parse('2026-11-22T22:00:00Z'),
      paused: false,
    });
    expect(sectionTexts(reply.card, 'subscription')).toEqual(
      expect.arrayContaining([
        'When: weekdays at 08:00 America/New_York',
        'Next: Mon 23 Nov 08:00 EST, Tue 24 Nov 08:00 EST, Wed 25 Nov 08:00 EST',
        'ID: abcdefg234',
      ]),
    );
  });

  it.each([
    [member, 'Europe/Berlin (your own time zone)'],
    [{ ...member, zone: 'Mars/Phobos' }, 'UTC (no time zone of yours is known'],
    [{ role: 'member', isMemberHere: true } as const, 'UTC (no time zone of yours is known'],
  ])('says whose time zone it took', async (asker, words) => {
    expect(await read('subscribe daily at 8', { asker })).toContain(`daily at 08:00 ${words}`);
  });

  it('takes the zone of the workspace where the own is not known', async () => {
    world.allow({ zone: 'Asia/Tokyo' });

    const text = await read('subscribe 8am', { asker: { role: 'member', isMemberHere: true } });

    expect(text).toContain('daily at 08:00 Asia/Tokyo (the time zone of this workspace)');
  });

  it.each([
    ['subscribe country:iran', '0 8 * * *', 'Europe/Berlin', 'country:Iran'],
    ['subscribe sector:telecom daily 9:15 "Asia/Tokyo"', '15 9 * * *', 'Asia/Tokyo', 'sector:telecom'],
    ['subscribe “0 8 * * 1,3” utc', '0 8 * * 1,3', 'UTC', ''],
    ['subscribe Europe/Paris', '0 8 * * *', 'Europe/Paris', ''],
    ['subscribe me to daily 08:00 Europe/Berlin', '0 8 * * *', 'Europe/Berlin', ''],
    [
      'SUBSCRIBE every Monday 09:30 country:"North Korea"',
      '30 9 * * 1',
      'Europe/Berlin',
      'country:"North Korea"',
    ],
    ['subscribe mon, wed, fri 7:15', '15 7 * * 1,3,5', 'Europe/Berlin', ''],
  ])('reads “%s”', async (text, cron, zone, filters) => {
    await world.say(text);

    expect(await only()).toMatchObject({ timing: { schedule: { cron, zone } }, filters });
  });

  it.each([
    ['subscribe every second', /too often.*Accepted are/s],
    ['subscribe every 30 minutes', /at least one hour apart/],
    ['subscribe 31 February 08:00', /never comes.*Accepted are/s],
    ['subscribe 0 8 31 2 *', /never comes/],
    ['subscribe daily 08:00 Mars/Phobos', /“mars\/phobos” is no time zone.*IANA/s],
    ['subscribe daily 08:00 EST', /America\/New_York/],
    ['subscribe daily 08:00 Europe/Berln', /Did you mean Europe\/Berlin/],
    ['subscribe sometimes', /does not begin with a schedule/],
    ['subscribe daily 08:00 bananas', /“bananas” is no time zone, no filter/],
    ['subscribe daily 08:00 colour:red', /no filter of a digest/],
    ['subscribe daily 08:00 actor:Qqqqqqq', /no actor that is known/],
  ])('refuses “%s” with what is accepted', async (text, words) => {
    expect(await read(text)).toMatch(words);
    expect(await world.store.subscriptions()).toEqual([]);
  });

  it('offers a choice for an actor whose name several carry, and takes what is chosen', async () => {
    const reply = await world.say('subscribe daily 08:00 actor:"Shared Name" thread');
    expect(await world.store.subscriptions()).toEqual([]);
    const choices = questions(reply);
    expect(choices).toHaveLength(2);

    await world.say(choices.find((question) => question.includes('APT901')) ?? '');

    expect(await only()).toMatchObject({ filters: 'actor:APT901', shape: 'thread' });
  });

  it.each([
    ['subscribe daily source:nosuch', /“nosuch” is no source that is loaded here. Loaded are: .*gamma/],
    ['subscribe daily sector:telecom -sector:telecom', /asked for and left out as well/],
  ])('refuses by “%s” what can never match', async (text, words) => {
    expect(await read(text)).toMatch(words);
    expect(await world.store.subscriptions()).toEqual([]);
  });

  it('takes a source by its title, and notes that one to be left out is not loaded', async () => {
    await world.say('subscribe daily source:"Gamma notes"');
    expect(await only()).toMatchObject({ filters: 'source:gamma' });
    await world.say('unsubscribe all');

    expect(await read('subscribe daily -source:x')).toContain('-source:x leaves out nothing now');
    expect(await only()).toMatchObject({ filters: '-source:x' });
  });

  it('sees the same filters in another order', async () => {
    await world.say('subscribe daily 08:00 sector:telecom country:iran');

    const text = await read('subscribe daily 08:00 country:IR sector:telecom,telecom');
    expect(text).toContain('gets the same already, as abcdefg234');
  });

  it('refuses the same twice, and more than a place can have', async () => {
    await world.say('subscribe daily 08:00');
    expect(await read('subscribe daily at 8', { place: thread })).toContain(
      'gets the same already, as abcdefg234',
    );
    const first = await only();
    for (let count = 1; count < 50; count += 1) {
      await world.store.addSubscription({ ...first, id: `many${String(count).padStart(6, '0')}` });
    }
    expect(await world.store.subscriptions()).toHaveLength(50);

    expect(await read('subscribe weekly')).toContain('50 subscriptions, which is the most');
  });

  it('means the channel in a thread, and the person in a direct message', async () => {
    await world.say('subscribe daily 08:00', { place: thread });
    await world.say('subscribe daily 08:00', { place: direct });

    const destinations = (await world.store.subscriptions()).map(({ destination }) => destination);
    expect(destinations.map(({ id, kind }) => [id, kind])).toEqual([
      ['T1/C1', 'channel'],
      ['T1/U1', 'direct'],
    ]);
  });

  it('says where nothing can be delivered', async () => {
    const place = { platform: 'cli', id: 'here', kind: 'direct', ceiling: 'green' } as const;

    expect(await read('subscribe daily 08:00', { place })).toContain('threatbrief subscriptions');
  });
});

describe('who may subscribe', () => {
  const outsider = { role: 'member', isMemberHere: false } as const;
  const guest = { role: 'guest', isMemberHere: true } as const;
  const admin = { role: 'admin' } as const;

  it.each([
    ['members', member, channel, true],
    ['members', outsider, channel, false],
    ['members', { role: 'member' } as const, channel, false],
    ['members', admin, channel, true],
    ['anyone', outsider, channel, true],
    ['admins', member, channel, false],
    ['admins', admin, channel, true],
    ['admins', member, direct, true],
    ['anyone', guest, channel, false],
    ['anyone', guest, direct, false],
    ['anyone', undefined, channel, false],
  ] as const)('with “%s” lets %j in %j: %s', async (who, asker, place, isAllowed) => {
    world.allow({ who });

    const { card } = await world.say('subscribe daily 08:00', { asker, place });

    expect(card.title).toBe(isAllowed ? 'Subscribed' : 'Not changed');
    expect(await world.store.subscriptions()).toHaveLength(isAllowed ? 1 : 0);
  });

  it('lets guests where that was chosen', async () => {
    world.allow({ who: 'anyone', guests: true });

    expect((await world.say('subscribe daily 08:00', { asker: guest })).card.title).toBe('Subscribed');
  });

  it('holds for every change, and tells nobody elsewhere that there is one', async () => {
    await world.say('subscribe daily 08:00');
    const elsewhere = { place: { ...channel, id: 'T1/C2' }, person: 'T1/U2' };
    for (const verb of ['pause', 'resume', 'edit', 'unsubscribe']) {
      expect(await read(`${verb} abcdefg234`, elsewhere)).toContain(
        'There is no subscription “abcdefg234” here.',
      );
      expect(
        await read(`${verb} abcdefg234`, {
          place: { ...channel, workspace: 'slack:T2', id: 'T2/C1' },
          asker: admin,
        }),
      ).toContain('There is no');
    }
    expect(await read('pause abcdefg234', { person: 'T1/U2', asker: outsider })).toContain('Only members');
    expect(await read('edit abcdefg234 9:00', { person: 'T1/U2', asker: guest })).toContain('Guests');
    expect(await read('unsubscribe all', { person: 'T1/U2', asker: guest })).toContain('Guests');

    expect(await only()).toMatchObject({ paused: false, version: 1 });
    expect((await world.say('pause abcdefg234', { ...elsewhere, asker: admin })).card.title).toBe('Paused');
  });
});

describe('pause, resume, edit, unsubscribe', () => {
  beforeEach(async () => {
    await world.say('subscribe daily 08:00 sector:telecom');
  });

  it('pauses and goes on with the next slot from then', async () => {
    expect(await read('pause abcdefg234')).toContain('none while it is paused');
    expect(await only()).toMatchObject({ paused: true });
    world.setTime('2026-11-25T12:00:00Z');

    expect(await read('resume ABCDEFG234')).toContain('Thu 26 Nov 08:00 CET');

    expect(await only()).toMatchObject({ paused: false, nextSlotAt: Date.parse('2026-11-26T07:00:00Z') });
    expect((await world.say('resume abcdefg234')).card.title).toBe('Resumed');
  });

  it.each([
    [
      'edit abcdefg234 weekdays at 9',
      { timing: { schedule: { cron: '0 9 * * 1-5', zone: 'Europe/Berlin' } } },
    ],
    ['edit abcdefg234 Asia/Kolkata', { timing: { schedule: { cron: '0 8 * * *', zone: 'Asia/Kolkata' } } }],
    [
      'edit abcdefg234 country:iran',
      { filters: 'country:Iran', timing: { schedule: { cron: '0 8 * * *' } } },
    ],
    ['edit abcdefg234 no filters', { filters: '' }],
    ['edit abcdefg234 thread line', { shape: 'thread', emptyDay: 'line', filters: 'sector:telecom' }],
    ['edit abcdefg234 to 18:00 silent', { timing: { schedule: { cron: '0 18 * * *' } }, emptyDay: 'silent' }],
  ])('changes by “%s” what is named and nothing else', async (text, changed) => {
    expect((await world.say(text)).card.title).toBe('Changed');

    expect(await only()).toMatchObject({ ...changed, version: 2 });
  });

  it('offers what can be changed, and refuses what cannot be read', async () => {
    expect(questions(await world.say('edit abcdefg234'))).toEqual(
      expect.arrayContaining(['edit abcdefg234 thread', 'edit abcdefg234 line', 'pause abcdefg234']),
    );
    expect(await read('edit abcdefg234 every second')).toContain('too often');
    expect(await read('edit nosuch 9:00')).toContain('There is no subscription');
    expect(await only()).toMatchObject({ version: 1 });
  });

  it('makes none that the place gets already, and names the other', async () => {
    await world.say('subscribe daily 08:00 sector:telecom');
    await world.say('subscribe daily 09:00 sector:telecom');
    const [first, second] = (await world.store.subscriptions()).slice(-2);

    const text = await read(`edit ${second?.id} daily 08:00`);
    expect(text).toContain(`This place gets the same already, as ${first?.id}`);
    expect(await read(`edit ${second?.id} 08:00 sector:energy`)).toContain('Changed');
    expect(await read(`edit ${second?.id} sector:telecom`)).toContain('gets the same already');
    expect((await world.say(`edit ${second?.id} thread`)).card.title).toBe('Changed');
    expect((await world.say(`edit ${first?.id} daily 08:00`)).card.title).toBe('Changed');
  });

  it('lets an edited time not come twice on a day that was told already', async () => {
    world.setTime('2026-11-23T08:00:00Z');
    await postedAt('2026-11-23T07:00:10Z');

    const text = await read('edit abcdefg234 18:00');

    expect(text).toContain('Next: Tue 24 Nov 18:00 CET');
    expect((await only()).nextSlotAt).toBe(Date.parse('2026-11-24T17:00:00Z'));
  });

  it('lets a digest that was asked for out of its turn take the place of no slot', async () => {
    world.setTime('2026-11-23T05:00:00Z');
    await postedAt('2026-11-23T05:00:10Z', 'now 2026-11-23T05:00');

    await world.say('pause abcdefg234');
    expect(await read('resume abcdefg234')).toContain('Next: Mon 23 Nov 08:00 CET');
    expect(await read('edit abcdefg234 18:00')).toContain('Next: Mon 23 Nov 18:00 CET');
    expect((await only()).nextSlotAt).toBe(Date.parse('2026-11-23T17:00:00Z'));
  });

  it('needs no id where the place has one subscription', async () => {
    expect(await read('edit daily 10:00')).toContain('Next: Mon 23 Nov 10:00 CET');
    await world.say('edit country:iran');
    await world.say('edit thread line');
    expect(await only()).toMatchObject({ filters: 'country:Iran', shape: 'thread', emptyDay: 'line' });
    await world.say('edit no filters');
    expect(await only()).toMatchObject({ filters: '', timing: { schedule: { cron: '0 10 * * *' } } });
    expect(questions(await world.say('edit'))).toContain('edit abcdefg234 message');
    expect(await read('edit nosuchtime')).toContain('There is no subscription “nosuchtime” here.');

    expect((await world.say('pause')).card.title).toBe('Paused');
    expect(await read('pause')).toContain('There is no subscription here for that.');
    expect((await world.say('resume')).card.title).toBe('Resumed');
    const ended = await world.say('unsubscribe');
    expect(readCard(ended.card)).toContain('abcdefg234 (daily at 10:00 Europe/Berlin) is ended');
    expect(await world.store.subscriptions()).toEqual([]);
    await world.say(questions(ended).find((one) => one.startsWith('subscribe')) ?? '');
    expect(await only()).toMatchObject({
      filters: '',
      shape: 'thread',
      emptyDay: 'line',
      timing: { schedule: { cron: '0 10 * * *', zone: 'Europe/Berlin' } },
    });
  });

  it('offers those of this place where none of several is named, and changes nothing', async () => {
    await world.say('subscribe weekly');
    await world.say('watch APT900');
    for (const verb of ['pause', 'edit', 'unsubscribe']) {
      const asked = questions(await world.say(verb));
      expect(asked).toContain(`${verb} abcdefg234`);
      expect(asked).toContain(`${verb} which`);
    }
    expect(questions(await world.say('edit daily 10:00'))).toContain('edit abcdefg235 daily 10:00');
    expect(await read('pause which')).toContain('what you watch: APT900');
    expect(await read('resume')).toContain('There is no subscription here for that.');
    expect(await world.store.subscriptions()).toMatchObject([
      { version: 1, paused: false },
      { version: 1, paused: false },
      { version: 1, paused: false },
    ]);
  });

  it('ends one, or all of them', async () => {
    await world.say('subscribe weekly');
    expect(await read('unsubscribe abcdefg234')).toContain(
      'abcdefg234 (daily at 08:00 Europe/Berlin) is ended',
    );
    expect(await world.store.subscriptions()).toHaveLength(1);

    expect(await read('unsubscribe all')).toContain('Ended: abcdefg235');

    expect(await world.store.subscriptions()).toEqual([]);
    expect(await read('unsubscribe all')).toContain('no subscription');
  });

  it('leaves sentences that begin alike to the questions', async () => {
    expect((await world.say('list actors from Iran')).answer).toBeDefined();
    expect((await world.say('resume of APT900')).answer).toBeDefined();
  });

  it('audits each change with who made it', async () => {
    await world.say('edit abcdefg234 thread', { person: 'T1/U2' });
    await world.say('pause abcdefg234');
    await world.say('resume abcdefg234');
    await world.say('unsubscribe abcdefg234');

    const events = await world.store.auditEvents({ since: 0, limit: 20 });
    expect(events.toReversed().map(({ action, target, by }) => [action, target, by.id])).toEqual([
      ['subscription.add', 'abcdefg234', 'T1/U1'],
      ['subscription.edit', 'abcdefg234', 'T1/U2'],
      ['subscription.pause', 'abcdefg234', 'T1/U1'],
      ['subscription.resume', 'abcdefg234', 'T1/U1'],
      ['subscription.remove', 'abcdefg234', 'T1/U1'],
    ]);
  });

  /** Delivers the present slot as the engine would. */
  async function postedAt(iso: string, period = '2026-11-23'): Promise<void> {
    const now = Date.parse(iso);
    const { id, nextSlotAt } = await only();
    const plan = {
      id: 'd'.repeat(32),
      slotAt: period.startsWith('now') ? now : (nextSlotAt ?? 0),
      period,
      merged: 0,
      notBefore: 0,
      deadline: now + 1e6,
      state: 'pending',
    } as const;
    await world.store.addDelivery(id, plan);
    const [claimed] = await world.store.claimDeliveries({
      owner: 'test',
      now,
      leaseUntil: now + 60_000,
      limit: 1,
      platform: 'slack',
    });
    if (claimed === undefined) throw new Error('nothing was claimed');
    const hold = { id: claimed.id, fence: claimed.fence };
    await world.store.endDelivery(hold, {
      kind: 'posted',
      at: now,
      evidence: 'answer',
      deliveredUntil: now,
      items: [],
    });
  }
});

describe('list', () => {
  it('says that there is nothing, and how to begin', async () => {
    expect(await read('list')).toContain('subscribe daily 08:00 Europe/Berlin');
  });

  it('shows those of the place with state, next runs and buttons, and why one is paused', async () => {
    await world.say('subscribe daily 08:00');
    await world.say('subscribe weekly', { place: { ...channel, id: 'T1/C2' } });
    await world.say('subscribe weekdays at 7 thread');
    await world.store.changeSubscription('abcdefg236', 1, {
      paused: true,
      pausedReason: 'the channel is archived',
    });

    const reply = await world.say('list', { place: thread });
    const text = readCard(reply.card);

    expect(text).toContain('abcdefg234: daily at 08:00 Europe/Berlin');
    expect(text).toContain('Active. Next: Mon 23 Nov 08:00 CET, Tue 24 Nov 08:00 CET, Wed 25 Nov 08:00 CET');
    expect(text).toContain('Last posted: never yet');
    expect(text).toContain('Paused: the channel is archived');
    expect(text).not.toContain('abcdefg235');
    expect(questions(reply)).toEqual(
      expect.arrayContaining(['pause abcdefg234', 'unsubscribe abcdefg234', 'resume abcdefg236']),
    );
    const edit = { verb: 'form', section: 'edit-subscription', entity: 'abcdefg234' };
    expect(JSON.stringify(reply.card.sections)).toContain(JSON.stringify(edit));
    expect(readCard((await world.press({ ...edit, verb: 'form' })).card)).toContain('abcdefg234');
  });

  it('shows what an operator subscribed by the bare id of the channel', async () => {
    const { id, ...rest } = await firstOf('subscribe daily 08:00');
    const destination = { ...rest.destination, workspace: 'slack', id: 'C1' };
    await world.store.addSubscription({ ...rest, id: 'cli2345678', destination, filters: 'kind:report' });

    expect(await read('list')).toContain('cli2345678');
    expect((await world.say('pause cli2345678')).card.title).toBe('Paused');
    expect(id).toBe('abcdefg234');
  });

  async function firstOf(text: string): Promise<StoredSubscription> {
    await world.say(text);
    return only();
  }
});

describe('a subscription of another channel', () => {
  const elsewhere = { ...channel, id: 'T1/C2' };

  it.each(['unsubscribe abcdefg234', 'pause abcdefg234', 'edit abcdefg234 weekly'])(
    'is not changed by “%s” of its maker who is no member of it any more',
    async (text) => {
      await world.say('subscribe daily 08:00');

      const left = await read(text, {
        place: elsewhere,
        asker: { ...member, isMemberOf: async () => false },
      });
      const untold = await read(text, { place: direct, asker: member });

      expect(left).toContain('ask again in that channel');
      expect(untold).toContain('ask again in that channel');
      expect(await only()).toMatchObject({ version: 1, paused: false });
    },
  );

  it('is changed by its maker who is one, and by an admin', async () => {
    await world.say('subscribe daily 08:00');
    const asked: string[] = [];
    const isMemberOf = async (place: string): Promise<boolean> => asked.push(place) > 0;

    const paused = await world.say('pause abcdefg234', { place: direct, asker: { ...member, isMemberOf } });
    const resumed = await world.say('resume abcdefg234', { place: elsewhere, asker: { role: 'admin' } });

    expect([paused.card.title, resumed.card.title]).toEqual(['Paused', 'Resumed']);
    expect(asked).toEqual(['T1/C1']);
  });
});
