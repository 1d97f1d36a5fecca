import pino from 'pino';
import { logText, toLogFields } from './log-fields.ts';
import { createRedactor } from './secrets.ts';

/** What is logged with a message. Secrets and control characters in it are made harmless; an `Error` may be a value. */
export type LogFields = Readonly<Record<string, unknown>>;

/** A log as the modules need it: static text with fields. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

/** A log that keeps nothing. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface LogSettings {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Values that must never be shown, wherever they turn up. */
  readonly secrets?: readonly string[];
}

/** Where lines go; each ends in a line feed. */
export interface LogSink {
  write(line: string): void;
}

/**
 * A log of one JSON object a line (`level`, `time`, `msg` and the fields), to standard error unless a sink is
 * given. It hides secrets by the names of fields and by their shape; errors carry stacks at level `debug` only.
 */
export function createLog(settings: LogSettings, sink?: LogSink): Log {
  const redact = createRedactor(settings.secrets ?? []);
  const options = { redact, stacks: settings.level === 'debug' };
  const logger = pino(
    {
      level: settings.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // Written at once: a log that is lost when the process dies is lost when it is needed.
    sink ?? pino.destination({ fd: 2, sync: true }),
  );
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (fields: LogFields, message: string): void => {
      if (!logger.isLevelEnabled(level)) return;
      logger[level](toLogFields(fields, options), logText(message, redact));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
