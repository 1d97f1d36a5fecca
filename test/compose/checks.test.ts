import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../src/cli/runtime.ts';
import { runChecks } from '../../src/compose/checks.ts';
import { AppError } from '../../src/support/app-error.ts';
import { silentLog } from '../../src/support/log.ts';
import { settingsOf } from './settings-of.ts';

const clock = { now: () => new Date('2026-11-22T12:00:00Z') };
let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'threatbrief-checks-'));
});
afterAll(() => rmSync(home, { recursive: true }));

function check(env: Readonly<Record<string, string>>): Promise<readonly Check[]> {
  return runChecks(() => settingsOf({ THREATBRIEF_HOME: home, ...env }), clock, silentLog);
}

function named(checks: readonly Check[], name: string): Check | undefined {
  return checks.find((one) => one.name === name);
}

describe('runChecks', () => {
  it('counts what is loaded, source by source', async () => {
    const checks = await check({});

    expect(named(checks, 'knowledge')).toMatchObject({
      state: 'ok',
      detail: expect.stringMatching(/^\d{4} actors from \d+ records of 4 sources$/),
    });
    const sources = checks.filter(({ name }) => name.startsWith('source '));
    expect(sources.map(({ name }) => name)).toEqual([
      'source attack-enterprise',
      'source attack-ics',
      'source cisa-kev',
      'source misp-galaxy',
    ]);
    expect(checks.filter(({ state }) => state === 'problem')).toEqual([]);
  });

  it('tells how each platform is connected', async () => {
    const http = await check({ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_SIGNING_SECRET: 'signing' });
    const development = await check({
      SLACK_MODE: 'socket',
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_APP_TOKEN: 'xapp-test',
      TEAMS_DEV_NO_AUTH: '1',
    });
    const teams = await check({ TEAMS_APP_ID: 'app-1', TEAMS_APP_PASSWORD: 'hunter2', TEAMS_TENANT_ID: 't' });

    expect(named(http, 'Slack')).toEqual({
      name: 'Slack',
      state: 'ok',
      detail: 'configured for signed requests',
    });
    expect(named(development, 'Slack')).toMatchObject({ state: 'ok', detail: 'configured for Socket Mode' });
    expect(named(development, 'Teams')).toMatchObject({ state: 'note' });
    expect(named(teams, 'Teams')).toMatchObject({
      state: 'note',
      detail: expect.stringContaining('configured for app app-1; nobody can change settings there'),
    });
    expect(JSON.stringify([http, development, teams])).not.toMatch(/hunter2|xoxb|xapp|signing"/);
  });

  it('says which clock is wrong', async () => {
    const past = { now: () => new Date('2001-01-01T00:00:00Z') };

    const checks = await runChecks(() => settingsOf({ THREATBRIEF_HOME: home }), past, silentLog);

    expect(named(checks, 'clock')).toMatchObject({
      state: 'problem',
      detail: expect.stringContaining('set this machine'),
    });
  });

  it.each([
    [new AppError('settings', 'PORT is "abc"'), 'PORT is "abc"'],
    [new Error('boom'), 'unexpected failure: boom'],
  ])('makes a check of whatever settings throw (%s)', async (error, detail) => {
    const checks = await runChecks(
      () => {
        throw error;
      },
      clock,
      silentLog,
    );

    expect(checks.at(-1)).toEqual({ name: 'configuration', state: 'problem', detail });
  });
});
