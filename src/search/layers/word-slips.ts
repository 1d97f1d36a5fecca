import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import { boundedDistance } from '../edit-distance.ts';
import { type WordSpan, wordSpans } from '../evidence/parts.ts';
import type { IndexParts } from '../index-parts.ts';
import { isActor, ranked } from '../owners.ts';
import { maxChoices, scores } from '../scores.ts';
import { soundOf } from '../sounds.ts';
import { type Fit, hasWanted, isAllEveryday, preferred, unique } from './fit.ts';

const maxWords = 4;
/** Words of names near one of the text's, and owners of names with such a word, that are compared at most. */
const most = { near: 24, owners: 256 } as const;
const shortLength = 3;
const middleLength = 5;
const longWordCost = 2;

/**
 * Names of two to four words each of which the text misspells, in this order or another: "midnite blizard". A word
 * misspells another by up to two slips, or by how it sounds. All words of the name must be there.
 */
export function byWordSlips(
  parts: IndexParts,
  { from, to }: Content,
  prefer: readonly EntityType[],
): Fit | undefined {
  if (to - from >= 2 * maxWords) return undefined;
  const spans = wordSpans(parts.tokens, from, to).filter((span) => span.text !== 'the');
  if (spans.length < 2 || spans.length > maxWords || !mayMisspell(parts, spans)) return undefined;
  const typed = spans.map((span) => span.text);
  let least = Number.POSITIVE_INFINITY;
  let owners: number[] = [];
  for (const owner of candidates(parts, typed)) {
    const words = parts.parts.wordsOf(owner).filter((word) => word !== 'the');
    const cost = costOf(typed, words);
    if (cost > least) continue;
    if (cost < least) owners = [];
    least = cost;
    owners.push(owner);
  }
  if (!Number.isFinite(least)) return undefined;
  const kept = unique(parts, preferred(parts, ranked(parts.names, owners), prefer)).filter((owner) =>
    hasWanted(parts, [owner], prefer),
  );
  if (kept.length === 0) return undefined;
  return { from, to, owners: kept.slice(0, maxChoices), score: least < 2 ? scores.oneTypo : scores.twoTypos };
}

/** Everyday words only are as written, and digits are never a slip. */
function mayMisspell(parts: IndexParts, spans: readonly WordSpan[]): boolean {
  return (
    spans.every((span) => !/\d/.test(span.text)) &&
    spans.some((span) => !isAllEveryday(parts, span.from, span.to))
  );
}

/** Actors with a word near one of the typed, those with the rarest first. */
function candidates(parts: IndexParts, typed: readonly string[]): readonly number[] {
  const anchors = typed
    .filter((word) => word.length >= middleLength)
    .map((word) => parts.parts.near(word).slice(0, most.near))
    .map((near) => ({ near, count: near.reduce((sum, one) => sum + parts.parts.count(one), 0) }))
    .sort((a, b) => a.count - b.count);
  const owners = new Set<number>();
  for (const { near } of anchors) {
    for (const word of near) {
      for (const owner of parts.parts.owners(word, most.owners)) {
        if (owners.size < most.owners && isActor(parts.names, owner)) owners.add(owner);
      }
    }
  }
  return [...owners];
}

/** What it costs to read the typed words as the name's, in the best order; infinite where they are not. */
function costOf(typed: readonly string[], words: readonly string[]): number {
  if (typed.length !== words.length) return Number.POSITIVE_INFINITY;
  const left = [...words];
  let sum = 0;
  typed.forEach((word, place) => {
    let least: number = Number.POSITIVE_INFINITY;
    let taken = -1;
    left.forEach((one, at) => {
      const cost = wordCost(word, one) + (one === words[place] ? 0 : outOfOrder);
      if (cost >= least) return;
      least = cost;
      taken = at;
    });
    if (taken >= 0) left.splice(taken, 1);
    sum += least;
  });
  return sum;
}

/** Words in another order weigh a little, so that a name in the order typed comes before one in another. */
const outOfOrder = 0.25;

function wordCost(typed: string, word: string): number {
  if (typed === word) return 0;
  const allowed = mostSlips(typed, word);
  const slips = boundedDistance(typed, word, longWordCost);
  if (slips <= allowed) return slips;
  return word.length > shortLength && soundOf(typed) === soundOf(word) ? allowed : Number.POSITIVE_INFINITY;
}

/** How many slips of a word are one: fewer of a shorter, of three letters only beside a longer with the same beginning. */
function mostSlips(typed: string, word: string): number {
  const length = Math.min(typed.length, word.length);
  if (length > middleLength) return longWordCost;
  if (length > shortLength) return 1;
  return length === shortLength && typed.length !== word.length && typed[0] === word[0] ? 1 : 0;
}
