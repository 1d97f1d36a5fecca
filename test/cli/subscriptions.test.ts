import { describe, expect, it } from 'vitest';
import type { AddSubscription, SubscriptionDesk } from '../../src/cli/runtime.ts';
import type { StoredSubscription } from '../../src/store/delivery-types.ts';
import { run } from './fake-runtime.ts';

const stored: StoredSubscription = {
  id: 'abcdefg234',
  destination: { platform: 'slack', workspace: 'slack:T1', id: 'T1/C123', kind: 'channel' },
  timing: {
    kind: 'scheduled',
    schedule: { cron: '0 8 * * *', zone: 'Europe/Berlin', text: 'daily at 08:00' },
  },
  filters: 'sector:telecom',
  shape: 'message',
  emptyDay: 'silent',
  kind: 'digest',
  createdBy: { platform: 'cli', workspace: 'local', id: 'operator' },
  createdAt: Date.parse('2026-11-22T22:00:00Z'),
  paused: false,
  pausedReason: null,
  version: 1,
  nextSlotAt: Date.parse('2026-11-23T07:00:00Z'),
  deliveredUntil: Date.parse('2026-11-22T22:00:00Z'),
  lastPostedAt: null,
};

/** A desk that notes what it is asked for and answers with the one subscription. */
function fakeDesk(): { readonly desk: SubscriptionDesk; readonly calls: unknown[] } {
  const calls: unknown[] = [];
  const desk: SubscriptionDesk = {
    list: async () => [stored, { ...stored, id: 'bcdefgh345', paused: true, pausedReason: 'archived' }],
    add: async (request: AddSubscription) => {
      calls.push(request);
      return { subscription: stored, notes: ['no time zone was named'] };
    },
    edit: async (...args) => {
      calls.push(args);
      return { subscription: stored, notes: ['no source is called nowhere'] };
    },
    setPaused: async (...args) => {
      calls.push(args);
      return stored;
    },
    remove: async (...args) => {
      calls.push(args);
      return stored;
    },
    close: async () => {
      calls.push('close');
    },
  };
  return { desk, calls };
}

async function subscriptions(...args: readonly string[]) {
  const { desk, calls } = fakeDesk();
  const ran = await run(['subscriptions', ...args], { openSubscriptions: async () => desk });
  return { ...ran, asked: calls.filter((call) => call !== 'close'), closed: calls.includes('close') };
}

describe('threatbrief subscriptions', () => {
  it('adds with everything that was said, and prints the id and the next runs as JSON', async () => {
    const words =
      '--platform slack --place C123 --tz Europe/Berlin --shape thread --empty-day line --tlp amber';
    const ran = await subscriptions(
      'add',
      ...words.split(' '),
      '--schedule',
      'daily 08:00',
      'sector:telecom',
      '-source:x',
      '--json',
    );

    expect(ran.exitCode).toBe(0);
    expect(ran.asked).toEqual([
      {
        platform: 'slack',
        place: 'C123',
        schedule: 'daily 08:00',
        zone: 'Europe/Berlin',
        filters: 'sector:telecom -source:x',
        shape: 'thread',
        emptyDay: 'line',
        ceiling: 'amber',
      },
    ]);
    expect(JSON.parse(ran.out)).toMatchObject({
      id: 'abcdefg234',
      schedule: 'daily at 08:00',
      cron: '0 8 * * *',
      zone: 'Europe/Berlin',
      state: 'active',
      nextRuns: ['2026-11-23T07:00:00.000Z', '2026-11-24T07:00:00.000Z', '2026-11-25T07:00:00.000Z'],
    });
    expect(ran.err).toContain('note: no time zone was named');
    expect(ran.closed).toBe(true);
  });

  it('prints text that a person can read', async () => {
    const { out } = await subscriptions('list');

    expect(out).toContain('abcdefg234  active  daily at 08:00 Europe/Berlin');
    expect(out).toContain('slack T1/C123 (channel, slack:T1)');
    expect(out).toContain('Mon 23 Nov 08:00 CET');
    expect(out).toContain('bcdefgh345  paused: archived');
  });

  it('lists as JSON, also those of one place alone', async () => {
    expect(JSON.parse((await subscriptions('list', '--json')).out).subscriptions).toHaveLength(2);
    expect(
      JSON.parse((await subscriptions('list', '--place', 'C123', '--json')).out).subscriptions,
    ).toHaveLength(2);
    expect(JSON.parse((await subscriptions('list', '--place', 'C9', '--json')).out).subscriptions).toEqual(
      [],
    );
    expect(
      JSON.parse((await subscriptions('list', '--platform', 'teams', '--json')).out).subscriptions,
    ).toEqual([]);
  });

  it.each([
    [
      ['edit', 'abc', '--tz', 'UTC'],
      ['abc', {}, { schedule: '', zone: 'UTC' }],
    ],
    [
      ['edit', 'abc', 'country:iran', '--no-tlp'],
      ['abc', { filters: 'country:iran', ceiling: null }, { schedule: '', zone: '' }],
    ],
    [
      ['edit', 'abc', '--no-filters', '--tlp', 'green'],
      ['abc', { filters: '', ceiling: 'green' }, { schedule: '', zone: '' }],
    ],
    [
      ['pause', 'abc'],
      ['abc', true],
    ],
    [
      ['resume', 'abc', '--json'],
      ['abc', false],
    ],
    [['remove', 'abc'], ['abc']],
  ])('runs %j', async (args, asked) => {
    const ran = await subscriptions(...args);

    expect(ran.exitCode).toBe(0);
    expect(ran.asked).toEqual([asked]);
  });

  it.each([
    [['add', '--place', 'C1'], /--platform/],
    [['add', '--platform', 'slack'], /--place/],
    [['add', '--platform', 'irc', '--place', 'C1'], /slack, teams, playground/],
    [['add', '--platform', 'slack', '--place', 'C1', '--colour', 'red'], /unknown option '--colour'/],
    [['add', '--platform', 'slack', '--place', 'C1', '--tlp', 'pink'], /no TLP 2.0 level/],
    [['pause'], /missing required argument/],
  ])('refuses %j with exit code 2', async (args, words) => {
    const ran = await subscriptions(...args);

    expect(ran.exitCode).toBe(2);
    expect(ran.err).toMatch(words);
    expect(ran.asked).toEqual([]);
  });
});
