import type { SourceInfo } from '../domain/source.ts';
import { writePart } from './documents.ts';
import { isStorableId } from './encode-record.ts';
import type { Engine, OwnConnection } from './engine.ts';
import { StoreUnavailableError, translating } from './errors.ts';
import { writeChanges } from './import-changes.ts';
import { altersKnowledge, altersRecords, type ImportPlan, type ImportRules } from './import-plan.ts';
import { settleImport } from './import-settle.ts';
import { createStaging, prepareTables, type Staging } from './import-staging.ts';
import { loadSourceState, type SourceState } from './import-state.ts';
import { type ImportContext, raiseNames, raiseVersion, writeRecords, writeSource } from './import-writes.ts';
import type { ImportCounts, ImportSession, ImportSessionOptions } from './types.ts';

/** Opens an import of one source; see the port for what it promises. */
export async function beginImport(
  engine: Engine,
  source: SourceInfo,
  options: ImportSessionOptions,
): Promise<ImportSession> {
  return translating(engine.translate, async () => {
    const own = await engine.connect();
    try {
      const scope = options.scope ?? '';
      const state = await loadSourceState(own.db, source.name, scope);
      await prepareTables(own.db, engine.kind);
      return createSession({ engine, own, source, options, state, rules: rulesFor(options, state) });
    } catch (error) {
      await own.close();
      throw error;
    }
  });
}

interface SessionParts {
  readonly engine: Engine;
  readonly own: OwnConnection;
  readonly source: SourceInfo;
  readonly options: ImportSessionOptions;
  /** The source as it was when the session began. */
  readonly state: SourceState;
  readonly rules: ImportRules;
}

function createSession(parts: SessionParts): ImportSession {
  const { engine, own, state, rules } = parts;
  const staging: Staging = createStaging({
    db: own.db,
    source: parts.source.name,
    rules,
    isNewSource: state.revision === -1,
  });
  let rejected = 0;
  let isOpen = true;

  const assertOpen = (): void => {
    if (!isOpen) throw new Error('the import session has ended');
  };
  return {
    put: (records) =>
      translating(engine.translate, async () => {
        assertOpen();
        for (const record of records) {
          if (isStorableId(record.externalId)) staging.put(record);
          else rejected += 1;
          if (staging.isFull()) await staging.flush();
        }
      }),
    finish: () =>
      translating(engine.translate, async () => {
        assertOpen();
        isOpen = false;
        try {
          await staging.flush();
          return await finishImport(parts, rejected);
        } finally {
          await own.close();
        }
      }),
    abandon: async () => {
      isOpen = false;
      await own.close();
    },
  };
}

function rulesFor(options: ImportSessionOptions, state: SourceState): ImportRules {
  return {
    bundled: options.bundleHash !== undefined,
    complete: options.complete,
    scope: options.scope ?? '',
    coversSource: options.scope === undefined,
    addsBundled: !state.liveComplete,
  };
}

async function finishImport(parts: SessionParts, rejected: number): Promise<ImportCounts> {
  const { engine, own, source, options } = parts;
  const transaction = await own.db.startTransaction().execute();
  try {
    await engine.lockKnowledge(transaction);
    const state = await loadSourceState(transaction, source.name, parts.rules.scope);
    const rules = { ...parts.rules, addsBundled: !state.liveComplete };
    const plan = await settleImport({
      db: transaction,
      source: source.name,
      rules,
      state,
      isOutdated: state.revision !== parts.state.revision || rules.addsBundled !== parts.rules.addsBundled,
      rejected,
    });
    assertNothingMissing(plan, source);
    if (options.dryRun === true) await transaction.rollback().execute();
    else {
      await write({ db: transaction, source, options, rules, state, plan, revision: after(state, plan) });
      await transaction.commit().execute();
    }
    return plan.counts;
  } catch (error) {
    if (!transaction.isCommitted && !transaction.isRolledBack) await rollbackQuietly(transaction.rollback());
    throw error;
  }
}

async function write(context: ImportContext): Promise<void> {
  const { db, rules, plan, state } = context;
  if (!rules.bundled) await writeChanges(context);
  await writeRecords(context);
  await writeSource(context);
  if (context.options.document !== undefined) await writePart(context, context.options.document);
  if (altersKnowledge(plan) || state.revision === -1) await raiseVersion(db);
  if (altersKnowledge(plan)) await raiseNames(context);
}

function after(state: SourceState, plan: ImportPlan): number {
  return Math.max(state.revision, 0) + (altersRecords(plan) ? 1 : 0);
}

function assertNothingMissing(plan: ImportPlan, source: SourceInfo): void {
  if (plan.missing === 0) return;
  throw new StoreUnavailableError(
    'import-conflict',
    `another process imported ${source.name} at the same time and changed ${plan.missing} of its records; nothing of this import was kept; import again`,
    { facts: { source: source.name, records: plan.missing } },
  );
}

/** The first error is the one to report; a connection that is gone has rolled back anyway. */
async function rollbackQuietly(rollback: { execute(): Promise<unknown> }): Promise<void> {
  try {
    await rollback.execute();
  } catch {
    // Reported by the error that led here.
  }
}
