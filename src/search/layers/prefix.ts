import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import { withoutThe, wordSpans } from '../evidence/parts.ts';
import type { IndexParts } from '../index-parts.ts';
import { isNaturalPhrase } from '../naming-schemes.ts';
import { ownersOf } from '../owners.ts';
import { maxChoices, scores } from '../scores.ts';
import { type Fit, hasWanted, isAllEveryday, isNotable, keyText, preferred, unique } from './fit.ts';

const minLength = 4;
const minThingLength = 6;
/** A beginning that more names share says too little. */
const maxKeys = 64;
/** The part of a name that must be typed: more of a short beginning, and of a malware's name. */
const minShare = { short: 0.5, actor: 0.3, thing: 0.6 } as const;

/** Names that begin with the content: "oceanlo". Actors come first, and where little is missing before where much is. */
export function byPrefix(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  if (isComplete(parts, content)) return undefined;
  const owners = begunOwners(parts, content, prefer);
  return owners.length === 0 ? undefined : { ...content, owners, score: scores.prefix };
}

/**
 * Actors of whose name of several words the whole question, of several words itself, is the better part: "blue mocking".
 * Everyday words may be a beginning here, as hardly two of them begin a name by chance.
 */
export function byLongPrefix(parts: IndexParts, prefer: readonly EntityType[]): Fit | undefined {
  const { tokens } = parts;
  const to = tokens.count - 1;
  const glued = tokens.glued(0, to);
  if (to < 1 || to >= maxLongTokens || glued.length < minLongLength || isNaturalPhrase(glued))
    return undefined;
  const content = { from: 0, to };
  const owners = likelyBegun(parts, content, prefer);
  return owners.length === 0 ? undefined : { ...content, owners, score: scores.prefix };
}

/**
 * The one actor whose name has all words of the text but the last as its first words, and begins the next with that:
 * "Fox Kit". Where two do, the beginning says too little.
 */
export function byLeadingWords(parts: IndexParts, prefer: readonly EntityType[]): Fit | undefined {
  const { tokens } = parts;
  const to = tokens.count - 1;
  if (to < 1 || to >= maxLongTokens) return undefined;
  const typed = withoutThe(wordSpans(tokens, 0, to)).map((span) => span.text);
  const last = typed.pop() ?? '';
  const glued = tokens.glued(0, to);
  if (typed.length === 0 || last.length < minBegun || glued.length < minLeading || isNaturalPhrase(glued))
    return undefined;
  const keys = parts.prefixes.find(glued, maxKeys);
  if (keys.length === maxKeys) return undefined;
  const owners = keys
    .flatMap((key) => [...ownersOf(parts.names, key, prefer)])
    .filter((owner) => {
      const words = parts.parts.wordsOf(owner).filter((word) => word !== 'the');
      return typed.every((word, at) => words[at] === word) && words[typed.length]?.startsWith(last) === true;
    });
  const [only, second] = unique(parts, owners);
  if (only === undefined || second !== undefined || !hasWanted(parts, [only], prefer)) return undefined;
  return { from: 0, to, owners: [only], score: scores.prefix };
}

const minBegun = 2;
const minLeading = 6;

const minLongLength = 8;
const maxLongTokens = 5;

/** Actors of whose name the content is the better part. */
export function likelyBegun(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): readonly number[] {
  const glued = parts.tokens.glued(content.from, content.to);
  return begunOwners(parts, content, prefer).filter(
    (owner) => hasWanted(parts, [owner], prefer) && isLikely(shareOfOwner(parts, glued, owner)),
  );
}

/** Owners of names that begin with the content, of which enough is typed, best first. */
export function begunOwners(
  parts: IndexParts,
  content: Content,
  prefer: readonly EntityType[],
): readonly number[] {
  if (content.to < content.from) return [];
  const glued = parts.tokens.glued(content.from, content.to);
  if (glued.length < minLength) return [];
  const keys = parts.prefixes.find(glued, maxKeys);
  if (keys.length === maxKeys) return [];
  const begun = keys.flatMap((key) => {
    const share = shareOf(parts, glued, key);
    return ownersOf(parts.names, key, prefer)
      .filter((owner) => share >= minShareOf(parts, owner, glued.length, prefer))
      .map((owner) => ({ owner, share }));
  });
  begun.sort((a, b) => Number(isLikely(b.share)) - Number(isLikely(a.share)) || b.share - a.share);
  const kept = preferred(
    parts,
    unique(
      parts,
      begun.map(({ owner }) => owner),
    ),
    prefer,
  );
  const wanted = kept.filter((owner) => hasWanted(parts, [owner], prefer));
  return unique(parts, [...wanted, ...kept]);
}

function minShareOf(parts: IndexParts, owner: number, length: number, prefer: readonly EntityType[]): number {
  if (hasWanted(parts, [owner], prefer)) return length === minLength ? minShare.short : minShare.actor;
  const isEnough = length >= (isNotable(parts, owner) ? minLength + 1 : minThingLength);
  return isEnough ? minShare.thing : Number.POSITIVE_INFINITY;
}

/** How much of a name is typed; a general word at its end counts for nothing. */
function shareOf(parts: IndexParts, glued: string, key: number): number {
  const name = keyText(parts, key);
  const told = (parts.names.wordCount[key] ?? 1) < 2 ? name : name.replace(/(?:group|team|gang)$/, '');
  return glued.length / Math.max(glued.length, told.length);
}

function shareOfOwner(parts: IndexParts, glued: string, owner: number): number {
  return shareOf(parts, glued, parts.names.ownerKey[owner] ?? -1);
}

/** From this share of a name on its beginning says more than a slip does. */
const likelyShare = 0.6;

function isLikely(share: number): boolean {
  return share >= likelyShare;
}

/**
 * A misspelt name may as well be the beginning of a longer one ("promethi"): then both are given, the longer first where
 * little of it is missing and it is an actor's, or the other is not.
 */
export function withBeginnings(
  parts: IndexParts,
  fit: Fit,
  content: Content,
  prefer: readonly EntityType[],
): Fit {
  const begun = byPrefix(parts, content, prefer);
  if (begun === undefined) return fit;
  const glued = parts.tokens.glued(content.from, content.to);
  const likely = begun.owners.filter((owner) => isLikely(shareOfOwner(parts, glued, owner)));
  const isFirst =
    hasWanted(parts, likely, prefer) || (likely.length > 0 && !hasWanted(parts, fit.owners, prefer));
  const owners = isFirst ? [...likely, ...fit.owners, ...begun.owners] : [...fit.owners, ...begun.owners];
  return { ...fit, owners: unique(parts, owners).slice(0, maxChoices) };
}

/** Everyday words only, the last of them typed to its end: "dancing s" may go on, "dancing shoes" does not. */
function isComplete(parts: IndexParts, { from, to }: Content): boolean {
  const isBegun = to > from && parts.tokens.glued(to, to).length <= maxBegun;
  return isAllEveryday(parts, from, isBegun ? to - 1 : to) && !isBegun;
}

const maxBegun = 2;
