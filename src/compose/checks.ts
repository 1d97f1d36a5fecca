import type { Check } from '../cli/runtime.ts';
import type { Settings } from '../config/settings.ts';
import { resolveKey } from '../connect/resolve-key.ts';
import { IdentityFileError } from '../identity/parse-identity.ts';
import type { KnowledgeStatistics } from '../knowledge/types.ts';
import type { StoredConnection } from '../store/types.ts';
import { AppError } from '../support/app-error.ts';
import type { Clock } from '../support/clock.ts';
import type { Log } from '../support/log.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { checkInstallations, checkSecrets } from './check-secrets.ts';
import { openDesk } from './open-desk.ts';
import { slackSettingsOf, teamsSettingsOf } from './platforms.ts';
import { processKeys } from './sync-deps.ts';

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
        ...checkIdentity(knowledge.statistics),
        ...(await store.connections()).map((one) => checkConnection(one, clock)),
        ...(await checkDeliveries(store, settings, clock)),
        await checkSecrets(store, settings),
        ...(await checkInstallations(store, settings)),
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
    const name = error instanceof IdentityFileError ? 'identity' : 'database';
    return [{ name, state: 'problem', detail: messageOf(error) }];
  }
}

/** The decisions of the identity files, and what could not be followed of them. */
function checkIdentity({ decisions }: KnowledgeStatistics): readonly Check[] {
  if (decisions === undefined) return [];
  const { followed, problems } = decisions;
  const detail = `${followed} ${followed === 1 ? 'decision' : 'decisions'} on identity followed`;
  return [
    { name: 'identity', state: 'ok', detail },
    ...problems.map((problem): Check => ({ name: 'identity', state: 'note', detail: problem })),
  ];
}

function checkConnection(stored: StoredConnection, clock: Clock): Check {
  const { connection, lastError, lastSuccessAt, failures, paused, nextRunAt } = stored;
  const name = `connected source ${connection.name}`;
  const success = lastSuccessAt === null ? 'never synced so far' : `last success ${timeOf(lastSuccessAt)}`;
  if (lastError !== null) {
    const remedy = `then try "threatbrief sources sync ${connection.name}"`;
    return { name, state: 'problem', detail: `${lastError} (${failures} in a row, ${success}); ${remedy}` };
  }
  const key = resolveKey(connection, processKeys());
  if (!key.ok) return { name, state: 'problem', detail: key.problem };
  if (paused) {
    const remedy = `"threatbrief sources resume ${connection.name}" goes on`;
    return { name, state: 'note', detail: `paused, ${success}; ${remedy}` };
  }
  const isLate = nextRunAt < clock.now().getTime() - lateMs;
  return isLate
    ? { name, state: 'note', detail: `${success}; due since ${timeOf(nextRunAt)}: a running server syncs it` }
    : { name, state: 'ok', detail: `${success}, next sync ${timeOf(nextRunAt)}` };
}

const lateMs = 3_600_000;

function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function checkSlack(settings: Settings): Check {
  const slack = slackSettingsOf(settings);
  if (slack === undefined) {
    return {
      name: 'Slack',
      state: 'note',
      detail: 'not connected; set SLACK_BOT_TOKEN, or SLACK_CLIENT_ID, to connect it',
    };
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
  const configured = `configured for app ${teams.appId}`;
  return settings.admins?.some((one) => one.toLowerCase().startsWith('teams:')) === true
    ? { name: 'Teams', state: 'ok', detail: configured }
    : {
        name: 'Teams',
        state: 'note',
        detail: `${configured}; nobody can change settings there: name admins in ADMINS (teams:TENANT/OBJECT-ID)`,
      };
}

function messageOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return `unexpected failure: ${error instanceof Error ? error.message : String(error)}`;
}
