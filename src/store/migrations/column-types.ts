import { type CreateTableBuilder, type RawBuilder, sql } from 'kysely';
import type { EngineKind } from '../engine.ts';

/** How the two databases spell what the migrations need. */
export interface ColumnTypes {
  readonly integer: RawBuilder<unknown>;
  readonly text: RawBuilder<unknown>;
  /** Text that is compared and ordered by its bytes, which SQLite does anyway. */
  readonly key: RawBuilder<unknown>;
  /** A primary key that counts up and is never used twice. */
  readonly serial: RawBuilder<unknown>;
  /** Ends a table: checked types on SQLite. */
  table<Name extends string, Column extends string>(
    table: CreateTableBuilder<Name, Column>,
  ): CreateTableBuilder<Name, Column>;
  /** The same for a small table that is only read by its primary key: no second copy for the key. */
  keyTable<Name extends string, Column extends string>(
    table: CreateTableBuilder<Name, Column>,
  ): CreateTableBuilder<Name, Column>;
}

const sqliteTypes: ColumnTypes = {
  integer: sql`integer`,
  text: sql`text`,
  key: sql`text`,
  serial: sql`integer primary key autoincrement`,
  table: (table) => table.modifyEnd(sql`strict`),
  keyTable: (table) => table.modifyEnd(sql`strict, without rowid`),
};

const postgresTypes: ColumnTypes = {
  integer: sql`bigint`,
  text: sql`text`,
  key: sql`text collate "C"`,
  serial: sql`bigint generated always as identity primary key`,
  table: (table) => table,
  keyTable: (table) => table,
};

export const columnTypes: Readonly<Record<EngineKind, ColumnTypes>> = {
  sqlite: sqliteTypes,
  postgres: postgresTypes,
};
