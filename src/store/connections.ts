import type { Kysely, Selectable } from 'kysely';
import type { Connection } from '../domain/connection.ts';
import { assertNever } from '../support/assert-never.ts';
import { canonicalJson } from './canonical-json.ts';
import { storableText } from './encode-record.ts';
import type { ConnectionTable, Tables } from './schema.ts';
import type { ConnectionChange, LeaseRequest, StoredConnection, SyncCounts, SyncEnd } from './types.ts';

export async function readConnections(db: Kysely<Tables>): Promise<readonly StoredConnection[]> {
  const rows = await db.selectFrom('connection').selectAll().orderBy('name').execute();
  return rows.map(toStoredConnection);
}

export async function insertConnection(
  db: Kysely<Tables>,
  connection: Connection,
  { now, nextRunAt }: { now: number; nextRunAt: number },
): Promise<boolean> {
  const inserted = await db
    .insertInto('connection')
    .values({
      name: connection.name,
      settings: storableText(canonicalJson(connection)),
      state: '{}',
      sources: '[]',
      paused: 0,
      added_at: now,
      failures: 0,
      next_run_at: nextRunAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('name')
    .execute();
  return inserted.length > 0;
}

export async function updateConnection(
  db: Kysely<Tables>,
  name: string,
  { paused, nextRunAt }: ConnectionChange,
): Promise<boolean> {
  const changed = await db
    .updateTable('connection')
    .set({
      // Something must be set, whatever was asked for.
      name,
      ...(paused === undefined ? {} : { paused: paused ? 1 : 0 }),
      ...(nextRunAt === undefined ? {} : { next_run_at: nextRunAt }),
    })
    .where('name', '=', name)
    .returning('name')
    .execute();
  return changed.length > 0;
}

export async function deleteConnection(db: Kysely<Tables>, name: string): Promise<boolean> {
  const deleted = await db.deleteFrom('connection').where('name', '=', name).returning('name').execute();
  return deleted.length > 0;
}

export async function takeLease(
  db: Kysely<Tables>,
  name: string,
  { owner, now, until, onlyIfDue }: LeaseRequest,
): Promise<StoredConnection | undefined> {
  const row = await db
    .updateTable('connection')
    .set({ lease_owner: owner, lease_until: until, last_attempt_at: now })
    .where('name', '=', name)
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
    .$if(onlyIfDue === true, (query) => query.where('paused', '=', 0).where('next_run_at', '<=', now))
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : toStoredConnection(row);
}

/** Writes what only the lease's owner may; false when it is no longer the owner. */
async function writeAsOwner(
  db: Kysely<Tables>,
  name: string,
  owner: string,
  values: Partial<Selectable<ConnectionTable>>,
): Promise<boolean> {
  const changed = await db
    .updateTable('connection')
    .set(values)
    .where('name', '=', name)
    .where('lease_owner', '=', owner)
    .returning('name')
    .execute();
  return changed.length > 0;
}

export function extendLease(
  db: Kysely<Tables>,
  name: string,
  owner: string,
  until: number,
): Promise<boolean> {
  return writeAsOwner(db, name, owner, { lease_until: until });
}

export function writeSyncState(
  db: Kysely<Tables>,
  name: string,
  owner: string,
  state: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  return writeAsOwner(db, name, owner, { state: storableText(canonicalJson(state)) });
}

export async function writeSyncEnd(
  db: Kysely<Tables>,
  name: string,
  owner: string,
  end: SyncEnd,
): Promise<boolean> {
  const row = await db
    .selectFrom('connection')
    .select(['sources', 'failures'])
    .where('name', '=', name)
    .where('lease_owner', '=', owner)
    .executeTakeFirst();
  if (row === undefined) return false;
  const sources = [...new Set([...parseNames(row.sources), ...end.sources])].sort();
  return writeAsOwner(db, name, owner, {
    lease_owner: null,
    lease_until: null,
    next_run_at: end.nextRunAt,
    sources: canonicalJson(sources),
    ...outcomeColumns(end, row.failures),
  });
}

function outcomeColumns(end: SyncEnd, failures: number): Partial<Selectable<ConnectionTable>> {
  switch (end.kind) {
    case 'success':
      return {
        last_success_at: end.at,
        last_error: null,
        last_counts: canonicalJson(end.counts),
        failures: 0,
      };
    case 'failure':
      return { last_error: storableText(end.error), failures: failures + 1 };
    case 'stopped':
      return {};
    default:
      return assertNever(end);
  }
}

function toStoredConnection(row: Selectable<ConnectionTable>): StoredConnection {
  return {
    connection: parseObject(row.settings) as unknown as Connection,
    addedAt: row.added_at,
    paused: row.paused === 1,
    state: parseObject(row.state),
    sources: parseNames(row.sources),
    lastAttemptAt: row.last_attempt_at,
    lastSuccessAt: row.last_success_at,
    lastError: row.last_error,
    lastCounts: row.last_counts === null ? null : (parseObject(row.last_counts) as unknown as SyncCounts),
    failures: row.failures,
    nextRunAt: row.next_run_at,
    leasedUntil: row.lease_until,
  };
}

// The shapes were checked before they were written: a look at the frame is enough here.
function parseObject(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Error(`a stored connection cannot be read: ${text.slice(0, 80)}`);
}

function parseNames(text: string): readonly string[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value.map(String) : [];
}
