import { type Kysely, sql } from 'kysely';
import { createBatchInsert } from './batch-insert.ts';
import { expireLeases } from './deliveries-mend.ts';
import type { Engine } from './engine.ts';
import { StoreSetupError } from './errors.ts';
import { migrateToLatest } from './migrate.ts';
import { describeDatabaseUrl } from './postgres-errors.ts';
import type { Tables } from './schema.ts';
import { openSqlite } from './sqlite.ts';

/** Every table that holds state; the others live for one import only. */
export const movedTables = [
  'source',
  'source_scope',
  'record',
  'record_version',
  'indicator',
  'indicator_value',
  'record_change',
  'knowledge',
  'document',
  'document_part',
  'document_record',
  'connection',
  'workspace_setting',
  'identity_decision',
  'thread_subject',
  'subscription',
  'delivery',
  'place_gate',
  'posted_item',
  'watch',
  'mute',
  'audit_event',
  'conversation',
  'inbound_event',
  'slack_installation',
  'slack_installation_team',
  'activity',
  'activity_entity',
  'evidence',
  'evidence_content',
] as const satisfies readonly (keyof Tables)[];

type MovedTable = (typeof movedTables)[number];

export interface MoveRequest {
  /** The folder of the embedded database. */
  readonly home: string;
  /** Where to: `postgresql://…`, a database without any subscription and record. */
  readonly databaseUrl: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface MoveResult {
  /** The database that was moved to, without credentials. */
  readonly place: string;
  readonly rows: Readonly<Record<MovedTable, number>>;
}

/** Why subscriptions rest that live elsewhere by now. */
export const movedReason = 'moved to another database';
const waitMs = 10_000;
/** From a request of a process that ended in the middle until its platform tells what became of it. */
const settledAfterMs = 120_000;

/**
 * Copies all state of the embedded database into an empty PostgreSQL database, in one transaction of each. What could be
 * delivered from both rests in the embedded one from before the first row is copied, so that nothing is posted twice,
 * whatever is started afterwards and wherever this ends: a move that failed is simply done again. Rejects with
 * `StoreSetupError` while a server delivers, or when there is something in the target.
 */
export async function moveToPostgres({ home, databaseUrl, now }: MoveRequest): Promise<MoveResult> {
  const { openPostgres } = await import('./postgres.ts');
  const from = await openSqlite(home, waitMs);
  try {
    await migrateToLatest(from);
    const to = openPostgres(databaseUrl, waitMs);
    try {
      await migrateToLatest(to);
      await assertEmpty(to.db, describeDatabaseUrl(databaseUrl));
      await restSubscriptions(from, now);
      return { place: to.place, rows: await copyAll(from, to) };
    } catch (error) {
      throw to.translate(error);
    } finally {
      await to.close();
    }
  } catch (error) {
    throw from.translate(error);
  } finally {
    await from.close();
  }
}

async function assertEmpty(db: Kysely<Tables>, place: string): Promise<void> {
  for (const table of ['subscription', 'delivery', 'record', 'watch', 'connection'] as const) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
    if (rows.length === 0) continue;
    throw new StoreSetupError(
      'move-target',
      `move: ${place} has something in its table ${table} already; give an empty database, to which no server was started yet`,
      { facts: { table } },
    );
  }
}

/** From here on a server on this database delivers nothing. */
async function restSubscriptions(from: Engine, now: number): Promise<void> {
  const settleAt = (lastTryAt: number): number => lastTryAt + settledAfterMs;
  while ((await expireLeases(from, now, settleAt)) > 0);
  await from.transaction(async (db) => {
    const sending = await db
      .selectFrom('delivery')
      .select('id')
      .where('state', '=', 'sending')
      .executeTakeFirst();
    if (sending !== undefined) {
      throw new StoreSetupError(
        'move-busy',
        'move: a server delivers from this database now; stop it, and try again in a minute',
        { facts: { delivery: sending.id } },
      );
    }
    await db
      .updateTable('subscription')
      .set({ paused: 1, paused_reason: movedReason })
      .where('paused', '=', 0)
      .execute();
    for (const state of ['pending', 'uncertain'] as const) {
      await db
        .updateTable('delivery')
        .set({
          state: 'skipped',
          last_error: sql<string>`${`${movedReason}, ${state}: `} || coalesce(last_error, '')`,
        })
        .where('state', '=', state)
        .execute();
    }
  });
}

async function copyAll(from: Engine, to: Engine): Promise<Record<MovedTable, number>> {
  const source = await from.connect();
  const target = await to.connect();
  try {
    // The reading transaction has SQLite's only write lock: nothing changes there meanwhile.
    return await source.db.transaction().execute((reader) =>
      target.db.transaction().execute(async (writer) => {
        const rows = new Map<MovedTable, number>();
        for (const table of movedTables) rows.set(table, await copyTable(reader, writer, table));
        return Object.fromEntries(rows) as Record<MovedTable, number>;
      }),
    );
  } finally {
    await target.close();
    await source.close();
  }
}

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;

const rowsRead = 200;

async function copyTable(reader: Kysely<Tables>, writer: Kysely<Tables>, table: MovedTable): Promise<number> {
  // The migrations put a row of their own into some.
  await sql`delete from ${sql.table(table)}`.execute(writer);
  const columns = await columnsOf(reader, table);
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const insert = createBatchInsert(writer, columns, (rows) => ({
    compile: () =>
      sql`insert into ${sql.table(table)} (${names}) overriding system value values ${sql.join(
        rows.map((row) => sql`(${sql.join(Object.values(row))})`),
      )}`.compile(writer),
  }));
  let count = 0;
  let batch: Value[][] = [];
  for await (const row of reader.selectFrom(table).selectAll().stream(rowsRead)) {
    const awake = awakened(table, { ...row });
    batch.push(columns.map((column) => awake[column] ?? null));
    count += 1;
    if (batch.length < rowsRead) continue;
    await insert(batch);
    batch = [];
  }
  await insert(batch);
  if (columns.includes('id')) await continueSerial(writer, table);
  return count;
}

async function columnsOf(reader: Kysely<Tables>, table: MovedTable): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(reader);
  return rows.map(({ name }) => name);
}

/** What rests only because it was moved goes on where it is moved to. */
function awakened(table: MovedTable, row: Row): Row {
  if (table === 'subscription' && row['paused_reason'] === movedReason) {
    return { ...row, paused: 0, paused_reason: null };
  }
  const error = row['last_error'];
  if (table !== 'delivery' || row['state'] !== 'skipped' || typeof error !== 'string') return row;
  for (const state of ['pending', 'uncertain']) {
    const mark = `${movedReason}, ${state}: `;
    if (error.startsWith(mark)) return { ...row, state, last_error: error.slice(mark.length) || null };
  }
  return row;
}

/** Numbers go on behind those that were moved, where the table counts its rows. */
async function continueSerial(writer: Kysely<Tables>, table: MovedTable): Promise<void> {
  const { rows } = await sql<{
    name: string | null;
  }>`select pg_get_serial_sequence(${table}, 'id') as name`.execute(writer);
  const name = rows[0]?.name ?? null;
  if (name === null) return;
  const top = sql`select coalesce(max(id), 0) + 1 from ${sql.table(table)}`;
  await sql`select setval(${name}, (${top}), false)`.execute(writer);
}
