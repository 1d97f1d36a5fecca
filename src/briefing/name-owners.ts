import { nameKey, parseAttackId } from '../domain/name-key.ts';
import type { Entity, EntityName, Knowledge } from '../knowledge/types.ts';

/** Something that carries a name as its own: as its main name, or as an alias that a source calls the same. */
export interface NameOwner {
  readonly entity: Entity;
  readonly name: EntityName;
}

export type NameOwners = ReadonlyMap<string, readonly NameOwner[]>;

const known = new WeakMap<Knowledge, NameOwners>();

/**
 * Who carries which name, by `nameKey`: actors, campaigns and software that this audience may see. A name that is only
 * said to overlap is not carried; nor are ids. Computed once for each knowledge object.
 */
export function nameOwners(knowledge: Knowledge): NameOwners {
  const found = known.get(knowledge);
  if (found !== undefined) return found;
  const owners = new Map<string, NameOwner[]>();
  for (const entity of knowledge.entities.values()) {
    if (!carriesNames(entity)) continue;
    for (const name of entity.names) {
      const key = nameKey(name.text);
      if (key === '' || (name.kind === 'alias' && name.relation !== 'same-as')) continue;
      if (parseAttackId(name.text) !== undefined) continue;
      const list = owners.get(key);
      if (list === undefined) owners.set(key, [{ entity, name }]);
      else list.push({ entity, name });
    }
  }
  known.set(knowledge, owners);
  return owners;
}

function carriesNames({ type }: Entity): boolean {
  return type === 'intrusion-set' || type === 'campaign' || type === 'malware' || type === 'tool';
}
