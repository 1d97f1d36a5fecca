import { Worker } from 'node:worker_threads';
import type { FromFuzzWorker, FuzzJob } from './messages.ts';

/** A failure as a person needs it. */
export interface FuzzFailure {
  readonly target: string;
  readonly seed: number;
  /** The smallest input, as source text. */
  readonly input: string;
  readonly problem: string;
}

export interface FuzzOutcome {
  readonly target: string;
  readonly inputs: number;
  readonly failures: readonly FuzzFailure[];
  /** The longest that one input took, in milliseconds of processor time. */
  readonly slowestMs: number;
  readonly elapsedMs: number;
}

export interface FuzzPlan {
  readonly target: string;
  readonly seed: number;
  /** Inputs. */
  readonly runs: number;
  /** Inputs of one seed. */
  readonly turn: number;
  /** Ends sooner when so much time has gone by. */
  readonly maxMs?: number;
  /** Called after each turn, for whoever waits. */
  readonly onTurn?: (inputs: number) => void;
}

/** Silence after which an input counts as one that never comes back. Generous, for machines that do other things beside. */
const maxSilentMs = 15_000;
const lookEveryMs = 250;
/** Failures of a target after which it is given up: more of them only repeat what is known. */
const maxFailures = 8;

/**
 * Runs a target in a thread of its own, turn by turn with seeds that count up, so that each failure can be repeated by the
 * seed alone. A thread that is silent is ended, its input named, and the next turn runs in a new one.
 */
export async function fuzz(plan: FuzzPlan): Promise<FuzzOutcome> {
  const { target, maxMs = Number.POSITIVE_INFINITY } = plan;
  const startedAt = performance.now();
  const failures: FuzzFailure[] = [];
  let turns = turnsOf(plan);
  let inputs = 0;
  let slowestMs = 0;
  while (turns.length > 0 && failures.length < maxFailures && performance.now() - startedAt < maxMs) {
    const left = turns;
    let done = 0;
    const hung = await runTurns(target, left, ({ seed, result }) => {
      done += 1;
      inputs += result.runs;
      slowestMs = Math.max(slowestMs, result.slowestMs);
      if (result.failure !== undefined) failures.push({ target, seed, ...result.failure });
      plan.onTurn?.(inputs);
      return failures.length < maxFailures && performance.now() - startedAt < maxMs;
    });
    if (hung === undefined) break;
    inputs += hung.index;
    failures.push({ target, seed: hung.seed, input: await inputOf(target, hung), problem: hung.problem });
    turns = left.slice(done + 1);
  }
  return { target, inputs, failures, slowestMs, elapsedMs: performance.now() - startedAt };
}

function turnsOf({ seed, runs, turn }: FuzzPlan): FuzzJob['turns'] {
  return Array.from({ length: Math.ceil(runs / turn) }, (_, index) => ({
    seed: seed + index,
    runs: Math.min(turn, runs - index * turn),
  }));
}

type Turn = Extract<FromFuzzWorker, { kind: 'turn' }>;

interface Hung {
  readonly seed: number;
  readonly index: number;
  readonly problem: string;
}

/** Resolves with the input that ended the thread, or undefined when all turns are done or `onTurn` wants no more. */
function runTurns(
  target: string,
  turns: FuzzJob['turns'],
  onTurn: (turn: Turn) => boolean,
): Promise<Hung | undefined> {
  const progress = new SharedArrayBuffer(12);
  const counter = new Int32Array(progress);
  const worker = startWorker({ target, progress, turns });
  return new Promise((resolve) => {
    let seen = -1;
    let quietSince: number | undefined;
    const end = (hung?: Hung): void => {
      clearInterval(timer);
      void worker.terminate().then(() => resolve(hung));
    };
    const underWay = (problem: string): Hung => ({
      seed: Atomics.load(counter, 0),
      index: Atomics.load(counter, 1),
      problem,
    });
    const timer = setInterval(() => {
      const count = Atomics.load(counter, 2);
      if (count !== seen) {
        seen = count;
        quietSince = undefined;
      } else if (quietSince === undefined) quietSince = performance.now();
      // Before the first input it loads what it needs.
      else if (count > 0 && performance.now() - quietSince > maxSilentMs) {
        end(underWay(`nothing comes back within ${maxSilentMs / 1000} s`));
      }
    }, lookEveryMs);
    worker.on('message', (message: FromFuzzWorker) => {
      if (message.kind === 'turn' && !onTurn(message)) end();
      if (message.kind === 'end') end();
    });
    worker.on('error', (error) => {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      end(underWay(`the thread ended: ${told}`));
    });
  });
}

async function inputOf(target: string, { seed, index }: Hung): Promise<string> {
  const job = { target, progress: new SharedArrayBuffer(12), turns: [], inputOf: { seed, index } };
  const worker = startWorker(job);
  try {
    return await new Promise<string>((resolve, reject) => {
      worker.on('message', (message: FromFuzzWorker) => {
        if (message.kind === 'input') resolve(message.input);
      });
      worker.on('error', reject);
    });
  } finally {
    await worker.terminate();
  }
}

function startWorker(workerData: FuzzJob): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { workerData });
}
