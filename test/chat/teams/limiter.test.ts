import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter, type Limiter, sendWindows } from '../../../src/chat/teams/limiter.ts';

function limiterAt(): { limiter: Limiter; clock: { nowMs: number } } {
  const clock = { nowMs: 1_000_000 };
  return { clock, limiter: createLimiter(sendWindows, { now: () => new Date(clock.nowMs) }) };
}

describe('createLimiter', () => {
  it('lets seven go at once, and keeps conversations apart', () => {
    const { limiter } = limiterAt();

    const waits = Array.from({ length: 9 }, () => limiter.take('room'));

    expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 1_000, 2_000]);
    expect(limiter.waitMs('room')).toBeGreaterThan(0);
    expect(limiter.waitMs('other')).toBe(0);
  });

  it('waits as long as it was asked to', () => {
    const { limiter, clock } = limiterAt();

    limiter.pause('room', 5_000);
    expect(limiter.take('room')).toBe(5_000);
    clock.nowMs += 6_000;
    expect(limiter.take('room')).toBe(0);
  });

  it('never lets more go than any window allows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 300 }), (gaps) => {
        const { limiter, clock } = limiterAt();
        const times = gaps.map((gap) => {
          clock.nowMs += gap;
          return clock.nowMs + limiter.take('room');
        });
        for (const { ms, max } of sendWindows) {
          for (const [index, time] of times.entries()) {
            const earlier = times[index - max];
            if (earlier !== undefined) expect(time - earlier).toBeGreaterThanOrEqual(ms);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
