import { countryName } from '../domain/country.ts';
import { type EntityType, entityTypes } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import { parseSector, sectorLabel } from '../domain/sector.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { anyOf, type Condition } from './condition.ts';
import { motivationLabel, motivations, motivationWords, parseMotivation } from './condition-motivation.ts';
import { parseTargetRegion, placeName } from './condition-region.ts';
import { parseSoftwareKind } from './condition-software.ts';
import { filterExamples, type ListFilterKey } from './filter-keys.ts';
import { nearestWording, type Wording } from './filter-near.ts';
import { countryWordings, listRegionWordings, listSectorWordings, readCountry } from './filter-places.ts';
import { usableTypes } from './types.ts';

/** A filter's value as understood, or what is wrong with it. */
export type FilterValue =
  | {
      readonly kind: 'condition';
      readonly condition: Condition;
      /** What was done to understand it, for people: a misspelling read as something else. */
      readonly note?: string;
    }
  | { readonly kind: 'types'; readonly types: readonly EntityType[] }
  | { readonly kind: 'problem'; readonly problem: string; readonly nearest?: string };

/** Reads the value of one filter. Never throws; what is unknown comes with what is accepted. */
export function readFilterValue(key: ListFilterKey, text: string, index: SearchIndex): FilterValue {
  const value = text.trim();
  if (nameKey(value) === '') return problem(key, `“${key}:” has no value.`);
  switch (key) {
    case 'country':
      return readOrigin(value) ?? unknown(key, value, 'no country or region that is known', places);
    case 'region':
      return readPlace(value) ?? unknown(key, value, 'no country or region that is known', places);
    case 'sector':
      return readSector(value) ?? unknown(key, value, 'no sector that is known', listSectorWordings);
    case 'target':
      return (
        readPlace(value) ??
        readSector(value) ??
        unknown(key, value, 'no country, region or sector that is known', [...places, ...listSectorWordings])
      );
    case 'motivation':
      return readMotivation(value);
    case 'uses':
      return readUsed(value, index);
    case 'since':
      return readSince(value);
    case 'type':
      return readTypes(value);
    case 'source':
      return condition({ kind: 'source', name: value.slice(0, 200) });
    case 'name':
      return condition({ kind: 'name', text: value.slice(0, 200) });
    case 'by':
      return problem(key, 'What stands behind “by:” goes into brackets.');
    default:
      return assertNever(key);
  }
}

const places: readonly Wording[] = [...countryWordings, ...listRegionWordings];

function condition(found: Condition, note?: string): FilterValue {
  return { kind: 'condition', condition: found, ...(note === undefined ? {} : { note }) };
}

function problem(key: ListFilterKey, text: string, nearest?: string): FilterValue {
  const example = ` Example: ${filterExamples[key]}`;
  return { kind: 'problem', problem: `${text}${example}`, ...(nearest === undefined ? {} : { nearest }) };
}

/** A misspelling is read as what it is nearest to, and that is said; else it is unknown. */
function unknown(key: ListFilterKey, value: string, what: string, wordings: readonly Wording[]): FilterValue {
  const near = nearestWording(value, wordings);
  if (near === undefined) return problem(key, `“${value.slice(0, 60)}” is ${what}.`);
  const isSector = parseSector(near.key)?.key === near.key && near.key.toLowerCase() === near.key;
  const found =
    key === 'country'
      ? readOrigin(near.text)
      : key === 'sector' || (key === 'target' && isSector)
        ? readSector(near.text)
        : readPlace(near.text);
  if (found?.kind !== 'condition') return problem(key, `“${value.slice(0, 60)}” is ${what}.`);
  return condition(found.condition, spellingNote(value, wordingName(near.key)));
}

/** What a misspelt value was read as. */
export function spellingNote(text: string, name: string): string {
  return `“${text.slice(0, 60)}” is read as ${name}`;
}

/** The name of a country, region or sector by its key. */
export function wordingName(key: string): string {
  if (/^[A-Z]{2}$/.test(key)) return countryName(key);
  const place = placeName(key);
  return place === key ? sectorLabel(key) : place;
}

