import { assertNever } from '../support/assert-never.ts';
import type { IndexParts } from './index-parts.ts';
import type { Standing } from './standing.ts';
import { wordFlags } from './word-classes.ts';

/** Tokens of a text that may be a name. */
interface Place {
  readonly from: number;
  readonly to: number;
  readonly standing: Standing;
}

/** How many words on either side are looked at: for an everyday word, for a phrase, for a word written as a name. */
const reach = { everyday: 2, phrase: 8 } as const;
/** A text of more tokens than this is prose: in it "the family Christmas" names nothing. */
const maxQuestion = 32;
/** In a text of at most so many tokens, a word that is written as a name is meant as one. */
const maxShort = 16;

/**
 * True when the words around a name tell that it is one. An everyday word needs a word of the field right beside it
 * ("the Snake group", "malware called Snake"), and in prose one that only the field uses, there or elsewhere. A phrase
 * of everyday words, or one written as a name, needs a word of the field or the trade within eight words.
 */
export function hasContext(parts: IndexParts, place: Place, text: string): boolean {
  switch (place.standing) {
    case 'distinct':
      return true;
    case 'plain':
      return false;
    case 'written':
      return parts.tokens.count <= maxShort || isBesideField(parts, place, text) || isNearTrade(parts, place);
    case 'phrase':
      return isAskedFor(parts, place) || isNearTrade(parts, place);
    case 'everyday':
      return isBesideField(parts, place, text);
    default:
      return assertNever(place.standing);
  }
}

/** "anything on exotic lily", "how does old blade get in": a short question with the phrase where a name stands. */
function isAskedFor({ tokens, classes }: IndexParts, { from }: Place): boolean {
  if (tokens.count > maxShort) return false;
  return from === 0 || (classes.of(tokens, from - 1) & wordFlags.lead) !== 0;
}

function isNearTrade({ tokens, classes }: IndexParts, { from, to }: Place): boolean {
  const last = Math.min(tokens.count - 1, to + reach.phrase);
  for (let at = Math.max(0, from - reach.phrase); at <= last; at += 1) {
    if (at >= from && at <= to) continue;
    if ((classes.of(tokens, at) & (wordFlags.field | wordFlags.trade)) !== 0) return true;
  }
  return false;
}

function isBesideField(parts: IndexParts, place: Place, text: string): boolean {
  const flags = flagsBeside(parts, place, text);
  if ((flags & wordFlags.strong) !== 0) return true;
  if ((flags & wordFlags.field) === 0) return false;
  return parts.tokens.count <= maxQuestion || parts.fieldText.is(parts.tokens, parts.classes);
}

/** What the words beside say: the next ones, and those behind "called" or "the"; no comma or full stop lies between. */
function flagsBeside({ tokens, classes }: IndexParts, { from, to }: Place, text: string): number {
  let flags = 0;
  for (let step = 1; step <= reach.everyday; step += 1) {
    const at = to + step;
    if (at >= tokens.count || isParted(text, tokens.sourceEnd[at - 1], tokens.sourceStart[at])) break;
    const own = classes.of(tokens, at);
    if (step === 1) flags |= own;
    else flags |= own & wordFlags.strong;
  }
  for (let step = 1; step <= reach.everyday; step += 1) {
    const at = from - step;
    if (at < 0 || isParted(text, tokens.sourceEnd[at], tokens.sourceStart[at + 1])) break;
    const own = classes.of(tokens, at);
    const isCalled = step > 1 && (classes.of(tokens, from - 1) & wordFlags.caller) !== 0;
    if (step === 1 || isCalled) flags |= own;
    else flags |= own & wordFlags.strong;
  }
  return flags & (wordFlags.field | wordFlags.strong);
}

/** True where a mark that ends a part of a sentence lies between two positions. */
function isParted(text: string, from = 0, to = 0): boolean {
  const end = Math.min(to, from + maxGap);
  for (let at = from; at < end; at += 1) if (borders.includes(text[at] ?? '')) return true;
  return to > end;
}

const borders = '.,;:!?\n';
const maxGap = 8;
