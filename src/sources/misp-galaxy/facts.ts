import { countryName, parseCountry } from '../../domain/country.ts';
import { nameKey } from '../../domain/name-key.ts';
import { parseRegion } from '../../domain/region.ts';
import { targetTable } from './country-uuid-table.ts';
import { producerTable } from './producer-table.ts';
import { regionTable, sectorTable } from './target-table.ts';

/** What a `targets` relation points to: an entry of the reference galaxies. */
export type Target =
  | { readonly kind: 'sector'; readonly text: string }
  | { readonly kind: 'region'; readonly text: string }
  | { readonly kind: 'country'; readonly country: string; readonly text: string };

const producers = readTable(producerTable);
const sectors = readTable(sectorTable);
const regions = readTable(regionTable);
const targets = new Map(targetTable.trim().split(/\s+/).flatMap(pairAt));

/** The name of a threat intelligence producer by its uuid in the galaxy `producer`. */
export function producerName(uuid: string): string | undefined {
  return producers.get(uuid.toLowerCase());
}

const producerKeys = new Set([...producers.values()].map(nameKey));

/** True for the name of a threat intelligence producer. */
export function isProducer(name: string): boolean {
  return producerKeys.has(nameKey(name));
}

/** The sector, region or country behind a uuid of the galaxies `sector`, `region`, `country`, `target-information`. */
export function targetByUuid(uuid: string): Target | undefined {
  const key = uuid.toLowerCase();
  const sector = sectors.get(key);
  if (sector !== undefined) return { kind: 'sector', text: sector };
  const region = regions.get(key);
  if (region !== undefined) return { kind: 'region', text: parseRegion(region)?.name ?? region };
  const code = targets.get(key) ?? countryCodeIn(key);
  return code === undefined ? undefined : { kind: 'country', country: code, text: countryName(code) };
}

/** The galaxy `country` writes ISO 3166-1 alpha-3 in ASCII into the last three bytes of each uuid. */
const countryUuid = /^84668357-5a8c-4bdd-9f0f-6b50b2([0-9a-f]{6})$/;

function countryCodeIn(uuid: string): string | undefined {
  const hex = countryUuid.exec(uuid)?.[1];
  return hex === undefined ? undefined : parseCountry(Buffer.from(hex, 'hex').toString('latin1'))?.code;
}

function readTable(table: string): ReadonlyMap<string, string> {
  return new Map(
    table
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, 36), line.slice(37)] as const),
  );
}

function pairAt(uuid: string, index: number, all: readonly string[]): readonly (readonly [string, string])[] {
  const code = all[index + 1];
  return index % 2 === 0 && code !== undefined ? [[uuid, code]] : [];
}
