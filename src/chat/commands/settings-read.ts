import { houseNamingOf, maxHouses } from '../../briefing/house-naming.ts';
import { countryName, isCountryCode } from '../../domain/country.ts';
import { nameKey } from '../../domain/name-key.ts';
import { sectorLabel } from '../../domain/sector.ts';
import { parseTlp, tlpLabel, tlpLevels } from '../../domain/tlp.ts';
import { placeName } from '../../questions/condition-region.ts';
import { readFilterValue } from '../../questions/filter-values.ts';
import { parseZone } from '../../schedule/when/zones.ts';
import { emptyIndex } from '../../search/empty-index.ts';
import { assertNever } from '../../support/assert-never.ts';
import { maxRegions, maxSectors, type SettingName, type SettingValues } from '../setting-values.ts';
import { subscriberRules } from '../subscription-rules.ts';

/** A value for one setting, with what was done to understand it. */
export type SettingInput = {
  readonly [Name in SettingName]: {
    readonly name: Name;
    readonly value: SettingValues[Name];
    readonly notes: readonly string[];
  };
}[SettingName];

export type ReadInput =
  | { readonly kind: 'ok'; readonly input: SettingInput }
  | { readonly kind: 'bad'; readonly problem: string };

const words: Readonly<Record<string, SettingName>> = {
  naming: 'naming',
  names: 'naming',
  sectors: 'sectors',
  sector: 'sectors',
  regions: 'regions',
  region: 'regions',
  countries: 'regions',
  zone: 'zone',
  timezone: 'zone',
  tz: 'zone',
  subscribe: 'subscribe',
  subscriptions: 'subscribe',
  tlp: 'tlp',
  ceiling: 'tlp',
};

/** The setting that a word stands for. */
export function settingNamed(word: string): SettingName | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(words, lower) ? words[lower] : undefined;
}

const maxChars = 600;

/** Reads what stands behind a setting's name; the problem says what is accepted. */
export function readInput(name: SettingName, text: string): ReadInput {
  if (text.length > maxChars) return bad(`A setting takes at most ${maxChars} characters.`);
  switch (name) {
    case 'naming': {
      const houses = listed(text, /[,;]/);
      return text.length > 400 || houses.length === 0 || houses.length > maxHouses
        ? bad(`Name 1 to ${maxHouses} organisations, separated by commas.`)
        : { kind: 'ok', input: { name, value: { houses }, notes: [] } };
    }
    case 'sectors': {
      const read = readKeys('sector', text, maxSectors);
      return 'problem' in read
        ? bad(read.problem)
        : { kind: 'ok', input: { name, value: read.keys, notes: read.notes } };
    }
    case 'regions': {
      const read = readKeys('region', text, maxRegions);
      return 'problem' in read
        ? bad(read.problem)
        : { kind: 'ok', input: { name, value: read.keys, notes: read.notes } };
    }
    case 'zone': {
      const parsed = parseZone(text);
      return parsed.ok ? { kind: 'ok', input: { name, value: parsed.zone, notes: [] } } : bad(parsed.problem);
    }
    case 'subscribe': {
      const word = text.trim().toLowerCase();
      const rule = subscriberRules.find((one) => one === word || one === `${word}s`);
      return rule === undefined
        ? bad(
            `“${text.slice(0, 60)}” is nobody who could be let. Accepted: ${subscriberRules.join(', ')} (anyone: guests too; members: of the channel that is subscribed).`,
          )
        : { kind: 'ok', input: { name, value: rule, notes: [] } };
    }
    case 'tlp': {
      const level = parseTlp(text);
      return level === undefined || level.unknown
        ? bad(
            `“${text.slice(0, 60)}” is no marking. Accepted: ${tlpLevels.join(', ')}. Places that outsiders read stay at CLEAR.`,
          )
        : { kind: 'ok', input: { name, value: level.tlp, notes: [] } };
    }
    default:
      return assertNever(name);
  }
}

/** What is missing where a setting's name stands alone. */
export const missingValue: Readonly<Record<SettingName, string>> = {
  naming: 'Say whose names come first, or "default".',
  sectors: 'Name your sectors, such as telecom, finance, or "default" for none.',
  regions: 'Name your countries and regions, such as europe, de, or "default" for none.',
  zone: 'Name a time zone, such as Europe/Berlin, or "default" for UTC.',
  subscribe: 'Say who may subscribe channels: anyone, members or admins; or "default".',
  tlp: 'Say what places that only members read may see: clear, green, amber, amber+strict or red; or "default".',
};

function bad(problem: string): ReadInput {
  return { kind: 'bad', problem };
}

function listed(text: string, separator: RegExp): readonly string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => nameKey(part) !== '');
}

type ReadKeys =
  | { readonly keys: readonly string[]; readonly notes: readonly string[] }
  | { readonly problem: string };

/** Sectors, or countries and regions, by the reader of filters, so that both understand the same. */
function readKeys(what: 'sector' | 'region', text: string, max: number): ReadKeys {
  const parts = listed(text, /[,;\n]|\s+and\s+/i);
  if (parts.length === 0 || parts.length > max) {
    const many = what === 'sector' ? 'sectors' : 'countries or regions';
    return { problem: `Name 1 to ${max} ${many}, separated by commas.` };
  }
  const keys = new Set<string>();
  const notes: string[] = [];
  for (const part of parts) {
    const read = readFilterValue(what, part, emptyIndex);
    if (read.kind === 'problem') {
      const where = what === 'sector' ? ' Try telecom, finance, energy, government or healthcare.' : '';
      return { problem: `${read.problem.replace(/ Example: .*$/s, '')}${where} Nothing was changed.` };
    }
    if (read.kind !== 'condition' || (read.condition.kind !== 'sector' && read.condition.kind !== 'region'))
      return { problem: `“${part.slice(0, 60)}” is no ${what} that is known.` };
    keys.add(read.condition.key);
    if (read.note !== undefined) notes.push(read.note);
  }
  return { keys: [...keys], notes };
}

/** A value for people; `undefined` is what holds where nobody chose. */
export function valueText(name: SettingName, values: SettingValues): string {
  const { naming, sectors, regions, zone, subscribe, tlp } = values;
  switch (name) {
    case 'naming':
      return naming.houses.length === 0
        ? 'as the sources have it'
        : houseNamingOf(naming.houses).houses.join(', ');
    case 'sectors':
      return sectors.length === 0 ? 'none' : sectors.map(sectorLabel).join(', ');
    case 'regions':
      return regions.length === 0
        ? 'none'
        : regions.map((key) => (isCountryCode(key) ? countryName(key) : placeName(key))).join(', ');
    case 'zone':
      return zone ?? 'each person’s own; UTC where that is not known';
    case 'subscribe':
      return {
        anyone: 'anyone, guests too',
        members: 'members of the channel',
        admins: 'admins of this workspace',
      }[subscribe];
    case 'tlp':
      return tlp === undefined
        ? 'as set up: TLP:GREEN in places that only members read'
        : `up to ${tlpLabel(tlp)} in places that only members read`;
    default:
      return assertNever(name);
  }
}
