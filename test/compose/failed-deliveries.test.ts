import { describe, expect, it } from 'vitest';
import { failedIn } from '../../src/compose/failed-deliveries.ts';
import type { Destination } from '../../src/domain/subscription.ts';
import type { DeadLetters } from '../../src/schedule/dead-letters.ts';
import type { StoredDelivery } from '../../src/store/delivery-types.ts';

function letter(id: string, kind: Destination['kind']): StoredDelivery {
  return {
    id,
    subscription: `of ${id}`,
    destination: { platform: 'slack', workspace: 'slack:T1', id: 'C1', kind },
    slotAt: 1_000,
    period: '2026-11-23',
    merged: 0,
    state: 'dead',
    notBefore: 1_000,
    deadline: 2_000,
    leaseOwner: null,
    leaseUntil: null,
    fence: 1,
    attempt: 1,
    firstTryAt: null,
    lastTryAt: null,
    payload: null,
    posted: [],
    postedAt: null,
    evidence: null,
    lastError: 'is_archived',
  };
}

describe('what admins see of deliveries that failed', () => {
  it('is of their workspace, without what is for one person', async () => {
    const asked: unknown[] = [];
    const never = async (): Promise<never> => {
      throw new Error('nothing is decided here');
    };
    const deadLetters: DeadLetters = {
      of: async (...args) => {
        asked.push(args);
        return [letter('a', 'channel'), letter('b', 'direct')];
      },
      delivery: async () => undefined,
      redrive: never,
      settle: never,
    };

    const failed = failedIn({ deadLetters });

    expect(await failed?.('slack:T1', 50)).toEqual([
      { id: 'a', subscription: 'of a', slotAt: 1_000, reason: 'is_archived' },
    ]);
    await failed?.('local', 50);
    expect(asked).toEqual([
      [{ platform: 'slack', id: 'slack:T1' }, 50],
      [{ platform: 'playground', id: 'local' }, 50],
    ]);
  });
});
