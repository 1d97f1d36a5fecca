import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { type Tlp, tlpLevels, unknownMarkingLevel } from '../domain/tlp.ts';
import { canonicalJson } from './canonical-json.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';
import type { Tables } from './schema.ts';
import type { DecisionContent, NotedDecision, StoredDecision, StoredSetting } from './settings-types.ts';

export async function readWorkspaceSettings(
  db: Kysely<Tables>,
  workspace: string,
): Promise<readonly StoredSetting[]> {
  const rows = await db
    .selectFrom('workspace_setting')
    .select(['name', 'value', 'changed_by', 'changed_at'])
    .where('workspace', '=', storableText(workspace))
    .orderBy('name')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    value: JSON.parse(row.value),
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  }));
}

export async function writeWorkspaceSetting(
  db: Kysely<Tables>,
  workspace: string,
  { name, value, changedBy, changedAt }: StoredSetting,
): Promise<void> {
  const changed = {
    value: storableText(canonicalJson(value)),
    changed_by: storableText(changedBy),
    changed_at: changedAt,
  };
  await db
    .insertInto('workspace_setting')
    .values({ workspace: storableText(workspace), name, ...changed })
    .onConflict((conflict) => conflict.columns(['workspace', 'name']).doUpdateSet(changed))
    .execute();
}

/** In one transaction, so that a decision is never both gone and in force. */
export async function noteDecisions(
  engine: Engine,
  decisions: readonly NotedDecision[],
  now: number,
): Promise<void> {
  const inForce = await engine.db
    .selectFrom('identity_decision')
    .select('hash')
    .where('gone_at', 'is', null)
    .execute();
  const known = new Set(inForce.map(({ hash }) => hash));
  const noted = new Map(decisions.map((decision) => [hashOf(decision.key), decision]));
  const isSame = known.size === noted.size && [...known].every((hash) => noted.has(hash));
  if (isSame) return;
  const own = await engine.connect();
  try {
    await own.db.transaction().execute(async (transaction) => {
      for (const hash of known) {
        if (!noted.has(hash)) await end(transaction, hash, now);
      }
      for (const [hash, decision] of noted) {
        if (!known.has(hash)) await begin(transaction, hash, decision, now);
      }
    });
  } finally {
    await own.close();
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

async function end(db: Kysely<Tables>, hash: string, now: number): Promise<void> {
  await db
    .updateTable('identity_decision')
    .set({ gone_at: now })
    .where('hash', '=', hash)
    .where('gone_at', 'is', null)
    .execute();
}

async function begin(db: Kysely<Tables>, hash: string, decision: NotedDecision, now: number): Promise<void> {
  const { key: _, ...content } = decision;
  await db
    .insertInto('identity_decision')
    .values({ hash, seen_at: now, content: storableText(canonicalJson(content)) })
    .onConflict((conflict) => conflict.columns(['hash', 'seen_at']).doUpdateSet({ gone_at: null }))
    .execute();
}

export async function readDecisionHistory(db: Kysely<Tables>): Promise<readonly StoredDecision[]> {
  const rows = await db
    .selectFrom('identity_decision')
    .select(['content', 'seen_at', 'gone_at'])
    .orderBy('seen_at')
    .orderBy('hash')
    .execute();
  return rows.flatMap((row) => {
    const content = decodeDecision(row.content);
    return content === undefined ? [] : [{ ...content, seenAt: row.seen_at, goneAt: row.gone_at }];
  });
}

/** What a damaged or a newer database holds falls to the safe side; undefined for no decision at all. */
function decodeDecision(text: string): DecisionContent | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { kind, members } = fields;
  if ((kind !== 'same' && kind !== 'different') || !Array.isArray(members)) return undefined;
  const said = (name: 'reason' | 'by' | 'date' | 'place'): { readonly [name: string]: string } => {
    const found = fields[name];
    return typeof found === 'string' ? { [name]: found } : {};
  };
  const { marking } = fields;
  return {
    kind,
    members: members.filter((member) => typeof member === 'string'),
    ...said('reason'),
    ...said('by'),
    ...said('date'),
    ...said('place'),
    ...(marking === undefined ? {} : { marking: toTlp(marking) }),
  };
}

function toTlp(value: unknown): Tlp {
  return tlpLevels.find((level) => level === value) ?? unknownMarkingLevel;
}
