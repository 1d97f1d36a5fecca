import type { Kysely } from 'kysely';
import type { SourceInfo } from '../domain/source.ts';
import { canonicalJson } from './canonical-json.ts';
import type { KnownDocument, KnownPart, RememberedDocument } from './document-types.ts';
import { storableText } from './encode-record.ts';
import type { Engine } from './engine.ts';
import type { ImportContext } from './import-writes.ts';
import type { Tables } from './schema.ts';

/** See the port. */
export async function readKnownDocument(
  db: Kysely<Tables>,
  key: string,
  fingerprint: string,
): Promise<KnownDocument | undefined> {
  const document = await db
    .selectFrom('document')
    .select('told')
    .where('key', '=', key)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
  if (document === undefined) return undefined;
  const rows = await db
    .selectFrom('document_part')
    .selectAll()
    .where('document', '=', key)
    .orderBy('id')
    .execute();
  const parts: KnownPart[] = [];
  for (const row of rows) {
    const described = JSON.parse(row.described) as SourceInfo;
    parts.push({
      source: row.source,
      ...(row.scope === '' ? {} : { scope: row.scope }),
      described,
      complete: row.complete === 1,
      unchanged: row.unchanged,
      stale: row.stale,
      rejected: row.rejected,
      isCurrent: (await isDescribedSo(db, row, described)) && (await isUnaltered(db, row)),
    });
  }
  return { told: document.told, parts };
}

type Part = Pick<Tables['document_part'], 'source' | 'scope' | 'complete' | 'revision'> & {
  readonly id: number;
};

/**
 * True when the source counts its records as the document does: the same default marking, reliability and release.
 * Its title, licence and kind are those of the document that was read last; of several that word them differently
 * none is more right than the others.
 */
async function isDescribedSo(db: Kysely<Tables>, part: Part, described: SourceInfo): Promise<boolean> {
  const row = await db
    .selectFrom('source')
    .select(['default_marking', 'reliability', 'version'])
    .where('name', '=', part.source)
    .executeTakeFirst();
  if (row === undefined) return false;
  if (row.default_marking !== described.defaultMarking || row.reliability !== described.reliability)
    return false;
  if (part.scope === '') return row.version === (described.version ?? null);
  const scope = await db
    .selectFrom('source_scope')
    .select('version')
    .where('source', '=', part.source)
    .where('scope', '=', part.scope)
    .executeTakeFirst();
  return scope !== undefined && scope.version === (described.version ?? null);
}

async function isUnaltered(db: Kysely<Tables>, part: Part): Promise<boolean> {
  const source = await db
    .selectFrom('source')
    .select('revision')
    .where('name', '=', part.source)
    .executeTakeFirst();
  if (source?.revision === part.revision) return true;
  const altered = await db
    .selectFrom('document_record as brought')
    .innerJoin('record', (join) =>
      join.onRef('record.external_id', '=', 'brought.external_id').on('record.source', '=', part.source),
    )
    .select('brought.external_id')
    .where('brought.part', '=', part.id)
    .where('record.revision', '>', part.revision)
    .limit(1)
    .executeTakeFirst();
  if (altered !== undefined) return false;
  return part.complete === 0 || !(await hasOthers(db, part));
}

/** True when something came into what the part covers since, which another import of the part would withdraw. */
async function hasOthers(db: Kysely<Tables>, part: Part): Promise<boolean> {
  const other = await db
    .selectFrom('record')
    .select('external_id')
    .where('source', '=', part.source)
    .where('revision', '>', part.revision)
    .where('valid_to', 'is', null)
    .$if(part.scope !== '', (all) => all.where('scope', '=', part.scope))
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/** Notes, in the import's own transaction, what its document brought. The document itself is not known until it is remembered. */
export async function writePart(context: ImportContext, document: string): Promise<void> {
  const { db, source, rules, plan, revision } = context;
  await db.deleteFrom('document').where('key', '=', document).execute();
  await deleteParts(db, document, [{ source: source.name, scope: rules.scope }], 'these');
  const { counts } = plan;
  const { id } = await db
    .insertInto('document_part')
    .values({
      document,
      source: source.name,
      scope: rules.scope,
      described: storableText(canonicalJson(source)),
      complete: rules.complete ? 1 : 0,
      unchanged: counts.new + counts.changed + counts.unchanged,
      stale: counts.stale ?? 0,
      rejected: counts.rejected,
      revision,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('document_record')
    .columns(['part', 'external_id'])
    .expression((query) =>
      query
        .selectFrom('import_record')
        .select((row) => [row.lit(id).as('part'), 'external_id'])
        .orderBy('external_id'),
    )
    .execute();
}

/** See the port. */
export async function rememberDocument(
  engine: Engine,
  key: string,
  { fingerprint, told, brought }: RememberedDocument,
): Promise<void> {
  const parts = brought.map(({ source, scope = '' }) => ({ source, scope }));
  await deleteParts(engine.db, key, parts, 'others');
  const row = { fingerprint, told: storableText(told) };
  await engine.db
    .insertInto('document')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}

async function deleteParts(
  db: Kysely<Tables>,
  document: string,
  named: readonly { readonly source: string; readonly scope: string }[],
  which: 'these' | 'others',
): Promise<void> {
  const rows = await db
    .selectFrom('document_part')
    .select(['id', 'source', 'scope'])
    .where('document', '=', document)
    .execute();
  for (const row of rows) {
    const isNamed = named.some(({ source, scope }) => source === row.source && scope === row.scope);
    if (isNamed !== (which === 'these')) continue;
    await db.deleteFrom('document_record').where('part', '=', row.id).execute();
    await db.deleteFrom('document_part').where('id', '=', row.id).execute();
  }
}

/** See the port. */
export async function touchImport(
  db: Kysely<Tables>,
  source: string,
  scope: string,
  now: number,
): Promise<void> {
  await db.updateTable('source').set({ imported_at: now }).where('name', '=', source).execute();
  await db
    .updateTable('source_scope')
    .set({ imported_at: now })
    .where('source', '=', source)
    .where('scope', '=', scope)
    .execute();
}

/** See the port. */
export async function readNamesVersion(db: Kysely<Tables>): Promise<number> {
  const row = await db.selectFrom('knowledge').select('names').executeTakeFirstOrThrow();
  return row.names;
}
