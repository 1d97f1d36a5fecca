import type { EntityType } from '../../domain/entity-type.ts';
import { cutsWord } from '../borders.ts';
import type { Content } from '../content.ts';
import { isNear } from '../context.ts';
import { type WordSpan, wordSpans } from '../evidence/parts.ts';
import { closeness, maxRanked } from '../evidence/rank.ts';
import type { TypoMatch } from '../evidence/typos.ts';
import type { IndexParts } from '../index-parts.ts';
import { isNaturalPhrase, isSchemeHead, isSchemeNoun } from '../naming-schemes.ts';
import { ownersOf } from '../owners.ts';
import { maxChoices, scores } from '../scores.ts';

import { wordFlags } from '../word-classes.ts';
import { type Fit, hasType, hasWanted, isAllEnglish, isNotable, keyText, unique } from './fit.ts';
import { byWordSlips } from './word-slips.ts';

const minLength = 4;
const maxLength = 64;
/** Thousands of malware names are close to some word: what misspells only such a name must be longer. */
const minThingLength = 7;
const maxWords = 4;

/** Names that the whole content misspells by at most `slips`. A content of everyday words misspells nothing. */
export function byTypo(
  parts: IndexParts,
  { from, to }: Content,
  prefer: readonly EntityType[],
  slips: 1 | 2,
): Fit | undefined {
  if (to < from || isOrdinary(parts, from, to)) return undefined;
  const fit = typoFit(parts, from, to, prefer, isNotable);
  if (fit === undefined || (slips === 1 && fit.score !== scores.oneTypo)) return undefined;
  return withWordSlips(parts, fit, prefer);
}

/** "glod fahter" is nearer to a name of two such words than to a name of one word that it misspells when glued. */
function withWordSlips(parts: IndexParts, fit: Fit, prefer: readonly EntityType[]): Fit {
  const words = wordSpans(parts.tokens, fit.from, fit.to).length;
  if (words < 2 || fit.owners.every((owner) => parts.parts.wordsOf(owner).length === words)) return fit;
  const each = byWordSlips(parts, fit, prefer);
  if (each === undefined) return fit;
  return { ...each, owners: unique(parts, [...each.owners, ...fit.owners]).slice(0, maxChoices) };
}

/**
 * A whole question of two to four everyday words that is one slip away from an actor's name: "old melody". Chance
 * brings two words that near to a name once in ten thousand.
 */
export function byOrdinaryTypo(parts: IndexParts, prefer: readonly EntityType[]): Fit | undefined {
  const { tokens } = parts;
  const to = tokens.count - 1;
  const glued = tokens.glued(0, to);
  if (to < 1 || to >= maxWords || glued.length < minOrdinaryLength || isNaturalPhrase(glued))
    return undefined;
  const fit = typoFit(parts, 0, to, prefer);
  if (fit === undefined || fit.score !== scores.oneTypo) return undefined;
  const owners = fit.owners.filter((owner) => hasWanted(parts, [owner], prefer));
  return owners.length === 0 ? undefined : { ...fit, owners, score: scores.twoTypos };
}

const minOrdinaryLength = 8;

/** Everyday words only, unless one is of a vendor's naming scheme: "gene spider" is worth a look. */
function isOrdinary(parts: IndexParts, from: number, to: number): boolean {
  if (!isAllEnglish(parts, from, to)) return false;
  const { tokens } = parts;
  if (from === to || isNaturalPhrase(tokens.glued(from, to))) return true;
  return !isSchemeNoun(tokens.glued(to, to)) && !isSchemeHead(tokens.glued(from, from));
}

/** The longest part of a sentence that misspells a name, of one to four words, at least one no everyday word. */
export function byTypoInSentence(parts: IndexParts, prefer: readonly EntityType[]): Fit | undefined {
  const spans = wordSpans(parts.tokens, 0, parts.tokens.count - 1);
  for (let width = Math.min(maxWords, spans.length); width >= 1; width -= 1) {
    const best = bestOfWidth(parts, spans, width, prefer, 0, spans.length);
    if (best !== undefined) return best;
  }
  return undefined;
}

/**
 * A misspelt name around tokens that are a name themselves: "wizrad spyder" around the malware Spyder. Everyday words
 * beside them belong to it only where the whole is long.
 */
export function byTypoAround(
  parts: IndexParts,
  from: number,
  to: number,
  prefer: readonly EntityType[],
): Fit | undefined {
  const spans = wordSpans(parts.tokens, 0, parts.tokens.count - 1);
  const first = spans.findIndex((span) => span.to >= from);
  const last = spans.findIndex((span) => span.to >= to);
  for (let width = Math.min(maxWords, spans.length); width > last - first + 1; width -= 1) {
    const start = Math.max(0, last - width + 1);
    const end = Math.min(spans.length, first + width);
    const best = bestOfWidth(parts, spans, width, prefer, start, end, (left, right) => {
      const isLong =
        (parts.tokens.charEnd[right.to] ?? 0) - (parts.tokens.charStart[left.from] ?? 0) >= minLongLength;
      if (isSchemeNoun(right.text)) return true;
      const isBeside = (span: WordSpan): boolean => span.from > to || span.to < from;
      return (
        isLong ||
        spans
          .slice(spans.indexOf(left), spans.indexOf(right) + 1)
          .every((span) => !isBeside(span) || !isAllEnglish(parts, span.from, span.to))
      );
    });
    if (best !== undefined) return best;
  }
  return undefined;
}

