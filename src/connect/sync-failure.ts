import { AppError } from '../support/app-error.ts';

/** A sync that could not go on. What it brought before stays, and so does everything of earlier syncs. */
export class SyncFailure extends AppError {
  /** True when trying again later may help; false when somebody must change something. */
  readonly isOutage: boolean;
  /** What the server asked to wait for, where it did. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: { isOutage: boolean; retryAfterSeconds?: number; cause?: unknown }) {
    super('sync-failed', message, { cause: options.cause, exitCode: options.isOutage ? 3 : 2 });
    this.name = 'SyncFailure';
    this.isOutage = options.isOutage;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
