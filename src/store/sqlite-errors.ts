import { AppError } from '../support/app-error.ts';
import { errorProperty, StoreSetupError, StoreUnavailableError } from './errors.ts';

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const codes = {
  permission: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** SQLite's primary result code of an error of `node:sqlite`; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  if (errorProperty(error, 'code') !== 'ERR_SQLITE_ERROR') return undefined;
  const code = errorProperty(error, 'errcode');
  // The low byte is the primary code; the rest says more about it.
  return typeof code === 'number' ? code & 0xff : undefined;
}

export function isSqliteBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === codes.busy || code === codes.locked;
}

/** What an error of SQLite on `file` means for the operator; errors of other kinds come back unchanged. */
export function translateSqliteError(error: unknown, file: string): unknown {
  if (error instanceof AppError) return error;
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const options = { facts: { file, sqlite: code }, cause: error };
  switch (code) {
    case codes.busy:
    case codes.locked:
      return new StoreUnavailableError(
        'store-locked',
        `the database ${file} has been locked by another process for too long; wait for its import to end, or stop it, and try again`,
        options,
      );
    case codes.full:
      return new StoreUnavailableError(
        'store-full',
        `the disk that holds ${file} is full; nothing was changed; free some space and try again`,
        options,
      );
    case codes.ioError:
      return new StoreUnavailableError(
        'store-io',
        `reading or writing ${file} failed (${describe(error)}); check the disk, and that it is not full`,
        options,
      );
    case codes.corrupt:
      return new StoreUnavailableError(
        'store-damaged',
        `the database ${file} is damaged; put a backup in its place, or move it away and import your sources again`,
        options,
      );
    case codes.notADatabase:
      return new StoreSetupError(
        'store-not-a-database',
        `${file} is not a SQLite database; move it away, or set THREATBRIEF_HOME to another folder`,
        options,
      );
    case codes.cannotOpen:
    case codes.readOnly:
    case codes.permission:
      return new StoreSetupError(
        'store-not-writable',
        `the database ${file} cannot be opened for writing (${describe(error)}); give the user that runs threatbrief write access to the folder and the file, or set THREATBRIEF_HOME to another folder`,
        options,
      );
    default:
      return error;
  }
}

function describe(error: unknown): string {
  return String(errorProperty(error, 'errstr') ?? errorProperty(error, 'message') ?? 'unknown');
}
