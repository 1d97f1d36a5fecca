import { describe, expect, it } from 'vitest';
import { createMemorySeenEvents, type SeenEvents } from '../../../src/chat/seen-events.ts';
import { createIntake } from '../../../src/chat/slack/intake.ts';
import { silentLog } from '../../../src/support/log.ts';

function world(options: { maxUnderWay?: number; seen?: SeenEvents } = {}) {
  const order: string[] = [];
  const finish: (() => void)[] = [];
  const intake = createIntake({
    seen: createMemorySeenEvents(),
    clock: { now: () => new Date(0) },
    log: silentLog,
    ...options,
  });
  intake.attach({
    processEvent: async ({ body }) => {
      order.push(`work ${String(body['event_id'])}`);
      await new Promise<void>((resolve) => finish.push(resolve));
    },
  });
  const take = (
    eventId: string,
    ack = async (): Promise<void> => void order.push(`ack ${eventId}`),
  ): boolean => intake.take({ body: { event_id: eventId, event: { type: 'app_mention' } }, ack });
  const finishAll = async (): Promise<void> => {
    const drained = intake.drain(1_000).then(() => 'drained');
    const turn = (): Promise<string> => new Promise((resolve) => setImmediate(() => resolve('turn')));
    // Work begins when nothing more arrives, one piece in each turn.
    while ((await Promise.race([drained, turn()])) === 'turn') {
      for (const resolve of finish.splice(0)) resolve();
    }
  };
  return { intake, order, take, finishAll };
}

describe('createIntake', () => {
  it('acknowledges before it works', async () => {
    const { order, take, finishAll } = world();
    take('a');
    await finishAll();

    expect(order).toEqual(['ack a', 'work a']);
  });

  it('acknowledges an event that comes again, and works on it once', async () => {
    const { order, take, finishAll } = world();
    take('a');
    take('a');
    await finishAll();

    expect(order.filter((entry) => entry === 'ack a')).toHaveLength(2);
    expect(order.filter((entry) => entry === 'work a')).toHaveLength(1);
  });

  it.each([
    ['a command', { command: '/apt', user_id: 'U1' }],
    ['a press', { type: 'block_actions', user: { id: 'U1' }, actions: [{ action_id: 'a' }] }],
  ])('works once on %s that somebody sends a second time', async (_, body) => {
    const { intake, order, finishAll } = world();
    const send = (trigger: string): boolean =>
      intake.take({ body: { ...body, trigger_id: trigger }, ack: async () => void order.push('ack') });
    send('1.2.a');
    send('1.2.a');
    send('1.2.b');
    await finishAll();

    expect(order.filter((entry) => entry === 'ack')).toHaveLength(3);
    expect(order.filter((entry) => entry !== 'ack')).toHaveLength(2);
  });

  it('opens a modal without asking whether it came before, however slow the memory of all replicas is', async () => {
    const seen: SeenEvents = { firstSight: () => new Promise(() => undefined) };
    const { intake, order, finishAll } = world({ seen });
    for (const type of ['shortcut', 'message_action']) {
      intake.take({ body: { type, trigger_id: '1.2.a', user: { id: 'U1' } }, ack: async () => undefined });
    }
    await finishAll();

    expect(order).toHaveLength(2);
  });

  it('works on what could not be acknowledged', async () => {
    const { order, take, finishAll } = world();
    take('a', () => Promise.reject(new Error('socket closed')));
    await finishAll();

    expect(order).toEqual(['work a']);
  });

  it('takes no more than it can acknowledge in time, and takes again when there is room', async () => {
    const { order, take, finishAll } = world({ maxUnderWay: 2 });

    expect([take('a'), take('b'), take('c')]).toEqual([true, true, false]);
    await finishAll();
    expect(take('c')).toBe(true);
    await finishAll();

    expect(order).toContain('work c');
  });

  it('answers another person while one sends a thousand questions, and keeps room for them', async () => {
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const intake = createIntake({
      seen: createMemorySeenEvents(),
      clock: { now: () => new Date(0) },
      log: silentLog,
      maxUnderWay: 1_200,
    });
    intake.attach({
      processEvent: ({ body }) => {
        begun.push(String(body['user_id']));
        return new Promise((resolve) => void ends.push(resolve));
      },
    });
    const send = (user: string): boolean =>
      intake.take({
        body: { command: '/apt', text: 'x', team_id: 'T1', user_id: user },
        ack: () => Promise.resolve(),
      });
    const crowd = Array.from({ length: 1_000 }, () => send('UCROWD'));
    const other = send('UOTHER');
    while (begun.length < 3) await new Promise((resolve) => void setImmediate(resolve));

    expect([crowd.filter(Boolean).length, other]).toEqual([800, true]);
    expect(begun).toHaveLength(3);
    expect(begun.filter((user) => user === 'UOTHER')).toHaveLength(1);
    await intake.drain(1);
  });

  it('waits for what is under way, but not for ever', async () => {
    const { intake, take, finishAll } = world();
    take('a');

    await expect(intake.drain(1)).resolves.toBeUndefined();
    await finishAll();
  });

  it('waits with the acknowledgement that is the answer, and gives it once', async () => {
    const given: unknown[] = [];
    const intake = createIntake({
      seen: createMemorySeenEvents(),
      clock: { now: () => new Date(0) },
      log: silentLog,
    });
    intake.attach({
      processEvent: async ({ ack }) => {
        await ack({ response_action: 'clear' });
        await ack();
      },
    });
    const body = { type: 'view_submission', user: { id: 'U1' }, view: { callback_id: 'form' } };
    intake.take({ body, ack: async (answer) => void given.push(answer) });
    await intake.drain(1_000);

    expect(given).toEqual([{ response_action: 'clear' }]);
  });

  it('acknowledges what has no answer with nothing', async () => {
    const given: unknown[] = [];
    const intake = createIntake({
      seen: createMemorySeenEvents(),
      clock: { now: () => new Date(0) },
      log: silentLog,
    });
    intake.attach({ processEvent: () => Promise.reject(new Error('failed')) });
    const body = { type: 'block_suggestion', user: { id: 'U1' }, action_id: 'search' };
    intake.take({ body, ack: async (answer) => void given.push(answer) });
    await intake.drain(1_000);

    expect(given).toEqual([undefined]);
  });
});
