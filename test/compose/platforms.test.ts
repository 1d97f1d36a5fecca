import { describe, expect, it } from 'vitest';
import { createPlatforms, slackSettingsOf, teamsSettingsOf } from '../../src/compose/platforms.ts';
import { silentLog } from '../../src/support/log.ts';
import { createFakeChat } from '../helpers/slack-chat.ts';
import { settingsOf } from './settings-of.ts';

const slackHttp = { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_SIGNING_SECRET: 'signing' };
const teams = { TEAMS_APP_ID: 'app', TEAMS_APP_PASSWORD: 'password', TEAMS_TENANT_ID: 'tenant' };
const parts = { chat: createFakeChat(), clock: { now: () => new Date() }, log: silentLog };

describe('the settings of a platform', () => {
  it('are absent where nothing switches it on', () => {
    const settings = settingsOf({});

    expect([slackSettingsOf(settings), teamsSettingsOf(settings)]).toEqual([undefined, undefined]);
  });

  it.each([
    [slackHttp, { mode: 'http', botToken: 'xoxb-test', signingSecret: 'signing' }],
    [
      {
        SLACK_MODE: 'socket',
        SLACK_BOT_TOKEN: 'xoxb-test',
        SLACK_APP_TOKEN: 'xapp-test',
        SLACK_API_URL: 'http://127.0.0.1:9/api/',
      },
      {
        mode: 'socket',
        botToken: 'xoxb-test',
        appToken: 'xapp-test',
        apiUrl: 'http://127.0.0.1:9/api/',
      },
    ],
  ])('for Slack come from %j', (env, expected) => {
    expect(slackSettingsOf(settingsOf(env))).toEqual(expected);
  });

  it('for Teams trust the public cloud’s hosts and keys, and check tokens, unless told otherwise', () => {
    expect(teamsSettingsOf(settingsOf(teams))).toEqual({
      appId: 'app',
      appPassword: 'password',
      tenantId: 'tenant',
      allowedTenants: [],
      allowedServiceHosts: ['smba.trafficmanager.net'],
      openIdMetadataUrl: expect.stringMatching(/^https:\/\/login\.botframework\.com\//),
      devNoAuth: false,
    });
  });

  it('for Teams name other hosts, tenants and keys where they are set', () => {
    const settings = settingsOf({
      ...teams,
      TEAMS_ALLOWED_TENANTS: 'a, b',
      TEAMS_ALLOWED_SERVICE_HOSTS: 'smba.infra.gcc.teams.microsoft.com',
      TEAMS_OPENID_METADATA_URL: 'http://127.0.0.1:9/openid',
    });

    expect(teamsSettingsOf(settings)).toMatchObject({
      allowedTenants: ['a', 'b'],
      allowedServiceHosts: ['smba.infra.gcc.teams.microsoft.com'],
      openIdMetadataUrl: 'http://127.0.0.1:9/openid',
    });
  });

  it('for a development client carry no app id, so that no token is checked by mistake', () => {
    expect(teamsSettingsOf(settingsOf({ TEAMS_DEV_NO_AUTH: '1' }))).toMatchObject({
      appId: '',
      devNoAuth: true,
    });
  });
});

describe('createPlatforms', () => {
  it.each([
    [{}, []],
    [slackHttp, ['slack']],
    [teams, ['teams']],
    [{ ...slackHttp, ...teams }, ['slack', 'teams']],
  ])('makes of %j the platforms %j', async (env, names) => {
    const platforms = await createPlatforms(settingsOf(env), parts);

    expect(Object.keys(platforms)).toEqual(names);
    for (const platform of Object.values(platforms)) await platform.stop();
  });
});
