import { commonWordsAToL } from './common-words-a-l.ts';
import { commonWordsMToZ } from './common-words-m-z.ts';
import { nearNames } from './near-names.ts';
import { officeWords } from './office-words.ts';
import { properNouns } from './proper-nouns.ts';

/** Endings, the shortest stem they are taken from, and what may stand in their place in the base form. */
const endings: readonly (readonly [ending: string, minStem: number, bases: readonly string[]])[] = [
  ['s', 3, ['']],
  ['es', 3, ['', 'e']],
  ['ies', 3, ['y']],
  ['ves', 3, ['f', 'fe']],
  ['ed', 3, ['', 'e']],
  ['ied', 3, ['y']],
  ['ing', 3, ['', 'e']],
  ['ings', 3, ['', 'e']],
  ['er', 4, ['', 'e']],
  ['ers', 4, ['', 'e']],
  ['ier', 4, ['y']],
  ['est', 4, ['', 'e']],
  ['iest', 4, ['y']],
  ['ly', 4, ['', 'le']],
  ['ily', 4, ['y']],
  ['ful', 4, ['']],
  ['less', 4, ['']],
  ['ness', 4, ['']],
  ['ment', 4, ['', 'e']],
  ['ments', 4, ['', 'e']],
  ['able', 4, ['', 'e']],
  ['ion', 5, ['', 'e']],
  ['ions', 5, ['', 'e']],
  ['ation', 4, ['', 'e']],
  ['ations', 4, ['', 'e']],
  ['or', 5, ['', 'e']],
  ['ors', 5, ['', 'e']],
  ['al', 5, ['', 'e']],
  ['ous', 5, ['']],
  ['y', 5, ['', 'e']],
];

const beginnings = ['un', 're', 'non', 'pre', 'mis', 'over', 'multi', 'sub'] as const;
const minRest = 4;

/**
 * Tells everyday English words from others: those of the lists, also plural, in another tense, or with a common
 * ending. They veto: such a word is never taken for a misspelt name, and a name that is such a word ("Snake",
 * "Cobalt") counts only alone or with words of the field beside it.
 */
export class EverydayWords {
  readonly #words: ReadonlySet<string>;

  constructor() {
    this.#words = new Set([...everydayWordList(), ...wordsOf(nearNames)]);
  }

  /** Lower case expected. */
  has(word: string): boolean {
    return this.#hasForm(word) || this.#hasWithout(word);
  }

  /** "rebuild", "unhappy": a beginning before a word of four letters or more. */
  #hasWithout(word: string): boolean {
    return beginnings.some(
      (beginning) =>
        word.length >= beginning.length + minRest &&
        word.startsWith(beginning) &&
        this.#hasForm(word.slice(beginning.length)),
    );
  }

  #hasForm(word: string): boolean {
    if (this.#words.has(word)) return true;
    return endings.some(([ending, minStem, bases]) => {
      if (word.length < ending.length + minStem || !word.endsWith(ending)) return false;
      const stem = word.slice(0, -ending.length);
      // "teamsy" is no word, though teams is.
      if (ending === 'y' && this.#isPlural(stem)) return false;
      if (bases.some((base) => this.#words.has(stem + base))) return true;
      const isDoubled = stem.length > 2 && stem.at(-1) === stem.at(-2);
      return isDoubled && this.#words.has(stem.slice(0, -1));
    });
  }

  #isPlural(word: string): boolean {
    return word.endsWith('y') || (word.endsWith('s') && this.#words.has(word.slice(0, -1)));
  }
}

/** The words of all lists in their base forms. */
export function everydayWordList(): readonly string[] {
  const lists = [commonWordsAToL, commonWordsMToZ, officeWords, properNouns];
  return lists.flatMap(wordsOf);
}

/** The words of a list that is written as one text. */
export function wordsOf(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}
