import { type DigestEventKind, itemKey } from '../../briefing/digest-key.ts';
import type { Entity, Knowledge } from '../../knowledge/types.ts';

const kinds: readonly DigestEventKind[] = ['report', 'profile', 'vulnerability'];

/** What the items of digests with these keys are about, as far as this audience may know of it. */
export function itemsByKey(keys: readonly string[], { entities }: Knowledge): ReadonlyMap<string, Entity> {
  const wanted = new Set(keys);
  const found = new Map<string, Entity>();
  if (wanted.size === 0) return found;
  for (const [id, entity] of entities) {
    for (const kind of kinds) {
      const key = itemKey(kind, id);
      if (wanted.has(key)) found.set(key, entity);
    }
  }
  return found;
}
