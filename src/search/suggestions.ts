import type { EntityType } from '../domain/entity-type.ts';
import type { Content } from './content.ts';
import { closeness, maxRanked } from './evidence/rank.ts';
import { digitsOf, type TypoMatch } from './evidence/typos.ts';
import { hasType, unique } from './fuzzy.ts';
import type { IndexParts } from './index-parts.ts';
import { ownersOf } from './owners.ts';
import { maxChoices } from './scores.ts';

const maxContentTokens = 8;
const minLength = 3;
const minCloseness = 0.45;
const minShared = 0.4;

/** Owners of names near the content, best first: beginnings, misspellings, then what shares letters. Equal numbers only. */
export function suggestedOwners(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): readonly number[] {
  if (content.to < content.from || content.to - content.from >= maxContentTokens) return [];
  const glued = parts.tokens.glued(content.from, content.to);
  if (glued.length < minLength) return [];
  const typos: TypoMatch[] = [];
  parts.typos.find(glued, typos);
  const digits = digitsOf(glued);
  const keys = new Set([
    ...parts.prefixes.find(glued, maxRanked),
    ...typos.map((match) => match.key).slice(0, maxRanked),
    ...parts.trigrams.find(glued, minShared, maxRanked),
  ]);
  const candidates = [...keys]
    .filter((key) => digits === '' || digitsOf(parts.names.keys.keys[key] ?? '') === digits)
    .slice(0, maxRanked);
  const close = closeness(
    glued,
    candidates.map((key) => parts.names.keys.keys[key] ?? ''),
  );
  const owners = candidates
    .map((key, at) => ({ key, close: close[at] ?? 0 }))
    .filter((candidate) => candidate.close >= minCloseness)
    .sort((a, b) => b.close - a.close)
    .flatMap(({ key }) => [...ownersOf(parts.names, key, prefer)]);
  const wanted = unique(parts, owners);
  const first = wanted.filter((owner) => hasType(parts, owner, prefer));
  return unique(parts, [...first, ...wanted]).slice(0, maxChoices);
}
