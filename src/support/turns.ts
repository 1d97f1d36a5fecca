/** Runs work that can wait, so that what cannot wait goes first. */
export interface Turns {
  /** Resolves or rejects as the work does. Work is begun in the order in which it came. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** While more keeps arriving, what waits is not begun for at most this time. */
const longestPauseMs = 400;
/** Nothing more arrives when nothing did for this time: a request takes some turns from its first byte to its last. */
const quietMs = 2;

/**
 * Begins one piece of work in each turn of the event loop, with at most `atOnce` under way: between two of them whatever
 * arrived is taken in and acknowledged. Without it a thousand questions in the same moment are all answered before the
 * last of them is even read. While more keeps arriving, nothing is begun for a moment.
 */
export function createTurns(atOnce: number, nowMs: () => number = () => performance.now()): Turns {
  const waiting: (() => void)[] = [];
  /** When the last piece of work came, and since when the first of them waits. */
  let lastCame = 0;
  let waitsSince = 0;
  let underWay = 0;
  let isDue = false;

  function next(): void {
    isDue = false;
    if (isArriving()) {
      schedule();
      return;
    }
    const begin = underWay < atOnce ? waiting.shift() : undefined;
    if (begin === undefined) return;
    underWay += 1;
    begin();
    schedule();
  }

  function isArriving(): boolean {
    const now = nowMs();
    return now - lastCame < quietMs && now - waitsSince < longestPauseMs;
  }

  function schedule(): void {
    if (isDue || waiting.length === 0 || underWay >= atOnce) return;
    isDue = true;
    setImmediate(next);
  }

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        lastCame = nowMs();
        if (waiting.length === 0) waitsSince = lastCame;
        waiting.push(() => {
          work()
            .then(resolve, reject)
            .finally(() => {
              underWay -= 1;
              schedule();
            });
        });
        schedule();
      }),
  };
}
