import { sectorLabel } from '../domain/sector.ts';
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

/** What an entity, or what it is about, has to do with us: what is watched first, each thing once. */
export function concernsOf(
  entity: Entity,
  interests: DigestInterests,
  knowledge: Knowledge,
): readonly Concern[] {
  const related = relatedOf(entity, knowledge);
  const watched = related.flatMap(({ entity: one, tie }): readonly Concern[] =>
    isWatched(one, interests)
      ? [
          {
            kind: 'watched',
            id: `watched ${one.id}`,
            text: one === entity ? 'watched' : `watched ${titleOf(one)}`,
            marking: tie,
          },
        ]
      : [],
  );
  const others = new Map<string, Concern>();
  const add = (kind: Concern['kind'], key: string, text: string, marking: Tlp): void => {
    const id = `${kind} ${key}`;
    const known = others.get(id);
    if (known === undefined || stricter(known.marking, marking) === known.marking)
      others.set(id, { kind, id, text, marking });
  };
  for (const { entity: one, tie } of related) {
    const { sectors, places } = facetsOf(one, knowledge);
    for (const key of interests.sectors) {
      const marking = sectors.get(key);
      if (marking !== undefined) add('sector', key, `sector ${sectorLabel(key)}`, stricter(marking, tie));
    }
    for (const { ours, text, marking } of placesOfOurs(places, interests.regions))
      add('region', ours, text, stricter(marking, tie));
  }
  return [...watched, ...others.values()];
}

export function isWatched({ id, otherIds }: Entity, { watched }: DigestInterests): boolean {
  return watched.includes(id) || otherIds.some((other) => watched.includes(other));
}

/**
 * Regions of ours that targets lie in, or that lie in a targeted region, in words: `region Europe`, `region Europe
 * (Germany)`, with the marking at which a source says so.
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
    const hit = [...places].find(([place]) => inside.has(place) || liesIn(ours, place));
    if (hit === undefined) return [];
    const [place, marking] = hit;
    return [{ ours, text: `region ${placeName(ours)} (${placeName(place)})`, marking }];
  });
}

/** True for a place within another; the whole world concerns nobody more than others. */
export function liesIn(place: string, region: string): boolean {
  return placesIn(region).has(place);
}
