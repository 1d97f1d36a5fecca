/** Runs work that can wait, so that what cannot wait goes first. */
export interface Turns {
  /**
   * Resolves or rejects as the work does. Work of one owner is begun in the order in which it came, and owners have a turn
   * each, so that who asks much waits for their own. Without owners all of it is one's.
   */
  run<Result>(work: () => Promise<Result>, owner?: string): Promise<Result>;
}

/** While more keeps arriving, what waits is not begun for at most this time. */
const longestPauseMs = 1_500;
/**
 * Nothing more arrives when nothing did for so many turns of the event loop: it takes one connection in a turn, and some
 * turns from a request's first byte to its last.
 */
const quietTurns = 20;

/**
 * Begins one piece of work in each turn of the event loop, with at most `atOnce` under way: between two of them whatever
 * arrived is taken in and acknowledged. Without it a thousand questions in the same moment are all answered before the
 * last of them is even read. While more keeps arriving, nothing is begun for a moment.
 * @param atOnceOfOne how much of one owner's may be under way; all of it unless told
 */
export function createTurns(
  atOnce: number,
  nowMs: () => number = () => performance.now(),
  atOnceOfOne = atOnce,
): Turns {
  /** What waits, by owner, in the order of their next turn. */
  const lines = new Map<string, (() => void)[]>();
  const underWayOf = new Map<string, number>();
  let waiting = 0;
  /** For how many turns nothing came, and since when the first of what waits does. */
  let quiet = 0;
  let waitsSince = 0;
  let underWay = 0;
  let isDue = false;

  function next(): void {
    isDue = false;
    if (isArriving()) {
      schedule();
      return;
    }
    const begin = underWay < atOnce ? takeNext() : undefined;
    if (begin === undefined) return;
    quiet = 0;
    begin();
    schedule();
  }

  function takeNext(): (() => void) | undefined {
    for (const [owner, line] of lines) {
      if ((underWayOf.get(owner) ?? 0) >= atOnceOfOne) continue;
      const begin = line.shift();
      lines.delete(owner);
      if (line.length > 0) lines.set(owner, line);
      return begin;
    }
    return undefined;
  }

  function count(owner: string, by: 1 | -1): void {
    const own = (underWayOf.get(owner) ?? 0) + by;
    underWay += by;
    if (own === 0) underWayOf.delete(owner);
    else underWayOf.set(owner, own);
  }

  function isArriving(): boolean {
    quiet += 1;
    return quiet < quietTurns && nowMs() - waitsSince < longestPauseMs;
  }

  function schedule(): void {
    if (isDue || waiting === 0 || underWay >= atOnce) return;
    isDue = true;
    setImmediate(next);
  }

  return {
    run: (work, owner = '') =>
      new Promise((resolve, reject) => {
        quiet = 0;
        if (waiting === 0) waitsSince = nowMs();
        waiting += 1;
        const line = lines.get(owner) ?? [];
        lines.set(owner, line);
        line.push(() => {
          waiting -= 1;
          count(owner, 1);
          work()
            .then(resolve, reject)
            .finally(() => {
              count(owner, -1);
              schedule();
            });
        });
        schedule();
      }),
  };
}
