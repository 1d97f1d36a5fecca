import type { Kysely, Transaction } from 'kysely';
import type { ErrorTranslator } from './errors.ts';
import type { Tables } from './schema.ts';

export type EngineKind = 'sqlite' | 'postgres';

/** What differs between the two databases, so that queries and migrations need not know which one it is. */
export interface Engine {
  readonly kind: EngineKind;
  /** The database for people, without credentials: a file's path, or `PostgreSQL at HOST:PORT/NAME`. */
  readonly place: string;
  /** For short queries. */
  readonly db: Kysely<Tables>;
  readonly translate: ErrorTranslator;
  /** A connection of its own: for a snapshot that is read in pages, and for an import with its temporary table. */
  connect(): Promise<OwnConnection>;
  /** Makes whoever else wants to write knowledge wait until the transaction ends. */
  lockKnowledge(transaction: Transaction<Tables>): Promise<void>;
  /** Makes whoever else wants to migrate wait until the transaction ends. */
  lockMigrations(transaction: Transaction<Tables>): Promise<void>;
  close(): Promise<void>;
}

export interface OwnConnection {
  readonly db: Kysely<Tables>;
  /** Ends what is open on it, temporary tables included. May be called twice. */
  close(): Promise<void>;
}
