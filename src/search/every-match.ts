import { assertNever } from '../support/assert-never.ts';
import type { Lookup, Match } from './types.ts';

/** All that a look-up offers, the surest first: what it found, what shares its name, what to choose among, what is near. */
export function everyMatchOf(lookup: Lookup): readonly Match[] {
  switch (lookup.kind) {
    case 'found':
      return [lookup.match, ...(lookup.alsoNamed ?? [])];
    case 'ambiguous':
      return lookup.matches;
    case 'suggest':
      return lookup.suggestions;
    case 'not-found':
      return [];
    default:
      return assertNever(lookup);
  }
}
