import { expect, it } from 'vitest';
import { createPlaygroundMessages } from '../../src/playground/messages.ts';
import { createApp } from '../../src/server/app.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { describeDeliveryPlatform } from '../contracts/delivery-platform-contract.ts';
import { cleared } from '../helpers/cleared.ts';
import { openPlaygroundDelivery } from '../helpers/deliveries/playground.ts';
import { createFakeChat } from '../helpers/fake-chat.ts';
import { sampleCard } from '../helpers/sample-card.ts';

describeDeliveryPlatform('playground', openPlaygroundDelivery);

const clock = { now: () => new Date('2026-11-22T12:00:00Z') };

it('keeps a message once, however often it is posted', async () => {
  const driver = await openPlaygroundDelivery();
  const message = { key: 'one/0', card: cleared(sampleCard) };

  const results = [
    await driver.platform.post(driver.place, message),
    await driver.platform.post(driver.place, message),
  ];

  expect(results).toEqual([
    { kind: 'posted', messageId: 'one/0' },
    { kind: 'posted', messageId: 'one/0' },
  ]);
  expect(await driver.standing(driver.place)).toHaveLength(1);
});

it('keeps the newest 200, in the order in which they came', () => {
  const messages = createPlaygroundMessages(clock);
  for (let number = 0; number < 250; number += 1)
    messages.add({ key: `k${number}`, card: cleared(sampleCard) });

  const kept = messages.after(0, 1_000).map(({ key }) => key);

  expect(kept).toEqual(Array.from({ length: 200 }, (_, index) => `k${index + 50}`));
});

function appWith(messages = createPlaygroundMessages(clock)) {
  const app = createApp({
    chat: createFakeChat(),
    ready: async () => ({ ready: true, parts: {} }),
    metrics: createMetrics(),
    clock,
    log: silentLog,
    playground: {
      ceiling: 'green',
      examples: [],
      suggest: async () => [],
      asset: async () => undefined,
      delivered: messages,
    },
  });
  return { app, messages };
}

it('gives the page what came after the message that it has', async () => {
  const { app, messages } = appWith();
  messages.add({ key: 'a', card: cleared({ ...sampleCard, title: 'First' }) });
  messages.add({ key: 'b', card: cleared({ ...sampleCard, title: 'Second' }), parent: 'a' });

  const all = (await (await app.request('/playground/api/messages')).json()) as {
    messages: { sequence: number; isReply: boolean; at: string; reply: { title: string } }[];
  };
  const rest = await app.request(`/playground/api/messages?after=${all.messages[0]?.sequence}`);

  expect(all.messages.map(({ isReply, at, reply }) => [reply.title, isReply, at])).toEqual([
    ['First', false, '2026-11-22T12:00:00.000Z'],
    ['Second', true, '2026-11-22T12:00:00.000Z'],
  ]);
  expect(await rest.json()).toMatchObject({ messages: [{ reply: { title: 'Second' } }] });
});

it.each(['', 'x', '-1', '1e999', '0.5', '9'.repeat(400)])(
  'takes after=%s as an answer to give',
  async (after) => {
    const { app } = appWith();

    const response = await app.request(`/playground/api/messages?after=${after}`);

    expect([response.status, await response.json()]).toEqual([200, { messages: [] }]);
  },
);

it('gives nothing to the page of another site', async () => {
  const { app } = appWith();

  const response = await app.request('/playground/api/messages', {
    headers: { 'Sec-Fetch-Site': 'cross-site' },
  });

  expect(response.status).toBe(403);
});
