import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { sourceCount } from './facts.ts';

/** An actor tied to a software, technique, vulnerability, campaign or report, with every claim that ties them. */
export interface TiedActor {
  readonly actor: Entity;
  readonly claims: readonly Claim[];
  /** Campaigns through which the tie goes, where no source states it of the actor itself. */
  readonly via: readonly Entity[];
}

/**
 * Actors of whom a source says that they use or exploit the entity, are named with it in a report, or stand behind
 * it. A campaign's actor counts too, with the campaign named. Most sources first, then alphabetically.
 */
export function tiedActors(entity: Entity, knowledge: Knowledge): readonly TiedActor[] {
  const ties = new Map<StixId, { claims: Claim[]; via: Set<Entity> }>();
  const add = (id: StixId | undefined, claims: readonly Claim[], via?: Entity): void => {
    if (id === undefined || id === entity.id || knowledge.entities.get(id)?.type !== 'intrusion-set') return;
    const tie = ties.get(id) ?? { claims: [], via: new Set() };
    tie.claims.push(...claims);
    if (via !== undefined) tie.via.add(via);
    ties.set(id, tie);
  };
  for (const claim of knowledge.claimsAbout(entity.id)) {
    if (!isTie(claim)) continue;
    const subject = knowledge.entities.get(claim.subject);
    if (subject?.type === 'campaign') {
      for (const behind of knowledge.claims(subject.id, 'attributed-to')) {
        add(behind.object, [claim, behind], subject);
      }
    }
    add(claim.subject, [claim]);
  }
  for (const claim of knowledge.claims(entity.id)) {
    if (claim.predicate === 'attributed-to' || claim.predicate === 'uses') add(claim.object, [claim]);
  }
  return [...ties]
    .flatMap(([id, tie]) => {
      const actor = knowledge.entities.get(id);
      return actor === undefined
        ? []
        : [{ actor, claims: tie.claims, via: hasOwnTie(tie.claims, id, entity.id) ? [] : [...tie.via] }];
    })
    .sort(
      (a, b) =>
        sourceCount(b.claims) - sourceCount(a.claims) || a.actor.name.localeCompare(b.actor.name, 'en'),
    );
}

function isTie({ predicate }: Claim): boolean {
  return predicate === 'uses' || predicate === 'exploits' || predicate === 'reported-in';
}

function hasOwnTie(claims: readonly Claim[], actor: StixId, entity: StixId): boolean {
  return claims.some(
    (claim) =>
      (claim.subject === actor && claim.object === entity) ||
      (claim.subject === entity && claim.object === actor),
  );
}
