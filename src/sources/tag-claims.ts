import { parseCountry } from '../domain/country.ts';
import type { EntityRef, RecordClaim, RecordMarking } from '../domain/record.ts';
import { parseRegion } from '../domain/region.ts';
import { assertNever } from '../support/assert-never.ts';
import { readTag, tagDetail } from './tags.ts';

/** A galaxy entry that goes with a tag, where an event carries both: it knows the uuid. */
export type RefOfTag = (tag: string) => EntityRef | undefined;

/** What the claims of one set of tags share; absent parts are the record's. */
export interface CommonToClaims {
  readonly marking?: RecordMarking;
  readonly confidence?: number;
}

/** What a report's tags say as claims: who and what it names, and which sectors and places it is about. */
export function tagClaims(
  tags: readonly string[],
  refOf: RefOfTag,
  common: CommonToClaims = {},
): readonly RecordClaim[] {
  return tags.flatMap((tag): RecordClaim[] => {
    const meaning = readTag(tag);
    switch (meaning.kind) {
      case 'entity':
        return [{ predicate: 'reported-in', subject: refOf(tag) ?? meaning.ref, ...common }];
      case 'sector':
        return [{ predicate: 'targets-sector', text: meaning.text, ...common }];
      case 'place':
        return [placeClaim(meaning.text, common)];
      case 'marking':
      case 'pap':
      case 'confidence':
      case 'text':
        return [];
      default:
        return assertNever(meaning);
    }
  });
}

function placeClaim(text: string, common: CommonToClaims): RecordClaim {
  const country = parseCountry(text);
  return {
    predicate: 'targets-region',
    text: country?.name ?? parseRegion(text)?.name ?? text,
    ...(country === undefined ? {} : { country: country.code }),
    ...common,
  };
}

/** More tags are kept as text only. */
const maxDetails = 200;

/** What tags of taxonomies tell of a report, for people: "Kind of source: blog post". */
export function tagDetailClaims(tags: readonly string[]): readonly RecordClaim[] {
  return tags.slice(0, maxDetails).flatMap((tag): RecordClaim[] => {
    const detail = tagDetail(tag);
    return detail === undefined ? [] : [{ predicate: 'detail', ...detail }];
  });
}

/** The confidence, 0–100, that the tags give a report; the lowest where several do. */
export function confidenceOfTags(tags: readonly string[]): number | undefined {
  let result: number | undefined;
  for (const tag of tags) {
    const meaning = readTag(tag);
    if (meaning.kind === 'confidence') result = Math.min(result ?? 100, meaning.value);
  }
  return result;
}
