import type { ErrorFacts } from './app-error.ts';

/** A log as the modules need it: static text with fields; pino's logger is one. Fields hold no secrets. */
export interface Log {
  debug(facts: ErrorFacts, message: string): void;
  info(facts: ErrorFacts, message: string): void;
  warn(facts: ErrorFacts, message: string): void;
  error(facts: ErrorFacts, message: string): void;
}

/** A log that keeps nothing. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
