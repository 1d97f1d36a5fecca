import type { Tokens } from './normalize/tokens.ts';
import { type WordClasses, wordFlags } from './word-classes.ts';

/** True for a text that has a word that only texts about attacks and those who make them have. Told once a text. */
export class FieldText {
  #round = 0;
  #isField = false;

  is(tokens: Tokens, classes: WordClasses): boolean {
    if (this.#round === tokens.round) return this.#isField;
    this.#round = tokens.round;
    this.#isField = false;
    for (let at = 0; at < tokens.count && !this.#isField; at += 1) {
      this.#isField = (classes.of(tokens, at) & wordFlags.strong) !== 0;
    }
    return this.#isField;
  }
}
