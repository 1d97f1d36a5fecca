import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime, parseWindow } from '../../src/briefing/diff-time.ts';

/** A Wednesday. */
const now = new Date('2026-03-18T10:30:00Z');

function from(text: string): string | undefined {
  const parsed = parseTime(text, now);
  return parsed.kind === 'ok' ? new Date(parsed.span.from).toISOString() : undefined;
}

describe('parseTime', () => {
  it.each([
    ['2025-01-31', '2025-01-31T00:00:00.000Z'],
    ['2025-01', '2025-01-01T00:00:00.000Z'],
    ['2025', '2025-01-01T00:00:00.000Z'],
    [' 2025-01-31T12:00 ', '2025-01-31T12:00:00.000Z'],
    ['2025-01-31T12:00:00+02:00', '2025-01-31T10:00:00.000Z'],
    ['2025-01-31 12:00:00Z', '2025-01-31T12:00:00.000Z'],
    ['today', '2026-03-18T00:00:00.000Z'],
    ['Yesterday', '2026-03-17T00:00:00.000Z'],
    ['last week', '2026-03-11T10:30:00.000Z'],
    ['30d', '2026-02-16T10:30:00.000Z'],
    ['30 days', '2026-02-16T10:30:00.000Z'],
    ['the last 7 days', '2026-03-11T10:30:00.000Z'],
    ['12h', '2026-03-17T22:30:00.000Z'],
    ['2 weeks ago', '2026-03-04T10:30:00.000Z'],
    ['a month ago', '2026-02-18T10:30:00.000Z'],
    ['1y', '2025-03-18T10:30:00.000Z'],
    ['monday', '2026-03-16T00:00:00.000Z'],
    ['last Wednesday', '2026-03-11T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(from(text)).toBe(expected);
  });

  it('steps back to the last day of a shorter month', () => {
    const parsed = parseTime('1 month ago', new Date('2026-03-31T00:00:00Z'));

    expect(parsed.kind === 'ok' && new Date(parsed.span.from).toISOString()).toBe('2026-02-28T00:00:00.000Z');
  });

  it.each([
    '',
    'soon',
    '01/02/2025',
    '31.12.2025',
    '2025-02-30',
    '2025-13',
    '0000-01-01',
    '1969',
    '0d',
    '5m',
    '99999y',
    'constructor',
    '2025-1-1',
    'x'.repeat(5_000),
  ])('refuses "%.20s" and says what is read', (text) => {
    const parsed = parseTime(text, now);

    expect(parsed).toMatchObject({
      kind: 'bad',
      problem: expect.stringContaining('2025-01-31, 2025-01, 30d'),
    });
    expect(JSON.stringify(parsed).length).toBeLessThan(400);
  });

  it('reads every day of the calendar as that day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);

          expect(from(day)).toBe(`${day}T00:00:00.000Z`);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(['ok', 'bad']).toContain(parseTime(text, now).kind);
      }),
      { numRuns: 300 },
    );
  });
});

describe('parseWindow', () => {
  function windowOf(since: string, until?: string): readonly string[] | string {
    const parsed = parseWindow(since, until, now);
    return parsed.kind === 'bad'
      ? parsed.problem
      : [parsed.window.from, parsed.window.to].map((at) => new Date(at).toISOString());
  }

  it('ends now, with what happens at this moment', () => {
    expect(windowOf('2026-03-01')).toEqual(['2026-03-01T00:00:00.000Z', '2026-03-18T10:30:00.001Z']);
  });

  it('holds the whole last day', () => {
    expect(windowOf('2026-03-01', '2026-03-02')).toEqual([
      '2026-03-01T00:00:00.000Z',
      '2026-03-03T00:00:00.000Z',
    ]);
    expect(windowOf('2026-03-02', '2026-03-02')).toHaveLength(2);
  });

  it.each([
    ['2027-01-01', undefined, 'lies in the future'],
    ['2026-03-02', '2026-03-01', 'is before'],
    ['30d', 'nonsense', 'is no date that is read'],
  ])('refuses %s until %s', (since, until, problem) => {
    expect(windowOf(since, until)).toContain(problem);
  });
});
