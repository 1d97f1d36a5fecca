import { expect, it } from 'vitest';
import { measuredChat } from '../../src/server/measured-chat.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';

it('counts questions by platform and outcome, and times them', async () => {
  const metrics = createMetrics();
  let now = 0;
  const chat = measuredChat(createFakeChat(), metrics, () => {
    now += 3;
    return now;
  });
  const place = { platform: 'slack', id: 'C1', kind: 'channel', ceiling: 'clear' } as const;

  await chat.handle({ text: 'APT99', place, person: 'U1', now: new Date(0) });

  expect(metrics.render()).toContain('threatbrief_lookups_total{platform="slack",outcome="other"} 1');
  expect(metrics.render()).toContain('threatbrief_lookup_seconds_sum{platform="slack"} 0.003');
});
