import type { EntityType } from '../domain/entity-type.ts';
import { parseIndicator } from '../domain/indicator.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Lookup, SearchIndex } from '../search/types.ts';
import { filterText } from './clean.ts';
import { allOf, type Condition } from './condition.ts';
import type { Form } from './form.ts';
import { type FilterToken, filterTokens, type ReadFilters, readFilters } from './parse-filters.ts';
import { readSentence } from './parse-list-sentence.ts';
import { listTokens } from './parse-list-tokens.ts';
import { lexicon, phraseKey } from './parse-list-words.ts';
import type { Question } from './types.ts';

/** Longer texts are prose. */
const maxSentenceChars = 300;
const maxFilterChars = 2_000;
/** Words beside filters that are taken for parts of names; more are a sentence that was not understood. */
const maxNameWords = 4;

/**
 * Reads what asks for a list: filters in the style of code search, a sentence ("which groups target telecom in the
 * Middle East"), a few words ("iran telecom"), or both together. Undefined for everything else.
 */
export const listForm: Form = ({ text, cleaned: bareText, bare }, index) => {
  const filters = filterText(text);
  // "-china plugx": the sign before the first word is no mark of a list.
  const cleaned = /^[-!]\p{L}/u.test(filters) && /^\p{L}/u.test(bareText) ? `-${bareText}` : bareText;
  if (filters.length <= maxFilterChars) {
    const tokens = filterTokens(filters);
    const isName = bare.kind === 'found' || bare.kind === 'ambiguous';
    if (isFilterText(tokens, isName)) return fromFilters(tokens, index);
  }
  if (cleaned.length > maxSentenceChars) return undefined;
  if (isNearlyName(bare, cleaned) && !isWhollyKnown(cleaned, index)) return undefined;
  const reading = readSentence(cleaned, index);
  return reading === undefined ? undefined : { kind: 'list', ...reading };
};

/** "ESXi ransomware" is near to a name, and yet every word of it is known here. */
function isWhollyKnown(cleaned: string, index: SearchIndex): boolean {
  const tokens = listTokens(cleaned, index)?.tokens ?? [];
  return tokens.length > 1 && tokens.every(({ kind, matches }) => kind === 'phrase' && matches.length === 0);
}

/** "Moeny Libra" is a misspelt name before it is anything else. */
function isNearlyName(bare: Lookup, cleaned: string): boolean {
  const match = bare.kind === 'found' ? bare.match : bare.kind === 'ambiguous' ? bare.matches[0] : undefined;
  return match !== undefined && nameKey(match.matched.text).length >= nameKey(cleaned).length * 0.8;
}

/** True with one filter that is known, or where all but operators has the form of filters. */
function isFilterText(tokens: readonly FilterToken[], isName: boolean): boolean {
  const filters = tokens.filter((token) => token.kind === 'filter');
  const hasKnown = tokens.some((token) => token.kind === 'open' && token.isBy);
  if (filters.length === 0 && !hasKnown) return false;
  // "hash:44d8…", "ip:10.0.0.1" ask for an indicator.
  if (
    filters.some(
      ({ key, values }) => key === undefined && values.some((one) => parseIndicator(one) !== undefined),
    )
  ) {
    return false;
  }
  if (hasKnown || filters.some(({ key }) => key !== undefined)) return true;
  // "misp:2f51…" is the id of something.
  if (isName) return false;
  return tokens.every(({ kind }) => kind !== 'word') && filters.every(({ values }) => values.length > 0);
}

function fromFilters(tokens: readonly FilterToken[], index: SearchIndex): Question | undefined {
  if (tokens.every(({ kind }) => kind !== 'word')) return toQuestion(readFilters(tokens, index), undefined);
  const { filters, words } = apart(tokens);
  const read = readFilters(filters, index);
  if (read.kind === 'bad') return toQuestion(read, undefined);
  const sentence = readSentence(words.join(' '), index, true) ?? readBareWords(words, index);
  if (sentence !== undefined) return toQuestion(read, sentence);
  const names = words.filter((word) => !/^(?:and|or|not|,)$/i.test(word));
  if (names.length <= maxNameWords && names.every((word) => !lexicon().has(phraseKey(word)))) {
    return toQuestion(readFilters(tokens, index), undefined);
  }
  const problem = `Beside the filters this was not understood: “${words.join(' ').slice(0, 100)}”. Filters stand with words such as “groups targeting banks”, a part of a name, and, or, not and brackets.`;
  return { kind: 'bad-filter', problem };
}

interface Words {
  readonly types: readonly EntityType[];
  readonly where?: Condition;
  readonly notes: readonly string[];
  readonly others: readonly Condition[];
}

/** "groups country:iran": words that only say what is to be listed. */
function readBareWords(words: readonly string[], index: SearchIndex): Words | undefined {
  // A condition that is taken out again: the words around it must be readable by themselves.
  const probe = readSentence(`${words.join(' ')} from Iran`, index);
  if (probe?.where.kind !== 'country') return undefined;
  return { types: probe.types, notes: probe.notes, others: [] };
}

/** Filters with the operators between them, and the words of the sentence around them. */
function apart(tokens: readonly FilterToken[]): {
  readonly filters: readonly FilterToken[];
  readonly words: readonly string[];
} {
  const filters: FilterToken[] = [];
  const words: string[] = [];
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'open') depth += 1;
    const isOperator = token.kind === 'and' || token.kind === 'or' || token.kind === 'not';
    const next = tokens[at + 1];
    const joinsFilters =
      next !== undefined &&
      next.kind !== 'word' &&
      (token.kind === 'not' || depth > 0 || isFilterEnd(tokens[at - 1]));
    if (token.kind === 'word') words.push(token.text);
    else if (!isOperator || joinsFilters) filters.push(token);
    else if (words.length > 0 && next?.kind === 'word') words.push(token.kind);
    if (token.kind === 'close') depth -= 1;
  }
  return { filters, words };
}

function isFilterEnd(token: FilterToken | undefined): boolean {
  return token?.kind === 'filter' || token?.kind === 'close';
}

function toQuestion(read: ReadFilters, sentence: Words | undefined): Question | undefined {
  if (read.kind === 'bad') return { ...read, kind: 'bad-filter' };
  const parts = [sentence?.where, read.where].filter((part) => part !== undefined);
  const types = read.types.length > 0 ? read.types : (sentence?.types ?? ['intrusion-set']);
  if (parts.length === 0 && read.types.length === 0) return undefined;
  return {
    kind: 'list',
    types,
    where: allOf(parts),
    notes: [...(sentence?.notes ?? []), ...read.notes],
    others: (sentence?.others ?? []).map((other) =>
      allOf([other, ...(read.where === undefined ? [] : [read.where])]),
    ),
  };
}
