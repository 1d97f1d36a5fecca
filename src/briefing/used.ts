import type { EntityType } from '../domain/entity-type.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { type ClaimGroup, groupClaims, sourceCount } from './facts.ts';
import { rarityOf } from './rarity.ts';
import { claimsOfUse, usesOf } from './uses-of.ts';

/** Something that an entity uses, with everyone who says so. */
export interface Used {
  readonly entity: Entity;
  readonly group: ClaimGroup;
  /** Rarity-weighted: how much it says about its user. */
  readonly weight: number;
  /** How many actors are known to use it. */
  readonly users: number;
  /** Campaigns of the entity of which alone it is stated; empty where it is stated of the entity itself. */
  readonly via: readonly Entity[];
}

/** What an entity uses of some types; the most telling first, then most sources, then alphabetically. */
export function usedBy(
  entity: Pick<Entity, 'id'>,
  knowledge: Knowledge,
  types: readonly EntityType[],
): readonly Used[] {
  const rarity = rarityOf(knowledge);
  return groupsOfUse(entity.id, knowledge)
    .flatMap(({ group, via }): readonly Used[] => {
      const target = group.object === undefined ? undefined : knowledge.entities.get(group.object);
      if (target === undefined || !types.includes(target.type)) return [];
      const [weight, users] = [rarity.weight(target.id), rarity.users(target.id)];
      return [{ entity: target, group, weight, users, via }];
    })
    .sort(
      (a, b) =>
        b.weight - a.weight ||
        sourceCount(b.group.claims) - sourceCount(a.group.claims) ||
        a.entity.name.localeCompare(b.entity.name, 'en'),
    );
}

/** Everything used once: as stated of the entity itself, else as stated of its campaigns. */
function groupsOfUse(id: StixId, knowledge: Knowledge): readonly Pick<Used, 'group' | 'via'>[] {
  const uses = usesOf(id, knowledge);
  const own = groupClaims(uses.filter(({ through }) => through === undefined).map(({ claim }) => claim));
  const known = new Set(own.map(({ object }) => object));
  const others = Map.groupBy(
    uses.filter(({ claim, through }) => through !== undefined && !known.has(claim.object)),
    ({ claim }) => claim.object,
  );
  return [
    ...own.map((group) => ({ group, via: [] })),
    ...[...others.values()].flatMap((through) => {
      const [group] = groupClaims(through.map(({ claim }) => claim));
      if (group === undefined) return [];
      const [first, ...rest] = new Set(through.flatMap(claimsOfUse));
      const campaigns = new Set(through.flatMap((use) => use.through?.campaign ?? []));
      return first === undefined
        ? []
        : [{ group: { ...group, claims: [first, ...rest] as const }, via: [...campaigns] }];
    }),
  ];
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
