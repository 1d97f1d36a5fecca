import type { Desk } from '../chat/desk.ts';
import { findEntities } from '../chat/find.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Tlp } from '../domain/tlp.ts';
import type { PlaygroundSettings } from '../playground/api.ts';
import { playgroundPlace } from '../playground/deliver.ts';

/** Names for the page's box while one types: the same that search fields of other platforms offer, out of what the page may see. */
export function createSuggest(desk: Desk, ceiling: Tlp): PlaygroundSettings['suggest'] {
  const place = { platform: 'playground', id: playgroundPlace, kind: 'direct', ceiling } as const;
  return async (text, limit) => {
    const found = await findEntities(text, limit, { desk, place });
    return found.map(({ name, matched, type }) => {
      const kind = entityTypeLabels[type].one;
      return matched === undefined
        ? { text: name, hint: kind }
        : { text: matched, hint: `${kind} · ${name}` };
    });
  };
}
