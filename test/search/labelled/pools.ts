import { nameKey, parseAttackId } from '../../../src/domain/name-key.ts';
import { EverydayWords } from '../../../src/search/everyday/everyday-words.ts';
import type { SearchEntity } from '../../../src/search/types.ts';
import type { Random } from './random.ts';

/** A name as people type it, with everyone who carries it. */
export interface Named {
  readonly text: string;
  readonly key: string;
  readonly isMain: boolean;
  /** Actors that carry the name. */
  readonly owners: readonly string[];
}

const everyday = new EverydayWords();

/** True for a text of everyday words only. */
export function isEveryday(text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => everyday.has(word));
}

/** Every name and alias of actors, each once. */
export function actorNames(entities: readonly SearchEntity[]): readonly Named[] {
  const byKey = new Map<string, { text: string; isMain: boolean; owners: Set<string> }>();
  for (const entity of entities) {
    if (entity.type !== 'intrusion-set') continue;
    for (const text of [entity.name, ...entity.aliases]) {
      const key = nameKey(text);
      if (key.length < 3 || parseAttackId(text) !== undefined) continue;
      const known = byKey.get(key);
      if (known === undefined)
        byKey.set(key, { text, isMain: text === entity.name, owners: new Set([entity.id]) });
      else known.owners.add(entity.id);
    }
  }
  return [...byKey].map(([key, { text, isMain, owners }]) => ({ key, text, isMain, owners: [...owners] }));
}

/** About two thirds of a name. */
export function beginningOf({ text }: Named): string {
  return text.slice(0, Math.max(5, Math.ceil(text.length * 0.6))).trimEnd();
}

/** Names whose beginning no other name of anything has. */
export function uniqueBeginnings(
  names: readonly Named[],
  entities: readonly SearchEntity[],
): readonly Named[] {
  const keys = entities.flatMap((entity) =>
    [entity.name, ...entity.aliases].map((name) => ({ key: nameKey(name), id: entity.id })),
  );
  const allKeys = new Set(keys.map(({ key }) => key));
  return names.filter((name) => {
    const beginning = beginningOf(name);
    if (name.key.length < 8 || isEveryday(beginning)) return false;
    const start = nameKey(beginning);
    if (allKeys.has(start.slice(0, -1)) || allKeys.has(start.slice(0, -2))) return false;
    return keys.every(({ key, id }) => !key.startsWith(start) || name.owners.includes(id));
  });
}

/** Words that the names of one actor only have, beside others, and that are no name by themselves. */
export function distinctiveWords(
  names: readonly Named[],
  taken: ReadonlySet<string>,
): readonly { word: string; owner: string }[] {
  const owners = new Map<string, Set<string>>();
  const parted = new Set<string>();
  for (const name of names) {
    const words = name.text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    for (const word of words) {
      const known = owners.get(word) ?? new Set();
      for (const owner of name.owners) known.add(owner);
      owners.set(word, known);
      if (words.length > 1) parted.add(word);
    }
  }
  return [...owners].flatMap(([word, ids]) => {
    const [owner] = ids;
    const isFit =
      parted.has(word) &&
      !taken.has(word) &&
      ids.size === 1 &&
      /^[a-z]{5,}$/.test(word) &&
      !everyday.has(word);
    return isFit && owner !== undefined ? [{ word, owner }] : [];
  });
}

/** The name with another number. */
export function otherNumber(text: string, random: Random): string {
  const digits = /\d+/.exec(text);
  if (digits === null) return text;
  const [number] = digits;
  const changed = random.pick([
    `${number}${random.below(10)}`,
    number.slice(0, -1),
    String(Number(number) + 1 + random.below(8)),
  ]);
  return (
    text.slice(0, digits.index) + (changed === '' ? '7' : changed) + text.slice(digits.index + number.length)
  );
}
