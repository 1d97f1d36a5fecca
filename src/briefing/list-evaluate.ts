import type { EntityType } from '../domain/entity-type.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import {
  allOf,
  type Condition,
  type ConditionLeaf,
  isLeaf,
  leavesOf,
  notOf,
} from '../questions/condition.ts';
import { countriesIn, placesIn } from '../questions/condition-region.ts';
import { namesStateBody } from '../questions/condition-sponsor.ts';
import { assertNever } from '../support/assert-never.ts';
import { activitySince, datedWithin, sinceDay } from './list-dates.ts';
import { type ClaimsById, type ListIndex, listIndexOf, noClaims } from './list-index.ts';
import { namedBy } from './list-names.ts';
import { limitSources, sourceTest } from './list-sources.ts';
import { nameClaims } from './names.ts';
import { usesOf } from './uses-of.ts';

/** Why something is listed: a condition with the claims that fulfil it. */
export type Evidence =
  | { readonly kind: 'leaf'; readonly leaf: ConditionLeaf; readonly claims: readonly Claim[] }
  /** Through actors: each with what ties it to the thing, and why the actor fits. */
  | { readonly kind: 'actors'; readonly users: readonly User[] };

export interface User {
  readonly actor: Entity;
  readonly claims: readonly Claim[];
  readonly evidence: readonly Evidence[];
}

/** Everything listed, with why; in the order of the knowledge. */
export type Listed = ReadonlyMap<StixId, readonly Evidence[]>;

interface Scope {
  readonly knowledge: Knowledge;
  readonly index: ListIndex;
  readonly now: Date;
  readonly type: EntityType;
  readonly isAllowed: ((source: string, publisher?: string) => boolean) | undefined;
}

type Within = ReadonlyMap<StixId, unknown> | undefined;

/** Entities of some types for which a condition holds. Pure over the knowledge but for lists made at first use. */
export function evaluateList(
  types: readonly EntityType[],
  where: Condition,
  knowledge: Knowledge,
  now: Date,
): Listed {
  const index = listIndexOf(knowledge);
  const limits = limitSources(where, knowledge);
  const result = new Map<StixId, readonly Evidence[]>();
  for (const type of types) {
    const scope: Scope = { knowledge, index, now, type, isAllowed: limits.isAllowed };
    const found = evaluate(conditionFor(type, limits.where), scope, undefined);
    for (const [id, evidence] of found) {
      if (
        limits.isAllowed === undefined ||
        evidence.length > 0 ||
        isKnownTo(id, limits.isAllowed, knowledge)
      ) {
        result.set(id, evidence);
      }
    }
  }
  return result;
}

function isKnownTo(id: StixId, isAllowed: NonNullable<Scope['isAllowed']>, knowledge: Knowledge): boolean {
  return knowledge.entities.get(id)?.records.some(({ source }) => isAllowed(source)) === true;
}

const thingLeaves: readonly ConditionLeaf['kind'][] = [
  'uses',
  'software',
  'name',
  'source',
  'since',
  'dated',
  'entity',
];
/** What is recorded of a thing itself; every other condition is one of the actors behind it. */
const ownLeaves: Readonly<Partial<Record<EntityType, readonly ConditionLeaf['kind'][]>>> = {
  malware: [...thingLeaves, 'platform'],
  tool: [...thingLeaves, 'platform'],
  'attack-pattern': [...thingLeaves, 'platform', 'tactic'],
  vulnerability: thingLeaves,
  campaign: [...thingLeaves, 'sector', 'region'],
};

/** What is said of actors becomes a condition of those who use the thing: "type:malware country:iran". */
export function conditionFor(type: EntityType, parts: readonly Condition[]): Condition {
  const own = ownLeaves[type];
  if (own === undefined) return allOf(parts);
  const isOwn = (part: Condition): boolean =>
    part.kind === 'of-actors' || leavesOf(part).every(({ leaf }) => own.includes(leaf.kind));
  const ofActors = parts.filter((part) => !isOwn(part));
  const positive = ofActors.filter(({ kind }) => kind !== 'not');
  const negative = ofActors.flatMap((part) =>
    part.kind === 'not' ? [notOf({ kind: 'of-actors' as const, of: part.of })] : [],
  );
  return allOf([
    ...parts.filter(isOwn),
    ...(positive.length === 0 ? [] : [{ kind: 'of-actors' as const, of: allOf(positive) }]),
    ...negative,
  ]);
}

function evaluate(condition: Condition, scope: Scope, within: Within): Listed {
  if (isLeaf(condition)) return evaluateLeaf(condition, scope, within);
  switch (condition.kind) {
    case 'and':
      return evaluateAnd(condition.of, scope, within);
    case 'or':
      return evaluateOr(condition.of, scope, within);
    case 'not': {
      const found = evaluate(condition.of, scope, within);
      const all = within ?? scope.index.ofType(scope.type);
      return new Map([...all.keys()].filter((id) => !found.has(id)).map((id) => [id, []]));
    }
    case 'of-actors':
      return evaluateOfActors(condition.of, scope, within);
    default:
      return assertNever(condition);
  }
}

