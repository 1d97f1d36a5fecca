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
/** A text of more tokens than this is no short question. */
const maxShort = 16;

/**
 * True when the words around a name tell that it is one. An everyday word needs a word of the field right beside it
 * ("the Snake group", "malware called Snake"), and with a word that others use too, the text must be about the field. A
 * phrase of everyday words, or one written as a name, needs a word of the field or the trade within eight words, or to
 * stand where a question has its name; a rare word the same, and no article.
 */
export function hasContext(parts: IndexParts, place: Place, text: string): boolean {
  switch (place.standing) {
    case 'distinct':
      return true;
    case 'plain':
      return false;
    case 'modifier':
      return isNamedSo(parts, place);
    case 'written':
    case 'phrase':
      return (
        isAskedFor(parts, place) ||
        isNear(parts, place, wordFlags.field | wordFlags.trade) ||
        isBesideField(parts, place, text)
      );
    case 'rare':
      return isBesideField(parts, place, text) || isRareName(parts, place);
    case 'everyday':
      return isBesideField(parts, place, text);
    default:
      return assertNever(place.standing);
  }
}

/** "anything on exotic lily", "how does old blade get in": a short question with the phrase where a name stands. */
function isAskedFor({ tokens, classes }: IndexParts, { from }: Place): boolean {
  if (tokens.count > maxShort) return false;
  return from > 0 && (classes.of(tokens, from - 1) & wordFlags.lead) !== 0;
}

/** "the malware named Russian". */
function isNamedSo({ tokens, classes }: IndexParts, { from }: Place): boolean {
  return from > 0 && (classes.of(tokens, from - 1) & wordFlags.namer) !== 0;
}

/** "machete targets banks", "new on machete"; "a machete" is a thing. */
function isRareName(parts: IndexParts, place: Place): boolean {
  const { tokens, classes } = parts;
  const { from, to } = place;
  const before = from > 0 ? classes.of(tokens, from - 1) : 0;
  if ((before & wordFlags.determiner) !== 0) return false;
  const isSubject = to + 1 === tokens.count && (before & wordFlags.subject) !== 0;
  return isSubject || isNear(parts, place, wordFlags.cue | wordFlags.trade);
}

/** True when a word with one of the flags stands within eight words. */
export function isNear(
  { tokens, classes }: IndexParts,
  { from, to }: Pick<Place, 'from' | 'to'>,
  flags: number,
): boolean {
  const last = Math.min(tokens.count - 1, to + reach.phrase);
  for (let at = Math.max(0, from - reach.phrase); at <= last; at += 1) {
    if (at >= from && at <= to) continue;
    if ((classes.of(tokens, at) & flags) !== 0) return true;
  }
  return false;
}

function isBesideField(parts: IndexParts, place: Place, text: string): boolean {
  const flags = flagsBeside(parts, place, text);
  if ((flags & wordFlags.strong) !== 0) return true;
  if ((flags & wordFlags.field) === 0) return false;
  return parts.fieldText.is(parts.tokens, parts.classes) || isAskedAbout(parts, place);
}

/** "is the snake group active": a short question that has the name behind its lead. */
function isAskedAbout({ tokens, classes }: IndexParts, { from }: Place): boolean {
  if (tokens.count > maxShort || from === 0) return false;
  const at = (classes.of(tokens, from - 1) & wordFlags.determiner) !== 0 ? from - 2 : from - 1;
  return at >= 0 && (classes.of(tokens, at) & (wordFlags.lead | wordFlags.cue)) !== 0;
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
    if ((own & joining) !== 0) break;
  }
  for (let step = 1; step <= reach.everyday; step += 1) {
    const at = from - step;
    if (at < 0 || isParted(text, tokens.sourceEnd[at], tokens.sourceStart[at + 1])) break;
    const own = classes.of(tokens, at);
    const isCalled = step > 1 && (classes.of(tokens, from - 1) & wordFlags.caller) !== 0;
    if (step === 1 || isCalled) flags |= own;
    else flags |= own & wordFlags.strong;
    if ((own & joining) !== 0 && (own & wordFlags.caller) === 0) break;
  }
  return flags & (wordFlags.field | wordFlags.strong);
}

/** Words that no name's noun stands behind: "silence the malware alerts". */
const joining = wordFlags.stop | wordFlags.determiner;

/** True where a mark that ends a part of a sentence lies between two positions. */
function isParted(text: string, from = 0, to = 0): boolean {
  const end = Math.min(to, from + maxGap);
  for (let at = from; at < end; at += 1) if (borders.includes(text[at] ?? '')) return true;
  return to > end;
}

const borders = '.,;:!?\n';
const maxGap = 8;
