import type { StixId } from '../domain/stix-id.ts';
import { stricter, type Tlp, tlpLevels } from '../domain/tlp.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { namedIn } from './digest-named.ts';
import { isTie } from './digest-ties.ts';
import { valuesOf } from './list-index.ts';
import { tiedActors } from './tied-actors.ts';

/** What is recorded of an entity that a digest asks for, each value with the lowest marking at which it is. */
export interface Facets {
  readonly origins: ReadonlyMap<string, Tlp>;
  readonly sectors: ReadonlyMap<string, Tlp>;
  /** Countries and regions that it targets. */
  readonly places: ReadonlyMap<string, Tlp>;
  readonly motivations: ReadonlyMap<string, Tlp>;
  /** What it uses or exploits, by id. */
  readonly used: ReadonlyMap<string, Tlp>;
}

/** One thing that an item is about, with the marking of what ties it to the item's own entity. */
export interface Related {
  readonly entity: Entity;
  readonly tie: Tlp;
}

interface Cache {
  readonly facets: Map<StixId, Facets>;
  readonly related: Map<StixId, readonly Related[]>;
}

const caches = new WeakMap<Knowledge, Cache>();

function cacheOf(knowledge: Knowledge): Cache {
  const known = caches.get(knowledge) ?? { facets: new Map(), related: new Map() };
  caches.set(knowledge, known);
  return known;
}

/** Computed once for each entity of a knowledge object. */
export function facetsOf(entity: Entity, knowledge: Knowledge): Facets {
  const { facets } = cacheOf(knowledge);
  const known = facets.get(entity.id);
  if (known !== undefined) return known;
  const claims = (...predicates: readonly Claim['predicate'][]): ReadonlyMap<string, Tlp> =>
    lowest(predicates.flatMap((predicate) => knowledge.claims(entity.id, predicate)));
  const found: Facets = {
    origins: claims('attributed-to'),
    sectors: claims('targets-sector'),
    places: claims('targets-region'),
    motivations: claims('motivation'),
    used: claims('uses', 'exploits'),
  };
  facets.set(entity.id, found);
  return found;
}

function lowest(claims: readonly Claim[]): ReadonlyMap<string, Tlp> {
  const values = new Map<string, Tlp>();
  for (const claim of claims) {
    if (claim.given.predicate === 'exploits' && claim.given.negated === true) continue;
    for (const value of valuesOf(claim)) {
      const known = values.get(value);
      const { marking } = claim.provenance;
      values.set(value, known === undefined ? marking : laxer(known, marking));
    }
  }
  return values;
}

function laxer(a: Tlp, b: Tlp): Tlp {
  return stricter(a, b) === a ? b : a;
}

/**
 * What an item on this entity is about: the entity itself, what a report names, who exploits a vulnerability, who
 * stands behind a campaign. Actors first.
 */
export function relatedOf(entity: Entity, knowledge: Knowledge): readonly Related[] {
  const { related } = cacheOf(knowledge);
  const known = related.get(entity.id);
  if (known !== undefined) return known;
  const found = [{ entity, tie: 'clear' as const }, ...othersOf(entity, knowledge)];
  related.set(entity.id, found);
  return found;
}

function othersOf(entity: Entity, knowledge: Knowledge): readonly Related[] {
  if (entity.type === 'report') {
    const naming = Map.groupBy(knowledge.claimsAbout(entity.id, 'reported-in'), ({ subject }) => subject);
    return namedIn(entity, knowledge).map((one) => ({ entity: one, tie: lowestMarking(naming.get(one.id)) }));
  }
  if (entity.type === 'vulnerability' || entity.type === 'campaign') {
    return tiedActors(entity, knowledge)
      .filter(({ claims }) => claims.some(isTie))
      .map(({ actor, claims }) => ({ entity: actor, tie: lowestMarking(claims.filter(isTie)) }));
  }
  return [];
}

function lowestMarking(claims: readonly Claim[] | undefined): Tlp {
  const markings = new Set((claims ?? []).map(({ provenance }) => provenance.marking));
  return tlpLevels.find((level) => markings.has(level)) ?? 'clear';
}
