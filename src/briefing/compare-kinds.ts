import { countryName } from '../domain/country.ts';
import type { EntityType } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Predicate } from '../domain/record.ts';
import { regionKey } from '../domain/region.ts';
import { sectorKey } from '../domain/sector.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import type { Aspect } from '../questions/types.ts';
import { labelOf, tacticTitles } from './labels.ts';
import { isMentionOnly } from './mentioned.ts';
import { usesOf } from './uses-of.ts';

/** One thing that sources state of an entity, with everyone who does. */
export interface Stated {
  readonly key: string;
  readonly label: string;
  /** Set where it is an entity of its own. */
  readonly entity?: Entity;
  readonly claims: readonly Claim[];
  /** True where it is stated only of campaigns that are attributed to the entity. */
  readonly isThrough?: true;
}

/** What an entity has of one kind, by key: equal keys are one thing. */
export type StatedValues = ReadonlyMap<string, Stated>;

/** A kind of thing in which entities are compared. */
export interface Kind {
  readonly id: string;
  readonly heading: string;
  /** In the order in which kinds are weighed: what tells actors apart first. */
  readonly valuesOf: (entity: Entity, knowledge: Knowledge) => StatedValues;
}

const software: readonly EntityType[] = ['malware', 'tool'];

/** Every kind, in the order in which a card tells of them. */
export const kinds: readonly Kind[] = [
  used('techniques', 'Techniques', ['attack-pattern']),
  used('software', 'Software', software),
  usedBy('users', 'Actors that use it', ['intrusion-set']),
  usedBy('user-software', 'Software that uses it', software),
  of('sectors', 'Target sectors', 'targets-sector', (claim) => {
    const { given } = claim;
    return given.predicate === 'targets-sector' ? [sectorKey(given.text), given.text] : undefined;
  }),
  of('regions', 'Target regions', 'targets-region', ({ given }) => {
    if (given.predicate !== 'targets-region') return undefined;
    return given.country === undefined
      ? [regionKey(given.text), given.text]
      : [given.country, countryName(given.country)];
  }),
  of('countries', 'Attributed to', 'attributed-to', ({ given }) =>
    given.predicate === 'attributed-to' && given.country !== undefined
      ? [given.country, countryName(given.country)]
      : undefined,
  ),
  of('motivation', 'Motivation', 'motivation', ({ value }) => [nameKey(value) || value, value]),
  of('vulnerabilities', 'Vulnerabilities exploited', 'exploits', ({ given, object, value }) =>
    given.predicate === 'exploits' && given.negated !== true && object !== undefined
      ? [object, value]
      : undefined,
  ),
  { id: 'campaigns', heading: 'Campaigns', valuesOf: campaignsOf },
  { id: 'reports', heading: 'Reports', valuesOf: reportsOf },
  of('tactics', 'Tactics', 'tactic', ({ value }) => {
    const name = value
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-');
    return [name, tacticTitles.get(name) ?? value];
  }),
  of('platforms', 'Platforms', 'platform', ({ value }) => [nameKey(value) || value, value]),
];

const kindsByAspect: Readonly<Record<Aspect, readonly string[]>> = {
  overview: kinds.map(({ id }) => id),
  aliases: [],
  malware: ['software', 'user-software'],
  tools: ['software', 'user-software'],
  software: ['software', 'user-software'],
  techniques: ['techniques', 'tactics'],
  sectors: ['sectors'],
  regions: ['regions'],
  attribution: ['countries'],
  motivation: ['motivation'],
  campaigns: ['campaigns'],
  reports: ['reports'],
  references: ['reports'],
  related: kinds.map(({ id }) => id),
  ids: [],
  vulnerabilities: ['software', 'techniques'],
  indicators: ['reports'],
  platforms: ['platforms'],
};

/** The kinds that a question asks for; of software only the malware or only the tools where it asks for these. */
export function kindsFor(focus: Aspect | 'all'): readonly Kind[] {
  if (focus === 'all') return kinds;
  const wanted = kinds.filter(({ id }) => kindsByAspect[focus].includes(id));
  if (focus === 'malware')
    return wanted.map((kind) => (kind.id === 'software' ? used('software', 'Malware', ['malware']) : kind));
  if (focus === 'tools')
    return wanted.map((kind) => (kind.id === 'software' ? used('software', 'Tools', ['tool']) : kind));
  return wanted;
}

