import type { Kysely } from 'kysely';
import type { KnownRecord } from './import-plan.ts';
import type { Tables } from './schema.ts';

/** What is stored of a source when an import of it begins or ends. */
export interface SourceState {
  /** Rises with each import that altered a record; -1 where the source is not known yet. */
  readonly revision: number;
  /** How many of its records are present. */
  readonly recordCount: number;
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
  const stored = await db
    .selectFrom('source')
    .select(['revision', 'record_count'])
    .where('name', '=', source)
    .executeTakeFirst();
  if (stored === undefined)
    return { revision: -1, recordCount: 0, importedBefore: false, liveComplete: false };
  const scopes = await db
    .selectFrom('source_scope')
    .select(['scope', 'live_complete'])
    .where('source', '=', source)
    .where('scope', 'in', ['', scope])
    .execute();
  return {
    revision: stored.revision,
    recordCount: stored.record_count,
    importedBefore: scopes.some((row) => row.scope === scope),
    liveComplete: scopes.some((row) => row.live_complete === 1),
  };
}

/** True when the source has records and none of them is live. */
export async function hasOnlyBundled(db: Kysely<Tables>, source: string): Promise<boolean> {
  return !(await hasLiveRecords(db, source)) && (await hasRecords(db, source));
}

export async function hasLiveRecords(db: Kysely<Tables>, source: string): Promise<boolean> {
  const row = await db
    .selectFrom('record')
    .select('external_id')
    .where('source', '=', source)
    .where('bundled', '=', 0)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function hasRecords(db: Kysely<Tables>, source: string): Promise<boolean> {
  const row = await db
    .selectFrom('record')
    .select('external_id')
    .where('source', '=', source)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many ids one query of `knownRecords` takes; shorter lists are filled up, so that it is prepared once. */
export const idsPerLookup = 200;

/** What is stored of the records with these ids, at most `idsPerLookup`, by id. */
export async function knownRecords(
  db: Kysely<Tables>,
  source: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownRecord>> {
  const [first] = ids;
  if (first === undefined) return new Map();
  const size = ids.length <= 8 ? 8 : idsPerLookup;
  const filled = [...ids, ...Array.from({ length: size - ids.length }, () => first)];
  const rows = await db
    .selectFrom('record')
    .select(['external_id', 'content_hash', 'modified_at', 'scope', 'bundled', 'valid_to'])
    .where('source', '=', source)
    .where('external_id', 'in', filled)
    .execute();
  return new Map(
    rows.map((row) => [
      row.external_id,
      {
        contentHash: row.content_hash,
        modifiedAt: row.modified_at,
        scope: row.scope,
        bundled: row.bundled === 1,
        withdrawn: row.valid_to !== null,
      },
    ]),
  );
}
