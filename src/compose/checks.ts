import type { Check } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { openDesk } from './open-desk.ts';
import { slackSettingsOf, teamsSettingsOf } from './platforms.ts';

/** What `doctor` tells. Never rejects: what fails becomes a check. */
export async function runChecks(
  readSettings: () => Settings,
  clock: Clock,
  log: Log,
): Promise<readonly Check[]> {
  const checks: Check[] = [checkNode(process.versions), checkClock(clock)];
  let settings: Settings;
  try {
    settings = readSettings();
    checks.push({ name: 'configuration', state: 'ok', detail: 'every setting can be used' });
  } catch (error) {
    checks.push({ name: 'configuration', state: 'problem', detail: messageOf(error) });
    return checks;
  }
  checks.push(...(await checkKnowledge(settings, clock, log)), checkSlack(settings), checkTeams(settings));
  return checks;
}

function checkNode({ node, sqlite }: NodeJS.ProcessVersions): Check {
  return { name: 'runtime', state: 'ok', detail: `Node ${node}, SQLite ${sqlite ?? 'none'}` };
}

/** A clock before the program was written makes every signature and token look wrong. */
function checkClock(clock: Clock): Check {
  const now = clock.now().toISOString();
  if (now > '2026-01-01') return { name: 'clock', state: 'ok', detail: now };
  return { name: 'clock', state: 'problem', detail: `${now} is in the past; set this machine's clock.` };
}

async function checkKnowledge(settings: Settings, clock: Clock, log: Log): Promise<readonly Check[]> {
  const where = settings.databaseUrl === undefined ? `${settings.home}/threatbrief.db` : 'PostgreSQL';
  try {
    const { desk, store } = await openDesk(settings, clock, log);
    try {
      const { knowledge } = await desk.contextAt('red');
      const actors = knowledge.statistics.entities['intrusion-set'] ?? 0;
      const sources = [...knowledge.sources.values()];
      return [
        { name: 'database', state: 'ok', detail: `${where} answers` },
        {
          name: 'knowledge',
          state: 'ok',
          detail: `${actors} actors from ${knowledge.statistics.records} records of ${sources.length} sources`,
        },
        ...sources.map(
          (source): Check => ({
            name: `source ${source.name}`,
            state: 'ok',
            detail: `${source.title}${source.version === undefined ? '' : ` ${source.version}`}: ${source.recordCount} records, imported ${source.importedAt}`,
          }),
        ),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    return [{ name: 'database', state: 'problem', detail: messageOf(error) }];
  }
}

function checkSlack(settings: Settings): Check {
  const slack = slackSettingsOf(settings);
  if (slack === undefined) {
    return { name: 'Slack', state: 'note', detail: 'not connected; set SLACK_BOT_TOKEN to connect it' };
  }
  const detail = slack.mode === 'socket' ? 'configured for Socket Mode' : 'configured for signed requests';
  return { name: 'Slack', state: 'ok', detail };
}

function checkTeams(settings: Settings): Check {
  const teams = teamsSettingsOf(settings);
  if (teams === undefined) {
    return { name: 'Teams', state: 'note', detail: 'not connected; set TEAMS_APP_ID to connect it' };
  }
  if (teams.devNoAuth) return { name: 'Teams', state: 'note', detail: 'a development client without tokens' };
  return { name: 'Teams', state: 'ok', detail: `configured for app ${teams.appId}` };
}

function messageOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return `unexpected failure: ${error instanceof Error ? error.message : String(error)}`;
}
