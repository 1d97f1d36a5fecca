import { nameKey } from '../domain/name-key.ts';
import type { Claim, Entity } from '../knowledge/types.ts';

/**
 * The claims behind an entity's names that have the words of a text, one behind the other and whole ("bear" is in "Fancy
 * Bear" and not in "Beard"), or that are the text in another spelling. Names that somebody disputes count too.
 */
export function namedBy({ names }: Entity, text: string): readonly Claim[] {
  const wanted = wordsOf(text);
  const key = nameKey(text);
  if (key === '') return [];
  return names
    .filter((name) => hasWords(wordsOf(name.text), wanted) || nameKey(name.text) === key)
    .flatMap(({ claims }) => claims);
}

function wordsOf(text: string): readonly string[] {
  return (text.slice(0, 300).match(/[\p{L}\p{N}]+/gu) ?? []).map(nameKey);
}

function hasWords(words: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.length === 0) return false;
  return words.some((_, at) => wanted.every((word, offset) => words[at + offset] === word));
}
