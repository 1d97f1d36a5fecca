import { describe, expect, it } from 'vitest';
import { checkDeliveries } from '../../src/compose/check-deliveries.ts';
import { noFigures } from '../../src/schedule/delivery-metrics.ts';
import type { StoredSubscription } from '../../src/store/delivery-types.ts';
import { subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { settingsOf } from './settings-of.ts';

const clock = { now: () => new Date('2026-11-23T12:00:00Z') };
const connected = settingsOf({ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_SIGNING_SECRET: 'signing' });

async function check(
  subscriptions: readonly StoredSubscription[],
  counts: Partial<typeof noFigures.counts> = {},
  settings = connected,
): Promise<readonly string[]> {
  const checks = await checkDeliveries(
    {
      subscriptions: async () => subscriptions,
      deliveryCounts: async () => ({ ...noFigures.counts, ...counts }),
      deliveries: async () => [],
    },
    settings,
    clock,
  );
  return checks.map(({ state, detail }) => `${state}: ${detail}`);
}

describe('checkDeliveries', () => {
  it('counts what there is where all is well', async () => {
    expect(await check([subscriptionAt('a', 0)], { posted: 3, pending: 1 })).toEqual([
      'ok: 1 subscriptions, 3 delivered, 1 waiting',
    ]);
  });

  it('says why a subscription is paused, and how to go on', async () => {
    const [line = ''] = await check([subscriptionAt('a', 0, { paused: true, pausedReason: 'is_archived' })]);

    expect(line).toMatch(/^problem: subscription a is paused: is_archived; .*subscriptions resume a"$/);
  });

  it('tells of places on a platform that is not connected', async () => {
    const [line = ''] = await check([subscriptionAt('a', 0)], {}, settingsOf({}));

    expect(line).toBe(
      'problem: 1 subscription delivers to slack, which is not connected with these settings',
    );
  });

  it('tells what was given up, and what to do', async () => {
    const [line = ''] = await check([], { dead: 2, held: 1 });

    expect(line).toContain('2 given up, 1 held');
    expect(line).toContain('digest redrive');
  });
});
