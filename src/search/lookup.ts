import type { EntityType } from '../domain/entity-type.ts';
import { type Content, contentOf, unframed } from './content.ts';
import { hasContext } from './context.ts';
import { wordSpans } from './evidence/parts.ts';
import { hashUnits } from './hash.ts';
import type { IndexParts } from './index-parts.ts';
import { byFaintTypo, withFaint } from './layers/faint-typo.ts';
import { type Fit, isAllEveryday, unique } from './layers/fit.ts';
import { byLetterShapes } from './layers/letter-shapes.ts';
import { byLoneWord } from './layers/lone-word.ts';
import { byLeadingWords, byLongPrefix, byPrefix, likelyBegun, withBeginnings } from './layers/prefix.ts';
import { suggestedOwners } from './layers/suggestions.ts';
import { byOrdinaryTypo, byTypo, byTypoAround, byTypoInSentence } from './layers/typo.ts';
import { byWordOrder } from './layers/word-order.ts';
import { byWordSlips } from './layers/word-slips.ts';
import { byWords } from './layers/words.ts';
import { byZeros } from './layers/zeros.ts';
import { isActor, isDerived, ownersOf } from './owners.ts';
import { answerOf, matchesOf, uuidMatches } from './results.ts';
import { maxChoices, scores } from './scores.ts';
import type { Lookup } from './types.ts';
import { findWindows, type Window } from './windows.ts';

/** Text beyond this is not read. */
export const maxLookupLength = 8_000;
/** A text of more tokens than this is prose: only exact names are looked for in it. */
const maxFuzzyTokens = 32;

/**
 * The layers, strongest evidence first; the first that has an answer gives it: UUIDs; the whole text as a name or an
 * id; names and ids inside it; a code with zeros too many in front of its number; the same words in another order; words of a name; one slip; letters written as digits;
 * the beginning of a name; two slips; a slip in each of several words; a misspelt part of a sentence; two slips of a
 * short name; a word of plain English that is the whole text and stands in a name. What is left are suggestions, but for sentences.
 */
export function lookUp(parts: IndexParts, text: string, prefer: readonly EntityType[]): Lookup {
  const byUuid = uuidMatches(parts.names, text);
  if (byUuid.length > 0) return answerOf(parts, byUuid, undefined);
  const { tokens, names } = parts;
  tokens.read(text, maxLookupLength);
  if (tokens.count === 0) return { kind: 'not-found' };
  const end = tokens.charEnd[tokens.count - 1] ?? 0;
  const whole = names.keys.findUnits(hashUnits(tokens.chars, 0, end), tokens.chars, 0, end);
  if (whole >= 0 && !startsWithArticle(parts)) {
    return exactAnswer(parts, text, { from: 0, to: tokens.count - 1, key: whole }, prefer);
  }
  const content = contentOf(tokens, parts.classes);
  const windows = findWindows(parts, text);
  const sure = windows.filter((window) => isSure(parts, window, content, text));
  const fit = sure.length > 0 ? widerFit(parts, sure, content, prefer) : fuzzyFit(parts, content, prefer);
  if (fit !== undefined) return answerOf(parts, matchesOf(parts, text, [fit], maxChoices), undefined);
  const [only] = sure;
  if (only === undefined) return suggestionsOf(parts, text, content, windows, prefer);
  if (sure.length === 1) return exactAnswer(parts, text, only, prefer);
  return answerOf(parts, matchesOf(parts, text, windowFits(parts, sure, prefer), maxChoices), undefined);
}

function startsWithArticle({ tokens }: IndexParts): boolean {
  return tokens.count > 1 && (tokens.charEnd[0] ?? 0) === 3 && tokens.glued(0, 0) === 'the';
}

/** The owners of a name that stands in the text as it is recorded. */
function exactAnswer(
  parts: IndexParts,
  text: string,
  { from, to, key }: Pick<Window, 'from' | 'to' | 'key'>,
  prefer: readonly EntityType[],
): Lookup {
  const owners = ownersOf(parts.names, key, prefer);
  if (owners.every((owner) => isDerived(parts.names, owner))) {
    return shortenedAnswer(parts, text, { from, to }, owners, prefer);
  }
  const score = to - from + 1 === parts.tokens.count ? scores.exact : scores.inSentence;
  const matches = matchesOf(parts, text, [{ from, to, owners, score }], Number.POSITIVE_INFINITY);
  return answerOf(parts, matches, key);
}

/** The owners of a shortened name, and where they are no actors, the actors that have it among their names' words. */
function shortenedAnswer(
  parts: IndexParts,
  text: string,
  part: Content,
  owners: readonly number[],
  prefer: readonly EntityType[],
): Lookup {
  const hasActor = owners.some((owner) => isActor(parts.names, owner));
  const actors = hasActor
    ? []
    : [...(byWords(parts, part, prefer)?.owners ?? []), ...likelyBegun(parts, part, prefer)];
  const fit = { ...part, owners: unique(parts, [...actors, ...owners]), score: scores.genericWord };
  return answerOf(parts, matchesOf(parts, text, [fit], maxChoices), undefined);
}

