import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRun, parseSchedule, retryDelayMs, type Schedule } from '../../src/connect/when.ts';

const now = Date.parse('2026-01-20T03:00:00Z');
const minuteMs = 60_000;

function schedule(text: string): Schedule {
  const reading = parseSchedule(text);
  if (!reading.ok) throw new Error(reading.problem);
  return reading.schedule;
}

/** The slot without the jitter of the name. */
function slot(text: string): string {
  return new Date(nextRun(schedule(text), 'kev', now + 10 * minuteMs)).toISOString().slice(0, 13);
}

describe('a schedule', () => {
  it.each([
    ['6h', '2026-01-20T06'],
    ['1H', '2026-01-20T04'],
    ['2d', '2026-01-21T00'],
    ['daily 14:30', '2026-01-20T14'],
    ['daily 2:05', '2026-01-21T02'],
    ['  Daily   14:30 ', '2026-01-20T14'],
    ['weekly mon 03:00', '2026-01-26T03'],
    ['weekly Tuesday 04:00', '2026-01-20T04'],
    ['15 */4 * * *', '2026-01-20T04'],
    ['0 9 * * mon-fri', '2026-01-20T09'],
    ['0 0 29 2 *', '2028-02-29T00'],
  ])('reads "%s"', (text, expected) => {
    expect(slot(text)).toBe(expected);
  });

  it.each([
    ['4m', /too often; every 5 minutes/],
    ['0h', /too often/],
    ['* * * * *', /too often/],
    ['*/4 * * * *', /too often/],
    ['0,2 3 * * *', /too often/],
    ['400d', /more than a year/],
    ['0 0 31 2 *', /never comes/],
    ['', /not understood; write 30m, 6h/],
    ['often', /not understood/],
    ['6', /not understood/],
    ['6 hours', /not understood/],
    ['-6h', /not understood/],
    ['daily', /not understood/],
    ['daily 24:00', /not understood/],
    ['daily 3:5', /not understood/],
    ['weekly 03:00', /not understood/],
    ['weekly someday 03:00', /not understood/],
    ['99 * * * *', /not understood/],
    ['0 0 3 * * *', /not understood/],
    ['__proto__ * * * *', /not understood/],
    ['9'.repeat(5000), /not understood/],
  ])('refuses "%s" and says what is understood', (text, problem) => {
    const reading = parseSchedule(text);

    expect(reading.ok ? '' : reading.problem).toMatch(problem);
    expect(reading.ok ? 0 : reading.problem.length).toBeLessThan(300);
  });

  const texts = [
    '5m',
    '30m',
    '6h',
    '7h',
    '3d',
    '1w',
    'daily 03:00',
    'weekly sun 23:59',
    '*/5 * * * *',
    '30 2 1 * *',
  ];
  const anyTime = fc.integer({ min: 0, max: Date.parse('2100-01-01') });

  it('always comes after now, at the same times whenever it is asked', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.string({ maxLength: 12 }), anyTime, (text, name, after) => {
        const plan = schedule(text);
        const first = nextRun(plan, name, after);

        expect(first).toBeGreaterThan(after);
        // No run is passed over: asked just before it, the same one comes.
        expect(nextRun(plan, name, first - 1)).toBe(first);
        expect(nextRun(plan, name, first) - first).toBeGreaterThanOrEqual(5 * minuteMs);
      }),
      { numRuns: 150 },
    );
  });

  it('runs a little later for some names, always the same', () => {
    const runs = Array.from({ length: 50 }, (_, number) => nextRun(schedule('6h'), `source-${number}`, now));

    expect(new Set(runs).size).toBeGreaterThan(40);
    const sixOClock = Date.parse('2026-01-20T06:00:00Z');
    for (const run of runs) {
      expect(run).toBeGreaterThanOrEqual(sixOClock);
      expect(run).toBeLessThan(sixOClock + 5 * minuteMs);
    }
  });
});

describe('the wait after a failure', () => {
  it('doubles up to six hours, a fifth more or less', () => {
    const waits = [1, 2, 3, 7, 8, 100, 100_000].map((failures) => retryDelayMs(failures, 0.5) / minuteMs);

    expect(waits).toEqual([5, 10, 20, 320, 360, 360, 360]);
    expect([retryDelayMs(1, 0), retryDelayMs(1, 1)]).toEqual([4 * minuteMs, 6 * minuteMs]);
  });

  it('is at least what the server asked for, up to a day', () => {
    expect(retryDelayMs(1, 0.5, 600)).toBe(600_000);
    expect(retryDelayMs(1, 0.5, 10)).toBe(300_000);
    expect(retryDelayMs(1, 0.5, 1e12)).toBe(86_400_000);
  });
});
