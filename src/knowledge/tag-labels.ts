import type { RecordClaim, SourceRecord } from '../domain/record.ts';
import { isAllowed, type Tlp } from '../domain/tlp.ts';

/** The words of a tag, from a taxonomy that an operator imported, and who may see them. */
interface TagLabel {
  readonly label: string;
  readonly text: string;
  readonly marking: Tlp;
}

/** The collection that the words of taxonomies stand in; such a record's key is its tag in lower case. */
const taxonomyCollection = 'taxonomy';

interface Marked {
  readonly record: SourceRecord;
  readonly marking: Tlp;
}

/**
 * Puts the words of imported taxonomies in place of tags as they are written ("acme:impact", "high" becomes "Impact on
 * us", "High"). Words that are marked stricter than what carries the tag are not used.
 */
export function withTagLabels<T extends Marked>(records: readonly T[]): readonly T[] {
  const labels = new Map<string, TagLabel>();
  for (const { record, marking } of records) {
    const [claim] = record.claims;
    if (
      record.collection === taxonomyCollection &&
      record.entity === undefined &&
      claim?.predicate === 'detail'
    )
      labels.set(record.externalId, { label: claim.label, text: claim.text, marking });
  }
  if (labels.size === 0) return records;
  return records.map((item) => {
    if (item.record.entity === undefined) return item;
    let changed = false;
    const claims = item.record.claims.map((claim): RecordClaim => {
      if (claim.predicate !== 'detail') return claim;
      const found = labels.get(`${claim.label}="${claim.text}"`.toLowerCase());
      if (found === undefined || !isAllowed(found.marking, item.marking)) return claim;
      changed = true;
      return { ...claim, label: found.label, text: found.text };
    });
    return changed ? { ...item, record: { ...item.record, claims } } : item;
  });
}
