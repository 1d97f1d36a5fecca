import { createIndexParts, prepareParts } from './index-parts.ts';
import { lookUp } from './lookup.ts';
import { spotNames } from './spot.ts';
import { suggestNames } from './type-ahead.ts';
import type { SearchEntity, SearchIndex } from './types.ts';

/**
 * Builds the look-up index over all names, aliases and ids of the entities. The index keeps the entities as given and
 * does no I/O; its cost grows with the length of a question, hardly with the number of entities.
 */
export function createIndex(entities: readonly SearchEntity[]): SearchIndex {
  const parts = createIndexParts(entities);
  return {
    size: entities.length,
    lookup: (text, prefer = []) => lookUp(parts, text, prefer),
    spot: (text) => spotNames(parts, text),
    suggest: (prefix, limit) => suggestNames(parts, prefix, limit),
    prepare: () => prepareParts(parts),
  };
}