/** True for kinds whose things are weighed by how few actors use them. */
export function isWeighed({ id }: Kind): boolean {
  return id === 'techniques' || id === 'software';
}

function used(id: string, heading: string, types: readonly EntityType[]): Kind {
  return {
    id,
    heading,
    valuesOf: (entity, knowledge) => usedValues(entity, knowledge, types),
  };
}

/** What is stated of the entity, and of campaigns with who attributes these; what is stated of these alone is marked. */
function usedValues(entity: Entity, knowledge: Knowledge, types: readonly EntityType[]): StatedValues {
  const uses = usesOf(entity.id, knowledge);
  const values = collect(
    uses.map(({ claim }) => claim),
    (claim) => {
      const target = claim.object === undefined ? undefined : knowledge.entities.get(claim.object);
      return target !== undefined && types.includes(target.type) ? target : undefined;
    },
  );
  const ties = new Map(
    uses.flatMap(({ claim, through }) => (through === undefined ? [] : [[claim, through.tie] as const])),
  );
  if (ties.size === 0) return values;
  return new Map(
    [...values].map(([key, one]) => {
      const more = new Set(one.claims.flatMap((claim) => ties.get(claim) ?? []));
      const isThrough = one.claims.every((claim) => ties.has(claim));
      return [key, { ...one, claims: [...one.claims, ...more], ...(isThrough ? { isThrough } : {}) }];
    }),
  );
}

/** From the other side: who uses the software or technique. */
function usedBy(id: string, heading: string, types: readonly EntityType[]): Kind {
  return {
    id,
    heading,
    valuesOf: (entity, knowledge) =>
      collect(
        ['uses', 'exploits'].flatMap((predicate) =>
          knowledge.claimsAbout(entity.id).filter((claim) => claim.predicate === predicate),
        ),
        (claim) => {
          const user = knowledge.entities.get(claim.subject);
          return user !== undefined && types.includes(user.type) ? user : undefined;
        },
      ),
  };
}

function campaignsOf(entity: Entity, knowledge: Knowledge): StatedValues {
  const claims = knowledge
    .claimsAbout(entity.id)
    .filter(({ predicate }) => predicate === 'attributed-to' || predicate === 'uses');
  return collect(claims, (claim) => {
    const campaign = knowledge.entities.get(claim.subject);
    return campaign?.type === 'campaign' ? campaign : undefined;
  });
}

/** Reports that are about it or name it: those in whose words its name was found count too. */
function reportsOf(entity: Entity, knowledge: Knowledge): StatedValues {
  return collect(knowledge.claims(entity.id, 'reported-in'), ({ object }) =>
    object === undefined ? undefined : knowledge.entities.get(object),
  );
}

/** True where nobody says that a report is about the thing. */
export function isOnlyMentioned({ claims }: Stated): boolean {
  return isMentionOnly(claims);
}

function of(
  id: string,
  heading: string,
  predicate: Predicate,
  valueOf: (claim: Claim) => readonly [key: string, label: string] | undefined,
): Kind {
  return {
    id,
    heading,
    valuesOf(entity, knowledge) {
      const values = new Map<string, { key: string; label: string; claims: Claim[] }>();
      for (const claim of knowledge.claims(entity.id, predicate)) {
        const [key, label] = valueOf(claim) ?? [];
        if (key === undefined || label === undefined || key === '') continue;
        const value = values.get(key);
        if (value === undefined) values.set(key, { key, label, claims: [claim] });
        else value.claims.push(claim);
      }
      return values;
    },
  };
}

function collect(claims: readonly Claim[], entityOf: (claim: Claim) => Entity | undefined): StatedValues {
  const values = new Map<string, Stated & { claims: Claim[] }>();
  for (const claim of claims) {
    const entity = entityOf(claim);
    if (entity === undefined) continue;
    const value = values.get(entity.id);
    if (value === undefined)
      values.set(entity.id, { key: entity.id, label: labelOf(entity), entity, claims: [claim] });
    else value.claims.push(claim);
  }
  return values;
}
