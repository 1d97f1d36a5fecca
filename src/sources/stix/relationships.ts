import { parseCountry } from '../../domain/country.ts';
import type { EntityRef, RecordClaim } from '../../domain/record.ts';
import { assertNever } from '../../support/assert-never.ts';
import {
  type Context,
  type Conversion,
  citationOf,
  commonPart,
  markingWithEnds,
  quoteMaxChars,
} from './context.ts';
import { exploitedClaims } from './exploited.ts';
import { nameOf, toRef } from './refs.ts';
import type { StixRelationship, StixSighting } from './schema.ts';
import type { Survey } from './survey.ts';
import { dayOf, plainText } from './text.ts';

/** How a relationship type becomes claims. Types that are not here hold nothing that a briefing states. */
type Meaning =
  | 'uses'
  | 'attributed-to'
  | 'origin'
  | 'targets'
  | 'exploits'
  | 'subtechnique-of'
  | 'same-as'
  | 'part-of'
  | 'overlaps'
  | 'disputed'
  | 'related'
  | 'indicates';

const meanings: ReadonlyMap<string, Meaning> = new Map([
  ['uses', 'uses'],
  ['delivers', 'uses'],
  ['drops', 'uses'],
  ['downloads', 'uses'],
  ['attributed-to', 'attributed-to'],
  ['originates-from', 'origin'],
  ['located-at', 'origin'],
  ['targets', 'targets'],
  ['compromises', 'targets'],
  ['exploits', 'exploits'],
  ['has', 'exploits'],
  ['subtechnique-of', 'subtechnique-of'],
  ['revoked-by', 'same-as'],
  ['duplicate-of', 'same-as'],
  ['part-of', 'part-of'],
  ['subgroup-of', 'part-of'],
  ['member-of', 'part-of'],
  ['overlaps', 'overlaps'],
  ['overlaps-with', 'overlaps'],
  ['disputed', 'disputed'],
  ['disputed-with', 'disputed'],
  ['related-to', 'related'],
  ['variant-of', 'related'],
  ['derived-from', 'related'],
  ['authored-by', 'related'],
  ['controls', 'related'],
  ['indicates', 'indicates'],
]);

/**
 * A relationship as a record of its own, whose claims say who does what with whom. Both ends may be outside the
 * bundle. One that ties nothing we keep (mitigations, detections, assets) is dropped; a revoked one keeps its
 * place without claims.
 */
export function relationshipRecord(object: StixRelationship, context: Context): Conversion {
  const { survey } = context;
  const type = object.relationship_type.toLowerCase().replaceAll('_', '-');
  const ends = [object.source_ref, object.target_ref];
  const what = `relationship "${type}" (${ends.map(stixType).join(' to ')})`;
  const meaning = meanings.get(type);
  if (meaning === undefined) return { kind: 'dropped', what };
  if (isTakenElsewhere(meaning, object, survey)) return { kind: 'carried' };
  const claims = claimsOf(meaning, object, survey);
  if (claims.length === 0) return { kind: 'dropped', what };
  const common = commonPart(object, context);
  const marking = markingWithEnds(common.marking, ends, survey);
  const evidence = evidenceOf(object);
  const isGone = common.revoked === true || common.deprecated === true;
  return {
    kind: 'record',
    record: {
      ...common,
      title: `${nameOf(object.source_ref, survey)} ${type.replaceAll('-', ' ')} ${nameOf(object.target_ref, survey)}`,
      ...(marking === undefined ? {} : { marking }),
      claims: isGone ? [] : claims.map((claim) => ({ ...claim, ...evidence })),
    },
  };
}

/** Facts that another record already carries: a revocation, an indicator inside a report. */
function isTakenElsewhere(meaning: Meaning, object: StixRelationship, survey: Survey): boolean {
  const source = object.source_ref.trim().toLowerCase();
  if (object.relationship_type === 'revoked-by') return survey.objects.has(source);
  return meaning === 'indicates' && survey.objects.isReported(source);
}

function claimsOf(meaning: Meaning, object: StixRelationship, survey: Survey): readonly RecordClaim[] {
  if (meaning === 'targets') return targetClaims(object, survey);
  const subject = toRef(object.source_ref, survey);
  if (subject === undefined) return [];
  const target = toRef(object.target_ref, survey);
  const isIndicator = subject.types[0] === 'indicator';
  switch (meaning) {
    case 'uses':
      return target === undefined || isIndicator
        ? []
        : [{ predicate: 'uses', subject, target }, ...exploitedClaims(subject, object, survey)];
    case 'attributed-to':
      return attributionClaims(subject, target, object, survey);
    case 'origin':
      return originClaims(subject, object, survey);
    case 'exploits':
      return target?.types[0] === 'vulnerability'
        ? [{ predicate: 'exploits', subject, target, text: nameOf(object.target_ref, survey) }]
        : [];
    case 'subtechnique-of':
    case 'same-as':
    case 'part-of':
    case 'overlaps':
    case 'disputed':
    case 'related':
    case 'indicates': {
      const relation = meaning === 'indicates' ? 'related' : meaning;
      return target === undefined ? [] : [{ predicate: 'related-to', relation, subject, target }];
    }
    default:
      return assertNever(meaning);
  }
}

