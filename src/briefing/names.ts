import { type ClearText, whenClear } from '../cards/clear-text.ts';
import { nameKey } from '../domain/name-key.ts';
import { unknownMarkingLevel } from '../domain/tlp.ts';
import type { Claim, Entity, EntityName, Knowledge } from '../knowledge/types.ts';

/** Every name but the main one; spellings that differ from it in case or punctuation only are left out. */
export function otherNames(entity: Entity): readonly EntityName[] {
  const main = nameKey(entity.name);
  return entity.names.filter((name) => nameKey(name.text) !== main && name.text !== entity.name);
}

/** The claims behind an entity's main name; for one that is only mentioned, the claims that mention it. */
export function nameClaims(entity: Entity, knowledge: Knowledge): readonly Claim[] {
  const main = nameKey(entity.name);
  const named = entity.names
    .filter((name) => nameKey(name.text) === main)
    .flatMap((name) => name.claims)
    .filter((claim) => claim.given.predicate === 'name');
  if (named.length > 0) return named;
  const own = knowledge.claims(entity.id);
  const about = knowledge.claimsAbout(entity.id);
  return (own.length > 0 ? own : about).slice(0, 10);
}

/** The main name as it may stand in a notification; undefined when nobody states it in a claim that is CLEAR. */
export function clearName(entity: Entity, knowledge: Knowledge): ClearText | undefined {
  return whenClear(entity.name, isNameClear(entity, knowledge) ? 'clear' : unknownMarkingLevel);
}

/** A sentence with the main name where that is CLEAR, else one without. */
export function namingNotice(
  entity: Entity,
  knowledge: Knowledge,
  withName: (name: ClearText) => ClearText,
  without: ClearText,
): ClearText {
  const name = clearName(entity, knowledge);
  return name === undefined ? without : withName(name);
}

/** True when someone states the name in a claim that is CLEAR. */
export function isNameClear(entity: Entity, knowledge: Knowledge): boolean {
  return nameClaims(entity, knowledge).some((claim) => claim.provenance.marking === 'clear');
}
