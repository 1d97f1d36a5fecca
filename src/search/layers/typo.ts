import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import { type WordSpan, wordSpans } from '../evidence/parts.ts';
import { closeness, maxRanked } from '../evidence/rank.ts';
import type { TypoMatch } from '../evidence/typos.ts';
import type { IndexParts } from '../index-parts.ts';
import { joints } from '../normalize/tokens.ts';
import { ownersOf } from '../owners.ts';
import { scores } from '../scores.ts';
import { wordFlags } from '../word-classes.ts';
import { type Fit, hasWanted, isAllEveryday, keyText, unique } from './fit.ts';

const minLength = 4;
const maxLength = 64;
/** Thousands of malware names are close to some word: what misspells only such a name must be longer. */
const minThingLength = 7;
const maxWords = 4;

/** Names that the whole content misspells. A content of everyday words misspells nothing. */
export function byTypo(parts: IndexParts, content: Content, prefer: readonly EntityType[]): Fit | undefined {
  if (isAllEveryday(parts, content.from, content.to)) return undefined;
  return typoFit(parts, content.from, content.to, prefer);
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

/** A misspelt name around tokens that are a name themselves: "wizrad spyder" around the malware Spyder. */
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
    const best = bestOfWidth(
      parts,
      spans,
      width,
      prefer,
      Math.max(0, last - width + 1),
      Math.min(spans.length, first + width),
    );
    if (best !== undefined) return best;
  }
  return undefined;
}

function bestOfWidth(
  parts: IndexParts,
  spans: readonly WordSpan[],
  width: number,
  prefer: readonly EntityType[],
  start: number,
  end: number,
): Fit | undefined {
  let best: Fit | undefined;
  for (let at = start; at + width <= end; at += 1) {
    const first = spans[at];
    const last = spans[at + width - 1];
    if (first === undefined || last === undefined || !mayBeName(parts, first, last)) continue;
    const fit = typoFit(parts, first.from, last.to, prefer);
    if (fit !== undefined && (best === undefined || fit.score > best.score)) best = fit;
  }
  return best === undefined ? undefined : { ...best, score: sentenceScore(best.score) };
}

function sentenceScore(score: number): number {
  return score === scores.oneTypo ? scores.oneTypoInSentence : scores.twoTyposInSentence;
}

/** No name begins or ends with a word of the question's frame, inside a domain, or has everyday words only. */
function mayBeName(parts: IndexParts, first: WordSpan, last: WordSpan): boolean {
  const { tokens, classes } = parts;
  const edge = wordFlags.frame | wordFlags.stop | wordFlags.field;
  if (((classes.flags(first.text) | classes.flags(last.text)) & edge) !== 0) return false;
  if (tokens.joint[first.from] === joints.dotted) return false;
  if (last.to + 1 < tokens.count && tokens.joint[last.to + 1] === joints.dotted) return false;
  return !isAllEveryday(parts, first.from, last.to);
}

function typoFit(
  parts: IndexParts,
  from: number,
  to: number,
  prefer: readonly EntityType[],
): Fit | undefined {
  const glued = parts.tokens.glued(from, to);
  if (glued.length > maxLength || glued.length < minLength) return undefined;
  const found: TypoMatch[] = [];
  parts.typos.find(glued, found);
  if (found.length === 0) return undefined;
  const distance = Math.min(...found.map((match) => match.distance));
  const keys = found.filter((match) => match.distance === distance).map((match) => match.key);
  const owners = nearest(parts, glued, keys, prefer);
  if (glued.length < minThingLength && !hasWanted(parts, owners, prefer)) return undefined;
  return { from, to, owners, score: distance === 1 ? scores.oneTypo : scores.twoTypos };
}

/** Owners of equally distant names; where several entities fit, the closest by fuse.js first. */
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
  return unique(
    parts,
    order.flatMap(({ key }) => [...ownersOf(parts.names, key, prefer)]),
  );
}
