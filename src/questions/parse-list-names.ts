import { nameKey } from '../domain/name-key.ts';
import type { Match } from '../search/types.ts';
import { entityCondition, lookUpUsed, spellingNote, usableMatches, usedCondition } from './filter-values.ts';
import { addValue, type Reader } from './parse-list-reader.ts';
import { isEverydayWord, type ListToken, textOf } from './parse-list-tokens.ts';
import type { Meaning } from './parse-list-words.ts';
import { usedWord } from './used-words.ts';

export function readName(reader: Reader, token: ListToken): boolean {
  addValue(reader, 'name', { kind: 'name', text: token.text });
  reader.slot = 'none';
  reader.at += 1;
  return true;
}

/** The exact name of something: what is used; the name of an actor makes it no list. */
export function readNamed(reader: Reader, token: ListToken): boolean {
  const usable = usableMatches(token.matches);
  const actors = token.matches.filter(({ entity }) => entity.type === 'intrusion-set');
  if (actors.length > 0 && mayBeActor(reader, usable.length > 0)) return readActor(reader, actors, token);
  if (usable.length === 0) return false;
  const mayBeUsed = reader.slot === 'use' || reader.slot === 'none' || reader.isNegated;
  // "rock groups" are no users of something called Rock.
  if (reader.slot === 'none' && !reader.isNegated && isEverydayWord(token.text)) return false;
  if (!mayBeUsed || (usable.length < token.matches.length && reader.slot !== 'use')) return false;
  if (usable.length > 1)
    reader.notes.push(`“${token.text}” names ${usable.length} things: any of them counts`);
  reader.usedNames += 1;
  reader.openUse = false;
  addValue(reader, 'uses', usedCondition(usable));
  reader.at += 1;
  return true;
}

/** Behind "used by" the actor is meant, and behind "except" the one that is left out. */
export function mayBeActor(reader: Reader, isUsable: boolean): boolean {
  const { isNegated, isOfActors, slot, actors, who } = reader;
  const hasItems = reader.items.length > 0;
  if (slot === 'use') return false;
  if (isOfActors) return true;
  if (!isNegated || !(actors || who || hasItems)) return false;
  const before = reader.tokens[reader.at - 1]?.text.toLowerCase() ?? '';
  const isInList = reader.gap === 'joint' && reader.items.at(-1)?.dimension === 'actor';
  return !isUsable || isInList || exceptions.test(before);
}

/** Words that leave out what stands behind them. */
export const exceptions =
  /^(?:except|except for|excluding|exclude|other than|besides|apart from|leaving out|not counting|signminus)$/;

function readActor(reader: Reader, actors: readonly Match[], { text }: ListToken): boolean {
  if (actors.length > 1) reader.notes.push(`“${text}” names ${actors.length} actors: any of them counts`);
  addValue(reader, 'actor', entityCondition(actors));
  reader.slot = 'none';
  reader.at += 1;
  return true;
}

/** The longest run of words from here that is near the name of something usable. */
export function readMisspeltName(reader: Reader, token: ListToken): boolean {
  const end = reader.tokens.findIndex((one, at) => at > reader.at && one.meanings.some(isBorder));
  const last = end === -1 ? reader.tokens.length : end;
  for (let to = Math.min(last, reader.at + 5); to > reader.at; to -= 1) {
    const text = textOf(reader.words, token.from, reader.tokens[to - 1]?.to ?? token.to);
    const used = lookUpUsed(text, reader.index);
    if (used === undefined) continue;
    if (used.note !== undefined) reader.notes.push(used.note);
    // Everyday words for a way of attack have no card of their own.
    reader.usedNames += usedWord(text) === undefined ? 1 : 2;
    reader.openUse = false;
    addValue(reader, 'uses', used.condition);
    reader.at = to;
    return true;
  }
  return false;
}

/** "malware of lazerus": the longest run of words from here that is nearly the name of an actor. */
export function readMisspeltActor(reader: Reader, token: ListToken): boolean {
  const end = reader.tokens.findIndex((one, at) => at > reader.at && one.meanings.some(isBorder));
  const last = end === -1 ? reader.tokens.length : end;
  for (let to = Math.min(last, reader.at + 4); to > reader.at; to -= 1) {
    const text = textOf(reader.words, token.from, reader.tokens[to - 1]?.to ?? token.to);
    const lookup = reader.index.lookup(text, ['intrusion-set']);
    const matches =
      lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
    const actors = matches.filter(({ entity }) => entity.type === 'intrusion-set');
    const [first] = actors;
    if (first === undefined || nameKey(first.matched.text).length < nameKey(text).length - 1) continue;
    if (nameKey(first.matched.name) !== nameKey(text))
      reader.notes.push(spellingNote(text, first.entity.name));
    reader.at = to - 1;
    return readActor(reader, actors, { ...token, text });
  }
  return false;
}

const borders: ReadonlySet<string> = new Set([
  'target',
  'in',
  'from',
  'use',
  'since',
  'not',
  'and',
  'or',
  'named',
]);

function isBorder({ kind }: Meaning): boolean {
  return borders.has(kind);
}
