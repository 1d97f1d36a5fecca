import type { Entity, EntityName, Knowledge } from '../knowledge/types.ts';
import type { Match } from '../search/types.ts';
import { otherNames } from './names.ts';
import type { AnswerEntity } from './types.ts';

/** An entity as an answer lists it, sure by itself unless told otherwise. */
export function toAnswerEntity(entity: Entity, score = 1): AnswerEntity {
  return {
    id: entity.id,
    type: entity.type,
    name: entity.name,
    ...(entity.houseName === undefined ? {} : { houseName: entity.houseName }),
    aliases: otherNames(entity)
      .filter(isAnotherName)
      .map((name) => name.text),
    externalIds: entity.externalIds,
    score,
  };
}

/** A name that only overlaps with the entity, is of a part of it or is disputed is no other name of it. */
function isAnotherName({ relation }: EntityName): boolean {
  return relation === 'same-as';
}

/** The entity that a match led to, as this audience knows it; undefined when it may not see it. */
export function matchedEntity(match: Match, knowledge: Knowledge): AnswerEntity | undefined {
  const entity = knowledge.entity(match.entity.id);
  return entity === undefined
    ? undefined
    : { ...toAnswerEntity(entity, match.score), matched: match.matched };
}