function readOrigin(value: string): FilterValue | undefined {
  const code = readCountry(value);
  if (code !== undefined) return condition({ kind: 'country', code });
  const region = readRegion(value);
  return region === undefined ? undefined : condition({ kind: 'origin-region', key: region });
}

function readPlace(value: string): FilterValue | undefined {
  // "eu", "cis", "gcc" are regions before they are anything else.
  const region = readRegion(value);
  if (region !== undefined) return condition({ kind: 'region', key: region });
  const code = readCountry(value);
  return code === undefined ? undefined : condition({ kind: 'region', key: code });
}

function readRegion(value: string): string | undefined {
  const written = value.toLowerCase();
  return (
    parseTargetRegion(value)?.key ??
    parseTargetRegion(value.replaceAll('-', ' '))?.key ??
    listRegionWordings.find(({ text }) => text === written)?.key
  );
}

function readSector(value: string): FilterValue | undefined {
  const key = sectorOf(value);
  return key === undefined ? undefined : condition({ kind: 'sector', key });
}

/** The key of a sector in any of its wordings, with or without a plural or the word "sector". */
export function sectorOf(value: string): string | undefined {
  const bare = value
    .toLowerCase()
    .replace(/^the\s+/, '')
    .replace(/\s+(?:sectors?|industry|industries|verticals?|orgs?)$/, '');
  return (
    listSectorWordings.find(({ text }) => text === bare)?.key ??
    parseSector(value)?.key ??
    parseSector(value.replaceAll('-', ' '))?.key ??
    parseSector(bare)?.key ??
    (bare.endsWith('s') ? parseSector(bare.slice(0, -1))?.key : parseSector(`${bare}s`)?.key)
  );
}

function readMotivation(value: string): FilterValue {
  const found = parseMotivation(value);
  if (found !== undefined) return condition({ kind: 'motivation', key: found.key });
  const near = nearestWording(
    value,
    motivationWords.map((text) => ({ text, key: parseMotivation(text)?.key ?? text })),
  );
  return near === undefined
    ? problem(
        'motivation',
        `“${value.slice(0, 60)}” is no motivation that is known. Accepted: ${motivations.map(({ key }) => key).join(', ')}.`,
      )
    : condition({ kind: 'motivation', key: near.key }, spellingNote(value, motivationLabel(near.key)));
}

function readUsed(value: string, index: SearchIndex): FilterValue {
  const kind = parseSoftwareKind(value);
  if (kind !== undefined) return condition({ kind: 'software', key: kind.key });
  const used = lookUpUsed(value, index);
  if (used !== undefined) return condition(used.condition, used.note);
  const lookup = index.lookup(value, usableTypes);
  const near = lookup.kind === 'suggest' ? lookup.suggestions.map(({ entity }) => entity.name) : [];
  const names = near.length === 0 ? '' : ` Near names: ${near.slice(0, 5).join(', ')}.`;
  return problem(
    'uses',
    `“${value.slice(0, 60)}” is no malware, tool, technique or vulnerability that is known.${names}`,
    near[0],
  );
}

/** What the name of something usable stands for: all that carry it, where they are several. */
export function lookUpUsed(
  text: string,
  index: SearchIndex,
): { readonly condition: Condition; readonly note?: string } | undefined {
  const lookup = index.lookup(text, usableTypes);
  if (lookup.kind !== 'found' && lookup.kind !== 'ambiguous') return undefined;
  const matches = lookup.kind === 'found' ? [lookup.match] : lookup.matches;
  const usable = usableMatches(matches);
  const [first] = usable;
  // The name must be all that was typed: "blue mimikatz car" names no tool.
  if (first === undefined || nameKey(first.matched.text).length < nameKey(text).length - 1) return undefined;
  const isExact = nameKey(first.matched.name) === nameKey(text) || first.matched.kind === 'id';
  const many = usable.length > 1 ? `“${text}” names ${usable.length} things: any of them counts` : undefined;
  const note = many ?? (isExact ? undefined : spellingNote(text, first.entity.name));
  return {
    condition: usedCondition(usable),
    ...(note === undefined ? {} : { note }),
  };
}

export function usableMatches(matches: readonly Match[]): readonly Match[] {
  return matches.filter(({ entity }) => usableTypes.includes(entity.type));
}

