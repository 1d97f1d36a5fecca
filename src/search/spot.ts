import { hasContext } from './context.ts';
import type { IndexParts } from './index-parts.ts';
import { matchOf, ownersOf } from './owners.ts';
import { scores } from './scores.ts';
import type { Spot } from './types.ts';
import { findWindows } from './windows.ts';

/**
 * The longest exact names and ids in a text of any length, left to right, not overlapping. Everyday words that are
 * names count only beside a word of the field. All owners of a name are given.
 */
export function spotNames(parts: IndexParts, text: string): readonly Spot[] {
  const { tokens, names } = parts;
  tokens.read(text, text.length);
  const spots: Spot[] = [];
  for (const window of findWindows(parts, text)) {
    if (!hasContext(parts, window, text)) continue;
    const start = tokens.sourceStart[window.from] ?? 0;
    const end = tokens.sourceEnd[window.to] ?? 0;
    const shown = text.slice(start, end);
    const matches = ownersOf(names, window.key, []).flatMap((owner) => {
      const match = matchOf(names, owner, shown, scores.inSentence);
      return match === undefined ? [] : [match];
    });
    if (matches.length > 0) spots.push({ start, end, matches });
  }
  return spots;
}
