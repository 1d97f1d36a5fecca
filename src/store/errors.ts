import { AppError, type ErrorFacts } from '../support/app-error.ts';

/** The database cannot be reached, is locked beyond the timeout, is full or damaged. Exit code 3. */
export class StoreUnavailableError extends AppError {
  constructor(code: string, message: string, options: { facts?: ErrorFacts; cause?: unknown } = {}) {
    super(code, message, { ...options, exitCode: 3 });
    this.name = 'StoreUnavailableError';
  }
}

/** The database is set up in a way that cannot work: a wrong path, missing rights, another program's file. Exit code 2. */
export class StoreSetupError extends AppError {
  constructor(code: string, message: string, options: { facts?: ErrorFacts; cause?: unknown } = {}) {
    super(code, message, { ...options, exitCode: 2 });
    this.name = 'StoreSetupError';
  }
}

/** Turns a driver's error into one for the person who must act; anything else is given back as it is. */
export type ErrorTranslator = (error: unknown) => unknown;

/** Runs `work`, with its errors translated. */
export async function translating<T>(translate: ErrorTranslator, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

/** A property of an unknown error, when it is a string or a number. */
export function errorProperty(error: unknown, name: string): string | number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

const sqliteConstraint = 19;
/** unique_violation, serialization_failure, deadlock_detected (PostgreSQL, appendix A). */
const postgresConflicts: readonly unknown[] = ['23505', '40001', '40P01'];

/** True for what two writers at once do to one another where a constraint or a deadlock stops the later one. */
export function isWriteConflict(error: unknown): boolean {
  if (postgresConflicts.includes(errorProperty(error, 'code'))) return true;
  const code = errorProperty(error, 'errcode');
  return typeof code === 'number' && (code & 0xff) === sqliteConstraint;
}
