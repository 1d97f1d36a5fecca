import { countryName } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import { organisationName } from '../domain/organisation.ts';
import type { Predicate } from '../domain/record.ts';
import { predicates } from '../domain/record.ts';
import { regionKey } from '../domain/region.ts';
import { sectorKey } from '../domain/sector.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Knowledge, Provenance } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import type { Disagreement } from './disagreements.ts';
import { labelOf } from './labels.ts';
import { isMentionOnly } from './mentioned.ts';
import { dayOf } from './text.ts';
import type { Fact, FactDisagreement, FactSource } from './types.ts';

/** Everyone who states one value of one predicate about one subject. */
export interface ClaimGroup {
  readonly subject: StixId;
  readonly predicate: Predicate;
  readonly object?: StixId;
  /** The value in the words of the first claim. */
  readonly value: string;
  /** In the order given; never empty. */
  readonly claims: readonly [Claim, ...Claim[]];
}

/** Groups claims by what they say; most sources first, then the newest, then alphabetically. */
export function groupClaims(claims: readonly Claim[]): readonly ClaimGroup[] {
  const groups = new Map<string, [Claim, ...Claim[]]>();
  for (const claim of claims) {
    const key = `${claim.subject}\n${claim.predicate}\n${valueKey(claim)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [claim]);
    else if (!group.includes(claim)) group.push(claim);
  }
  return [...groups.values()]
    .map(toRanked)
    .sort(compareRanked)
    .map(({ group }) => group);
}

/** A group with what it is ranked by, reckoned once. */
interface Ranked {
  readonly group: ClaimGroup;
  readonly sources: number;
  readonly date: string;
}

function toRanked(claims: [Claim, ...Claim[]]): Ranked {
  const sources = claims.length === 1 ? 1 : sourceCount(claims);
  return { group: toGroup(claims), sources, date: newestDate(claims) };
}

function toGroup(claims: [Claim, ...Claim[]]): ClaimGroup {
  const [first] = claims;
  return {
    subject: first.subject,
    predicate: first.predicate,
    ...(first.object === undefined ? {} : { object: first.object }),
    value: first.value,
    claims,
  };
}

function compareRanked(a: Ranked, b: Ranked): number {
  if (a.sources !== b.sources) return b.sources - a.sources;
  if (a.date !== b.date) return b.date < a.date ? -1 : 1;
  return a.group.value.localeCompare(b.group.value, 'en');
}

/** How many different voices state it. */
export function sourceCount(claims: readonly Claim[]): number {
  return new Set(claims.map(({ provenance }) => `${provenance.source}\n${provenance.publisher ?? ''}`)).size;
}

/** The newest ISO date among the claims; empty when none has one. */
export function newestDate(claims: readonly Claim[]): string {
  let newest = '';
  for (const { provenance } of claims) {
    if (provenance.date !== undefined && provenance.date > newest) newest = provenance.date;
  }
  return newest;
}

/** What makes two claims of one subject and predicate the same statement. */
function valueKey(claim: Claim): string {
  const { given, object } = claim;
  const target = object ?? nameKey(claim.value);
  switch (given.predicate) {
    case 'alias':
      return `${nameKey(given.text)}\n${given.relation}`;
    case 'attributed-to':
      if (object !== undefined) return object;
      return given.country === undefined && given.sponsor === undefined
        ? nameKey(given.text)
        : `${given.country ?? ''}\n${nameKey(given.sponsor ?? '')}`;
    case 'targets-region':
      return given.country ?? regionKey(given.text);
    case 'targets-sector':
      return sectorKey(given.text);
    case 'exploits':
      return `${target}\n${given.negated === true ? 'not' : ''}`;
    case 'description':
      return `${given.section}\n${given.text}`;
    case 'reference':
      return given.url;
    case 'related-to':
      return `${target}\n${given.relation}`;
    case 'active-since':
    case 'last-seen':
      return given.text;
    case 'detail':
      return `${given.label}\n${given.on ?? ''}\n${given.text}`;
    case 'uses':
    case 'reported-in':
      return target;
    case 'name':
    case 'motivation':
    case 'tactic':
    case 'platform':
      return nameKey(given.text) || given.text;
    default:
      return assertNever(given);
  }
}

/**
 * Claims as facts: one for each statement, with all its sources; by predicate, then as `groupClaims` orders. A fact that
 * is a side of one of the disagreements says so.
 */
export function toFacts(
  claims: readonly Claim[],
  knowledge: Knowledge,
  disagreements: readonly Disagreement[] = [],
): readonly Fact[] {
  const groups = groupClaims(claims);
  const sides = sidesByClaim(disagreements);
  return predicates.flatMap((predicate) =>
    groups.filter((group) => group.predicate === predicate).map((group) => toFact(group, knowledge, sides)),
  );
}

/** Claims are made anew for each asking: what a claim states where makes it the same. */
function sidesByClaim(
  disagreements: readonly Disagreement[],
): ReadonlyMap<string, readonly FactDisagreement[]> {
  const result = new Map<string, FactDisagreement[]>();
  for (const { kind, about, sides } of disagreements) {
    for (const { value: side, claims } of sides) {
      for (const key of new Set(claims.map(claimIdentity))) {
        result.set(key, [...(result.get(key) ?? []), { kind, about, side }]);
      }
    }
  }
  return result;
}

function claimIdentity(claim: Claim): string {
  const { subject, predicate, provenance } = claim;
  return [subject, predicate, valueKey(claim), provenance.source, provenance.record].join('\n');
}

function toFact(
  group: ClaimGroup,
  knowledge: Knowledge,
  sides: ReadonlyMap<string, readonly FactDisagreement[]>,
): Fact {
  const disagreements = group.claims.flatMap((claim) => sides.get(claimIdentity(claim)) ?? []);
  const distinct = new Map(disagreements.map((one) => [JSON.stringify(one), one]));
  return {
    subject: group.subject,
    predicate: group.predicate,
    object: {
      ...toObject(group, knowledge),
      ...(distinct.size === 0 ? {} : { disagreements: [...distinct.values()] }),
    },
    sources: factSources(group.claims),
  };
}

function toObject(group: ClaimGroup, knowledge: Knowledge): Fact['object'] {
  const [{ given }] = group.claims;
  const entity = group.object === undefined ? undefined : knowledge.entities.get(group.object);
  const target =
    group.object === undefined
      ? {}
      : {
          id: group.object,
          ...(entity === undefined ? {} : { type: entity.type, label: labelOf(entity) }),
        };
  const name = entity?.name ?? group.value;
  switch (given.predicate) {
    case 'alias': {
      const coined = group.claims.flatMap(({ given: g }) =>
        g.predicate === 'alias' && g.coinedBy !== undefined ? [organisationName(g.coinedBy)] : [],
      );
      const coinedBy = coined.length === 0 ? {} : { coinedBy: [...new Set(coined)] };
      return { name: given.text, relation: given.relation, ...coinedBy };
    }
    case 'attributed-to':
      return {
        ...target,
        name: entity?.name ?? attributionName(given),
        text: given.text,
        ...(given.country === undefined ? {} : { country: given.country }),
        ...(given.sponsor === undefined ? {} : { sponsor: given.sponsor }),
      };
    case 'targets-region':
      return { name: given.text, ...(given.country === undefined ? {} : { country: given.country }) };
    case 'exploits':
      return { ...target, name, text: given.text, negated: given.negated === true };
    case 'description':
      return { name: given.text, section: given.section };
    case 'reference':
      return { name: given.title ?? given.url, url: given.url };
    case 'related-to':
      return {
        ...target,
        name,
        relation: given.relation,
        ...(given.likelihood === undefined ? {} : { likelihood: given.likelihood }),
      };
    case 'uses':
      return { ...target, name };
    case 'reported-in':
      return { ...target, name, ...(isMentionOnly(group.claims) ? { mentioned: true } : {}) };
    case 'name':
    case 'targets-sector':
    case 'motivation':
    case 'active-since':
    case 'last-seen':
    case 'tactic':
    case 'platform':
      return { name: given.text };
    case 'detail':
      return { name: given.text, label: given.label, ...(given.on === undefined ? {} : { on: given.on }) };
    default:
      return assertNever(given);
  }
}

/** "Iran", "Iran, Ministry of Intelligence and Security", or the words as written. */
export function attributionName(given: { country?: string; sponsor?: string; text: string }): string {
  const parts = [given.country === undefined ? undefined : countryName(given.country), given.sponsor];
  return parts.filter((part) => part !== undefined).join(', ') || given.text;
}

function factSources(claims: readonly Claim[]): readonly FactSource[] {
  const sources = new Map<string, { readonly source: FactSource; readonly records: Set<string> }>();
  for (const { provenance } of claims) {
    const source = toFactSource(provenance);
    const key = JSON.stringify(source);
    const known = sources.get(key) ?? { source, records: new Set() };
    known.records.add(provenance.record);
    sources.set(key, known);
  }
  return [...sources.values()].map(({ source, records }) => ({ ...source, records: [...records] }));
}

export function toFactSource(provenance: Provenance): FactSource {
  return {
    source: provenance.source,
    reference: provenance.reference ?? null,
    date: provenance.date === undefined ? null : dayOf(provenance.date),
    tlp: provenance.marking,
    confidence: provenance.confidence,
    ...(provenance.publisher === undefined ? {} : { publisher: provenance.publisher }),
    ...(provenance.quote === undefined ? {} : { quote: provenance.quote }),
  };
}
