import { describe, expect, it } from 'vitest';
import { createForgetting } from '../../src/schedule/forgetting.ts';

const minute = 60_000;
const hour = 60 * minute;
const year = 365 * 24 * hour;

function world() {
  let now = Date.UTC(2026, 0, 20);
  const forgotten: number[] = [];
  let fails = false;
  const tick = createForgetting({ now: () => new Date(now) }, async (at) => {
    if (fails) throw new Error('the database does not answer');
    forgotten.push(at);
  });
  return {
    forgotten,
    leap: (ms: number) => void (now += ms),
    fail: (value: boolean) => void (fails = value),
    /** Lets time pass in steps of ten seconds. */
    pass: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 10_000) {
        now += 10_000;
        await tick();
      }
    },
  };
}

describe('createForgetting', () => {
  it('forgets once an hour, and nothing in the first minutes of a process', async () => {
    const { forgotten, pass } = world();

    await pass(9 * minute);
    expect(forgotten).toEqual([]);
    await pass(3 * hour);
    expect(forgotten).toHaveLength(3);
  });

  it.each([
    ['ahead by a year', year],
    ['back by a year', -year],
    ['ahead by a day', 24 * hour],
  ])('forgets nothing by a clock that leaps %s and is set right again', async (_what, ms) => {
    const { forgotten, pass, leap } = world();
    await pass(30 * minute);
    const before = forgotten.length;

    leap(ms);
    await pass(8 * minute);
    leap(-ms);
    await pass(8 * minute);

    expect(forgotten).toHaveLength(before);
    await pass(hour);
    expect(forgotten.length).toBeGreaterThan(before);
    expect(Math.max(...forgotten)).toBeLessThan(Date.UTC(2026, 0, 21));
  });

  it('tries again after a failure', async () => {
    const { forgotten, pass, fail } = world();
    fail(true);
    await expect(pass(15 * minute)).rejects.toThrow('does not answer');
    fail(false);
    await pass(minute);

    expect(forgotten).toHaveLength(1);
  });
});
