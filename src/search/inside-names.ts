import { nameKey } from '../domain/name-key.ts';
import { scores } from './scores.ts';
import type { Match, SearchEntity } from './types.ts';

/** One or two characters begin a word of too many names, and no name is this long. */
const keyLengths = { min: 3, max: 200 };

/**
 * Entities one of whose names has a later word that begins with the text, actors first and then by name: "kitten" is
 * inside "Charming Kitten". A scan of every name, for a list that someone asks for; a look-up does without it.
 */
export function matchesInsideNames(text: string, entities: readonly SearchEntity[]): readonly Match[] {
  const key = nameKey(text);
  if (key.length < keyLengths.min || key.length > keyLengths.max) return [];
  const matches = entities.flatMap((entity) => matchInside(text, key, entity));
  return matches.sort(
    (a, b) => rankOf(a.entity) - rankOf(b.entity) || (a.entity.name < b.entity.name ? -1 : 1),
  );
}

function matchInside(text: string, key: string, entity: SearchEntity): readonly Match[] {
  const name = [entity.name, ...entity.aliases].find((one) => hasLaterWord(one, key));
  if (name === undefined) return [];
  const kind = name === entity.name ? 'name' : 'alias';
  return [{ entity, matched: { text: text.trim(), name, kind }, score: scores.prefix }];
}

function hasLaterWord(name: string, key: string): boolean {
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u);
  return words.some((_, index) => index > 0 && nameKey(words.slice(index).join('')).startsWith(key));
}

function rankOf(entity: SearchEntity): number {
  return entity.type === 'intrusion-set' ? 0 : 1;
}
