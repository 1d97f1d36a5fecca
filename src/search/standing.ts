import { lengthOf } from './borders.ts';
import type { IndexParts } from './index-parts.ts';
import { isNotable } from './layers/fit.ts';
import { type NameTable, ownerType } from './name-table.ts';
import { isNaturalPhrase, isSchemeNoun } from './naming-schemes.ts';
import { joints, type Tokens, tokenKinds } from './normalize/tokens.ts';
import { wordFlags } from './word-classes.ts';

/**
 * How much a name says for itself: `distinct` means the name wherever it stands; `phrase`, two or more everyday words
 * ("magic hound"), means it in a text about the field; `written`, an everyday word that is an actor's name and written
 * as a name ("Rattlesnake"), or a phrase with a word of the field ("silence group"), means it in a question about it or a
 * text about the field; `rare`, a rarer word of English or an everyday expression ("machete", "oil rig") that is an actor
 * or well-known software, means it in a text about attacks; `everyday`, a common word, a bare number or up to three
 * letters, means it beside a word of the field; `modifier` ("russian", "hacked") and `plain`, a technique's name of
 * everyday words ("Software"), only when it is all that a question names.
 */
export type Standing = 'distinct' | 'phrase' | 'written' | 'rare' | 'everyday' | 'modifier' | 'plain';

/** A name's tokens in a text, and its key. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly key: number;
}

/** The standing of a name, or undefined when it is made of glue words or glued together of everyday words. */
export function standingOf(parts: IndexParts, text: string, part: Part): Standing | undefined {
  const { tokens, names, classes } = parts;
  const { from, to, key } = part;
  let everyday = 0;
  let stops = 0;
  let fields = 0;
  let longest = 0;
  for (let at = from; at <= to; at += 1) {
    const flags = isWholeWord(tokens, at) ? classes.of(tokens, at) : 0;
    if ((flags & wordFlags.everyday) !== 0) everyday += 1;
    if ((flags & wordFlags.stop) !== 0) stops += 1;
    if ((flags & wordFlags.field) !== 0) fields += 1;
    longest = Math.max(longest, lengthOf(tokens, at));
  }
  const count = to - from + 1;
  const isWhole = count === tokens.count;
  const isGlued = count > 1 && (names.wordCount[key] ?? 1) < 2 && tokens.joint[to] !== joints.inWord;
  if (!isWhole && (stops === count || (isGlued && (stops > 0 || longest < minGluedLength)))) return undefined;
  if (isTooShort(tokens, from, to)) return 'everyday';
  const own = count === 1 ? classes.of(tokens, from) : 0;
  if ((own & wordFlags.modifier) !== 0) return 'modifier';
  const isRare = (own & wordFlags.rare) !== 0 && isWholeWord(tokens, from);
  const isNatural = count > 1 && isNaturalPhrase(tokens.glued(from, to));
  if (everyday < count && !isRare && !isNatural) return 'distinct';
  if (isTechnique(names, key)) return 'plain';
  const isWritten = isCapitalised(parts, text, from, to);
  if (isWritten && isRare) return 'distinct';
  if (count === 1 || isGlued || isNatural) {
    if (isWritten && hasActor(names, key)) return 'written';
    return (isRare || isNatural) && isKnown(parts, key) ? 'rare' : 'everyday';
  }
  if (isWritten) return 'distinct';
  if (isSchemeNoun(tokens.glued(to, to))) return isThing(parts, from) ? 'rare' : 'distinct';
  return fields > 0 ? 'written' : 'phrase';
}

/** "a charming kitten": an article that names do not have. */
function isThing({ tokens, classes }: IndexParts, from: number): boolean {
  if (from === 0 || tokens.glued(from - 1, from - 1) === 'the') return false;
  return (classes.of(tokens, from - 1) & wordFlags.determiner) !== 0;
}

