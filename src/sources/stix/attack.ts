import type { Tlp } from '../../domain/tlp.ts';
import type { KnownObjects } from './known-objects.ts';
import { collectionSchema } from './schema.ts';
import type { SurveyedObject } from './surveyed-object.ts';
import { dayOf, timestamp } from './text.ts';

/** MITRE's identity object: every ATT&CK object is created by it, in all domains and releases. */
export const mitreIdentity = 'identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5';

export const attackDomains = ['enterprise', 'ics', 'mobile', 'pre'] as const;
export type AttackDomain = (typeof attackDomains)[number];

export const attackTitles: Readonly<Record<AttackDomain, string>> = {
  enterprise: 'MITRE ATT&CK Enterprise',
  ics: 'MITRE ATT&CK ICS',
  mobile: 'MITRE ATT&CK Mobile',
  pre: 'MITRE PRE-ATT&CK',
};

export const attackLicence =
  'ATT&CK Terms of Use: © The MITRE Corporation. Reproduced and distributed with the permission of The MITRE Corporation.';
export const attackMarking: Tlp = 'clear';

/** What a bundle shows of ATT&CK: nothing (`domain` undefined), a part of a domain, or a whole release. */
export interface AttackSurvey {
  readonly domain: AttackDomain | undefined;
  /** The release (`18.1`), or the day of the newest change where the bundle does not name one. */
  readonly version: string | undefined;
  readonly complete: boolean;
}

interface Collected {
  readonly note: (object: SurveyedObject, value: unknown, objects: KnownObjects) => void;
  readonly finish: (objects: KnownObjects) => AttackSurvey;
}

/** A matrix alone does not make a release: below this size a bundle is taken for a part. */
const smallestRelease = 500;

/** Watches the objects of a bundle go by and tells at the end what of ATT&CK it was. */
export function createAttackSurvey(): Collected {
  const domains = new Map<AttackDomain, number>();
  let counted = 0;
  let ofMitre = 0;
  let newest = '';
  let release: { version: string | undefined; contents: readonly string[]; name: string } | undefined;
  let tactics: readonly string[] | undefined;
  let ends = 0;

  function note(object: SurveyedObject, value: unknown, objects: KnownObjects): void {
    if (object.type === 'marking-definition' || object.type === 'identity') return;
    const byMitre = object.created_by_ref?.toLowerCase() === mitreIdentity;
    counted += 1;
    if (byMitre || object.x_mitre_domains.length > 0) ofMitre += 1;
    for (const domain of domainsOf(object)) domains.set(domain, (domains.get(domain) ?? 0) + 1);
    const modified = timestamp(object.modified) ?? '';
    if (modified > newest) newest = modified;
    if (object.type === 'x-mitre-collection' && byMitre) {
      const collection = collectionSchema.safeParse(value);
      if (collection.success) {
        release = {
          version: collection.data.x_mitre_version,
          contents: (collection.data.x_mitre_contents ?? []).map((item) => item.object_ref.toLowerCase()),
          name: collection.data.name ?? '',
        };
      }
    } else if (object.type === 'x-mitre-matrix' && object.tactic_refs !== undefined) {
      tactics = [...(tactics ?? []), ...object.tactic_refs.map((ref) => ref.toLowerCase())];
    } else if (object.type === 'relationship') {
      ends += 2;
      objects.mention((object.source_ref ?? '').toLowerCase());
      objects.mention((object.target_ref ?? '').toLowerCase());
    }
  }

  function finish(objects: KnownObjects): AttackSurvey {
    const isAttack = release !== undefined || (counted > 0 && ofMitre / counted >= 0.9);
    if (!isAttack) return { domain: undefined, version: undefined, complete: false };
    const domain = domainInWords(release?.name ?? '') ?? mostFrequent(domains) ?? 'enterprise';
    if (release !== undefined) {
      const complete = release.contents.length > 0 && release.contents.every((id) => objects.has(id));
      return { domain, version: release.version, complete };
    }
    const complete =
      tactics !== undefined &&
      tactics.length > 0 &&
      tactics.every((id) => objects.has(id)) &&
      counted >= smallestRelease &&
      objects.dangling() <= ends / 100;
    return { domain, version: complete ? dayOf(newest) : undefined, complete };
  }

  return { note, finish };
}

function domainsOf(object: SurveyedObject): readonly AttackDomain[] {
  const named = object.x_mitre_domains.flatMap((text) => domainInWords(text) ?? []);
  if (named.length > 0) return named;
  const reference = object.idSource;
  // "mitre-attack" stands in every domain since release 9: it tells nothing.
  const domain =
    reference === undefined || reference === 'mitre-attack' ? undefined : domainInWords(reference);
  return domain === undefined ? [] : [domain];
}

/** The domain in `ics-attack`, `mitre-mobile-attack`, `Enterprise ATT&CK`. */
function domainInWords(text: string): AttackDomain | undefined {
  const lower = text.toLowerCase();
  if (!/attack|att&ck/.test(lower)) return undefined;
  return attackDomains.find((domain) => new RegExp(`\\b${domain}\\b`).test(lower));
}

function mostFrequent(counts: ReadonlyMap<AttackDomain, number>): AttackDomain | undefined {
  let best: AttackDomain | undefined;
  for (const domain of attackDomains) {
    if ((counts.get(domain) ?? 0) > (best === undefined ? 0 : (counts.get(best) ?? 0))) best = domain;
  }
  return best;
}