/** A distinct name is sure anywhere; another when it is all that the question names, or where the words around tell. */
function isSure(parts: IndexParts, window: Window, content: Content, text: string): boolean {
  const isAll = window.from <= content.from && window.to >= content.to;
  return (isAll && window.standing !== 'modifier') || hasContext(parts, window, text);
}

/** A misspelt, reordered or begun name that a found one is only a part of: "wizrad spyder" is not the malware Spyder. */
function widerFit(
  parts: IndexParts,
  sure: readonly Window[],
  content: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  const { tokens, classes } = parts;
  const [window] = sure;
  if (window === undefined || sure.length > maxParts || tokens.count > maxFuzzyTokens) return undefined;
  const named = unframed(tokens, classes);
  if (window.from <= named.from && window.to >= named.to) return byLongPrefix(parts, prefer);
  const reordered =
    byWordOrder(parts, named, prefer) ??
    byPrefix(parts, named, prefer) ??
    byLongPrefix(parts, prefer) ??
    byTypo(parts, { from: 0, to: tokens.count - 1 }, prefer, 1) ??
    byTypo(parts, named, prefer, lengthOfContent(parts, named) >= minTwiceMisspelt ? 2 : 1) ??
    byWordSlips(parts, named, prefer);
  if (reordered !== undefined || (window.from <= content.from && window.to >= content.to)) return reordered;
  const around = byTypoAround(parts, window.from, window.to, prefer);
  // More than one word is a name for itself, but where the whole is one slip away: "operatiion pawn storm".
  if (wordSpans(tokens, window.from, window.to).length > 1) {
    return around?.score === scores.oneTypoInSentence ? around : undefined;
  }
  // Two slips around the name of an actor are chance: "ransomhub use" is no RansomHouse.
  const isActorName = ownersOf(parts.names, window.key, prefer).some((owner) => isActor(parts.names, owner));
  return isActorName && around?.score !== scores.oneTypoInSentence ? undefined : around;
}

/** From this length on a name with two slips outweighs the exact name of one of its words. */
const minTwiceMisspelt = 14;

function lengthOfContent({ tokens }: IndexParts, { from, to }: Content): number {
  return to < from ? 0 : (tokens.charEnd[to] ?? 0) - (tokens.charStart[from] ?? 0);
}

/** More names than this in a text are names each, not parts of one. */
const maxParts = 2;

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
  if (parts.tokens.count > maxFuzzyTokens) return undefined;
  const whole = { from: 0, to: parts.tokens.count - 1 };
  const named = unframed(parts.tokens, parts.classes);
  const isFramed = named.from > whole.from || named.to < whole.to;
  const isNarrower = content.from > named.from || content.to < named.to;
  const asTyped =
    byZeros(parts, whole, prefer) ??
    (isFramed ? byZeros(parts, named, prefer) : undefined) ??
    byWordOrder(parts, whole, prefer) ??
    byWordOrder(parts, named, prefer) ??
    (isNarrower ? byWordOrder(parts, content, prefer) : undefined) ??
    byLeadingWords(parts, prefer) ??
    (isFramed ? byTypo(parts, whole, prefer, 1) : undefined) ??
    (isNarrower ? byTypo(parts, named, prefer, 1) : undefined) ??
    byWords(parts, content, prefer);
  if (asTyped !== undefined) return asTyped;
  const slip = byTypo(parts, content, prefer, 1);
  if (slip !== undefined) return withFaint(parts, withBeginnings(parts, slip, named, prefer), prefer);
  return (
    byLetterShapes(parts, content, prefer) ??
    byPrefix(parts, named, prefer) ??
    (isFramed ? byPrefix(parts, whole, prefer) : undefined) ??
    byLongPrefix(parts, prefer) ??
    byOrdinaryTypo(parts, prefer) ??
    (isFramed ? byTypo(parts, whole, prefer, 2) : undefined) ??
    byTypo(parts, named, prefer, 2) ??
    (isNarrower ? byTypo(parts, content, prefer, 2) : undefined) ??
    byWordSlips(parts, named, prefer) ??
    (isNarrower ? byWordSlips(parts, content, prefer) : undefined) ??
    byTypoInSentence(parts, prefer) ??
    byFaintTypo(parts, content, prefer) ??
    byLoneWord(parts, prefer)
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
  // "play nice everyone": beside other plain words a plain word is no name.
  const isPlain = isAllEveryday(parts, content.from, content.to);
  const meant = windows.filter(
    ({ standing, from, to }) =>
      standing !== 'modifier' && (!isPlain || (from <= content.from && to >= content.to)),
  );
  const named = meant.flatMap((window) => [...ownersOf(parts.names, window.key, prefer)]);
  const owners = suggestedOwners(parts, content, named, prefer);
  if (owners.length === 0) return { kind: 'not-found' };
  const fit = { from: content.from, to: content.to, owners, score: scores.suggestion };
  return { kind: 'suggest', suggestions: matchesOf(parts, text, [fit], maxChoices) };
}
