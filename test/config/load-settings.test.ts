import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Environment, loadSettings, SettingsError } from '../../src/config/load-settings.ts';
import { settingDefinitions } from '../../src/config/settings.ts';

const files: Readonly<Record<string, string>> = {
  '/run/secrets/bot': 'xoxb-from-a-file\n',
  '/run/secrets/empty': ' \n',
};

function readFile(path: string): string {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error(`no such file ${path}`), { code: 'ENOENT' });
  return text;
}

function problemsOf(env: Environment): readonly string[] {
  try {
    loadSettings(env, readFile);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  it('have defaults', () => {
    const settings = loadSettings({ PATH: '/bin', HOME: '/root' }, readFile);

    expect(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))).toEqual({
      host: '127.0.0.1',
      port: 3978,
      logLevel: 'info',
      home: '.threatbrief',
      slackMode: 'http',
      teamsDevNoAuth: false,
      digestMinIntervalMinutes: 60,
      digestCatchUpHours: 12,
      digestWhenInDoubt: 'repeat',
      auditRetentionDays: 365,
      auditQuestions: 'text',
      limitPersonPerMinute: 1_200,
      limitWorkspacePerMinute: 6_000,
    });
  });

  it.each([
    ['slack:T0123/U0456, teams:11111111-2222-4333-8444-555555555555/aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee', 2],
    ['slack:T1/W2', 1],
    ['U0456', undefined],
    ['slack:U0456', undefined],
    ['teams:tenant/someone', undefined],
    ['slack:T1/U1;slack:T1/U2', undefined],
    ['*', undefined],
  ])('take %s for admins, or refuse it', (text, count) => {
    if (count === undefined) expect(problemsOf({ ADMINS: text }).join()).toContain('ADMINS');
    else expect(loadSettings({ ADMINS: text }, readFile).admins).toHaveLength(count);
  });

  it('are read from the environment', () => {
    const settings = loadSettings(
      {
        HOST: '0.0.0.0',
        PORT: '8080',
        PUBLIC_URL: 'https://threatbrief.example.com/',
        DATABASE_URL: 'postgres://user:password@db.example:5432/tb',
        SLACK_MODE: 'socket',
        SLACK_APP_TOKEN: 'xapp-1',
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_API_URL: 'http://127.0.0.1:4000/api/',
        TEAMS_APP_ID: 'app',
        TEAMS_APP_PASSWORD: 'password',
        TEAMS_TENANT_ID: 'tenant',
        TEAMS_ALLOWED_TENANTS: 'tenant, other,',
        TEAMS_ALLOWED_SERVICE_HOSTS: 'smba.example.com,localhost:3000',
        DIGEST_MIN_INTERVAL_MINUTES: '15',
      },
      readFile,
    );

    expect(settings).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'https://threatbrief.example.com',
      slackMode: 'socket',
      slackApiUrl: 'http://127.0.0.1:4000/api/',
      teamsAllowedTenants: ['tenant', 'other'],
      teamsAllowedServiceHosts: ['smba.example.com', 'localhost:3000'],
      digestMinIntervalMinutes: 15,
    });
  });

  it('are read from files that NAME_FILE names', () => {
    const settings = loadSettings(
      { SLACK_BOT_TOKEN_FILE: '/run/secrets/bot', SLACK_SIGNING_SECRET: 'secret' },
      readFile,
    );

    expect(settings.slackBotToken).toBe('xoxb-from-a-file');
  });

  it('count as absent when they are empty', () => {
    expect(
      problemsOf({ PORT: '', SLACK_BOT_TOKEN: '  ', SLACK_BOT_TOKEN_FILE: '', TEAMS_APP_ID: '' }),
    ).toEqual([]);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['HOST', 'http://example.com'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'http://threatbrief.example.com'],
    ['PUBLIC_URL', 'https://threatbrief.example.com/?a=1'],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['LOG_LEVEL', 'verbose'],
    ['SLACK_MODE', 'Socket'],
    ['SLACK_API_URL', 'http://slack.example.com/api/'],
    ['TEAMS_DEV_NO_AUTH', 'maybe'],
    ['TEAMS_ALLOWED_SERVICE_HOSTS', 'https://smba.example.com'],
    ['TEAMS_ALLOWED_TENANTS', ','],
    ['DIGEST_CATCH_UP_HOURS', '1.5'],
  ])('refuse %s=%s and say what was given and what is accepted', (name, value) => {
    const definition = Object.values(settingDefinitions).find(({ env }) => env === name);

    const [problem] = problemsOf({ [name]: value });

    expect(problem).toBe(`${name} is ${JSON.stringify(value)}; accepted: ${definition?.accepts}`);
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db.example/tb'],
    ['ENCRYPTION_KEY', 'too-short-hunter2'],
    ['SLACK_BOT_TOKEN', 'xapp-hunter2'],
    ['SLACK_APP_TOKEN', 'xoxb-hunter2'],
  ])('refuse a wrong %s without showing it', (name, value) => {
    const [problem] = problemsOf({ [name]: value });

    expect(problem).toMatch(new RegExp(`^${name} is a value that is not shown here; accepted: `));
    expect(problem).not.toContain('hunter2');
  });

  it.each([
    ['SLACK_BOT_TOKENS', 'did you mean SLACK_BOT_TOKEN?'],
    ['SLACK_SIGNIN_SECRET', 'did you mean SLACK_SIGNING_SECRET?'],
    ['TEAMS_TENANT', 'did you mean TEAMS_TENANT_ID?'],
    ['DIGEST_CATCHUP_HOURS', 'did you mean DIGEST_CATCH_UP_HOURS?'],
    ['THREATBRIEF_HOME_DIR', 'did you mean THREATBRIEF_HOME?'],
    ['SLACK_BOT_TOKEN_FIL', 'did you mean SLACK_BOT_TOKEN_FILE?'],
    ['TEAMS_Q', 'see the configuration table'],
  ])('refuse the unknown name %s', (name, advice) => {
    const [problem] = problemsOf({ [name]: 'a-secret-value' });

    expect(problem).toContain(`${name} is no setting of threatbrief`);
    expect(problem).toContain(advice);
    expect(problem).not.toContain('a-secret-value');
  });

  it('leave other names alone', () => {
    expect(
      problemsOf({ SLACKER: '1', MY_SLACK_TOKEN: '1', THREATBRIEF_LAUNCHED: '1', npm_config_x: '' }),
    ).toEqual([]);
  });

  it('name every problem at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y', SLACK_NOTHING_LIKE_IT: 'z' })).toHaveLength(3);
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'a', SLACK_BOT_TOKEN_FILE: '/run/secrets/bot' }, 'are both set'],
    [{ SLACK_BOT_TOKEN_FILE: '/nowhere' }, 'cannot be read (ENOENT)'],
    [{ SLACK_BOT_TOKEN_FILE: '/run/secrets/empty' }, 'which is empty'],
  ])('refuse %j', (env, words) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    [{ SLACK_MODE: 'socket', SLACK_BOT_TOKEN: 'x' }, 'SLACK_MODE=socket needs SLACK_APP_TOKEN'],
    [{ SLACK_MODE: 'http', SLACK_BOT_TOKEN: 'x' }, 'SLACK_MODE=http needs SLACK_SIGNING_SECRET'],
    [{ SLACK_BOT_TOKEN: 'x' }, 'SLACK_MODE=http (the default) needs SLACK_SIGNING_SECRET'],
    [{ SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN: 'x' }, 'or set SLACK_MODE=socket'],
    [{ SLACK_SIGNING_SECRET: 'x' }, 'Slack needs SLACK_BOT_TOKEN'],
    [{ SLACK_SIGNING_SECRET: 'x', SLACK_CLIENT_ID: '1' }, 'SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET'],
    [{ SLACK_CLIENT_SECRET: 'x' }, 'SLACK_CLIENT_SECRET needs SLACK_CLIENT_ID'],
    [
      { SLACK_SIGNING_SECRET: 'x', SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: 'y' },
      'SLACK_CLIENT_ID needs ENCRYPTION_KEY',
    ],
    [{ TEAMS_APP_ID: 'x', TEAMS_TENANT_ID: 't' }, 'TEAMS_APP_ID needs TEAMS_APP_PASSWORD'],
    [{ TEAMS_APP_ID: 'x', TEAMS_APP_PASSWORD: 'p' }, 'TEAMS_APP_ID needs TEAMS_TENANT_ID'],
    [{ TEAMS_APP_PASSWORD: 'p', TEAMS_TENANT_ID: 't' }, 'TEAMS_APP_PASSWORD needs TEAMS_APP_ID'],
    [{ TEAMS_APP_TYPE: 'UserAssignedMSI' }, 'TEAMS_APP_TYPE needs TEAMS_APP_ID'],
    [{ TEAMS_APP_TYPE: 'UserAssignedMSI', TEAMS_APP_ID: 'x' }, 'TEAMS_APP_TYPE needs TEAMS_TENANT_ID'],
    [
      {
        TEAMS_APP_TYPE: 'UserAssignedMSI',
        TEAMS_APP_ID: 'x',
        TEAMS_TENANT_ID: 't',
        TEAMS_APP_PASSWORD: 'p',
      },
      'remove TEAMS_APP_PASSWORD',
    ],
    [{ TEAMS_DEV_NO_AUTH: '1', HOST: '0.0.0.0' }, 'HOST must be a loopback address'],
    [{ TEAMS_DEV_NO_AUTH: '1', NODE_ENV: 'production' }, 'refused with NODE_ENV=production'],
  ])('refuse %j together', (env, words) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    { SLACK_SIGNING_SECRET: 'x', SLACK_BOT_TOKEN: 'xoxb-1' },
    {
      SLACK_SIGNING_SECRET: 'x',
      SLACK_CLIENT_ID: '1',
      SLACK_CLIENT_SECRET: 'y',
      ENCRYPTION_KEY: 'ab'.repeat(32),
    },
    { SLACK_MODE: 'socket', SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN_FILE: '/run/secrets/bot' },
    { TEAMS_APP_ID: 'x', TEAMS_APP_PASSWORD: 'p', TEAMS_TENANT_ID: 't' },
    { TEAMS_DEV_NO_AUTH: '1' },
    { TEAMS_APP_TYPE: 'UserAssignedMSI', TEAMS_APP_ID: 'x', TEAMS_TENANT_ID: 't' },
    { TEAMS_DEV_NO_AUTH: '1', HOST: '::1', NODE_ENV: 'test' },
    { SLACK_API_URL: 'https://slack-gov.com/api/' },
    { HOST: '::' },
    { PORT: '0' },
  ])('accept %j together', (env) => {
    expect(problemsOf(env)).toEqual([]);
  });

  it('either load or are refused with a sentence, whatever the values', () => {
    const names = Object.values(settingDefinitions).map(({ env }) => env);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary' })), (env) => {
        for (const problem of problemsOf(env)) expect(problem).not.toMatch(/[\u0000-\u001f]/);
      }),
    );
  });
});
