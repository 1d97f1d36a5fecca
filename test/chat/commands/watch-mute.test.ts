import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemKey } from '../../../src/briefing/digest-key.ts';
import type { DigestDesk } from '../../../src/chat/digest-desk.ts';
import { messageCard } from '../../../src/chat/message-cards.ts';
import type { Reply } from '../../../src/chat/types.ts';
import { tlpLevels } from '../../../src/domain/tlp.ts';
import type { ComposeRequest } from '../../../src/schedule/types.ts';
import { ids, sampleKnowledge } from '../../helpers/knowledge.ts';
import { allActions, readCard } from '../../helpers/reading.ts';
import {
  channel,
  direct,
  openSubscribers,
  type Subscribers,
  startsAt,
  thread,
} from '../../helpers/subscribers.ts';

let world: Subscribers;
let composed: ComposeRequest[];
let requested: string[];
let isEmpty: boolean;

const digests: DigestDesk = {
  requestNow: async (id) => {
    requested.push(id);
    return { kind: 'queued' };
  },
  compose: async (request) => {
    composed.push(request);
    const card = messageCard('Digest', [], new Date(startsAt));
    return { isEmpty, messages: [{ role: 'single', card }], items: [] };
  },
};

beforeEach(async () => {
  composed = [];
  requested = [];
  isEmpty = false;
  world = await openSubscribers(digests);
});
afterEach(() => world.close());

const read = async (text: string, from: Parameters<Subscribers['say']>[1] = {}): Promise<string> =>
  readCard((await world.say(text, from)).card);

function questions({ card }: Reply): readonly string[] {
  return allActions(card).flatMap((action) =>
    action.type === 'command' ? (action.value.question ?? []) : [],
  );
}

describe('watch', () => {
  it("is a button on an actor's card", async () => {
    const { card } = await world.say('velvet heron');
    const watch = allActions(card).find(({ label }) => label === 'Watch');
    if (watch?.type !== 'command') throw new Error('there is no such button');
    const reply = await world.press(watch.value);

    expect(readCard(reply.card)).toContain('Watching APT900');
    expect(await world.store.watches()).toMatchObject([{ entity: ids.actor, mode: 'once' }]);
  });

  it('watches by any name, and tells the person directly wherever it was asked', async () => {
    const text = await read('watch velvet heron', { place: thread });

    expect(text).toContain('Watching APT900');
    expect(text).toContain('written to directly as soon as');
    expect(await world.store.watches()).toMatchObject([{ entity: ids.actor, name: 'APT900', mode: 'once' }]);
    expect(await world.store.subscriptions()).toMatchObject([
      {
        kind: 'watch',
        timing: { kind: 'at-once' },
        destination: { workspace: 'slack:T1', id: 'T1/U1', kind: 'direct' },
        nextSlotAt: null,
      },
    ]);
  });

  it('keeps one subscription a mode, made with the first watch and ended with the last', async () => {
    await world.say('watch APT900');
    await world.say('watch APT901');
    expect(await world.store.subscriptions()).toHaveLength(1);

    expect(await read('watch APT900 digest')).toContain('Next: Mon 23 Nov 08:00 CET');
    const timings = (await world.store.subscriptions()).map(({ timing }) => timing.kind);
    expect(timings.toSorted()).toEqual(['at-once', 'scheduled']);

    await world.say('unwatch APT901');
    expect((await world.store.subscriptions()).map(({ timing }) => timing)).toEqual([
      { kind: 'scheduled', schedule: { cron: '0 8 * * *', zone: 'Europe/Berlin', text: 'daily at 08:00' } },
    ]);
    expect(await read('unwatch velvet heron')).toContain('not written to about APT900 any more');
    expect(await world.store.subscriptions()).toEqual([]);
    expect(await world.store.watches()).toEqual([]);
  });

  it('gives a choice or near names instead of a guess', async () => {
    const choice = await world.say('watch Shared Name digest');
    expect(questions(choice)).toEqual([`watch ${ids.actor} digest`, `watch ${ids.secondActor} digest`]);
    expect(await read('watch Velvett Herron')).not.toContain('Watching APT901');
    expect((await world.say('watch qqqqqqqq')).card.title).toBe('No match');
    const [, second] = allActions(choice.card).filter(({ type }) => type === 'command');
    if (second?.type !== 'command') throw new Error('there is no second choice');
    expect(await world.press(second.value)).toMatchObject({ audience: 'replace' });

    const watched = (await world.store.watches()).map(({ entity, mode }) => [entity, mode]);
    expect(watched).toContainEqual([ids.secondActor, 'digest']);
  });

  it('is for those who may subscribe, and is audited', async () => {
    expect(await read('watch APT900', { asker: { role: 'guest' } })).toContain('Guests cannot watch');
    expect(await world.store.watches()).toEqual([]);
    await world.say('watch APT900');
    await world.say('unwatch all');

    const events = await world.store.auditEvents({ since: 0, limit: 9 });
    expect(events.map(({ action }) => action)).toEqual(['watch.remove', 'watch.add']);
  });

  it('lists what is watched, without names that the place may not see', async () => {
    await world.say('watch APT900');
    const person = { platform: 'slack', workspace: 'slack:T1', id: 'T1/U1' } as const;
    const entity = 'intrusion-set--00000000-0000-4000-8000-999999999999';
    await world.store.addWatch({ person, entity, name: 'Secret Bird', mode: 'once', createdAt: 1 });

    for (const text of ['watch', 'unwatch', 'list']) {
      const shown = await read(text);
      expect(shown).toContain('APT900');
      expect(shown).not.toContain('Secret Bird');
    }
    expect(await read('watch', { person: 'T1/U2' })).toContain('You watch nothing');
  });

  it('is marked as strictly as the names on it, and says none of them in the push text', async () => {
    const amber = { ...direct, ceiling: 'red' } as const;
    const names = [...sampleKnowledge('red').entities.values()].map(({ name }) => name);
    for (const name of names) {
      const { card } = await world.say(`watch ${name}`, { place: amber });
      expect(card.fallbackText).not.toContain(name);
      const marking = (await world.say('watch', { place: amber })).card.marking;
      expect(tlpLevels.indexOf(marking)).toBeGreaterThanOrEqual(tlpLevels.indexOf(card.marking));
    }
    expect((await world.say('list', { place: amber })).card.marking).not.toBe('clear');
    expect((await world.say('list', { place: { ...direct, ceiling: 'clear' } })).card.marking).toBe('clear');
  });

  it('starts again a way that was paused because the conversation was gone', async () => {
    await world.say('watch APT900');
    const [one] = await world.store.subscriptions();
    await world.store.changeSubscription(one?.id ?? '', 1, { paused: true, pausedReason: 'uninstalled' });

    await world.say('watch APT901');

    expect(await world.store.subscriptions()).toMatchObject([{ paused: false, pausedReason: null }]);
  });
});

