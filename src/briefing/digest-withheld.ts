import { nameKey } from '../domain/name-key.ts';
import { isAllowed, strictest, type Tlp } from '../domain/tlp.ts';
import type { Knowledge, Withheld } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
import type { DigestFilter } from './digest-filter.ts';
import { countEvents, passesSources } from './digest-select.ts';
import type { DigestRequest } from './digest-types.ts';

interface Parted {
  readonly allowed: readonly StoredChange[];
  readonly hidden: readonly StoredChange[];
}

const parted = new WeakMap<readonly StoredChange[], Map<Tlp, Parted>>();

/** Changes below and above a ceiling; the same lists for the same changes, so that what is made of them is shared. */
export function partAt(changes: readonly StoredChange[], ceiling: Tlp): Parted {
  const byCeiling = parted.get(changes) ?? new Map<Tlp, Parted>();
  parted.set(changes, byCeiling);
  const known = byCeiling.get(ceiling);
  if (known !== undefined) return known;
  const found: Parted = {
    allowed: changes.filter(({ marking }) => isAllowed(marking, ceiling)),
    hidden: changes.filter(({ marking }) => !isAllowed(marking, ceiling)),
  };
  byCeiling.set(ceiling, found);
  return found;
}

/**
 * How many items of the window the ceiling holds back: counted, and never named. Neither what filters look for in an item
 * nor what is watched or muted plays a part, since a count that followed them would spell out what is withheld. Kinds
 * narrow it, and sources that the audience knows.
 */
export function withheldIn(hidden: readonly StoredChange[], request: DigestRequest): Withheld {
  const { filters, everything, kind, knowledge } = request;
  // Without knowing them nothing can be said of what is watched.
  if (hidden.length === 0 || kind === 'watch') return withheldOf(0, []);
  const narrowing = withheldFilters(filters, knowledge);
  if (everything !== undefined) {
    const wanted = { ...anyone, filters: narrowing };
    const events = countEvents(hidden, wanted, everything());
    const markings = events.flatMap(({ changes }) => changes.map(({ marking }) => marking));
    return withheldOf(events.length, markings);
  }
  const wanted = hidden.filter(({ source }) => passesSources(source, narrowing));
  const records = new Set(wanted.map(({ source, recordId }) => `${source}\n${recordId}`));
  return withheldOf(
    records.size,
    wanted.map(({ marking }) => marking),
  );
}

/** A count with the strictest of the markings, and whether there are several. */
export function withheldOf(count: number, markings: readonly Tlp[]): Withheld {
  const highest = strictest(markings) ?? null;
  return markings.some((marking) => marking !== highest)
    ? { count, highest, isMixed: true }
    : { count, highest };
}

/** The filters that may narrow what is counted as withheld: on kinds, and on sources that the audience knows. */
export function withheldFilters(
  filters: readonly DigestFilter[],
  { sources }: Pick<Knowledge, 'sources'>,
): readonly DigestFilter[] {
  const known = new Set([...sources.keys()].map(nameKey));
  return filters.filter(({ key, value }) => key === 'kind' || (key === 'source' && known.has(value)));
}

const anyone = {
  interests: { sectors: [], regions: [], watched: [] },
  mutes: [],
  kind: 'digest',
  posted: new Map<string, string>(),
} as const;
