import { TypoIndex, type TypoMatch } from './typos.ts';

/** Tells words that are one slip away from a word of a list, of five letters or more. */
export class NearWords {
  readonly #typos: TypoIndex;

  constructor(words: readonly string[]) {
    const short = words.filter((word) => word.length >= minLength && word.length <= maxLength);
    this.#typos = new TypoIndex(short, false);
  }

  /** Makes the lists that words are found by; cheap when they are made. */
  prepare(): void {
    this.#typos.prepare();
  }

  has(word: string): boolean {
    if (word.length > maxLength + 1) return false;
    const found: TypoMatch[] = [];
    this.#typos.find(word, found);
    return found.some(({ distance }) => distance === 1);
  }
}

const minLength = 5;
/** Only short words are asked for. */
const maxLength = 8;
