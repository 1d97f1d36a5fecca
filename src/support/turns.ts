/** Runs work that can wait, so that what cannot wait goes first. */
export interface Turns {
  /** Resolves or rejects as the work does. Work is begun in the order in which it came. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

/**
 * Begins one piece of work in each turn of the event loop, with at most `atOnce` under way: between two of them whatever
 * arrived is taken in and acknowledged. Without it a thousand questions in the same moment are all answered before the
 * last of them is even read.
 */
export function createTurns(atOnce: number): Turns {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  let isDue = false;

  function next(): void {
    isDue = false;
    const begin = underWay < atOnce ? waiting.shift() : undefined;
    if (begin === undefined) return;
    underWay += 1;
    begin();
    schedule();
  }

  function schedule(): void {
    if (isDue || waiting.length === 0 || underWay >= atOnce) return;
    isDue = true;
    setImmediate(next);
  }

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
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
