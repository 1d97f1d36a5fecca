import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/cards/card.ts';
import { checkSlackPayload } from '../../src/cards/slack/check.ts';
import { checkAdaptiveCard } from '../../src/cards/teams/check.ts';
import { sectionTexts } from '../helpers/reading.ts';
import { createTestHome, type TestHome } from '../helpers/threatbrief-process.ts';
import { acmeBundle } from './cli-fixtures.ts';

let home: TestHome;
let bundle: string;

beforeAll(async () => {
  home = createTestHome();
  bundle = join(home.folder, 'acme.json');
  writeFileSync(bundle, JSON.stringify(acmeBundle()));
  expect((await home.run(['ingest', bundle])).exitCode).toBe(0);
});
afterAll(() => home.remove());

describe('threatbrief doctor', () => {
  it('tells in text and in JSON that all is well, and what is loaded', async () => {
    const [text, json] = await Promise.all([home.run(['doctor']), home.run(['doctor', '--json'])]);

    expect(text).toMatchObject({ exitCode: 0, stderr: '' });
    expect(text.stdout).toMatch(/^ok +knowledge: \d{4} actors from \d+ records of 5 sources$/m);
    expect(text.stdout).toMatch(/^note +Slack: not connected; set SLACK_BOT_TOKEN/m);
    expect(json).toMatchObject({ exitCode: 0, stderr: '' });
    const { checks } = JSON.parse(json.stdout) as { checks: readonly { name: string; state: string }[] };
    expect(checks.map(({ name }) => name)).toEqual([
      'runtime',
      'clock',
      'configuration',
      'database',
      'knowledge',
      'identity',
      'deliveries',
      'encryption',
      'source attack-enterprise',
      'source attack-ics',
      'source cisa-kev',
      'source misp-galaxy',
      'source stix-acme',
      'Slack',
      'Teams',
    ]);
    expect(new Set(checks.map(({ state }) => state))).toEqual(new Set(['ok', 'note']));
  });

  it('ends with 2 and the remedy when the settings are wrong, and still checks what it can', async () => {
    const ran = await home.run(['doctor'], { env: { PORT: 'abc', SLACK_SIGNING_SECRET: 'hunter2' } });

    expect(ran).toMatchObject({ exitCode: 2, stderr: '' });
    expect(ran.stdout).toMatch(/^ok +runtime:/m);
    expect(ran.stdout).toMatch(/^PROBLEM +configuration: PORT is "abc"; accepted: a number/m);
    expect(ran.stdout).not.toContain('hunter2');
  });

  it.each([
    [
      'a folder that is a file',
      () => ({ THREATBRIEF_HOME: bundle }),
      /PROBLEM +database: .*THREATBRIEF_HOME/,
    ],
    [
      'a folder that refuses new ones',
      () => ({ THREATBRIEF_HOME: '/proc/threatbrief' }),
      /PROBLEM +database: .*THREATBRIEF_HOME/,
    ],
    [
      'a database that does not answer',
      () => ({ DATABASE_URL: 'postgresql://bot:hunter2@127.0.0.1:1/x' }),
      /PROBLEM +database: .*DATABASE_URL/,
    ],
  ])('tells of %s, without the password', async (_, env, problem) => {
    const ran = await home.run(['doctor'], { env: env() });

    expect(ran).toMatchObject({ exitCode: 2, stderr: '' });
    expect(ran.stdout).toMatch(problem);
    expect(ran.stdout).not.toContain('hunter2');
  });

  it('tells that a database of another program is not touched', async () => {
    const folder = join(home.folder, 'foreign');
    mkdirSync(folder);
    writeFileSync(join(folder, 'threatbrief.db'), 'this is no database at all, but a text of some length');

    const ran = await home.run(['doctor'], { env: { THREATBRIEF_HOME: folder } });

    expect(ran).toMatchObject({ exitCode: 2, stderr: '' });
    expect(ran.stdout).toMatch(/PROBLEM +database: /);
    expect(readFileSync(join(folder, 'threatbrief.db'), 'utf8')).toContain('no database at all');
  });
});

describe('threatbrief digest preview', () => {
  async function preview(...args: readonly string[]): Promise<Card> {
    const ran = await home.run(['digest', 'preview', '--json', ...args]);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    return JSON.parse(ran.stdout) as Card;
  }

  it('tells what an import brought, and not what the product came with', async () => {
    const card = await preview();

    expect(sectionTexts(card, 'actors')).toEqual([expect.stringContaining('XPT901')]);
    expect(JSON.stringify(card)).not.toContain('APT39');
    expect(card.marking).toBe('green');
  });

  it.each([
    [['--days', '1', 'actor:"Quartz Walrus"', 'source:stix-acme'], true],
    [['actor:XPT901', '-malware:"WalrusDoor 901"'], false],
  ])('shows the new actor through the filters %j: %s', async (filters, isShown) => {
    const card = await preview(...filters);

    expect(sectionTexts(card, 'actors').some((text) => text.includes('XPT901'))).toBe(isShown);
  });

  it('shows nothing above the ceiling', async () => {
    const card = await preview('--tlp', 'clear');

    expect(JSON.stringify(card)).not.toContain('XPT901');
    expect(card.marking).toBe('clear');
  });

  it('renders for Slack and for Teams', async () => {
    const [slack, teams] = await Promise.all([
      home.run(['digest', 'preview', '--as', 'slack']),
      home.run(['digest', 'preview', '--as', 'teams']),
    ]);

    expect(checkSlackPayload(JSON.parse(slack.stdout))).toEqual([]);
    expect(checkAdaptiveCard(JSON.parse(teams.stdout))).toEqual([]);
    for (const { stdout } of [slack, teams]) expect(stdout).toContain('XPT901');
  });
});

