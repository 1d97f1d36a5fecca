import type { Transaction } from 'kysely';
import type { Engine } from './engine.ts';
import { writeChanges } from './import-changes.ts';
import type { ImportPlan } from './import-plan.ts';
import { loadSourceState } from './import-state.ts';
import { type ImportContext, raiseVersion, writeRecords } from './import-writes.ts';
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
    return await own.db.transaction().execute(async (transaction) => {
      await engine.lockKnowledge(transaction);
      const context = await withdrawalOf(transaction, source, new Set(externalIds), now);
      if (context === undefined) return 0;
      await writeChanges(context);
      await writeRecords(context);
      await transaction
        .updateTable('source')
        .set((row) => ({ record_count: context.plan.present, revision: row('revision', '+', 1) }))
        .where('name', '=', source)
        .execute();
      await raiseVersion(transaction);
      return context.plan.withdrawn.length;
    });
  } finally {
    await own.close();
  }
}

/** An import that brings nothing and withdraws what is not kept; undefined when all is kept. */
async function withdrawalOf(
  db: Transaction<Tables>,
  name: string,
  kept: ReadonlySet<string>,
  now: number,
): Promise<ImportContext | undefined> {
  const stored = (await readSources(db)).find((one) => one.name === name);
  if (stored === undefined) return undefined;
  const state = await loadSourceState(db, name, '');
  const present = [...state.records].filter(([, { withdrawn }]) => !withdrawn).map(([id]) => id);
  const withdrawn = present.filter((id) => !kept.has(id)).sort();
  if (withdrawn.length === 0) return undefined;
  const plan: ImportPlan = {
    counts: { new: 0, changed: 0, unchanged: 0, withdrawn: withdrawn.length, rejected: 0 },
    present: present.length - withdrawn.length,
    new: [],
    changed: [],
    revived: [],
    withdrawn,
    remarked: [],
    unstaged: [],
    missing: [],
  };
  return {
    db,
    source: stored,
    options: { now, complete: true },
    rules: { bundled: false, complete: true, scope: '', coversSource: true, addsBundled: false },
    state: { ...state, importedBefore: true },
    plan,
  };
}
