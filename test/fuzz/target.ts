import * as fc from 'fast-check';
import { watchStray } from './stray.ts';

/** Something that takes input from outside, opened with all that it needs. */
export interface FuzzWorld<Input> {
  readonly inputs: fc.Arbitrary<Input>;
  /** What is wrong with how an input was taken, one sentence each; a throw or a rejection is one more. */
  readonly problemsOf: (input: Input) => Promise<readonly string[]> | readonly string[];
  readonly close?: () => Promise<void>;
}

export interface FuzzTarget {
  readonly name: string;
  /** What is fed, for people. */
  readonly about: string;
  readonly open: () => Promise<OpenTarget>;
}

/** A target whose kind of input is its own affair. */
export interface OpenTarget {
  readonly run: (options: RunOptions) => Promise<RunResult>;
  /** The input of one run of a seed, as source text, to name one that never came back. */
  readonly inputAt: (seed: number, index: number) => string;
  readonly close: () => Promise<void>;
}

export interface RunOptions {
  readonly seed: number;
  readonly runs: number;
  /** Called before each input, with how many there were: a watcher sees by it which one is under way. */
  readonly before: (index: number) => void;
}

export interface RunResult {
  /** Inputs that were tried, those of shrinking left out. */
  readonly runs: number;
  /** The smallest input that fails, as source text, and what is wrong with it; absent where all were taken. */
  readonly failure?: { readonly input: string; readonly problem: string; readonly shrinks: number };
  /** The longest that one input took, in milliseconds of processor time. */
  readonly slowestMs: number;
}

/** Processor time that one input may take; what other things on the machine take does not count. */
const maxInputMs = 1_000;
/** What a search for a smaller counterexample may take. */
const maxShrinkMs = 20_000;

/** Ties a kind of input to what takes it. */
export function defineTarget<Input>(
  name: string,
  about: string,
  open: () => Promise<FuzzWorld<Input>> | FuzzWorld<Input>,
): FuzzTarget {
  return { name, about, open: async () => openTarget(await open()) };
}

function openTarget<Input>({ inputs, problemsOf, close }: FuzzWorld<Input>): OpenTarget {
  const taker = createTaker(problemsOf);
  return {
    run: (options) => runWith(inputs, taker, options),
    inputAt: (seed, index) => {
      const property = fc.asyncProperty(inputs, async () => true);
      return fc.stringify(fc.sample(property, { seed, numRuns: index + 1 }).at(-1)?.[0]);
    },
    close: async () => {
      taker.close();
      await close?.();
    },
  };
}

interface Taker<Input> {
  /** The longest so far. */
  slowestMs: number;
  take(input: Input): Promise<readonly string[]>;
  close(): void;
}

function createTaker<Input>(problemsOf: FuzzWorld<Input>['problemsOf']): Taker<Input> {
  const stray = watchStray();
  async function once(input: Input): Promise<{ problems: readonly string[]; tookMs: number }> {
    const began = process.threadCpuUsage();
    const problems = await problemsOrThrown(() => problemsOf(input));
    const { user, system } = process.threadCpuUsage(began);
    // What was left unhandled shows only in the next turn.
    await new Promise((resolve) => setImmediate(resolve));
    return { problems: [...problems, ...stray.take()], tookMs: (user + system) / 1000 };
  }
  return {
    slowestMs: 0,
    async take(input) {
      let { problems, tookMs } = await once(input);
      // What is slow only the first time loads or prepares something.
      if (tookMs > maxInputMs) ({ problems, tookMs } = await once(input));
      this.slowestMs = Math.max(this.slowestMs, tookMs);
      return tookMs > maxInputMs ? [...problems, `it takes ${Math.round(tookMs)} ms`] : problems;
    },
    close: () => stray.close(),
  };
}

async function problemsOrThrown(
  work: () => Promise<readonly string[]> | readonly string[],
): Promise<readonly string[]> {
  try {
    return await work();
  } catch (error) {
    return [`thrown: ${describe(error)}`];
  }
}

function describe(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? error.message).split('\n').slice(0, 6).join('\n')
    : String(error);
}

async function runWith<Input>(
  inputs: fc.Arbitrary<Input>,
  taker: Taker<Input>,
  { seed, runs, before }: RunOptions,
): Promise<RunResult> {
  taker.slowestMs = 0;
  let index = 0;
  let failedAt: number | undefined;
  const property = fc.asyncProperty(inputs, async (input) => {
    // Long enough searched for a smaller one: none of those that follow is taken for one.
    if (failedAt !== undefined && performance.now() - failedAt > maxShrinkMs) return;
    before(index);
    index += 1;
    const problems = await taker.take(input);
    if (problems.length === 0) return;
    failedAt ??= performance.now();
    throw new Error(problems.slice(0, 5).join('\n'));
  });
  const details = await fc.check(property, { seed, numRuns: runs });
  const { counterexample, errorInstance, numRuns, numShrinks } = details;
  const { slowestMs } = taker;
  if (!details.failed) return { runs: numRuns, slowestMs };
  const problem = errorInstance instanceof Error ? errorInstance.message : 'the run was interrupted';
  const input = fc.stringify(counterexample?.[0]);
  return { runs: numRuns, slowestMs, failure: { input, problem, shrinks: numShrinks } };
}
