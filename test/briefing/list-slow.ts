import type { EntityType } from '../../src/domain/entity-type.ts';
import { nameKey } from '../../src/domain/name-key.ts';
import { regionKey } from '../../src/domain/region.ts';
import { sectorKey } from '../../src/domain/sector.ts';
import type { StixId } from '../../src/domain/stix-id.ts';
import type { Claim, Entity, Knowledge } from '../../src/knowledge/types.ts';
import type { Condition } from '../../src/questions/condition.ts';
import { motivationKeys } from '../../src/questions/condition-motivation.ts';
import { countriesIn, placesIn } from '../../src/questions/condition-region.ts';

/**
 * Whether a condition without sources holds for an entity, by looking through its claims one by one: no index, no sets,
 * nothing shared with what it checks but the tables of regions and motives.
 */
export function holds(condition: Condition, entity: Entity, knowledge: Knowledge): boolean {
  const said = (test: (claim: Claim) => boolean): boolean => claimsOf(entity.id, knowledge).some(test);
  const used = (test: (claim: Claim) => boolean): boolean =>
    usesOf(entity, knowledge).some((claim) => isUse(claim) && test(claim));
  switch (condition.kind) {
    case 'and':
      return condition.of.every((part) => holds(part, entity, knowledge));
    case 'or':
      return condition.of.some((part) => holds(part, entity, knowledge));
    case 'not':
      return !holds(condition.of, entity, knowledge);
    case 'of-actors':
      return actorsOf(entity, knowledge).some((actor) => holds(condition.of, actor, knowledge));
    case 'country':
      return said(({ given }) => given.predicate === 'attributed-to' && given.country === condition.code);
    case 'origin-region':
      return said(
        ({ given }) =>
          given.predicate === 'attributed-to' &&
          given.country !== undefined &&
          countriesIn(condition.key).has(given.country),
      );
    case 'sector':
      return said(
        ({ given }) => given.predicate === 'targets-sector' && sectorKey(given.text) === condition.key,
      );
    case 'region':
      return said(
        ({ given }) =>
          given.predicate === 'targets-region' &&
          placesIn(condition.key).has(given.country ?? regionKey(given.text)),
      );
    case 'motivation':
      return said(
        ({ given }) => given.predicate === 'motivation' && motivationKeys(given.text).includes(condition.key),
      );
    case 'uses':
      return used(({ object }) => object === condition.id || isPartOf(object, condition.id, knowledge));
    case 'software':
      return entity.type === 'intrusion-set'
        ? used((claim) => claim.predicate === 'uses' && isListed(claim.object, condition.key, knowledge))
        : isListed(entity.id, condition.key, knowledge);
    case 'since':
      return isActive(entity, condition.date, knowledge);
    case 'name':
      return entity.names.some(
        ({ text }) =>
          ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(
            ` ${condition.text.toLowerCase()} `,
          ) || nameKey(text) === nameKey(condition.text),
      );
    case 'tactic':
      return entity.type === 'attack-pattern'
        ? said(({ given }) => given.predicate === 'tactic' && given.text === condition.key)
        : used(
            (claim) =>
              claim.predicate === 'uses' &&
              claim.object !== undefined &&
              claimsOf(claim.object, knowledge).some(
                ({ given }) => given.predicate === 'tactic' && given.text === condition.key,
              ),
          );
    case 'platform': {
      const runs = (id: StixId): boolean =>
        claimsOf(id, knowledge).some(
          ({ given }) => given.predicate === 'platform' && nameKey(given.text) === condition.key,
        );
      return ['malware', 'tool', 'attack-pattern'].includes(entity.type)
        ? runs(entity.id)
        : used(
            ({ predicate, object }) =>
              predicate === 'uses' &&
              object !== undefined &&
              ['malware', 'tool'].includes(knowledge.entity(object)?.type ?? '') &&
              runs(object),
          );
    }
    case 'sponsored':
      return said(({ given }) => given.predicate === 'attributed-to' && given.sponsor !== undefined);
    case 'entity':
      return entity.id === condition.id;
    case 'dated':
    case 'source':
      throw new Error('sources and spans of dates are not checked here');
    default:
      return condition satisfies never;
  }
}

/** All claims, read once. */
const allClaims = new WeakMap<Knowledge, Map<string, readonly Claim[]>>();

