import { nearestWording } from './filter-near.ts';

/** What can be filtered by, in the order in which help lists it. */
export const listFilterKeys = [
  'country',
  'sector',
  'region',
  'target',
  'uses',
  'motivation',
  'since',
  'type',
  'source',
  'name',
  'by',
] as const;
export type ListFilterKey = (typeof listFilterKeys)[number];

/** Other words for the keys; those of digests are among them. */
const otherWords: Readonly<Record<string, ListFilterKey>> = {
  countries: 'country',
  from: 'country',
  origin: 'country',
  attribution: 'country',
  nation: 'country',
  sectors: 'sector',
  industry: 'sector',
  vertical: 'sector',
  regions: 'region',
  in: 'region',
  victim: 'target',
  victims: 'target',
  targets: 'target',
  targeting: 'target',
  against: 'target',
  use: 'uses',
  using: 'uses',
  malware: 'uses',
  tool: 'uses',
  software: 'uses',
  technique: 'uses',
  ttp: 'uses',
  attack: 'uses',
  cve: 'uses',
  vulnerability: 'uses',
  exploits: 'uses',
  motive: 'motivation',
  motivations: 'motivation',
  goal: 'motivation',
  after: 'since',
  active: 'since',
  types: 'type',
  kind: 'type',
  is: 'type',
  sources: 'source',
  actor: 'name',
  group: 'name',
  alias: 'name',
  names: 'name',
};

const words: ReadonlyMap<string, ListFilterKey> = new Map([
  ...listFilterKeys.map((key) => [key, key] as const),
  ...Object.entries(otherWords),
]);

/** The key that a word before a colon stands for, in any case; undefined for none. */
export function filterKey(word: string): ListFilterKey | undefined {
  return words.get(word.toLowerCase());
}

/** The key that a mistyped word most likely means. */
export function nearestFilterKey(word: string): string | undefined {
  return nearestWording(
    word,
    listFilterKeys.map((key) => ({ text: key, key })),
  )?.key;
}

export const filterExamples: Readonly<Record<ListFilterKey, string>> = {
  country: 'country:iran',
  sector: 'sector:telecom',
  region: 'region:"middle east"',
  target: 'target:banks',
  uses: 'uses:T1566',
  motivation: 'motivation:espionage',
  since: 'since:2024-03',
  type: 'type:malware',
  source: 'source:misp-galaxy',
  name: 'name:bear',
  by: 'by:(country:iran)',
};
