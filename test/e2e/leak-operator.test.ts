import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.ts';
import type { Runtime } from '../../src/cli/runtime.ts';
import { runChecks } from '../../src/compose/checks.ts';
import { openSourceDesk } from '../../src/compose/source-desk.ts';
import { secretValues } from '../../src/config/describe-settings.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import type { Settings } from '../../src/config/settings.ts';
import { type Tlp, tlpLevels } from '../../src/domain/tlp.ts';
import { createLog, type Log } from '../../src/support/log.ts';
import { capturedTerminal } from '../helpers/captured-terminal.ts';
import { canariesAbove, replyTexts } from './leak-scan.ts';
import { admin, channelAt, type LeakWorld, openLeakWorld } from './leak-world.ts';

/** Each of them stands in one setting, or in the key of one source. */
const secret = (name: string): string => `secretcanary${name}0123456789abcdef`;
const bySetting = {
  SLACK_BOT_TOKEN: `xoxb-${secret('bot')}`,
  SLACK_SIGNING_SECRET: secret('signing'),
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: secret('client'),
  TEAMS_APP_ID: '11111111-1111-4111-8111-111111111111',
  TEAMS_TENANT_ID: '22222222-2222-4222-8222-222222222222',
  TEAMS_APP_PASSWORD: secret('password'),
  PLAYGROUND_TOKEN: secret('page'),
  METRICS_TOKEN: secret('figures'),
};
const keys = { ACME_KEY: secret('acmekey'), OTHER_KEY: secret('otherkey') };

let world: LeakWorld;
let settings: Settings;
let logged: string[];
let log: Log;

beforeAll(async () => {
  world = await openLeakWorld();
  logged = [];
  const file = (name: string, text: string): string => {
    const path = join(world.folder, name);
    writeFileSync(path, text);
    return path;
  };
  const env = {
    ...bySetting,
    THREATBRIEF_HOME: world.settings.home,
    ENCRYPTION_KEY_FILE: file(
      'key',
      Buffer.from(secret('encryption').slice(0, 32).padEnd(32, '0')).toString('hex'),
    ),
  };
  settings = loadSettings(env, (path) => readFileSync(path, 'utf8'));
  log = createLog(
    { level: 'debug', secrets: secretValues(settings) },
    { write: (line) => void logged.push(line) },
  );
  process.env['ACME_KEY'] = keys.ACME_KEY;
  process.env['OTHER_KEY_FILE'] = file('other', keys.OTHER_KEY);
});
afterAll(async () => {
  delete process.env['ACME_KEY'];
  delete process.env['OTHER_KEY_FILE'];
  await world.close();
});

/** Runs a command line with the settings' own desks. */
async function run(...args: readonly string[]): Promise<string> {
  const texts: string[] = [];
  const terminal = capturedTerminal(texts);
  const parts: Pick<Runtime, 'terminal' | 'clock' | 'openSources' | 'checks'> = {
    terminal,
    clock: world.clock,
    openSources: () => openSourceDesk(settings, world.clock, log),
    checks: () => runChecks(() => settings, world.clock, log),
  };
  // What these commands do not open is not here.
  await runCli(args, '0.0.0', parts as Runtime);
  return texts.join('\n');
}

/** The secrets that a text shows, also as it is sent in headers. */
function secretsIn(text: string): readonly string[] {
  const all = [...Object.entries(bySetting), ...Object.entries(keys)].filter(([, value]) =>
    value.includes('secretcanary'),
  );
  const forms = (value: string): readonly string[] => [
    value,
    encodeURIComponent(value),
    Buffer.from(value).toString('base64'),
    Buffer.from(`:${value}`).toString('base64').slice(4),
  ];
  const found = all.filter(([, value]) => forms(value).some((form) => text.includes(form)));
  const sealed = settings.encryptionKey ?? '';
  return [
    ...found.map(([name]) => name),
    ...(sealed !== '' && text.includes(sealed) ? ['ENCRYPTION_KEY'] : []),
  ];
}

/** Words out of records. An operator knows the names of connections and sources, whatever they bring. */
function recordsIn(text: string): readonly string[] {
  return canariesAbove('clear', text).filter((word) => !/(?:connection|org|producer)zz$/.test(word));
}

const nowhere = 'https://127.0.0.1:9/feed.json';
const lines: readonly (readonly string[])[] = [
  ['sources', 'add', 'acme-misp', '--kind', 'misp', '--url', nowhere, '--key-env', 'ACME_KEY'],
  ['sources', 'add', 'other', '--url', nowhere, '--user', 'me', '--key-env', 'OTHER_KEY', '--json'],
  ['sources', 'add', 'bad-name', '--url', nowhere, '--key-env', keys.ACME_KEY],
  ['sources', 'add', 'bad-user', '--url', `https://me:${keys.ACME_KEY}@a.example/`],
  ['sources', 'add', 'bad-query', '--url', `https://a.example/?token=${keys.ACME_KEY}`],
  ['sources', 'add', 'bad-option', '--kind', 'misp', '--url', nowhere, '--option', `apikey=${keys.ACME_KEY}`],
  ['sources', 'sync'],
  ['sources', 'sync', 'acme-misp', '--json'],
  ['sources', 'pause', 'other'],
  ['sources', 'list'],
  ['sources', 'list', '--json'],
  ['doctor'],
  ['doctor', '--json'],
  ['sources', 'remove', 'other', '--forget'],
];

it('what operators are told of sources and of the state of things holds no secret and no word of what was imported', async () => {
  const printed: string[] = [];
  for (const line of lines) {
    const text = await run(...line);
    printed.push(text);
    expect([line.join(' '), secretsIn(text)]).toEqual([line.join(' '), []]);
    expect([line.join(' '), recordsIn(text)]).toEqual([line.join(' '), []]);
  }

  expect(printed.join('\n')).toMatch(/acme-misp/);
  expect(secretsIn(`a key: ${keys.ACME_KEY}`)).toEqual(['ACME_KEY']);
  expect(
    printed.filter((text) => text.includes('looks like a secret') || text.includes('a user or a password')),
  ).not.toEqual([]);
  expect(secretsIn(logged.join('\n'))).toEqual([]);
  expect(recordsIn(logged.join('\n'))).toEqual([]);
});

it.each<Tlp>(tlpLevels)(
  'what chat is told of sources at %s holds no secret and nothing above it',
  async (ceiling) => {
    const request = { place: channelAt(ceiling), person: 'T1/U1', asker: admin, now: world.now };
    for (const text of ['sources', 'sources acme-misp', 'doctor']) {
      const reply = await world.chat.handle({ ...request, text });

      expect(secretsIn(replyTexts(reply))).toEqual([]);
      expect(canariesAbove(ceiling, replyTexts(reply), text)).toEqual([]);
    }
  },
);

it('figures and the log hold no secret after all of it', async () => {
  const response = await world.app.request('/metrics');
  const text = `${await response.text()}\n${world.logged.join('\n')}`;

  expect(response.status).toBe(200);
  expect(secretsIn(text)).toEqual([]);
  expect(recordsIn(text)).toEqual([]);
});