function claimsOf(id: StixId, knowledge: Knowledge): readonly Claim[] {
  const known = allClaims.get(knowledge) ?? new Map<string, readonly Claim[]>();
  allClaims.set(knowledge, known);
  const claims = known.get(id) ?? knowledge.claims(id);
  known.set(id, claims);
  return claims;
}

function ofType(type: EntityType, knowledge: Knowledge): readonly Entity[] {
  return [...knowledge.entities.values()].filter((entity) => entity.type === type);
}

function actorsOf(entity: Entity, knowledge: Knowledge): readonly Entity[] {
  return ofType('intrusion-set', knowledge).filter((actor) =>
    entity.type === 'campaign'
      ? claimsOf(entity.id, knowledge).some(
          (claim) => claim.predicate === 'attributed-to' && claim.object === actor.id,
        )
      : usesOf(actor, knowledge).some((claim) => isUse(claim) && claim.object === entity.id),
  );
}

/** What is stated of a thing, and of an actor's campaigns; gathered once. */
const allUses = new WeakMap<Knowledge, Map<string, readonly Claim[]>>();

function usesOf({ id, type }: Entity, knowledge: Knowledge): readonly Claim[] {
  const known = allUses.get(knowledge) ?? new Map<string, readonly Claim[]>();
  allUses.set(knowledge, known);
  const gathered = known.get(id) ?? gatherUses({ id, type }, knowledge);
  known.set(id, gathered);
  return gathered;
}

function gatherUses({ id, type }: Pick<Entity, 'id' | 'type'>, knowledge: Knowledge): readonly Claim[] {
  if (type !== 'intrusion-set') return claimsOf(id, knowledge);
  const campaigns = ofType('campaign', knowledge).filter((campaign) =>
    claimsOf(campaign.id, knowledge).some(
      ({ predicate, object }) => predicate === 'attributed-to' && object === id,
    ),
  );
  return [id, ...campaigns.map((one) => one.id)].flatMap((subject) => claimsOf(subject, knowledge));
}

function isUse({ given }: Claim): boolean {
  return given.predicate === 'uses' || (given.predicate === 'exploits' && given.negated !== true);
}

function isPartOf(part: StixId | undefined, whole: StixId, knowledge: Knowledge): boolean {
  return (
    part !== undefined &&
    claimsOf(part, knowledge).some(
      ({ given, object }) =>
        given.predicate === 'related-to' && given.relation === 'subtechnique-of' && object === whole,
    )
  );
}

function isListed(id: string | undefined, kind: string, knowledge: Knowledge): boolean {
  const entity = id === undefined ? undefined : knowledge.entity(id);
  return (
    entity?.type === 'malware' &&
    entity.names.some(({ claims }) =>
      claims.some(({ predicate, provenance }) => predicate === 'name' && provenance.collection === kind),
    )
  );
}

function isActive(entity: Entity, since: string, knowledge: Knowledge): boolean {
  const campaigns = claimsAbout(entity.id, knowledge).map(({ subject }) => subject);
  return [entity.id, ...campaigns].some((id) =>
    claimsOf(id, knowledge).some(
      ({ given, provenance }) =>
        ((given.predicate === 'active-since' || given.predicate === 'last-seen') &&
          given.text.slice(0, 10) >= since) ||
        (id === entity.id &&
          given.predicate === 'reported-in' &&
          given.mentioned !== true &&
          (provenance.date ?? '') >= since),
    ),
  );
}

/** What campaigns say that they are attributed to it. */
function claimsAbout(id: StixId, knowledge: Knowledge): readonly Claim[] {
  return campaignClaims(knowledge).filter((claim) => claim.object === id);
}

const ties = new WeakMap<Knowledge, readonly Claim[]>();

function campaignClaims(knowledge: Knowledge): readonly Claim[] {
  const known =
    ties.get(knowledge) ??
    ofType('campaign', knowledge)
      .flatMap(({ id }) => claimsOf(id, knowledge))
      .filter(({ predicate }) => predicate === 'attributed-to');
  ties.set(knowledge, known);
  return known;
}

/** Ids of everything of a type for which the condition holds, sorted. */
export function slowly(type: EntityType, condition: Condition, knowledge: Knowledge): readonly string[] {
  return ofType(type, knowledge)
    .filter((entity) => holds(condition, entity, knowledge))
    .map(({ id }) => id)
    .sort();
}
