import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSharedSeenEvents } from '../../src/chat/seen-events.ts';
import { createDeliveries, type Deliveries } from '../../src/schedule/deliveries.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMetrics } from '../../src/support/metrics.ts';
import { composing } from '../helpers/delivery/composing.ts';
import { subscriptionAt } from '../helpers/delivery/subscriptions.ts';
import { createVirtualTime, type VirtualTime } from '../helpers/delivery/virtual-time.ts';
import { tracked } from '../helpers/delivery/world.ts';
import { describeWithPostgres } from '../helpers/postgres.ts';
import { eventBody, jsonRequest, mentionBody, testNow, type Who } from '../helpers/slack-request.ts';
import { openTenantWorld, type TenantWorld } from '../helpers/slack-tenants.ts';

const tenants = {
  installed: ['TONE', 'TTWO'],
  people: [{ id: 'UONE', team: 'TONE' }],
  channels: ['CONE', 'CNEW', 'CTWO'].map((id) => ({
    id,
    teams: [id === 'CTWO' ? 'TTWO' : 'TONE'],
    members: ['UONE'],
    flags: { name: id.toLowerCase() },
  })),
};
const one: Who = { team: 'TONE', channel: 'CONE', user: 'UONE' };
const minuteMs = 60_000;
const dayMs = 86_400_000;

let world: TenantWorld;
let engine: Deliveries;
let time: VirtualTime;

async function open(): Promise<void> {
  time = createVirtualTime(testNow.toISOString());
  world = await openTenantWorld(tenants, { clock: time.clock });
  for (const [id, team, channel] of [
    ['one', 'TONE', 'CONE'],
    ['two', 'TTWO', 'CTWO'],
  ] as const) {
    const destination = {
      platform: 'slack',
      workspace: `slack:${team}`,
      id: `${team}/${channel}`,
      kind: 'channel',
    } as const;
    await world.store.addSubscription(
      subscriptionAt(id, testNow.getTime() - dayMs, { destination, shape: 'thread' }),
    );
  }
  engine = createDeliveries({
    store: tracked(world.store, time),
    platforms: [tracked(world.platform.delivery, time)],
    compose: composing(() => 4),
    clock: time.clock,
    log: silentLog,
    metrics: createMetrics(),
    rules: { catchUpMs: dayMs, whenInDoubt: 'repeat' },
    random: () => 0.5,
    sleep: time.sleep,
    owner: 'process',
  });
}

/** A tick a minute, so often. */
async function run(ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) {
    for (const task of engine.tasks) await time.until(task.run());
    await time.pass(minuteMs);
  }
}

const tell = (event: Readonly<Record<string, unknown>>, extra: object = {}): Promise<unknown> =>
  world.send(jsonRequest(eventBody(one, event, extra), { timestampSeconds: Math.floor(time.now() / 1_000) }));
const postedIn = (channel: string): number =>
  world.called.filter(({ method, body }) => method === 'chat.postMessage' && body['channel'] === channel)
    .length;

describe('digests in Slack', () => {
  beforeEach(open);
  afterEach(async () => {
    world.expectSound();
    await time.until(engine.stop());
    await world.close();
  });

  it('stop in the middle of one when the app is removed, for that workspace alone', async () => {
    let isGone = false;
    world.stubs.set('chat.postMessage', async (body, as) => {
      if (as !== 'TONE') return undefined;
      if (isGone) return { ok: false, error: 'account_inactive' };
      if (body['thread_ts'] === undefined) return undefined;
      isGone = true;
      const event_time = Math.floor(time.now() / 1_000);
      await tell({ type: 'app_uninstalled' }, { authorizations: [], event_time });
      return { ok: false, error: 'account_inactive' };
    });
    await run(10);

    expect([isGone, postedIn('CONE'), postedIn('CTWO')]).toEqual([true, 2, 4]);
    expect(await world.store.subscription('one')).toMatchObject({
      paused: true,
      pausedReason: expect.stringContaining('app_uninstalled'),
    });
    expect(await world.store.subscription('two')).toMatchObject({ paused: false });
    const ledger = await world.store.deliveries({ limit: 10, order: 'oldest' });
    expect(ledger.map(({ subscription, state }) => `${subscription} ${state}`).sort()).toEqual([
      'one dead',
      'two posted',
    ]);
    // Nobody calls Slack with a token that was taken away.
    const before = world.called.length;
    time.jump(dayMs);
    await run(3);
    expect(world.called.slice(before).filter(({ as }) => as === 'TONE')).toEqual([]);
    expect(postedIn('CTWO')).toBe(8);
  });

  it('wait while their channel is archived, and follow it to another id', async () => {
    await tell({ type: 'channel_archive' });
    await run(2);
    const waiting = [postedIn('CONE'), (await world.store.subscription('one'))?.pausedReason];
    await tell({ type: 'channel_unarchive' });
    await tell({
      type: 'channel_id_changed',
      channel: undefined,
      old_channel_id: 'CONE',
      new_channel_id: 'CNEW',
    });
    time.jump(dayMs);
    await run(3);

    expect(waiting).toEqual([0, expect.stringContaining('is_archived')]);
    expect((await world.store.subscription('one'))?.destination.id).toBe('TONE/CNEW');
    expect([postedIn('CONE'), postedIn('CNEW')]).toEqual([0, 4]);
  });

  it('wait out what Slack asks for, and an outage, and are posted once', async () => {
    const answers = [
      { ok: false, error: 'ratelimited' },
      { ok: false, error: 'internal_error' },
    ];
    world.stubs.set('chat.postMessage', () => answers.shift());
    world.stubs.set('conversations.history', () => ({ ok: true, messages: [] }));
    await run(20);

    expect(answers).toEqual([]);
    const parents = world.called.filter(
      ({ method, body }) => method === 'chat.postMessage' && body['thread_ts'] === undefined,
    );
    expect(parents).toHaveLength(4);
    const ledger = await world.store.deliveries({ limit: 10, order: 'oldest' });
    expect(ledger.map(({ state }) => state)).toEqual(['posted', 'posted']);
  });
});

describeWithPostgres('an event that reaches two replicas over PostgreSQL', (postgres) => {
  it('is answered once, also when one of them gets it again later', async () => {
    world = await openTenantWorld(tenants, {
      databaseUrl: await postgres.createDatabase(),
      seen: (store) => createSharedSeenEvents(store, silentLog),
    });
    const replicas = [world.platform, world.openReplica()];
    const events = Array.from({ length: 10 }, (_, index) =>
      mentionBody(one, '<@UBOTTONE> APT900', { ts: `1795348800.00${String(index).padStart(4, '0')}` }),
    );
    await Promise.all(
      events.flatMap((event) => replicas.map((replica) => replica.fetch(jsonRequest(event)))),
    );
    for (const event of events.toReversed()) {
      const headers = { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' };
      await Promise.all(replicas.map((replica) => replica.fetch(jsonRequest(event, { headers }))));
    }
    await Promise.all(replicas.map((replica) => replica.stop()));
    const answered = world.called.filter(({ method }) => method === 'chat.postMessage');
    await world.close();

    expect(answered).toHaveLength(events.length);
    expect(new Set(answered.map(({ body }) => body['thread_ts'])).size).toBe(events.length);
  });
});
