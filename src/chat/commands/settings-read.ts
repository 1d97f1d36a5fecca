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
import { type Deed, deeds, guestRules, type Who, whoText } from '../permission-rules.ts';
import { parseWho } from '../read-who.ts';
import { isDeed, maxRegions, maxSectors, type SettingName, type SettingValues } from '../setting-values.ts';

/** A value for one setting, with what was done to understand it. */
export type SettingInput =
  | {
      readonly [Name in Exclude<SettingName, Deed>]: {
        readonly name: Name;
        readonly value: SettingValues[Name];
        readonly notes: readonly string[];
      };
    }[Exclude<SettingName, Deed>]
  | WhoInput;

/** Who may do something. */
export interface WhoInput {
  readonly name: Deed;
  readonly value: Who;
  readonly notes: readonly string[];
}

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
  guests: 'guests',
  guest: 'guests',
};

const deedWords: Readonly<Record<string, Deed>> = {
  ...Object.fromEntries(deeds.map((deed) => [deed, deed])),
  'look-ups': 'look-up',
  lookup: 'look-up',
  lookups: 'look-up',
  ask: 'look-up',
  search: 'look-up',
  questions: 'look-up',
  sharing: 'share',
  subscriptions: 'subscribe',
  digest: 'digest-now',
  digests: 'digest-now',
  setting: 'settings',
  source: 'sources',
};

/** The setting that a word stands for. */
export function settingNamed(word: string): SettingName | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(words, lower) ? words[lower] : undefined;
}

/** The deed that words begin with, as people name it, and what stands behind it. */
export function deedIn(text: string): { readonly deed: Deed; readonly rest: string } | undefined {
  const [, first = '', behind = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const word = first.toLowerCase().replace(/[:=]$/, '');
  const [, second = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(behind) ?? [];
  const both = `${word}-${second.toLowerCase()}`;
  const isOfTwo = both === 'look-up' || both === 'look-ups' || both === 'digest-now';
  const key = isOfTwo ? both : word;
  return Object.hasOwn(deedWords, key) && deedWords[key] !== undefined
    ? { deed: deedWords[key], rest: (isOfTwo ? rest : behind).replace(/^(?:to|for|by)\b\s*/i, '') }
    : undefined;
}

const maxChars = 2_000;

/** Reads what stands behind a setting's name; the problem says what is accepted. */
export function readInput(name: SettingName, text: string): ReadInput {
  if (text.length > maxChars) return bad(`A setting takes at most ${maxChars} characters.`);
  if (isDeed(name)) return readWho(name, text);
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
    case 'guests': {
      const rule = guestRules.find((one) => text.trim().toLowerCase().startsWith(one));
      return rule === undefined
        ? bad(
            `“${text.slice(0, 60)}” is nothing that guests could get. Accepted: clear (what is marked TLP:CLEAR), refuse (nothing).`,
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

function readWho(name: Deed, text: string): ReadInput {
  const read = parseWho(text);
  if (read === undefined) {
    return bad(
      `“${text.slice(0, 60)}” is nobody who could be let. Accepted: anyone, members, admins, nobody, group:S0123, people:U0123,U0456.`,
    );
  }
  if (read.kind === 'bad') return bad(read.problem);
  if (read.who === 'nobody' && (name === 'settings' || name === 'look-up')) {
    return bad(
      name === 'settings'
        ? 'With nobody to change settings, nobody could change this back. Name admins, a group or people; nothing was changed.'
        : 'A bot that nobody may ask is better removed from the workspace. Name admins, a group or people; nothing was changed.',
    );
  }
  return { kind: 'ok', input: { name, value: read.who, notes: [] } };
}

/** What is missing where a setting's name stands alone. */
export function missingValue(name: SettingName): string {
  return isDeed(name)
    ? `Say who may: anyone, members, admins, nobody, group:S0123 or people:U0123,U0456; or "default".`
    : missingValues[name];
}

const missingValues: Readonly<Record<Exclude<SettingName, Deed>, string>> = {
  naming: 'Say whose names come first, or "default".',
  sectors: 'Name your sectors, such as telecom, finance, or "default" for none.',
  regions: 'Name your countries and regions, such as europe, de, or "default" for none.',
  zone: 'Name a time zone, such as Europe/Berlin, or "default" for UTC.',
  tlp: 'Say what places that only members read may see: clear, green, amber, amber+strict or red; or "default".',
  guests: 'Say what guests and people of other organisations get: clear or refuse; or "default".',
};

/** What is missing where permissions are to be set and no deed is named. */
export const missingDeed = `Say what for, and who: permissions share admins. It can be ${deeds.join(', ')}.`;

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
  const parts = listed(text, /[,;\n]|(?<!\s)\s+and\s+/i);
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
  if (isDeed(name)) {
    return name === 'subscribe' && values.subscribe === 'members'
      ? 'members of the channel'
      : whoText(values[name]);
  }
  const { naming, sectors, regions, zone, tlp, guests } = values;
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
    case 'guests':
      return guests === 'refuse' ? 'nothing' : 'what is marked TLP:CLEAR';
    case 'tlp':
      return tlp === undefined
        ? 'as set up: TLP:GREEN in places that only members read'
        : `up to ${tlpLabel(tlp)} in places that only members read`;
    default:
      return assertNever(name);
  }
}
