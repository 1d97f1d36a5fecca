import type { Aspect } from './types.ts';

/** Words for each aspect, as a pattern without anchors; the first that fits a text decides. */
const aspectWords: readonly (readonly [Aspect, string])[] = [
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

/** The aspect that the words around an entity ask for; undefined when they ask for none. */
export function aspectIn(words: string): Aspect | undefined {
  return compiled.find(([, pattern]) => pattern.test(words))?.[0];
}
