import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { storableText } from './encode-record.ts';
import type {
  InstallationFacts,
  InstallationSummary,
  InstallationTokens,
  RefreshLease,
  StoredInstallation,
} from './installation-types.ts';
import type { InstallationTable, Tables } from './schema.ts';
import { installationBinding, type Seals } from './sealed.ts';

/** A lease that lasts longer than this is of a clock that went wrong. */
const longestLeaseMs = 10 * 60_000;

/** See the port. */
export async function writeInstallation(
  db: Kysely<Tables>,
  seals: Seals,
  facts: InstallationFacts,
  tokens: InstallationTokens,
): Promise<void> {
  const key = storableText(facts.key);
  const { installedAt } = facts;
  const changing = {
    facts: canonicalJson({ ...facts, name: storableText(facts.name) }),
    ...tokenColumns(seals, key, tokens),
    installed_at: installedAt,
    broken_reason: null,
  };
  await db
    .insertInto('slack_installation')
    .values({ key, ...changing, version: installedAt })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        ...changing,
        // Never a version that an earlier installation had.
        version: sql<number>`case when slack_installation.version >= ${installedAt} then slack_installation.version + 1 else ${installedAt} end`,
      }),
    )
    .execute();
}

/** See the port. */
export async function readInstallation(
  db: Kysely<Tables>,
  seals: Seals,
  key: string,
): Promise<StoredInstallation | undefined> {
  const row = await db
    .selectFrom('slack_installation')
    .selectAll()
    .where('key', '=', storableText(key))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const opened: unknown = JSON.parse(seals.openSecret(row.tokens, installationBinding(row.key)));
  const { botToken, refreshToken } = secretsSchema.parse(opened);
  const tokens = { botToken, refreshToken, expiresAt: row.expires_at, refreshAt: row.refresh_at };
  return { ...toSummary(row), tokens };
}

/** See the port. */
export async function readInstallations(db: Kysely<Tables>): Promise<readonly InstallationSummary[]> {
  const rows = await db.selectFrom('slack_installation').selectAll().orderBy('key').execute();
  return rows.map(toSummary);
}

/** See the port. */
export async function takeRefreshLease(
  db: Kysely<Tables>,
  key: string,
  version: number,
  { now, until }: RefreshLease,
): Promise<boolean> {
  const taken = await db
    .updateTable('slack_installation')
    .set({ lease_until: until })
    .where('key', '=', storableText(key))
    .where('version', '=', version)
    .where((row) =>
      row.or([
        row('lease_until', 'is', null),
        row('lease_until', '<=', now),
        row('lease_until', '>', now + longestLeaseMs),
      ]),
    )
    .returning('key')
    .execute();
  return taken.length > 0;
}

/** See the port. */
export async function dropRefreshLease(
  db: Kysely<Tables>,
  key: string,
  { until }: RefreshLease,
): Promise<void> {
  await db
    .updateTable('slack_installation')
    .set({ lease_until: null })
    .where('key', '=', storableText(key))
    .where('lease_until', '=', until)
    .execute();
}

/** See the port. */
export async function writeTokens(
  db: Kysely<Tables>,
  seals: Seals,
  key: string,
  version: number,
  tokens: InstallationTokens,
): Promise<boolean> {
  const changed = await db
    .updateTable('slack_installation')
    .set({ ...tokenColumns(seals, storableText(key), tokens), version: version + 1, broken_reason: null })
    .where('key', '=', storableText(key))
    .where('version', '=', version)
    .returning('key')
    .execute();
  return changed.length > 0;
}

/** See the port. */
export async function writeBroken(
  db: Kysely<Tables>,
  key: string,
  version: number,
  reason: string,
): Promise<boolean> {
  const changed = await db
    .updateTable('slack_installation')
    .set({ broken_reason: storableText(reason), lease_until: null, version: version + 1 })
    .where('key', '=', storableText(key))
    .where('version', '=', version)
    .returning('key')
    .execute();
  return changed.length > 0;
}

/** See the port. */
export async function deleteInstallation(
  db: Kysely<Tables>,
  key: string,
  installedBy: number,
): Promise<boolean> {
  const deleted = await db
    .deleteFrom('slack_installation')
    .where('key', '=', storableText(key))
    .where('installed_at', '<=', installedBy)
    .returning('key')
    .execute();
  return deleted.length > 0;
}

/** See the port. */
export async function writeInstallationTeam(db: Kysely<Tables>, team: string, key: string): Promise<void> {
  await db
    .insertInto('slack_installation_team')
    .values({ team: storableText(team), key: storableText(key) })
    .onConflict((conflict) => conflict.column('team').doUpdateSet({ key: storableText(key) }))
    .execute();
}

/** See the port. */
export async function readInstallationOfTeam(db: Kysely<Tables>, team: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('slack_installation_team')
    .select('key')
    .where('team', '=', storableText(team))
    .executeTakeFirst();
  return row?.key;
}

/** See the port. */
export async function readTeamsOfInstallation(db: Kysely<Tables>, key: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('slack_installation_team')
    .select('team')
    .where('key', '=', storableText(key))
    .orderBy('team')
    .execute();
  return rows.map(({ team }) => team);
}

/** See the port. */
export async function deleteInstallationTeam(db: Kysely<Tables>, team: string): Promise<void> {
  await db.deleteFrom('slack_installation_team').where('team', '=', storableText(team)).execute();
}

function tokenColumns(
  seals: Seals,
  key: string,
  { botToken, refreshToken, expiresAt, refreshAt }: InstallationTokens,
): Pick<Selectable<InstallationTable>, 'tokens' | 'expires_at' | 'refresh_at' | 'lease_until'> {
  const secrets = JSON.stringify({ botToken, refreshToken });
  const tokens = seals.sealSecret(secrets, installationBinding(key));
  return { tokens, expires_at: expiresAt, refresh_at: refreshAt, lease_until: null };
}

const secretsSchema = z.object({ botToken: z.string(), refreshToken: z.string().nullable() });

const factsSchema = z.object({
  key: z.string(),
  isOrganisation: z.boolean(),
  teamId: z.string().nullable(),
  enterpriseId: z.string().nullable(),
  name: z.string(),
  botUserId: z.string().nullable(),
  botId: z.string().nullable(),
  appId: z.string().nullable(),
  scopes: z.array(z.string()),
  installedBy: z.string(),
  installedAt: z.number(),
});

function toSummary(row: Selectable<InstallationTable>): InstallationSummary {
  const facts: unknown = JSON.parse(row.facts);
  return {
    ...factsSchema.parse(facts),
    expiresAt: row.expires_at,
    refreshAt: row.refresh_at,
    version: row.version,
    brokenReason: row.broken_reason,
  };
}
