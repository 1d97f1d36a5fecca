import { setImmediate as immediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTaskRunner, type TickTask } from '../../src/schedule/task-runner.ts';
import { type Log, silentLog } from '../../src/support/log.ts';

/** A clock that is moved by hand. */
function handClock(): { now: () => Date; move: (ms: number) => void } {
  let ms = Date.UTC(2026, 0, 20, 3);
  return {
    now: () => new Date(ms),
    move: (by) => {
      ms += by;
    },
  };
}

/** A task whose runs end when they are told to. */
function heldTask(name: string): { task: TickTask; runs: () => number; end: () => void } {
  const ends: (() => void)[] = [];
  let runs = 0;
  return {
    task: {
      name,
      run: () => {
        runs += 1;
        return new Promise<void>((resolve) => ends.push(resolve));
      },
    },
    runs: () => runs,
    end: () => ends.shift()?.(),
  };
}

describe('createTaskRunner', () => {
  it('runs each task once a tick', async () => {
    const ran: string[] = [];
    const tasks = ['a', 'b'].map((name) => ({ name, run: async () => ran.push(name) }));
    const runner = createTaskRunner(tasks, handClock(), silentLog);

    await runner.tick();
    await runner.tick();

    expect(ran).toEqual(['a', 'b', 'a', 'b']);
  });

  it('leaves out a task that still runs, and none of the others', async () => {
    const slow = heldTask('slow');
    let quickRuns = 0;
    const quick = { name: 'quick', run: async () => (quickRuns += 1) };
    const runner = createTaskRunner([slow.task, quick], handClock(), silentLog);

    const first = runner.tick();
    await immediate();
    await runner.tick();
    expect([slow.runs(), quickRuns]).toEqual([1, 2]);

    slow.end();
    await first;
    void runner.tick();
    expect(slow.runs()).toBe(2);
    slow.end();
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('locked'))],
    [
      'throws at once',
      (): Promise<void> => {
        throw new Error('locked');
      },
    ],
  ])('logs a task that %s by its name, and runs it again at the next tick', async (_, fail) => {
    const logged: object[] = [];
    const log: Log = { ...silentLog, error: (fields) => void logged.push(fields) };
    let runs = 0;
    let otherRuns = 0;
    const failing = {
      name: 'failing',
      run: () => {
        runs += 1;
        return fail();
      },
    };
    const other = { name: 'other', run: async () => (otherRuns += 1) };
    const runner = createTaskRunner([failing, other], handClock(), log);

    await runner.tick();
    await runner.tick();

    expect([runs, otherRuns]).toEqual([2, 2]);
    expect(logged).toEqual([
      { task: 'failing', error: new Error('locked') },
      { task: 'failing', error: new Error('locked') },
    ]);
  });

  it('is alive for a minute after its start and after each tick, also while a task hangs', async () => {
    const clock = handClock();
    const runner = createTaskRunner([heldTask('hung').task], clock, silentLog);

    clock.move(59_999);
    expect(runner.isAlive()).toBe(true);
    clock.move(1);
    expect(runner.isAlive()).toBe(false);

    void runner.tick();
    expect(runner.isAlive()).toBe(true);
    clock.move(30_000);
    void runner.tick();
    clock.move(59_999);
    expect(runner.isAlive()).toBe(true);
  });

  it('waits at its stop for what runs, and starts nothing after it', async () => {
    const held = heldTask('refresh');
    const runner = createTaskRunner([held.task], handClock(), silentLog);
    void runner.tick();

    const stopping = runner.stop();
    expect(await Promise.race([stopping, immediate('still waiting')])).toBe('still waiting');
    await runner.tick();
    held.end();
    await stopping;
    await runner.tick();

    expect(held.runs()).toBe(1);
  });
});
