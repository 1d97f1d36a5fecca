import { nameKey, parseAttackId } from '../../../src/domain/name-key.ts';
import type { SearchEntity } from '../../../src/search/types.ts';
import { handLabelled } from './by-hand.ts';
import type { ClassName, LabelledQuery } from './classes.ts';
import { everydayParagraphs, everydayTexts } from './everyday-texts.ts';
import { nothingNamed } from './nothing-named.ts';
import { hyphenated, restyled, splitOrJoined, withInvisible } from './other-variants.ts';
import {
  actorNames,
  beginningOf,
  distinctiveWords,
  isEveryday,
  type Named,
  otherNumber,
  uniqueBeginnings,
} from './pools.ts';
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

  /** "Avalanche" is a malware's name and found as that. */
  function isUntaken(text: string): boolean {
    return !taken.has(nameKey(text));
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
  add('hyphens', single, (name) => hyphenated(name.text, random));
  add('split and joined', lettered, (name) => splitOrJoined(name.text, random));
  add('zero-width', single, (name) => withInvisible(name.text, random));
  add('script variants', single, (name) => restyled(name.text, random));
  add(
    'other scripts',
    names.filter((name) => /[^\p{Script=Latin}\p{Script=Common}]/u.test(name.text)),
    (name) => name.text,
  );
  add(
    'number schemes',
    single.filter((name) => scheme.test(name.text)),
    (name) => respaced(name.text, random),
  );
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
    ...[...nothingNamed, ...everydayTexts(perClass * 2, seed)].filter(isUntaken).map(nothing('none')),
    ...everydayParagraphs(perClass, seed).map(nothing('paragraph')),
    ...handLabelled(entities),
  ];
}

/** Vendors' numbered names of actors. */
const scheme = /^(?:UNC|TA|TAG|DEV|Storm|APT-C|TEMP|G|ITG|FIN|APT|TG|UAC|CL-|Hive)[-. ]?[A-Za-z0-9]+$/i;

function nothing(className: ClassName): (text: string) => LabelledQuery {
  return (text) => ({ className, text, expected: [] });
}
