import { App } from '@slack/bolt';
import { expect, it } from 'vitest';
import { createBoltLogger } from '../../../src/chat/slack/bolt-log.ts';
import { boundBoltClients, createClientPool } from '../../../src/chat/slack/clients.ts';
import { silentLog } from '../../../src/support/log.ts';

it('clients are kept by token, for the last 500 tokens that were used', () => {
  const pool = createClientPool({ mode: 'http' }, { logger: createBoltLogger(silentLog) });
  const first = pool.lookup('xoxb-first');
  const again = pool.lookup('xoxb-first');
  for (let token = 0; token < 500; token += 1) pool.lookup(`xoxb-${token}`);

  expect(again).toBe(first);
  expect(pool.lookup('xoxb-first')).not.toBe(first);
  expect(pool.delivery('xoxb-499')).not.toBe(pool.lookup('xoxb-499'));
});

it('the clients that Bolt keeps are let go past 500, and it goes on', async () => {
  const receiver = { init: () => {}, start: async () => {}, stop: async () => {} };
  const app = new App({ receiver, authorize: async ({ teamId = '' }) => ({ botToken: `xoxb-${teamId}` }) });
  const tokens: (string | undefined)[] = [];
  app.event('app_mention', async ({ client }) => void tokens.push(client.token));
  const mention = (team: string): Promise<void> =>
    app.processEvent({
      body: {
        type: 'event_callback',
        team_id: team,
        event: { type: 'app_mention', channel: 'C1', user: 'U1' },
      },
      ack: async () => {},
    });
  for (let team = 0; team < 501; team += 1) await mention(`T${team}`);
  const before = Object.keys(Reflect.get(app, 'clients')).length;
  boundBoltClients(app);
  await mention('T7');

  expect(before).toBe(501);
  expect(Object.keys(Reflect.get(app, 'clients'))).toEqual(['T7']);
  expect(tokens.at(-1)).toBe('xoxb-T7');
});
