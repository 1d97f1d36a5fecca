import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AddSubscription } from '../../src/cli/runtime.ts';
import { openSubscriptionDesk } from '../../src/compose/subscription-desk.ts';
import { AppError } from '../../src/support/app-error.ts';
import { silentLog } from '../../src/support/log.ts';
import { settingsOf } from './settings-of.ts';

let home: string;
const clock = { now: () => new Date('2026-11-22T22:00:00Z') };

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'subscription-desk-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const request: AddSubscription = {
  platform: 'slack',
  place: 'C123',
  schedule: 'daily 08:00',
  zone: 'Europe/Berlin',
  filters: '',
  shape: 'message',
  emptyDay: 'silent',
};

async function withDesk<T>(
  work: (desk: Awaited<ReturnType<typeof openSubscriptionDesk>>) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const desk = await openSubscriptionDesk(settingsOf({ THREATBRIEF_HOME: home, ...env }), clock, silentLog);
  try {
    return await work(desk);
  } finally {
    await desk.close();
  }
}

async function refusalOf(
  change: Partial<AddSubscription>,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    await withDesk((desk) => desk.add({ ...request, ...change }), env);
    return 'done';
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return error instanceof AppError ? `${error.exitCode} ${error.message}` : '';
  }
}

describe('openSubscriptionDesk', () => {
  it('adds, lists, changes and removes over the database of the settings', async () => {
    const { subscription, notes } = await withDesk((desk) =>
      desk.add({ ...request, filters: 'sector:telecom' }),
    );
    expect(notes).toEqual([]);
    expect(subscription).toMatchObject({
      destination: { platform: 'slack', id: 'C123', kind: 'channel' },
      nextSlotAt: Date.parse('2026-11-23T07:00:00Z'),
      createdBy: { platform: 'cli' },
    });

    await withDesk(async (desk) => {
      expect((await desk.list()).map(({ id }) => id)).toEqual([subscription.id]);
      const { subscription: edited } = await desk.edit(
        subscription.id,
        { filters: '' },
        { schedule: '', zone: 'Asia/Tokyo' },
      );
      expect(edited).toMatchObject({
        filters: '',
        timing: { schedule: { cron: '0 8 * * *', zone: 'Asia/Tokyo' } },
      });
      expect(await desk.setPaused(subscription.id, true)).toMatchObject({ paused: true });
      expect(await desk.setPaused(subscription.id, false)).toMatchObject({ paused: false });
      await desk.remove(subscription.id);
      expect(await desk.list()).toEqual([]);
    });
  });

  it.each([
    [{ place: 'U123' }, {}, { workspace: 'slack', id: 'U123', kind: 'direct' }],
    [{ place: 'D123' }, {}, { workspace: 'slack', id: 'D123', kind: 'direct' }],
    [{ place: 'G123', kind: 'group' }, {}, { workspace: 'slack', id: 'G123', kind: 'group' }],
    [{ workspace: 'slack:T9' }, {}, { workspace: 'slack:T9', id: 'T9/C123', kind: 'channel' }],
    [{ workspace: 'T9' }, {}, { workspace: 'slack:T9', id: 'T9/C123', kind: 'channel' }],
    [{ place: 'T9/C123' }, {}, { workspace: 'slack:T9', id: 'T9/C123', kind: 'channel' }],
    [
      { platform: 'teams', place: '19:a@thread.tacv2' },
      { TEAMS_TENANT_ID: 'tenant', TEAMS_APP_ID: 'app', TEAMS_APP_PASSWORD: 'test' },
      { workspace: 'teams:tenant', id: '19:a@thread.tacv2', kind: 'channel' },
    ],
    [
      { platform: 'teams', place: '29:a', workspace: 'teams:x' },
      {},
      { workspace: 'teams:x', id: '29:a', kind: 'direct' },
    ],
    [
      { platform: 'playground', place: 'playground-1' },
      {},
      { workspace: 'local', id: 'playground-1', kind: 'direct' },
    ],
  ] as const)('takes %j for a place', async (change, env, destination) => {
    const { subscription } = await withDesk((desk) => desk.add({ ...request, ...change }), env);

    expect(subscription.destination).toMatchObject(destination);
  });

  it('says when no zone was named, and when Teams does not know the conversation', async () => {
    const { zone: _, ...rest } = request;

    const { notes, subscription } = await withDesk((desk) =>
      desk.add({ ...rest, platform: 'teams', place: '19:a@thread.tacv2', workspace: 'teams:x' }),
    );

    expect(notes).toEqual([expect.stringContaining('UTC (--tz'), expect.stringContaining('has not told')]);
    expect(subscription.timing).toMatchObject({ schedule: { zone: 'UTC' } });
  });

  it.each([
    [{ place: '#general' }, /no id of Slack.*View channel details/],
    [{ place: ' ' }, /no id of a place/],
    [{ schedule: 'every second' }, /--schedule: .*too often.*Accepted are/],
    [{ schedule: '0 8 31 2 *' }, /never comes/],
    [{ zone: 'EST' }, /--tz: .*America\/New_York/],
    [{ schedule: 'daily 08:00 Europe/Paris' }, /leave one of them out/],
    [{ filters: 'colour:red' }, /no filter/],
    [{ platform: 'teams', place: '19:a' }, /TEAMS_TENANT_ID/],
  ] as const)('refuses %j with exit code 2', async (change, words) => {
    const refusal = await refusalOf(change);

    expect(refusal).toMatch(/^2 subscriptions add: /);
    expect(refusal).toMatch(words);
  });

  it('refuses names and sources that are not known, as chat does', async () => {
    expect(await refusalOf({ filters: 'actor:APT38x' })).toMatch(/^2 .*no actor that is known here/);
    const { subscription, notes } = await withDesk((desk) =>
      desk.add({ ...request, filters: 'actor:apt39 -source:nosuch' }),
    );

    expect(subscription.filters).toBe('actor:apt39 -source:nosuch');
    expect(notes).toEqual([expect.stringContaining('leaves out nothing now')]);
  });

  it('keeps to the shortest interval of the settings', async () => {
    expect(await refusalOf({ schedule: 'hourly' }, { DIGEST_MIN_INTERVAL_MINUTES: '120' })).toContain(
      '2 hours apart',
    );
    expect(await refusalOf({ schedule: 'every 15 minutes' }, { DIGEST_MIN_INTERVAL_MINUTES: '15' })).toBe(
      'done',
    );
  });

  it('says what ids there are when one is unknown', async () => {
    await expect(withDesk((desk) => desk.remove('nosuchid23'))).rejects.toThrow(
      /no subscription “nosuchid23”.*subscriptions list/,
    );
  });
});
