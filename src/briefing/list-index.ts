import type { EntityType } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Predicate } from '../domain/record.ts';
import { regionKey } from '../domain/region.ts';
import { sectorKey } from '../domain/sector.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { motivationKeys } from '../questions/condition-motivation.ts';
import { tacticKey } from '../questions/condition-tactic.ts';
import { type Disagreement, findDisagreements } from './disagreements.ts';
import { claimsOfUse, type StatedUse, usesOf } from './uses-of.ts';

/** Claims of one value, by the entity that they are about. */
export type ClaimsById = ReadonlyMap<StixId, readonly Claim[]>;

/** Predicates that are looked up by value. */
export type IndexedPredicate =
  | 'attributed-to'
  | 'targets-sector'
  | 'targets-region'
  | 'motivation'
  | 'uses'
  | 'tactic'
  | 'platform';

/** Inverted lists over one knowledge object; each is made when it is first asked for. */
export interface ListIndex {
  /** Entities of a type, in the knowledge's order. */
  ofType(type: EntityType): ReadonlyMap<StixId, Entity>;
  /** Claims about entities of a type that have this value: a country or sector or region or motive key, an object's id. */
  claims(type: EntityType, predicate: IndexedPredicate, value: string): ClaimsById;
  /** Every value of a predicate about entities of a type. */
  values(type: EntityType, predicate: IndexedPredicate): ReadonlyMap<string, ClaimsById>;
  /** Software that a publisher lists under a kind, with the claims that do so. */
  listed(kind: string): ClaimsById;
  disagreements(entity: Entity): readonly Disagreement[];
}

/** By the knowledge's own function: views with other names share it. */
const indexes = new WeakMap<Knowledge['claims'], ListIndex>();

export function listIndexOf(knowledge: Knowledge): ListIndex {
  let index = indexes.get(knowledge.claims);
  if (index === undefined) {
    index = createListIndex(knowledge);
    indexes.set(knowledge.claims, index);
  }
  return index;
}

function createListIndex(knowledge: Knowledge): ListIndex {
  const types = new Map<EntityType, Map<StixId, Entity>>();
  const inverted = new Map<string, ReadonlyMap<string, ClaimsById>>();
  const disputes = new Map<StixId, readonly Disagreement[]>();
  let kinds: ReadonlyMap<string, ClaimsById> | undefined;

  function ofType(type: EntityType): ReadonlyMap<StixId, Entity> {
    if (types.size === 0) {
      for (const entity of knowledge.entities.values()) {
        const known = types.get(entity.type);
        if (known === undefined) types.set(entity.type, new Map([[entity.id, entity]]));
        else known.set(entity.id, entity);
      }
    }
    return types.get(type) ?? noEntities;
  }

  function values(type: EntityType, predicate: IndexedPredicate): ReadonlyMap<string, ClaimsById> {
    const key = `${type} ${predicate}`;
    const known = inverted.get(key) ?? invert(knowledge, ofType(type).keys(), predicate);
    inverted.set(key, known);
    return known;
  }

  return {
    ofType,
    values,
    claims: (type, predicate, value) => values(type, predicate).get(value) ?? noClaims,
    listed(kind) {
      kinds ??= listedSoftware(ofType('malware').values());
      return kinds.get(kind) ?? noClaims;
    },
    disagreements(entity) {
      const known = disputes.get(entity.id) ?? findDisagreements(entity, knowledge);
      disputes.set(entity.id, known);
      return known;
    },
  };
}

const noEntities: ReadonlyMap<StixId, Entity> = new Map();
export const noClaims: ClaimsById = new Map();

function invert(
  knowledge: Knowledge,
  ids: Iterable<StixId>,
  predicate: IndexedPredicate,
): ReadonlyMap<string, ClaimsById> {
  const result = new Map<string, Map<StixId, Claim[]>>();
  for (const id of ids) {
    const stated: readonly StatedUse[] =
      predicate === 'uses'
        ? usesOf(id, knowledge)
        : knowledge.claims(id, predicate).map((claim) => ({ claim }));
    for (const one of stated) {
      for (const value of valuesOf(one.claim)) {
        const byId = result.get(value) ?? new Map<StixId, Claim[]>();
        result.set(value, byId);
        const known = byId.get(id);
        if (known === undefined) byId.set(id, [...claimsOfUse(one)]);
        else known.push(...claimsOfUse(one));
      }
    }
  }
  return result;
}

/** The keys under which a claim is found. */
export function valuesOf({ given, object }: Claim): readonly string[] {
  if (given.predicate === 'attributed-to') return given.country === undefined ? [] : [given.country];
  if (given.predicate === 'targets-sector') return [sectorKey(given.text)];
  if (given.predicate === 'targets-region') return [given.country ?? regionKey(given.text)];
  if (given.predicate === 'motivation') return motivationKeys(given.text);
  if (given.predicate === 'tactic') return [tacticKey(given.text)];
  if (given.predicate === 'platform') return [nameKey(given.text)];
  return object === undefined ? [] : [object];
}

/** Malware by the publishers' lists that its names stand in; tools of everyday use share names with entries there. */
function listedSoftware(entities: Iterable<Entity>): ReadonlyMap<string, ClaimsById> {
  const result = new Map<string, Map<StixId, Claim[]>>();
  for (const entity of entities) {
    for (const claim of entity.names.flatMap(({ claims }) => claims)) {
      const list = claim.provenance.collection;
      if (list === undefined || !isNaming(claim.predicate)) continue;
      const byId = result.get(list) ?? new Map<StixId, Claim[]>();
      result.set(list, byId);
      byId.set(entity.id, [...(byId.get(entity.id) ?? []), claim]);
    }
  }
  return result;
}

function isNaming(predicate: Predicate): boolean {
  return predicate === 'name';
}
