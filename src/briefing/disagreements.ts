import { countryName } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import {
  canBeginTogether,
  countriesExclude,
  isHedged,
  motivationsExclude,
  sectorsExclude,
} from './exclusions.ts';
import { attackIdOf, relationLabels } from './labels.ts';
import { nameOwners } from './name-owners.ts';

/** One side of a disagreement: what it says, and who says so. */
export interface Side {
  readonly value: string;
  readonly claims: readonly Claim[];
}

export const disagreementKinds = [
  'attribution',
  'certainty',
  'active-since',
  'motivation',
  'targets-sector',
  'alias-relation',
  'name-owner',
  'relation',
  'exploits',
] as const;

/** Two or more values in one predicate that cannot all be meant. */
export interface Disagreement {
  readonly kind: (typeof disagreementKinds)[number];
  /** What it is about: "Attribution", or the alias or entity in question. */
  readonly about: string;
  readonly sides: readonly [Side, Side, ...Side[]];
}

/**
 * Where records about an entity contradict one another. What one record says together it means together, so only
 * different records disagree; and a list is open: to name Germany is not to deny France. The rules, by kind:
 *
 * - `attribution`: two records name countries of which none is common. A record that names both sides with.
 * - `certainty`: of one country, one source says "suspected" or the like and another states it plainly.
 * - `active-since`: beginnings in different years, unless both tell the month and lie within twelve of them.
 * - `motivation`: one record knows espionage and no gain, another gain and no espionage.
 * - `targets-sector`: two records name two or more sectors each and none in common.
 * - `alias-relation`, `relation`: one calls a name or an entity the same, another less than that.
 * - `name-owner`: names that one source gives to this actor and another source to one that somebody keeps apart from it.
 * - `exploits`: exploitation stated by one and not observed by another.
 *
 * Regions, software, techniques, reports and references never disagree.
 */
export function findDisagreements(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  return [
    ...attribution(entity, knowledge),
    ...activeSince(entity, knowledge),
    ...motivation(entity, knowledge),
    ...sectors(entity, knowledge),
    ...aliasRelationsOf(entity),
    ...owners(entity, knowledge),
    ...relations(entity, knowledge),
    ...exploitation(entity, knowledge),
  ];
}

function disagreement(
  kind: Disagreement['kind'],
  about: string,
  sides: ReadonlyMap<string, readonly Claim[]>,
): readonly Disagreement[] {
  const [first, second, ...others] = [...sides].map(([value, claims]) => ({ value, claims }));
  return first === undefined || second === undefined
    ? []
    : [{ kind, about, sides: [first, second, ...others] }];
}

/** Claims by the value that `valueOf` gives; claims without one stand aside. */
function sidesBy(
  claims: readonly Claim[],
  valueOf: (claim: Claim) => string | undefined,
): Map<string, Claim[]> {
  const sides = new Map<string, Claim[]>();
  for (const claim of claims) {
    const value = valueOf(claim);
    if (value === undefined) continue;
    const side = sides.get(value);
    if (side === undefined) sides.set(value, [claim]);
    else side.push(claim);
  }
  return sides;
}

function recordOf({ provenance }: Claim): string {
  return `${provenance.source}\n${provenance.record}`;
}

/** True where `exclude` holds between what some two records say. */
function someExclude(
  claims: readonly Claim[],
  valueOf: (claim: Claim) => string | undefined,
  exclude: (a: ReadonlySet<string>, b: ReadonlySet<string>) => boolean,
): boolean {
  const byRecord = new Map<string, Set<string>>();
  for (const claim of claims) {
    const value = valueOf(claim);
    if (value === undefined) continue;
    byRecord.set(recordOf(claim), (byRecord.get(recordOf(claim)) ?? new Set()).add(value));
  }
  // Many records say the same: what differs is few.
  const said = new Map([...byRecord.values()].map((values) => [[...values].sort().join('\n'), values]));
  const distinct = [...said.values()];
  return distinct.some((a, index) => distinct.slice(index + 1).some((b) => exclude(a, b)));
}

function countryOf({ given, object }: Claim): string | undefined {
  return given.predicate === 'attributed-to' && object === undefined ? given.country : undefined;
}

