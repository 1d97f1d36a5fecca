import type { Transaction } from 'kysely';
import { createBatchInsert } from './batch-insert.ts';
import type { Engine } from './engine.ts';
import { writeChanges } from './import-changes.ts';
import type { ImportPlan } from './import-plan.ts';
import { prepareTables } from './import-staging.ts';
import { loadSourceState } from './import-state.ts';
import { type ImportContext, raiseNames, raiseVersion, writeRecords } from './import-writes.ts';
import { readSources } from './queries.ts';
import type { Tables } from './schema.ts';

/** See the port. One transaction: nothing is withdrawn when any of it fails. */
export async function keepOnly(
  engine: Engine,
  source: string,
  externalIds: readonly string[],
  now: number,
): Promise<number> {
  const own = await engine.connect();
  try {
    await prepareTables(own.db, engine.kind);
    return await own.db.transaction().execute(async (transaction) => {
      await engine.lockKnowledge(transaction);
      const context = await withdrawalOf(transaction, source, externalIds, now);
      if (context === undefined) return 0;
      await writeChanges(context);
      await writeRecords(context);
      await transaction
        .updateTable('source')
        .set({ record_count: context.plan.present, revision: context.revision })
        .where('name', '=', source)
        .execute();
      await raiseVersion(transaction);
      await raiseNames(context);
      return context.plan.withdrawn;
    });
  } finally {
    await own.close();
  }
}

/** An import that brings nothing and withdraws what is not kept; undefined when all is kept. */
async function withdrawalOf(
  db: Transaction<Tables>,
  name: string,
  kept: readonly string[],
  now: number,
): Promise<ImportContext | undefined> {
  const stored = (await readSources(db)).find((one) => one.name === name);
  if (stored === undefined) return undefined;
  const withdrawn = await noteGone(db, name, kept);
  if (withdrawn === 0) return undefined;
  const state = await loadSourceState(db, name, '');
  const plan: ImportPlan = {
    counts: { new: 0, changed: 0, unchanged: 0, withdrawn, rejected: 0 },
    present: state.recordCount - withdrawn,
    new: 0,
    changed: 0,
    comesBack: 0,
    withdrawn,
    remarked: 0,
    missing: 0,
  };
  return {
    db,
    source: stored,
    options: { now, complete: true },
    rules: { bundled: false, complete: true, scope: '', coversSource: true, addsBundled: false },
    state: { ...state, importedBefore: true },
    plan,
    revision: state.revision + 1,
  };
}

/** Puts the present records that are not kept into `import_gone`, and tells how many they are. */
async function noteGone(db: Transaction<Tables>, name: string, kept: readonly string[]): Promise<number> {
  const insert = createBatchInsert(db, ['key'], (rows) =>
    db
      .insertInto('import_key')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing()),
  );
  await insert(kept.map((id) => [id]));
  const gone = await db
    .insertInto('import_gone')
    .columns(['external_id'])
    .expression((query) =>
      query
        .selectFrom('record')
        .select('external_id')
        .where('source', '=', name)
        .where('valid_to', 'is', null)
        .where('external_id', 'not in', (known) => known.selectFrom('import_key').select('key')),
    )
    .executeTakeFirst();
  return Number(gone.numInsertedOrUpdatedRows ?? 0);
}
