import { SyncFailure } from './sync-failure.ts';

/** What reading options says against them, for `Connector.checkOptions`; undefined where it says nothing. */
export function optionProblem(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof SyncFailure) return error.message;
    throw error;
  }
}
