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
  /**
   * Short work that writes, as one transaction; resolves once it is committed. On SQLite it has the write lock from its
   * beginning, on a connection that is kept for such work: so it waits for another writer without stopping the event loop,
   * readers do not wait for it, and those who write at the same moment share one commit.
   */
  transaction<T>(work: (db: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** The same for a single statement, or for several that may stand without the later ones: no transaction on PostgreSQL. */
  statement<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
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
