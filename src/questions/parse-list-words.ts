import type { EntityType } from '../domain/entity-type.ts';
import type { Condition } from './condition.ts';
import { motivationWords, parseMotivation } from './condition-motivation.ts';
import { platformWordings } from './condition-platform.ts';
import { parseSoftwareKind, softwareWords } from './condition-software.ts';
import { stateBodyWordings } from './condition-sponsor.ts';
import { tacticWordings } from './condition-tactic.ts';
import type { Wording } from './filter-near.ts';
import {
  type CountryWording,
  countryWordings,
  listRegionWordings,
  listSectorWordings,
  type RegionWording,
  type SectorWording,
} from './filter-places.ts';

/** Stands for a minus before a word, which leaves out that one value and nothing behind it. */
export const exclusionSign = 'signminus';

/** What a word or phrase of a sentence does in it. */
export type Meaning =
  | CountryWording
  | RegionWording
  | SectorWording
  | (Wording & { readonly kind: 'motivation' })
  | (Wording & { readonly kind: 'software' })
  | (Wording & { readonly kind: 'tactic' })
  | (Wording & { readonly kind: 'platform' })
  | (Wording & { readonly kind: 'unlisted-kind' })
  | (Wording & { readonly kind: 'state-body' })
  /** What is to be listed; `condition` where the word says more ("spies"). */
  | (Wording & {
      readonly kind: 'subject';
      readonly types: readonly EntityType[];
      readonly condition?: Condition;
    })
  /** Words that begin a part of the sentence, or join parts. */
  | (Wording & { readonly kind: GrammarKind });

export const grammarKinds = [
  /** "who" */
  'who',
  /** "targeting", "against" */
  'target',
  /** "in", "across" */
  'in',
  /** "from", "based in", "attributed to" */
  'from',
  /** "using", "with" */
  'use',
  /** "used by", "of" */
  'used-by',
  /** "targets of", "hit by": what stands before is attacked by what stands behind. */
  'hit-by',
  /** "users", "operators" behind what is used. */
  'users',
  /** "-linked", "state-sponsored": behind a country it says nothing more; alone it is told as not applied. */
  'linked',
  'since',
  'not',
  'and',
  'or',
  'named',
  /** "do", "does" between what is asked for and who does it: "what malware do Iranian groups use". */
  'do',
  /** "sector", "companies": behind a sector. */
  'sector-noun',
  /** "motivated" behind a motive. */
  'motivated',
  /** Says nothing that could be held against records, and is told as not applied: "top", "dangerous". */
  'unweighed',
  /** Says nothing at all: "the", "are", "list". */
  'filler',
] as const;
export type GrammarKind = (typeof grammarKinds)[number];

