import { countryName, parseCountry } from '../../domain/country.ts';
import { nameKey } from '../../domain/name-key.ts';
import type { RecordClaim, SourceRecord } from '../../domain/record.ts';
import { parseRegion } from '../../domain/region.ts';
import { distinctClaims } from '../distinct-claims.ts';
import { recordIdOfName } from '../record-id.ts';
import type { NameRow } from './schema.ts';

/** Where a person finds the list. */
export const listUrl =
  'https://github.com/microsoft/mstic/blob/master/PublicFeeds/ThreatActorNaming/MicrosoftMapping.json';

/** Names that Microsoft gives to activity before it knows more: their form tells who coined them. */
const temporaryName = /^(?:DEV|Storm)-\d{3,5}$/i;

const motives = /motivat|influence operation|espionage|hacktivis|sabotage|extortion|crime/i;

/** All rows of one actor, the first of which gives its name, as one record. */
export function rowsToRecord([first, ...more]: readonly [NameRow, ...NameRow[]]): SourceRecord {
  const rows = [first, ...more];
  return {
    externalId: recordIdOfName(first.name),
    title: first.name,
    entity: { type: 'intrusion-set', name: first.name, externalIds: [] },
    url: listUrl,
    publisher: 'Microsoft',
    claims: distinctClaims([
      { predicate: 'name', text: first.name },
      alias(first.name, 'Microsoft'),
      ...aliasClaims(first.name, rows),
      ...rows.flatMap(({ origin }) => origin.flatMap(originClaims)),
    ]),
  };
}

/** Each name once; Microsoft's own former names are its own wherever else they stand. */
function aliasClaims(name: string, rows: readonly NameRow[]): readonly RecordClaim[] {
  const former = new Set(rows.flatMap(({ previous }) => previous.map(nameKey)));
  const seen = new Set([nameKey(name)]);
  return rows
    .flatMap(({ previous, others }) => [...previous, ...others])
    .flatMap((text): RecordClaim[] => {
      const key = nameKey(text);
      if (seen.has(key)) return [];
      seen.add(key);
      return [former.has(key) || temporaryName.test(text) ? alias(text, 'Microsoft') : alias(text)];
    });
}

function alias(text: string, coinedBy?: string): RecordClaim {
  return { predicate: 'alias', text, relation: 'same-as', ...(coinedBy === undefined ? {} : { coinedBy }) };
}

/** "China", "Israel, Private sector offensive actor", "Group in development": countries, motives, kinds of actor. */
function originClaims(text: string): readonly RecordClaim[] {
  return placesIn(text).map((part): RecordClaim => {
    const country = parseCountry(part);
    if (country !== undefined) {
      return { predicate: 'attributed-to', country: country.code, text: countryName(country.code) };
    }
    if (motives.test(part)) return { predicate: 'motivation', text: part };
    if (isKind(part)) return { predicate: 'detail', label: 'Kind of actor', text: part };
    return { predicate: 'attributed-to', text: parseRegion(part)?.name ?? part };
  });
}

/** Kinds of threat are written in words; a place begins each of its words with a capital letter. */
function isKind(part: string): boolean {
  return /\b(?:group|actor|network|threat|development|sector)\b/i.test(part);
}

const noAnswer = /^(?:unknown|none|n\/?a|other|tbd|-+|\?+)$/i;

function placesIn(text: string): readonly string[] {
  if (parseCountry(text) !== undefined) return [text];
  return text
    .split(/[,;/&]/)
    .flatMap((part) => (parseCountry(part) === undefined ? part.split(/\sand\s/) : [part]))
    .map((part) => part.trim())
    .filter((part) => part !== '' && !noAnswer.test(part));
}
