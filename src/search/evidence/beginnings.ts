import { hashFinish, hashStart, hashUnit, tableSize } from '../hash.ts';

const bitsPerBeginning = 4;
/** Names longer than this are found only as a whole question; a window over more text is no name. */
const maxBeginning = 96;

/**
 * Tells whether a text may be the beginning of a name, so that reading a text stops at the first token with which no
 * name begins. A Bloom filter of one bit a beginning: it never denies a beginning, and says yes wrongly to one in five.
 */
export class Beginnings {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  constructor(keys: readonly string[]) {
    let count = 0;
    for (const key of keys) count += Math.min(key.length, maxBeginning);
    const bits = tableSize((count * bitsPerBeginning) / 2);
    this.#bits = new Uint32Array(bits / 32 + 1);
    this.#mask = bits - 1;
    for (const key of keys) this.#add(key);
  }

  /** `hash`: the finished hash of the text, see `hash.ts`. */
  mayBegin(hash: number): boolean {
    const bit = hash & this.#mask;
    return ((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  #add(key: string): void {
    let hash = hashStart;
    const length = Math.min(key.length, maxBeginning);
    for (let at = 0; at < length; at += 1) {
      hash = hashUnit(hash, key.charCodeAt(at));
      const bit = hashFinish(hash) & this.#mask;
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }
}
