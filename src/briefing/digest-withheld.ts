import { isAllowed, strictest, type Tlp } from '../domain/tlp.ts';
import type { Withheld } from '../knowledge/types.ts';
import type { StoredChange } from '../store/types.ts';
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

/** How many items the ceiling holds back that would have been told otherwise: counted, and never named. */
export function withheldIn(hidden: readonly StoredChange[], request: DigestRequest): Withheld {
  const { filters, everything, kind } = request;
  if (hidden.length === 0) return { count: 0, highest: null };
  if (everything !== undefined) {
    const events = countEvents(hidden, request, everything());
    const markings = events.flatMap(({ changes }) => changes.map(({ marking }) => marking));
    return { count: events.length, highest: strictest(markings) ?? null };
  }
  // Without knowing them nothing can be said of what is watched.
  if (kind === 'watch') return { count: 0, highest: null };
  const wanted = hidden.filter(({ source }) => passesSources(source, filters));
  const records = new Set(wanted.map(({ source, recordId }) => `${source}\n${recordId}`));
  return { count: records.size, highest: strictest(wanted.map(({ marking }) => marking)) ?? null };
}
