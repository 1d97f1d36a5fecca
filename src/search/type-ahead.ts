import type { IndexParts } from './index-parts.ts';
import { maxNameLength } from './name-table.ts';
import { carriersOf, isActor, matchOf } from './owners.ts';
import { scores } from './scores.ts';
import type { Match } from './types.ts';

/** How many names of a beginning are weighed: a letter or two has thousands. */
const maxWeighed = 1_024;

/** Names that begin with the text: the whole name first, then actors, then the shorter names. One match an entity. */
export function suggestNames(parts: IndexParts, prefix: string, limit: number): readonly Match[] {
  const { tokens, names } = parts;
  tokens.read(prefix, maxNameLength);
  if (tokens.count === 0 || limit < 1) return [];
  const glued = tokens.glued(0, tokens.count - 1);
  const weighed = parts.prefixes.find(glued, maxWeighed, true).flatMap((key) => {
    const length = (names.keys.keys[key] ?? '').length;
    return carriersOf(names, key).map((owner) => ({
      owner,
      length,
      rank: rankOf(length === glued.length, isActor(names, owner)),
    }));
  });
  weighed.sort((a, b) => a.rank - b.rank || a.length - b.length || a.owner - b.owner);
  const matches: Match[] = [];
  const seen = new Set<number>();
  for (const { owner, length } of weighed) {
    const entity = names.ownerEntity[owner] ?? 0;
    if (seen.has(entity)) continue;
    seen.add(entity);
    const score = length === glued.length ? scores.exact : scores.prefix;
    const match = matchOf(names, owner, prefix.trim(), score);
    if (match !== undefined) matches.push(match);
    if (matches.length === limit) break;
  }
  return matches;
}

function rankOf(isWhole: boolean, isActorName: boolean): number {
  return (isWhole ? 0 : 2) + (isActorName ? 0 : 1);
}
