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
  'first-seen',
  'last-seen',
  'seen',
  'tactic',
  'platform',
  'sponsor',
  'id',
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
  firstseen: 'first-seen',
  first_seen: 'first-seen',
  new: 'first-seen',
  lastseen: 'last-seen',
  last_seen: 'last-seen',
  year: 'seen',
  during: 'seen',
  dated: 'seen',
  tactics: 'tactic',
  phase: 'tactic',
  platforms: 'platform',
  os: 'platform',
  sponsored: 'sponsor',
  sponsors: 'sponsor',
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
  'first-seen': 'first-seen:2020..2022',
  'last-seen': 'last-seen:2023',
  seen: 'seen:2022',
  tactic: 'tactic:persistence',
  platform: 'platform:linux',
  sponsor: 'sponsor:state',
  id: 'id:G0007',
  type: 'type:malware',
  source: 'source:misp-galaxy',
  name: 'name:bear',
  by: 'by:(country:iran)',
};
