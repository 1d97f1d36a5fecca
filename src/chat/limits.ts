import type { Metrics } from '../support/metrics.ts';
import {
  createFairQueue,
  type FairQueue,
  type Owner,
  type QueueBounds,
  type QueueScope,
} from './limits-queue.ts';
import { createRateLimit, type RateLimit } from './limits-rate.ts';

export interface LimitRules {
  /** How many requests a person may make in a minute, and a workspace. */
  readonly personPerMinute: number;
  readonly workspacePerMinute: number;
  readonly bounds?: QueueBounds;
}

/** Of heavy questions. */
const defaultBounds: QueueBounds = {
  running: { person: 2, workspace: 8, all: 16 },
  waiting: { person: 20, workspace: 200, all: 1_000 },
};

/**
 * Of look-ups and other short work. Answers are computed in one thread, so that a crowd of them keeps others waiting as long
 * as it takes: some of a person are begun at once, the rest in turn with those of others.
 */
function lightBounds({ personPerMinute, workspacePerMinute }: LimitRules): QueueBounds {
  return {
    running: { person: 4, workspace: 64, all: 64 },
    waiting: { person: personPerMinute, workspace: workspacePerMinute, all: 20_000 },
  };
}

/** Why a request is not answered now, and when it may be tried again. */
export interface OverLimit {
  readonly kind: 'rate' | 'heavy';
  readonly scope: QueueScope;
  readonly retryAfterSeconds: number;
}

export type Admitted<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'over'; readonly over: OverLimit };

/** What each person and workspace may ask at once and within a minute. */
export interface Limits {
  /**
   * Runs work that is allowed: light work at once unless the same person asked for much of it, heavy work when its turn
   * comes. Rejects as the work does.
   */
  run<Result>(
    owner: Owner,
    weight: 'light' | 'heavy',
    work: () => Promise<Result>,
  ): Promise<Admitted<Result>>;
}

export interface LimitsParts {
  readonly rules: LimitRules;
  /** Milliseconds that only go forward. */
  readonly nowMs: () => number;
  readonly metrics?: Metrics;
  /** Runs work behind what is due now; `setImmediate` unless told. */
  readonly nextTurn?: (work: () => void) => void;
}

/** Until a few heavy questions were measured. */
const firstGuessMs = 200;
const longestWaitSeconds = 60;

export function createLimits({ rules, nowMs, metrics, nextTurn }: LimitsParts): Limits {
  const persons = createRateLimit(rules.personPerMinute);
  const workspaces = createRateLimit(rules.workspacePerMinute);
  const queue = createFairQueue(rules.bounds ?? defaultBounds, nextTurn);
  const lights = createFairQueue(lightBounds(rules), nextTurn, 'at-once');
  const tell = createCounting(metrics, queue);
  let usualMs = firstGuessMs;

  async function timed<Result>(work: () => Promise<Result>): Promise<Result> {
    const start = nowMs();
    try {
      return await work();
    } finally {
      usualMs = 0.9 * usualMs + 0.1 * (nowMs() - start);
    }
  }

  return {
    run: async (owner, weight, work) => {
      const rate = overRate(owner, persons, workspaces, nowMs());
      if (rate !== undefined) return tell(rate);
      // What is turned away for its weight costs nothing of the rate.
      const scope = weight === 'heavy' ? queue.over(owner) : undefined;
      if (scope !== undefined) return tell(overHeavy(scope, queue.waiting * usualMs));
      persons.take(keyOf(owner), nowMs());
      workspaces.take(owner.workspace, nowMs());
      if (weight === 'light') {
        const admitted = lights.run(owner, work);
        return 'over' in admitted
          ? tell({ kind: 'rate', scope: admitted.over, retryAfterSeconds: seconds(lights.waiting) })
          : { kind: 'done', result: await admitted };
      }
      const queued = queue.run(owner, () => timed(work));
      if ('over' in queued) return tell(overHeavy(queued.over, queue.waiting * usualMs));
      return { kind: 'done', result: await queued };
    },
  };
}

function keyOf({ workspace, person }: Owner): string {
  return `${workspace}\n${person}`;
}

function overRate(
  owner: Owner,
  persons: RateLimit,
  workspaces: RateLimit,
  now: number,
): OverLimit | undefined {
  const personMs = persons.waitMs(keyOf(owner), now);
  const workspaceMs = workspaces.waitMs(owner.workspace, now);
  if (personMs === 0 && workspaceMs === 0) return undefined;
  return {
    kind: 'rate',
    scope: personMs >= workspaceMs ? 'person' : 'workspace',
    retryAfterSeconds: seconds(Math.max(personMs, workspaceMs)),
  };
}

function overHeavy(scope: QueueScope, waitMs: number): OverLimit {
  return { kind: 'heavy', scope, retryAfterSeconds: seconds(waitMs) };
}

function seconds(ms: number): number {
  return Math.min(longestWaitSeconds, Math.max(1, Math.ceil(ms / 1_000)));
}

function createCounting(
  metrics: Metrics | undefined,
  queue: FairQueue,
): (over: OverLimit) => { readonly kind: 'over'; readonly over: OverLimit } {
  const refused = metrics?.counter(
    'threatbrief_limited_total',
    'Requests that were not answered because a limit was reached, by limit and whose it is.',
  );
  metrics?.gauge(
    'threatbrief_heavy_running',
    'Heavy questions that are being answered.',
    () => queue.running,
  );
  metrics?.gauge('threatbrief_heavy_waiting', 'Heavy questions that wait their turn.', () => queue.waiting);
  return (over) => {
    refused?.increment({ limit: over.kind, scope: over.scope });
    return { kind: 'over', over };
  };
}
