import type { Logger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import type { Log } from '../../support/log.ts';

export type { Logger };

/**
 * Bolt's logger, written into ours. Its warnings and errors are kept, without tokens; its debug and info lines
 * hold whole payloads, people's questions among them, and are not written at all.
 */
export function createBoltLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts) => log.warn({ detail: describe(parts) }, 'Slack SDK warning'),
    error: (...parts) => log.error({ detail: describe(parts) }, 'Slack SDK error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function describe(parts: readonly unknown[]): string {
  return hideTokens(
    parts.map((part) => (part instanceof Error ? describeError(part) : String(part))).join(' '),
  );
}

/** One line about an error, safe to log: its name, code and message without tokens and response addresses. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return hideTokens(String(error));
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return hideTokens(`${error.name}: ${error.message}${cause}`);
}

function hideTokens(text: string): string {
  return text
    .replace(/\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+/g, 'x***')
    .replace(/(hooks\.slack[\w.-]{0,60}\/)\S+/g, '$1***')
    .slice(0, 500);
}
