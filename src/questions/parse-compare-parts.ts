import type { EntityType } from '../domain/entity-type.ts';
import type { Lookup, Match, SearchIndex, Spot } from '../search/types.ts';
import { isEverydayTechnique } from './parse-techniques-items.ts';

/** One side of a comparison as it was written, and what it can mean. */
export interface Part {
  readonly text: string;
  /** Everything that carries the name, or fits it alike; empty for a name that nobody has. */
  readonly owners: readonly Match[];
  /** Near names, where nobody has it. */
  readonly suggestions: readonly Match[];
  /** True where the part is a name or an id as recorded, with nothing around it but glue. */
  readonly exact: boolean;
  /** Words beside the name that are no glue. */
  readonly rest: string;
}

/** Words between names; the words are kept, since some stand in names. */
const separators =
  /(?:(?<!\s)\s+)?(?:[,;|+\n]|&+|\s\/\s|(?:^|\s)(?:and also|as well as|and|or|vs?\.?|versus|with|to|against|plus|n)(?=\s|$))\s*/giu;
/** Between names alone, where no other words ask for a comparison. */
const versus = /\s(?:vs\.?|versus|v\.?)\s/i;
const maxPieces = 24;
const exactScore = 0.96;
const wordsAround =
  /^(?:(?:the|both|either|between|of|for|and|or|with|to|from|against|all|actors?|groups?|threat|apt group|apts?|gangs?|families|family|malware|malwares|tools?|software|techniques?|campaigns?|how|a|an|its|their|these|those|two|three|four|five|following)(?:\s+|:\s*|$))+/i;
const wordsBehind =
  /(?:(?:'s|s')?(?<!\s)\s+(?:both|actors?|groups?|threat actors?|apts?|gangs?|families|family|malware|tools?|campaigns?|too|together|each other|one another|respectively|again|now|today|side by side|directly|in detail|in depth|in a table|for me|for us|activity|cluster|clusters|crew|crews)){1,12}$/i;

/** Names are short: a longer stretch of words between two signs is a sentence's, and no name is looked for in it. */
export function isListOfShort(text: string): boolean {
  return text
    .split(/[,;&+|\n•]|\s(?:and|or|with|vs?\.?|versus)\s/i)
    .every((part) => part.trim().split(/\s+/).length <= maxListWords);
}

const maxListWords = 6;

/** True where a sign of opposition stands between words: "X vs Y". */
export function hasVersus(text: string): boolean {
  return versus.test(text);
}

/**
 * The names of a list, each looked up: parted at commas, "and", "vs" and the like, but for names that hold one of
 * these; and where nothing stands between them, at the names themselves. Cost grows with the number of pieces only.
 */
export function partsOf(
  list: string,
  index: SearchIndex,
  prefer: readonly EntityType[] = [],
): readonly Part[] {
  const pieces = piecesOf(list);
  if (pieces.length > maxPieces) return [];
  const parts: Part[] = [];
  for (let from = 0; from < pieces.length; ) {
    const joined = joinedName(list, pieces, from, index);
    if (joined !== undefined) {
      parts.push(joined.part);
      from = joined.next;
      continue;
    }
    const piece = pieces[from];
    if (piece !== undefined) parts.push(...readPiece(list.slice(piece.start, piece.end), index, prefer));
    from += 1;
  }
  return parts;
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

function piecesOf(list: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  const add = (end: number): void => {
    if (list.slice(start, end).trim() !== '') pieces.push({ start, end });
  };
  for (const found of list.matchAll(separators)) {
    add(found.index);
    start = found.index + found[0].length;
  }
  add(list.length);
  return pieces;
}

/** A name that holds a separator of its own: "Crescent and Star". */
function joinedName(
  list: string,
  pieces: readonly Piece[],
  from: number,
  index: SearchIndex,
): { readonly part: Part; readonly next: number } | undefined {
  const first = pieces[from];
  if (first === undefined) return undefined;
  for (let to = Math.min(pieces.length - 1, from + 2); to > from; to -= 1) {
    const last = pieces[to];
    if (last === undefined) continue;
    const part = lookedUp(list.slice(first.start, last.end), index);
    if (part.exact) return { part, next: to + 1 };
  }
  return undefined;
}

function readPiece(piece: string, index: SearchIndex, prefer: readonly EntityType[]): readonly Part[] {
  const written = unquoted(piece);
  // "apt 29" is a name as it stands; "the apt turla" is one without its noun.
  const whole = lookedUp(written, index, prefer);
  if (whole.exact) return [whole];
  const text = bareName(written);
  if (text === '') return [];
  const part = text === written ? whole : lookedUp(text, index, prefer);
  if (part.exact) return [part];
  const several = bySpots(text, index);
  return several.length > 1 ? several : [part];
}

function unquoted(piece: string): string {
  return piece.replace(
    /^[\s"'“”„«»`*_([<{]+(?:[\s"'“”«»`*_)\]>}?.!:]+$)?|(?<![\s"'“”«»`*_)\]>}?.!:])[\s"'“”«»`*_)\]>}?.!:]+$/g,
    '',
  );
}

