import { closeGap, note, type Reader, type Slot } from './parse-list-reader.ts';
import type { GrammarKind } from './parse-list-words.ts';

/** Takes a word of grammar; false where it has no place here. */
export function readGrammar(reader: Reader, kind: GrammarKind): boolean {
  switch (kind) {
    case 'filler':
    case 'motivated':
    case 'unweighed':
      return true;
    case 'linked':
      return reader.items.at(-1)?.dimension === 'origin' || note(reader, 'state sponsorship as such');
    case 'sector-noun':
      return (
        reader.slot !== 'use' && (reader.items.length > 0 || reader.slot === 'target' || reader.slot === 'in')
      );
    case 'who':
      reader.who = true;
      return true;
    case 'do':
      return startActors(reader);
    case 'used-by':
      return reader.things !== undefined && !reader.isOfActors ? startActors(reader) : false;
    case 'not':
      reader.isNegated = true;
      if (reader.gap === 'none') reader.gap = 'clause';
      return true;
    case 'and':
    case 'or':
      return readJoint(reader, kind);
    case 'target':
    case 'in':
    case 'from':
    case 'use':
    case 'named':
      return startClause(reader, kind);
    case 'since':
      return false;
    default:
      return kind satisfies never;
  }
}

function startActors(reader: Reader): boolean {
  if (reader.things === undefined) return true;
  reader.isOfActors = true;
  reader.slot = 'none';
  closeGap(reader);
  return true;
}

function readJoint(reader: Reader, kind: 'and' | 'or'): boolean {
  if (reader.gap === 'none') reader.gap = 'joint';
  const isComma = reader.words[reader.tokens[reader.at - 1]?.from ?? -1]?.text === ',';
  if (!isComma) reader.gapJoint = kind;
  if (kind === 'or') reader.isOr = true;
  return true;
}

function startClause(reader: Reader, kind: Exclude<Slot, 'none'>): boolean {
  const isRepeat = reader.slot === kind && reader.gap !== 'none';
  // "targeting banks in Europe": the place belongs to the targets; "not targeting banks in Europe" to both.
  const goesOn = kind === 'in' && reader.slot === 'target';
  if (reader.gap !== 'clause' && !goesOn) reader.isNegated = false;
  else if (!isNegationNear(reader) && !goesOn) reader.isNegated = false;
  if (kind === 'in' && reader.things !== undefined && !reader.isOfActors) return false;
  // "the government of Ukraine" is attacked as a whole.
  if (kind === 'from' && isOfTarget(reader)) return true;
  reader.slot = kind;
  if (kind === 'target' || kind === 'use') reader.hasVerb = true;
  // "threats to hospitals" asks who they are.
  if (/^(?:a )?threats? to$/i.test(reader.tokens[reader.at - 1]?.text ?? '')) reader.who = true;
  reader.openUse = kind === 'use';
  reader.openTarget = reader.openTarget || kind === 'target';
  if (!isRepeat || reader.gap === 'joint') closeGap(reader);
  return true;
}

function isOfTarget({ slot, items, tokens, at }: Reader): boolean {
  const isOf = tokens[at - 1]?.text.toLowerCase() === 'of';
  return isOf && (slot === 'target' || slot === 'in') && items.at(-1)?.dimension === 'sector';
}

/** True where a "not" stands before this word with nothing but words of grammar between. */
function isNegationNear(reader: Reader): boolean {
  for (let at = reader.at - 2; at >= 0; at -= 1) {
    const kinds = reader.tokens[at]?.meanings.map(({ kind }) => kind) ?? [];
    if (kinds.includes('not')) return true;
    if (!kinds.includes('filler') && !kinds.includes('unweighed') && !kinds.includes('do')) return false;
  }
  return false;
}
