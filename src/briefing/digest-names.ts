import type { EntityType } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import type { StixId } from '../domain/stix-id.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { parseSoftwareKind } from '../questions/condition-software.ts';
import { listIndexOf } from './list-index.ts';

/** Who carries a name, and how: as the main name, as the same thing's other name, or in any other way. */
interface Carriers {
  readonly main: Set<StixId>;
  readonly same: Set<StixId>;
  readonly other: Set<StixId>;
}

/** By the knowledge's own function: views with other names share it. */
const indexes = new WeakMap<Knowledge['claims'], ReadonlyMap<string, Carriers>>();
const resolved = new WeakMap<Knowledge['claims'], Map<string, ReadonlySet<StixId>>>();
const maxResolved = 5_000;

const softwareTypes: readonly EntityType[] = ['malware', 'tool'];
const usableTypes: readonly EntityType[] = [...softwareTypes, 'attack-pattern', 'vulnerability'];

/** The types of what each key of a filter names. */
const typesByKey = {
  actor: ['intrusion-set'],
  malware: softwareTypes,
  technique: ['attack-pattern'],
  uses: usableTypes,
} as const satisfies Record<string, readonly EntityType[]>;
export type NamingKey = keyof typeof typesByKey;

/**
 * What a filter's value stands for: an id, else those that have it as their main name, else those that a source calls
 * so, else those of whom it is said in any other way. A technique stands for its sub-techniques too, a kind of software
 * (`ransomware`) for all that a publisher lists under it. Empty where nothing is called so.
 */
export function entitiesNamed(key: NamingKey, value: string, knowledge: Knowledge): ReadonlySet<StixId> {
  const cache = resolved.get(knowledge.claims) ?? new Map<string, ReadonlySet<StixId>>();
  resolved.set(knowledge.claims, cache);
  const cacheKey = `${key} ${value}`;
  const known = cache.get(cacheKey);
  if (known !== undefined) return known;
  if (cache.size >= maxResolved) cache.clear();
  const found = resolve(key, value, knowledge);
  cache.set(cacheKey, found);
  return found;
}

function resolve(key: NamingKey, value: string, knowledge: Knowledge): ReadonlySet<StixId> {
  const types: readonly EntityType[] = typesByKey[key];
  const isWanted = (id: StixId): boolean => types.includes(knowledge.entities.get(id)?.type ?? 'report');
  const byId = knowledge.entity(value);
  if (byId !== undefined && types.includes(byId.type)) return withParts([byId.id], knowledge);
  const kind = key === 'malware' || key === 'uses' ? parseSoftwareKind(value) : undefined;
  if (kind !== undefined) return new Set(listIndexOf(knowledge).listed(kind.key).keys());
  const carriers = namesOf(knowledge).get(nameKey(value));
  for (const group of [carriers?.main, carriers?.same, carriers?.other]) {
    const wanted = [...(group ?? [])].filter(isWanted);
    if (wanted.length > 0) return withParts(wanted, knowledge);
  }
  return new Set();
}

/** Techniques with their sub-techniques. */
function withParts(ids: readonly StixId[], knowledge: Knowledge): ReadonlySet<StixId> {
  const parts = ids.flatMap((id) =>
    knowledge
      .claimsAbout(id, 'related-to')
      .filter(({ given }) => given.predicate === 'related-to' && given.relation === 'subtechnique-of')
      .map(({ subject }) => subject),
  );
  return new Set([...ids, ...parts]);
}

function namesOf(knowledge: Knowledge): ReadonlyMap<string, Carriers> {
  const known = indexes.get(knowledge.claims);
  if (known !== undefined) return known;
  const index = new Map<string, Carriers>();
  for (const entity of knowledge.entities.values()) {
    if (entity.type === 'intrusion-set' || usableTypes.includes(entity.type)) addNames(entity, index);
  }
  indexes.set(knowledge.claims, index);
  return index;
}

function addNames(entity: Entity, index: Map<string, Carriers>): void {
  const main = nameKey(entity.name);
  const add = (key: string, how: keyof Carriers): void => {
    if (key === '') return;
    const carriers = index.get(key) ?? { main: new Set(), same: new Set(), other: new Set() };
    index.set(key, carriers);
    carriers[how].add(entity.id);
  };
  add(main, 'main');
  for (const id of [entity.id, ...entity.externalIds]) add(nameKey(id), 'main');
  for (const name of entity.names) {
    const key = nameKey(name.text);
    if (key !== main) add(key, name.relation === 'same-as' ? 'same' : 'other');
  }
}
