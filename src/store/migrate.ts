import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Engine, EngineKind } from './engine.ts';
import { StoreSetupError } from './errors.ts';
import { columnTypes } from './migrations/column-types.ts';
import { migrationSteps } from './migrations/index.ts';
import type { Tables } from './schema.ts';

/**
 * Brings the database to the newest schema: all missing steps in one transaction, under a lock, so that several
 * processes can start at once. Throws `StoreSetupError` for a database of a newer threatbrief.
 */
export async function migrateToLatest(engine: Engine): Promise<void> {
  const executed = await executedSteps(engine.db, engine.kind);
  assertNotNewer(executed, engine.place);
  if (Object.keys(migrationSteps).every((name) => executed.has(name))) return;
  const own = await engine.connect();
  try {
    await own.db.transaction().execute(async (transaction) => {
      await engine.lockMigrations(transaction);
      const migrator = new Migrator({
        db: transaction,
        provider: { getMigrations: async () => migrationsFor(engine.kind) },
      });
      const { error } = await migrator.migrateToLatest();
      if (error !== undefined) throw error;
    });
  } finally {
    await own.close();
  }
}

function migrationsFor(kind: EngineKind): Record<string, Migration> {
  const types = columnTypes[kind];
  return Object.fromEntries(
    Object.entries(migrationSteps).map(([name, step]) => [name, { up: (db) => step(db, types) }]),
  );
}

const migrationTable = 'kysely_migration';

async function executedSteps(db: Kysely<Tables>, kind: EngineKind): Promise<ReadonlySet<string>> {
  const exists =
    kind === 'sqlite'
      ? sql<{ found: string | null }>`select name as found from sqlite_master where name = ${migrationTable}`
      : sql<{ found: string | null }>`select to_regclass(${migrationTable})::text as found`;
  const found = (await exists.execute(db)).rows[0]?.found ?? null;
  if (found === null) return new Set();
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationTable)}`.execute(db);
  return new Set(rows.map((row) => row.name));
}

function assertNotNewer(executed: ReadonlySet<string>, place: string): void {
  const unknown = [...executed].filter((name) => !Object.hasOwn(migrationSteps, name));
  if (unknown.length === 0) return;
  throw new StoreSetupError(
    'store-newer',
    `the database ${place} was written by a newer threatbrief (it has ${unknown.join(', ')}); update threatbrief, or use another THREATBRIEF_HOME or DATABASE_URL`,
    { facts: { place, unknown: unknown.join(' ') } },
  );
}
