import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryDesk } from '../../src/cli/runtime.ts';
import { openDeliveryDesk } from '../../src/compose/delivery-desk.ts';
import { latestSlot } from '../../src/schedule/when/slots.ts';
import { openStore } from '../../src/store/open-store.ts';
import { systemClock } from '../../src/support/clock.ts';
import { silentLog } from '../../src/support/log.ts';
import { channel, daily, subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { botToken, createSlackNetwork, type SlackNetwork } from '../helpers/slack-network.ts';
import { settingsOf } from './settings-of.ts';

const dayMs = 24 * 3_600_000;

describe('openDeliveryDesk', () => {
  let home: string;
  let network: SlackNetwork;
  const open: DeliveryDesk[] = [];
  let connected: Readonly<Record<string, string>>;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'threatbrief-desk-'));
    network = await createSlackNetwork();
    await network.joinBot();
    connected = {
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: 'signing',
      SLACK_API_URL: network.apiUrl,
    };
    const store = await openStore({ home });
    const destination = { ...channel(network.channel), workspace: `slack:${network.team}` };
    const created = Date.now() - 3 * dayMs;
    const changes = { destination, emptyDay: 'line', timing: daily('Europe/Berlin') } as const;
    for (const id of ['first', 'second', 'later', 'paused']) {
      await store.addSubscription(subscriptionAt(id, created, { ...changes, paused: id === 'paused' }));
    }
    await store.close();
  });

  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  afterAll(async () => {
    await network.close();
    rmSync(home, { recursive: true, force: true });
  });

  async function desk(env: Readonly<Record<string, string>> = {}): Promise<DeliveryDesk> {
    const settings = settingsOf({ THREATBRIEF_HOME: home, ...env });
    const made = await openDeliveryDesk(settings, systemClock, silentLog);
    open.push(made);
    return made;
  }

  const schedule = { cron: '0 8 * * *', zone: 'Europe/Berlin' };
  const yesterday = latestSlot(schedule, Date.now() - 2 * dayMs, Date.now())?.slotAt ?? 0;
  const slot = (subscription: string, slotAt = yesterday) => ({ subscription, slotAt, waitSeconds: 30 });

  async function posted(): Promise<number> {
    const history = await network.asPerson('conversations.history', { channel: network.channel });
    const { messages = [] } = history as { messages?: readonly { text?: string }[] };
    return messages.filter(({ text = '' }) => text.startsWith('Nothing new')).length;
  }

  it('leaves a slot in the ledger where its platform is not connected', async () => {
    const { run, list } = await desk();

    const outcome = await run(slot('later'));

    expect(outcome).toMatchObject({ isConnected: false, delivery: { state: 'pending' } });
    expect(await list({ subscription: 'later', limit: 10 })).toHaveLength(1);
  });

  it('waits for who is connected, as long as was asked', async () => {
    const { run } = await desk();
    const startedAt = Date.now();

    expect(await run({ ...slot('later'), waitElsewhereSeconds: 1 })).toMatchObject({ isConnected: false });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(900);
  });

  it.each([
    ['has not come', Date.now() + 400 * dayMs, 'has not come yet'],
    ['is no slot of the schedule', yesterday - 60_000, 'is no slot of later'],
    ['came before the subscription', yesterday - 30 * dayMs, 'is before later was made'],
  ])('refuses what %s, names those that are near, and uses up nothing', async (_what, slotAt, problem) => {
    const { run, list } = await desk();
    const before = await list({ limit: 50 });
    const near = new Date(yesterday).toISOString().slice(0, 10);

    await expect(run(slot('later', slotAt))).rejects.toThrow(problem);
    if (slotAt > yesterday) await expect(run(slot('later', slotAt))).rejects.toThrow(near);
    await expect(run(slot('later', slotAt))).rejects.toMatchObject({ exitCode: 2 });
    expect(await list({ limit: 50 })).toEqual(before);
  });

  it('says when another slot stands for the period', async () => {
    const { run } = await desk();
    const store = await openStore({ home });
    const found = await store.subscription('later');
    await store.changeSubscription('later', found?.version ?? 0, {
      timing: daily('Europe/Berlin', '1 8 * * *'),
    });
    await store.close();

    const outcome = await run(slot('later', yesterday + 60_000));

    expect(outcome).toMatchObject({ standsFor: yesterday + 60_000, delivery: { slotAt: yesterday } });
  });

  it('posts a slot once, though two processes run it at once and a third runs it again', async () => {
    const before = await posted();
    const [one, two] = [await desk(connected), await desk(connected)];

    const outcomes = await Promise.all([one.run(slot('first')), two.run(slot('first'))]);
    const third = await one.run(slot('first'));

    expect(outcomes.map(({ delivery }) => delivery.state)).toEqual(['posted', 'posted']);
    expect(third.delivery.id).toBe(outcomes[0]?.delivery.id);
    expect(await posted()).toBe(before + 1);
  });

  it('composes for a try without posting or remembering', async () => {
    const before = await posted();
    const { dryRun, list } = await desk(connected);

    const composed = await dryRun(slot('second'));

    expect(composed.isEmpty).toBe(true);
    expect(composed.messages).toHaveLength(1);
    expect(composed.assumedFor).toBeUndefined();
    expect(await list({ subscription: 'second', limit: 10 })).toEqual([]);
    expect(await posted()).toBe(before);
  });

  it('shows a digest as it would have been, before anything was stored', async () => {
    const { replay } = await desk();
    const day = { from: Date.parse('2026-01-20T00:00:00Z'), to: Date.parse('2026-01-21T00:00:00Z') };

    const composed = await replay({ subscription: 'second', at: day, days: 7, filters: '' });

    expect(composed.window.to).toBe(Date.parse('2026-01-20T07:00:00Z'));
    expect(composed.window.from).toBe(Date.parse('2026-01-19T07:00:00Z'));
    expect(composed).toMatchObject({ ceiling: 'clear', assumedFor: 'slack is not connected here' });
    expect(composed.isEmpty).toBe(true);
  });

  it('says what to do about a subscription that is not there, or paused', async () => {
    const { run, redrive } = await desk();

    await expect(run(slot('nobody'))).rejects.toThrow('subscriptions list');
    await expect(run(slot('paused'))).rejects.toThrow('subscriptions resume paused');
    await expect(redrive('nothing')).rejects.toThrow('digest dead');
  });

  it('says why what was posted cannot be driven again', async () => {
    const { list, redrive, run } = await desk(connected);
    await run(slot('second'));
    const [delivery] = await list({ subscription: 'second', limit: 1 });

    await expect(redrive(delivery?.id ?? '')).rejects.toThrow('it is posted');
  });
});
