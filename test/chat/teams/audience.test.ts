import { describe, expect, it } from 'vitest';
import { createAudience, type RosterReader } from '../../../src/chat/teams/audience.ts';

const user = { tenantId: 'tenant-1', userRole: 'user', userPrincipalName: 'alice@corp.example' };
const room = { id: 'room', tenantId: 'tenant-1', channelType: undefined };
const roster =
  (...members: readonly object[]): RosterReader =>
  async () => ({ members });

function clockAt(times: readonly string[]): { now(): Date } {
  let index = 0;
  return { now: () => new Date(times[Math.min(index++, times.length - 1)] ?? 0) };
}

describe('createAudience', () => {
  it('gives the internal ceiling to a roster of own users', async () => {
    const audience = createAudience('green', clockAt(['2026-01-01']));

    expect(await audience.ceilingFor(room, roster(user, { ...user, tenantId: 'TENANT-1' }))).toBe('green');
  });

  it.each([
    ['a guest', roster(user, { ...user, userRole: 'guest' })],
    ['a member of another tenant', roster(user, { ...user, tenantId: 'tenant-2' })],
    ['a member with an #EXT# name', roster({ ...user, userPrincipalName: 'bob_corp#ext#@x.example' })],
    ['a member without a role', roster({ tenantId: 'tenant-1' })],
    ['an empty roster', roster()],
    ['a roster that cannot be read', () => Promise.reject(new Error('403'))],
    ['a roster without an end', async () => ({ members: [user], continuationToken: 'again' })],
  ])('gives CLEAR to %s', async (_what, reader) => {
    const audience = createAudience('green', clockAt(['2026-01-01']));

    expect(await audience.ceilingFor(room, reader)).toBe('clear');
  });

  it.each([
    ['a shared channel', { ...room, channelType: 'shared' }],
    ['a private channel', { ...room, channelType: 'private' }],
    ['an unknown tenant', { ...room, tenantId: undefined }],
  ])('gives CLEAR to %s without asking for the roster', async (_what, conversation) => {
    const audience = createAudience('green', clockAt(['2026-01-01']));

    expect(await audience.ceilingFor(conversation, roster(user))).toBe('clear');
  });

  it('reads every page', async () => {
    const pages: Record<string, { members: object[]; continuationToken?: string }> = {
      first: { members: [user], continuationToken: 'second' },
      second: { members: [{ ...user, userRole: 'guest' }] },
    };
    const audience = createAudience('green', clockAt(['2026-01-01']));

    expect(await audience.ceilingFor(room, async (token) => pages[token ?? 'first'] ?? { members: [] })).toBe(
      'clear',
    );
  });

  it('asks again after five minutes, so that a guest who joined is seen', async () => {
    const clock = clockAt(['2026-01-01T00:00:00Z', '2026-01-01T00:04:00Z', '2026-01-01T00:06:00Z']);
    const audience = createAudience('green', clock);
    const guest = roster({ ...user, userRole: 'guest' });

    expect(await audience.ceilingFor(room, roster(user))).toBe('green');
    expect(await audience.ceilingFor(room, guest)).toBe('green');
    expect(await audience.ceilingFor(room, guest)).toBe('clear');
  });
});
