import { findCountries, parseCountry } from '../../domain/country.ts';
import type { RecordClaim } from '../../domain/record.ts';
import { findRegions, parseRegion } from '../../domain/region.ts';
import { findSectors, parseSector } from '../../domain/sector.ts';
import { withoutBullet } from '../markdown/bullets.ts';
import { maxAnalysedChars } from './sentences.ts';
import { trimEndOf } from './trim-end.ts';

const prose =
  /\b(?:is|are|was|were|has|have|its|their|while|which|that|targets|targeted|targeting|focus\w*|against)\b|\.\s/i;

/**
 * What a profile's "Target sectors" says. A list gives its items as written (MISP's "Government, Administration" is
 * one item); prose gives the sectors, regions and countries that are spotted in it, but for those of `home` (codes
 * of the countries that the actor is attributed to), and is kept as a description.
 */
export function targetClaims(text: string, home: ReadonlySet<string> = new Set()): readonly RecordClaim[] {
  const clipped = text.slice(0, maxAnalysedChars).trim();
  if (clipped === '') return [];
  const items = listItems(clipped);
  const isList = !prose.test(clipped) && items.every((item) => item.split(/\s+/).length <= maxItemWords);
  if (isList) return items.flatMap(itemClaims);
  return [
    { predicate: 'description', text: clipped, section: 'target-sectors' },
    // "… is a Chinese group that targets South Korea": the actor's own country is no target.
    ...spottedTargets(clipped).filter((claim) => !('country' in claim && home.has(claim.country ?? ''))),
  ];
}

const maxItemWords = 7;

/** Sectors, regions and (unless left out) countries named in prose. */
export function spottedTargets(
  text: string,
  options: { readonly countries: boolean } = { countries: true },
): readonly RecordClaim[] {
  const named = options.countries ? findCountries(text.slice(0, maxAnalysedChars)) : [];
  const countries = new Map(named.map((found) => [found.code, found]));
  return [
    ...findSectors(text.slice(0, maxAnalysedChars)).map(
      (sector): RecordClaim => ({ predicate: 'targets-sector', text: sector.label }),
    ),
    ...findRegions(text.slice(0, maxAnalysedChars)).map(
      (region): RecordClaim => ({ predicate: 'targets-region', text: region.name }),
    ),
    ...[...countries.values()].map(
      ({ code, name }): RecordClaim => ({ predicate: 'targets-region', text: name, country: code }),
    ),
  ];
}

function listItems(text: string): readonly string[] {
  const items = text
    .split(/[,;\n•]/)
    .map((item) => trimEndOf(withoutBullet(item), '*.`').replace(/^and\s+/i, ''))
    .filter((item) => item !== '' && !/^(?:other|others|unknown|various|n\/?a|none)$/i.test(item));
  return items.flatMap((item, index) => {
    if (item === 'Administration' && items[index - 1] === 'Government') return [];
    return item === 'Government' && items[index + 1] === 'Administration'
      ? ['Government, Administration']
      : [item];
  });
}

function itemClaims(item: string): readonly RecordClaim[] {
  const country = parseSector(item) === undefined ? parseCountry(item) : undefined;
  if (country !== undefined)
    return [{ predicate: 'targets-region', text: country.name, country: country.code }];
  const region = parseRegion(item);
  if (region !== undefined) return [{ predicate: 'targets-region', text: region.name }];
  return item.length > 100 ? [] : [{ predicate: 'targets-sector', text: item }];
}
