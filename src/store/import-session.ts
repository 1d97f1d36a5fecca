import type { Transaction } from 'kysely';
import type { SourceRecord } from '../domain/record.ts';
import type { SourceInfo } from '../domain/source.ts';
import { encodeRecord, isStorableId } from './encode-record.ts';
import type { Engine, OwnConnection } from './engine.ts';
import { StoreUnavailableError, translating } from './errors.ts';
import { writeChanges } from './import-changes.ts';
import {
  altersKnowledge,
  type ImportPlan,
  type ImportRules,
  needsContent,
  outcomeOf,
  planImport,
  type SeenRecord,
} from './import-plan.ts';
import { createStaging, type Staging } from './import-staging.ts';
import { loadSourceState, type SourceState, sourceRevision } from './import-state.ts';
import { raiseVersion, writeRecords, writeSource } from './import-writes.ts';
import type { Tables } from './schema.ts';
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
      const staging = await createStaging(own.db, engine.kind);
      return createSession({ engine, own, staging, source, options, state });
    } catch (error) {
      await own.close();
      throw error;
    }
  });
}

interface SessionParts {
  readonly engine: Engine;
  readonly own: OwnConnection;
  readonly staging: Staging;
  readonly source: SourceInfo;
  readonly options: ImportSessionOptions;
  /** The source as it was when the session began. */
  readonly state: SourceState;
}

function createSession(parts: SessionParts): ImportSession {
  const { engine, own, staging, state } = parts;
  const rules = rulesFor(parts.options, state);
  const seen = new Map<string, SeenRecord>();
  let rejected = 0;
  let isOpen = true;

  const take = (record: SourceRecord): void => {
    if (!isStorableId(record.externalId)) {
      rejected += 1;
      return;
    }
    const encoded = encodeRecord(record);
    const { externalId, contentHash, modifiedAt } = encoded;
    const staged = needsContent(outcomeOf(state.records.get(externalId), encoded, rules));
    if (staged) staging.put(encoded);
    else staging.remove(externalId);
    seen.set(externalId, { contentHash, modifiedAt, staged });
  };
  const assertOpen = (): void => {
    if (!isOpen) throw new Error('the import session has ended');
  };
  return {
    put: (records) =>
      translating(engine.translate, async () => {
        assertOpen();
        for (const record of records) {
          take(record);
          if (staging.isFull()) await staging.flush();
        }
      }),
    finish: () =>
      translating(engine.translate, async () => {
        assertOpen();
        isOpen = false;
        try {
          await staging.flush();
          return await finishImport(parts, rules, seen, rejected);
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

async function finishImport(
  parts: SessionParts,
  rules: ImportRules,
  seen: ReadonlyMap<string, SeenRecord>,
  rejected: number,
): Promise<ImportCounts> {
  const { engine, own, source, options } = parts;
  const transaction = await own.db.startTransaction().execute();
  try {
    await engine.lockKnowledge(transaction);
    const state = await currentState(transaction, parts, rules.scope);
    const plan = planImport(seen, state.records, { ...rules, addsBundled: !state.liveComplete }, rejected);
    assertNothingMissing(plan, source);
    const context = { db: transaction, source, options, rules, state, plan };
    if (options.dryRun !== true) {
      if (!rules.bundled) await writeChanges(context);
      await writeRecords(context);
      await writeSource(context);
      if (altersKnowledge(plan) || state.revision === -1) await raiseVersion(transaction);
      await transaction.commit().execute();
    } else {
      await transaction.rollback().execute();
    }
    return plan.counts;
  } catch (error) {
    if (!transaction.isCommitted && !transaction.isRolledBack) await rollbackQuietly(transaction.rollback());
    throw error;
  }
}

/** The state at the begin of the session, read again if another import of the source has ended since. */
async function currentState(
  transaction: Transaction<Tables>,
  parts: SessionParts,
  scope: string,
): Promise<SourceState> {
  const revision = await sourceRevision(transaction, parts.source.name);
  return revision === parts.state.revision
    ? parts.state
    : loadSourceState(transaction, parts.source.name, scope);
}

function assertNothingMissing(plan: ImportPlan, source: SourceInfo): void {
  if (plan.missing.length === 0) return;
  throw new StoreUnavailableError(
    'import-conflict',
    `another process imported ${source.name} at the same time and changed ${plan.missing.length} of its records; nothing of this import was kept; import again`,
    { facts: { source: source.name, records: plan.missing.length } },
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
