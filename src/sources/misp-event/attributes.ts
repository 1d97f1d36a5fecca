import { parseCountry } from '../../domain/country.ts';
import { parseCveId } from '../../domain/name-key.ts';
import type { EntityRef, RecordClaim, RecordIndicator, RecordMarking } from '../../domain/record.ts';
import { parseRegion } from '../../domain/region.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { assertNever } from '../../support/assert-never.ts';
import { typesToResolve } from '../galaxy-kinds.ts';
import { indicatorValue, isLookupType, lookupValuesOf } from '../indicator-values.ts';
import { confidenceOfTags, tagClaims } from '../tag-claims.ts';
import { isConfirmedFalsePositive, markingOfTags } from '../tags.ts';
import { attributeKind, isPersonalObject } from './attribute-kinds.ts';
import { atLeast } from './distribution.ts';
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

/** Where an attribute stands. */
export interface AttributePlace {
  /** The name of the object that it is a part of; absent: it is the event's own. */
  readonly object?: string;
  /** The least strict marking that its distribution, and that of its object, allow. */
  readonly floor?: RecordMarking | undefined;
  /** What applies to it without a marking of its own. */
  readonly inherited?: RecordMarking['tlp'];
}

const maxCommentChars = 500;
const maxProseChars = 20_000;
const minProseChars = 40;
const maxNameChars = 200;

/** Reads one attribute of an event or of one of its objects. `data` is never looked at. */
export function readAttribute(attribute: MispAttribute, place: AttributePlace): ReadAttribute {
  const galaxies = readGalaxies(attribute.Galaxy);
  const tags = [...tagNames(attribute.Tag), ...galaxies.tags];
  const marking = atLeast(markingOfTags(tags), place.floor, place.inherited);
  const confidence = confidenceOfTags(tags);
  const common = {
    ...(marking === undefined ? {} : { marking }),
    ...(confidence === undefined ? {} : { confidence }),
  };
  const refOf = (tag: string): EntityRef | undefined => galaxies.refs.get(tagKey(tag));
  const own = isPersonalObject(place.object)
    ? victimClaims(attribute)
    : readValue(attribute, place, tags, marking);
  return {
    claims: [...own.claims.map((claim) => ({ ...claim, ...common })), ...tagClaims(tags, refOf, common)],
    ...(marking === undefined ? {} : { marking }),
    ...(own.indicator === undefined ? {} : { indicator: own.indicator }),
  };
}

/** Of a victim only what names nobody: its sector, and the country or region. */
function victimClaims(attribute: MispAttribute): ReadAttribute {
  const text = attribute.value.trim().slice(0, maxNameChars);
  if (attribute.object_relation === 'sectors') return { claims: [{ predicate: 'targets-sector', text }] };
  return { claims: attribute.type.toLowerCase() === 'target-location' ? placeClaims(text) : [] };
}

function readValue(
  attribute: MispAttribute,
  place: AttributePlace,
  tags: readonly string[],
  marking: RecordMarking | undefined,
): ReadAttribute {
  const value = attribute.value.trim();
  const kind = attributeKind(attribute);
  switch (kind) {
    case 'reference': {
      const url = parseWebAddress(value);
      return { claims: url === undefined ? [] : [{ predicate: 'reference', url }] };
    }
    case 'vulnerability': {
      const cve = parseCveId(value);
      if (cve !== undefined) return { claims: vulnerabilityClaims(cve) };
      return { claims: [], indicator: toIndicator(attribute, value, tags, marking) };
    }
    case 'actor':
    case 'campaign': {
      const types = typesToResolve(kind === 'actor' ? 'intrusion-set' : 'campaign');
      const subject: EntityRef = { types, name: value.slice(0, maxNameChars), create: false };
      return { claims: [{ predicate: 'reported-in', subject }] };
    }
    case 'target-place':
      return { claims: placeClaims(value.slice(0, maxNameChars)) };
    case 'prose': {
      if (attribute.category === 'External analysis' && isProse(value)) {
        const text = value.slice(0, maxProseChars);
        return { claims: [{ predicate: 'description', text, section: 'report' }] };
      }
      break;
    }
    case 'personal':
    case 'detail':
      return { claims: [] };
    case 'indicator':
      break;
    default:
      return assertNever(kind);
  }
  if (!isLookupType(attribute.type) || (place.object !== undefined && isDetailOfObject(attribute)))
    return { claims: [] };
  return { claims: [], indicator: toIndicator(attribute, value, tags, marking) };
}

/** The event is about the vulnerability, and says that it is exploited. */
function vulnerabilityClaims(cve: string): readonly RecordClaim[] {
  const target: EntityRef = { types: ['vulnerability'], externalId: cve, name: cve, create: true };
  return [
    { predicate: 'exploits', target, text: cve },
    { predicate: 'reported-in', subject: target },
  ];
}

/** A country by name or code, or a region; what is neither stays text. */
function placeClaims(text: string): readonly RecordClaim[] {
  const country = parseCountry(text);
  if (country !== undefined)
    return [{ predicate: 'targets-region', text: country.name, country: country.code }];
  return text === '' ? [] : [{ predicate: 'targets-region', text: parseRegion(text)?.name ?? text }];
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
  value: string,
  tags: readonly string[],
  marking: RecordMarking | undefined,
): RecordIndicator {
  const type = attribute.type.toLowerCase();
  const isRefuted = isConfirmedFalsePositive(tags);
  const detectable = attribute.to_ids === true && !isRefuted;
  // A page about the sample is not the sample: its host is no indicator.
  const hostOfUrl = detectable || attribute.category !== 'External analysis';
  const written = attribute.comment?.trim().slice(0, maxCommentChars) ?? '';
  const comment = [isRefuted ? 'confirmed false positive' : '', written]
    .filter((one) => one !== '')
    .join('; ');
  const date = isoTime(attribute.timestamp);
  return {
    type,
    ...(attribute.category === undefined ? {} : { category: attribute.category }),
    value: indicatorValue(type, value),
    lookupValues: lookupValuesOf(type, value, { hostOfUrl }),
    ...(comment === '' ? {} : { comment }),
    ...(date === undefined ? {} : { date }),
    detectable,
    ...(marking === undefined ? {} : { marking }),
  };
}
