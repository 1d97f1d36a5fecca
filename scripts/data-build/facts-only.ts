import { countryName } from '../../src/domain/country.ts';
import type { RecordClaim, SourceRecord } from '../../src/domain/record.ts';

/** What is left of a phrase of a publisher is a phrase still: longer ones are said in our own words. */
const maxPhraseChars = 60;

/** Of the catalogue of exploited vulnerabilities: what stands there since when, and not what to do. */
const keptDetails = new Set([
  'Vulnerability',
  'In CISA’s KEV catalogue since',
  'Use by ransomware campaigns',
  'Affected product',
]);

/**
 * The facts of a record, without its publisher's sentences: no descriptions, no quotations, no titles of
 * documents. References are kept for actors and campaigns; of software and techniques the object's own page is
 * enough.
 */
export function factsOnly(record: SourceRecord): SourceRecord {
  const keepsReferences = record.entity?.type === 'intrusion-set' || record.entity?.type === 'campaign';
  return {
    ...record,
    claims: record.claims.flatMap((claim): RecordClaim[] => {
      if (claim.predicate === 'description') return [];
      if (claim.predicate === 'reference' && !keepsReferences) return [];
      if (claim.predicate === 'detail' && !keptDetails.has(claim.label)) return [];
      return [factOf(claim)];
    }),
  };
}

function factOf(given: RecordClaim): RecordClaim {
  const { quote: _quote, ...claim } = given;
  if (claim.predicate === 'reference') {
    const { title, ...rest } = claim;
    const short = title === undefined ? undefined : shortCitation(title);
    return short === undefined ? rest : { ...rest, title: short };
  }
  if (claim.predicate === 'attributed-to' && claim.text.length > maxPhraseChars) {
    const whom = claim.sponsor ?? (claim.country === undefined ? undefined : countryName(claim.country));
    return whom === undefined ? claim : { ...claim, text: `attributed to ${whom}` };
  }
  return claim;
}

/** "FireEye (2018, October 03)" of a bibliography's entry; undefined where it has no author and date in front. */
function shortCitation(title: string): string | undefined {
  const match = /^(.{1,60}?)\.?\s*\((\d{4}[^)]{0,30}|n\.d\.)\)/.exec(title);
  return match === null ? undefined : `${match[1]} (${match[2]})`;
}
