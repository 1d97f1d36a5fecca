import { nameKey } from '../../domain/name-key.ts';
import type { RecordClaim, SourceRecord } from '../../domain/record.ts';
import { derivedStixId } from '../../domain/stix-id.ts';
import { parseWebAddress } from '../../domain/web-address.ts';
import { distinctClaims } from '../distinct-claims.ts';
import { isoDay } from '../misp-event/times.ts';
import type { KevEntry } from './schema.ts';

const catalogue = 'https://www.cisa.gov/known-exploited-vulnerabilities-catalog';

/**
 * An entry of the catalogue as a record of the vulnerability. Its id is the one that a CVE has as long as it is only
 * mentioned, so that a link to it keeps leading there.
 */
export function entryToRecord(entry: KevEntry): SourceRecord {
  const cve = entry.cveid;
  const added = isoDay(entry.dateadded);
  return {
    externalId: cve,
    title: entry.vulnerabilityname === '' ? cve : `${cve}: ${entry.vulnerabilityname}`,
    entity: {
      type: 'vulnerability',
      id: derivedStixId('vulnerability', 'mention of vulnerability', nameKey(cve)),
      name: cve,
      externalIds: [cve],
    },
    url: `${catalogue}?search_api_fulltext=${cve}`,
    ...(added === undefined ? {} : { created: added }),
    claims: distinctClaims([
      { predicate: 'name', text: cve },
      ...detail('Vulnerability', entry.vulnerabilityname),
      ...detail('In CISA’s KEV catalogue since', added ?? entry.dateadded),
      ...detail('CISA’s due date', isoDay(entry.duedate) ?? entry.duedate),
      ...detail('Use by ransomware campaigns', entry.knownransomwarecampaignuse),
      ...detail('Affected product', productOf(entry)),
      ...detail('Required action', entry.requiredaction),
      ...entry.cwes.slice(0, 50).flatMap((cwe) => detail('Weakness', cwe)),
      ...descriptionClaims(entry.shortdescription),
      ...noteClaims(entry.notes),
    ]),
  };
}

function detail(label: string, text: string): readonly RecordClaim[] {
  return text === '' ? [] : [{ predicate: 'detail', label, text }];
}

function descriptionClaims(text: string): readonly RecordClaim[] {
  return text === '' ? [] : [{ predicate: 'description', text, section: 'overview' }];
}

/** "Citrix Session Recording"; a product that begins with its vendor's name stands alone. */
function productOf({ vendorproject: vendor, product }: KevEntry): string {
  const isNamed = product.toLowerCase().startsWith(vendor.toLowerCase());
  return (isNamed ? product : `${vendor} ${product}`).trim();
}

/**
 * Addresses become references, parted by ";" with or without blanks and with stray commas and quotes behind them.
 * Whole sentences between them are a note; words that only lead to an address are none.
 */
function noteClaims(notes: string): readonly RecordClaim[] {
  const words: string[] = [];
  const claims: RecordClaim[] = [];
  for (const token of notes.split(/\s+/)) {
    const start = token.search(/https?:\/\//i);
    const url = start < 0 ? undefined : parseWebAddress(token.slice(start).replace(/[;,"'<>)\]]{1,9}$/, ''));
    if (url === undefined) words.push(token);
    else {
      claims.push({ predicate: 'reference', url });
      words.push(';');
    }
  }
  const sentences = words
    .join(' ')
    .split(/(?<=[.!]) |;/)
    .map((part) => part.trim())
    .filter((part) => part.length >= 40 && /[.!]$/.test(part));
  return [...claims, ...detail('Note', sentences.join(' ').slice(0, 1000))];
}
