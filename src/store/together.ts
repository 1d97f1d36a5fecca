import { setImmediate as nextTurn } from 'node:timers/promises';

/** Does one piece of work, with others of its kind that come at the same moment. */
export type Together<Item, Result> = (item: Item) => Promise<Result>;

export interface TogetherOptions<Item, Result> {
  /** Does several at once; what it gives back is in the order of the items. */
  readonly work: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Two items of one key are never in one go. */
  readonly keyOf: (item: Item) => string;
  /** How many may go at once. */
  readonly most: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what is asked for while the last of its kind is under way: on a database behind a network the way there and back
 * costs more than the statement, and the commit more than the row. Work that fails for several is done for each alone, so
 * that nobody fails for another's sake.
 */
export function createTogether<Item, Result>({
  work,
  keyOf,
  most,
}: TogetherOptions<Item, Result>): Together<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;

  /** The first ones of their keys, in the order in which they came. */
  function takeNext(): readonly Waiting<Item, Result>[] {
    const byKey = new Map<string, Waiting<Item, Result>>();
    const later: Waiting<Item, Result>[] = [];
    for (const one of waiting) {
      const key = keyOf(one.item);
      if (byKey.size < most && !byKey.has(key)) byKey.set(key, one);
      else later.push(one);
    }
    waiting = later;
    return [...byKey.values()];
  }

  async function runAll(): Promise<void> {
    while (waiting.length > 0) {
      // Those who were told of the last may want more.
      await nextTurn();
      await runSome(takeNext());
    }
    isRunning = false;
  }

  async function runSome(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(group.map(({ item }) => item));
      if (results.length !== group.length) throw new Error('not each of what was asked for was answered');
      results.forEach((result, index) => {
        group[index]?.resolve(result);
      });
    } catch (error) {
      const [only] = group;
      if (group.length <= 1) only?.reject(error);
      else await Promise.all(group.map((one) => runSome([one])));
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      void runAll();
    });
}
