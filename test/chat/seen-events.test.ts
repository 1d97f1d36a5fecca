import { describe, expect, it } from 'vitest';
import { createMemorySeenEvents, createSharedSeenEvents, rememberMs } from '../../src/chat/seen-events.ts';
import { silentLog } from '../../src/support/log.ts';

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

describe('createSharedSeenEvents', () => {
  it('lets a key pass once over all processes', async () => {
    const taken = new Set<string>();
    const store = { firstSight: async (key: string) => !taken.has(key) && taken.add(key).size > 0 };
    const [one, other] = [createSharedSeenEvents(store, silentLog), createSharedSeenEvents(store, silentLog)];

    expect(await one.firstSight('a', start)).toBe(true);
    expect(await other.firstSight('a', start)).toBe(false);
    expect(await other.firstSight('b', start)).toBe(true);
    expect(await one.firstSight('b', start)).toBe(false);
  });

  it.each([
    ['is out', () => Promise.reject(new Error('the database is out'))],
    ['does not answer', () => new Promise<boolean>(() => {})],
  ])('lets a key pass once in this process while the store %s', async (_, firstSight) => {
    const seen = createSharedSeenEvents({ firstSight }, silentLog, 20);

    expect(await seen.firstSight('a', start)).toBe(true);
    expect(await seen.firstSight('a', start)).toBe(false);
  });
});
