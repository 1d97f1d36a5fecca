import { type Kysely, sql } from 'kysely';
import { decide, type ImportPlan, type ImportRules, needsContent, type Outcome } from './import-plan.ts';
import { idsPerLookup, knownRecords, type SourceState } from './import-state.ts';
import type { Tables } from './schema.ts';

/** What an import is about to do, once all its records are staged. */
export interface SettleOptions {
  readonly db: Kysely<Tables>;
  readonly source: string;
  readonly rules: ImportRules;
  /** The source now, under the lock. */
  readonly state: SourceState;
  /** True where another import of the source ended since this one began: what was decided is decided again. */
  readonly isOutdated: boolean;
  /** Records that could not be staged. */
  readonly rejected: number;
}

/**
 * Settles what becomes of every staged record, and which stored ones are gone (in `import_gone`), all in the
 * database: a list of a million ids is nothing to it.
 */
export async function settleImport(options: SettleOptions): Promise<ImportPlan> {
  await dropDuplicates(options.db);
  if (options.isOutdated) await decideAgain(options);
  if (options.rules.complete) await findGone(options);
  return countPlan(options);
}

/** Of several records with one id the last counts. */
async function dropDuplicates(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createIndex('import_record_id')
    .on('import_record')
    .columns(['external_id', 'position'])
    .execute();
  await db
    .deleteFrom('import_record')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('import_record as later')
          .select('later.position')
          .whereRef('later.external_id', '=', 'import_record.external_id')
          .whereRef('later.position', '>', 'import_record.position'),
      ),
    )
    .execute();
}

async function decideAgain({ db, source, rules }: SettleOptions): Promise<void> {
  for (let after = -1; ; ) {
    const rows = await db
      .selectFrom('import_record')
      .select(['position', 'external_id', 'content_hash', 'modified_at', 'outcome'])
      .where('position', '>', after)
      .orderBy('position')
      .limit(idsPerLookup)
      .execute();
    const ids = rows.map((row) => row.external_id);
    const known = await knownRecords(db, source, ids);
    for (const row of rows) {
      after = row.position;
      const incoming = { contentHash: row.content_hash, modifiedAt: row.modified_at };
      const decision = decide(known.get(row.external_id), incoming, rules);
      await db
        .updateTable('import_record')
        .set({
          outcome: decision.outcome,
          comes_back: decision.comesBack ? 1 : 0,
          was_withdrawn: decision.wasWithdrawn ? 1 : 0,
          remarked: decision.remarked ? 1 : 0,
        })
        .where('position', '=', row.position)
        .execute();
    }
    if (rows.length < idsPerLookup) return;
  }
}

/** What a complete import lacks. A bundled import withdraws nothing that is live. */
async function findGone({ db, source, rules }: SettleOptions): Promise<void> {
  await db
    .insertInto('import_gone')
    .columns(['external_id'])
    .expression((query) =>
      query
        .selectFrom('record')
        .select('record.external_id')
        .where('record.source', '=', source)
        .where('record.valid_to', 'is', null)
        .$if(!rules.coversSource, (all) => all.where('record.scope', '=', rules.scope))
        .$if(rules.bundled, (all) => all.where('record.bundled', '=', 1))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('import_record')
                .select('import_record.position')
                .whereRef('import_record.external_id', '=', 'record.external_id'),
            ),
          ),
        ),
    )
    .execute();
}

async function countPlan({ db, rules, state, rejected }: SettleOptions): Promise<ImportPlan> {
  const rows = await db
    .selectFrom('import_record')
    .select(['outcome', 'comes_back', 'was_withdrawn', 'remarked'])
    .select((row) => [
      row.fn.countAll<number>().as('count'),
      sql<number>`count(*) - count(content)`.as('without_content'),
    ])
    .groupBy(['outcome', 'comes_back', 'was_withdrawn', 'remarked'])
    .execute();
  const total = (counts: (row: (typeof rows)[number]) => boolean): number =>
    rows.filter(counts).reduce((sum, row) => sum + row.count, 0);
  const of = (outcome: Outcome): number => total((row) => row.outcome === outcome);
  const comesBack = total((row) => row.comes_back === 1);
  const withdrawn = rules.complete ? await countGone(db) : 0;
  const back = total((row) => row.outcome === 'changed' && row.was_withdrawn === 1);
  const stale = of('stale');
  return {
    counts: {
      new: of('new'),
      changed: of('changed') + of('revived'),
      unchanged: of('unchanged') + of('kept'),
      withdrawn,
      rejected,
      ...(stale === 0 ? {} : { stale }),
    },
    present: state.recordCount + of('new') + back + comesBack - withdrawn,
    new: of('new'),
    changed: of('changed'),
    comesBack,
    withdrawn,
    remarked: total((row) => row.remarked === 1),
    missing: rows
      .filter((row) => needsContent(row.outcome))
      .reduce((sum, row) => sum + row.without_content, 0),
  };
}

async function countGone(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('import_gone')
    .select((gone) => gone.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}
