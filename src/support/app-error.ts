/** Facts about an error that are safe to log: no secrets, no text of records above CLEAR. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The one base of errors that threatbrief raises on purpose. The message is for the person who must act: what
 * failed, on which thing, what was expected, what to do next.
 */
export class AppError extends Error {
  readonly code: string;
  readonly facts: ErrorFacts;
  /** The process's exit code when the error ends a command: 2 usage or configuration, 3 outage. */
  readonly exitCode: 1 | 2 | 3;

  constructor(
    code: string,
    message: string,
    options: { facts?: ErrorFacts; cause?: unknown; exitCode?: 1 | 2 | 3 } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.facts = options.facts ?? {};
    this.exitCode = options.exitCode ?? 2;
  }
}