/** What costs much or is asked of the rest comes last. */
const costs: Readonly<Partial<Record<Condition['kind'], number>>> = { source: 1, name: 2, since: 3, not: 4 };

function evaluateAnd(parts: readonly Condition[], scope: Scope, within: Within): Listed {
  const sorted = [...parts].sort((a, b) => (costs[a.kind] ?? 0) - (costs[b.kind] ?? 0));
  let found: Listed | undefined;
  for (const part of sorted) {
    const next = evaluate(part, scope, found ?? within);
    const before = found;
    found =
      before === undefined
        ? next
        : new Map(
            [...before].flatMap(([id, evidence]) => {
              const more = next.get(id);
              return more === undefined ? [] : [[id, [...evidence, ...more]] as const];
            }),
          );
  }
  if (found !== undefined) return found;
  const all = within ?? scope.index.ofType(scope.type);
  return new Map([...all.keys()].map((id) => [id, []]));
}

function evaluateOr(parts: readonly Condition[], scope: Scope, within: Within): Listed {
  const found = new Map<StixId, readonly Evidence[]>();
  for (const part of parts) {
    for (const [id, evidence] of evaluate(part, scope, within)) {
      found.set(id, [...(found.get(id) ?? []), ...evidence]);
    }
  }
  return found;
}

function evaluateOfActors(of: Condition, scope: Scope, within: Within): Listed {
  const { knowledge, index, type } = scope;
  const actors = evaluate(of, { ...scope, type: 'intrusion-set' }, undefined);
  const users = new Map<StixId, Map<StixId, User & { readonly claims: Claim[] }>>();
  for (const [id, evidence] of actors) {
    const actor = index.ofType('intrusion-set').get(id);
    if (actor === undefined) continue;
    for (const [thing, claim, tie] of thingsOf(actor, type, knowledge)) {
      if ((within !== undefined && !within.has(thing)) || !counts(claim, scope)) continue;
      if (!index.ofType(type).has(thing)) continue;
      const byActor = users.get(thing) ?? new Map<StixId, User & { readonly claims: Claim[] }>();
      users.set(thing, byActor);
      const known = byActor.get(id);
      const claims = tie === undefined ? [claim] : [claim, tie];
      if (known === undefined) byActor.set(id, { actor, claims, evidence });
      else known.claims.push(...claims);
    }
  }
  return new Map(
    [...users].map(([thing, byActor]) => [thing, [{ kind: 'actors', users: [...byActor.values()] }]]),
  );
}

/** A thing, who ties the actor to it, and who attributes the campaign where the tie goes through one. */
type ActorThing = readonly [thing: StixId, claim: Claim, tie?: Claim];

/** What an actor uses or exploits, or the campaigns that it stands behind, with the claim that says so. */
function thingsOf(actor: Entity, type: EntityType, knowledge: Knowledge): readonly ActorThing[] {
  if (type === 'campaign') {
    return knowledge.claimsAbout(actor.id, 'attributed-to').map((claim) => [claim.subject, claim] as const);
  }
  const predicates = type === 'vulnerability' ? (['exploits', 'uses'] as const) : (['uses'] as const);
  return predicates
    .flatMap((predicate) => usesOf(actor.id, knowledge, predicate))
    .flatMap(({ claim, through }): readonly ActorThing[] => {
      if (claim.object === undefined || isDenied(claim)) return [];
      return [through === undefined ? [claim.object, claim] : [claim.object, claim, through.tie]];
    });
}

function isDenied({ given }: Claim): boolean {
  return given.predicate === 'exploits' && given.negated === true;
}

function counts({ provenance }: Claim, { isAllowed }: Scope): boolean {
  return isAllowed === undefined || isAllowed(provenance.source, provenance.publisher);
}

function evaluateLeaf(leaf: ConditionLeaf, scope: Scope, within: Within): Listed {
  const found = new Map<StixId, readonly Evidence[]>();
  for (const byId of claimsFor(leaf, scope, within)) {
    for (const [id, all] of byId) {
      if (within !== undefined && !within.has(id)) continue;
      const claims = scope.isAllowed === undefined ? all : all.filter((claim) => counts(claim, scope));
      // An entry in a list of ransomware says nothing of an actor without the use.
      if (
        claims.length === 0 ||
        (throughThings.has(leaf.kind) &&
          claims.every(
            ({ subject, predicate, object }) =>
              subject !== id && !(predicate === 'attributed-to' && object === id),
          ))
      )
        continue;
      const [known] = found.get(id) ?? [];
      const before = known?.kind === 'leaf' ? known.claims : [];
      found.set(id, [{ kind: 'leaf', leaf, claims: before.length === 0 ? claims : [...before, ...claims] }]);
    }
  }
  return found;
}

/** Conditions that may be fulfilled by what is used: the use has to be stated too. */
const throughThings: ReadonlySet<string> = new Set(['software', 'tactic', 'platform']);

