import type { EntityType } from '../domain/entity-type.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { type ClaimGroup, groupClaims, sourceCount } from './facts.ts';
import { rarityOf } from './rarity.ts';

/** Something that an entity uses, with everyone who says so. */
export interface Used {
  readonly entity: Entity;
  readonly group: ClaimGroup;
  /** Rarity-weighted: how much it says about its user. */
  readonly weight: number;
  /** How many actors are known to use it. */
  readonly users: number;
}

/** What an entity uses of some types; the most telling first, then most sources, then alphabetically. */
export function usedBy(
  entity: Pick<Entity, 'id'>,
  knowledge: Knowledge,
  types: readonly EntityType[],
): readonly Used[] {
  const rarity = rarityOf(knowledge);
  return groupClaims(knowledge.claims(entity.id, 'uses'))
    .flatMap((group): readonly Used[] => {
      const target = group.object === undefined ? undefined : knowledge.entities.get(group.object);
      if (target === undefined || !types.includes(target.type)) return [];
      return [{ entity: target, group, weight: rarity.weight(target.id), users: rarity.users(target.id) }];
    })
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        sourceCount(b.group.claims) - sourceCount(a.group.claims) ||
        a.entity.name.localeCompare(b.entity.name, 'en'),
    );
}

/** The tactics of a technique as sources state them, by short name. */
export function tacticsOf(technique: Entity, knowledge: Knowledge): readonly string[] {
  const names = knowledge.claims(technique.id, 'tactic').map((claim) =>
    claim.value
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-'),
  );
  return [...new Set(names)];
}
