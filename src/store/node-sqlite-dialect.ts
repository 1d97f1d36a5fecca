import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
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

/** Kysely's SQLite dialect over `node:sqlite`; with `begin immediate`, so that a writer waits before it reads. */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  const wrapped = wrap(database);
  const base = new SqliteDialect({ database: wrapped });
  return {
    createDriver: () => new NodeSqliteDriver({ database: wrapped }),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createQueryCompiler: () => base.createQueryCompiler(),
    createIntrospector: (db) => base.createIntrospector(db),
  };
}

class NodeSqliteDriver extends SqliteDriver {
  /**
   * A deferred transaction that reads and then writes fails at once, without the busy timeout, when another
   * process wrote in between; an immediate one takes the write lock first and waits for it.
   */
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
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
