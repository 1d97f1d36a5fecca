import type { Aspect } from './types.ts';

/** Words for each aspect, as a pattern without anchors; the first that fits a text decides. */
const aspectWords: readonly (readonly [Aspect, string])[] = [
  [
    'ids',
    '(?:mitre|att&?ck|attack|misp|stix|group|software|external|mitre att&?ck)(?: att&?ck| galaxy)? (?:ids?|numbers?|pages?|web ?pages?|entry|entries|identifiers?|url)|ids?|identifiers?|uuids?',
  ],
  [
    'related',
    '(?:related|similar|linked|associated|affiliated|connected|overlapping|allied|neighbou?ring|comparable) (?:threat )?(?:groups?|actors?|apts?|gangs?|clusters?|entities|adversaries|crews?)|relations?(?:hips?)?|connections?|sub-?groups?|parent group|(?:who|whom|groups?|actors?|apts?|gangs?|anyone|others)(?: else)?(?: (?:is|are|was|were|that|which|does|do))*(?: (?:closely|also|most|often))* (?:similar|related|linked|connected|close|overlapping|allied|associated|affiliated|work(?:s|ing)?|cooperat\\w+|collaborat\\w+|overlaps?|resembl\\w+)(?: (?:to|with))?',
  ],
  [
    'aliases',
    'alias(?:es)?|a\\.?k\\.?a\\.?|also known as|otherwise known as|other names?|alternative names?|nick ?names?|synonyms?|names|code ?names?|(?:is|are) (?:it|they) called|(?:do|does) (?:\\w+ ){0,3}(?:call|name)',
  ],
  [
    'attribution',
    "attribut\\w+|origins?|originat\\w+|nationality|nation(?: state)?|sponsor\\w*|backed by|backs|home country|country of origin|(?:which|what) (?:country|nation|state|government)|who is behind|who(?:'s|s) behind|behind|where (?:is|are|do|does)|come from|based|affiliat\\w+",
  ],
  ['regions', 'countries|country|regions?|nations|geograph\\w+|locations?|places|continents?|territor\\w+'],
  [
    'sectors',
    'sectors?|industr(?:y|ies)|verticals?|victims?|victimology|targets?|targeting|targeted|companies|organi[sz]ations?',
  ],
  ['motivation', 'motiv\\w+|motives?|goals?|objectives?|intent(?:ions?)?|why|purpose|aims?'],
  [
    'malware',
    'malwares?|implants?|backdoors?|trojans?|ransomwares?|rats?|payloads?|wipers?|loaders?|stealers?|malware famil(?:y|ies)|famil(?:y|ies)',
  ],
  ['tools', 'tool(?:s|set|sets|ing|kit|kits|box)?|utilities'],
  ['software', 'softwares?|programs?|arsenal|weapons?|capabilit(?:y|ies)'],
  [
    'techniques',
    "techniques?|sub-?techniques?|t\\.?t\\.?p'?s?|tactics?(?:,? techniques?(?:,? and procedures?)?)?|procedures?|tradecraft|methods?|modus operandi|m\\.?o\\.?|behaviou?rs?|att(?:&|and| )?ck|mitre(?: att&?ck)?|attack (?:patterns?|vectors?|techniques?)",
  ],
  ['campaigns', 'campaigns?|operations?|activit(?:y|ies)|attacks?'],
  [
    'reports',
    'reports?|reporting|publications?|articles?|write ?-?ups?|papers?|news|blogs?(?: posts?)?|advisor(?:y|ies)',
  ],
  [
    'vulnerabilities',
    'vulnerabilit(?:y|ies)|vulns?|cves?|(?<!who |that |which |whom |groups? |actors? )exploits|zero[- ]?days?|0[- ]?days?',
  ],
  [
    'indicators',
    "indicators?(?: of compromise)?|i\\.?o\\.?c\\.?'?s?|hashes|domains|ip addresses|ips|observables|infrastructure",
  ],
  ['platforms', 'platforms?|operating systems?'],
  ['references', 'references?|links?|urls?|citations?|sources?|bibliography|reading'],
  [
    'overview',
    'overview|summary|profile|brief(?:ing)?|background|info(?:rmation)?|details?|intel(?:ligence)?|description|dossier|card|history',
  ],
];

/** All words for aspects, for patterns that begin or end with one. */
export const anyAspect: string = aspectWords.map(([, pattern]) => pattern).join('|');

const compiled: readonly (readonly [Aspect, RegExp])[] = aspectWords.map(([aspect, pattern]) => [
  aspect,
  new RegExp(`(?:^|[^a-z])(?:${pattern})(?:$|[^a-z])`, 'i'),
]);

const everywhere: readonly (readonly [Aspect, RegExp])[] = aspectWords.map(([aspect, pattern]) => [
  aspect,
  new RegExp(`(?<![a-z])(?:${pattern})(?![a-z])`, 'gi'),
]);

/** An aspect that some words ask for, with where they begin. */
interface AskedAspect {
  readonly aspect: Aspect;
  readonly at: number;
}

/**
 * All aspects that the words around an entity ask for, in the order of the words, and the words that ask for none.
 * Words that a longer phrase has taken ask for nothing more: "attack techniques" are techniques and no campaigns.
 */
export function aspectsIn(words: string): { readonly aspects: readonly Aspect[]; readonly rest: string } {
  let rest = words;
  const found: AskedAspect[] = [];
  for (const [aspect, pattern] of everywhere) {
    rest = rest.replace(pattern, (text: string, at: number) => {
      found.push({ aspect, at });
      return ' '.repeat(text.length);
    });
  }
  const sorted = found.toSorted((a, b) => a.at - b.at).map(({ aspect }) => aspect);
  return { aspects: [...new Set(sorted)], rest };
}

/** The aspect that the words around an entity ask for; undefined when they ask for none. */
export function aspectIn(words: string): Aspect | undefined {
  return compiled.find(([, pattern]) => pattern.test(words))?.[0];
}