function attribution(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const claims = knowledge.claims(entity.id, 'attributed-to');
  const byCountry = sidesBy(claims, countryOf);
  if (someExclude(claims, countryOf, countriesExclude)) {
    const named = new Map([...byCountry].map(([country, stated]) => [countryName(country), stated]));
    return disagreement('attribution', 'Attribution', named);
  }
  return [...byCountry].flatMap(([country, stated]) => certainty(country, stated));
}

/** One source suspects what another states: of a plain statement with low confidence nobody can say that it is sure. */
function certainty(country: string, claims: readonly Claim[]): readonly Disagreement[] {
  const sides = sidesBy(claims, ({ given, provenance }) => {
    if (given.predicate !== 'attributed-to') return undefined;
    if (isHedged(given.text)) return 'suspected';
    return provenance.confidence === null || provenance.confidence >= sure ? 'stated' : undefined;
  });
  return haveOwnVoices(sides.get('suspected') ?? [], sides.get('stated') ?? [])
    ? disagreement('certainty', `Attribution to ${countryName(country)}`, sides)
    : [];
}

/** From here on a confidence of 0–100 counts as a plain statement: "usually confident" in MISP's words. */
const sure = 75;

function activeSince(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const claims = knowledge.claims(entity.id, 'active-since');
  const dateOf = ({ given }: Claim): string | undefined =>
    given.predicate === 'active-since' ? given.text : undefined;
  const excludes = someExclude(claims, dateOf, (a, b) => {
    const [first = '', second = ''] = [[...a].sort()[0], [...b].sort()[0]];
    return !canBeginTogether(first, second);
  });
  return excludes ? disagreement('active-since', 'Active since', sidesBy(claims, dateOf)) : [];
}

function motivation(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const claims = knowledge.claims(entity.id, 'motivation');
  const textOf = ({ given }: Claim): string | undefined =>
    given.predicate === 'motivation' ? given.text : undefined;
  if (!someExclude(claims, textOf, motivationsExclude)) return [];
  return disagreement('motivation', 'Motivation', sidesBy(claims, textOf));
}

function sectors(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  if (entity.type !== 'intrusion-set') return [];
  const claims = knowledge
    .claims(entity.id, 'targets-sector')
    .filter(({ provenance }) => entity.records.some((key) => isRecord(key, provenance)));
  const textOf = ({ given }: Claim): string | undefined =>
    given.predicate === 'targets-sector' ? given.text : undefined;
  if (!someExclude(claims, textOf, sectorsExclude)) return [];
  const byRecord = new Map<string, Claim[]>();
  for (const claim of claims)
    byRecord.set(recordOf(claim), [...(byRecord.get(recordOf(claim)) ?? []), claim]);
  const sides = new Map(
    [...byRecord.values()].map((stated) => [stated.map(({ value }) => value).join(', '), stated]),
  );
  return disagreement('targets-sector', 'Targeted sectors', sides);
}

/** A profile lists whom an actor targets; a report only tells of one attack. */
function isRecord(key: Entity['records'][number], provenance: Claim['provenance']): boolean {
  return key.source === provenance.source && key.externalId === provenance.record;
}

function aliasRelationsOf(entity: Entity): readonly Disagreement[] {
  return entity.names
    .filter((name) => name.kind === 'alias')
    .flatMap((name) => {
      const sides = sidesBy(name.claims, ({ given }) =>
        given.predicate === 'alias' ? relationLabels[given.relation] : undefined,
      );
      return sides.has(relationLabels['same-as']) ? disagreement('alias-relation', name.text, sides) : [];
    });
}

/**
 * Names that another actor carries too, where somebody knows the two for different ones: then whoever gives a name to
 * this actor denies it to that. Where nobody does they may well be one that could not be joined, which is no
 * contradiction; nor is it where one source gives the names to both.
 */
function owners(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  if (entity.type !== 'intrusion-set') return [];
  const apart = new Set(
    (entity.refusals ?? []).flatMap(({ other, apart: why }) => (why === undefined ? [] : [other])),
  );
  return [...apart].flatMap((id) => {
    const other = knowledge.entities.get(id);
    return other === undefined ? [] : ownedByBoth(entity, other, knowledge);
  });
}

