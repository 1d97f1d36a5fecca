import { sql } from 'kysely';
import { createSealer } from '../support/encrypt.ts';
import { createAnswerStore } from './answer-store.ts';
import {
  deleteConnection,
  extendLease,
  insertConnection,
  readConnections,
  takeLease,
  updateConnection,
  writeSyncEnd,
  writeSyncState,
} from './connections.ts';
import { createDeliveryStore } from './delivery-store.ts';
import { readKnownDocument, readNamesVersion, rememberDocument, touchImport } from './documents.ts';
import type { Engine } from './engine.ts';
import { StoreSetupError, translating } from './errors.ts';
import { beginImport } from './import-session.ts';
import { createInstallationStore } from './installation-store.ts';
import { keepOnly } from './keep-only.ts';
import { migrateToLatest } from './migrate.ts';
import {
  readChanges,
  readFirstImports,
  readIndicators,
  readIndicatorsOf,
  readIndicatorValues,
  readKnowledgeVersion,
  readRecords,
  readRecordsAt,
  readSources,
} from './queries.ts';
import { createSeals, type Seals } from './sealed.ts';
import {
  noteDecisions,
  readDecisionHistory,
  readWorkspaceSettings,
  writeWorkspaceSetting,
} from './settings.ts';
import type { SettingsStore } from './settings-types.ts';
import { openSqlite } from './sqlite.ts';
import { deleteThreadSubjects, readThreadSubject, writeThreadSubject } from './threads.ts';
import type { ConnectionStore, Store } from './types.ts';

export interface StoreSettings {
  /** The folder of the embedded database; made when it is missing. Not used with `databaseUrl`. */
  readonly home: string;
  /** `postgresql://…`: keeps all state in that database instead. */
  readonly databaseUrl?: string | undefined;
  /** One or more keys, as in ENCRYPTION_KEY; without one, conversations are kept in clear and no tokens at all. */
  readonly encryptionKey?: string | undefined;
  /** How long to wait for another process that writes, and for a connection: 10 s when absent. */
  readonly waitMs?: number;
}

const defaultWaitMs = 10_000;

/**
 * Opens the database and brings it to the newest schema. Rejects with `StoreSetupError` (exit code 2) when the
 * settings cannot work, with `StoreUnavailableError` (exit code 3) when the database cannot be used now.
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const { encryptionKey } = settings;
  const seals = createSeals(encryptionKey === undefined ? undefined : createSealer(encryptionKey));
  const engine = await openEngine(settings);
  const store = createStore(engine, seals);
  try {
    await store.migrate();
    return store;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function openEngine(settings: StoreSettings): Promise<Engine> {
  const { home, databaseUrl, waitMs = defaultWaitMs } = settings;
  if (databaseUrl === undefined || databaseUrl === '') return openSqlite(home, waitMs);
  if (/^postgres(?:ql)?:\/\//i.test(databaseUrl)) {
    // Loaded when it is used: the driver costs the embedded database's users time and memory.
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(databaseUrl, waitMs);
  }
  throw new StoreSetupError(
    'database-url',
    'DATABASE_URL must begin with postgresql:// (postgresql://USER:PASSWORD@HOST:5432/NAME); leave it out for the embedded database',
  );
}

function createStore(engine: Engine, seals: Seals): Store {
  const { db } = engine;
  const run = <T>(work: () => Promise<T>): Promise<T> => translating(engine.translate, work);
  return {
    ...createConnectionStore(engine, run),
    ...createSettingsStore(engine, run),
    ...createDeliveryStore(engine, seals, run),
    ...createInstallationStore(engine, seals, run),
    ...createAnswerStore(engine, run),
    threadSubject: (thread) => run(() => readThreadSubject(db, thread)),
    rememberThreadSubject: (thread, subject) => run(() => writeThreadSubject(db, thread, subject)),
    forgetThreadSubjects: (before) => run(() => deleteThreadSubjects(db, before)),
    migrate: () => run(() => migrateToLatest(engine)),
    beginImport: (source, options) => beginImport(engine, source, options),
    knownDocument: (key, fingerprint) => run(() => readKnownDocument(db, key, fingerprint)),
    rememberDocument: (key, document) => run(() => rememberDocument(engine, key, document)),
    namesVersion: () => run(() => readNamesVersion(db)),
    touchImport: (source, scope, now) => run(() => touchImport(db, source, scope ?? '', now)),
    sources: () => run(() => readSources(db)),
    records: () => readRecords(engine),
    recordsAt: (at) => readRecordsAt(engine, at),
    changes: (from, to) => run(() => readChanges(db, from, to)),
    firstImports: () => run(() => readFirstImports(db)),
    indicators: (values, limit) => run(() => readIndicators(db, values, limit)),
    indicatorValues: (ranges, limit) => run(() => readIndicatorValues(db, ranges, limit)),
    indicatorsOf: (source, recordId, limit) => run(() => readIndicatorsOf(db, source, recordId, limit)),
    knowledgeVersion: () => run(() => readKnowledgeVersion(db)),
    ping: () => run(async () => void (await sql`select 1`.execute(db))),
    close: () => engine.close(),
  };
}

function createConnectionStore(
  engine: Engine,
  run: <T>(work: () => Promise<T>) => Promise<T>,
): ConnectionStore {
  const { db } = engine;
  return {
    connections: () => run(() => readConnections(db)),
    addConnection: (connection, at) => run(() => insertConnection(db, connection, at)),
    changeConnection: (name, change) => run(() => updateConnection(db, name, change)),
    removeConnection: (name) => run(() => deleteConnection(db, name)),
    leaseConnection: (name, lease) => run(() => takeLease(db, name, lease)),
    renewLease: (name, owner, until) => run(() => extendLease(db, name, owner, until)),
    saveSyncState: (name, owner, state) => run(() => writeSyncState(db, name, owner, state)),
    endSync: (name, owner, end) => run(() => writeSyncEnd(db, name, owner, end)),
    keepOnly: (source, externalIds, now) => run(() => keepOnly(engine, source, externalIds, now)),
  };
}

function createSettingsStore(engine: Engine, run: <T>(work: () => Promise<T>) => Promise<T>): SettingsStore {
  const { db } = engine;
  return {
    noteDecisions: (decisions, now) => run(() => noteDecisions(engine, decisions, now)),
    decisionHistory: () => run(() => readDecisionHistory(db)),
    workspaceSettings: (workspace) => run(() => readWorkspaceSettings(db, workspace)),
    changeWorkspaceSetting: (workspace, setting) => run(() => writeWorkspaceSetting(db, workspace, setting)),
  };
}