const grammar: Readonly<Record<GrammarKind, string>> = {
  who: 'who|whom|anyone|anybody|somebody|everyone',
  target:
    'target|targets|targeting|targeted|targetting|targetted|attack|attacks|attacking|attacked|hit|hits|hitting|against|aimed at|aiming at|aim at|aims at|go after|goes after|going after|went after|gone after|focus on|focuses on|focused on|focusing on|focussing on|compromise|compromises|compromising|compromised|breach|breaching|breached|hack|hacks|hacked|threaten|threatens|threatening|threat to|threats to|a threat to|interested in|of interest to|of interest for|victimize|victimizing|strike|strikes|striking|stealing|steal|steals|stealing from|prey on|preying on|set sights on|spy on|spies on|spying on|pursue|pursuing|for attacks on|attacks on|in attacks on|in attacks against|attacks against|in operations against|in campaigns against|active against|known for targeting|known to target|known to attack|with victims in|victims in|victims are|whose victims are|targets are|whose targets are|dangerous to|dangerous for|relevant to|relevant for|go for|goes for|after|at|on',
  in: 'in|across|inside|within|throughout|active in|operating in|operate in|operates in|present in|working in|seen in|around',
  from: 'from|out of|based in|located in|headquartered in|originating from|originating in|originate from|originates from|coming from|come from|comes from|hailing from|hail from|operating from|operate from|operating out of|attributed to|linked to|tied to|associated with|affiliated with|connected to|aligned with|backed by|sponsored by|state sponsored by|working for|work for|works for|run by|supported by|directed by|suspected to be from|believed to be from|thought to be from|of',
  use: 'use|uses|using|useing|used|utilize|utilizes|utilise|utilises|utilizing|utilising|deploy|deploys|deploying|deployed|leverage|leverages|leveraging|leveraged|employ|employs|employing|employed|exploit|exploits|exploiting|exploited|abuse|abuses|abusing|wield|wields|wielding|rely on|relies on|relying on|run|runs|running|drop|drops|dropping|known to use|known for using|have used|has used|seen using|via|by means of|equipped with|with|has|have|having|got|making use of|make use of|makes use of|armed with|share|shares|sharing|have in common',
  'used-by':
    'used by|in use by|common to|shared by|in common among|across|among|amongst|shared among|common in|unique to|exclusive to|only used by|used only by|exclusively used by|used exclusively by|specific to|deployed by|employed by|leveraged by|exploited by|abused by|utilized by|utilised by|run by|attributed to|associated with|linked to|tied to|seen with|known from|common among|popular with|popular among|favoured by|favored by|of|by|from|for|in the arsenal of|in the toolkit of|conducted by|carried out by|wielded by|observed with',
  'hit-by':
    'targets of|target of|targets for|victims of|victim of|targeted by|hit by|attacked by|breached by|compromised by|hacked by|victimized by|victimised by|under attack by|under attack from|struck by|threatened by|affected by|being targeted by|being attacked by|attacks by|attacks from|in the crosshairs of',
  users: 'users|user|operators|operator|affiliates|affiliate|customers|abusers|adopters|wielders|deployers',
  linked:
    'linked|nexus|based|backed|aligned|affiliated|sponsored|attributed|state sponsored|state-sponsored|state backed|state-backed|government backed|government-backed|government sponsored|government-sponsored|nation state|nation-state|origin|originated|state linked|state-linked|state aligned|state-aligned|government linked',
  since:
    'since|after|from|active since|active after|active from|as of|starting|starting in|beginning in|seen since|no earlier than|not before|in|within|during|over',
  not: "not|no|never|excluding|exclude|except|except for|without|other than|but not|besides|apart from|that do not|that does not|who do not|that dont|do not|does not|did not|dont|doesnt|don't|doesn't|didn't|isn't|aren't|are not|is not|have not|has not|haven't|hasn't|non|minus|neither|nor|outside|outside of|leaving out|leave out|barring|save for|omit|omitting|ignoring|ignore|not counting|not including|anywhere but|anywhere except|anywhere other than|everywhere but|anyone but|everyone but|aren't|isnt|arent|that are not|who are not|which are not|that isn't|not counting",
  and: 'and|but|as well as|plus|also|and also|while|&|,|;|and who|and which|and that|that also',
  or: 'or|and/or|or else|/',
  named:
    'named|called|with the name|with a name like|known as|whose name contains|whose names contain|with names like|whose name has|whose name includes',
  do: 'do|does|did',
  'sector-noun':
    'sector|sectors|industry|industries|vertical|verticals|company|companies|firm|firms|organisation|organisations|organization|organizations|orgs|provider|providers|operator|operators|institution|institutions|entity|entities|agency|agencies|network|networks|service|services|businesses|targets|target|victims|infrastructure|facilities|bodies|space|world|field|domain|environments|systems|institutes|corporations|contractors|manufacturers|vendors|workers|staff|employees|personnel|officials|people|area',
  motivated:
    'motivated|motivation|motivations|motive|motives|driven|oriented|focused|minded|purposes|reasons|gain|goals|related',
  unweighed:
    'only|solely|exclusively|just|top|lately|these days|nowadays|right now|today|at the moment|most active|most dangerous|active|biggest|major|main|important|notable|notorious|famous|infamous|prominent|sophisticated|advanced|dangerous|worst|best|popular|new|latest|recent|prolific|significant|current|suspected|alleged|possible|probable|likely|confirmed|big|large|small|key|common|favourite|favorite|military|intelligence|government|state|mainly|mostly|primarily|usually|typically|often|commonly|frequently|heavily|specifically|specialised in|specializing in|recently|currently|actively|still|regularly|previously|ever',
  filler:
    "either|tactic|phase|stage|most|most used|most common|commonly used|most popular|most frequent|most frequently used|most commonly used|most widely used|widely used|most often|a|an|the|both|all|any|every|each|some|are|is|was|were|be|been|being|have|has|had|that|which|who|whose|these|those|this|there|what|known|list|show|give|find|get|name|tell|display|enumerate|search|search for|look up|lookup|identify|fetch|pull|pull up|return|me|us|please|out|do we know|do you know|do we have|we have|we know|you know|you have|you got|have you got|know|of any|about|how many|count|number|number of|the number of|amount of|total|total number of|also|to|exist|exists|existing|info|information|details|intel|anything|something|everything|out there|known to be|different|various|list of|overview of|in total|altogether|so|far|in the database|in your database|in our data|available|recorded|tracked|can|could|would|will|you|i|we|want|need|see|let|let's|kinds of|types of|kind of|type of|families|family|sort of|other|their|its|it|they|he|been|there's|who's|whos|what's|which ones|ones|one|particular|concerning|regarding|know of|we know of|you know of|are there|is there|ones are|country|countries|nation|region|areas|regions|motivated by|part of|members of|set of|year|years|interested|do|does|did|them|like|such|such as|e.g.|eg|including|namely|specific",
};

