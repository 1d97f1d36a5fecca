import { sectorLabel } from '../domain/sector.ts';
import type { StixId } from '../domain/stix-id.ts';
import { stricter, type Tlp } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { placeName, placesIn } from '../questions/condition-region.ts';
import { facetsOf, relatedOf } from './digest-facets.ts';
import type { Reason } from './digest-match.ts';
import type { DigestInterests } from './digest-types.ts';
import { titleOf } from './labels.ts';

/** Something of ours that an entity has to do with. */
export interface Concern extends Reason {
  readonly kind: 'watched' | 'sector' | 'region';
}

const none: readonly Concern[] = [];

/**
 * What entities, or what they are about, have to do with us: what is watched first, each thing once. What concerns the
 * same sectors and regions is computed once for each knowledge object.
 */
export function concernReader(
  interests: DigestInterests,
  knowledge: Knowledge,
): (entity: Entity) => readonly Concern[] {
  const { sectors, regions, watched } = interests;
  const watchedIds = new Set<string>(watched);
  const targets = sectors.length + regions.length === 0 ? undefined : targetCache(interests, knowledge);
  return (entity) => {
    const own = watchedIds.size === 0 ? none : watchedIn(entity, watchedIds, knowledge);
    if (targets === undefined) return own;
    let ours = targets.get(entity.id);
    if (ours === undefined) {
      ours = targetsOf(entity, interests, knowledge);
      targets.set(entity.id, ours);
    }
    return own.length === 0 ? ours : [...own, ...ours];
  };
}

function watchedIn(entity: Entity, watched: ReadonlySet<string>, knowledge: Knowledge): readonly Concern[] {
  return relatedOf(entity, knowledge).flatMap(({ entity: one, tie }): readonly Concern[] => {
    const isWatched = watched.has(one.id) || one.otherIds.some((other) => watched.has(other));
    if (!isWatched) return none;
    const text = one === entity ? 'watched' : `watched ${titleOf(one)}`;
    return [{ kind: 'watched', id: `watched ${one.id}`, text, marking: tie }];
  });
}

type TargetCache = Map<StixId, readonly Concern[]>;

const caches = new WeakMap<Knowledge, Map<string, TargetCache>>();
/** There are few sets of sectors and regions, however many subscriptions. */
const maxCaches = 64;

function targetCache({ sectors, regions }: DigestInterests, knowledge: Knowledge): TargetCache {
  const byInterests = caches.get(knowledge) ?? new Map<string, TargetCache>();
  caches.set(knowledge, byInterests);
  const key = `${sectors.join(',')}|${regions.join(',')}`;
  const known = byInterests.get(key);
  if (known !== undefined) return known;
  if (byInterests.size >= maxCaches) byInterests.clear();
  const cache: TargetCache = new Map();
  byInterests.set(key, cache);
  return cache;
}

function targetsOf(
  entity: Entity,
  { sectors: ourSectors, regions: ourRegions }: DigestInterests,
  knowledge: Knowledge,
): readonly Concern[] {
  const found = new Map<string, Concern>();
  const add = (kind: Concern['kind'], key: string, text: string, marking: Tlp): void => {
    const id = `${kind} ${key}`;
    const known = found.get(id);
    if (known === undefined || stricter(known.marking, marking) === known.marking)
      found.set(id, { kind, id, text, marking });
  };
  for (const { entity: one, tie } of relatedOf(entity, knowledge)) {
    const { sectors, places } = facetsOf(one, knowledge);
    for (const key of ourSectors) {
      const marking = sectors.get(key);
      if (marking !== undefined) add('sector', key, `sector ${sectorLabel(key)}`, stricter(marking, tie));
    }
    for (const { ours, text, marking } of placesOfOurs(places, ourRegions))
      add('region', ours, text, stricter(marking, tie));
  }
  return [...found.values()];
}

/**
 * Regions of ours that targets lie in, or that lie in a targeted region, in words: `region Europe`, `region Europe
 * (Germany)`, with the marking at which a source says so. The whole world concerns nobody more than others.
 */
function placesOfOurs(
  places: ReadonlyMap<string, Tlp>,
  regions: readonly string[],
): readonly { readonly ours: string; readonly text: string; readonly marking: Tlp }[] {
  if (places.size === 0) return [];
  return regions.flatMap((ours) => {
    const inside = placesIn(ours);
    const exact = places.get(ours);
    if (exact !== undefined) return [{ ours, text: `region ${placeName(ours)}`, marking: exact }];
    const hit = [...places].find(([place]) => inside.has(place) || placesIn(place).has(ours));
    if (hit === undefined) return [];
    const [place, marking] = hit;
    return [{ ours, text: `region ${placeName(ours)} (${placeName(place)})`, marking }];
  });
}
