import { nameKey } from '../domain/name-key.ts';
import { organisationName } from '../domain/organisation.ts';
import { isAllowed, type Tlp, tlpLevels } from '../domain/tlp.ts';
import type { Entity, EntityName, Knowledge } from '../knowledge/types.ts';
import { createOverlay } from './overlay-map.ts';

/** Whose names come first, the most wanted house first. */
export interface HouseNaming {
  /** Organisations by their usual names, each once; empty: as the sources have it. */
  readonly houses: readonly string[];
}

/** More houses than this are no preference. */
export const maxHouses = 10;

export function houseNamingOf(texts: readonly string[]): HouseNaming {
  const names = texts.map(organisationName).filter((name) => name !== '');
  return { houses: [...new Set(names)].slice(0, maxHouses) };
}

/** Views by the houses' names, for each knowledge: there are few namings, however many workspaces. */
const views = new WeakMap<Knowledge, Map<string, Knowledge>>();
const maxViews = 16;

/**
 * The same knowledge with the house's names first: entities get a `houseName`, and their names another order. Nothing
 * is joined or found by it. Only what stands for the entity itself counts (`same-as`), and a name that another thing
 * carries too names neither. Costs a pass over the names at the first call for a naming, nothing after that.
 */
export function withHouseNames(knowledge: Knowledge, { houses }: HouseNaming): Knowledge {
  if (houses.length === 0) return knowledge;
  const known = views.get(knowledge) ?? new Map<string, Knowledge>();
  views.set(knowledge, known);
  const key = houses.join('\n');
  const existing = known.get(key);
  if (existing !== undefined) return existing;
  if (known.size >= maxViews) known.delete(known.keys().next().value ?? '');
  const view = createView(knowledge, houses);
  known.set(key, view);
  return view;
}

function createView(knowledge: Knowledge, houses: readonly string[]): Knowledge {
  const shared = sharedKeys(knowledge);
  const renamed = new Map<Entity['id'], Entity>();
  for (const entity of knowledge.entities.values()) {
    const housed = withHouseName(entity, houses, shared);
    if (housed !== entity) renamed.set(entity.id, housed);
  }
  return {
    ...knowledge,
    entities: createOverlay(knowledge.entities, renamed),
    entity: (id) => {
      const found = knowledge.entity(id);
      return found === undefined ? undefined : (renamed.get(found.id) ?? found);
    },
  };
}

/** The organisations that some name here is credited to, with how many names each has; most names first. */
export function namingHouses(knowledge: Knowledge): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { names } of knowledge.entities.values()) {
    for (const name of names) {
      for (const house of new Set([...name.coinedBy, ...(name.citedTo ?? [])])) {
        counts.set(house, (counts.get(house) ?? 0) + 1);
      }
    }
  }
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

/** Names that two things of one kind carry as their own. */
function sharedKeys(knowledge: Knowledge): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { type, names } of knowledge.entities.values()) {
    for (const name of names) {
      if (name.relation !== 'same-as') continue;
      const key = ownKey(type, name.text);
      if (seen.has(key)) shared.add(key);
      seen.add(key);
    }
  }
  return shared;
}

function ownKey(type: Entity['type'], text: string): string {
  return `${type === 'tool' ? 'malware' : type} ${nameKey(text)}`;
}

function withHouseName(entity: Entity, houses: readonly string[], shared: ReadonlySet<string>): Entity {
  const ranks = entity.names.map((name) => houseRank(name, houses));
  if (ranks.every((rank) => rank === houses.length)) return entity;
  const ceiling = clearest(entity);
  let best: number | undefined;
  for (const [index, name] of entity.names.entries()) {
    const rank = ranks[index] ?? houses.length;
    if (rank === houses.length || shared.has(ownKey(entity.type, name.text))) continue;
    if (!isCreditedWithin(name, houses[rank] ?? '', ceiling)) continue;
    if (best === undefined || rank < (ranks[best] ?? houses.length)) best = index;
  }
  const order = entity.names.map((name, index) => ({
    name,
    rank: name.kind === 'name' ? -1 : (ranks[index] ?? 0),
  }));
  const names = order.sort((a, b) => a.rank - b.rank).map(({ name }) => name);
  const chosen = best === undefined ? undefined : entity.names[best];
  // The usual name is the house's own: nothing to put before it.
  const isUsual = chosen === undefined || nameKey(chosen.text) === nameKey(entity.name);
  return { ...entity, names, ...(isUsual ? {} : { houseName: chosen.text }) };
}

/** The place of the first house that a name is credited to; the number of houses for none. */
function houseRank(name: EntityName, houses: readonly string[]): number {
  if (name.relation !== 'same-as') return houses.length;
  const rank = houses.findIndex((house) => name.coinedBy.includes(house));
  if (rank !== -1) return rank;
  const cited = houses.findIndex((house) => name.coinedBy.length === 0 && name.citedTo?.includes(house));
  return cited === -1 ? houses.length : cited;
}

/** True where someone credits the house in a claim that may stand wherever the entity's usual name may. */
function isCreditedWithin({ claims, coinedBy }: EntityName, house: string, ceiling: Tlp): boolean {
  return claims.some(({ given, provenance }) => {
    if (given.predicate !== 'alias' || given.relation !== 'same-as') return false;
    const isCredit = coinedBy.includes(house)
      ? given.coinedBy !== undefined && organisationName(given.coinedBy) === house
      : provenance.citation !== undefined;
    return isCredit && isAllowed(provenance.marking, ceiling);
  });
}

/** The lowest marking under which someone states the usual name. */
function clearest({ names }: Entity): Tlp {
  const own = names.filter(({ kind }) => kind === 'name').flatMap(({ claims }) => claims);
  return tlpLevels.find((level) => own.some(({ provenance }) => provenance.marking === level)) ?? 'clear';
}
