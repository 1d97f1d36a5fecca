import { parseCveId } from '../domain/name-key.ts';
import { type IndicatorSpot, spotIndicators } from './spot-indicators.ts';
import type { SearchIndex, Spot } from './types.ts';

/** A name or id of entities in a text. */
export interface NameSpot extends Spot {
  readonly kind: 'name';
  /** True where several things carry the name, of which the text may mean any. */
  readonly isAmbiguous: boolean;
}

/** The id of a vulnerability that the index does not know. */
export interface CveSpot {
  readonly kind: 'cve';
  readonly start: number;
  readonly end: number;
  /** In its written form: `CVE-2017-11882`. */
  readonly id: string;
}

export type TextSpot = NameSpot | CveSpot | IndicatorSpot;

/** Text beyond this is not read. */
export const maxSpottedChars = 100 * 1024;

const cve = /CVE[-_ \u2010-\u2015\uff0d]\d{4}[-_\u2010-\u2015\uff0d]\d{4,7}/gi;
const letterOrDigit = /[\p{L}\p{N}]/u;

/**
 * Everything that a text names, left to right, not overlapping: names and ids of the index, ids of vulnerabilities
 * that it does not know, and indicators, refanged. Where two overlap, the longer stands, and of equal ones the name.
 * Linear in the length of the text, of which the first 100 KB are read.
 */
export function spotAll(index: SearchIndex, text: string): readonly TextSpot[] {
  const read = text.slice(0, maxSpottedChars);
  const names = index
    .spot(read)
    .map((spot): NameSpot => ({ kind: 'name', ...spot, isAmbiguous: spot.matches.length > 1 }));
  return withoutOverlaps([...names, ...cvesIn(read), ...spotIndicators(read)]);
}

function cvesIn(text: string): readonly CveSpot[] {
  return [...text.matchAll(cve)].flatMap((match): readonly CveSpot[] => {
    const end = match.index + match[0].length;
    if (letterOrDigit.test(text.charAt(match.index - 1) + text.charAt(end))) return [];
    const id = parseCveId(match[0].replace('\uff0d', '-').replace('\uff0d', '-'));
    return id === undefined ? [] : [{ kind: 'cve', start: match.index, end, id }];
  });
}

function withoutOverlaps(spots: readonly TextSpot[]): readonly TextSpot[] {
  const sorted = [...spots].sort((a, b) => a.start - b.start || b.end - a.end || rankOf(a) - rankOf(b));
  const kept: TextSpot[] = [];
  for (const spot of sorted) {
    const last = kept.at(-1);
    if (last === undefined || spot.start >= last.end) kept.push(spot);
    else if (spot.end - spot.start > last.end - last.start) kept[kept.length - 1] = spot;
  }
  return kept;
}

function rankOf({ kind }: TextSpot): number {
  return kind === 'name' ? 0 : 1;
}