const minLongLength = 12;

function bestOfWidth(
  parts: IndexParts,
  spans: readonly WordSpan[],
  width: number,
  prefer: readonly EntityType[],
  start: number,
  end: number,
  isWanted: (first: WordSpan, last: WordSpan) => boolean = () => true,
): Fit | undefined {
  let best: Fit | undefined;
  for (let at = start; at + width <= end; at += 1) {
    const first = spans[at];
    const last = spans[at + width - 1];
    if (first === undefined || last === undefined || !mayBeName(parts, first, last)) continue;
    if (width === 1 && isPlainThing(parts, first)) continue;
    if (!isWanted(first, last)) continue;
    const inner = spans.slice(at + 1, at + width - 1);
    const isGluable = inner.every((span) => (parts.classes.flags(span.text) & glue) === 0);
    const fit =
      (isGluable ? typoFit(parts, first.from, last.to, prefer) : undefined) ??
      (width > 1 ? byWordSlips(parts, { from: first.from, to: last.to }, prefer) : undefined);
    if (fit === undefined || !isFirm(parts, fit, prefer)) continue;
    if (best === undefined || fit.score > best.score) best = fit;
  }
  return best === undefined ? undefined : { ...best, score: sentenceScore(best.score) };
}

/** Words that no slip makes of a part of a name: "put the panda" is no Putter Panda. */
const glue = wordFlags.stop | wordFlags.determiner;

/** "the fulcrums": behind an article, and nothing near tells of attacks. */
function isPlainThing(parts: IndexParts, { from, to }: WordSpan): boolean {
  if (from === 0 || (parts.classes.of(parts.tokens, from - 1) & wordFlags.determiner) === 0) return false;
  return !isNear(parts, { from, to }, wordFlags.field | wordFlags.cue | wordFlags.trade);
}

const maxQuestionTokens = 14;

/**
 * In a sentence two slips lead to actors only, in a long one any slip; none leads to a technique, whose name is of
 * plain words.
 */
function isFirm(parts: IndexParts, fit: Fit, prefer: readonly EntityType[]): boolean {
  if (hasWanted(parts, fit.owners, prefer)) return true;
  if (parts.tokens.count > maxQuestionTokens) return false;
  return (
    fit.score === scores.oneTypo && fit.owners.some((owner) => hasType(parts, owner, ['malware', 'tool']))
  );
}

function sentenceScore(score: number): number {
  return score === scores.oneTypo ? scores.oneTypoInSentence : scores.twoTyposInSentence;
}

/** No name begins or ends with a word of the question's frame or inside a word or number, or has everyday words only. */
function mayBeName(parts: IndexParts, first: WordSpan, last: WordSpan): boolean {
  const { tokens, classes } = parts;
  const edge = wordFlags.frame | wordFlags.stop;
  if (((classes.flags(first.text) | classes.flags(last.text)) & edge) !== 0) return false;
  if ((classes.flags(first.text) & wordFlags.field) !== 0) return false;
  if (cutsWord(tokens, parts.names, first.from, last.to)) return false;
  return !isOrdinary(parts, first.from, last.to);
}

function typoFit(
  parts: IndexParts,
  from: number,
  to: number,
  prefer: readonly EntityType[],
  mayBeShort: (parts: IndexParts, owner: number) => boolean = () => false,
): Fit | undefined {
  const glued = parts.tokens.glued(from, to);
  if (glued.length > maxLength || glued.length < minLength) return undefined;
  const found: TypoMatch[] = [];
  parts.typos.find(glued, found);
  if (found.length === 0) return undefined;
  const distance = Math.min(...found.map((match) => match.distance));
  const keys = found.filter((match) => match.distance === distance).map((match) => match.key);
  const near = nearest(parts, glued, keys, prefer);
  const isShort = glued.length < minThingLength && !hasWanted(parts, near, prefer);
  const owners = isShort ? near.filter((owner) => mayBeShort(parts, owner)) : near;
  if (owners.length === 0) return undefined;
  return { from, to, owners, score: distance === 1 ? scores.oneTypo : scores.twoTypos };
}

/** Owners of equally distant names; where several entities fit, actors first, and the closest by fuse.js. */
function nearest(
  parts: IndexParts,
  glued: string,
  keys: readonly number[],
  prefer: readonly EntityType[],
): readonly number[] {
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) return ownersOf(parts.names, only, prefer);
  const kept = keys.slice(0, maxRanked);
  const close = closeness(
    glued,
    kept.map((key) => keyText(parts, key)),
  );
  const order = kept.map((key, at) => ({ key, close: close[at] ?? 0 })).sort((a, b) => b.close - a.close);
  const owners = order.flatMap(({ key }) => [...ownersOf(parts.names, key, prefer)]);
  const wanted = owners.filter((owner) => hasWanted(parts, [owner], prefer));
  return unique(parts, [...wanted, ...owners]);
}
