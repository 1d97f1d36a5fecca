import type { EntityType } from '../domain/entity-type.ts';
import type { EntityRef, RecordClaim, SourceRecord } from '../domain/record.ts';

/** What is not looked for by a name in texts: a CVE id is found known or not, and a report's title is no name. */
const nameless: ReadonlySet<EntityType> = new Set(['vulnerability', 'report', 'indicator'] as const);

/**
 * True when the record may alter what an actor, software, a technique or a campaign is called, or which of them are
 * one: texts that were searched for names before it came are then to be searched again.
 */
export function saysNames({ entity, claims }: SourceRecord): boolean {
  return (entity !== undefined && !nameless.has(entity.type)) || claims.some(saysName);
}

function saysName(claim: RecordClaim): boolean {
  if (claim.predicate === 'alias' || claim.predicate === 'name') return isNamed(claim.subject);
  if (
    claim.predicate === 'related-to' &&
    claim.relation !== 'subtechnique-of' &&
    claim.relation !== 'related'
  ) {
    return true;
  }
  return makesOne(claim.subject) || ('target' in claim && makesOne(claim.target));
}

/** A name of the record's own entity is told by the entity. */
function isNamed(subject: EntityRef | undefined): boolean {
  return subject?.types.some((type) => !nameless.has(type)) === true;
}

/** A pointer whose name alone makes an entity. */
function makesOne(ref: EntityRef | undefined): boolean {
  return ref?.create === true && isNamed(ref);
}
