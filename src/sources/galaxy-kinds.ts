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

/** What a galaxy holds, by its `type` as it stands in a cluster file or in a tag; its `category` decides for the unknown. */
export function galaxyKind(type: string, category?: string): GalaxyKind {
  const key = type.trim().toLowerCase();
  const old = oldAttackGalaxy.exec(key)?.[1];
  const known = Object.hasOwn(entityGalaxies, key) ? entityGalaxies[key] : undefined;
  const entityType = known ?? (old === undefined ? undefined : entityGalaxies[`mitre-${old}`]);
  if (entityType !== undefined) return { kind: 'entity', type: entityType };
  const of = Object.hasOwn(referenceGalaxies, key) ? referenceGalaxies[key] : undefined;
  if (of !== undefined) return { kind: 'reference', of };
  const word = category?.trim().toLowerCase() ?? '';
  switch (word) {
    case 'actor':
    case 'threat-actor':
      return { kind: 'entity', type: 'intrusion-set' };
    case 'malware':
      return { kind: 'entity', type: 'malware' };
    case 'tool':
      return { kind: 'entity', type: 'tool' };
    case 'campaign':
      return { kind: 'entity', type: 'campaign' };
    default:
      return { kind: 'other' };
  }
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
