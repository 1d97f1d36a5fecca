/** A map in which some values stand for others of the same keys, without a copy of the rest. */
export function createOverlay<Key, Value>(
  base: ReadonlyMap<Key, Value>,
  over: ReadonlyMap<Key, Value>,
): ReadonlyMap<Key, Value> {
  const get = (key: Key): Value | undefined => over.get(key) ?? base.get(key);
  function* entries(): MapIterator<[Key, Value]> {
    for (const [key, value] of base) yield [key, over.get(key) ?? value];
    return undefined;
  }
  function* values(): MapIterator<Value> {
    for (const [key, value] of base) yield over.get(key) ?? value;
    return undefined;
  }
  return {
    size: base.size,
    get,
    has: (key) => base.has(key),
    keys: () => base.keys(),
    entries,
    values,
    [Symbol.iterator]: entries,
    forEach(callback) {
      for (const [key, value] of base) callback(over.get(key) ?? value, key, this);
    },
  };
}
