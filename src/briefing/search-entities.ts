import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { SearchEntity } from '../search/types.ts';

/** What the search index needs of everything the audience may see. */
export function searchEntities(knowledge: Knowledge): readonly SearchEntity[] {
  return [...knowledge.entities.values()].map(toSearchEntity);
}

function toSearchEntity(entity: Entity): SearchEntity {
  const aliases = entity.names.filter((name) => name.text !== entity.name).map((name) => name.text);
  return {
    id: entity.id,
    type: entity.type,
    name: entity.name,
    aliases: [...new Set(aliases)],
    externalIds: entity.externalIds,
    otherIds: entity.otherIds,
  };
}
