/** Whose work it is. */
export interface Owner {
  readonly workspace: string;
  /** Within the workspace. */
  readonly person: string;
}

/** How much at most of each: under way at once, and waiting. */
export interface QueueBounds {
  readonly running: Bounds;
  readonly waiting: Bounds;
}

interface Bounds {
  readonly person: number;
  readonly workspace: number;
  readonly all: number;
}

export type QueueScope = keyof Bounds;

export interface FairQueue {
  /**
   * Resolves with what the work gives, when its turn came and it is done; rejects as it does. Gives back instead whose
   * bound is reached, at once, when it cannot even wait.
   */
  run<Result>(owner: Owner, work: () => Promise<Result>): Promise<Result> | { readonly over: QueueScope };
  /** Whether nothing more of the owner would be taken, and for whose bound. */
  over(owner: Owner): QueueScope | undefined;
  readonly running: number;
  readonly waiting: number;
}

interface Task {
  readonly owner: Owner;
  readonly begin: () => Promise<void>;
}

/** Counts under keys; those that come to nothing are forgotten. */
class Tally {
  readonly #counts = new Map<string, number>();

  get(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: string, by: 1 | -1): void {
    const count = this.get(key) + by;
    if (count <= 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }
}

/** How much of something there is, by person and workspace. */
function createUse(): {
  readonly add: (owner: Owner, by: 1 | -1) => void;
  readonly reached: (owner: Owner, bounds: Bounds) => QueueScope | undefined;
  readonly all: () => number;
} {
  const persons = new Tally();
  const workspaces = new Tally();
  let all = 0;
  return {
    add: (owner, by) => {
      persons.add(personKey(owner), by);
      workspaces.add(owner.workspace, by);
      all += by;
    },
    reached: (owner, bounds) => {
      if (persons.get(personKey(owner)) >= bounds.person) return 'person';
      if (workspaces.get(owner.workspace) >= bounds.workspace) return 'workspace';
      return all >= bounds.all ? 'all' : undefined;
    },
    all: () => all,
  };
}

function personKey({ workspace, person }: Owner): string {
  return `${workspace}\n${person}`;
}

/**
 * Begins work so that each workspace has its turn, and within one each person: who asks much waits for their own, not
 * others for them. One piece of work is begun at a time, behind everything else that is due (`nextTurn`).
 * @param first `at-once`: what need not wait for anything is begun without a turn of its own
 */
export function createFairQueue(
  bounds: QueueBounds,
  nextTurn: (work: () => void) => void = (work) => void setImmediate(work),
  first: 'in-turn' | 'at-once' = 'in-turn',
): FairQueue {
  const running = createUse();
  const waiting = createUse();
  /** Workspaces, and persons within them, in the order of their next turn. */
  const lines = new Map<string, Map<string, Task[]>>();
  let isDue = false;

  function next(): void {
    isDue = false;
    const task = takeNext();
    if (task === undefined) return;
    waiting.add(task.owner, -1);
    begin(task);
    schedule();
  }

  function begin(task: Task): void {
    running.add(task.owner, 1);
    void task.begin().finally(() => {
      running.add(task.owner, -1);
      schedule();
    });
  }

  function isFree(owner: Owner): boolean {
    return waiting.all() === 0 && running.reached(owner, bounds.running) === undefined;
  }

  /** The first in line who may begin; whoever had a turn goes to the end of the line. */
  function takeNext(): Task | undefined {
    for (const [workspace, persons] of lines) {
      for (const [person, tasks] of persons) {
        if (running.reached({ workspace, person }, bounds.running) !== undefined) continue;
        const task = tasks.shift();
        persons.delete(person);
        if (tasks.length > 0) persons.set(person, tasks);
        lines.delete(workspace);
        if (persons.size > 0) lines.set(workspace, persons);
        return task;
      }
    }
    return undefined;
  }

  function schedule(): void {
    if (isDue || waiting.all() === 0 || running.all() >= bounds.running.all) return;
    isDue = true;
    nextTurn(next);
  }

  return {
    run: <Result>(owner: Owner, work: () => Promise<Result>) => {
      const over = waiting.reached(owner, bounds.waiting);
      if (over !== undefined) return { over };
      return new Promise<Result>((resolve, reject) => {
        const task = { owner, begin: (): Promise<void> => work().then(resolve, reject) };
        if (first === 'at-once' && isFree(owner)) return begin(task);
        const persons = lines.get(owner.workspace) ?? new Map<string, Task[]>();
        const tasks = persons.get(owner.person) ?? [];
        tasks.push(task);
        persons.set(owner.person, tasks);
        lines.set(owner.workspace, persons);
        waiting.add(owner, 1);
        schedule();
      });
    },
    over: (owner) => waiting.reached(owner, bounds.waiting),
    get running() {
      return running.all();
    },
    get waiting() {
      return waiting.all();
    },
  };
}