/** A name without the article before it, the noun behind it, and marks around it. */
function bareName(piece: string): string {
  const written = unquoted(piece);
  const behind = written.replace(wordsBehind, '').trim();
  return (behind === '' ? written : behind).replace(wordsAround, '').trim();
}

/** Names that stand side by side with nothing between them: "APT28 APT29", "fancy bear cozy bear". */
function bySpots(text: string, index: SearchIndex): readonly Part[] {
  const spots = index.spot(text);
  if (spots.length === 0) return [];
  const parts: Part[] = [];
  let at = 0;
  for (const spot of [...spots, undefined]) {
    const gap = bareName(text.slice(at, spot?.start ?? text.length));
    const between = gap === '' ? undefined : lookedUp(gap, index);
    // What is no name beside a name belongs to it: "APT28 activity".
    if (between !== undefined && between.owners.length > 0 && between.rest === '') parts.push(between);
    if (spot !== undefined) parts.push(partOfSpot(text, spot, index));
    at = spot?.end ?? at;
  }
  return parts;
}

function partOfSpot(text: string, spot: Spot, index: SearchIndex): Part {
  return lookedUp(text.slice(spot.start, spot.end), index);
}

/** One text as a name. */
export function lookedUp(text: string, index: SearchIndex, prefer: readonly EntityType[] = []): Part {
  const shown = text.trim();
  const lookup = index.lookup(shown, prefer);
  const owners = ownersIn(lookup);
  const [first] = owners;
  if (first === undefined) {
    const suggestions = lookup.kind === 'suggest' ? lookup.suggestions : [];
    return { text: shown, owners, suggestions, exact: false, rest: shown };
  }
  const rest = bareName(without(shown, first.matched.text));
  return { text: shown, owners, suggestions: [], exact: first.score >= exactScore && rest === '', rest };
}

function without(text: string, name: string): string {
  const at = text.toLowerCase().indexOf(name.toLowerCase());
  return at === -1 ? text : `${text.slice(0, at)} ${text.slice(at + name.length)}`;
}

/** All owners of the one name that stands there; things that share a found actor's name come behind it. */
function ownersIn(lookup: Lookup): readonly Match[] {
  if (lookup.kind === 'found') return [lookup.match, ...(lookup.alsoNamed ?? [])];
  if (lookup.kind !== 'ambiguous') return [];
  const text = lookup.matches[0]?.matched.text;
  return lookup.matches.filter(({ matched }) => matched.text === text);
}

/**
 * True where a part says by itself that a name is meant: a misspelt name (no everyday word is taken for one), or a
 * name that is found inside any sentence. "snake", "cobalt" and "nickel" are names only beside such a one.
 */
export function isTelling({ owners, exact }: Part, index: SearchIndex): boolean {
  const [first] = owners;
  if (first === undefined) return false;
  if (!exact) return true;
  return (
    first.matched.kind === 'id' || index.spot(`also ${first.matched.text.toLowerCase()} here`).length > 0
  );
}

/** True for the name of a technique in several words, and none of the everyday names of preparations. */
export function isTechniqueName({ owners, exact }: Part): boolean {
  return (
    exact &&
    owners.some(
      ({ entity, matched }) =>
        entity.type === 'attack-pattern' &&
        matched.name.includes(' ') &&
        !isEverydayTechnique(entity.externalIds),
    )
  );
}
