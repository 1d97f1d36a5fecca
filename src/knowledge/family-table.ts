import type { Family } from './prepare.ts';

/** A map by family and key: one map a family, so that no joint key must be made for each look-up. */
export interface FamilyTable<V> {
  get(family: Family, key: string): V | undefined;
  set(family: Family, key: string, value: V): void;
  /** The entries of one family in the order of their setting. */
  entries(family: Family): Iterable<[string, V]>;
  /** The values of each family in the order of their keys' first setting. */
  values(): Iterable<V>;
}

export function createFamilyTable<V>(): FamilyTable<V> {
  const maps = new Map<Family, Map<string, V>>();
  return {
    get: (family, key) => maps.get(family)?.get(key),
    set: (family, key, value) => {
      const map = maps.get(family);
      if (map === undefined) maps.set(family, new Map([[key, value]]));
      else map.set(key, value);
    },
    entries: (family) => maps.get(family) ?? [],
    *values() {
      for (const map of maps.values()) yield* map.values();
    },
  };
}

/** Adds to the list under a key. */
export function append<V>(table: FamilyTable<V[]>, family: Family, key: string, value: V): void {
  const list = table.get(family, key);
  if (list === undefined) table.set(family, key, [value]);
  else list.push(value);
}
