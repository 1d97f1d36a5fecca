import { nameKey, parseAttackId } from '../../../src/domain/name-key.ts';
import { EverydayWords } from '../../../src/search/everyday/everyday-words.ts';
import type { SearchEntity } from '../../../src/search/types.ts';
import { handLabelled } from './by-hand.ts';
import type { ClassName, LabelledQuery } from './classes.ts';
import { nothingNamed } from './nothing-named.ts';
import { Random } from './random.ts';
import {
  fullWidth,
  inChatMarks,
  inSentence,
  oneTypo,
  respaced,
  swapped,
  withLookAlikes,
} from './variants.ts';

interface Named {
  readonly text: string;
  readonly key: string;
  readonly isMain: boolean;
  /** Actors that carry the name. */
  readonly owners: readonly string[];
}

const perClass = Number(process.env['LABELLED_PER_CLASS'] ?? 120);

/** The labelled set for these entities: the same for the same seed. */
export function labelledSet(entities: readonly SearchEntity[], seed: number): readonly LabelledQuery[] {
  const random = new Random(seed);
  const names = actorNames(entities);
  const taken = new Set(entities.flatMap((entity) => [entity.name, ...entity.aliases].map(nameKey)));
  const single = names.filter((name) => name.owners.length === 1);
  const lettered = single.filter((name) => /^[a-z\s]+$/i.test(name.text) && !isEveryday(name.text));
  const queries: LabelledQuery[] = [];

  function add(
    className: ClassName,
    pool: readonly Named[],
    vary: (name: Named) => string | undefined,
  ): void {
    let count = 0;
    for (const name of random.sample(pool, pool.length)) {
      if (count === perClass) break;
      const text = vary(name);
      if (text === undefined) continue;
      queries.push({ className, text, expected: name.owners });
      count += 1;
    }
  }

  /** A misspelling that is a name itself asks for that name. */
  function misspelt(text: string | undefined): string | undefined {
    return text === undefined || taken.has(nameKey(text)) ? undefined : text;
  }

  add(
    'exact',
    single.filter((name) => name.isMain),
    (name) => name.text,
  );
  add(
    'alias',
    single.filter((name) => !name.isMain),
    (name) => name.text,
  );
  for (const { id, externalIds } of random.sample(entities, perClass)) {
    const externalId = externalIds[0] ?? id;
    queries.push({
      className: 'id',
      text: random.pick([externalId, externalId.toLowerCase(), id]),
      expected: [id],
    });
  }
  add('case and spacing', single, (name) => respaced(name.text, random));
  const long = lettered.filter((name) => name.key.length >= 6);
  add('one typo', long, (name) => misspelt(oneTypo(name.text.toLowerCase(), random)));
  add('swap', long, (name) => misspelt(swapped(name.text.toLowerCase(), random)));
  const longer = lettered.filter((name) => name.key.length >= 10);
  add('two typos', longer, (name) => {
    const once = oneTypo(name.text.toLowerCase(), random);
    return misspelt(random.below(2) === 0 ? swapped(once, random) : oneTypo(once, random));
  });
  add('prefix', uniqueBeginnings(lettered, entities), (name) => beginningOf(name).toLowerCase());
  for (const { word, owner } of random.sample(distinctiveWords(names, taken), perClass)) {
    queries.push({ className: 'partial', text: word, expected: [owner] });
  }
  add(
    'word order',
    single.filter((name) => /^[a-z]+(?: [a-z]+){1,2}$/i.test(name.text)),
    (name) => name.text.toLowerCase().split(' ').reverse().join(' '),
  );
  add(
    'in a sentence',
    single.filter((name) => name.text.length > 3),
    (name) => inSentence(name.text, random),
  );
  add(
    'typo in a sentence',
    long.filter((name) => name.key.length >= 7),
    (name) => {
      const typed = misspelt(oneTypo(name.text.toLowerCase(), random));
      return typed === undefined ? undefined : inSentence(typed, random);
    },
  );
  add('look-alike', single, (name) => withLookAlikes(name.text));
  add('full-width', single, (name) => fullWidth(name.text));
  add('chat marks', single, (name) => inChatMarks(name.text, random));
  add(
    'ambiguous',
    names.filter((name) => name.owners.length > 1),
    (name) => name.text,
  );
  add(
    'near-code',
    single.filter((name) => /\d/.test(name.text) && !name.text.includes('(')),
    (name) => {
      const typed = otherNumber(name.text, random);
      return taken.has(nameKey(typed)) || parseAttackId(typed) !== undefined ? undefined : typed;
    },
  );
  return [
    ...queries.map((query) => (query.className === 'near-code' ? { ...query, expected: [] } : query)),
    ...nothingNamed.map((text): LabelledQuery => ({ className: 'none', text, expected: [] })),
    ...handLabelled(entities),
  ];
}

const everyday = new EverydayWords();

function isEveryday(text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => everyday.has(word));
}

function actorNames(entities: readonly SearchEntity[]): readonly Named[] {
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

function beginningOf({ text }: Named): string {
  return text.slice(0, Math.max(5, Math.ceil(text.length * 0.6))).trimEnd();
}

/** Names whose beginning no other name of anything has. */
function uniqueBeginnings(names: readonly Named[], entities: readonly SearchEntity[]): readonly Named[] {
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

function distinctiveWords(
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

function otherNumber(text: string, random: Random): string {
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
