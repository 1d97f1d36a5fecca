import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import type { IndexParts } from '../index-parts.ts';
import { ownersOf } from '../owners.ts';
import { scores } from '../scores.ts';
import { type Fit, keyText } from './fit.ts';

const minLength = 5;
const shapes: Readonly<Record<string, string>> = { '0': 'o', '3': 'e', '4': 'a', '5': 's' };

/** Names whose letters are written as digits that look like them: "laz4rus". Only for names without any digit. */
export function byLetterShapes(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  const glued = parts.tokens.glued(content.from, content.to);
  if (glued.length < minLength || !/[01345]/.test(glued) || isCode(parts, glued)) return undefined;
  for (const one of ['l', 'i']) {
    const read = glued.replace(/[01345]/g, (digit) => (digit === '1' ? one : (shapes[digit] ?? digit)));
    const key = parts.names.keys.find(read);
    if (key >= 0 && !/\d/.test(keyText(parts, key))) {
      return { ...content, owners: ownersOf(parts.names, key, prefer), score: scores.letterShapes };
    }
  }
  return undefined;
}

/** "FIN41" is no "Final": a number of two digits or more, or one behind the letters of a code, is a number. */
function isCode(parts: IndexParts, glued: string): boolean {
  if (/\d\d/.test(glued)) return true;
  const [letters] = /^[^\d]+(?=\d$)/.exec(glued) ?? [];
  return letters !== undefined && parts.names.schemeWords.has(letters);
}
