import { countryName, parseCountry } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import type { EntityRef, Predicate, RecordClaim } from '../domain/record.ts';
import type { Tlp } from '../domain/tlp.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Draft } from './draft.ts';
import { claimMarking, isVisible, type PreparedRecord } from './prepare.ts';
import { pointerText, type Resolver } from './resolver.ts';
import type { Claim, Provenance, UnresolvedPointer } from './types.ts';

/** Stands for the name of the record's entity where the record has no `name` claim. */
const ownName = -1;

/** All visible claims, attached to drafts as numbers and made into objects when asked for. */
export interface ClaimTable {
  readonly size: number;
  asSubject(draft: Draft, predicate?: Predicate): readonly Claim[];
  /** The `name` and `alias` claims about a draft, those of the best sources first. */
  namesOf(draft: Draft): readonly Claim[];
  asObject(draft: Draft, predicate?: Predicate): readonly Claim[];
  /** Whom the draft's own records name by pointers that lead to nothing, or to several things. */
  unresolvedOf(draft: Draft): readonly UnresolvedPointer[];
}

interface Context {
  readonly records: readonly PreparedRecord[];
  readonly resolver: Resolver;
  /** Claims made of refused joins; the claim number -2 is the first of them. */
  readonly extras: RecordClaim[];
  readonly provenances: (Provenance | undefined)[];
}

/**
 * Attaches every visible claim of the records to the drafts that it is about.
 * @param draftOf the draft of a record's own entity, by the record's position
 * @param taken keys of names that are not to be a draft's, whoever says so
 */
export function createClaimTable(
  records: readonly PreparedRecord[],
  draftOf: readonly (Draft | undefined)[],
  resolver: Resolver,
  ceiling: Tlp,
  taken: ReadonlyMap<Draft, ReadonlySet<string>>,
): ClaimTable & { addOverlap(left: Draft, right: Draft, position: number): void } {
  const context: Context = { records, resolver, extras: [], provenances: [] };
  let size = 0;
  for (const [position, prepared] of records.entries()) {
    size += attachRecord(position, prepared, draftOf[position], resolver, ceiling, taken);
  }
  return {
    size,
    asSubject: (draft, predicate) => claimsOf(draft.asSubject, draft, predicate, context, false),
    namesOf: (draft) => claimsOf(byRank(draft.naming, records), draft, undefined, context, false),
    asObject: (draft, predicate) => claimsOf(draft.asObject, draft, predicate, context, true),
    unresolvedOf: (draft) => unresolvedOf(draft, resolver, ceiling),
    addOverlap: (left, right, position) => {
      addOverlap(left, right, position, context);
    },
  };
}

function attachRecord(
  position: number,
  prepared: PreparedRecord,
  own: Draft | undefined,
  resolver: Resolver,
  ceiling: Tlp,
  taken: ReadonlyMap<Draft, ReadonlySet<string>>,
): number {
  const { claims, entity } = prepared.record;
  let attached = 0;
  if (own !== undefined && !claims.some((claim) => isNameOf(claim, entity?.name))) {
    own.asSubject.push(position, ownName, -1);
    own.naming.push(position, ownName, -1);
  }
  for (const [index, claim] of claims.entries()) {
    if (!isVisible(prepared, claim, ceiling)) continue;
    const subject = claim.subject === undefined ? own : resolver.resolve(claim.subject);
    if (subject === undefined || isTaken(claim, taken.get(subject))) continue;
    const object = objectOf(claim, own, resolver);
    if (subject === object || (object === undefined && isBarePointer(claim))) continue;
    subject.asSubject.push(position, index, object?.position ?? -1);
    if (claim.predicate === 'name' || claim.predicate === 'alias') subject.naming.push(position, index, -1);
    object?.asObject.push(position, index, subject.position);
    attached += 1;
  }
  return attached;
}

function isTaken(claim: RecordClaim, keys: ReadonlySet<string> | undefined): boolean {
  return keys !== undefined && claim.predicate === 'alias' && keys.has(nameKey(claim.text));
}

function unresolvedOf({ nodes }: Draft, resolver: Resolver, ceiling: Tlp): readonly UnresolvedPointer[] {
  const pointers = new Map<string, UnresolvedPointer>();
  for (const { prepared } of nodes) {
    for (const claim of prepared.record.claims) {
      if (claim.subject === undefined || !isVisible(prepared, claim, ceiling)) continue;
      const found = resolver.find(claim.subject);
      if (found.length === 1 || claim.subject.create) continue;
      const text = pointerText(claim.subject);
      pointers.set(text, { text, candidates: found.map(({ id }) => id) });
    }
  }
  return [...pointers.values()];
}

function isNameOf(claim: RecordClaim, name: string | undefined): boolean {
  return claim.predicate === 'name' && claim.subject === undefined && claim.text === name;
}

/** True for a claim that says nothing without what its id leads to. The resolver has counted the id. */
function isBarePointer(claim: RecordClaim): boolean {
  if (claim.predicate !== 'uses' && claim.predicate !== 'related-to') return false;
  return claim.target.name === undefined && claim.target.externalId === undefined;
}

function objectOf(claim: RecordClaim, own: Draft | undefined, resolver: Resolver): Draft | undefined {
  const target = 'target' in claim ? claim.target : undefined;
  if (target !== undefined) return resolver.resolve(target);
  return claim.predicate === 'reported-in' ? own : undefined;
}

/** Shows two drafts as overlapping on both sides, where no record relates them already. */
function addOverlap(left: Draft, right: Draft, position: number, context: Context): void {
  for (const [subject, object] of [
    [left, right],
    [right, left],
  ] as const) {
    if (isRelated(subject, object, context)) continue;
    const target: EntityRef = { types: [object.type], id: object.id, create: false };
    context.extras.push({ predicate: 'related-to', relation: 'overlaps', target });
    const number = -1 - context.extras.length;
    subject.asSubject.push(position, number, object.position);
    object.asObject.push(position, number, subject.position);
  }
}

