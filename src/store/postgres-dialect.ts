import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type PostgresPool,
  type TransactionSettings,
} from 'kysely';

const idleInTransactionMs = 30_000;

/**
 * Kysely's dialect for short transactions: none waits for ever for a lock, and a process that stands still in the middle of
 * one, on a machine that fell asleep, loses the connection and with it the rows that it holds.
 */
export function shortTransactionDialect(pool: PostgresPool, waitMs: number): Dialect {
  const base = new PostgresDialect({ pool });
  return {
    createDriver: () => new ShortTransactionDriver({ pool }, waitMs),
    createAdapter: () => base.createAdapter(),
    createQueryCompiler: () => base.createQueryCompiler(),
    createIntrospector: (db) => base.createIntrospector(db),
  };
}

class ShortTransactionDriver extends PostgresDriver {
  readonly #limits: string;

  constructor(config: PostgresDialectConfig, waitMs: number) {
    super(config);
    this.#limits = `set local lock_timeout = ${Math.ceil(waitMs)}; set local idle_in_transaction_session_timeout = ${idleInTransactionMs}`;
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    if (settings.isolationLevel !== undefined || settings.accessMode !== undefined) {
      await super.beginTransaction(connection, settings);
      await connection.executeQuery(CompiledQuery.raw(this.#limits));
      return;
    }
    // In one message: three would be three times the wait.
    await connection.executeQuery(CompiledQuery.raw(`begin; ${this.#limits}`));
  }
}
