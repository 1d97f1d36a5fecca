import type { Lookup, SearchIndex } from '../search/types.ts';
import type { Question } from './types.ts';

/** A question on its way to being understood. */
export interface AskedText {
  /** As it came. */
  readonly text: string;
  /** Without what chat platforms and politeness put around it. */
  readonly cleaned: string;
  /** The cleaned text looked up as if it were a name and nothing else. */
  readonly bare: Lookup;
}

/** One way of reading a question; undefined where the text is none of its kind, so that the next is tried. */
export type Form = (asked: AskedText, index: SearchIndex) => Question | undefined;
