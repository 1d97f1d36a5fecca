import { type HouseNaming, houseNamingOf } from '../briefing/house-naming.ts';
import { type Tlp, tlpLevels } from '../domain/tlp.ts';
import { knownZone } from '../schedule/when/zones.ts';
import { assertNever } from '../support/assert-never.ts';
import { type SubscriberRule, subscriberRules } from './subscription-rules.ts';

/** What a workspace can choose, in the order in which it is shown. */
export const settingNames = ['naming', 'sectors', 'regions', 'zone', 'subscribe', 'tlp'] as const;
export type SettingName = (typeof settingNames)[number];

export interface SettingValues {
  /** Whose names come first. */
  readonly naming: HouseNaming;
  /** Our sectors, as keys of `domain/sector.ts`. */
  readonly sectors: readonly string[];
  /** Our countries (ISO 3166-1 alpha-2) and regions (keys of `domain/region.ts`). */
  readonly regions: readonly string[];
  /** The IANA zone of those whose own is not known; undefined: nobody chose one. */
  readonly zone: string | undefined;
  /** Who may subscribe a place; guests only where anyone may. */
  readonly subscribe: SubscriberRule;
  /** What a place that only members read may see; undefined: what the platform's adapter says. */
  readonly tlp: Tlp | undefined;
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
    : { [keyNames[name]]: value };
}

const keyNames: Readonly<Record<SettingName, string>> = {
  naming: 'houses',
  sectors: 'sectors',
  regions: 'regions',
  zone: 'zone',
  subscribe: 'who',
  tlp: 'ceiling',
};

/** Reads stored values over the defaults; what a newer or a damaged database holds counts as nothing chosen. */
export function readSetting(name: SettingName, stored: unknown): Partial<SettingValues> | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const value: unknown = Object.hasOwn(stored, keyNames[name])
    ? Reflect.get(stored, keyNames[name])
    : undefined;
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
    case 'subscribe': {
      const rule = subscriberRules.find((one) => one === value);
      return rule === undefined ? undefined : { subscribe: rule };
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