function ownedByBoth(entity: Entity, other: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const carried = nameOwners(knowledge);
  const shared = entity.names.flatMap(({ text }) => {
    const all = carried.get(nameKey(text)) ?? [];
    const mine = all.find((owner) => owner.entity === entity);
    const theirs = all.find((owner) => owner.entity === other);
    if (mine === undefined || theirs === undefined) return [];
    const [ours, others] = [ownClaims(mine.name.claims), ownClaims(theirs.name.claims)];
    return haveOwnVoices(ours, others) ? [{ text, ours, theirs: others }] : [];
  });
  if (shared.length === 0) return [];
  const what = shared.length === 1 ? 'a name' : 'names';
  const [us, them] = distinctLabels(entity, other);
  const sides = new Map([
    [`${what} of ${us}`, shared.flatMap(({ ours }) => ours)],
    [`${what} of ${them}`, shared.flatMap(({ theirs }) => theirs)],
  ]);
  return disagreement('name-owner', shared.map(({ text }) => text).join(', '), sides);
}

/** Both by name and ATT&CK id; by whatever id they have where that does not tell them apart. */
function distinctLabels(a: Entity, b: Entity): readonly [string, string] {
  const label = (entity: Entity): string => {
    const id = attackIdOf(entity);
    return id === undefined ? entity.name : `${entity.name} (${id})`;
  };
  const [first, second] = [label(a), label(b)];
  return first === second
    ? [`${first} (${a.externalIds[0] ?? a.id})`, `${second} (${b.externalIds[0] ?? b.id})`]
    : [first, second];
}

/** True where each side has a source, or a list of one, that the other has not. */
function haveOwnVoices(a: readonly Claim[], b: readonly Claim[]): boolean {
  const [ours, theirs] = [voicesOf(a), voicesOf(b)];
  return [...ours].some((voice) => !theirs.has(voice)) && [...theirs].some((voice) => !ours.has(voice));
}

function voicesOf(claims: readonly Claim[]): ReadonlySet<string> {
  return new Set(
    claims.map(({ provenance: { source, collection, publisher } }) =>
      [source, collection ?? '', publisher ?? ''].join('\n'),
    ),
  );
}

function ownClaims(claims: readonly Claim[]): readonly Claim[] {
  return claims.filter(({ given }) => given.predicate !== 'alias' || given.relation === 'same-as');
}
function relations(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const byTarget = sidesBy(
    knowledge.claims(entity.id, 'related-to'),
    (claim) => claim.object ?? nameKey(claim.value),
  );
  return [...byTarget.values()].flatMap((claims) => {
    const sides = sidesBy(claims, ({ given }) =>
      given.predicate === 'related-to' && given.relation in relationLabels
        ? relationLabels[given.relation as keyof typeof relationLabels]
        : undefined,
    );
    const about = claims[0]?.value ?? '';
    return sides.has(relationLabels['same-as']) ? disagreement('relation', about, sides) : [];
  });
}

const notObserved = 'not observed';
const stated = 'stated';

function exploitation(entity: Entity, knowledge: Knowledge): readonly Disagreement[] {
  const claims = knowledge.claims(entity.id, 'exploits');
  const denied = claims.filter(({ given }) => given.predicate === 'exploits' && given.negated === true);
  if (denied.length === 0) return [];
  // A denial without a target speaks of vulnerabilities as such, so every statement of exploitation stands against it.
  const deniesAll = denied.some((claim) => claim.object === undefined);
  const deniedTargets = new Set(denied.map((claim) => claim.object));
  const affirmed = claims.filter(
    (claim) =>
      claim.given.predicate === 'exploits' &&
      claim.given.negated !== true &&
      (deniesAll || deniedTargets.has(claim.object)),
  );
  if (affirmed.length === 0) return [];
  return disagreement(
    'exploits',
    'Exploiting vulnerabilities',
    new Map([
      [stated, affirmed],
      [notObserved, denied],
    ]),
  );
}
