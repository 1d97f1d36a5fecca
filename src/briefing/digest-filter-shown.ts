import { nameKey } from '../domain/name-key.ts';
import { stricter, type Tlp, tlpLevels } from '../domain/tlp.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { type DigestFilter, formatDigestFilters } from './digest-filter.ts';
import { entitiesNamed } from './digest-names.ts';
import { namedBy } from './list-names.ts';
import { nameClaims } from './names.ts';

/** Filters as an audience may read them. */
export interface ShownFilters {
  readonly text: string;
  /** True: some name something that is not known to this audience, and stand as `not shown here`. */
  readonly isPartial: boolean;
  /** The strictest marking of what they name. */
  readonly marking: Tlp;
}

const hidden = 'not shown here';

/**
 * Filters are kept as they were written, where more may have been seen than is now: a name that this audience knows
 * nothing of is not told to it, whoever once wrote it there.
 */
export function shownFilters(filters: readonly DigestFilter[], knowledge: Knowledge): ShownFilters {
  let marking: Tlp = 'clear';
  let isPartial = false;
  const shown = filters.map((filter): DigestFilter => {
    const named = markingOf(filter, knowledge);
    if (named === undefined) {
      isPartial = true;
      return { ...filter, text: hidden };
    }
    marking = stricter(marking, named);
    return filter;
  });
  return { text: formatDigestFilters(shown), isPartial, marking };
}

/** The marking of what a filter names, CLEAR for what names nothing; undefined where it is not known to this audience. */
function markingOf({ key, value, text }: DigestFilter, knowledge: Knowledge): Tlp | undefined {
  switch (key) {
    case 'actor':
    case 'malware':
    case 'technique':
    case 'uses': {
      const named = [...entitiesNamed(key, value, knowledge)];
      // A kind of software (`ransomware`) names nothing of its own.
      return lowest(named.flatMap((id) => nameMarking(knowledge.entity(id), text, knowledge)));
    }
    case 'name':
      return lowest(
        [...knowledge.entities.values()]
          .filter((entity) => namedBy(entity, value).length > 0)
          .flatMap((entity) => nameMarking(entity, entity.name, knowledge)),
      );
    case 'source':
      return sourceMarking(value, knowledge);
    case 'country':
    case 'region':
    case 'sector':
    case 'motivation':
    case 'kind':
    case 'tlp':
      return 'clear';
    default:
      return assertNever(key);
  }
}

/** Of those who say this name of the thing; of its main name where it was called by an id. */
function nameMarking(entity: Entity | undefined, text: string, knowledge: Knowledge): readonly Tlp[] {
  if (entity === undefined) return [];
  const key = nameKey(text);
  const own = entity.names.filter((name) => nameKey(name.text) === key).flatMap(({ claims }) => claims);
  const claims = own.length > 0 ? own : nameClaims(entity, knowledge);
  return claims.length === 0 ? ['clear'] : claims.map(({ provenance }) => provenance.marking);
}

function sourceMarking(value: string, { sources }: Knowledge): Tlp | undefined {
  for (const { name, title } of sources.values()) {
    if (nameKey(name) === value || nameKey(title) === value) return 'clear';
  }
  return undefined;
}

function lowest(markings: readonly Tlp[]): Tlp | undefined {
  const found = new Set(markings);
  return tlpLevels.find((level) => found.has(level));
}
