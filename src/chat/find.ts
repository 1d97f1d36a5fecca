import { countriesOf } from '../briefing/actor-card.ts';
import { labelOf, titleOf } from '../briefing/labels.ts';
import { otherNames } from '../briefing/names.ts';
import { searchEntities } from '../briefing/search-entities.ts';
import { type EntityType, entityTypeLabels } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { everyMatchOf } from '../search/every-match.ts';
import { insideNamesOf } from '../search/inside-names.ts';
import type { Match } from '../search/types.ts';
import type { CommandContext } from './commands/types.ts';
import type { Found } from './surfaces-types.ts';

/** Nobody types more into a search field. */
const maxTypedChars = 200;
/** Shorter pieces stand inside too many names. */
const minInsideChars = 3;
/** Beginnings that are weighed where only some types count. */
const weighed = 200;

/**
 * What a text that is being typed may mean, best first: what it names, what begins with it, what has it inside a name. Each
 * thing once, nothing above the place's ceiling; empty for an empty text.
 * @param types only things of these types; absent: of all
 */
export async function findEntities(
  text: string,
  limit: number,
  { desk, place }: Pick<CommandContext, 'desk' | 'place'>,
  types?: readonly EntityType[],
): Promise<readonly Found[]> {
  const typed = text.slice(0, maxTypedChars).trim();
  if (nameKey(typed) === '' || limit < 1) return [];
  const { knowledge, index } = await desk.contextAt(place.ceiling);
  const found = new Map<string, Found>();
  const take = (matches: readonly Match[]): void => {
    for (const { entity, matched } of matches) {
      if (found.size >= limit) return;
      const known = knowledge.entity(entity.id);
      if (known === undefined || found.has(known.id)) continue;
      if (types === undefined || types.includes(known.type))
        found.set(known.id, toFound(known, knowledge, matched.name));
    }
  };
  take(everyMatchOf(index.lookup(typed, types)));
  take(index.suggest(typed, types === undefined ? limit : weighed));
  if (found.size < limit && typed.length >= minInsideChars)
    take(insideNamesOf(index, () => searchEntities(knowledge)).find(typed));
  return [...found.values()];
}

/** A thing as a type-ahead list shows it. `matched`: the name by which it was found. */
export function toFound(entity: Entity, knowledge: Knowledge, matched?: string): Found {
  const name = entity.type === 'attack-pattern' ? labelOf(entity) : titleOf(entity);
  const isOwn = [entity.name, ...entity.externalIds].some((own) => nameKey(own) === nameKey(matched ?? ''));
  const isOther = matched !== undefined && !isOwn;
  return {
    id: entity.id,
    type: entity.type,
    name,
    ...(isOther ? { matched } : {}),
    hint: hintOf(entity, knowledge, isOther ? matched : undefined),
  };
}

const shownNames = 3;

/** `Actor G0087 · also Chafer, Remix Kitten · Iran` */
function hintOf(entity: Entity, knowledge: Knowledge, matched: string | undefined): string {
  const kind = entityTypeLabels[entity.type].one;
  const id = entity.externalIds.find((one) => !one.startsWith('misp:'));
  const names = otherNames(entity)
    .filter(({ relation, text }) => relation === 'same-as' && text !== entity.houseName)
    .map(({ text }) => text);
  const first = matched !== undefined && names.includes(matched) ? [matched] : [];
  const shown = [...first, ...names.filter((name) => name !== matched)].slice(0, shownNames);
  const countries = countriesOf(entity, knowledge);
  return [
    id === undefined || entity.name === id ? kind : `${kind} ${id}`,
    ...(shown.length === 0 ? [] : [`also ${shown.join(', ')}`]),
    ...(countries.length === 0 ? [] : [countries.join(' or ')]),
  ].join(' · ');
}
