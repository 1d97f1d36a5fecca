import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import { boundedDistance } from '../edit-distance.ts';
import { closeness, maxRanked } from '../evidence/rank.ts';
import { digitsOf, type TypoMatch } from '../evidence/typos.ts';
import type { IndexParts } from '../index-parts.ts';
import { isActor, ownersOf } from '../owners.ts';
import { maxChoices } from '../scores.ts';
import { hasType, keyText, unique } from './fit.ts';

const maxContentTokens = 8;
const minLength = 3;
const minCloseness = 0.5;
const minShared = 0.4;
/** Actors with an everyday word among others in their name: "lunar" may mean LUNAR SPIDER. */
const maxSharing = 4;

/**
 * Owners of names near the content, best first: codes with the same number, misspellings, beginnings, names that
 * share letters. Numbers are equal in all of them.
 */
export function suggestedOwners(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): readonly number[] {
  if (content.to < content.from || content.to - content.from >= maxContentTokens) return [];
  const glued = parts.tokens.glued(content.from, content.to);
  if (glued.length < minLength) return [];
  const digits = digitsOf(glued);
  const near = nearKeys(parts, glued);
  const keys = near.filter((key) => digitsOf(keyText(parts, key)) === digits).slice(0, maxRanked);
  const close = closeness(
    glued,
    keys.map((key) => keyText(parts, key)),
  );
  const codes = nearCodes(parts, glued);
  const words = keys
    .map((key, at) => ({ key, close: close[at] ?? 0 }))
    .filter((candidate) => candidate.close >= minCloseness)
    .sort((a, b) => b.close - a.close)
    .map(({ key }) => key);
  const sharing = parts.parts.owners(glued, maxSharing).filter((owner) => isActor(parts.names, owner));
  const owners = [
    ...sharing,
    ...[...codes, ...words].flatMap((key) => [...ownersOf(parts.names, key, prefer)]),
  ];
  const first = owners.filter((owner) => hasType(parts, owner, prefer));
  return unique(parts, [...first, ...owners]).slice(0, maxChoices);
}

function nearKeys(parts: IndexParts, glued: string): readonly number[] {
  const typos: TypoMatch[] = [];
  parts.typos.find(glued, typos);
  return [
    ...new Set([
      ...typos.map((match) => match.key).slice(0, maxRanked),
      ...parts.prefixes.find(glued, maxRanked),
      ...parts.trigrams.find(glued, minShared, maxRanked),
    ]),
  ];
}

/** Codes of the same number whose letters are one slip away: "ATP39" is near APT39. */
function nearCodes(parts: IndexParts, glued: string): readonly number[] {
  const code = /^([a-z]{2,8})(\d.*)$/.exec(glued);
  const [, letters, rest] = code ?? [];
  if (letters === undefined || rest === undefined) return [];
  return [...parts.names.schemeWords]
    .filter((word) => boundedDistance(letters, word, 1) === 1)
    .map((word) => parts.names.keys.find(`${word}${rest}`))
    .filter((key) => key >= 0);
}
