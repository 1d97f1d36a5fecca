import type { EntityType } from '../../domain/entity-type.ts';
import type { Content } from '../content.ts';
import type { IndexParts } from '../index-parts.ts';
import { joints, tokenKinds } from '../normalize/tokens.ts';
import { scores } from '../scores.ts';
import { type Fit, ownersOfKeys } from './fit.ts';

/** Ids of publishers have one or two letters and a fixed number of digits: TA0001 is no TA1. */
const minSchemeLetters = 3;
const maxDigits = 5;
/** One zero too many or too few may be a slip and mean another number. */
const minZeros = 2;

/** A code whose number is filled up with zeros that the recorded one of the same scheme has not: "APT-C-0036". */
export function byZeros(parts: IndexParts, content: Content, prefer: readonly EntityType[]): Fit | undefined {
  const { tokens, names } = parts;
  const { from, to } = content;
  if (to <= from || to - from > 2 || tokens.kind[to] !== tokenKinds.digits) return undefined;
  for (let at = from; at < to; at += 1) if (tokens.kind[at] !== tokenKinds.letters) return undefined;
  for (let at = from + 1; at <= to; at += 1) if (tokens.joint[at] === joints.parted) return undefined;
  const letters = tokens.glued(from, to - 1);
  const digits = tokens.glued(to, to);
  if (letters.length < minSchemeLetters || digits.length > maxDigits || !names.schemeWords.has(letters))
    return undefined;
  const bare = digits.replace(/^0+(?=\d)/, '');
  const keys: number[] = [];
  for (let length = bare.length; length <= digits.length - minZeros; length += 1) {
    const key = names.keys.find(`${letters}${bare.padStart(length, '0')}`);
    if (key >= 0) keys.push(key);
  }
  const owners = ownersOfKeys(parts, keys, prefer);
  return owners.length === 0 ? undefined : { ...content, owners, score: scores.inSentence };
}
