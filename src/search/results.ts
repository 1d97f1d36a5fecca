import type { IndexParts } from './index-parts.ts';
import type { Fit } from './layers/fit.ts';
import { type NameTable, uuidIn } from './name-table.ts';
import { matchOf, namesakesOf } from './owners.ts';
import { scores } from './scores.ts';
import type { Lookup, Match } from './types.ts';

const uuidLength = 36;
const typedId = /[a-z][a-z0-9-]{0,40}--[0-9a-f-]{36}/i;

/** The entities that a STIX id or a UUID in the text names. A STIX id of another type than the entity's names nothing. */
export function uuidMatches(names: NameTable, text: string): readonly Match[] {
  if (text.length < uuidLength) return [];
  const uuid = uuidIn(text);
  if (uuid === undefined) return [];
  const id = typedId.exec(text)?.[0].toLowerCase() ?? uuid;
  return (names.uuids.get(id) ?? []).flatMap((at): readonly Match[] => {
    const entity = names.entities[at];
    return entity === undefined
      ? []
      : [{ entity, matched: { text: id, name: id, kind: 'id' }, score: scores.id }];
  });
}

/** The matches of the fits, one an entity, at most `limit`. Ids found exactly have the full score. */
export function matchesOf(
  parts: IndexParts,
  text: string,
  fits: readonly Fit[],
  limit: number,
): readonly Match[] {
  const { tokens, names } = parts;
  const matches: Match[] = [];
  const seen = new Set<number>();
  for (const fit of fits) {
    const shown = text.slice(tokens.sourceStart[fit.from] ?? 0, tokens.sourceEnd[fit.to] ?? 0);
    for (const owner of fit.owners) {
      const entity = names.ownerEntity[owner] ?? 0;
      const match = matchOf(names, owner, shown, fit.score);
      if (match === undefined || seen.has(entity) || matches.length >= limit) continue;
      seen.add(entity);
      const isExactId = match.matched.kind === 'id' && fit.score >= scores.inSentence;
      matches.push(isExactId ? { ...match, score: scores.id } : match);
    }
  }
  return matches;
}

/** One match is found, several are a choice. Things that share a found actor's main name (`key`) stand beside it. */
export function answerOf(parts: IndexParts, matches: readonly Match[], key: number | undefined): Lookup {
  const [first] = matches;
  if (first === undefined) return { kind: 'not-found' };
  if (matches.length > 1) return { kind: 'ambiguous', matches };
  if (key === undefined) return { kind: 'found', match: first };
  const alsoNamed = namesakesOf(parts.names, key, first);
  return alsoNamed.length === 0
    ? { kind: 'found', match: first }
    : { kind: 'found', match: first, alsoNamed };
}
