import { describe, expect, it } from 'vitest';
import { createAskers } from '../../../src/chat/teams/asker.ts';

const room = { id: '19:room', tenantId: 'T' };
const alice = { id: '29:alice', tenantId: 't', userRole: 'user', userPrincipalName: 'alice@corp.example' };

function askersAt(): { askers: ReturnType<typeof createAskers>; advance(ms: number): void } {
  let nowMs = 0;
  return {
    askers: createAskers({ now: () => new Date(nowMs) }),
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

describe('createAskers', () => {
  it.each<[string, object | undefined, object]>([
    ['a member of the tenant', alice, { role: 'member' }],
    ['a guest', { ...alice, userRole: 'guest' }, { role: 'guest' }],
    ['someone of another tenant', { ...alice, tenantId: 'other' }, { role: 'guest' }],
    ['an #EXT# name', { ...alice, userPrincipalName: 'a#ext#@corp.example' }, { role: 'guest' }],
    ['someone else', { ...alice, id: '29:bob' }, {}],
    ['someone without a role', { ...alice, userRole: undefined }, {}],
    ['nothing', undefined, {}],
  ])('says of %s', async (_who, member, expected) => {
    expect(await askersAt().askers.of(room, '29:alice', async () => member)).toEqual(expected);
  });

  it('remembers for minutes, and asks soon again after a failure', async () => {
    const { askers, advance } = askersAt();
    let asked = 0;
    const read = async (): Promise<object> => {
      asked += 1;
      if (asked === 1) throw new Error('403');
      return alice;
    };

    expect(await askers.of(room, '29:alice', read)).toEqual({});
    advance(16_000);
    expect(await askers.of(room, '29:alice', read)).toEqual({ role: 'member' });
    advance(4 * 60_000);
    await askers.of(room, '29:alice', read);
    expect(asked).toBe(2);
    advance(2 * 60_000);
    await askers.of(room, '29:alice', read);
    expect(asked).toBe(3);
  });

  it('says nothing where the tenant is not known', async () => {
    expect(
      await askersAt().askers.of({ id: 'x', tenantId: undefined }, '29:alice', async () => alice),
    ).toEqual({});
  });
});