describe('mute', () => {
  const here = { platform: 'slack', workspace: 'slack:T1', id: 'T1/C1', kind: 'channel' } as const;
  const now = Date.parse(startsAt);
  const reportKey = itemKey('report', ids.report);

  it.each([
    ['mute actor velvet heron for 7 days', 'actor', ids.actor, now + 7 * 86_400_000],
    ['mute APT900 until 2027-01-31', 'actor', ids.actor, Date.parse('2027-01-31T23:00:00Z')],
    ['mute APT901', 'actor', ids.secondActor, null],
    ['mute source gamma for a week', 'source', 'gamma', now + 7 * 86_400_000],
    ['mute source Gamma notes', 'source', 'gamma', null],
    [`mute item ${reportKey.toUpperCase()} for 12 hours`, 'item', reportKey, now + 12 * 3_600_000],
    ['mute actor APT900 until tuesday', 'actor', ids.actor, Date.parse('2026-11-23T23:00:00Z')],
    ['mute APT900 until tomorrow', 'actor', ids.actor, Date.parse('2026-11-22T23:00:00Z')],
    ['mute APT900 until 2026-12-01T12:00', 'actor', ids.actor, Date.parse('2026-12-01T11:00:00Z')],
    ['mute APT900 until 2026-12-01T12:00Z', 'actor', ids.actor, Date.parse('2026-12-01T12:00:00Z')],
    ['mute actor APT900 forever', 'actor', ids.actor, null],
  ])('leaves out by “%s”', async (text, kind, target, until) => {
    expect((await world.say(text, { place: thread })).card.title).toBe('Muted');

    expect(await world.store.mutes(here, now)).toMatchObject([{ kind, target, until, destination: here }]);
  });

  it.each([
    ['mute actor APT900 for ever and a day', /no end that is read/],
    ['mute APT900 until 2020-01-01', /is over already/],
    ['mute APT900 for 0 days', /no end that is read/],
    ['mute source nowhere', /no source that is loaded.*gamma/s],
    ['mute actor qqqqqqqq', /No match/],
    ['mute item p-0000000000', /no item that is known here/],
  ])('refuses “%s”', async (text, words) => {
    expect(await read(text)).toMatch(words);
    expect(await world.store.mutes(here, now)).toEqual([]);
  });

  it.each([
    'mute SECRETAMBER APT900 hits Telco Zeta',
    'watch SECRETAMBER APT900 hits Telco Zeta',
    'watch what APT900 does',
    'unmute SECRETAMBER APT900 hits Telco Zeta',
    'unwatch SECRETAMBER APT900 hits Telco Zeta',
  ])('asks by “%s” whether a name inside it is meant', async (text) => {
    await world.say('mute APT901');
    await world.say('watch APT901');
    const reply = await world.say(text);

    expect(questions(reply).some((one) => one.includes(ids.actor))).toBe(true);
    expect(readCard(reply.card)).toContain('Did you mean');
    expect(await world.store.mutes(here, now)).toMatchObject([{ target: ids.secondActor }]);
    expect(await world.store.watches()).toMatchObject([{ entity: ids.secondActor }]);
  });

  it('gives a choice for a name that several carry', async () => {
    const reply = await world.say('mute actor Shared Name for 3 days');

    expect(questions(reply)).toContain(`mute actor ${ids.secondActor} for 3 days`);
  });

  it('is lifted by name, by button or at once, and is audited', async () => {
    await world.say('mute APT900');
    await world.say('mute source gamma for 2 weeks');
    const list = await world.say('mute');
    expect(readCard(list.card)).toContain('APT900 until it is lifted');
    expect(readCard(list.card)).toContain('until Sun 6 Dec 23:00 CET');
    expect(questions(list)).toEqual(['mute', `unmute actor ${ids.actor}`, 'unmute source gamma']);

    expect(await read('unmute velvet heron')).toContain('Told again from now on: APT900');
    expect(await read('unmute APT901')).toContain('not muted here');
    await world.say('unmute all');

    expect(await world.store.mutes(here, now)).toEqual([]);
    expect((await world.store.auditEvents({ since: 0, limit: 9 })).map(({ action }) => action)).toEqual([
      'mute.remove',
      'mute.remove',
      'mute.add',
      'mute.add',
    ]);
  });

  it('is for those who may subscribe', async () => {
    expect(await read('mute APT900', { asker: { role: 'member' } })).toContain('Only members');
    await world.say('mute APT900');
    expect(await read('unmute all', { asker: { role: 'guest' } })).toContain('Guests cannot mute');
    expect(await world.store.mutes(here, now)).toHaveLength(1);
  });
});

