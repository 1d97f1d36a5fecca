import type { EntityType } from '../domain/entity-type.ts';
import type { Content } from './content.ts';
import { orderHash, type WordSpan, wordSpans } from './evidence/parts.ts';
import { closeness, maxRanked } from './evidence/rank.ts';
import type { TypoMatch } from './evidence/typos.ts';
import type { IndexParts } from './index-parts.ts';
import { joints, tokenKinds } from './normalize/tokens.ts';
import { ownersOf, ranked } from './owners.ts';
import { scores } from './scores.ts';
import { wordFlags } from './word-classes.ts';

/** Owners that fit a part of the text, best first, all with one score. */
export interface Fit {
  readonly from: number;
  readonly to: number;
  readonly owners: readonly number[];
  readonly score: number;
}

/** The same words in another order. */
export function byWordOrder(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  for (const { from, to } of [{ from: 0, to: parts.tokens.count - 1 }, content]) {
    const spans = wordSpans(parts.tokens, from, to);
    if (spans.length < 2 || spans.length > maxOrderedWords) continue;
    const keys = parts.parts.inAnyOrder(
      spans.map((span) => span.text),
      orderHash(parts.tokens, spans),
    );
    if (keys.length > 0)
      return { from, to, owners: ownersOfKeys(parts, keys, prefer), score: scores.wordOrder };
  }
  return undefined;
}

const maxOrderedWords = 8;

/** Names whose letters are written with digits that look like them: "laz4rus", "l0ckbit". Only names without digits. */
export function byLetterShapes(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  const glued = parts.tokens.glued(content.from, content.to);
  if (glued.length < minShapedLength || !/\d/.test(glued)) return undefined;
  for (const one of ['l', 'i']) {
    const key = parts.names.keys.find(
      glued.replace(/[01345]/g, (digit) => (digit === '1' ? one : (shapes[digit] ?? digit))),
    );
    if (key >= 0 && !/\d/.test(parts.names.keys.keys[key] ?? '')) {
      return { ...content, owners: ownersOf(parts.names, key, prefer), score: scores.letterShapes };
    }
  }
  return undefined;
}

const minShapedLength = 5;
const shapes: Readonly<Record<string, string>> = { '0': 'o', '3': 'e', '4': 'a', '5': 's' };

/** Names that the whole content misspells. A content of everyday words misspells nothing. */
export function byTypo(parts: IndexParts, content: Content, prefer: readonly EntityType[]): Fit | undefined {
  if (isAllEveryday(parts, content.from, content.to)) return undefined;
  return typoFit(parts, content.from, content.to, prefer, content.from === content.to ? 0 : 1);
}

/** The longest part of a sentence that misspells a name, of one to four words, at least one no everyday word. */
export function byTypoInSentence(parts: IndexParts, prefer: readonly EntityType[]): Fit | undefined {
  const { tokens } = parts;
  if (tokens.count > maxSentenceTokens) return undefined;
  const spans = wordSpans(tokens, 0, tokens.count - 1);
  for (let width = Math.min(maxTypoWords, spans.length); width >= 1; width -= 1) {
    const fits: Fit[] = [];
    for (let at = 0; at + width <= spans.length; at += 1) {
      const from = spans[at]?.from ?? 0;
      const to = spans[at + width - 1]?.to ?? 0;
      if (isFramed(parts, spans[at], spans[at + width - 1]) || isAllEveryday(parts, from, to)) continue;
      if (hasDottedBorder(parts, from, to)) continue;
      const fit = typoFit(parts, from, to, prefer, width > 1 ? 1 : 0);
      if (fit !== undefined) fits.push({ ...fit, score: sentenceScore(fit.score) });
    }
    const best = fits.sort((a, b) => b.score - a.score)[0];
    if (best !== undefined) return best;
  }
  return undefined;
}

const maxSentenceTokens = 32;
const maxTypoWords = 4;

function sentenceScore(score: number): number {
  return score === scores.oneTypo ? scores.oneTypoInSentence : scores.twoTyposInSentence;
}

function typoFit(
  parts: IndexParts,
  from: number,
  to: number,
  prefer: readonly EntityType[],
  extraLetters: number,
): Fit | undefined {
  const glued = parts.tokens.glued(from, to);
  if (glued.length > maxTypoLength || glued.length < minTypoLength + extraLetters) return undefined;
  const found: TypoMatch[] = [];
  parts.typos.find(glued, found);
  if (found.length === 0) return undefined;
  const distance = Math.min(...found.map((match) => match.distance));
  const keys = found.filter((match) => match.distance === distance).map((match) => match.key);
  const score = distance === 1 ? scores.oneTypo : scores.twoTypos;
  return { from, to, owners: nearest(parts, glued, keys, prefer), score };
}