/** True for a name of an actor or of software that ATT&CK describes. */
function isKnown(parts: IndexParts, key: number): boolean {
  const { names } = parts;
  for (let at = names.owners.start(key); at < names.owners.end(key); at += 1) {
    const owner = names.owners.items[at] ?? 0;
    if (ownerType(names, owner) === 'intrusion-set' || isNotable(parts, owner)) return true;
  }
  return false;
}

const minGluedLength = 3;

/** Names of techniques are plain words ("Software", "Private Keys"): in prose they mean no entity. */
function isTechnique(names: NameTable, key: number): boolean {
  for (let at = names.owners.start(key); at < names.owners.end(key); at += 1) {
    if (ownerType(names, names.owners.items[at] ?? 0) !== 'attack-pattern') return false;
  }
  return true;
}

function hasActor(names: NameTable, key: number): boolean {
  for (let at = names.owners.start(key); at < names.owners.end(key); at += 1) {
    if (ownerType(names, names.owners.items[at] ?? 0) === 'intrusion-set') return true;
  }
  return false;
}

/**
 * True for words that are written as a name inside a sentence: each but glue begins with a capital, the text has small letters
 * too, and no capital stands beside them ("Silicon Valley"). One word at the beginning of a sentence is not, unless it
 * is all capitals or what follows its colon is about it.
 */
function isCapitalised(parts: IndexParts, text: string, from: number, to: number): boolean {
  const { tokens, classes } = parts;
  if (tokens.smallStarts === 0) return false;
  for (let at = from; at <= to; at += 1) {
    const isInside = at > from && at < to;
    const isGlue = isInside && (classes.of(tokens, at) & wordFlags.stop) !== 0;
    const isTail = at > from && tokens.joint[at] === joints.dashed;
    if (!isGlue && !isTail && !hasCapital(tokens, text, at)) return false;
  }
  if (from < to) return true;
  if (isShouted(tokens, text, from)) return true;
  if (from === 0 && text[tokens.sourceEnd[to] ?? 0] === ':') return true;
  if (from === 0 || beginsSentence(text, tokens.sourceEnd[from - 1] ?? 0, tokens.sourceStart[from] ?? 0))
    return false;
  const isAlone = from < 2 || !hasCapital(tokens, text, from - 1);
  return isAlone && (to + 1 >= tokens.count || !hasCapital(tokens, text, to + 1));
}

/** True where nothing but blanks stands between a position and the mark that ends a sentence, or a new line. */
function beginsSentence(text: string, lowest: number, position: number): boolean {
  for (let at = position - 1; at >= lowest; at -= 1) {
    const unit = text[at] ?? '';
    if (unit === '\n' || unit === '.' || unit === '!' || unit === '?') return true;
    if (unit.trim() !== '') return false;
  }
  return false;
}

function isShouted(tokens: Tokens, text: string, at: number): boolean {
  const word = text.slice(tokens.sourceStart[at] ?? 0, tokens.sourceEnd[at] ?? 0);
  return word.length >= minShouted && word === word.toUpperCase();
}

const minShouted = 4;

function hasCapital(tokens: Tokens, text: string, at: number): boolean {
  const first = text[tokens.sourceStart[at] ?? 0] ?? '';
  return first !== first.toLowerCase();
}

/** True for letters that no number or other script continues: "t" of "T1566" is no word. */
function isWholeWord(tokens: Tokens, at: number): boolean {
  if (tokens.kind[at] !== tokenKinds.letters || tokens.joint[at] === joints.inWord) return false;
  return at + 1 >= tokens.count || tokens.joint[at + 1] !== joints.inWord;
}

/** Bare numbers, and one to three letters without a number. */
function isTooShort(tokens: Tokens, from: number, to: number): boolean {
  if (from !== to) return false;
  if (tokens.kind[from] === tokenKinds.digits) return true;
  return tokens.kind[from] === tokenKinds.letters && lengthOf(tokens, from) <= shortLetters;
}

const shortLetters = 3;
