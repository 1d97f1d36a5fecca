import type { RecordClaim, SourceRecord } from '../../src/domain/record.ts';
import type { StixId } from '../../src/domain/stix-id.ts';

/**
 * Puts what software does to the software: the 10,800 relationships from malware and tools to techniques of ATT&CK
 * Enterprise become claims of the software's own record. As records of their own they would double the bundle and take
 * half of the time of a first start. A live import brings the relationships, and takes these claims away.
 */
export function foldSoftwareUses(records: readonly SourceRecord[]): readonly SourceRecord[] {
  const folded = new Map<StixId, RecordClaim[]>();
  const known = new Set(records.flatMap(({ entity }) => entity?.id ?? []));
  const kept = records.filter((record) => {
    const software = softwareOf(record);
    if (software === undefined || !known.has(software)) return true;
    const day = record.modified?.slice(0, 10);
    const claims = record.claims.map((claim): RecordClaim => {
      const { subject: _subject, ...own } = claim;
      return day === undefined ? own : { ...own, date: day };
    });
    folded.set(software, [...(folded.get(software) ?? []), ...claims]);
    return false;
  });
  return kept.map((record) => {
    const claims = record.entity?.id === undefined ? undefined : folded.get(record.entity.id);
    return claims === undefined
      ? record
      : { ...record, claims: [...record.claims, ...claims.sort(byTarget)] };
  });
}

/** The software that a relationship to a technique is about; undefined for any other record. */
function softwareOf({ entity, claims: [claim], revoked, deprecated }: SourceRecord): StixId | undefined {
  if (entity !== undefined || claim?.predicate !== 'uses' || revoked === true || deprecated === true) {
    return undefined;
  }
  const isOfSoftware = claim.subject?.types.some((type) => type === 'malware' || type === 'tool') === true;
  return isOfSoftware && claim.target.types.includes('attack-pattern') ? claim.subject?.id : undefined;
}

function byTarget(a: RecordClaim, b: RecordClaim): number {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function keyOf(claim: RecordClaim): string {
  const target = 'target' in claim ? claim.target : undefined;
  return `${claim.predicate} ${target?.id ?? target?.externalId ?? ''} ${claim.citation ?? ''}`;
}
