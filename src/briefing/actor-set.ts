import type { StixId } from '../domain/stix-id.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import type { Condition } from '../questions/condition.ts';
import type { Kind, Stated } from './compare-kinds.ts';
import { sourceCount } from './facts.ts';
import { evaluateList } from './list-evaluate.ts';
import { claimsOf } from './list-rank.ts';

/** Actors for which a condition holds, with why. */
export interface SetMembers {
  readonly actors: readonly Entity[];
  /** The claims that make them members. */
  readonly claims: readonly Claim[];
}

/** One value with the members of a set that have it. */
export interface SetValue {
  readonly key: string;
  readonly label: string;
  /** Set where it is an entity of its own. */
  readonly entity?: Entity;
  /** By number of sources that say so, then by name. */
  readonly members: readonly { readonly actor: Entity; readonly claims: readonly Claim[] }[];
  readonly claims: readonly Claim[];
}

/** What a set has of one kind, with how many members have any of it. */
export interface SetValues {
  /** Most members first, then most sources, then alphabetically. */
  readonly values: readonly SetValue[];
  readonly recorded: number;
}

export function membersOf(where: Condition, knowledge: Knowledge, now: Date): SetMembers {
  const listed = evaluateList(['intrusion-set'], where, knowledge, now);
  return {
    actors: [...listed.keys()].flatMap((id) => knowledge.entities.get(id) ?? []),
    claims: [...new Set([...listed.values()].flatMap((evidence) => evidence.flatMap(claimsOf)))],
  };
}

/** Counts over a set how many of its members have each value of a kind. */
export function valuesOfSet({ actors }: SetMembers, kind: Kind, knowledge: Knowledge): SetValues {
  const values = new Map<string, { first: Stated; members: { actor: Entity; claims: readonly Claim[] }[] }>();
  const recorded = new Set<StixId>();
  for (const actor of actors) {
    for (const [key, stated] of kind.valuesOf(actor, knowledge)) {
      recorded.add(actor.id);
      const known = values.get(key) ?? { first: stated, members: [] };
      known.members.push({ actor, claims: stated.claims });
      values.set(key, known);
    }
  }
  const counted = [...values].map(([key, { first, members }]): SetValue => {
    const sorted = members.sort(
      (a, b) =>
        sourceCount(b.claims) - sourceCount(a.claims) || a.actor.name.localeCompare(b.actor.name, 'en'),
    );
    return {
      key,
      label: first.label,
      ...(first.entity === undefined ? {} : { entity: first.entity }),
      members: sorted,
      claims: sorted.flatMap(({ claims }) => claims),
    };
  });
  counted.sort(
    (a, b) =>
      b.members.length - a.members.length ||
      sourceCount(b.claims) - sourceCount(a.claims) ||
      a.label.localeCompare(b.label, 'en'),
  );
  return { values: counted, recorded: recorded.size };
}
