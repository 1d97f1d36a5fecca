import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import { voiceOf } from './cites.ts';
import { dayOf } from './text.ts';
import { type TiedActor, tiedActors } from './tied-actors.ts';

/** Who exploits a vulnerability, and which catalogue lists it as exploited. */
export interface Ties {
  readonly actors: readonly TiedActor[];
  readonly kev?: { readonly since?: string; readonly by: string; readonly claim: Claim };
}

/** As recorded, at any time; reports that merely name both are no tie. */
export function tiesTo(entity: Entity, knowledge: Knowledge): Ties {
  const actors = tiedActors(entity, knowledge).filter(({ claims }) => claims.some(isTie));
  const claim = knowledge
    .claims(entity.id, 'detail')
    .find(
      ({ given }) => given.predicate === 'detail' && /\bKEV catalogue|known.exploited/i.test(given.label),
    );
  if (claim?.given.predicate !== 'detail') return { actors };
  const { text } = claim.given;
  const since = /^\d{4}-\d{2}-\d{2}/.test(text) ? { since: dayOf(text) } : {};
  return { actors, kev: { ...since, by: voiceOf(claim.provenance, knowledge), claim } };
}

/** True for a claim that ties two things by more than a report that names both, and does not deny it. */
export function isTie({ predicate, given }: Claim): boolean {
  return predicate !== 'reported-in' && !(given.predicate === 'exploits' && given.negated === true);
}
