import { countryName, parseCountry } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import { regionKey } from '../domain/region.ts';
import { sectorKey } from '../domain/sector.ts';
import { assertNever } from '../support/assert-never.ts';

export const filterKeys = [
  'actor',
  'sector',
  'country',
  'region',
  'malware',
  'technique',
  'source',
  'kind',
] as const;
export type FilterKey = (typeof filterKeys)[number];

export const digestKinds = ['report', 'profile', 'actor', 'source'] as const;

export interface DigestFilter {
  readonly key: FilterKey;
  /** As written, for people. */
  readonly text: string;
  /** As compared: a name key, a country code, a sector's or region's key. */
  readonly value: string;
  readonly exclude: boolean;
}

export type ParsedFilters =
  | { readonly kind: 'ok'; readonly filters: readonly DigestFilter[] }
  | { readonly kind: 'bad'; readonly problem: string };

/** Longest filter text that is read, in characters. */
const maxChars = 2_000;

/**
 * Reads filters in the style of code search: `sector:telecom country:iran -source:misp-galaxy actor:"Lazarus
 * Group"`. Values of one key are alternatives, different keys must all match, a minus leaves out. Gives the first
 * problem in words that say what is accepted.
 */
export function parseDigestFilters(text: string): ParsedFilters {
  if (text.length > maxChars)
    return { kind: 'bad', problem: `The filters are longer than ${maxChars} characters.` };
  const filters: DigestFilter[] = [];
  for (const word of wordsOf(text)) {
    const filter = parseFilter(word);
    if (typeof filter === 'string') return { kind: 'bad', problem: filter };
    filters.push(filter);
  }
  return { kind: 'ok', filters };
}

/** Words at blanks, with what stands in quotation marks kept together. */
function wordsOf(text: string): readonly string[] {
  const straight = text
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replace(/(^|\s)[\u2010-\u2015\u2212]/g, '$1-');
  return straight.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
}

function parseFilter(word: string): DigestFilter | string {
  const exclude = word.startsWith('-');
  const body = exclude ? word.slice(1) : word;
  const colon = body.indexOf(':');
  const key = body.slice(0, Math.max(0, colon)).toLowerCase();
  const text = body
    .slice(colon + 1)
    .replaceAll('"', '')
    .trim();
  if (!isFilterKey(key)) {
    return `“${word}” is no filter. Filters are key:value with one of: ${filterKeys.join(', ')}. Example: sector:telecom country:iran`;
  }
  if (text === '') return `“${word}” has no value. Example: ${key}:${examples[key]}`;
  const value = compareValue(key, text);
  if (value === undefined) return `“${text}” is no ${key} that is known. Example: ${key}:${examples[key]}`;
  return { key, text: key === 'country' ? countryName(value) : text, value, exclude };
}

const examples: Readonly<Record<FilterKey, string>> = {
  actor: 'APT39',
  sector: 'telecom',
  country: 'iran',
  region: '"Middle East"',
  malware: 'Remexi',
  technique: 'T1566',
  source: 'misp-galaxy',
  kind: 'report',
};

function isFilterKey(text: string): text is FilterKey {
  return (filterKeys as readonly string[]).includes(text);
}

function compareValue(key: FilterKey, text: string): string | undefined {
  switch (key) {
    case 'country':
      return (parseCountry(text) ?? parseCountry(text.toUpperCase()))?.code;
    case 'sector':
      return sectorKey(text) || undefined;
    case 'region':
      return parseCountry(text)?.code ?? (regionKey(text) || undefined);
    case 'kind': {
      const kind = text.toLowerCase().replace(/s$/, '');
      return (digestKinds as readonly string[]).includes(kind) ? kind : undefined;
    }
    case 'actor':
    case 'malware':
    case 'technique':
    case 'source':
      return nameKey(text) || undefined;
    default:
      return assertNever(key);
  }
}

/** The filters in their written form: `sector:telecom -source:misp-galaxy`. */
export function formatDigestFilters(filters: readonly DigestFilter[]): string {
  return filters
    .map(({ key, text, exclude }) => `${exclude ? '-' : ''}${key}:${/\s/.test(text) ? `"${text}"` : text}`)
    .join(' ');
}
