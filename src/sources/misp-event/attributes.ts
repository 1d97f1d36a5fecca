import { parseCveId } from '../../domain/name-key.ts';
import type { EntityRef, RecordClaim, RecordIndicator, RecordMarking } from '../../domain/record.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { indicatorValue, isLookupType, lookupValuesOf } from '../indicator-values.ts';
import { tagClaims } from '../tag-claims.ts';
import { markingOfTags } from '../tags.ts';
import { readGalaxies, tagKey } from './galaxies.ts';
import { type MispAttribute, tagNames } from './schema.ts';
import { isoTime } from './times.ts';

/** What one attribute gives: claims of the report, and at most one indicator. */
export interface ReadAttribute {
  readonly claims: readonly RecordClaim[];
  readonly indicator?: RecordIndicator;
  /** The attribute's own marking. */
  readonly marking?: RecordMarking;
}

const maxCommentChars = 500;
const maxProseChars = 20_000;
const minProseChars = 40;

/** Reads one attribute of an event or of one of its objects. `data` is never looked at. */
export function readAttribute(attribute: MispAttribute, place: 'event' | 'object'): ReadAttribute {
  const galaxies = readGalaxies(attribute.Galaxy);
  const tags = [...tagNames(attribute.Tag), ...galaxies.tags];
  const marking = markingOfTags(tags);
  const refOf = (tag: string): EntityRef | undefined => galaxies.refs.get(tagKey(tag));
  const claims = tagClaims(tags, refOf, marking);
  const own = readValue(attribute, place, marking);
  return {
    claims: [...own.claims, ...claims],
    ...(marking === undefined ? {} : { marking }),
    ...(own.indicator === undefined ? {} : { indicator: own.indicator }),
  };
}

function readValue(
  attribute: MispAttribute,
  place: 'event' | 'object',
  marking: RecordMarking | undefined,
): ReadAttribute {
  const type = attribute.type.toLowerCase();
  const value = attribute.value.trim();
  const common = marking === undefined ? {} : { marking };
  if (type === 'link') {
    const url = parseWebAddress(value);
    return url === undefined ? { claims: [] } : { claims: [{ predicate: 'reference', url, ...common }] };
  }
  const cve = type === 'vulnerability' ? parseCveId(value) : undefined;
  if (cve !== undefined) {
    const target: EntityRef = { types: ['vulnerability'], externalId: cve, name: cve, create: true };
    return { claims: [{ predicate: 'exploits', target, text: cve, ...common }] };
  }
  const isFreeText = type === 'text' || type === 'comment';
  if (isFreeText && attribute.category === 'External analysis' && isProse(value)) {
    const text = value.slice(0, maxProseChars);
    return { claims: [{ predicate: 'description', text, section: 'report', ...common }] };
  }
  if (!isLookupType(type) || (place === 'object' && isDetailOfObject(attribute))) return { claims: [] };
  return { claims: [], indicator: toIndicator(attribute, type, value, marking) };
}

/** In an object only texts that detect something are indicators: not its scheme, its architecture, its scan ratio. */
function isDetailOfObject(attribute: MispAttribute): boolean {
  const isText = ['text', 'other', 'comment'].includes(attribute.type.toLowerCase());
  return isText && attribute.to_ids !== true && attribute.object_relation !== 'signature';
}

function isProse(value: string): boolean {
  return value.length >= minProseChars && value.includes(' ');
}

function toIndicator(
  attribute: MispAttribute,
  type: string,
  value: string,
  marking: RecordMarking | undefined,
): RecordIndicator {
  const detectable = attribute.to_ids === true;
  // A page about the sample is not the sample: its host is no indicator.
  const hostOfUrl = detectable || attribute.category !== 'External analysis';
  const comment = attribute.comment?.trim().slice(0, maxCommentChars);
  const date = isoTime(attribute.timestamp);
  return {
    type,
    ...(attribute.category === undefined ? {} : { category: attribute.category }),
    value: indicatorValue(type, value),
    lookupValues: lookupValuesOf(type, value, { hostOfUrl }),
    ...(comment === undefined || comment === '' ? {} : { comment }),
    ...(date === undefined ? {} : { date }),
    detectable,
    ...(marking === undefined ? {} : { marking }),
  };
}
