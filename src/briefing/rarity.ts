import type { EntityType } from '../domain/entity-type.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { attackIdOf } from './labels.ts';
import { usesOf } from './uses-of.ts';

/** What actors use, in two kinds that are counted apart. */
export type UsedKind = 'techniques' | 'software';

/** How rare a software or a technique is over all actors: what few use says more about an actor. */
export interface Rarity {
  /** Number of actors that use anything at all. */
  readonly actors: number;
  /** Number of actors of whom a source says that they use it. */
  users(id: StixId): number;
  /** ln((actors + 1) / (users + 1)): 0 for what everyone uses. */
  weight(id: StixId): number;
  /** Number of actors that use anything of the kind: whom a share is a share of. */
  actorsWith(kind: UsedKind): number;
  /** The actors of whom a source says that they use it. */
  usersOf(id: StixId): ReadonlySet<StixId>;
  /** What an actor uses of the kind; empty for one that uses nothing. */
  usedBy(actor: StixId, kind: UsedKind): ReadonlySet<StixId>;
  /** The technique that a sub-technique belongs to, by its ATT&CK id. */
  parentOf(technique: StixId): StixId | undefined;
  /** Its sub-techniques. */
  partsOf(technique: StixId): readonly StixId[];
}

/** By the knowledge's own function: views with other names share it. */
const computed = new WeakMap<Knowledge['claims'], Rarity>();
const nothing: ReadonlySet<StixId> = new Set();

/** Computed once for each knowledge object, in one pass over the entities. */
export function rarityOf(knowledge: Knowledge): Rarity {
  let rarity = computed.get(knowledge.claims);
  if (rarity === undefined) {
    rarity = computeRarity(knowledge);
    computed.set(knowledge.claims, rarity);
  }
  return rarity;
}

/** The kind that things of a type are counted in; undefined for what is not used as a means. */
export function usedKindOf(type: EntityType | undefined): UsedKind | undefined {
  if (type === 'attack-pattern') return 'techniques';
  return type === 'malware' || type === 'tool' ? 'software' : undefined;
}

function computeRarity(knowledge: Knowledge): Rarity {
  const users = new Map<StixId, Set<StixId>>();
  const used = {
    techniques: new Map<StixId, Set<StixId>>(),
    software: new Map<StixId, Set<StixId>>(),
  };
  let actors = 0;
  for (const actor of knowledge.entities.values()) {
    if (actor.type !== 'intrusion-set') continue;
    let usesAny = false;
    for (const { claim } of usesOf(actor.id, knowledge)) {
      const { object } = claim;
      if (object === undefined) continue;
      usesAny = true;
      addTo(users, object, actor.id);
      const kind = usedKindOf(knowledge.entities.get(object)?.type);
      if (kind !== undefined) addTo(used[kind], actor.id, object);
    }
    if (usesAny) actors += 1;
  }
  const usersOf = (id: StixId): ReadonlySet<StixId> => users.get(id) ?? nothing;
  return {
    actors,
    usersOf,
    users: (id) => usersOf(id).size,
    weight: (id) => Math.log((actors + 1) / (usersOf(id).size + 1)),
    actorsWith: (kind) => used[kind].size,
    usedBy: (actor, kind) => used[kind].get(actor) ?? nothing,
    ...familiesOf(knowledge),
  };
}

function familiesOf(knowledge: Knowledge): Pick<Rarity, 'parentOf' | 'partsOf'> {
  const byAttackId = new Map<string, StixId>();
  for (const entity of knowledge.entities.values()) {
    const id = entity.type === 'attack-pattern' ? attackIdOf(entity) : undefined;
    if (id !== undefined && !byAttackId.has(id)) byAttackId.set(id, entity.id);
  }
  const parents = new Map<StixId, StixId>();
  const parts = new Map<StixId, StixId[]>();
  for (const [attackId, id] of byAttackId) {
    const dot = attackId.indexOf('.');
    const parent = dot === -1 ? undefined : byAttackId.get(attackId.slice(0, dot));
    if (parent === undefined) continue;
    parents.set(id, parent);
    parts.set(parent, [...(parts.get(parent) ?? []), id]);
  }
  return { parentOf: (id) => parents.get(id), partsOf: (id) => parts.get(id) ?? [] };
}

function addTo(sets: Map<StixId, Set<StixId>>, key: StixId, value: StixId): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