describe('digest now and preview', () => {
  it('show the last days where the place has no subscription', async () => {
    for (const text of ['digest now', 'digest preview']) {
      expect((await world.say(text)).card.subtitle).toEqual([
        { text: expect.stringContaining('7 days since') },
      ]);
    }
    expect(requested).toEqual([]);
  });

  it('post through the ledger, and compose for the asker what would come', async () => {
    await world.say('subscribe daily 08:00 thread');

    expect(await read('digest now', { place: thread })).toContain('posted within seconds');
    expect(requested).toEqual(['abcdefg234']);
    const preview = await world.say('digest preview');

    expect(preview.card.title).toBe('Preview of abcdefg234: Digest');
    expect(preview.audience).toBe('asker');
    expect(composed).toMatchObject([
      { subscription: { id: 'abcdefg234', shape: 'message' }, ceiling: 'green', until: Date.parse(startsAt) },
    ]);
  });

  it('ask which one of several is meant', async () => {
    await world.say('subscribe daily 08:00');
    await world.say('subscribe weekly');

    expect(questions(await world.say('digest now'))).toEqual([
      'digest now which',
      'digest now abcdefg234',
      'digest now abcdefg235',
    ]);
    await world.say('digest now abcdefg235');

    expect(requested).toEqual(['abcdefg235']);
  });

  it('say that there is no such subscription', async () => {
    await world.say('subscribe daily 08:00');

    for (const text of ['digest now zzzzzzzz', 'digest preview zzzzzzzz'])
      expect(await read(text)).toContain('There is no subscription “zzzzzzzz” here.');
    expect(requested).toEqual([]);
  });

  it('say that only the line of an empty day is posted', async () => {
    await world.say('subscribe daily 08:00 line');
    expect(await read('digest now')).toContain('what it tells does not come again');
    isEmpty = true;

    expect(await read('digest now')).toContain(
      'Nothing is new since the last digest of abcdefg234; the line',
    );
    expect(requested).toHaveLength(2);
  });

  it('keep to who may, and to what is paused', async () => {
    await world.say('subscribe daily 08:00');
    expect(await read('digest now', { asker: { role: 'guest' } })).toContain('Guests');
    await world.say('pause abcdefg234');
    expect(await read('digest now')).toContain('is paused');
    expect(
      await read('digest now abcdefg234', { place: { ...channel, id: 'T1/C9' }, person: 'T1/U9' }),
    ).toContain('There is no');
    expect(requested).toEqual([]);
  });

  it('work in a direct message', async () => {
    await world.say('subscribe daily 08:00', { place: direct });

    await world.say('digest now', { place: direct });

    expect(requested).toEqual(['abcdefg234']);
  });
});

describe('paging and sharing', () => {
  it('never change anything once more', async () => {
    await world.say('subscribe daily 08:00');
    const value = { verb: 'more', question: 'unsubscribe abcdefg234', section: 'what' } as const;

    for (const verb of ['more', 'share', 'sources'] as const) {
      expect((await world.press({ ...value, verb })).card.title).toBe('Nothing to show');
    }

    expect(await world.store.subscriptions()).toHaveLength(1);
    const page = await world.press({ verb: 'more', question: 'list', section: 'subscription-abcdefg234' });
    expect(readCard(page.card)).toContain('abcdefg234');
  });
});
