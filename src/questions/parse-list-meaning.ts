import { usableMatches } from './filter-values.ts';
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
    if (meaning.kind === 'use' && possession.test(token.text) && !isUsableNext(reader)) continue;
    if (meaning.kind === 'users' && !isBehindUsed(reader)) continue;
    // "gu", "rgb", "pla" are words of other sentences, too.
    if (meaning.kind === 'state-body' && reader.slot !== 'from' && !reader.actors && !next.has('subject'))
      continue;
    if (meaning.kind === 'tactic' && !isTacticHere(reader, next)) continue;
    if (meaning.kind === 'platform' && !isPlatformHere(reader, next)) continue;
    return meaning;
  }
  return undefined;
}

const possession = /^(?:has|have|having|got)$/i;

/** "has Cobalt Strike" is a use, "has attacked" none. */
function isUsableNext({ tokens, at }: Reader): boolean {
  const next = tokens[at + 1];
  return next !== undefined && next.meanings.length === 0 && usableMatches(next.matches).length > 0;
}

/** "Cobalt Strike users", "ransomware operators". */
function isBehindUsed({ items, gap }: Reader): boolean {
  return gap === 'none' && items.at(-1)?.dimension === 'uses';
}

function isOfTechniques({ things }: Reader): boolean {
  return things?.includes('attack-pattern') === true;
}

/** "persistence techniques", "techniques for persistence", "credential access used by Turla"; else an everyday word. */
function isTacticHere(reader: Reader, next: ReadonlySet<Meaning['kind']>): boolean {
  if (isOfTechniques(reader) || reader.slot === 'use') return true;
  if (reader.things !== undefined) return false;
  // "TA0001" is nothing else.
  if (/^ta\d{4}$/i.test(reader.tokens[reader.at]?.text ?? '')) return true;
  const isFirst = reader.items.length === 0 && !reader.actors;
  const isNamed = reader.tokens[reader.at + 1]?.meanings.some(
    (one) => one.kind === 'subject' && one.types.includes('attack-pattern'),
  );
  return isNamed === true || (isFirst && (next.has('used-by') || next.has('and') || next.has('or')));
}

/** "Linux malware", "malware for Linux", "Android RATs". */
function isPlatformHere({ things, tokens, at }: Reader, next: ReadonlySet<Meaning['kind']>): boolean {
  if (things !== undefined && !things.includes('campaign') && !things.includes('vulnerability')) return true;
  const isThing = tokens[at + 1]?.meanings.some(
    (one) => one.kind === 'subject' && !one.types.includes('intrusion-set'),
  );
  return (
    isThing === true ||
    next.has('software') ||
    next.has('unlisted-kind') ||
    next.has('platform') ||
    next.has('and') ||
    next.has('or')
  );
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
    ...(isBehindUsed(reader) ? (['users'] as const) : []),
    'hit-by',
    'tactic',
    'platform',
    'unlisted-kind',
    'state-body',
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
    'users',
  ];
}
