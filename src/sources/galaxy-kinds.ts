import type { EntityType } from '../domain/entity-type.ts';
import { assertNever } from '../support/assert-never.ts';

/** What the entries of a MISP galaxy are, in the domain's words. */
export type GalaxyKind =
  | { readonly kind: 'entity'; readonly type: EntityType }
  /** Facts about the world that other galaxies point to: no entities of ours. */
  | { readonly kind: 'reference'; readonly of: 'sector' | 'country' | 'region' | 'target' | 'producer' }
  | { readonly kind: 'other' };

const entityGalaxies: Readonly<Record<string, EntityType>> = {
  'threat-actor': 'intrusion-set',
  'mitre-intrusion-set': 'intrusion-set',
  'microsoft-activity-group': 'intrusion-set',
  '360net-threat-actor': 'intrusion-set',
  'china-defence-universities': 'intrusion-set',
  malpedia: 'malware',
  ransomware: 'malware',
  rat: 'malware',
  backdoor: 'malware',
  stealer: 'malware',
  botnet: 'malware',
  banker: 'malware',
  android: 'malware',
  cryptominers: 'malware',
  'mitre-malware': 'malware',
  tool: 'tool',
  tds: 'tool',
  'exploit-kit': 'tool',
  'mitre-tool': 'tool',
  'mitre-attack-pattern': 'attack-pattern',
  'mitre-campaign': 'campaign',
};

const referenceGalaxies: Readonly<Record<string, Extract<GalaxyKind, { kind: 'reference' }>['of']>> = {
  sector: 'sector',
  country: 'country',
  region: 'region',
  'target-information': 'target',
  producer: 'producer',
};

/** ATT&CK's galaxies of earlier years: `mitre-enterprise-attack-attack-pattern`, `mitre-pre-attack-intrusion-set`. */
const oldAttackGalaxy =
  /^mitre-(?:enterprise|mobile|pre|ics)-attack-(attack-pattern|intrusion-set|malware|tool)$/;

/** Galaxies of the MISP project whose names sound like one of ours and whose entries are none. */
const otherGalaxies =
  /^(?:surveillance-vendor|sigma-rules|social-dark-patterns|mitre-.*(?:course-of-action|data-source|data-component|asset|tactic|matrix)|.*-(?:tactic|references?|course-of-action|countermeasures?|detections?))$/;

/** What the last telling word of a galaxy's type or category says of its entries. */
const wordKinds: Readonly<Record<string, EntityType>> = {
  actor: 'intrusion-set',
  adversary: 'intrusion-set',
  apt: 'intrusion-set',
  group: 'intrusion-set',
  gang: 'intrusion-set',
  'intrusion-set': 'intrusion-set',
  campaign: 'campaign',
  operation: 'campaign',
  malware: 'malware',
  ransomware: 'malware',
  backdoor: 'malware',
  botnet: 'malware',
  rat: 'malware',
  rootkit: 'malware',
  stealer: 'malware',
  loader: 'malware',
  trojan: 'malware',
  wiper: 'malware',
  worm: 'malware',
  family: 'malware',
  tool: 'tool',
  software: 'tool',
  'exploit-kit': 'tool',
  'attack-pattern': 'attack-pattern',
  technique: 'attack-pattern',
  ttp: 'attack-pattern',
};

/**
 * What a galaxy holds, by its `type` as it stands in a cluster file or in a tag. Of a galaxy that nobody has heard of,
 * an operator's own, the words of the type decide, the last one first ("acme-malware-campaigns" holds campaigns), then
 * those of its `category`.
 */
export function galaxyKind(type: string, category?: string): GalaxyKind {
  const key = type.trim().toLowerCase();
  const old = oldAttackGalaxy.exec(key)?.[1];
  const known = Object.hasOwn(entityGalaxies, key) ? entityGalaxies[key] : undefined;
  const entityType = known ?? (old === undefined ? undefined : entityGalaxies[`mitre-${old}`]);
  if (entityType !== undefined) return { kind: 'entity', type: entityType };
  const of = Object.hasOwn(referenceGalaxies, key) ? referenceGalaxies[key] : undefined;
  if (of !== undefined) return { kind: 'reference', of };
  if (otherGalaxies.test(key)) return { kind: 'other' };
  const told = kindByWords(key) ?? kindByWords(category ?? '');
  return told === undefined ? { kind: 'other' } : { kind: 'entity', type: told };
}

/** True for a galaxy of the MISP project that is known here, whose files are public. */
export function isMispGalaxy(type: string): boolean {
  const key = type.trim().toLowerCase();
  return (
    Object.hasOwn(entityGalaxies, key) || Object.hasOwn(referenceGalaxies, key) || oldAttackGalaxy.test(key)
  );
}

/** What a text says of entries that it names; undefined where no word of it tells. */
export function kindByWords(text: string): EntityType | undefined {
  const words = text
    .slice(0, 200)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = singular(words[at] ?? '');
    const pair = `${words[at - 1] ?? ''}-${word}`;
    const key = Object.hasOwn(wordKinds, pair) ? pair : word;
    if (Object.hasOwn(wordKinds, key)) return wordKinds[key];
  }
  return undefined;
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** True for a galaxy that mirrors ATT&CK: an entry's uuid is the uuid of ATT&CK's STIX id. */
export function isAttackGalaxy(type: string): boolean {
  return type.toLowerCase().startsWith('mitre-');
}

/**
 * The types among which a pointer to an entry of this type is resolved. Publishers part malware from tools, and
 * actors from campaigns, each in another way, so a pointer looks on both sides.
 */
export function typesToResolve(type: EntityType): readonly EntityType[] {
  switch (type) {
    case 'intrusion-set':
      return ['intrusion-set', 'campaign'];
    case 'campaign':
      return ['campaign', 'intrusion-set'];
    case 'malware':
      return ['malware', 'tool'];
    case 'tool':
      return ['tool', 'malware'];
    case 'attack-pattern':
    case 'vulnerability':
    case 'report':
    case 'indicator':
      return [type];
    default:
      return assertNever(type);
  }
}
