import type { Kysely } from 'kysely';
import type { KnownRecord } from './import-plan.ts';
import type { Tables } from './schema.ts';

/** What is stored of a source when an import of it begins or ends. */
export interface SourceState {
  /** Rises with each import that altered a record; -1 where the source is not known yet. */
  readonly revision: number;
  readonly records: ReadonlyMap<string, KnownRecord>;
  /** True when the scope, or the source where it has none, was imported before in any way. */
  readonly importedBefore: boolean;
  /** True when a live import has covered the scope wholly. */
  readonly liveComplete: boolean;
}

export async function loadSourceState(
  db: Kysely<Tables>,
  source: string,
  scope: string,
): Promise<SourceState> {
  const revision = await sourceRevision(db, source);
  const scopes = await db
    .selectFrom('source_scope')
    .select(['scope', 'live_complete'])
    .where('source', '=', source)
    .where('scope', 'in', scope === '' ? [''] : ['', scope])
    .execute();
  return {
    revision,
    records: revision === -1 ? new Map() : await loadKnownRecords(db, source),
    importedBefore: scopes.some((row) => row.scope === scope),
    liveComplete: scopes.some((row) => row.live_complete === 1),
  };
}

export async function sourceRevision(db: Kysely<Tables>, source: string): Promise<number> {
  const row = await db.selectFrom('source').select('revision').where('name', '=', source).executeTakeFirst();
  return row?.revision ?? -1;
}

async function loadKnownRecords(db: Kysely<Tables>, source: string): Promise<Map<string, KnownRecord>> {
  const rows = await db
    .selectFrom('record')
    .select(['external_id', 'content_hash', 'modified_at', 'scope', 'bundled', 'valid_to'])
    .where('source', '=', source)
    .execute();
  const known = new Map<string, KnownRecord>();
  for (const row of rows) {
    known.set(row.external_id, {
      contentHash: row.content_hash,
      modifiedAt: row.modified_at,
      scope: row.scope,
      bundled: row.bundled === 1,
      withdrawn: row.valid_to !== null,
    });
  }
  return known;
}
