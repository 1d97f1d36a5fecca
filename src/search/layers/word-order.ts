import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import { orderHash, withoutThe, wordSpans } from '../evidence/parts.ts';
import type { IndexParts } from '../index-parts.ts';
import { scores } from '../scores.ts';
import { type Fit, ownersOfKeys } from './fit.ts';

const maxOrderedWords = 8;

/** The same words in another order: "kitten remix". */
export function byWordOrder(
  parts: IndexParts,
  { from, to }: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  if (to - from >= 2 * maxOrderedWords) return undefined;
  const spans = withoutThe(wordSpans(parts.tokens, from, to));
  if (spans.length < 2 || spans.length > maxOrderedWords) return undefined;
  const words = spans.map((span) => span.text);
  const keys = parts.parts.inAnyOrder(words, orderHash(parts.tokens, spans));
  if (keys.length === 0) return undefined;
  return { from, to, owners: ownersOfKeys(parts, keys, prefer), score: scores.wordOrder };
}
