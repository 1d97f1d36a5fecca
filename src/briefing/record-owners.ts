import type { Entity, Knowledge, RecordKey } from '../knowledge/types.ts';

const owners = new WeakMap<Knowledge, ReadonlyMap<string, Entity>>();

/**
 * The entity that a record describes, among those the audience may see; undefined for relationships and for
 * records that the ceiling hides. Computed once for each knowledge object.
 */
export function recordOwner(knowledge: Knowledge, key: RecordKey): Entity | undefined {
  let known = owners.get(knowledge);
  if (known === undefined) {
    known = collectOwners(knowledge);
    owners.set(knowledge, known);
  }
  return known.get(keyText(key));
}

function collectOwners(knowledge: Knowledge): ReadonlyMap<string, Entity> {
  const found = new Map<string, Entity>();
  for (const entity of knowledge.entities.values()) {
    for (const key of entity.records) found.set(keyText(key), entity);
  }
  return found;
}

function keyText(key: RecordKey): string {
  return `${key.source}\n${key.externalId}`;
}
