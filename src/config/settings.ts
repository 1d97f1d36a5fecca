import { z } from 'zod';
import {
  accessToken,
  baseAddress,
  commaList,
  encryptionKey,
  flag,
  hostList,
  hostName,
  peopleList,
  placeList,
  postgresAddress,
  sectorList,
  text,
  webAddress,
  wholeNumber,
  word,
  wordList,
} from './parse-values.ts';
import { optional, type SettingValue, withDefault } from './setting.ts';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
/** See `DeliveryRules.whenInDoubt`. */
export const whenInDoubtChoices = ['repeat', 'hold'] as const;
/** See `AuditQuestionRule`. */
export const auditQuestionRules = ['text', 'hash', 'none'] as const;
export const teamsAppTypes = ['SingleTenant', 'UserAssignedMSI'] as const;
export const slackModes = ['http', 'socket'] as const;

/** Every setting that threatbrief has. The loader, the documentation and the checks are made from this table. */
export const settingDefinitions = {
  host: withDefault(hostName, '127.0.0.1', {
    env: 'HOST',
    group: 'Server',
    accepts: 'a host name or an IP address',
    help: 'The address to listen on.',
  }),
  port: withDefault(wholeNumber(0, 65_535), 3978, {
    env: 'PORT',
    group: 'Server',
    accepts: 'a number from 0 to 65535 (0 takes a free port)',
    help: 'The port to listen on.',
  }),
  publicUrl: optional(baseAddress, {
    env: 'PUBLIC_URL',
    group: 'Server',
    accepts: 'an https address without query, such as https://threatbrief.example.com',
    help: 'The address under which Slack and Teams reach this server.',
  }),
  playground: optional(flag, {
    env: 'PLAYGROUND',
    group: 'Server',
    accepts: '1 or 0',
    help: 'The playground page: on a loopback `HOST` unless `0`, elsewhere with `1` and `PLAYGROUND_TOKEN` only.',
  }),
  playgroundToken: optional(accessToken, {
    env: 'PLAYGROUND_TOKEN',
    group: 'Server',
    accepts: '20 to 200 characters without spaces (openssl rand -hex 24)',
    help: 'Opens the playground page; whoever has it uses the bot as its operator does.',
    secret: true,
  }),
  metricsToken: optional(accessToken, {
    env: 'METRICS_TOKEN',
    group: 'Server',
    accepts: '20 to 200 characters without spaces (openssl rand -hex 24)',
    help: 'Sent as `Authorization: Bearer`, lets other machines read `/metrics` and the parts of `/readyz`.',
    secret: true,
  }),
  logLevel: withDefault(z.enum(logLevels), 'info', {
    env: 'LOG_LEVEL',
    group: 'Server',
    accepts: logLevels.join(', '),
    help: 'How much is logged to standard error; `debug` adds stack traces.',
  }),
  nodeEnv: optional(text, {
    env: 'NODE_ENV',
    group: 'Server',
    accepts: 'any text',
    help: '`production` refuses what is meant for development.',
  }),
  home: withDefault(text, '.threatbrief', {
    env: 'THREATBRIEF_HOME',
    group: 'Storage',
    accepts: 'a folder; it is made when missing',
    help: 'Where the embedded database is kept.',
  }),
  databaseUrl: optional(postgresAddress, {
    env: 'DATABASE_URL',
    group: 'Storage',
    accepts: 'an address such as postgresql://USER:PASSWORD@HOST:5432/NAME',
    help: 'Keeps all state in PostgreSQL instead, so that several replicas can share it.',
    secret: true,
  }),
  identityFile: optional(text, {
    env: 'IDENTITY_FILE',
    group: 'Knowledge',
    accepts: 'the path of a YAML file',
    help: 'Your decisions on which records are one thing; `identity.yaml` in `THREATBRIEF_HOME` when not set.',
  }),
  houseNaming: optional(commaList, {
    env: 'HOUSE_NAMING',
    group: 'Knowledge',
    accepts: 'names of organisations, separated by commas, such as CrowdStrike, Microsoft',
    help: 'Whose names of actors come first, until a workspace chooses with `settings naming`.',
  }),
  ourSectors: optional(sectorList, {
    env: 'OUR_SECTORS',
    group: 'Knowledge',
    accepts: 'names of sectors, separated by commas, such as telecom, finance',
    help: 'What concerns us on cards and in digests, until a workspace chooses with `settings sectors`.',
  }),
  ourRegions: optional(placeList, {
    env: 'OUR_REGIONS',
    group: 'Knowledge',
    accepts: 'countries and regions, separated by commas, such as europe, de',
    help: 'Where we are, likewise, until a workspace chooses with `settings regions`.',
  }),
  encryptionKey: optional(encryptionKey, {
    env: 'ENCRYPTION_KEY',
    group: 'Storage',
    accepts:
      '32 bytes, as 64 hexadecimal digits or in base64 (openssl rand -base64 32); older keys behind it, separated by commas',
    help: 'Encrypts stored tokens and conversation records: the first key encrypts, all of them open. `secrets rotate` moves everything to the first.',
    secret: true,
  }),
  admins: optional(peopleList, {
    env: 'ADMINS',
    group: 'Server',
    accepts: 'people, separated by commas: slack:TEAM/USER such as slack:T0123/U0456, teams:TENANT/OBJECT-ID',
    help: 'Who counts as an admin in chat besides the platform’s own; Teams tells of no admins, so that there only these can change settings.',
  }),
  slackMode: withDefault(z.enum(slackModes), 'http', {
    env: 'SLACK_MODE',
    group: 'Slack',
    accepts: slackModes.join(', '),
    help: '`socket` opens a connection to Slack and needs no public address; `http` takes signed requests.',
  }),
  slackBotToken: optional(
    word.refine((value) => !value.startsWith('xapp-')),
    {
      env: 'SLACK_BOT_TOKEN',
      group: 'Slack',
      accepts: 'the bot token, xoxb-…, from "OAuth & Permissions" of your Slack app',
      help: 'The token of the one workspace that the bot serves, or of the first of several.',
      secret: true,
    },
  ),
  slackAppToken: optional(
    word.refine((value) => !/^xox[a-z]-/.test(value)),
    {
      env: 'SLACK_APP_TOKEN',
      group: 'Slack',
      accepts: 'an app-level token, xapp-…, from "Basic Information" of your Slack app',
      help: 'Opens the socket; needed with `SLACK_MODE=socket`.',
      secret: true,
    },
  ),
  slackSigningSecret: optional(word, {
    env: 'SLACK_SIGNING_SECRET',
    group: 'Slack',
    accepts: 'the signing secret from "Basic Information" of your Slack app',
    help: 'Proves that a request comes from Slack; needed with `SLACK_MODE=http`.',
    secret: true,
  }),
  slackClientId: optional(word, {
    env: 'SLACK_CLIENT_ID',
    group: 'Slack',
    accepts: 'the client id from "Basic Information" of your Slack app',
    help: 'Lets workspaces install the bot from `/slack/install`; needs `SLACK_CLIENT_SECRET` and `ENCRYPTION_KEY`.',
  }),
  slackClientSecret: optional(word, {
    env: 'SLACK_CLIENT_SECRET',
    group: 'Slack',
    accepts: 'the client secret from "Basic Information" of your Slack app',
    help: 'Completes an installation; needs `SLACK_CLIENT_ID`.',
    secret: true,
  }),
  slackAllowedWorkspaces: optional(wordList, {
    env: 'SLACK_ALLOWED_WORKSPACES',
    group: 'Slack',
    accepts: 'ids of workspaces (T…) and organisations (E…), separated by commas',
    help: 'Who may install the bot from `/slack/install`, and is answered with what they installed; when not set, everybody whom Slack lets install your app.',
  }),
  slackApiUrl: optional(webAddress, {
    env: 'SLACK_API_URL',
    group: 'Slack',
    accepts: 'an https address, or http on this machine, that ends in /api/',
    help: 'Another Web API than Slack’s own: GovSlack, or a local counterpart for tests.',
  }),
  slackAuthorizeUrl: optional(webAddress, {
    env: 'SLACK_AUTHORIZE_URL',
    group: 'Slack',
    accepts: 'an https address, or http on this machine',
    help: 'Another page than Slack’s own on which an installation is allowed.',
  }),
  teamsAppId: optional(word, {
    env: 'TEAMS_APP_ID',
    group: 'Microsoft Teams',
    accepts: 'the Microsoft app id of the bot',
    help: 'Switches Teams on; needs `TEAMS_TENANT_ID`, and `TEAMS_APP_PASSWORD` unless it is a managed identity.',
  }),
  teamsAppType: optional(z.enum(teamsAppTypes), {
    env: 'TEAMS_APP_TYPE',
    group: 'Microsoft Teams',
    accepts: teamsAppTypes.join(', '),
    help: 'How the bot proves itself: with `TEAMS_APP_PASSWORD` (`SingleTenant`, when not set), or as a managed identity of the Azure machine it runs on.',
  }),
  teamsAppPassword: optional(word, {
    env: 'TEAMS_APP_PASSWORD',
    group: 'Microsoft Teams',
    accepts: 'a client secret of the bot’s app registration',
    help: 'Lets the bot send.',
    secret: true,
  }),
  teamsTenantId: optional(word, {
    env: 'TEAMS_TENANT_ID',
    group: 'Microsoft Teams',
    accepts: 'the id of the tenant in which the bot is registered',
    help: 'The bot’s own tenant.',
  }),
  teamsAllowedTenants: optional(wordList, {
    env: 'TEAMS_ALLOWED_TENANTS',
    group: 'Microsoft Teams',
    accepts: 'tenant ids, separated by commas',
    help: 'Whose messages are answered; the bot’s own tenant when not set.',
  }),
  teamsAllowedServiceHosts: optional(hostList, {
    env: 'TEAMS_ALLOWED_SERVICE_HOSTS',
    group: 'Microsoft Teams',
    accepts: 'host names, separated by commas, each with a port where needed',
    help: 'Where the bot may send to; the public cloud’s host when not set.',
  }),
  teamsOpenIdMetadataUrl: optional(webAddress, {
    env: 'TEAMS_OPENID_METADATA_URL',
    group: 'Microsoft Teams',
    accepts: 'an https address, or http on this machine',
    help: 'Where the keys of inbound tokens are found, for government clouds and tests.',
  }),
  teamsDevNoAuth: withDefault(flag, false, {
    env: 'TEAMS_DEV_NO_AUTH',
    group: 'Microsoft Teams',
    accepts: '1 or 0',
    help: 'Takes messages without tokens from a development client: on a loopback address and outside production only.',
  }),
  digestMinIntervalMinutes: withDefault(wholeNumber(1, 10_080), 60, {
    env: 'DIGEST_MIN_INTERVAL_MINUTES',
    group: 'Digests',
    accepts: 'a number of minutes from 1 to 10080',
    help: 'The shortest time between two digests of one subscription.',
  }),
  digestCatchUpHours: withDefault(wholeNumber(0, 168), 12, {
    env: 'DIGEST_CATCH_UP_HOURS',
    group: 'Digests',
    accepts: 'a number of hours from 0 to 168',
    help: 'How late a digest that was missed is still delivered; `0` means five minutes, which is the least.',
  }),
  digestWhenInDoubt: withDefault(z.enum(whenInDoubtChoices), 'repeat', {
    env: 'DIGEST_WHEN_IN_DOUBT',
    group: 'Digests',
    accepts: whenInDoubtChoices.join(', '),
    help: 'What happens where nobody can look whether a message arrived: `repeat` posts it again and says that it may be repeated, `hold` leaves it to you (`digest redrive`).',
  }),
  auditRetentionDays: withDefault(wholeNumber(1, 3_650), 365, {
    env: 'AUDIT_RETENTION_DAYS',
    group: 'Audit and limits',
    accepts: 'a number of days from 1 to 3650',
    help: 'For how long is kept who asked what, who changed what, and what answers rested on.',
  }),
  auditQuestions: withDefault(z.enum(auditQuestionRules), 'text', {
    env: 'AUDIT_QUESTIONS',
    group: 'Audit and limits',
    accepts: auditQuestionRules.join(', '),
    help: 'How questions stand in the audit: as `text` (the first 500 characters, without what looks like a secret), as a `hash`, or not at all.',
  }),
  limitPersonPerMinute: withDefault(wholeNumber(1, 1_000_000), 1_200, {
    env: 'LIMIT_PERSON_PER_MINUTE',
    group: 'Audit and limits',
    accepts: 'a number from 1 to 1000000',
    help: 'How many questions, buttons and dialogs of one person are answered within a minute.',
  }),
  limitWorkspacePerMinute: withDefault(wholeNumber(1, 1_000_000), 6_000, {
    env: 'LIMIT_WORKSPACE_PER_MINUTE',
    group: 'Audit and limits',
    accepts: 'a number from 1 to 1000000',
    help: 'The same for all people of one workspace together.',
  }),
} as const;

type Table = typeof settingDefinitions;

/** All settings by their name in the table. What is absent and has no default is undefined. */
export type Settings = { readonly [Name in keyof Table]: SettingValue<Table[Name]> };
