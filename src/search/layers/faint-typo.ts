import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import { wordSpans } from '../evidence/parts.ts';
import { closeness, maxRanked } from '../evidence/rank.ts';
import type { TypoMatch } from '../evidence/typos.ts';
import type { IndexParts } from '../index-parts.ts';
import { ownersOf } from '../owners.ts';
import { maxChoices, scores } from '../scores.ts';
import { type Fit, hasWanted, isAllEnglish, isNotable, keyText, unique } from './fit.ts';

/**
 * Actors whose name of 6 to 8 letters the content misspells by two slips: "lazrsu". Chance brings one word in a hundred
 * that near, so that it must be all that is asked for, no everyday word and no slip of one. The closest comes first;
 * software counts where ATT&CK describes it.
 */
export function byFaintTypo(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  const owners = faintOwners(parts, content, prefer);
  if (owners.length === 0 || isAllEnglish(parts, content.from, content.to)) return undefined;
  const glued = parts.tokens.glued(content.from, content.to);
  if (parts.nearEveryday.has(glued)) return undefined;
  return { ...content, owners, score: scores.faintTypo };
}

/** What a slip gives that is no actor and not well known, and beside it the actors that two slips would give. */
export function withFaint(parts: IndexParts, fit: Fit, prefer: readonly EntityType[]): Fit {
  if (isMeant(parts, fit.owners, prefer)) return fit;
  const actors = faintOwners(parts, fit, prefer).filter((owner) => hasWanted(parts, [owner], prefer));
  return actors.length === 0
    ? fit
    : { ...fit, owners: unique(parts, [...fit.owners, ...actors]).slice(0, maxChoices) };
}

/** Actors and well-known software two slips away from the content, best first. */
export function faintOwners(
  parts: IndexParts,
  { from, to }: Content,
  prefer: readonly EntityType[],
): readonly number[] {
  if (to < from) return [];
  const glued = parts.tokens.glued(from, to);
  const isOneWord = wordSpans(parts.tokens, from, to).length < 2;
  const found: TypoMatch[] = [];
  parts.typos.findFaint(glued, found);
  const longer: TypoMatch[] = [];
  parts.typos.find(glued, longer);
  const keys = [...found, ...longer.filter(({ distance }) => distance === 2)]
    .map(({ key }) => key)
    .filter((key) => isOneWord || (parts.names.wordCount[key] ?? 1) > 1)
    .filter((key) => isMeant(parts, ownersOf(parts.names, key, prefer), prefer))
    .slice(0, maxCompared);
  const close = closeness(
    glued,
    keys.map((key) => keyText(parts, key)),
  );
  const order = keys
    .map((key, at) => ({ key, close: (close[at] ?? 0) + (isLikeIn(glued, keyText(parts, key)) ? 1 : 0) }))
    .sort((a, b) => b.close - a.close);
  const owners = order
    .flatMap(({ key }) => [...ownersOf(parts.names, key, prefer)])
    .filter((owner) => isMeant(parts, [owner], prefer));
  return unique(parts, owners).slice(0, maxChoices);
}

const maxCompared = maxRanked * 2;

function isMeant(parts: IndexParts, owners: readonly number[], prefer: readonly EntityType[]): boolean {
  return hasWanted(parts, owners, prefer) || owners.some((owner) => isNotable(parts, owner));
}

/** The same first letter: people seldom miss it. */
function isLikeIn(typed: string, name: string): boolean {
  return typed.charCodeAt(0) === name.charCodeAt(0);
}
