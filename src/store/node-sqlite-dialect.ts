import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import { isSqliteBusy } from './sqlite-errors.ts';

/** Kysely's SQLite dialect over `node:sqlite`. Transactions wait up to `busyTimeoutMs` for another writer's end. */
export function nodeSqliteDialect(database: DatabaseSync, busyTimeoutMs: number): Dialect {
  const wrapped = wrap(database);
  const base = new SqliteDialect({ database: wrapped });
  return {
    createDriver: () => new NodeSqliteDriver(database, wrapped, busyTimeoutMs),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createQueryCompiler: () => base.createQueryCompiler(),
    createIntrospector: (db) => base.createIntrospector(db),
  };
}

const retryAfterMs = 10;

class NodeSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync;
  readonly #busyTimeoutMs: number;

  constructor(database: DatabaseSync, wrapped: SqliteDatabase, busyTimeoutMs: number) {
    super({ database: wrapped });
    this.#database = database;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  /**
   * A deferred transaction that reads and then writes fails at once when another connection wrote in between; an
   * immediate one takes the write lock first. The wait for it must leave the event loop free: SQLite's own would
   * stop it, and with it the very transaction of this process that holds the lock.
   */
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    if (settings?.accessMode === 'read only') {
      await connection.executeQuery(CompiledQuery.raw('begin'));
      return;
    }
    const giveUpAt = performance.now() + this.#busyTimeoutMs;
    for (;;) {
      try {
        this.#beginAtOnce();
        return;
      } catch (error) {
        if (!isSqliteBusy(error) || performance.now() > giveUpAt) throw error;
      }
      await delay(retryAfterMs);
    }
  }

  /** SQLite itself has undone the transaction after some errors, a full disk among them: that is no error of its own. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }

  #beginAtOnce(): void {
    this.#database.exec('pragma busy_timeout = 0');
    try {
      this.#database.exec('begin immediate');
    } finally {
      this.#database.exec(`pragma busy_timeout = ${this.#busyTimeoutMs}`);
    }
  }
}

/** SQLite does run its DDL in transactions; Kysely's own adapter denies it and so would migrate without one. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const maxCachedStatements = 64;

function wrap(database: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const cached = cache.get(sql);
      if (cached !== undefined) return cached;
      const statement = wrapStatement(database.prepare(sql), () => database.prepare(sql));
      if (cache.size >= maxCachedStatements) cache.delete(cache.keys().next().value ?? '');
      cache.set(sql, statement);
      return statement;
    },
  };
}

/** `renew` makes a second statement for iteration, which a cached one cannot serve twice at a time. */
function wrapStatement(statement: StatementSync, renew: () => StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bindable(parameters)),
    run: (parameters) => statement.run(...bindable(parameters)),
    iterate: (parameters) => renew().iterate(...bindable(parameters)),
  };
}

function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  // The query builder's types allow only what SQLite binds; a wrong value is refused by the binding itself.
  return parameters as SQLInputValue[];
}