const minTypoLength = 4;
const maxTypoLength = 64;

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
    kept.map((key) => parts.names.keys.keys[key] ?? ''),
  );
  const order = kept.map((key, at) => ({ key, close: close[at] ?? 0 })).sort((a, b) => b.close - a.close);
  return unique(
    parts,
    order.flatMap(({ key }) => [...ownersOf(parts.names, key, prefer)]),
  );
}

/** One distinctive word, or several, of a longer name: all words of the content are in the name. */
export function byWords(parts: IndexParts, content: Content, prefer: readonly EntityType[]): Fit | undefined {
  const spans = wordSpans(parts.tokens, content.from, content.to);
  const rare = spans
    .filter((span) => !isAllEveryday(parts, span.from, span.to) && parts.parts.count(span.text) > 0)
    .sort((a, b) => parts.parts.count(a.text) - parts.parts.count(b.text))[0];
  if (rare === undefined || parts.parts.count(rare.text) > maxSharers) return undefined;
  const wanted = spans.map((span) => span.text);
  const fitting = parts.parts.owners(rare.text, maxSharers).filter((owner) => {
    const words = parts.parts.wordsOf(owner);
    return wanted.every((word) => words.includes(word));
  });
  if (fitting.length === 0) return undefined;
  const bare = fitting.filter((owner) => isBare(parts, owner, wanted));
  const kept = bare.length > 0 ? bare : fitting;
  const preferred = kept.filter((owner) => hasType(parts, owner, prefer));
  return {
    ...content,
    owners: ranked(parts.names, preferred.length > 0 ? preferred : kept),
    score: bare.length > 0 ? scores.genericWord : scores.distinctiveWord,
  };
}

const maxSharers = 24;

/** True when the name says nothing more than the wanted words and words such as "group". */
function isBare(parts: IndexParts, owner: number, wanted: readonly string[]): boolean {
  return parts.parts
    .wordsOf(owner)
    .every(
      (word) =>
        wanted.includes(word) || (parts.classes.flags(word) & (wordFlags.field | wordFlags.stop)) !== 0,
    );
}

/** Names that begin with the content. */
export function byPrefix(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  const glued = parts.tokens.glued(content.from, content.to);
  if (glued.length < minPrefix || isAllEveryday(parts, content.from, content.to)) return undefined;
  const keys = parts.prefixes.find(glued, maxPrefixKeys);
  if (keys.length === 0 || keys.length === maxPrefixKeys) return undefined;
  const isShort = glued.length === minPrefix;
  const close = isShort
    ? keys.filter((key) => (parts.names.keys.keys[key] ?? '').length <= 2 * minPrefix)
    : keys;
  const all = unique(
    parts,
    close.flatMap((key) => [...ownersOf(parts.names, key, prefer)]),
  );
  const preferred = all.filter((owner) => hasType(parts, owner, prefer));
  const kept = preferred.length > 0 ? preferred : all;
  if (kept.length === 0) return undefined;
  return { ...content, owners: ranked(parts.names, kept), score: scores.prefix };
}

const minPrefix = 4;
const maxPrefixKeys = 64;

export function hasType(parts: IndexParts, owner: number, types: readonly EntityType[]): boolean {
  const type = parts.names.entities[parts.names.ownerEntity[owner] ?? -1]?.type;
  return type !== undefined && types.includes(type);
}

/** True when every word of the tokens is an everyday word. Numbers are no words. */
export function isAllEveryday(parts: IndexParts, from: number, to: number): boolean {
  for (let at = from; at <= to; at += 1) {
    const isWord = parts.tokens.kind[at] === tokenKinds.letters;
    if (!isWord) return false;
    const flags = parts.classes.flags(parts.tokens.glued(at, at));
    if ((flags & (wordFlags.everyday | wordFlags.frame | wordFlags.field)) === 0) return false;
  }
  return true;
}

/** One owner an entity, in the order given. */
export function unique(parts: IndexParts, owners: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  return owners.filter((owner) => {
    const entity = parts.names.ownerEntity[owner] ?? 0;
    if (seen.has(entity)) return false;
    seen.add(entity);
    return true;
  });
}

function ownersOfKeys(
  parts: IndexParts,
  keys: readonly number[],
  prefer: readonly EntityType[],
): readonly number[] {
  return ranked(
    parts.names,
    keys.flatMap((key) => [...ownersOf(parts.names, key, prefer)]),
  );
}

/** True when a part begins or ends with a word of the question's frame or a glue word. */
function isFramed(parts: IndexParts, first: WordSpan | undefined, last: WordSpan | undefined): boolean {
  return [first, last].some(
    (span) =>
      span !== undefined &&
      (parts.classes.flags(span.text) & (wordFlags.frame | wordFlags.stop | wordFlags.field)) !== 0,
  );
}

function hasDottedBorder(parts: IndexParts, from: number, to: number): boolean {
  const { tokens } = parts;
  return (
    tokens.joint[from] === joints.dotted || (to + 1 < tokens.count && tokens.joint[to + 1] === joints.dotted)
  );
}
