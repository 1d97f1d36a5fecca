import type { RunResult } from './target.ts';

/** What a thread is to do: turns of a target, or telling what one input was. */
export interface FuzzJob {
  readonly target: string;
  /** Three 32-bit numbers: the seed under way, which of its inputs, and how many inputs there were. */
  readonly progress: SharedArrayBuffer;
  readonly turns: readonly { readonly seed: number; readonly runs: number }[];
  readonly inputOf?: { readonly seed: number; readonly index: number };
}

export type FromFuzzWorker =
  | { readonly kind: 'open' }
  | { readonly kind: 'turn'; readonly seed: number; readonly result: RunResult }
  | { readonly kind: 'input'; readonly input: string }
  | { readonly kind: 'end' };
