import { countryName, parseCountry } from '../../domain/country.ts';
import type { RecordClaim } from '../../domain/record.ts';
import { parseRegion } from '../../domain/region.ts';
import { ownValue, textsOf } from '../json-document.ts';
import type { Meta } from './schema.ts';
import { countryWords } from './translations.ts';

/** Where an actor is said to come from and why it acts, as claims; kinds that are neither, as tags. */
export interface ReadAttribution {
  readonly claims: readonly RecordClaim[];
  readonly tags: readonly string[];
}

/** Microsoft's kinds of threat that say neither a country nor a motive. */
const threatKinds = new Set(['group in development', 'private sector offensive actor', 'covert network']);
const motives = /motivat|influence operation|espionage|hacktivis|sabotage|extortion|crime/i;
const noAnswer = /^(?:unknown|none|n\/?a|\?)$/i;

/** Reads `country`, sponsors, motives and Microsoft's "Origin/Threat" out of `meta`. */
export function readAttribution(meta: Meta, options: { readonly isMicrosoft: boolean }): ReadAttribution {
  const confidence = readConfidence(meta);
  const claims: RecordClaim[] = [];
  const tags: string[] = [];
  const add = (claim: RecordClaim): void => {
    claims.push(confidence === undefined ? claim : { ...claim, confidence });
  };
  for (const text of textsOf(ownValue(meta, 'country'))) add(countryClaim(text));
  for (const text of textsOf(ownValue(meta, 'cfr-suspected-state-sponsor'))) {
    if (!noAnswer.test(text)) add(sponsorClaim(text));
  }
  for (const text of textsOf(ownValue(meta, 'GRU'))) {
    add({ predicate: 'attributed-to', country: 'RU', sponsor: `GRU, ${text}`, text: `GRU, ${text}` });
  }
  for (const key of options.isMicrosoft
    ? ['microsoft-origin-threat', 'sector']
    : ['microsoft-origin-threat']) {
    for (const part of textsOf(ownValue(meta, key)).flatMap((text) => text.split(/,\s*/))) {
      if (threatKinds.has(part.toLowerCase())) tags.push(`microsoft-origin-threat="${part}"`);
      else if (motives.test(part)) claims.push({ predicate: 'motivation', text: part });
      else if (part !== '') claims.push(countryClaim(part));
    }
  }
  for (const key of ['cfr-type-of-incident', 'motive']) {
    for (const text of textsOf(ownValue(meta, key))) {
      if (text.length <= 200) claims.push({ predicate: 'motivation', text });
    }
  }
  return { claims, tags };
}

/** A country as an ISO code or a name; a region or another text stays text without a code. */
function countryClaim(written: string): RecordClaim {
  const text = Object.hasOwn(countryWords, written) ? (countryWords[written] ?? written) : written;
  const country = parseCountry(text) ?? (text.length === 2 ? parseCountry(text.toUpperCase()) : undefined);
  return country === undefined
    ? { predicate: 'attributed-to', text: parseRegion(text)?.name ?? text.slice(0, 200) }
    : { predicate: 'attributed-to', country: country.code, text: countryName(country.code) };
}

function sponsorClaim(text: string): RecordClaim {
  const country = parseCountry(text);
  return {
    predicate: 'attributed-to',
    ...(country === undefined ? {} : { country: country.code }),
    sponsor: text.slice(0, 200),
    text: text.slice(0, 200),
  };
}

/** `attribution-confidence` is a percentage, mostly as text ("50"). */
function readConfidence(meta: Meta): number | undefined {
  const [text = ''] = textsOf(ownValue(meta, 'attribution-confidence'));
  const value = /^\d{1,3}%?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  return value <= 100 ? value : undefined;
}
