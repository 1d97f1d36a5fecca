import { type Kysely, sql, type Transaction } from 'kysely';
import type { SourceInfo } from '../domain/source.ts';
import { createBatchInsert } from './batch-insert.ts';
import { decodeIndicators, lookupKey } from './encode-record.ts';
import type { ImportPlan, ImportRules } from './import-plan.ts';
import { altersKnowledge } from './import-plan.ts';
import type { SourceState } from './import-state.ts';
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
  const { db, plan } = context;
  if (plan.new.length + plan.changed.length > 0) {
    await inParts(plan.unstaged, (part) =>
      db.deleteFrom('import_record').where('external_id', 'in', part).execute(),
    );
  }
  if (plan.changed.length > 0) {
    await keepOldVersions(context);
    await deleteIndicators(context);
    await updateChanged(context);
  }
  if (plan.new.length > 0) await insertNew(context);
  if (plan.new.length + plan.changed.length > 0) await insertIndicators(context);
  await revive(context);
  await withdraw(context);
  await remark(context);
}

/** A version that was never current for any time (two imports in one millisecond, a clock set back) is not kept. */
async function keepOldVersions(
  { db, source, options }: ImportContext,
  ids?: readonly string[],
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
        .where('external_id', 'in', ids ?? query.selectFrom('import_record').select('external_id'))
        .where(sql<boolean>`record.valid_from < ${validTo}`),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function updateChanged({ db, source, options, rules }: ImportContext): Promise<void> {
  await db
    .updateTable('record')
    .from('import_record')
    .set((row) => ({
      scope: rules.scope,
      content: row.ref('import_record.content'),
      content_hash: row.ref('import_record.content_hash'),
      indicators_hash: row.ref('import_record.indicators_hash'),
      indicator_count: row.ref('import_record.indicator_count'),
      modified_at: row.ref('import_record.modified_at'),
      bundled: rules.bundled ? 1 : 0,
      valid_from: options.now,
      valid_to: null,
    }))
    .where('record.source', '=', source.name)
    .whereRef('record.external_id', '=', 'import_record.external_id')
    .execute();
}

async function insertNew({ db, source, options, rules, plan }: ImportContext): Promise<void> {
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
      'valid_from',
    ])
    .expression((query) =>
      query
        .selectFrom('import_record')
        .select([
          sql<string>`${source.name}`.as('source'),
          'external_id',
          sql<string>`${rules.scope}`.as('scope'),
          'content',
          'content_hash',
          'indicators_hash',
          'indicator_count',
          'modified_at',
          sql<number>`${sql.lit(rules.bundled ? 1 : 0)}`.as('bundled'),
          sql<number>`${sql.lit(options.now)}`.as('valid_from'),
        ])
        .$if(plan.changed.length > 0, (all) =>
          all.where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('record')
                  .select('record.external_id')
                  .where('record.source', '=', source.name)
                  .whereRef('record.external_id', '=', 'import_record.external_id'),
              ),
            ),
          ),
        )
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
  const ids = await db
    .selectFrom('import_record')
    .select('external_id')
    .where('indicator_count', '>', 0)
    .orderBy('external_id')
    .execute();
  for (const { external_id: id } of ids) {
    const row = await db
      .selectFrom('import_record')
      .select('indicators')
      .where('external_id', '=', id)
      .executeTakeFirstOrThrow();
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
  const { db, source, options, rules, plan } = context;
  await inParts(plan.revived, async (part) => {
    await keepOldVersions(context, part);
    await db
      .updateTable('record')
      .set({
        valid_from: options.now,
        valid_to: null,
        scope: rules.scope,
        bundled: rules.bundled ? 1 : 0,
      })
      .where('source', '=', source.name)
      .where('external_id', 'in', part)
      .execute();
  });
}

async function withdraw({ db, source, options, plan }: ImportContext): Promise<void> {
  await inParts(plan.withdrawn, (part) =>
    db
      .updateTable('record')
      .set({ valid_to: options.now })
      .where('source', '=', source.name)
      .where('external_id', 'in', part)
      .execute(),
  );
}

async function remark({ db, source, rules, plan }: ImportContext): Promise<void> {
  await inParts(plan.remarked, (part) =>
    db
      .updateTable('record')
      .set({ scope: rules.scope, bundled: rules.bundled ? 1 : 0 })
      .where('source', '=', source.name)
      .where('external_id', 'in', part)
      .execute(),
  );
}

/** Writes the source and its scope. A bundled import says nothing about a source that live imports describe. */
export async function writeSource({ db, source, options, rules, state, plan }: ImportContext): Promise<void> {
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
    revision: Math.max(state.revision, 0) + (altersKnowledge(plan) || plan.remarked.length > 0 ? 1 : 0),
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

async function hasLiveRecords(db: Kysely<Tables>, source: string): Promise<boolean> {
  const row = await db
    .selectFrom('record')
    .select('external_id')
    .where('source', '=', source)
    .where('bundled', '=', 0)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
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
