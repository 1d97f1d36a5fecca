import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql, type Transaction } from 'kysely';
import type { SourceInfo } from '../domain/source.ts';
import { createBatchInsert } from './batch-insert.ts';
import { decodeIndicators, lookupKey } from './encode-record.ts';
import type { ImportPlan, ImportRules } from './import-plan.ts';
import { hasLiveRecords, type SourceState } from './import-state.ts';
import type { Tables } from './schema.ts';
import type { ImportSessionOptions } from './types.ts';

/** All that the writes of one import's end need; they run in one transaction, in the order of `finishImport`. */
export interface ImportContext {
  readonly db: Transaction<Tables>;
  readonly source: SourceInfo;
  readonly options: ImportSessionOptions;
  readonly rules: ImportRules;
  /** The source before the import. */
  readonly state: SourceState;
  readonly plan: ImportPlan;
  /** The source's revision after the import: the mark of every record that it alters. */
  readonly revision: number;
}

const idsPerQuery = 500;

/** Runs `work` on parts of a list, each small enough for the parameters of one query. */
export async function inParts(
  ids: readonly string[],
  work: (part: readonly string[]) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < ids.length; start += idsPerQuery) {
    await work(ids.slice(start, start + idsPerQuery));
  }
}

export async function writeRecords(context: ImportContext): Promise<void> {
  const { plan } = context;
  if (plan.changed > 0) {
    await keepOldVersions(context, idsChanged);
    await deleteIndicators(context);
    await updateChanged(context);
  }
  if (plan.new > 0) await insertNew(context);
  if (plan.new + plan.changed > 0) await insertIndicators(context);
  if (plan.comesBack > 0) await revive(context);
  if (plan.withdrawn > 0) await withdraw(context);
  if (plan.remarked > 0) await remark(context);
}

type CanSelect = Pick<ExpressionBuilder<Tables, never>, 'selectFrom'>;
type StagedIds = SelectQueryBuilder<Tables, 'import_record', { external_id: string }>;

function idsChanged(query: CanSelect): StagedIds {
  return query.selectFrom('import_record').select('external_id').where('outcome', '=', 'changed');
}

/** Ids of the withdrawn records that the import brings back as they were. */
export function idsComingBack(query: CanSelect): StagedIds {
  return query.selectFrom('import_record').select('external_id').where('comes_back', '=', 1);
}

