import type { Entity, Knowledge } from '../knowledge/types.ts';

/** What a report names: actors first, then by name. */
export function namedIn(report: Entity, knowledge: Knowledge): readonly Entity[] {
  const ids = new Set(knowledge.claimsAbout(report.id, 'reported-in').map((claim) => claim.subject));
  return [...ids]
    .flatMap((id) => knowledge.entities.get(id) ?? [])
    .sort(
      (a, b) => typeRank(a) - typeRank(b) || a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1),
    );
}

function typeRank(entity: Entity): number {
  return entity.type === 'intrusion-set' ? 0 : 1;
}