export function usedCondition(matches: readonly Match[]): Condition {
  return anyOf(matches.map(({ entity }): Condition => ({ kind: 'uses', id: entity.id })));
}

function readSince(value: string): FilterValue {
  const date = readDate(value);
  return date === undefined
    ? problem(
        'since',
        `“${value.slice(0, 60)}” is no date. A date is a year, a month (2024-03), a day, or a time before now (30d, 6m, 2y).`,
      )
    : condition({ kind: 'since', date });
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A date of any precision in ISO form, or a length of time before now (`P30D`): "2024", "2024-03-01", "march 2024",
 * "30d", "last 2 years". Undefined for anything else, and outside the years 1970 to 2100.
 */
export function readDate(text: string): string | undefined {
  const value = text.trim().toLowerCase();
  if (/^p[1-9]\d{0,2}[dwmy]$/.test(value)) return value.toUpperCase();
  const iso = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(value);
  if (iso !== null) return isoDate(Number(iso[1]), iso[2], iso[3]);
  const named = /^([a-z]{3,9})\.?,? (\d{4})$/.exec(value);
  if (named !== null) {
    const month = months.indexOf((named[1] ?? '').slice(0, 3));
    return month === -1 ? undefined : isoDate(Number(named[2]), String(month + 1), undefined);
  }
  const length =
    /^(?:the )?(?:(?:last|past|previous) )?(\d{1,3}|a|one|two|three|five|six|ten)? ?(d|days?|w|weeks?|m|mo|months?|y|yr|yrs|years?)(?: ago)?$/.exec(
      value,
    );
  if (length === null || (length[1] === undefined && !/last|past|previous/.test(value))) return undefined;
  const count = counts[length[1] ?? 'a'] ?? Number(length[1]);
  const unit = (length[2] ?? 'd').charAt(0).toUpperCase();
  return Number.isFinite(count) && count > 0 ? `P${count}${unit}` : undefined;
}

const counts: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3, five: 5, six: 6, ten: 10 };

function isoDate(year: number, month: string | undefined, day: string | undefined): string | undefined {
  if (year < 1970 || year > 2100) return undefined;
  if (month === undefined) return String(year);
  const [m, d] = [Number(month), Number(day ?? '1')];
  const last = new Date(Date.UTC(year, m, 0)).getUTCDate();
  if (m < 1 || m > 12 || d < 1 || d > last) return undefined;
  const start = `${year}-${String(m).padStart(2, '0')}`;
  return day === undefined ? start : `${start}-${String(d).padStart(2, '0')}`;
}

const typeWords: Readonly<Record<string, readonly EntityType[]>> = {
  actor: ['intrusion-set'],
  threatactor: ['intrusion-set'],
  group: ['intrusion-set'],
  apt: ['intrusion-set'],
  gang: ['intrusion-set'],
  intrusionset: ['intrusion-set'],
  malware: ['malware'],
  tool: ['tool'],
  software: ['malware', 'tool'],
  technique: ['attack-pattern'],
  ttp: ['attack-pattern'],
  attackpattern: ['attack-pattern'],
  campaign: ['campaign'],
  operation: ['campaign'],
  vulnerability: ['vulnerability'],
  vulnerabilitie: ['vulnerability'],
  cve: ['vulnerability'],
};

function readTypes(value: string): FilterValue {
  const key = nameKey(value);
  const types = typeWords[key] ?? typeWords[key.replace(/s$/, '')];
  if (
    types !== undefined &&
    Object.hasOwn(typeWords, Object.hasOwn(typeWords, key) ? key : key.replace(/s$/, ''))
  ) {
    return { kind: 'types', types };
  }
  const listed = entityTypes.filter((type) => type !== 'report' && type !== 'indicator');
  const near = nearestWording(
    value,
    Object.keys(typeWords).map((text) => ({ text, key: text })),
  )?.text;
  return problem(
    'type',
    `“${value.slice(0, 60)}” is no type that can be listed. Accepted: actor, malware, tool, software, technique, campaign, vulnerability (or ${listed.join(', ')}).`,
    near,
  );
}
