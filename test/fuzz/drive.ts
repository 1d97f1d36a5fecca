import { Worker } from 'node:worker_threads';
import type { FromFuzzWorker, FuzzJob, FuzzTurn } from './messages.ts';
import type { RunResult } from './target.ts';

/** A failure as a person needs it. */
export interface FuzzFailure {
  readonly target: string;
  readonly seed: number;
  /** The smallest input, as source text. */
  readonly input: string;
  readonly problem: string;
}

export interface FuzzOutcome {
  readonly inputs: number;
  readonly failures: readonly FuzzFailure[];
  /** The longest that one input took, in milliseconds of processor time. */
  readonly slowestMs: number;
  readonly elapsedMs: number;
}

export interface FuzzLimits {
  /** When to stop, however much is left; never unless told. */
  readonly maxMs?: number;
  /** Silence after which an input counts as one that never comes back. Generous, for machines that do other things beside. */
  readonly maxSilentMs?: number;
  /** The module that gives `fuzzTargets`; all of them unless told. */
  readonly targets?: URL;
}

const usualSilentMs = 15_000;
const usualTargets = new URL('./targets.ts', import.meta.url);
const lookEveryMs = 250;
/** Failures after which a run is given up: more of them only repeat what is known. */
const maxFailures = 8;

/** Turns of one target with seeds that count up, so that each failure can be repeated by its seed alone. */
export function turnsOf(
  { target, seed, runs }: FuzzTurn,
  turn: number = Math.min(runs, 1_000),
): readonly FuzzTurn[] {
  return Array.from({ length: Math.ceil(runs / turn) }, (_, index) => ({
    target,
    seed: seed + index,
    runs: Math.min(turn, runs - index * turn),
  }));
}

/**
 * Runs turns in a thread of their own, until all are done or so much time has gone by. A thread that is silent is ended,
 * its input named, and the next turn runs in a new one.
 */
export async function fuzz(
  turns: readonly FuzzTurn[],
  { maxMs = Number.POSITIVE_INFINITY, maxSilentMs = usualSilentMs, targets = usualTargets }: FuzzLimits = {},
): Promise<FuzzOutcome> {
  const startedAt = performance.now();
  const failures: FuzzFailure[] = [];
  let left = turns;
  let inputs = 0;
  let slowestMs = 0;
  const goesOn = (): boolean => failures.length < maxFailures && performance.now() - startedAt < maxMs;
  while (left.length > 0 && goesOn()) {
    const underWay = left;
    const watched = { turns: underWay, maxSilentMs, targets };
    const hung = await runTurns(watched, ({ target, seed }, result) => {
      inputs += result.runs;
      slowestMs = Math.max(slowestMs, result.slowestMs);
      if (result.failure !== undefined) failures.push({ target, seed, ...result.failure });
      return goesOn();
    });
    if (hung === undefined) break;
    const { turn, index, problem } = hung;
    inputs += index;
    failures.push({ ...turn, input: await inputOf(turn, index, targets), problem });
    left = underWay.slice(underWay.indexOf(turn) + 1);
  }
  return { inputs, failures, slowestMs, elapsedMs: performance.now() - startedAt };
}

interface Hung {
  readonly turn: FuzzTurn;
  readonly index: number;
  readonly problem: string;
}

/** Resolves with the input that ended the thread, or undefined when all turns are done or `onTurn` wants no more. */
function runTurns(
  {
    turns,
    maxSilentMs,
    targets,
  }: Required<Omit<FuzzLimits, 'maxMs'>> & { readonly turns: readonly FuzzTurn[] },
  onTurn: (turn: FuzzTurn, result: RunResult) => boolean,
): Promise<Hung | undefined> {
  const progress = new SharedArrayBuffer(12);
  const counter = new Int32Array(progress);
  const worker = startWorker({ progress, turns, targets: targets.href });
  return new Promise((resolve, reject) => {
    let seen = -1;
    let quietSince = performance.now();
    const end = (hung?: Hung): void => {
      clearInterval(timer);
      worker.terminate().then(() => resolve(hung), reject);
    };
    const endBy = (problem: string): void => {
      const turn = turns[Atomics.load(counter, 0)];
      end(turn === undefined ? undefined : { turn, index: Atomics.load(counter, 1), problem });
    };
    const timer = setInterval(() => {
      const count = Atomics.load(counter, 2);
      // Before its first input a target loads what it needs.
      if (count !== seen || count === 0) {
        seen = count;
        quietSince = performance.now();
      } else if (performance.now() - quietSince > maxSilentMs) {
        endBy(`nothing comes back within ${maxSilentMs / 1000} s`);
      }
    }, lookEveryMs);
    worker.on('message', (message: FromFuzzWorker) => {
      if (message.kind === 'turn' && !onTurn(message.turn, message.result)) end();
      if (message.kind === 'end') end();
    });
    worker.on('error', (error) => {
      endBy(`the thread ended: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
  });
}

async function inputOf({ target, seed }: FuzzTurn, index: number, targets: URL): Promise<string> {
  const worker = startWorker({
    progress: new SharedArrayBuffer(12),
    turns: [],
    targets: targets.href,
    inputOf: { target, seed, index },
  });
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
