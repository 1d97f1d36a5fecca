import { sleep } from '../../support/sleep.ts';
import { type Failure, failureOf } from './failure.ts';

/** What a call may meet and be tried again for. */
export type Repeatable =
  /** It changes nothing, or the same thing again: a roster, an update, a chat that is made. */
  | 'always'
  /** Twice would be seen twice: only what surely was not taken is sent again. */
  | 'when-refused';

export interface Patience {
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

export const patience: Patience = { random: Math.random, pause: (ms) => sleep(ms) };

const maxTries = 3;
const firstPauseMs = 400;
/** Teams waits some ten seconds for what a person asked. */
const maxPauseMs = 3_000;

/**
 * Makes a call, and makes it again where that helps and doubles nothing: after 429 and 412, and after 502 and 504 where it
 * is repeatable (Microsoft, "Rate limiting": these four). Waits as long as Teams asks, or twice as long each time, less a
 * random part. Rejects with the last error, at once where Teams asks for a longer pause than anyone waits.
 */
export async function patiently<Result>(
  call: () => Promise<Result>,
  repeatable: Repeatable,
  { random, pause }: Patience = patience,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const failure = failureOf(error);
      const waitMs = failure.retryAfterMs ?? firstPauseMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
      if (attempt >= maxTries || waitMs > maxPauseMs || !mayRepeat(failure, repeatable)) throw error;
      // Those who were refused together do not come again together.
      await pause(waitMs + (failure.retryAfterMs === undefined ? 0 : random() * firstPauseMs));
    }
  }
}

function mayRepeat({ status, isUnsent }: Failure, repeatable: Repeatable): boolean {
  if (status === 429 || status === 412) return true;
  if (isUnsent) return true;
  return repeatable === 'always' && (status === 502 || status === 504);
}