describe('threatbrief manifest', () => {
  it('prints a Slack manifest whose every address is of the given host', async () => {
    const ran = await home.run(['manifest', 'slack', '--url', 'https://bot.example']);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const manifest = JSON.parse(ran.stdout) as { settings: { socket_mode_enabled: boolean } };
    expect(manifest.settings.socket_mode_enabled).toBe(false);
    const addresses = ran.stdout.match(/https?:\/\/[^"]+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect(address).toMatch(/^https:\/\/bot\.example\/slack\//);
    expect(ran.stdout).toContain('"/apt"');
  });

  it('prints a Slack manifest for Socket Mode without any address', async () => {
    const ran = await home.run(['manifest', 'slack', '--socket']);

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ settings: { socket_mode_enabled: true } });
    expect(ran.stdout).not.toMatch(/https?:\/\//);
  });

  it('writes a Teams package whose manifest is valid and has its icons beside it', async () => {
    const out = join(home.folder, 'teams.zip');
    const appId = '00000000-0000-4000-8000-00000000000a';

    const ran = await home.run([
      'manifest',
      'teams',
      '--url',
      'https://bot.example',
      '--app-id',
      appId,
      '--out',
      out,
    ]);

    expect(ran).toEqual({ exitCode: 0, stdout: `wrote ${out}\n`, stderr: '' });
    const files = unzipSync(readFileSync(out));
    expect(Object.keys(files).sort((a, b) => a.localeCompare(b))).toEqual([
      'color.png',
      'manifest.json',
      'outline.png',
    ]);
    for (const name of ['color.png', 'outline.png']) {
      expect(Buffer.from(files[name] ?? []).toString('latin1', 1, 4)).toBe('PNG');
    }
    const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString('utf8'));
    expect(await AppManifestUtils.validateAgainstSchema(manifest)).toEqual([]);
    expect(JSON.stringify(manifest)).toContain(appId);
    expect(JSON.stringify(manifest)).toContain('bot.example');
  });

  it('takes the app id from TEAMS_APP_ID, and writes into the working folder unless told otherwise', async () => {
    const cwd = join(home.folder, 'work');
    mkdirSync(cwd);
    const env = {
      TEAMS_APP_ID: '00000000-0000-4000-8000-00000000000b',
      TEAMS_APP_PASSWORD: 'hunter2',
      TEAMS_TENANT_ID: '00000000-0000-4000-8000-00000000000c',
    };

    const ran = await home.run(['manifest', 'teams', '--url', 'https://bot.example'], { cwd, env });

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    const zip = readFileSync(join(cwd, 'threatbrief-teams.zip'));
    const manifest = Buffer.from(unzipSync(zip)['manifest.json'] ?? []).toString('utf8');
    expect(manifest).toContain(env.TEAMS_APP_ID);
    expect(manifest).not.toContain('hunter2');
  });

  it.each([
    ['no app id', [], /--app-id.*TEAMS_APP_ID/],
    ['an app id that is none', ['--app-id', 'my-bot'], /app id/i],
    [
      'a file that cannot be written',
      ['--app-id', '00000000-0000-4000-8000-00000000000a', '--out', '/proc/nowhere/x.zip'],
      /cannot be written.*--out/,
    ],
  ])('refuses a Teams package with %s, and says what to do', async (_, args, message) => {
    const ran = await home.run(['manifest', 'teams', '--url', 'https://bot.example', ...args]);

    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
  });
});

describe('settings that cannot be used', () => {
  it.each([
    [{ PORT: 'abc' }, /PORT is "abc"; accepted: a number from 0 to 65535/],
    [{ SLACK_MODE: 'foo' }, /SLACK_MODE is "foo"; accepted: http, socket/],
    [{ SLACK_FOO: 'hunter2' }, /SLACK_FOO is no setting of threatbrief/],
    [{ SLACK_BOT_TOKN: 'xoxb-hunter2' }, /SLACK_BOT_TOKN is no setting.*did you mean SLACK_BOT_TOKEN\?/],
    [{ SLACK_BOT_TOKEN: 'xapp-hunter2' }, /SLACK_BOT_TOKEN is a value that is not shown here; accepted/],
    [{ SLACK_BOT_TOKEN: 'xoxb-hunter2' }, /needs SLACK_SIGNING_SECRET/],
    [{ SLACK_BOT_TOKEN_FILE: '/nowhere/token' }, /SLACK_BOT_TOKEN_FILE names "\/nowhere\/token".*ENOENT/],
    [{ TEAMS_DEV_NO_AUTH: '1', HOST: '0.0.0.0' }, /loopback address \(127\.0\.0\.1\)/],
    [{ DATABASE_URL: 'mysql://u:hunter2@db/x' }, /DATABASE_URL is a value that is not shown here/],
    [{ ENCRYPTION_KEY: 'hunter2' }, /ENCRYPTION_KEY is a value that is not shown here; accepted: 32 bytes/],
  ])('%j end the start with 2 and the remedy', async (env, message) => {
    const ran = await home.run(['start'], { env: { PORT: '0', ...env } });

    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toMatch(/hunter2|\bat .*\.ts/);
  });

  it('are all told at once, by every command that reads them', async () => {
    const env = { PORT: 'abc', SLACK_MODE: 'foo', TEAMS_FOO: 'x' };

    for (const args of [
      ['ask', 'APT39'],
      ['ingest', bundle],
    ]) {
      const ran = await home.run(args, { env });

      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ran.stderr.trimEnd().split('\n')).toHaveLength(3);
    }
  });
});
