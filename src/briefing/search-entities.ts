import { nameKey } from '../domain/name-key.ts';
import type { Entity, EntityName, Knowledge } from '../knowledge/types.ts';
import type { SearchEntity } from '../search/types.ts';

/** What the search index needs of everything the audience may see. */
export function searchEntities(knowledge: Knowledge): readonly SearchEntity[] {
  const owned = ownedNames(knowledge);
  return [...knowledge.entities.values()].map((entity) => toSearchEntity(entity, owned));
}

/** Names that something carries as its own: what only overlaps with them leads there and nowhere else. */
function ownedNames(knowledge: Knowledge): ReadonlySet<string> | undefined {
  let hasWeaker = false;
  for (const { names } of knowledge.entities.values()) {
    hasWeaker ||= names.some(isWeaker);
  }
  if (!hasWeaker) return undefined;
  const owned = new Set<string>();
  for (const { names } of knowledge.entities.values()) {
    for (const name of names) if (!isWeaker(name)) owned.add(nameKey(name.text));
  }
  return owned;
}

function isWeaker({ relation }: EntityName): boolean {
  return relation !== 'same-as';
}

function toSearchEntity(entity: Entity, owned: ReadonlySet<string> | undefined): SearchEntity {
  const aliases = entity.names
    .filter((name) => name.text !== entity.name)
    .filter((name) => owned === undefined || !isWeaker(name) || !owned.has(nameKey(name.text)))
    .map((name) => name.text);
  return {
    id: entity.id,
    type: entity.type,
    name: entity.name,
    aliases: [...new Set(aliases)],
    externalIds: entity.externalIds,
    otherIds: entity.otherIds,
  };
}
