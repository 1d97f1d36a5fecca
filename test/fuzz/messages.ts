import type { RunResult } from './target.ts';

/** So many inputs of one seed. */
export interface FuzzTurn {
  readonly target: string;
  readonly seed: number;
  readonly runs: number;
}

/** What a thread is to do: turns, one after the other, or telling what one input was. */
export interface FuzzJob {
  /** Three 32-bit numbers: which turn is under way, which of its inputs, and how many inputs there were. */
  readonly progress: SharedArrayBuffer;
  readonly turns: readonly FuzzTurn[];
  /** The address of the module that gives `fuzzTargets`. */
  readonly targets: string;
  readonly inputOf?: { readonly target: string; readonly seed: number; readonly index: number };
}

export type FromFuzzWorker =
  | { readonly kind: 'turn'; readonly turn: FuzzTurn; readonly result: RunResult }
  | { readonly kind: 'input'; readonly input: string }
  | { readonly kind: 'end' };
