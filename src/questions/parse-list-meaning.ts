import { nextKinds, type Reader } from './parse-list-reader.ts';
import type { ListToken } from './parse-list-tokens.ts';
import type { Meaning } from './parse-list-words.ts';

/** Which of its meanings a phrase has here; undefined where none fits. */
export function chosen(reader: Reader, token: ListToken, meanings: readonly Meaning[]): Meaning | undefined {
  const next = nextKinds(reader);
  const isPlaced = reader.slot === 'target' || reader.slot === 'in';
  for (const kind of preference(reader, next, isPlaced)) {
    const meaning = meanings.find((one) => one.kind === kind);
    if (meaning === undefined) continue;
    const isLoose = meaning.kind === 'sector' && meaning.isWholeOnly;
    const isExpected = isPlaced || next.has('sector-noun') || reader.items.length > 0;
    if (isLoose && !isExpected && token.text !== 'IT') continue;
    return meaning;
  }
  return undefined;
}

/** The kinds of meaning in the order in which they are believed at this place of the sentence. */
function preference(
  reader: Reader,
  next: ReadonlySet<Meaning['kind']>,
  isPlaced: boolean,
): readonly Meaning['kind'][] {
  const asksForThings = reader.things !== undefined && !reader.isOfActors;
  const isBeforeSubject = next.has('subject') || next.has('linked') || next.has('motivated');
  const isBehindSector = reader.gap === 'none' && reader.items.at(-1)?.dimension === 'sector';
  const isFirst = reader.items.length === 0 && !reader.actors && reader.things === undefined;
  return [
    ...(asksForThings ? (['used-by', 'do'] as const) : []),
    ...(isBehindSector ? (['sector-noun'] as const) : []),
    'not',
    'software',
    'country',
    'region',
    ...(isBeforeSubject && !isPlaced ? (['unweighed', 'linked', 'motivation'] as const) : []),
    ...(isPlaced ? (['sector'] as const) : []),
    ...(isFirst ? (['subject', 'use'] as const) : (['use', 'subject'] as const)),
    'motivation',
    'sector',
    'from',
    'in',
    'target',
    'named',
    'and',
    'or',
    'who',
    'linked',
    'motivated',
    'sector-noun',
    'unweighed',
    'filler',
    'do',
    'since',
    'used-by',
  ];
}
