import type { StixId } from '../domain/stix-id.ts';
import type { Knowledge } from '../knowledge/types.ts';

/** How rare a software or a technique is over all actors: what few use says more about an actor. */
export interface Rarity {
  /** Number of actors that use anything at all. */
  readonly actors: number;
  /** Number of actors of whom a source says that they use it. */
  users(id: StixId): number;
  /** ln((actors + 1) / (users + 1)): 0 for what everyone uses. */
  weight(id: StixId): number;
}

const computed = new WeakMap<Knowledge, Rarity>();

/** Computed once for each knowledge object, in one pass over the actors. */
export function rarityOf(knowledge: Knowledge): Rarity {
  let rarity = computed.get(knowledge);
  if (rarity === undefined) {
    rarity = computeRarity(knowledge);
    computed.set(knowledge, rarity);
  }
  return rarity;
}

function computeRarity(knowledge: Knowledge): Rarity {
  const users = new Map<StixId, number>();
  let actors = 0;
  for (const entity of knowledge.entities.values()) {
    if (entity.type !== 'intrusion-set') continue;
    const used = new Set<StixId>();
    for (const claim of knowledge.claims(entity.id, 'uses')) {
      if (claim.object !== undefined) used.add(claim.object);
    }
    if (used.size > 0) actors += 1;
    for (const id of used) users.set(id, (users.get(id) ?? 0) + 1);
  }
  const usersOf = (id: StixId): number => users.get(id) ?? 0;
  return { actors, users: usersOf, weight: (id) => Math.log((actors + 1) / (usersOf(id) + 1)) };
}
