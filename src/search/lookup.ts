import type { EntityType } from '../domain/entity-type.ts';
import { type Content, contentOf } from './content.ts';
import {
  byLetterShapes,
  byPrefix,
  byTypo,
  byTypoInSentence,
  byWordOrder,
  byWords,
  type Fit,
  unique,
} from './fuzzy.ts';
import { hashUnits } from './hash.ts';
import type { IndexParts } from './index-parts.ts';
import { uuidIn } from './name-table.ts';
import { matchOf, ownersOf } from './owners.ts';
import { maxChoices, scores } from './scores.ts';
import { suggestedOwners } from './suggestions.ts';
import type { Lookup, Match } from './types.ts';
import { findWindows, hasContext, type Window } from './windows.ts';

/** Text beyond this is not read. */
export const maxLookupLength = 8_000;
/** A text of more words than this is prose: only exact names are looked for in it. */
const maxFuzzyTokens = 32;

/**
 * The layers, strongest evidence first; the first that has an answer gives it: UUIDs; the whole text as a name or an
 * id; names and ids inside it; the same words in another order; a misspelt whole; a misspelt part; letters written as
 * digits; one distinctive word of a name; the beginning of a name. What is left are suggestions.
 */
export function lookUp(parts: IndexParts, text: string, prefer: readonly EntityType[]): Lookup {
  const uuid = lookUpUuid(parts, text);
  if (uuid !== undefined) return uuid;
  const { tokens, names } = parts;
  tokens.read(text, maxLookupLength);
  if (tokens.count === 0) return { kind: 'not-found' };
  const end = tokens.charEnd[tokens.count - 1] ?? 0;
  const whole = names.keys.findUnits(hashUnits(tokens.chars, 0, end), tokens.chars, 0, end);
  if (whole >= 0) {
    const fit = {
      from: 0,
      to: tokens.count - 1,
      owners: ownersOf(names, whole, prefer),
      score: scores.exact,
    };
    return lookupOf(matchesOf(parts, text, [fit], Number.POSITIVE_INFINITY));
  }
  const content = contentOf(tokens, parts.classes);
  const windows = findWindows(tokens, names, parts.classes);
  const sure = windows.filter((window) => isSure(parts, window, content));
  if (sure.length > 0)
    return lookupOf(
      matchesOf(
        parts,
        text,
        windowFits(parts, sure, prefer),
        sure.length > 1 ? maxChoices : Number.POSITIVE_INFINITY,
      ),
    );
  const fit = fuzzyFit(parts, content, prefer);
  if (fit !== undefined) return lookupOf(matchesOf(parts, text, [fit], maxChoices));
  return suggestionsOf(parts, text, content, windows, prefer);
}

function lookUpUuid(parts: IndexParts, text: string): Lookup | undefined {
  if (text.length < 36) return undefined;
  const uuid = uuidIn(text);
  if (uuid === undefined) return undefined;
  const typed = /[a-z][a-z0-9-]*--[0-9a-f-]{36}/i.exec(text)?.[0].toLowerCase();
  const entities = parts.names.uuids.get(typed ?? uuid) ?? [];
  const matches = entities.flatMap((at): readonly Match[] => {
    const entity = parts.names.entities[at];
    if (entity === undefined) return [];
    return [{ entity, matched: { text: typed ?? uuid, name: typed ?? uuid, kind: 'id' }, score: scores.id }];
  });
  return matches.length === 0 ? undefined : lookupOf(matches);
}

/** A distinct name is sure anywhere; an everyday word when it is all that the question names, or beside a word of the field. */
function isSure(parts: IndexParts, window: Window, content: Content): boolean {
  if (window.isDistinct) return true;
  if (window.from === content.from && window.to === content.to) return true;
  return window.from <= content.from && window.to >= content.to
    ? true
    : hasContext(parts.tokens, parts.classes, window);
}

function windowFits(
  parts: IndexParts,
  windows: readonly Window[],
  prefer: readonly EntityType[],
): readonly Fit[] {
  return windows.map(({ from, to, key }) => ({
    from,
    to,
    owners: ownersOf(parts.names, key, prefer),
    score: scores.inSentence,
  }));
}

function fuzzyFit(parts: IndexParts, content: Content, prefer: readonly EntityType[]): Fit | undefined {
  if (content.to < content.from || parts.tokens.count > maxFuzzyTokens) return undefined;
  return (
    byWordOrder(parts, content, prefer) ??
    byTypo(parts, content, prefer) ??
    byLetterShapes(parts, content, prefer) ??
    byWords(parts, content, prefer) ??
    byPrefix(parts, content, prefer) ??
    byTypoInSentence(parts, prefer)
  );
}

function suggestionsOf(
  parts: IndexParts,
  text: string,
  content: Content,
  windows: readonly Window[],
  prefer: readonly EntityType[],
): Lookup {
  if (parts.tokens.count > maxFuzzyTokens) return { kind: 'not-found' };
  const named = windows.flatMap((window) => [...ownersOf(parts.names, window.key, prefer)]);
  const owners = unique(parts, [...named, ...suggestedOwners(parts, content, prefer)]).slice(0, maxChoices);
  if (owners.length === 0) return { kind: 'not-found' };
  const fit = { from: content.from, to: content.to, owners, score: scores.suggestion };
  return { kind: 'suggest', suggestions: matchesOf(parts, text, [fit], maxChoices) };
}

function matchesOf(parts: IndexParts, text: string, fits: readonly Fit[], limit: number): readonly Match[] {
  const { tokens, names } = parts;
  const matches: Match[] = [];
  const seen = new Set<number>();
  for (const fit of fits) {
    const part = text.slice(tokens.sourceStart[fit.from] ?? 0, tokens.sourceEnd[fit.to] ?? 0);
    for (const owner of fit.owners) {
      const entity = names.ownerEntity[owner] ?? 0;
      const match = matchOf(names, owner, part, fit.score);
      if (match === undefined || seen.has(entity) || matches.length >= limit) continue;
      seen.add(entity);
      matches.push(
        match.matched.kind === 'id' && fit.score >= scores.inSentence
          ? { ...match, score: scores.id }
          : match,
      );
    }
  }
  return matches;
}

function lookupOf(matches: readonly Match[]): Lookup {
  const [first] = matches;
  if (first === undefined) return { kind: 'not-found' };
  return matches.length === 1 ? { kind: 'found', match: first } : { kind: 'ambiguous', matches };
}
