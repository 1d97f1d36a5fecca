import { type AddedTime, justBefore } from './added.ts';

/** How a list goes on that is paged by times of adding. */
export type TimeStep =
  | {
      readonly kind: 'on';
      /** Asked for: what was added after it. */
      readonly after: AddedTime;
      readonly limit: number | undefined;
      /** Everything before it was given. */
      readonly from?: AddedTime;
      /** What may be missing. */
      readonly fault?: { readonly path: string; readonly reason: string };
    }
  | {
      readonly kind: 'end';
      /** True when the server pays no heed to the times. */
      readonly isCircle: boolean;
      /** Absent: nothing is missing. */
      readonly fault?: { readonly path: string; readonly reason: string };
    };

/** Pages by `added_after` alone, for servers that say "more" without saying where. */
export interface TimePaging {
  /** What to ask for behind a page of `count` objects that is not the last, the latest of them added at `last`. */
  after(count: number, last: AddedTime | undefined, limit: number | undefined): TimeStep;
}

const maxLimit = 1_000_000;

/**
 * Objects that were added together share a time, and a page may end between them: so the last time is asked for again,
 * and when a page brings nothing behind that time, larger pages are. A server whose pages do not grow keeps what it
 * does not show, and that is said.
 */
export function createTimePaging(): TimePaging {
  let boundary: AddedTime | undefined;
  let countAtBoundary = 0;
  let fullPage = 0;
  let isSkipping = false;

  function stuck(time: AddedTime, count: number, limit: number | undefined): TimeStep {
    // Not even a page full of them: "more" is what this server always says.
    if (count < fullPage && (limit === undefined || count < limit)) return { kind: 'end', isCircle: false };
    const grown = Math.max(limit ?? 0, count) * 2;
    if (!isSkipping && count > countAtBoundary && grown <= maxLimit) {
      countAtBoundary = count;
      return { kind: 'on', after: justBefore(time), limit: grown };
    }
    const fault = {
      path: 'objects',
      reason: `more objects were added at ${time} than the server gives at once: some may be missing`,
    };
    if (isSkipping) return { kind: 'end', isCircle: true, fault };
    isSkipping = true;
    return { kind: 'on', after: time, limit, fault };
  }

  return {
    after: (count, last, limit) => {
      if (last === undefined) {
        const reason =
          'the server says that there is more, but neither where (next) nor when it was added (X-TAXII-Date-Added-Last)';
        return { kind: 'end', isCircle: false, fault: { path: '', reason } };
      }
      if (boundary !== undefined && last <= boundary) return stuck(boundary, count, limit);
      boundary = last;
      fullPage = Math.max(fullPage, count);
      countAtBoundary = 0;
      isSkipping = false;
      return { kind: 'on', after: justBefore(last), limit, from: last };
    },
  };
}
