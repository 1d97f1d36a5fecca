import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { Engine, OwnConnection } from './engine.ts';
import { errorProperty, StoreSetupError } from './errors.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import type { Tables } from './schema.ts';
import { isSqliteBusy, translateSqliteError } from './sqlite-errors.ts';
import { createWriteQueue, type Write } from './write-queue.ts';

export const databaseFile = 'threatbrief.db';
/** "TBRF": written into the file's header, so that another program's database is told from ours. */
const applicationId = 0x54425246;
/** Earlier versions can damage a database in WAL mode that two connections write (sqlite.org/changes.html). */
const oldestSoundSqlite = [3, 51, 3] as const;

/** Opens `threatbrief.db` in the folder `home`; both are made, for this user alone, when they are missing. */
export async function openSqlite(home: string, busyTimeoutMs: number): Promise<Engine> {
  assertSoundSqlite(process.versions.sqlite);
  const file = join(home, databaseFile);
  createPrivately(home, file);
  const open = new Set<DatabaseSync>();
  const connect = async (): Promise<OwnConnection> => {
    const database = await openFile(file, busyTimeoutMs);
    open.add(database);
    const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database, busyTimeoutMs) });
    return {
      db,
      close: async () => {
        if (open.delete(database)) database.close();
      },
    };
  };
  const main = await connect();
  let queue: Promise<Write> | undefined;
  const write: Write = async (work) => {
    queue ??= connect().then(
      ({ db }) => createWriteQueue(db),
      (error: unknown) => {
        queue = undefined;
        throw error;
      },
    );
    return (await queue)(work);
  };
  return {
    kind: 'sqlite',
    place: file,
    db: main.db,
    translate: (error) => translateSqliteError(error, file),
    transaction: write,
    statement: write,
    connect,
    // `begin immediate` has the only write lock already.
    lockKnowledge: async () => {},
    lockMigrations: async () => {},
    close: async () => {
      for (const database of open) database.close();
      open.clear();
    },
  };
}

/** Throws unless the version of SQLite (as in `process.versions.sqlite`) is one that is safe to use. */
export function assertSoundSqlite(version: string | undefined): void {
  const parts = (version ?? '').split('.').map(Number);
  for (const [index, oldest] of oldestSoundSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > oldest) return;
    if (part < oldest || Number.isNaN(part)) {
      throw new StoreSetupError(
        'sqlite-too-old',
        `this Node carries SQLite ${version ?? 'of unknown version'}, but ${oldestSoundSqlite.join('.')} or later is needed; use Node 22.23, 24.15, 26 or later, or start through npm`,
        { facts: { sqlite: version } },
      );
    }
  }
}

function createPrivately(home: string, file: string): void {
  try {
    makeFolder(resolve(home));
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    throw new StoreSetupError(
      'home-not-writable',
      `the folder ${home} cannot be used for the database (${String(errorProperty(error, 'code') ?? error)}); set THREATBRIEF_HOME to a folder that the user who runs threatbrief may write to`,
      { facts: { home }, cause: error },
    );
  }
  try {
    chmodSync(file, 0o600);
  } catch {
    // A file of another owner that we may write all the same: its mode is that owner's business.
  }
}

/** With all folders above it. Node's own `recursive` never ends where a folder refuses new ones as if it were missing (/proc). */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = errorProperty(error, 'code');
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    const parent = dirname(folder);
    if (code !== 'ENOENT' || existsSync(parent)) throw error;
    makeFolder(parent);
    makeFolder(folder);
  }
}

async function openFile(file: string, busyTimeoutMs: number): Promise<DatabaseSync> {
  const giveUpAt = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      return openOnce(file, busyTimeoutMs);
    } catch (error) {
      // Switching a new file to WAL does not wait for another process that does the same.
      if (!isSqliteBusy(error) || performance.now() > giveUpAt) throw translateSqliteError(error, file);
      await delay(20);
    }
  }
}

function openOnce(file: string, busyTimeoutMs: number): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
  try {
    assertOurs(database, file);
    // Takes effect in a new file only. A third faster than 4 KB for records of this size (measured).
    database.exec('pragma page_size = 8192');
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    database.exec('pragma journal_size_limit = 67108864');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function assertOurs(database: DatabaseSync, file: string): void {
  const id = database.prepare('pragma application_id').get()?.['application_id'];
  if (id === applicationId) return;
  const tables = database.prepare("select count(*) as n from sqlite_master where type = 'table'").get()?.[
    'n'
  ];
  if (tables !== 0) {
    throw new StoreSetupError(
      'store-foreign',
      `${file} is a database of another program; move it away, or set THREATBRIEF_HOME to another folder`,
      { facts: { file } },
    );
  }
  database.exec(`pragma application_id = ${applicationId}`);
}