function isRelated(subject: Draft, object: Draft, context: Context): boolean {
  const { asSubject } = subject;
  for (let at = 0; at < asSubject.length; at += 3) {
    if (asSubject[at + 2] !== object.position) continue;
    const given = givenClaim(asSubject[at] ?? -1, asSubject[at + 1] ?? 0, context);
    if (given?.predicate === 'related-to') return true;
  }
  return false;
}

/** Triples in the order of their records' ranks; the order of records where those are equal. */
function byRank(triples: readonly number[], records: readonly PreparedRecord[]): readonly number[] {
  if (triples.length === 3) return triples;
  const rank = (at: number): number => records[triples[at] ?? -1]?.rank ?? 0;
  const starts = triples.flatMap((_, at) => (at % 3 === 0 ? [at] : []));
  return starts.sort((a, b) => rank(a) - rank(b)).flatMap((at) => triples.slice(at, at + 3));
}

function claimsOf(
  triples: readonly number[],
  draft: Draft,
  predicate: Predicate | undefined,
  context: Context,
  reversed: boolean,
): readonly Claim[] {
  const claims: Claim[] = [];
  for (let at = 0; at < triples.length; at += 3) {
    const [position = 0, number = 0, other = -1] = [triples[at], triples[at + 1], triples[at + 2]];
    const given = givenClaim(position, number, context);
    if (given === undefined || (predicate !== undefined && given.predicate !== predicate)) continue;
    const end = context.resolver.drafts[other];
    const [subject, object] = reversed ? [end, draft] : [draft, end];
    if (subject === undefined) continue;
    const claim = createClaim(subject, object, position, given, context);
    claims.push(number < ownName ? { ...claim, standing: 'derived' } : claim);
  }
  return claims;
}

function givenClaim(position: number, number: number, context: Context): RecordClaim | undefined {
  const record = context.records[position]?.record;
  if (number === ownName) {
    return record?.entity === undefined ? undefined : { predicate: 'name', text: record.entity.name };
  }
  return number < 0 ? context.extras[-2 - number] : record?.claims[number];
}

function createClaim(
  subject: Draft,
  object: Draft | undefined,
  position: number,
  given: RecordClaim,
  context: Context,
): Claim {
  const parted = given.predicate === 'related-to' && given.relation === 'same-as';
  return {
    subject: subject.id,
    predicate: given.predicate,
    given: parted ? { ...given, relation: 'overlaps' } : given,
    ...(object === undefined ? {} : { object: object.id }),
    value: object?.name ?? valueOf(given),
    provenance: provenanceOf(position, given, context),
    ...(parted ? { standing: 'weakened' as const } : {}),
  };
}

/** What a claim that points to no entity says, for people and for grouping. */
function valueOf(claim: RecordClaim): string {
  switch (claim.predicate) {
    case 'attributed-to':
      return attributionText(claim);
    case 'targets-region':
      return claim.country === undefined ? claim.text : countryName(claim.country);
    case 'reference':
      return claim.title ?? claim.url;
    case 'uses':
    case 'related-to':
      return textOf(claim.target);
    case 'reported-in':
      return claim.target === undefined ? '' : textOf(claim.target);
    case 'name':
    case 'alias':
    case 'targets-sector':
    case 'motivation':
    case 'active-since':
    case 'last-seen':
    case 'exploits':
    case 'description':
    case 'tactic':
    case 'platform':
    case 'detail':
      return claim.text;
    default:
      return assertNever(claim);
  }
}

/** The sponsor, unless that is only the country in other words; else the country; else the text as written. */
function attributionText(claim: Extract<RecordClaim, { predicate: 'attributed-to' }>): string {
  const { sponsor, country, text } = claim;
  if (sponsor !== undefined && (country === undefined || parseCountry(sponsor)?.code !== country))
    return sponsor;
  return country === undefined ? text : countryName(country);
}

function textOf(ref: EntityRef): string {
  return ref.name ?? ref.externalId ?? ref.id ?? ref.uuid ?? '';
}

/** Claims that add nothing of their own to their record's provenance share one object. */
function provenanceOf(position: number, claim: RecordClaim, context: Context): Provenance {
  const prepared = context.records[position];
  if (prepared === undefined) throw new Error('a claim without its record');
  const plain =
    claim.reference === undefined &&
    claim.citation === undefined &&
    claim.date === undefined &&
    claim.confidence === undefined &&
    claim.marking === undefined &&
    claim.quote === undefined;
  if (!plain) return createProvenance(prepared, claim);
  const shared = context.provenances[position] ?? createProvenance(prepared, claim);
  context.provenances[position] = shared;
  return shared;
}

function createProvenance(prepared: PreparedRecord, claim: RecordClaim): Provenance {
  const { source, record } = prepared;
  const reference = claim.reference ?? record.url;
  const date = claim.date ?? record.modified ?? record.created;
  return {
    source,
    record: record.externalId,
    ...(record.collection === undefined ? {} : { collection: record.collection }),
    ...(record.publisher === undefined ? {} : { publisher: record.publisher }),
    ...(reference === undefined ? {} : { reference }),
    ...(claim.citation === undefined ? {} : { citation: claim.citation }),
    ...(date === undefined ? {} : { date }),
    marking: claimMarking(prepared, claim),
    confidence: claim.confidence ?? record.confidence ?? null,
    ...(claim.quote === undefined ? {} : { quote: claim.quote }),
  };
}
