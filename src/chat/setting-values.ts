import { type HouseNaming, houseNamingOf } from '../briefing/house-naming.ts';
import { type Tlp, tlpLevels } from '../domain/tlp.ts';
import { knownZone } from '../schedule/when/zones.ts';
import { assertNever } from '../support/assert-never.ts';
import { type Deed, deeds, type GuestRule, guestRules, type Who } from './permission-rules.ts';
import { parseWho } from './read-who.ts';

/** What a workspace can choose, in the order in which it is shown. Deeds are settings too: who may do them. */
export const settingNames = ['naming', 'sectors', 'regions', 'zone', 'tlp', 'guests', ...deeds] as const;
export type SettingName = (typeof settingNames)[number];

/** Who may do what; `subscribe` is about places, what is for one person's eyes is that person's affair. */
export interface SettingValues extends Readonly<Record<Deed, Who>> {
  /** Whose names come first. */
  readonly naming: HouseNaming;
  /** Our sectors, as keys of `domain/sector.ts`. */
  readonly sectors: readonly string[];
  /** Our countries (ISO 3166-1 alpha-2) and regions (keys of `domain/region.ts`). */
  readonly regions: readonly string[];
  /** The IANA zone of those whose own is not known; undefined: nobody chose one. */
  readonly zone: string | undefined;
  /** What a place that only members read may see; undefined: what the platform's adapter says. */
  readonly tlp: Tlp | undefined;
  /** What guests and people of other organisations get. */
  readonly guests: GuestRule;
}

export function isDeed(name: SettingName): name is Deed {
  return deeds.some((deed) => deed === name);
}

/** More than these are no choice. */
export const maxSectors = 20;
export const maxRegions = 30;

/** A value as it is stored: JSON with a name for what it holds. */
export function settingToJson<Name extends SettingName>(
  name: Name,
  value: SettingValues[Name],
): Readonly<Record<string, unknown>> {
  return name === 'naming' && typeof value === 'object' && 'houses' in value
    ? { houses: value.houses }
    : { [keyName(name)]: value };
}

function keyName(name: SettingName): string {
  return isDeed(name) ? 'who' : keyNames[name];
}

const keyNames: Readonly<Record<Exclude<SettingName, Deed>, string>> = {
  naming: 'houses',
  sectors: 'sectors',
  regions: 'regions',
  zone: 'zone',
  tlp: 'ceiling',
  guests: 'guests',
};

/** Reads a stored value; undefined for what a newer or a damaged database holds. */
export function readSetting(name: SettingName, stored: unknown): Partial<SettingValues> | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const key = keyName(name);
  const value: unknown = Object.hasOwn(stored, key) ? Reflect.get(stored, key) : undefined;
  if (isDeed(name)) {
    const read = typeof value === 'string' ? parseWho(value) : undefined;
    return read?.kind === 'who' ? { [name]: read.who } : undefined;
  }
  switch (name) {
    case 'naming': {
      const houses = textsIn(value);
      return houses === undefined ? undefined : { naming: houseNamingOf(houses) };
    }
    case 'sectors': {
      const sectors = textsIn(value);
      return sectors === undefined ? undefined : { sectors: sectors.slice(0, maxSectors) };
    }
    case 'regions': {
      const regions = textsIn(value);
      return regions === undefined ? undefined : { regions: regions.slice(0, maxRegions) };
    }
    case 'zone':
      return typeof value === 'string' && knownZone(value) === value ? { zone: value } : undefined;
    case 'guests': {
      const rule = guestRules.find((one) => one === value);
      return rule === undefined ? undefined : { guests: rule };
    }
    case 'tlp': {
      const level = tlpLevels.find((one) => one === value);
      return level === undefined ? undefined : { tlp: level };
    }
    default:
      return assertNever(name);
  }
}

function textsIn(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : undefined;
}