const actorWords =
  'actor|actors|threat actor|threat actors|threat-actor|threat-actors|group|groups|threat group|threat groups|apt|apts|apt group|apt groups|apt actor|apt actors|gang|gangs|adversary|adversaries|hacker|hackers|hacking group|hacking groups|hacker group|hacker groups|hacking team|hacking teams|crew|crews|intrusion set|intrusion sets|attacker|attackers|threat|threats|cyber threat|cyber threats|cyber group|cyber groups|cyber actor|cyber actors|cyber threat actor|cyber threat actors|cyber gang|cyber gangs|activity cluster|activity clusters|activity groups|threat clusters|advanced persistent threat|advanced persistent threats|bad guys|thieves|bandits|attackers|cyber army|cyber armies|syndicates|hacking outfits';

/** Kinds of malware of which no publisher here keeps a list: read as malware, and told. */
const unlistedKinds =
  'wipers|wiper|wiper malware|loaders|loader|spyware|keyloggers|keylogger|rootkits|rootkit|bootkits|bootkit|droppers|dropper|web shells|webshells|web shell|webshell|worms|cryptominers|cryptominer|miners|downloaders|downloader';

/** The last words of names that a vendor gives to actors of one origin or motive. */
const nicknames =
  'kittens|pandas|bears|chollimas|spiders|jackals|leopards|tigers|buffaloes|typhoons|blizzards|sandstorms|sleets|tempests';

/** Words that name actors and their motive in one. */
const motivatedActors: Readonly<Record<string, string>> = {
  espionage: 'spies|spy groups|cyber spies|cyberspies',
  financial:
    'cybercriminals|cyber criminals|criminals|crooks|fraudsters|ecrime groups|crime gangs|cybercrime gangs|cybercrime groups|crime groups|criminal groups|criminal gangs|cybercrime actors|ecrime actors|ecrime|crimeware gangs',
  hacktivism: 'hacktivists|hacktivist groups|hacktivist group|hacktivist',
};

const things: readonly (readonly [readonly EntityType[], string])[] = [
  [
    ['malware'],
    'malware|malwares|malware family|malware families|implant|implants|trojan|trojans|payload|payloads|malicious software|custom malware',
  ],
  [['tool'], 'tool|tools|toolset|tooling|toolkit|toolkits|hacking tools'],
  [['malware', 'tool'], 'software|softwares|malware and tools|tools and malware|arsenal|malware or tools'],
  [
    ['malware', 'tool', 'attack-pattern'],
    'software and techniques|tools and techniques|techniques and tools|techniques and software|techniques and malware|malware and techniques|tools and ttps|ttps and tools',
  ],
  [
    ['attack-pattern'],
    "technique|techniques|ttp|ttps|ttp's|sub-techniques|subtechniques|tactics and techniques|tradecraft|attack techniques|attack patterns|mitre techniques|att&ck techniques|procedures|tactics techniques and procedures|methods",
  ],
  [['campaign'], 'campaign|campaigns|operations'],
  [['vulnerability'], 'vulnerability|vulnerabilities|cve|cves|vulns|bugs|flaws'],
];

