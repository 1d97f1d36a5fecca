import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { Kind, Stated, StatedValues } from './compare-kinds.ts';
import { rarityOf } from './rarity.ts';

/** How much of what several have is had by all: the number of both, and of what any of them has. */
export interface Overlap {
  readonly shared: number;
  readonly all: number;
}

/** Something that at least two of the compared have. */
export interface Shared {
  readonly key: string;
  readonly label: string;
  readonly entity?: Entity;
  /** Positions of those that have it, ascending. */
  readonly owners: readonly number[];
  /** What each of them has, in the order of `owners`. */
  readonly stated: readonly Stated[];
  /** Number of actors that use it; 0 where it is nothing that actors use. */
  readonly users: number;
}

/** One kind of thing over all that are compared. */
export interface Comparison {
  readonly kind: Kind;
  readonly values: readonly StatedValues[];
  /** What all have against what any has. */
  readonly overlap: Overlap;
  /** What two or more have: what more of them have first, then what fewest actors use, then alphabetically. */
  readonly shared: readonly Shared[];
  /** For each what it alone has, what fewest actors use first. */
  readonly alone: readonly (readonly Stated[])[];
}

/** Compares entities in one kind of thing; undefined where none of them has any. */
export function compareIn(
  kind: Kind,
  entities: readonly Entity[],
  knowledge: Knowledge,
): Comparison | undefined {
  const values = entities.map((entity) => kind.valuesOf(entity, knowledge));
  if (values.every(({ size }) => size === 0)) return undefined;
  const rarity = rarityOf(knowledge);
  const usersOf = ({ entity }: Pick<Stated, 'entity'>): number =>
    entity === undefined ? 0 : rarity.users(entity.id);
  const shared: Shared[] = [];
  const alone: Stated[][] = entities.map(() => []);
  for (const key of new Set(values.flatMap((one) => [...one.keys()]))) {
    const owners = values.flatMap((one, at) => (one.has(key) ? [at] : []));
    const stated = owners.flatMap((at) => values[at]?.get(key) ?? []);
    const [first] = stated;
    const [owner] = owners;
    if (first === undefined || owner === undefined) continue;
    if (owners.length === 1) alone[owner]?.push(first);
    else shared.push({ ...first, owners, stated, users: usersOf(first) });
  }
  shared.sort(
    (a, b) => b.owners.length - a.owners.length || a.users - b.users || a.label.localeCompare(b.label, 'en'),
  );
  for (const list of alone) {
    list.sort((a, b) => usersOf(a) - usersOf(b) || a.label.localeCompare(b.label, 'en'));
  }
  return { kind, values, overlap: overlapOf(values), shared, alone };
}

/** What all of several sets hold, and what any of them holds. */
export function overlapOf(
  sets: readonly { readonly size: number; keys(): Iterable<string>; has(key: string): boolean }[],
): Overlap {
  const [first, ...others] = sets;
  if (first === undefined) return { shared: 0, all: 0 };
  const all = new Set<string>();
  for (const set of sets) for (const key of set.keys()) all.add(key);
  let shared = 0;
  for (const key of first.keys()) if (others.every((other) => other.has(key))) shared += 1;
  return { shared, all: all.size };
}

/** Jaccard's index, 0–1; 0 where nothing is known of any. */
export function jaccard({ shared, all }: Overlap): number {
  return all === 0 ? 0 : shared / all;
}

/** `12 of 88 (14 %)` */
export function overlapText(overlap: Overlap): string {
  return `${overlap.shared} of ${overlap.all} (${percent(jaccard(overlap))})`;
}

/** `14 %`; what is not nothing is never shown as 0, nor what is not all as 100. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %';
  if (share < 1 && share > 0.99) return 'over 99 %';
  return `${Math.round(share * 100)} %`;
}
