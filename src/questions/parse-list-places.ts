import type { Condition } from './condition.ts';
import { placesIn } from './condition-region.ts';
import { isNegationNear } from './parse-list-clauses.ts';
import { exceptions } from './parse-list-names.ts';
import { addValue, nextKinds, type Reader } from './parse-list-reader.ts';
import type { Meaning } from './parse-list-words.ts';

/** From there before "groups" and behind "from"; against it behind "targeting"; the first of two bare ones is home. */
export function readPlace(reader: Reader, place: Extract<Meaning, { kind: 'country' | 'region' }>): boolean {
  if (reader.slot === 'use') {
    if (!isSaidOfUsers(reader)) return false;
    reader.slot = 'from';
  }
  const home: Condition =
    place.kind === 'country'
      ? { kind: 'country', code: place.key }
      : { kind: 'origin-region', key: place.key };
  const victim: Condition = { kind: 'region', key: place.key };
  const next = nextKinds(reader, reader.at);
  const names = next.has('linked') || (next.has('subject') && !reader.actors);
  const hasHome = reader.items.some(({ dimension }) => dimension === 'origin');
  const isJoined = reader.gap === 'joint';
  const isLeftOut = isExcepted(reader, place, next);
  const isHomeLeftOut = isHomeExcepted(reader, place);
  if (isLeftOut || isHomeLeftOut) reader.slot = 'none';
  const isPlain = reader.slot === 'none' && !names && !reader.actors && reader.things === undefined;
  // "german banks" are victims; "iran telecom" are Iranians and their victims.
  const isOfSector =
    isPlain && !hasHome && place.kind === 'country' && place.isAdjective && next.has('sector');
  // "North Korean crypto thieves" are from there, though "German bank robbers" may be meant by it.
  const isOfActors = isOfSector && nextKinds(reader, reader.at + 1).has('subject');
  const isVictim = isOfSector && !isOfActors;
  const isHome =
    !isVictim &&
    (reader.slot === 'from' ||
      (names && reader.slot !== 'target') ||
      (reader.slot === 'none' && (!hasHome || isJoined || reader.negatesOne)) ||
      (isLeftOut && reader.things !== undefined));
  addValue(reader, isHome ? 'origin' : 'place', isHome ? home : victim);
  const item = reader.items.at(-1);
  // "apts in China", "iran telecom": whoever reads it decides otherwise with a button.
  const isOpen = reader.slot === 'in' && reader.actors && !reader.hasVerb;
  if (
    item !== undefined &&
    item.values.length === 1 &&
    ((isPlain && (isHome || isVictim)) || isOpen || isHomeLeftOut)
  )
    item.other = isHome ? victim : home;
  return true;
}

/** "using PlugX that aren't Chinese", "using Mimikatz but only Iranian": no country is used, so its users are meant. */
function isSaidOfUsers(reader: Reader): boolean {
  if (reader.openUse || reader.items.at(-1)?.dimension !== 'uses') return false;
  const before = reader.tokens[reader.at - 2];
  const isOnly = /^(?:only|just|exclusively|solely)$/i.test(before?.text ?? '');
  return isOnly || isNegationNear(reader, reader.at - 1);
}

/** "targeting South Korea except North Korean ones": left out are actors by where they are from, no victims. */
function isExcepted(
  reader: Reader,
  place: Extract<Meaning, { kind: 'country' | 'region' }>,
  next: ReadonlySet<Meaning['kind']>,
): boolean {
  if (place.kind !== 'country' || !place.isAdjective || place.text === 'us') return false;
  if (next.has('sector') || next.has('sector-noun')) return false;
  const isArticle = reader.tokens[reader.at - 2]?.text.toLowerCase() === 'the';
  return nextKinds(reader, reader.at - (isArticle ? 3 : 2)).has('not');
}

/** "who targets Ukraine except Russia": no part of what is attacked, so whoever attacks from there is left out. */
function isHomeExcepted(reader: Reader, place: Extract<Meaning, { kind: 'country' | 'region' }>): boolean {
  if (reader.slot !== 'target' || !reader.isNegated) return false;
  const before = reader.tokens[reader.at - 2]?.text.toLowerCase() ?? '';
  if (!exceptions.test(before)) return false;
  const targeted = reader.items.flatMap(({ dimension, isNegated, values }) =>
    dimension === 'place' && !isNegated ? values : [],
  );
  return !targeted.some((value) => value.kind === 'region' && placesIn(value.key).has(place.key));
}
