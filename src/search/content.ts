import { lengthOf } from './borders.ts';
import { joints, type Tokens, tokenKinds } from './normalize/tokens.ts';
import { type WordClasses, wordFlags } from './word-classes.ts';

/** What remains of a question, as tokens `from` to `to`; nothing remains when `to < from`. */
export interface Content {
  readonly from: number;
  readonly to: number;
}

/** The tokens without the question's frame and the field's nouns at both ends: "who is the chafer group?" leaves chafer. */
export function contentOf(tokens: Tokens, classes: WordClasses): Content {
  return stripped(tokens, classes, wordFlags.frame | wordFlags.field);
}

/** The tokens without the question's frame: "who is the chafer group?" leaves chafer group. */
export function unframed(tokens: Tokens, classes: WordClasses): Content {
  return stripped(tokens, classes, wordFlags.frame);
}

/** A noun of the field before a number is a part of a code ("Group 1009") and stays. */
function stripped(tokens: Tokens, classes: WordClasses, droppable: number): Content {
  let from = 0;
  let to = tokens.count - 1;
  while (from <= to && (flagsOfWord(tokens, classes, from) & droppable) !== 0) {
    const isOfCode = from < to && tokens.kind[from + 1] === tokenKinds.digits;
    if (isOfCode && (flagsOfWord(tokens, classes, from) & wordFlags.field) !== 0) break;
    from += 1;
  }
  while (to > from && (flagsOfWord(tokens, classes, to) & droppable) !== 0) {
    // "obscure s" is a name begun; the s of "who's" stands in front.
    if (lengthOf(tokens, to) === 1) break;
    to -= 1;
  }
  return { from, to };
}

/** The flags of a whole word; none for a number or a part of a word. */
function flagsOfWord(tokens: Tokens, classes: WordClasses, at: number): number {
  if (tokens.kind[at] !== tokenKinds.letters || tokens.joint[at] === joints.inWord) return 0;
  if (at + 1 < tokens.count && tokens.joint[at + 1] === joints.inWord) return 0;
  return classes.of(tokens, at);
}
