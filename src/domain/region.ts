import { nameKey } from './name-key.ts';
import { findPhrases, type Phrases, phrasesOf } from './phrases.ts';

/** A part of the world that is no single country. */
export interface Region {
  /** Lower-case words with hyphens: `middle-east`. */
  readonly key: string;
  /** For people: "Middle East". */
  readonly name: string;
}

/** One line a region: name, then other names. Regions of UN M49, alliances, and words of common use. */
const regionTable = `
Africa|African
Americas|The Americas
Antarctica
Asia|Asian
Asia-Pacific|APAC|Asia Pacific|Asia Pacific Economic Cooperation|Indo-Pacific
Association of Southeast Asian Nations|ASEAN
Balkans|The Balkans|Western Balkans
Baltic states|Baltics|The Baltics
Benelux
Caribbean|The Caribbean
Caucasus|South Caucasus
Central America
Central Asia|Central Asian
Central Europe
Commonwealth of Independent States|CIS|Former Soviet Union|Former Soviet states
East Africa|Eastern Africa
East Asia|Eastern Asia|Northeast Asia|East Asian
Eastern Europe|Eastern European
Eurasia
Europe|European|Continental Europe
European Union|EU
Global|Worldwide|World|International
Gulf states|Gulf Cooperation Council|GCC|Persian Gulf|Gulf region|Arabian Peninsula
Horn of Africa
Korean Peninsula
Kurdistan
Latin America|LATAM|Latin American|Latin America and the Caribbean
Levant
Maghreb
Melanesia
MENA|Middle East and North Africa
Middle Africa|Central Africa
Middle East|The Middle East|Mideast|Middle Eastern
NATO|North Atlantic Treaty Organization
Nordic countries|Nordics|Scandinavia|Scandinavian
North Africa|Northern Africa|North African
North America|Northern America|North American
Northeast Africa
Northern Europe
Oceania|Australia and New Zealand|Pacific Islands
Polynesia
South America|South American
South Asia|Southern Asia|South Asian
Southeast Asia|South-eastern Asia|South East Asia|Southeast Asian|South-East Asia
Southern Africa
Southern Europe
Sub-Saharan Africa
West Africa|Western Africa
Western Asia|West Asia
Western Europe|Western European
`;

const byKey = new Map<string, Region>();
const spotted: (readonly [string, Region])[] = [];
/** Too common, or a part of too many names, to be spotted inside a sentence. */
const wholeOnly = new Set(['World', 'International', 'Global', 'Worldwide', 'EU', 'CIS', 'GCC', 'MENA']);
for (const line of regionTable.trim().split('\n')) {
  const names = line.split('|');
  const [name = ''] = names;
  const region: Region = { key: name.toLowerCase().replaceAll(' ', '-'), name };
  for (const text of names) {
    if (!byKey.has(nameKey(text))) byKey.set(nameKey(text), region);
    if (!wholeOnly.has(text)) spotted.push([text.replace(/^The /, ''), region]);
  }
}
const phrases: Phrases<Region> = phrasesOf(spotted);

/** Every wording of every region, for whoever reads questions. */
export const regionWordings: readonly { readonly text: string; readonly key: string }[] = regionTable
  .trim()
  .split('\n')
  .flatMap((line) => line.split('|').map((text) => ({ text, key: parseRegion(text)?.key ?? '' })));

/**
 * Reads a text that names a region as a whole: "Middle East", "Southeast Asian", "APAC", or as UN M49 writes it in
 * the MISP galaxy ("035 - South-eastern Asia"). Undefined for a country and for anything else.
 */
export function parseRegion(text: string): Region | undefined {
  const trimmed = text.trim().replace(/^\d{3} - /, '');
  return trimmed.length > 60 ? undefined : byKey.get(nameKey(trimmed));
}

/** The key under which a region's label is compared: the table's, else the label's own letters and digits. */
export function regionKey(text: string): string {
  return parseRegion(text)?.key ?? nameKey(text);
}

/** The regions named in a prose text with a capital letter, each once, in order. Linear in the text's length. */
export function findRegions(text: string): readonly Region[] {
  const found = new Map<string, Region>();
  for (const hit of findPhrases(text, phrases)) {
    if (/^\p{Lu}/u.test(hit.text) && !found.has(hit.value.key)) found.set(hit.value.key, hit.value);
  }
  return [...found.values()];
}