let built: ReadonlyMap<string, readonly Meaning[]> | undefined;

/** Every phrase with what it may mean, by its words in lower case. Built at the first asking. */
export function lexicon(): ReadonlyMap<string, readonly Meaning[]> {
  built ??= buildLexicon();
  return built;
}

/** The number of words of the longest phrase. */
export const maxPhraseWords = 7;

function buildLexicon(): ReadonlyMap<string, readonly Meaning[]> {
  const phrases = new Map<string, Meaning[]>();
  const add = (meaning: Meaning): void => {
    const words = phraseKey(meaning.text);
    if (words === '') return;
    const known = phrases.get(words);
    if (known === undefined) phrases.set(words, [meaning]);
    else if (!known.some(({ kind, key }) => kind === meaning.kind && key === meaning.key))
      known.push(meaning);
  };
  for (const kind of grammarKinds) {
    for (const text of grammar[kind].split('|')) add({ kind, text, key: kind });
  }
  add({ kind: 'not', text: exclusionSign, key: 'not' });
  const subject = (text: string, types: readonly EntityType[], condition?: Condition): void =>
    add({
      kind: 'subject',
      text,
      key: types.join(),
      types,
      ...(condition === undefined ? {} : { condition }),
    });
  for (const text of actorWords.split('|')) subject(text, ['intrusion-set']);
  for (const [key, texts] of Object.entries(motivatedActors)) {
    for (const text of texts.split('|')) subject(text, ['intrusion-set'], { kind: 'motivation', key });
  }
  for (const [types, texts] of things) for (const text of texts.split('|')) subject(text, types);
  for (const text of unlistedKinds.split('|')) add({ kind: 'unlisted-kind', text, key: text });
  for (const text of nicknames.split('|')) {
    const name = text === 'buffaloes' ? 'buffalo' : text.slice(0, -1);
    subject(text, ['intrusion-set'], { kind: 'name', text: name });
  }
  for (const text of motivationWords)
    add({ kind: 'motivation', text, key: parseMotivation(text)?.key ?? text });
  for (const text of softwareWords)
    add({ kind: 'software', text, key: parseSoftwareKind(text)?.key ?? text });
  for (const { text, key } of tacticWordings) add({ kind: 'tactic', text, key });
  for (const { text, key } of stateBodyWordings) add({ kind: 'state-body', text, key });
  for (const { text, key } of platformWordings) add({ kind: 'platform', text, key });
  for (const wording of [...listRegionWordings, ...countryWordings, ...listSectorWordings]) {
    if (!isTooCommon(wording)) add(wording);
  }
  return phrases;
}

/** Short words and words of grammar that are a place or a sector only in a list of such. */
function isTooCommon({ kind, text }: CountryWording | RegionWording | SectorWording): boolean {
  if (kind === 'region') return /^(?:world|international)$/.test(text);
  return (
    kind === 'sector' && /^(?:services|business|country|state|administration|industry|individual)$/.test(text)
  );
}

/** A phrase as the lexicon has it: lower case, one blank between words, hyphens and dots as blanks. */
export function phraseKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s._-]+/g, ' ')
    .trim();
}

/** Single words of grammar and subjects, for misspellings: "grups", "targetting". */
export function structureWords(): readonly Meaning[] {
  const kinds = new Set<Meaning['kind']>([
    'subject',
    'target',
    'use',
    'from',
    'since',
    'software',
    'motivation',
  ]);
  return [...lexicon().values()]
    .flat()
    .filter(({ kind, text }) => kinds.has(kind) && !text.includes(' ') && text.length >= 5);
}
