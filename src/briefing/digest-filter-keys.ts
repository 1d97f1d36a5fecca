import { filterKey } from '../questions/filter-keys.ts';

/** What a digest can be filtered by, in the order in which help lists it. */
export const filterKeys = [
  'actor',
  'sector',
  'country',
  'region',
  'malware',
  'technique',
  'uses',
  'motivation',
  'name',
  'source',
  'kind',
  'tlp',
] as const;
export type FilterKey = (typeof filterKeys)[number];

/** `target:` takes sectors and places and stands for the one that its value is. */
export type WrittenKey = FilterKey | 'target';

export const filterExamples: Readonly<Record<WrittenKey, string>> = {
  actor: 'actor:APT39',
  sector: 'sector:telecom',
  country: 'country:iran',
  region: 'region:"Middle East"',
  malware: 'malware:Remexi',
  technique: 'technique:T1566',
  uses: 'uses:T1566',
  motivation: 'motivation:espionage',
  name: 'name:bear',
  source: 'source:misp-galaxy',
  kind: 'kind:report',
  tlp: 'tlp:green',
  target: 'target:banks',
};

/** Words that mean more in a digest than in a list of actors, or something else. */
const ownWords: ReadonlyMap<string, WrittenKey> = new Map([
  ...filterKeys.map((key) => [key, key] as const),
  ['actors', 'actor'],
  ['group', 'actor'],
  ['alias', 'actor'],
  ['software', 'malware'],
  ['tool', 'malware'],
  ['tools', 'malware'],
  ['ttp', 'technique'],
  ['attack', 'technique'],
  ['marking', 'tlp'],
  ['ceiling', 'tlp'],
]);

/** What the filters of lists are called here; what is missing makes no sense for changes. */
const listKeys: Readonly<Record<string, WrittenKey>> = {
  country: 'country',
  sector: 'sector',
  region: 'region',
  target: 'target',
  uses: 'uses',
  motivation: 'motivation',
  type: 'kind',
  source: 'source',
  name: 'name',
};

/** The key that a word before a colon stands for, in any case; undefined for none. */
export function digestFilterKey(word: string): WrittenKey | undefined {
  const lower = word.toLowerCase();
  const own = ownWords.get(lower);
  if (own !== undefined) return own;
  const list = filterKey(lower);
  return list !== undefined && Object.hasOwn(listKeys, list) ? listKeys[list] : undefined;
}

/** What an item can be of. `actor`, `malware` and so on: a report does not count for naming one. */
export const digestKinds = [
  'report',
  'profile',
  'actor',
  'malware',
  'tool',
  'technique',
  'campaign',
  'vulnerability',
  'source',
] as const;
export type DigestKindWord = (typeof digestKinds)[number];

const kindWords: Readonly<Record<string, readonly DigestKindWord[]>> = {
  group: ['actor'],
  'threat-actor': ['actor'],
  'intrusion-set': ['actor'],
  apt: ['actor'],
  software: ['malware', 'tool'],
  ttp: ['technique'],
  'attack-pattern': ['technique'],
  operation: ['campaign'],
  cve: ['vulnerability'],
  vulnerabilitie: ['vulnerability'],
  event: ['report'],
};

/** Reads a kind in the singular or plural; empty for none. */
export function readDigestKinds(text: string): readonly DigestKindWord[] {
  const lower = text.trim().toLowerCase();
  for (const word of [lower, lower.replace(/s$/, '')]) {
    const known = digestKinds.filter((kind) => kind === word);
    if (known.length > 0) return known;
    if (Object.hasOwn(kindWords, word)) return kindWords[word] ?? [];
  }
  return [];
}
