import { joints, type Tokens, tokenKinds } from './normalize/tokens.ts';
import { type WordClasses, wordFlags } from './word-classes.ts';

/** What remains of a question, as tokens `from` to `to`; nothing remains when `to < from`. */
export interface Content {
  readonly from: number;
  readonly to: number;
}

/** The tokens without the question's frame and the field's nouns at both ends: "who is the chafer group?" leaves chafer. */
export function contentOf(tokens: Tokens, classes: WordClasses): Content {
  let from = 0;
  let to = tokens.count - 1;
  while (from <= to && isDroppable(tokens, classes, from, from + 1)) from += 1;
  while (to > from && isDroppable(tokens, classes, to, to + 1)) to -= 1;
  return { from, to };
}

function isDroppable(tokens: Tokens, classes: WordClasses, at: number, after: number): boolean {
  if (tokens.kind[at] !== tokenKinds.letters) return false;
  const isPartOfWord = tokens.joint[at] === joints.inWord;
  const isBeforePart = after < tokens.count && tokens.joint[after] === joints.inWord;
  if (isPartOfWord || isBeforePart) return false;
  return (classes.flags(tokens.glued(at, at)) & (wordFlags.frame | wordFlags.field)) !== 0;
}
