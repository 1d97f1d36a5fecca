import { describe, expect, it } from 'vitest';
import type { DeliveryDesk } from '../../src/cli/runtime.ts';
import type { StoredDelivery } from '../../src/store/delivery-types.ts';
import { cardNamed } from '../helpers/delivery/composing.ts';
import { channel } from '../helpers/delivery/subscriptions.ts';
import { run } from './fake-runtime.ts';

const slotAt = Date.parse('2026-11-23T07:00:00Z');

function delivery(changes: Partial<StoredDelivery> = {}): StoredDelivery {
  return {
    id: 'd0',
    subscription: 'abc',
    destination: channel('C0X'),
    slotAt,
    period: '2026-11-23',
    merged: 0,
    state: 'posted',
    notBefore: slotAt,
    deadline: slotAt + 1_000,
    leaseOwner: null,
    leaseUntil: null,
    fence: 1,
    attempt: 1,
    firstTryAt: slotAt,
    lastTryAt: slotAt,
    payload: null,
    posted: [{ part: 0, messageId: 'm1' }],
    postedAt: slotAt + 2_000,
    evidence: 'answer',
    lastError: null,
    ...changes,
  };
}

function desk(
  standing = delivery(),
  isConnected = true,
  assumed: { readonly assumedFor?: string } = {},
): { desk: DeliveryDesk; calls: unknown[] } {
  const calls: unknown[] = [];
  const composed = {
    isEmpty: false,
    messages: [{ role: 'single', card: cardNamed('Digest') }],
    items: [],
    window: { from: slotAt - 1_000, to: slotAt },
    ceiling: 'clear',
    ...assumed,
  } as const;
  const noting =
    <T>(name: string, result: T) =>
    async (...args: readonly unknown[]): Promise<T> => {
      calls.push([name, ...args]);
      return result;
    };
  return {
    calls,
    desk: {
      run: noting('run', { delivery: standing, isConnected }),
      dryRun: noting('dryRun', composed),
      replay: noting('replay', composed),
      list: noting('list', [standing]),
      redrive: noting('redrive', standing),
      settle: noting('settle', standing),
      close: noting('close', undefined),
    },
  };
}

const runDigest = async (args: readonly string[], made = desk()) => ({
  ...(await run(['digest', ...args], { openDeliveries: async () => made.desk })),
  asked: made.calls,
});

describe('digest run', () => {
  const args = ['run', '--subscription', 'abc', '--slot', '2026-11-23T08:00:00+01:00'];

  it('delivers a slot, whatever zone it is written in, and closes the ledger', async () => {
    const { exitCode, out, asked } = await runDigest(args);

    expect(exitCode).toBe(0);
    expect(asked).toEqual([['run', { subscription: 'abc', slotAt, waitSeconds: 180 }], ['close']]);
    expect(out).toContain('posted at 2026-11-23T07:00:02.000Z');
  });

  it('prints what became of it as JSON', async () => {
    const { out } = await runDigest([...args, '--json']);

    expect(JSON.parse(out)).toMatchObject({
      delivery: 'd0',
      state: 'posted',
      slot: '2026-11-23T07:00:00.000Z',
      messages: ['m1'],
      connected: true,
    });
  });

  it.each([
    ['posted', true, 0],
    ['empty', true, 0],
    ['posted', false, 0],
    ['pending', false, 3],
    ['pending', true, 3],
    ['uncertain', true, 3],
    ['dead', true, 3],
    ['held', true, 3],
  ] as const)('ends for one that is %s (connected: %s) with %s', async (state, isConnected, exitCode) => {
    const standing = delivery({ state, lastError: 'no answer' });

    expect((await runDigest(args, desk(standing, isConnected))).exitCode).toBe(exitCode);
  });

  it('says that a server has to deliver it where the platform is not connected', async () => {
    const { out } = await runDigest(args, desk(delivery({ state: 'pending' }), false));

    expect(out).toContain('slack is not connected here');
  });

  it('waits for a server where that is asked for', async () => {
    const { asked } = await runDigest([...args, '--wait', '5']);

    expect(asked[0]).toEqual([
      'run',
      { subscription: 'abc', slotAt, waitSeconds: 5, waitElsewhereSeconds: 5 },
    ]);
  });

  it('says that CLEAR is assumed where the place could not be asked', async () => {
    const made = desk(delivery(), true, { assumedFor: 'slack is not connected here' });
    const { err, out } = await runDigest([...args, '--dry-run'], made);
    const json = await runDigest([...args, '--dry-run', '--json'], made);

    expect(err).toContain('slack is not connected here, so TLP:CLEAR is assumed; --tlp');
    expect(out).toBe('text: Digest\n');
    expect(JSON.parse(json.out)).toMatchObject({ tlp: 'clear', assumed: 'slack is not connected here' });
    expect((await runDigest([...args, '--dry-run'])).err).toBe('');
  });

  it('composes and prints without posting', async () => {
    const { out, asked } = await runDigest([...args, '--dry-run', '--tlp', 'amber']);

    expect(asked[0]).toEqual(['dryRun', { subscription: 'abc', slotAt, ceiling: 'amber' }]);
    expect(out).toBe('text: Digest\n');
  });

  it.each([
    [['run', '--subscription', 'abc', '--slot', '2026-11-23'], 'no time with its zone'],
    [['run', '--subscription', 'abc', '--slot', '2026-11-23T08:00'], 'no time with its zone'],
    [['run', '--slot', '2026-11-23T08:00Z'], '--subscription'],
    [[...args, '--as', 'slack'], '--as needs --dry-run'],
    [[...args, '--tlp', 'red'], '--tlp needs --dry-run'],
    [[...args, '--dry-run', '--as', 'slack', '--json'], 'exclude each other'],
    [[...args, '--wait', 'long'], 'no whole number'],
  ])('refuses %j', async (wrong, problem) => {
    const { exitCode, err } = await runDigest(wrong);

    expect(exitCode).toBe(2);
    expect(err).toContain(problem);
  });
});