/** Claims that fulfil a leaf, in as many lists as it has values. */
function claimsFor(leaf: ConditionLeaf, scope: Scope, within: Within): readonly ClaimsById[] {
  const { index, type, knowledge, now } = scope;
  switch (leaf.kind) {
    case 'country':
      return [index.claims(type, 'attributed-to', leaf.code)];
    case 'origin-region':
      return [...countriesIn(leaf.key)].map((code) => index.claims(type, 'attributed-to', code));
    case 'sector':
      return [index.claims(type, 'targets-sector', leaf.key)];
    case 'region':
      return [...placesIn(leaf.key)].map((place) => index.claims(type, 'targets-region', place));
    case 'motivation':
      return [index.claims(type, 'motivation', leaf.key)];
    case 'uses':
      return usersOf(leaf.id, scope);
    case 'software':
      return type === 'malware' || type === 'tool'
        ? [index.listed(leaf.key)]
        : usersOfListed(index.listed(leaf.key), scope);
    case 'since': {
      const day = sinceDay(leaf.date, now);
      return [byEntity(scope, within, (entity) => activitySince(entity, day, knowledge, now))];
    }
    case 'dated':
      return [byEntity(scope, within, (entity) => datedWithin(entity, leaf, knowledge, now))];
    case 'tactic': {
      const listed = index.claims('attack-pattern', 'tactic', leaf.key);
      return type === 'attack-pattern' ? [listed] : usersOfListed(listed, scope);
    }
    case 'platform':
      return hasPlatforms.includes(type)
        ? [index.claims(type, 'platform', leaf.key)]
        : (['malware', 'tool'] as const).flatMap((software) =>
            usersOfListed(index.claims(software, 'platform', leaf.key), scope),
          );
    case 'sponsored':
      return [
        byEntity(scope, within, ({ id }) =>
          knowledge.claims(id, 'attributed-to').filter((claim) => isSponsor(claim, leaf.body)),
        ),
      ];
    case 'entity': {
      const entity = index.ofType(type).get(leaf.id);
      return [entity === undefined ? noClaims : new Map([[leaf.id, nameClaims(entity, knowledge)]])];
    }
    case 'name':
      return [byEntity(scope, within, (entity) => namedBy(entity, leaf.text))];
    case 'source': {
      const isIt = sourceTest(leaf.name, knowledge);
      return [
        byEntity(scope, within, ({ id }) =>
          knowledge.claims(id).filter(({ provenance }) => isIt(provenance.source, provenance.publisher)),
        ),
      ];
    }
    default:
      return assertNever(leaf);
  }
}

/** Who uses or exploits a thing or one of its sub-techniques. */
function usersOf(id: StixId, { knowledge, type }: Scope): readonly ClaimsById[] {
  const subTechniques = knowledge
    .claimsAbout(id, 'related-to')
    .filter(({ given }) => given.predicate === 'related-to' && given.relation === 'subtechnique-of')
    .map(({ subject }) => subject);
  const users = new Map<StixId, Claim[]>();
  const add = (user: StixId, claims: readonly Claim[]): void => {
    const known = users.get(user);
    if (known === undefined) users.set(user, [...claims]);
    else known.push(...claims);
  };
  for (const used of new Set([id, ...subTechniques])) {
    for (const claim of [
      ...knowledge.claimsAbout(used, 'uses'),
      ...knowledge.claimsAbout(used, 'exploits'),
    ]) {
      if (isDenied(claim)) continue;
      const user = knowledge.entities.get(claim.subject);
      if (user?.type === type) add(claim.subject, [claim]);
      // A campaign's means are those of whoever it is attributed to.
      if (user?.type !== 'campaign' || type !== 'intrusion-set') continue;
      for (const tie of knowledge.claims(user.id, 'attributed-to')) {
        if (tie.object !== undefined && knowledge.entities.get(tie.object)?.type === type)
          add(tie.object, [claim, tie]);
      }
    }
  }
  return [users];
}

function isSponsor({ given }: Claim, body: string | undefined): boolean {
  if (given.predicate !== 'attributed-to') return false;
  return body === undefined
    ? given.sponsor !== undefined
    : namesStateBody(given.text, body) || namesStateBody(given.sponsor ?? '', body);
}

const hasPlatforms: readonly EntityType[] = ['malware', 'tool', 'attack-pattern'];

/** Who uses things of which something is stated, as that they stand in a publisher's list: the use, and the statement. */
function usersOfListed(listed: ClaimsById, { index, type }: Scope): readonly ClaimsById[] {
  const used = index.values(type, 'uses');
  return [...listed].map(([software, entries]): ClaimsById => {
    const users = used.get(software);
    return users === undefined
      ? noClaims
      : new Map([...users].map(([id, claims]) => [id, [...claims, ...entries]]));
  });
}

function byEntity(
  { index, type }: Scope,
  within: Within,
  claimsOf: (entity: Entity) => readonly Claim[],
): ClaimsById {
  const result = new Map<StixId, readonly Claim[]>();
  for (const [id, entity] of index.ofType(type)) {
    if (within !== undefined && !within.has(id)) continue;
    const claims = claimsOf(entity);
    if (claims.length > 0) result.set(id, claims);
  }
  return result;
}
