import { type Kysely, sql } from 'kysely';
import { type Tlp, tlpLevels, unknownMarkingLevel } from '../domain/tlp.ts';
import {
  type EvidenceContent,
  type EvidenceKey,
  recordKeyText,
  type StoredEvidence,
  type StoredRecordKey,
} from './answer-types.ts';
import { decodeRecord, storableText } from './encode-record.ts';
import { oneOf, toPerson } from './place-columns.ts';
import type { Tables } from './schema.ts';

/** Contents that are stored already are only marked as used once more. */
export async function insertEvidence(
  db: Kysely<Tables>,
  evidence: readonly StoredEvidence[],
  contents: readonly EvidenceContent[],
): Promise<void> {
  const usedAt = new Map<string, number>();
  for (const { hash, at } of evidence) usedAt.set(hash, Math.max(at, usedAt.get(hash) ?? 0));
  const packed = new Set(contents.map(({ hash }) => hash));
  for (const content of contents) {
    const at = usedAt.get(content.hash) ?? 0;
    await db
      .insertInto('evidence_content')
      .values({ ...content, used_at: at })
      .onConflict((conflict) =>
        conflict
          .column('hash')
          .doUpdateSet({ used_at: at })
          .where(sql<boolean>`evidence_content.used_at < ${at}`),
      )
      .execute();
  }
  for (const [hash, at] of usedAt) {
    if (packed.has(hash)) continue;
    await db
      .updateTable('evidence_content')
      .set({ used_at: at })
      .where('hash', '=', hash)
      .where('used_at', '<', at)
      .execute();
  }
  for (const one of evidence) {
    await db
      .insertInto('evidence')
      .values({
        platform: one.platform,
        workspace: storableText(one.workspace),
        id: one.id,
        at: one.at,
        question: one.question === null ? null : storableText(one.question),
        ceiling: one.ceiling,
        hash: one.hash,
      })
      .onConflict((conflict) => conflict.columns(['platform', 'workspace', 'id']).doNothing())
      .execute();
  }
}

/** See the port. */
export async function readEvidence(
  db: Kysely<Tables>,
  key: EvidenceKey | Pick<EvidenceKey, 'id'>,
): Promise<(StoredEvidence & { readonly packed: string }) | undefined> {
  let query = db
    .selectFrom('evidence')
    .innerJoin('evidence_content', 'evidence_content.hash', 'evidence.hash')
    .select(['platform', 'workspace', 'id', 'at', 'question', 'ceiling', 'evidence.hash as hash', 'packed'])
    .where('id', '=', storableText(key.id));
  if ('workspace' in key) {
    query = query.where('platform', '=', key.platform).where('workspace', '=', storableText(key.workspace));
  }
  const row = await query.orderBy('at', 'desc').limit(1).executeTakeFirst();
  if (row === undefined) return undefined;
  const { platform, workspace, id } = row;
  return { ...row, ...toPerson(platform, workspace, id), ceiling: oneOf(tlpLevels, row.ceiling) };
}

const recordsAtOnce = 100;

/** See the port. */
export async function readLastMarkings(
  db: Kysely<Tables>,
  records: readonly StoredRecordKey[],
): Promise<ReadonlyMap<string, Tlp>> {
  const result = new Map<string, Tlp>();
  if (records.length === 0) return result;
  const sources = await db.selectFrom('source').select(['name', 'default_marking']).execute();
  const defaults = new Map(sources.map((row) => [row.name, row.default_marking]));
  const bySource = Map.groupBy(records, ({ source }) => source);
  for (const [source, keys] of bySource) {
    const known = defaults.get(source);
    const marking = tlpLevels.find((level) => level === known) ?? unknownMarkingLevel;
    for (let start = 0; start < keys.length; start += recordsAtOnce) {
      const ids = keys.slice(start, start + recordsAtOnce).map(({ externalId }) => storableText(externalId));
      const rows = await db
        .selectFrom('record')
        .select(['external_id', 'content'])
        .where('source', '=', source)
        .where('external_id', 'in', ids)
        .execute();
      for (const row of rows) {
        const key = recordKeyText({ source, externalId: row.external_id });
        result.set(key, decodeRecord(row.content).marking?.tlp ?? marking);
      }
    }
  }
  return result;
}
