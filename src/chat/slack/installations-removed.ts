import { z } from 'zod';
import type { DeliveryStore } from '../../store/delivery-types.ts';
import type { InstallationFacts, InstallationStore } from '../../store/types.ts';
import type { Clock } from '../../support/clock.ts';
import type { Log } from '../../support/log.ts';
import type { WorkspaceNews } from '../workspace-news.ts';
import { accessGoneReason, accessGoneReasons } from './deliver-errors.ts';

/** What Slack tells when somebody takes the app, or its token, away. */
export interface Removal {
  readonly code: 'app_uninstalled' | 'token_revoked';
  readonly teamId: string | undefined;
  readonly enterpriseId: string | undefined;
  /** It is the organisation's installation that ended. */
  readonly isOrganisation: boolean;
  /** Epoch milliseconds, by Slack's clock; undefined when it does not say. */
  readonly at: number | undefined;
}

const optionalId = z.string().max(60).nullish();

const removalSchema = z.object({
  team_id: optionalId,
  enterprise_id: optionalId,
  event_time: z.number().nonnegative().nullish(),
  is_enterprise_install: z.boolean().nullish(),
  authorizations: z
    .array(z.object({ enterprise_id: optionalId, is_enterprise_install: z.boolean().nullish() }))
    .nullish(),
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({
      type: z.literal('tokens_revoked'),
      tokens: z.object({ bot: z.array(z.string()).nullish() }),
    }),
  ]),
});

/** Undefined for anything else, and for a revocation of tokens that are none of a bot. */
export function parseRemoval(body: unknown): Removal | undefined {
  const parsed = removalSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { team_id, enterprise_id, event_time, is_enterprise_install, authorizations, event } = parsed.data;
  if (event.type === 'tokens_revoked' && (event.tokens.bot ?? []).length === 0) return undefined;
  const [authorization] = authorizations ?? [];
  return {
    code: event.type === 'app_uninstalled' ? 'app_uninstalled' : 'token_revoked',
    teamId: team_id || undefined,
    enterpriseId: authorization?.enterprise_id || enterprise_id || undefined,
    isOrganisation: authorization?.is_enterprise_install === true || is_enterprise_install === true,
    // To the end of the second that it names.
    at: event_time ? event_time * 1_000 + 999 : undefined,
  };
}

export interface RemovalParts {
  readonly store?: Pick<
    InstallationStore,
    'removeInstallation' | 'installations' | 'teamsOfInstallation' | 'forgetInstallationTeam'
  > &
    Pick<DeliveryStore, 'noteAudit'>;
  readonly workspaces?: WorkspaceNews;
  /** What is remembered of it is read again. */
  readonly forget: (key: string) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Deletes the tokens and lets the subscriptions wait. News that come late, after the app was installed again, change
 * nothing. Rejects when the database does.
 */
export async function applyRemoval(removal: Removal, parts: RemovalParts): Promise<void> {
  const { teamId, enterpriseId, isOrganisation, code } = removal;
  const key = isOrganisation ? enterpriseId : teamId;
  if (key === undefined) {
    parts.log.warn({ code }, 'Slack told of the end of an installation without saying whose');
    return;
  }
  const { store, log, clock } = parts;
  const now = clock.now().getTime();
  const teams = isOrganisation ? await teamsToTell(key, teamId, parts) : [key];
  const wasThere = (await store?.removeInstallation(key, removal.at ?? now)) ?? false;
  parts.forget(key);
  if (store !== undefined && !wasThere && (await isThere(key, store))) return;
  log.warn(
    { installation: key, code },
    'the Slack app was removed; its token is deleted and its digests wait',
  );
  if (wasThere) await noteRemoval(key, teams, code, parts);
  const reason = accessGoneReason(code) ?? code;
  for (const team of teams) {
    await parts.workspaces?.gone({ platform: 'slack', id: `slack:${team}` }, reason);
    if (!isOrganisation) await store?.forgetInstallationTeam(team);
  }
}

async function teamsToTell(
  key: string,
  teamId: string | undefined,
  { store }: RemovalParts,
): Promise<readonly string[]> {
  const known = (await store?.teamsOfInstallation(key)) ?? [];
  return [...new Set([...known, ...(teamId === undefined ? [] : [teamId])])];
}

/** It was installed again after what Slack told of. */
async function isThere(key: string, store: Pick<InstallationStore, 'installations'>): Promise<boolean> {
  return (await store.installations()).some((one) => one.key === key);
}

async function noteRemoval(
  key: string,
  teams: readonly string[],
  code: string,
  { store, clock, log }: RemovalParts,
): Promise<void> {
  try {
    await store?.noteAudit({
      at: clock.now().getTime(),
      by: { platform: 'slack', workspace: `slack:${teams[0] ?? key}`, id: 'slack' },
      action: 'installation.remove',
      target: key,
      detail: { code },
    });
  } catch (error) {
    log.error({ error, installation: key }, 'the end of an installation could not be noted in the audit');
  }
}

export type InstalledParts = Required<Pick<RemovalParts, 'store' | 'workspaces'>> &
  Pick<RemovalParts, 'forget' | 'clock' | 'log'>;

/** Lets what waited for the app go on, and notes who installed it. Never rejects. */
export async function applyInstalled(facts: InstallationFacts, parts: InstalledParts): Promise<void> {
  const { store, workspaces, clock, log } = parts;
  const { key, isOrganisation, installedBy, scopes } = facts;
  parts.forget(key);
  try {
    const teams = isOrganisation ? await store.teamsOfInstallation(key) : [key];
    for (const team of teams) {
      await workspaces.back({ platform: 'slack', id: `slack:${team}` }, accessGoneReasons());
    }
    await store.noteAudit({
      at: clock.now().getTime(),
      by: { platform: 'slack', workspace: `slack:${key}`, id: `${key}/${installedBy}` },
      action: 'installation.add',
      target: key,
      detail: { organisation: isOrganisation, scopes: scopes.join(' ') },
    });
  } catch (error) {
    log.error({ error, installation: key }, 'what waited for an installation could not be let go on');
  }
}
