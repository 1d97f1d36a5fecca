import { isLoopback } from './parse-values.ts';
import { type Settings, settingDefinitions } from './settings.ts';

type IsGiven = (name: keyof Settings) => boolean;

/** What does not fit together, as sentences for the person who can correct it; empty when all does. */
export function checkTogether(settings: Settings, isGiven: IsGiven): readonly string[] {
  return [...checkPage(settings), ...checkSlack(settings, isGiven), ...checkTeams(settings, isGiven)];
}

function checkPage({ host, playground, playgroundToken }: Settings): readonly string[] {
  if (playground !== true || playgroundToken !== undefined || isLoopback(host)) return [];
  const { accepts } = settingDefinitions.playgroundToken;
  return [
    `PLAYGROUND=1 with HOST ${JSON.stringify(host)}, which other machines reach, needs PLAYGROUND_TOKEN: ${accepts}`,
  ];
}

function checkSlack(settings: Settings, isGiven: IsGiven): readonly string[] {
  const { slackMode, slackBotToken, slackAppToken, slackSigningSecret, slackClientId, slackClientSecret } =
    settings;
  const isWanted = (
    ['slackMode', 'slackBotToken', 'slackAppToken', 'slackSigningSecret', 'slackClientId'] as const
  ).some(isGiven);
  if (!isWanted) return slackClientSecret === undefined ? [] : [needs('slackClientSecret', 'slackClientId')];
  const problems: string[] = [];
  const mode = `SLACK_MODE=${slackMode}${isGiven('slackMode') ? '' : ' (the default)'}`;
  if (slackMode === 'socket' && slackAppToken === undefined) {
    problems.push(`${mode} needs SLACK_APP_TOKEN: ${settingDefinitions.slackAppToken.accepts}`);
  }
  if (slackMode === 'http' && slackSigningSecret === undefined) {
    const instead = slackAppToken === undefined ? '' : '; or set SLACK_MODE=socket to use SLACK_APP_TOKEN';
    problems.push(
      `${mode} needs SLACK_SIGNING_SECRET: ${settingDefinitions.slackSigningSecret.accepts}${instead}`,
    );
  }
  if (slackClientId !== undefined && slackClientSecret === undefined) {
    problems.push(needs('slackClientId', 'slackClientSecret'));
  }
  if (
    slackClientId !== undefined &&
    slackClientSecret !== undefined &&
    settings.encryptionKey === undefined
  ) {
    problems.push(`${needs('slackClientId', 'encryptionKey')}; tokens are never stored in clear`);
  }
  if (slackClientSecret !== undefined && slackClientId === undefined) {
    problems.push(needs('slackClientSecret', 'slackClientId'));
  }
  if (slackBotToken === undefined && slackClientId === undefined) {
    problems.push(`Slack needs SLACK_BOT_TOKEN: ${settingDefinitions.slackBotToken.accepts}`);
  }
  return problems;
}

function checkTeams(settings: Settings, isGiven: IsGiven): readonly string[] {
  if (settings.teamsDevNoAuth) return checkDevelopmentClient(settings);
  const isManaged = settings.teamsAppType === 'UserAssignedMSI';
  const credentials = ['teamsAppId', 'teamsAppPassword', 'teamsTenantId'] as const;
  const given = credentials.find(isGiven);
  if (given === undefined) return isManaged ? [needs('teamsAppType', 'teamsAppId')] : [];
  if (isManaged) {
    const secret = isGiven('teamsAppPassword')
      ? ['TEAMS_APP_TYPE=UserAssignedMSI has no secret; remove TEAMS_APP_PASSWORD']
      : [];
    const missing = (['teamsAppId', 'teamsTenantId'] as const).filter((name) => !isGiven(name));
    return [...secret, ...missing.map((name) => needs('teamsAppType', name))];
  }
  return credentials.filter((name) => !isGiven(name)).map((name) => needs(given, name));
}

function checkDevelopmentClient({ host, nodeEnv }: Settings): readonly string[] {
  const problems: string[] = [];
  if (!isLoopback(host)) {
    problems.push(
      `TEAMS_DEV_NO_AUTH=1 lets anyone who reaches the server use it, so HOST must be a loopback address (127.0.0.1), not ${JSON.stringify(host)}`,
    );
  }
  if (nodeEnv === 'production') {
    problems.push('TEAMS_DEV_NO_AUTH=1 is for development and refused with NODE_ENV=production; remove one');
  }
  return problems;
}

function needs(name: keyof Settings, other: keyof Settings): string {
  const { env, accepts } = settingDefinitions[other];
  return `${settingDefinitions[name].env} needs ${env}: ${accepts}`;
}
