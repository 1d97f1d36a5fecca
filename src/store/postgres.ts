import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely';
import { Pool, type PoolClient, types } from 'pg';
import type { Engine, OwnConnection } from './engine.ts';
import { shortTransactionDialect } from './postgres-dialect.ts';
import { describeDatabaseUrl, translatePostgresError } from './postgres-errors.ts';
import type { Tables } from './schema.ts';

const maxConnections = 10;
/** The key of the advisory lock under which migrations run: "TBRF" and a number of our own. */
const migrationLock = 0x54425246_0001n;

/** Connects to the PostgreSQL database at `url` when the first query comes. */
export function openPostgres(url: string, waitMs: number): Engine {
  const place = describeDatabaseUrl(url);
  const pool = createPool(url, waitMs);
  const open = new Set<PoolClient>();
  const db = new Kysely<Tables>({ dialect: shortTransactionDialect(pool, waitMs) });
  return {
    kind: 'postgres',
    place,
    db,
    translate: (error) => translatePostgresError(error, place),
    transaction: (work) => db.transaction().execute(work),
    statement: (work) => work(db),
    connect: async () => {
      const client = await pool.connect();
      open.add(client);
      return ownConnection(pool, client, open);
    },
    lockKnowledge: async (transaction) => {
      await sql`set local lock_timeout = ${sql.lit(waitMs)}`.execute(transaction);
      await transaction.selectFrom('knowledge').select('version').forUpdate().execute();
    },
    lockMigrations: async (transaction) => {
      await sql`set local lock_timeout = ${sql.lit(waitMs)}`.execute(transaction);
      await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(transaction);
    },
    close: async () => {
      for (const client of open) client.release(true);
      open.clear();
      await pool.end();
    },
  };
}

function createPool(url: string, waitMs: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: waitMs,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
    application_name: 'threatbrief',
    types: { getTypeParser: typeParser },
  });
  // Without listeners a restart of the server would end this process. The next query reports the outage.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Times and counts are bigint columns within the safe integers; pg gives those as text unless told otherwise. */
const typeParser: typeof types.getTypeParser = (
  oid: Parameters<typeof types.getTypeParser>[0],
  format?: 'text' | 'binary',
) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format));

/** Kysely over a single client: what it opens, temporary tables included, ends with the client. */
function ownConnection(pool: Pool, client: PoolClient, open: Set<PoolClient>): OwnConnection {
  const lent = {
    query: client.query.bind(client),
    release: () => {},
  };
  const single: PostgresPool = {
    options: pool.options,
    connect: async () => lent,
    end: async () => {},
  };
  return {
    db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: single }) }),
    close: async () => {
      if (open.delete(client)) client.release(true);
    },
  };
}
