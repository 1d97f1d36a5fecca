import type { Tlp } from '../domain/tlp.ts';
import { stricter } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { countriesIn, placesIn } from '../questions/condition-region.ts';
import { assertNever } from '../support/assert-never.ts';
import { type Facets, facetsOf, type Related, relatedOf } from './digest-facets.ts';
import type { DigestFilter } from './digest-filter.ts';
import type { DigestKindWord } from './digest-filter-keys.ts';
import { entitiesNamed } from './digest-names.ts';
import { namedBy } from './list-names.ts';

/** What kind of item something is in a digest of some days. */
export type DigestKind = 'report' | 'profile' | 'actor' | 'source';

/** Why something stands in a digest, with the marking of what says so. */
export interface Reason {
  /** Equal for equal reasons, however they are worded. */
  readonly id: string;
  /** `country Iran`, `watched`. */
  readonly text: string;
  readonly marking: Tlp;
}

/**
 * Why an entity belongs into a digest with these filters: a phrase for each included filter that it fits ("country
 * Iran"). Undefined when it does not belong: an excluded filter fits, or one key has none that does.
 * Filters on sources and markings are not looked at: they concern changes, not entities.
 */
export function whyMatched(
  entity: Entity,
  kind: DigestKind,
  filters: readonly DigestFilter[],
  knowledge: Knowledge,
): readonly string[] | undefined {
  const kinds: readonly DigestKindWord[] = kind === 'actor' ? [kind] : [kind, ...kindsOf(entity)];
  return matchFilters(entity, kinds, filters, knowledge)?.map(({ text }) => text);
}

/** As `whyMatched`, for something of several kinds (`profile`, `actor`). */
export function matchFilters(
  entity: Entity,
  kinds: readonly DigestKindWord[],
  filters: readonly DigestFilter[],
  knowledge: Knowledge,
): readonly Reason[] | undefined {
  const about = relatedOf(entity, knowledge);
  const fit = (filter: DigestFilter): Reason | undefined => {
    if (filter.key === 'kind') {
      const isKind = kinds.some((kind) => kind === filter.value);
      return isKind
        ? { id: `kind ${filter.value}`, text: `kind ${filter.text}`, marking: 'clear' }
        : undefined;
    }
    const marking = lowestFit(about, filter, knowledge);
    const { key, text, value } = filter;
    return marking === undefined ? undefined : { id: `${key} ${value}`, text: `${key} ${text}`, marking };
  };
  const relevant = filters.filter(({ key }) => key !== 'source' && key !== 'tlp');
  const reasons: Reason[] = [];
  const missing = new Set<string>();
  const fitting = new Set<string>();
  for (const filter of relevant) {
    const reason = fit(filter);
    if (filter.exclude) {
      if (reason !== undefined) return undefined;
      continue;
    }
    if (reason === undefined) missing.add(filter.key);
    else {
      fitting.add(filter.key);
      reasons.push(reason);
    }
  }
  return [...missing].every((key) => fitting.has(key)) ? reasons : undefined;
}

/** What an entity's own changes are called in filters. */
export function kindsOf({ type }: Entity): readonly DigestKindWord[] {
  switch (type) {
    case 'intrusion-set':
      return ['actor'];
    case 'attack-pattern':
      return ['technique'];
    case 'malware':
    case 'tool':
    case 'campaign':
    case 'vulnerability':
    case 'report':
      return [type];
    case 'indicator':
      return [];
    default:
      return assertNever(type);
  }
}

function lowestFit(about: readonly Related[], filter: DigestFilter, knowledge: Knowledge): Tlp | undefined {
  let lowest: Tlp | undefined;
  for (const { entity, tie } of about) {
    const marking = fitOf(entity, filter, knowledge);
    if (marking === undefined) continue;
    const all = stricter(marking, tie);
    if (lowest === undefined || stricter(lowest, all) === lowest) lowest = all;
    if (lowest === 'clear') return lowest;
  }
  return lowest;
}

/** The marking of what makes an entity fit; undefined where it does not. */
function fitOf(entity: Entity, { key, value }: DigestFilter, knowledge: Knowledge): Tlp | undefined {
  const facet = (name: keyof Facets, keys: Iterable<string>): Tlp | undefined =>
    lowestOf(facetsOf(entity, knowledge)[name], keys);
  switch (key) {
    case 'actor':
      return entitiesNamed(key, value, knowledge).has(entity.id) ? 'clear' : undefined;
    case 'sector':
      return facet('sectors', [value]);
    case 'region':
      return facet('places', placesIn(value));
    case 'country': {
      const countries = countriesIn(value);
      return facet('origins', countries.size === 0 ? [value] : countries);
    }
    case 'motivation':
      return facet('motivations', [value]);
    case 'malware':
    case 'technique':
    case 'uses': {
      const named = entitiesNamed(key, value, knowledge);
      return named.has(entity.id) ? 'clear' : facet('used', named);
    }
    case 'name':
      return namedBy(entity, value).length > 0 ? 'clear' : undefined;
    case 'source':
    case 'kind':
    case 'tlp':
      return undefined;
    default:
      return assertNever(key);
  }
}

/** The lowest marking among the values that are there. */
export function lowestOf(values: ReadonlyMap<string, Tlp>, keys: Iterable<string>): Tlp | undefined {
  let lowest: Tlp | undefined;
  if (values.size === 0) return undefined;
  for (const key of keys) {
    const marking = values.get(key);
    if (marking === undefined) continue;
    if (lowest === undefined || stricter(lowest, marking) === lowest) lowest = marking;
  }
  return lowest;
}