/** A version that was never current for any time (two imports in one millisecond, a clock set back) is not kept. */
async function keepOldVersions(
  { db, source, options }: ImportContext,
  ids: (query: CanSelect) => StagedIds,
): Promise<void> {
  const validTo = sql<number>`coalesce(record.valid_to, ${sql.lit(options.now)})`;
  await db
    .insertInto('record_version')
    .columns(['source', 'external_id', 'content', 'content_hash', 'bundled', 'valid_from', 'valid_to'])
    .expression((query) =>
      query
        .selectFrom('record')
        .select(['source', 'external_id', 'content', 'content_hash', 'bundled', 'valid_from'])
        .select(validTo.as('valid_to'))
        .where('source', '=', source.name)
        .where('external_id', 'in', ids)
        .where(sql<boolean>`record.valid_from < ${validTo}`),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function updateChanged({ db, source, options, rules, revision }: ImportContext): Promise<void> {
  await db
    .updateTable('record')
    .from('import_record')
    .set((row) => ({
      scope: rules.scope,
      // The rows of outcome "changed" have their content: `finish` makes sure.
      content: sql<string>`import_record.content`,
      content_hash: row.ref('import_record.content_hash'),
      indicators_hash: row.ref('import_record.indicators_hash'),
      indicator_count: row.ref('import_record.indicator_count'),
      modified_at: row.ref('import_record.modified_at'),
      bundled: rules.bundled ? 1 : 0,
      revision,
      valid_from: options.now,
      valid_to: null,
    }))
    .where('record.source', '=', source.name)
    .whereRef('record.external_id', '=', 'import_record.external_id')
    .where('import_record.outcome', '=', 'changed')
    .execute();
}

async function insertNew({ db, source, options, rules, revision }: ImportContext): Promise<void> {
  await db
    .insertInto('record')
    .columns([
      'source',
      'external_id',
      'scope',
      'content',
      'content_hash',
      'indicators_hash',
      'indicator_count',
      'modified_at',
      'bundled',
      'revision',
      'valid_from',
    ])
    .expression((query) =>
      query
        .selectFrom('import_record')
        .select([
          sql<string>`${source.name}`.as('source'),
          'external_id',
          sql<string>`${rules.scope}`.as('scope'),
          sql<string>`content`.as('content'),
          'content_hash',
          'indicators_hash',
          'indicator_count',
          'modified_at',
          sql<number>`${sql.lit(rules.bundled ? 1 : 0)}`.as('bundled'),
          sql<number>`${sql.lit(revision)}`.as('revision'),
          sql<number>`${sql.lit(options.now)}`.as('valid_from'),
        ])
        .where('outcome', '=', 'new')
        .orderBy('external_id'),
    )
    .execute();
}

async function deleteIndicators({ db, source }: ImportContext): Promise<void> {
  const staged = (query: Kysely<Tables>) =>
    query
      .selectFrom('record')
      .select('record.external_id')
      .innerJoin('import_record', 'import_record.external_id', 'record.external_id')
      .where('import_record.outcome', '=', 'changed')
      .where('record.source', '=', source.name)
      .where('record.indicator_count', '>', 0);
  for (const table of ['indicator_value', 'indicator'] as const) {
    await db
      .deleteFrom(table)
      .where('source', '=', source.name)
      .where('external_id', 'in', staged(db))
      .execute();
  }
}

const indicatorColumns = ['source', 'external_id', 'position', 'content'] as const;
const indicatorValueColumns = ['value', 'source', 'external_id', 'position'] as const;

async function insertIndicators({ db, source }: ImportContext): Promise<void> {
  const insert = createBatchInsert(db, indicatorColumns, (rows) => db.insertInto('indicator').values(rows));
  const insertValues = createBatchInsert(db, indicatorValueColumns, (rows) =>
    db.insertInto('indicator_value').values(rows),
  );
  for (let after = -1; ; ) {
    const row = await db
      .selectFrom('import_record')
      .select(['position', 'external_id', 'indicators'])
      .where('outcome', 'in', ['new', 'changed'])
      .where('indicator_count', '>', 0)
      .where('position', '>', after)
      .orderBy('position')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return;
    after = row.position;
    const { external_id: id } = row;
    const indicators = decodeIndicators(row.indicators ?? '[]');
    await insert(indicators.map((one, position) => [source.name, id, position, JSON.stringify(one)]));
    await insertValues(
      indicators.flatMap((one, position) =>
        [...new Set(one.lookupValues.map(lookupKey))].map((value) => [value, source.name, id, position]),
      ),
    );
  }
}

async function revive(context: ImportContext): Promise<void> {
  const { db, source, options, rules, revision } = context;
  await keepOldVersions(context, idsComingBack);
  await db
    .updateTable('record')
    .set({
      valid_from: options.now,
      valid_to: null,
      scope: rules.scope,
      bundled: rules.bundled ? 1 : 0,
      revision,
    })
    .where('source', '=', source.name)
    .where('external_id', 'in', idsComingBack)
    .execute();
}

async function withdraw({ db, source, options, revision }: ImportContext): Promise<void> {
  await db
    .updateTable('record')
    .set({ valid_to: options.now, revision })
    .where('source', '=', source.name)
    .where('external_id', 'in', (query) => query.selectFrom('import_gone').select('external_id'))
    .execute();
}

async function remark({ db, source, rules, revision }: ImportContext): Promise<void> {
  await db
    .updateTable('record')
    .set({ scope: rules.scope, bundled: rules.bundled ? 1 : 0, revision })
    .where('source', '=', source.name)
    .where('external_id', 'in', (query) =>
      query.selectFrom('import_record').select('external_id').where('remarked', '=', 1),
    )
    .execute();
}

/** Writes the source and its scope. A bundled import says nothing about a source that live imports describe. */
export async function writeSource(context: ImportContext): Promise<void> {
  const { db, source, options, rules, plan, revision } = context;
  const described = {
    kind: source.kind,
    title: source.title,
    licence: source.licence,
    default_marking: source.defaultMarking,
    reliability: source.reliability,
    ...(rules.coversSource ? { version: source.version ?? null } : {}),
    imported_at: options.now,
  };
  const counted = {
    record_count: plan.present,
    revision,
    ...(options.bundleHash === undefined ? {} : { bundle_hash: options.bundleHash }),
  };
  const keepsDescription = rules.bundled && (await hasLiveRecords(db, source.name));
  await db
    .insertInto('source')
    .values({ name: source.name, version: null, bundle_hash: null, ...described, ...counted })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet(keepsDescription ? counted : { ...described, ...counted }),
    )
    .execute();
  if (!keepsDescription) await writeScope(db, source, options, rules);
}

async function writeScope(
  db: Kysely<Tables>,
  source: SourceInfo,
  options: ImportSessionOptions,
  rules: ImportRules,
): Promise<void> {
  const isLiveAndComplete = !rules.bundled && rules.complete;
  const state = { version: source.version ?? null, imported_at: options.now };
  await db
    .insertInto('source_scope')
    .values({
      source: source.name,
      scope: rules.scope,
      ...state,
      live_complete: isLiveAndComplete ? 1 : 0,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['source', 'scope'])
        .doUpdateSet(isLiveAndComplete ? { ...state, live_complete: 1 } : state),
    )
    .execute();
}

export async function raiseVersion(db: Kysely<Tables>): Promise<void> {
  await db
    .updateTable('knowledge')
    .set((row) => ({ version: row('version', '+', 1) }))
    .execute();
}

/** Raises the version of the names where the import may alter one. */
export async function raiseNames({ db, plan }: ImportContext): Promise<void> {
  if (plan.withdrawn === 0) {
    const naming = await db
      .selectFrom('import_record')
      .select('position')
      .where('says_names', '=', 1)
      .where((row) => row.or([row('outcome', 'in', ['new', 'changed']), row('comes_back', '=', 1)]))
      .limit(1)
      .executeTakeFirst();
    if (naming === undefined) return;
  }
  await db
    .updateTable('knowledge')
    .set((row) => ({ names: row('names', '+', 1) }))
    .execute();
}
