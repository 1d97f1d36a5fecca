import type { EntityType } from '../domain/entity-type.ts';
import { type Content, contentOf } from './content.ts';
import { wordSpans } from './evidence/parts.ts';
import { hashUnits } from './hash.ts';
import type { IndexParts } from './index-parts.ts';
import { type Fit, unique } from './layers/fit.ts';
import { byLetterShapes } from './layers/letter-shapes.ts';
import { byPrefix } from './layers/prefix.ts';
import { suggestedOwners } from './layers/suggestions.ts';
import { byTypo, byTypoAround, byTypoInSentence } from './layers/typo.ts';
import { byWordOrder } from './layers/word-order.ts';
import { byWords } from './layers/words.ts';
import { isDerived, ownersOf } from './owners.ts';
import { answerOf, matchesOf, uuidMatches } from './results.ts';
import { maxChoices, scores } from './scores.ts';
import type { Lookup } from './types.ts';
import { findWindows, hasContext, type Window } from './windows.ts';

/** Text beyond this is not read. */
export const maxLookupLength = 8_000;
/** A text of more tokens than this is prose: only exact names are looked for in it. */
const maxFuzzyTokens = 32;
const maxNameWords = 5;

/**
 * The layers, strongest evidence first; the first that has an answer gives it: UUIDs; the whole text as a name or an
 * id; names and ids inside it; the same words in another order; a misspelt whole; letters written as digits; words of
 * a name; the beginning of a name; a misspelt part. What is left are suggestions.
 */
export function lookUp(parts: IndexParts, text: string, prefer: readonly EntityType[]): Lookup {
  const byUuid = uuidMatches(parts.names, text);
  if (byUuid.length > 0) return answerOf(parts, byUuid, undefined);
  const { tokens, names } = parts;
  tokens.read(text, maxLookupLength);
  if (tokens.count === 0) return { kind: 'not-found' };
  const end = tokens.charEnd[tokens.count - 1] ?? 0;
  const whole = names.keys.findUnits(hashUnits(tokens.chars, 0, end), tokens.chars, 0, end);
  if (whole >= 0)
    return exactAnswer(parts, text, { from: 0, to: tokens.count - 1, key: whole }, prefer, true);
  const content = contentOf(tokens, parts.classes);
  const windows = findWindows(parts, text);
  const sure = windows.filter((window) => isSure(parts, window, content));
  const fit = sure.length > 0 ? widerFit(parts, sure, content, prefer) : fuzzyFit(parts, content, prefer);
  if (fit !== undefined) return answerOf(parts, matchesOf(parts, text, [fit], maxChoices), undefined);
  const [only] = sure;
  if (only !== undefined && sure.length === 1) return exactAnswer(parts, text, only, prefer, false);
  if (sure.length > 1)
    return answerOf(parts, matchesOf(parts, text, windowFits(parts, sure, prefer), maxChoices), undefined);
  return suggestionsOf(parts, text, content, windows, prefer);
}

function exactAnswer(
  parts: IndexParts,
  text: string,
  { from, to, key }: Pick<Window, 'from' | 'to' | 'key'>,
  prefer: readonly EntityType[],
  isWhole: boolean,
): Lookup {
  const owners = ownersOf(parts.names, key, prefer);
  const score = exactScore(parts, owners, isWhole);
  const matches = matchesOf(parts, text, [{ from, to, owners, score }], Number.POSITIVE_INFINITY);
  return answerOf(parts, matches, key);
}

function exactScore(parts: IndexParts, owners: readonly number[], isWhole: boolean): number {
  if (owners.every((owner) => isDerived(parts.names, owner))) return scores.genericWord;
  return isWhole ? scores.exact : scores.inSentence;
}

/** A distinct name is sure anywhere; another when it is all that the question names, or where the words around tell. */
function isSure(parts: IndexParts, window: Window, content: Content): boolean {
  if (window.standing === 'distinct') return true;
  if (window.from <= content.from && window.to >= content.to) return true;
  return hasContext(parts, window);
}

/** A misspelt or reordered name that a found one is only a part of: "wizrad spyder" is not the malware Spyder. */
function widerFit(
  parts: IndexParts,
  sure: readonly Window[],
  content: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  const [window] = sure;
  if (window === undefined || sure.length > 1 || parts.tokens.count > maxFuzzyTokens) return undefined;
  if (window.from <= content.from && window.to >= content.to) return undefined;
  if (wordSpans(parts.tokens, window.from, window.to).length > 1) return undefined;
  const isShort = content.to - content.from < 2 * maxNameWords;
  return (
    (isShort ? byWordOrder(parts, content, prefer) : undefined) ??
    byTypoAround(parts, window.from, window.to, prefer)
  );
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
