import { nameKey } from '../domain/name-key.ts';
import { scores } from './scores.ts';
import type { Match, SearchEntity } from './types.ts';

/** One or two characters begin a word of too many names, and no name is this long. */
const keyLengths = { min: 3, max: 200 };

/** A later word of a name, with all that follows it. */
interface LaterWord {
  /** Its key, at most as long as what can be looked for. */
  readonly key: string;
  /** Places in the lists of entities and of its names. */
  readonly entity: number;
  readonly name: number;
}

/** Names by their later words. */
export interface InsideNames {
  /**
   * Entities one of whose names has a later word that begins with the text, actors first and then by name: "kitten" is
   * inside "Charming Kitten". Each entity once, with the first such name.
   */
  find(text: string): readonly Match[];
}

/** Splits every name once, so that what is asked at each letter that is typed need not. */
export function createInsideNames(entities: readonly SearchEntity[]): InsideNames {
  const words: LaterWord[] = [];
  for (const [entity, { name, aliases }] of entities.entries()) {
    addWords(words, name, entity, 0);
    for (const [at, alias] of aliases.entries()) addWords(words, alias, entity, at + 1);
  }
  words.sort((a, b) => compare(a.key, b.key));

  return {
    find: (text) => {
      const key = nameKey(text);
      if (key.length < keyLengths.min || key.length > keyLengths.max) return [];
      const names = new Map<number, number>();
      for (let at = firstFrom(words, key); words[at]?.key.startsWith(key) === true; at += 1) {
        const word = words[at];
        if (word === undefined) break;
        names.set(word.entity, Math.min(word.name, names.get(word.entity) ?? word.name));
      }
      return [...names]
        .flatMap(([entity, name]) => toMatch(text, entities[entity], name))
        .sort((a, b) => rankOf(a.entity) - rankOf(b.entity) || compare(a.entity.name, b.entity.name));
    },
  };
}

const prepared = new WeakMap<object, InsideNames>();

/** The same, made once for each owner: the index over the same entities, which never change. */
export function insideNamesOf(owner: object, entities: () => readonly SearchEntity[]): InsideNames {
  const known = prepared.get(owner) ?? createInsideNames(entities());
  prepared.set(owner, known);
  return known;
}

function addWords(words: LaterWord[], name: string, entity: number, at: number): void {
  const later = name.split(/[^\p{L}\p{M}\p{N}]+/u, maxWords).slice(1);
  // From the last word on, so that each is joined to what follows it only as far as anyone looks.
  let rest = '';
  for (const word of later.reverse()) {
    rest = (word + rest).slice(0, maxJoined);
    const key = nameKey(rest).slice(0, keyLengths.max);
    if (key.length >= keyLengths.min) words.push({ key, entity, name: at });
  }
}

/** No name has more words that anyone knows. */
const maxWords = 100;
/** Characters may vanish from a key. */
const maxJoined = 2 * keyLengths.max;

/** Where the words begin that are the key or stand behind it. */
function firstFrom(words: readonly LaterWord[], key: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(words[middle]?.key ?? '', key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function toMatch(text: string, entity: SearchEntity | undefined, at: number): readonly Match[] {
  if (entity === undefined) return [];
  const name = at === 0 ? entity.name : (entity.aliases[at - 1] ?? entity.name);
  const kind = at === 0 ? 'name' : 'alias';
  return [{ entity, matched: { text: text.trim(), name, kind }, score: scores.prefix }];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function rankOf(entity: SearchEntity): number {
  return entity.type === 'intrusion-set' ? 0 : 1;
}
