import { nameKey, parseAttackId } from '../../../src/domain/name-key.ts';
import type { SearchEntity } from '../../../src/search/types.ts';
import type { ClassName, LabelledQuery } from './classes.ts';
import { everydayParagraphs, everydayTexts } from './everyday-texts.ts';
import {
  asked,
  hyphenated,
  restyled,
  slip,
  splitOrJoined,
  transposed,
  withInvisible,
  wrapped,
} from './other-variants.ts';
import { actorNames, isEveryday, type Named, otherNumber } from './pools.ts';
import { Random } from './random.ts';

/**
 * A second set with other seeds, other slips (the first letter too, doubled letters, sounds, single-case) and other
 * sentences than the first, so that what was tuned on the first is seen to hold. `only`: names of these entities.
 */
export function otherSet(
  entities: readonly SearchEntity[],
  seed: number,
  perClass: number,
  only?: ReadonlySet<string>,
): readonly LabelledQuery[] {
  const random = new Random(seed);
  const names = actorNames(entities).filter(
    ({ owners }) => only === undefined || owners.some((id) => only.has(id)),
  );
  const taken = new Set(entities.flatMap((entity) => [entity.name, ...entity.aliases].map(nameKey)));
  const lettered = names.filter(({ text }) => /^[a-z][a-z\s.&'-]*$/i.test(text));
  const misspellable = lettered.filter(({ key, text }) => key.length >= 6 && !isEveryday(text));
  const askable = names.filter(({ text }) => text.length > 3 && !isEveryday(text));
  const queries: LabelledQuery[] = [];

  function add(
    className: ClassName,
    pool: readonly Named[],
    vary: (name: Named) => string | undefined,
  ): void {
    const varied = random.sample(pool, pool.length).flatMap((name) => {
      const text = vary(name);
      return text === undefined ? [] : [{ className, text, expected: name.owners }];
    });
    queries.push(...varied.slice(0, perClass));
  }

  /** A slip that gives another name asks for that one. */
  function misspelt(text: string | undefined): string | undefined {
    return text === undefined || taken.has(nameKey(text)) ? undefined : text;
  }

  add('exact', names, ({ text }) => text);
  add('case and spacing', names, ({ text }) => alternating(text));
  add('hyphens', names, ({ text }) => hyphenated(text, random));
  add('split and joined', lettered, ({ text }) => splitOrJoined(text, random));
  add('zero-width', names, ({ text }) => withInvisible(text, random));
  add('script variants', names, ({ text }) => restyled(text, random));
  add('chat marks', names, ({ text }) => wrapped(text, random));
  add('one typo', misspellable, ({ text }) => misspelt(slip(text, random)));
  add('swap', misspellable, ({ text }) => misspelt(transposed(text, random)));
  const long = misspellable.filter(({ key }) => key.length >= 10);
  add('two typos', long, ({ text }) => misspelt(slip(slip(text, random), random)));
  const parted = names.filter(({ text }) => /^\p{L}+(?:[ -]\p{L}+){1,3}$/u.test(text));
  add('word order', parted, ({ text }) =>
    text
      .split(/[ -]/)
      .reverse()
      .join(random.pick([' ', ', ', '-'])),
  );
  add('in a sentence', askable, ({ text }) => asked(text, random));
  const typable = misspellable.filter(({ key }) => key.length >= 7);
  add('typo in a sentence', typable, ({ text }) => {
    const typed = misspelt(slip(text, random));
    return typed === undefined ? undefined : asked(typed, random);
  });
  add(
    'near-code',
    names.filter(({ text }) => /\d/.test(text) && !text.includes('(')),
    ({ text }) => {
      const typed = otherNumber(text, random);
      return taken.has(nameKey(typed)) || parseAttackId(typed) !== undefined ? undefined : typed;
    },
  );
  return [
    ...queries.map((query) => (query.className === 'near-code' ? { ...query, expected: [] } : query)),
    ...everydayTexts(perClass, seed + 1)
      .filter((text) => !taken.has(nameKey(text)))
      .map((text): LabelledQuery => ({ className: 'none', text, expected: [] })),
    ...everydayParagraphs(perClass, seed + 1).map(
      (text): LabelledQuery => ({ className: 'paragraph', text, expected: [] }),
    ),
  ];
}

function alternating(text: string): string {
  return Array.from(text, (letter, at) => (at % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase())).join(
    '',
  );
}
