import { countryName } from '../domain/country.ts';
import { type EntityType, entityTypes } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import { parseSector, sectorLabel } from '../domain/sector.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { anyOf, type Condition, type DatedKind } from './condition.ts';
import { motivationLabel, motivations, motivationWords, parseMotivation } from './condition-motivation.ts';
import { parsePlatform, platformLabel, platforms, platformWordings } from './condition-platform.ts';
import { parseTargetRegion, placeName } from './condition-region.ts';
import { parseSoftwareKind } from './condition-software.ts';
import { parseStateBody, stateBodies } from './condition-sponsor.ts';
import { parseTactic, tacticLabel, tactics, tacticWordings } from './condition-tactic.ts';
import { dateHelp, readDate, readRange } from './filter-dates.ts';
import { filterExamples, type ListFilterKey } from './filter-keys.ts';
import { nearestWording, type Wording } from './filter-near.ts';
import { countryWordings, listRegionWordings, listSectorWordings, readCountry } from './filter-places.ts';
import { usableTypes } from './types.ts';
import { usedWord } from './used-words.ts';

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
    case 'first-seen':
    case 'last-seen':
    case 'seen':
      return readDated(key, value);
    case 'tactic':
      return readTactic(value);
    case 'platform':
      return readPlatform(value);
    case 'sponsor':
      return readSponsor(value);
    case 'id':
      return readId(value, index);
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
    .replace(/(?<!\s)\s+(?:sectors?|industry|industries|verticals?|orgs?)$/, '');
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
  const everyday = everydayUse(text, index);
  if (everyday !== undefined) return everyday;
  const lookup = index.lookup(text, usableTypes);
  if (lookup.kind !== 'found' && lookup.kind !== 'ambiguous') return undefined;
  const matches = lookup.kind === 'found' ? [lookup.match] : lookup.matches;
  const usable = usableMatches(matches);
  const [first] = usable;
  // The name must be all that was typed: "blue mimikatz car" names no tool.
  if (first === undefined || nameKey(first.matched.text).length < nameKey(text).length - 1) return undefined;
  const isExact = nameKey(first.matched.name) === nameKey(text) || first.matched.kind === 'id';
  // A misspelling that may be several things is none of them.
  if (
    usable.length > 1 &&
    usable.some(({ matched }) => nameKey(matched.name) !== nameKey(first.matched.name))
  )
    return undefined;
  const many = usable.length > 1 ? `“${text}” names ${usable.length} things: any of them counts` : undefined;
  const note = many ?? (isExact ? undefined : spellingNote(text, first.entity.name));
  return {
    condition: usedCondition(usable),
    ...(note === undefined ? {} : { note }),
  };
}

/** "spearphishing", "public-facing applications": read as the technique, and told. */
function everydayUse(
  text: string,
  index: SearchIndex,
): { readonly condition: Condition; readonly note: string } | undefined {
  const id = usedWord(text);
  const lookup = id === undefined ? undefined : index.lookup(id);
  if (id === undefined || lookup?.kind !== 'found') return undefined;
  const { entity } = lookup.match;
  return {
    condition: { kind: 'uses', id: entity.id },
    note: spellingNote(text, `${entity.name} (${id}), with its sub-techniques`),
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
    ? problem('since', `“${value.slice(0, 60)}” is no date. ${dateHelp}`)
    : condition({ kind: 'since', date });
}

function readDated(key: DatedKind, value: string): FilterValue {
  const range = readRange(value);
  return range === undefined
    ? problem(
        key,
        `“${value.slice(0, 60)}” is no date or span of dates. A span is 2020..2022, 2020.. or ..2022.`,
      )
    : condition({ kind: 'dated', which: key, ...range });
}

function readTactic(value: string): FilterValue {
  const key = parseTactic(value);
  if (key !== undefined) return condition({ kind: 'tactic', key });
  const near = nearestWording(value, tacticWordings);
  return near === undefined
    ? problem(
        'tactic',
        `“${value.slice(0, 60)}” is no tactic of ATT&CK. Accepted: ${tactics.map((one) => one.key).join(', ')}.`,
      )
    : condition({ kind: 'tactic', key: near.key }, spellingNote(value, tacticLabel(near.key)));
}

function readPlatform(value: string): FilterValue {
  const key = parsePlatform(value);
  if (key !== undefined) return condition({ kind: 'platform', key });
  const near = nearestWording(value, platformWordings);
  return near === undefined
    ? problem(
        'platform',
        `“${value.slice(0, 60)}” is no platform that is known. Accepted: ${platforms.map((one) => one.label).join(', ')}.`,
      )
    : condition({ kind: 'platform', key: near.key }, spellingNote(value, platformLabel(near.key)));
}

function readSponsor(value: string): FilterValue {
  if (/^(?:state|states|nation|nation[- ]state|government|yes|true|any|\*)$/i.test(value))
    return condition({ kind: 'sponsored' });
  const body = parseStateBody(value);
  return body === undefined
    ? problem(
        'sponsor',
        `“${value.slice(0, 60)}” is no sponsor that is known. Accepted: state (any that is recorded), ${stateBodies.map(({ key }) => key).join(', ')}.`,
      )
    : condition({ kind: 'sponsored', body });
}

function readId(value: string, index: SearchIndex): FilterValue {
  const lookup = index.lookup(value);
  const matches =
    lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
  const [first] = matches;
  if (first === undefined || nameKey(first.matched.text).length < nameKey(value).length - 1)
    return problem('id', `Nothing here has the id or name “${value.slice(0, 60)}”.`);
  const note =
    matches.length > 1 ? `“${value}” names ${matches.length} things: any of them counts` : undefined;
  return condition(entityCondition(matches), note);
}

/** The things themselves: any of them. */
export function entityCondition(matches: readonly Match[]): Condition {
  return anyOf(matches.map(({ entity }): Condition => ({ kind: 'entity', id: entity.id })));
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