function attributionClaims(
  subject: EntityRef,
  target: EntityRef | undefined,
  object: StixRelationship,
  survey: Survey,
): readonly RecordClaim[] {
  const text = nameOf(object.target_ref, survey);
  if (subject.types[0] === 'report') {
    return target === undefined ? [] : [{ predicate: 'reported-in', subject: target, target: subject }];
  }
  if (target !== undefined) return [{ predicate: 'attributed-to', subject, target, text }];
  const identity = survey.identities.get(object.target_ref.trim().toLowerCase());
  if (identity?.name === undefined) return [];
  // A person is named as the source does, but is nobody's sponsor.
  const isBody = identity.classes.some(
    (kind) => kind === 'organization' || kind === 'group' || kind === 'class',
  );
  return [
    { predicate: 'attributed-to', subject, text, ...(isBody ? { sponsor: identity.name.trim() } : {}) },
  ];
}

function originClaims(subject: EntityRef, object: StixRelationship, survey: Survey): readonly RecordClaim[] {
  const location = survey.locations.get(object.target_ref.trim().toLowerCase());
  if (location === undefined || subject.types[0] !== 'intrusion-set') return [];
  const country = parseCountry(location.country ?? '') ?? parseCountry(location.name ?? '');
  const text = location.name ?? country?.name ?? location.region;
  if (text === undefined) return [];
  return [
    {
      predicate: 'attributed-to',
      subject,
      text,
      ...(country === undefined ? {} : { country: country.code }),
    },
  ];
}

/** Whom an actor, campaign or malware hits: the sectors and countries of an identity, a location, a weakness. */
function targetClaims(object: StixRelationship, survey: Survey): readonly RecordClaim[] {
  const subject = toRef(object.source_ref, survey);
  if (subject === undefined || subject.types[0] === 'indicator') return [];
  const targetId = object.target_ref.trim().toLowerCase();
  const target = toRef(targetId, survey);
  if (target?.types[0] === 'vulnerability') {
    return [{ predicate: 'exploits', subject, target, text: nameOf(object.target_ref, survey) }];
  }
  const location = survey.locations.get(targetId);
  if (location !== undefined) {
    const code = parseCountry(location.country ?? '') ?? parseCountry(location.name ?? '');
    const text = location.name ?? code?.name ?? location.region;
    return text === undefined ? [] : [regionClaim(subject, text, code?.code)];
  }
  const identity = survey.identities.get(targetId);
  if (identity === undefined) return [];
  const isClass = identity.classes.includes('class');
  const sectors = identity.sectors.length > 0 || !isClass ? identity.sectors : [identity.name ?? ''];
  return [
    ...sectors
      .filter((text) => text.trim() !== '')
      .map((text) => ({ predicate: 'targets-sector', subject, text: text.trim() }) as const),
    ...identity.countries.map((text) => {
      const country = parseCountry(text);
      return regionClaim(subject, country?.name ?? text, country?.code);
    }),
  ];
}

function regionClaim(subject: EntityRef, text: string, country: string | undefined): RecordClaim {
  return { predicate: 'targets-region', subject, text, ...(country === undefined ? {} : { country }) };
}

/** The words and the document that carry a relationship. */
function evidenceOf(object: StixRelationship): { citation?: string; reference?: string; quote?: string } {
  const quote = plainText(object.description ?? '').slice(0, quoteMaxChars);
  return {
    ...citationOf(object.description, object.external_references ?? []),
    ...(quote === '' ? {} : { quote }),
  };
}

/** A sighting of an entity: when it was last seen. Sightings of raw observations are dropped. */
export function sightingRecord(object: StixSighting, context: Context): Conversion {
  const subject = toRef(object.sighting_of_ref, context.survey);
  const lastSeen = dayOf(object.last_seen) ?? dayOf(object.first_seen) ?? dayOf(object.created);
  const isReported = context.survey.objects.isReported(object.sighting_of_ref.trim().toLowerCase());
  if (subject === undefined || lastSeen === undefined || isReported) {
    return { kind: 'dropped', what: `sighting of ${stixType(object.sighting_of_ref)}` };
  }
  const common = commonPart(object, context);
  const marking = markingWithEnds(common.marking, [object.sighting_of_ref], context.survey);
  return {
    kind: 'record',
    record: {
      ...common,
      title: `${nameOf(object.sighting_of_ref, context.survey)} seen ${lastSeen}`,
      ...(marking === undefined ? {} : { marking }),
      claims:
        common.revoked === true ? [] : [{ predicate: 'last-seen', subject, text: lastSeen, date: lastSeen }],
    },
  };
}

function stixType(id: string): string {
  const end = id.indexOf('--');
  return end > 0 ? id.slice(0, end) : 'unknown';
}
