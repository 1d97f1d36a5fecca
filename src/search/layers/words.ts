import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import { wordSpans } from '../evidence/parts.ts';
import type { IndexParts } from '../index-parts.ts';
import { ranked } from '../owners.ts';
import { scores } from '../scores.ts';
import { type Fit, hasWanted, isAllEveryday, preferred } from './fit.ts';

/** A word that more names share does not tell them apart. */
const maxSharers = 24;
const maxWords = 6;

/**
 * One distinctive word of a longer name, or several: all words of the content are in the name, at least one
 * of letters. A single word leads
 * to actors only, as the names of techniques and malware are full of common words.
 */
export function byWords(parts: IndexParts, content: Content, prefer: readonly EntityType[]): Fit | undefined {
  const spans = wordSpans(parts.tokens, content.from, content.to);
  if (spans.length > maxWords) return undefined;
  const rare = spans
    .filter((span) => !isAllEveryday(parts, span.from, span.to) && /\D/.test(span.text))
    .map((span) => ({ text: span.text, count: parts.parts.count(span.text) }))
    .filter(({ count }) => count > 0 && count <= maxSharers)
    .sort((a, b) => a.count - b.count)[0];
  if (rare === undefined) return undefined;
  const wanted = spans.map((span) => span.text);
  const fitting = parts.parts.owners(rare.text, maxSharers).filter((owner) => {
    const words = parts.parts.wordsOf(owner);
    return wanted.every((word) => words.includes(word));
  });
  const owners = ranked(parts.names, preferred(parts, fitting, prefer));
  if (owners.length === 0) return undefined;
  if (spans.length > 1) return { ...content, owners, score: scores.distinctiveWord };
  const actors = owners.filter((owner) => hasWanted(parts, [owner], prefer));
  return actors.length === 0 ? undefined : { ...content, owners: actors, score: scores.distinctiveWord };
}