describe('digest replay', () => {
  it('asks for the day as it was written', async () => {
    const { exitCode, asked } = await runDigest(['replay', '--subscription', 'abc', '--at', '2025-11-20']);

    expect(exitCode).toBe(0);
    const at = { from: Date.parse('2025-11-20T00:00:00Z'), to: Date.parse('2025-11-21T00:00:00Z') };
    expect(asked[0]).toEqual(['replay', { subscription: 'abc', at, days: 7, filters: '' }]);
  });

  it('takes filters where no subscription is named', async () => {
    const { asked } = await runDigest([
      'replay',
      '--at',
      '2025-11-20',
      '--days',
      '3',
      'country:iran',
      '-source:x',
    ]);

    expect(asked[0]).toMatchObject(['replay', { days: 3, filters: 'country:iran -source:x' }]);
  });

  it.each([
    [['replay', '--at', 'whenever'], '--at'],
    [['replay', '--at', '2999-01-01'], 'has not come yet'],
    [['replay', '--at', '2025-11-20', '--sub', 'abc'], "unknown option '--sub'"],
    [['replay', '--at', '2025-11-20', '--subscription', 'abc', 'country:iran'], 'its own filters'],
  ])('refuses %j', async (wrong, problem) => {
    const { exitCode, err } = await runDigest(wrong);

    expect(exitCode).toBe(2);
    expect(err).toContain(problem);
  });
});

describe('digest deliveries, dead and redrive', () => {
  it('lists what was given up, with the reason', async () => {
    const dead = delivery({ state: 'dead', lastError: 'is_archived', postedAt: null });

    const { out, asked } = await runDigest(['dead'], desk(dead));

    expect(asked[0]).toEqual(['list', { states: ['dead', 'held'], limit: 50 }]);
    expect(out).toContain('given up');
    expect(out).toContain('is_archived');
  });

  it('tells the period of what was told at once as a time', async () => {
    const { out } = await runDigest(['deliveries', '--json'], desk(delivery({ period: `until ${slotAt}` })));

    expect(JSON.parse(out)).toMatchObject({ deliveries: [{ period: 'until 2026-11-23T07:00:00.000Z' }] });
  });

  it('lists the deliveries of one subscription in one state', async () => {
    const { out, asked } = await runDigest([
      'deliveries',
      '--subscription',
      'abc',
      '--state',
      'posted',
      '--json',
    ]);

    expect(asked[0]).toEqual(['list', { states: ['posted'], limit: 50, subscription: 'abc' }]);
    expect(JSON.parse(out)).toMatchObject({ deliveries: [{ delivery: 'd0', place: 'C0X' }] });
  });

  it('drives each one again that is named', async () => {
    const { exitCode, asked } = await runDigest(['redrive', 'one', 'two']);

    expect(exitCode).toBe(0);
    expect(asked).toEqual([['redrive', 'one'], ['redrive', 'two'], ['close']]);
  });
});

describe('digest settle', () => {
  it.each([
    [['--posted'], { kind: 'there' }],
    [['--posted', '--message', '1700000000.1'], { kind: 'there', messageId: '1700000000.1' }],
    [['--absent'], { kind: 'absent' }],
  ])('says what was seen (%j)', async (options, seen) => {
    const { exitCode, asked } = await runDigest(['settle', 'one', ...options]);

    expect(exitCode).toBe(0);
    expect(asked).toEqual([['settle', 'one', seen], ['close']]);
  });

  it.each([
    [[], 'say one of --posted and --absent'],
    [['--posted', '--absent'], 'say one of --posted and --absent'],
    [['--absent', '--message', '1'], '--message needs --posted'],
  ])('takes one word for it (%j)', async (options, problem) => {
    const { exitCode, err, asked } = await runDigest(['settle', 'one', ...options]);

    expect(exitCode).toBe(2);
    expect(err).toContain(problem);
    expect(asked).toEqual([]);
  });
});
