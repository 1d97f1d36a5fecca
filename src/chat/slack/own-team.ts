import { silentLog } from '../../support/log.ts';
import { createBoltLogger } from './bolt-log.ts';
import { createLookupClient } from './clients.ts';
import type { SlackSettings } from './settings.ts';

/** The workspace that the configured token belongs to; undefined when Slack does not say it within seconds. */
export async function askOwnTeam(settings: SlackSettings): Promise<string | undefined> {
  if (settings.botToken === undefined) return undefined;
  const client = createLookupClient(settings.botToken, settings, { logger: createBoltLogger(silentLog) });
  try {
    const { team_id } = await client.auth.test();
    return typeof team_id === 'string' && /^T[A-Z0-9]{1,40}$/.test(team_id) ? team_id : undefined;
  } catch {
    return undefined;
  }
}
