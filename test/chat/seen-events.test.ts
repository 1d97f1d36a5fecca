import { describe, expect, it } from 'vitest';
import { createMemorySeenEvents, rememberMs } from '../../src/chat/seen-events.ts';

const start = new Date('2026-11-22T12:00:00Z');
const later = (ms: number): Date => new Date(start.getTime() + ms);

describe('createMemorySeenEvents', () => {
  it('lets a key pass once in ten minutes and more', async () => {
    const seen = createMemorySeenEvents();

    expect(await seen.firstSight('a', start)).toBe(true);
    expect(await seen.firstSight('a', start)).toBe(false);
    expect(await seen.firstSight('b', start)).toBe(true);
    expect(await seen.firstSight('a', later(10 * 60_000))).toBe(false);
    expect(await seen.firstSight('a', later(rememberMs + 1))).toBe(true);
  });

  it('forgets the oldest first when it is full', async () => {
    const seen = createMemorySeenEvents(2);
    for (const key of ['a', 'b', 'c']) await seen.firstSight(key, start);

    expect(await seen.firstSight('c', start)).toBe(false);
    expect(await seen.firstSight('a', start)).toBe(true);
  });
});
