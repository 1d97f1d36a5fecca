import type { EntityType } from '../domain/entity-type.ts';
import type { SearchIndex } from '../search/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { allOf, anyOf, type Condition, notOf } from './condition.ts';
import { filterKey, type ListFilterKey, listFilterKeys, nearestFilterKey } from './filter-keys.ts';
import { readFilterValue } from './filter-values.ts';

/** A piece of a text with filters. */
export type FilterToken =
  | {
      readonly kind: 'filter';
      /** The key as typed; `key` is undefined where it is none that is known. */
      readonly word: string;
      readonly key: ListFilterKey | undefined;
      readonly values: readonly string[];
      readonly isNegated: boolean;
    }
  /** `by:(…)`, `-(…)`: what stands in the brackets follows. */
  | { readonly kind: 'open'; readonly isBy: boolean; readonly isNegated: boolean }
  | { readonly kind: 'close' }
  | { readonly kind: 'and' }
  | { readonly kind: 'or' }
  | { readonly kind: 'not' }
  | { readonly kind: 'word'; readonly text: string };

/** What filters mean, or the first thing that is wrong with them. */
export type ReadFilters =
  | {
      readonly kind: 'ok';
      /** Undefined where only types were given. */
      readonly where: Condition | undefined;
      readonly types: readonly EntityType[];
      readonly notes: readonly string[];
    }
  | ({ readonly kind: 'bad' } & Problem);

/** What is wrong, and what was probably meant. */
interface Problem {
  readonly problem: string;
  readonly nearest?: { readonly filter: string; readonly from: string; readonly to: string };
}

const maxTokens = 400;
const maxDepth = 20;

/**
 * Reads conditions in the style of code search: `country:iran (sector:telecom or sector:finance) -uses:T1566`. Different
 * keys must all hold; values of one key, repeated or with commas, are alternatives, as in digests, but for a repeated
 * `uses:`, which must hold each; `and`, `or`, `not`, `-` and brackets say otherwise, `and` binding tighter than `or`.
 */
export function readFilters(tokens: readonly FilterToken[], index: SearchIndex): ReadFilters {
  if (tokens.length > maxTokens)
    return { kind: 'bad', problem: `At most ${maxTokens} filters are read at once.` };
  const reader: Reader = { tokens, at: 0, index, notes: [], types: [], problem: undefined, depth: 0 };
  const where = readOr(reader);
  if (reader.problem === undefined && reader.at < tokens.length) {
    fail(reader, 'A closing bracket stands without an opening one.');
  }
  if (reader.problem !== undefined) return { kind: 'bad', ...reader.problem };
  return { kind: 'ok', where, types: [...new Set(reader.types)], notes: [...new Set(reader.notes)] };
}

interface Reader {
  readonly tokens: readonly FilterToken[];
  at: number;
  readonly index: SearchIndex;
  readonly notes: string[];
  readonly types: EntityType[];
  problem: Problem | undefined;
  depth: number;
}

function fail(reader: Reader, problem: string, nearest?: Problem['nearest']): undefined {
  reader.problem ??= { problem, ...(nearest === undefined ? {} : { nearest }) };
  return undefined;
}

function readOr(reader: Reader): Condition | undefined {
  const parts: Condition[] = [];
  for (;;) {
    const part = readAnd(reader);
    if (part !== undefined) parts.push(part);
    if (reader.problem !== undefined || reader.tokens[reader.at]?.kind !== 'or') break;
    reader.at += 1;
  }
  return parts.length === 0 ? undefined : anyOf(parts);
}

/** Parts side by side; those of one key without an `and` between them are alternatives. */
function readAnd(reader: Reader): Condition | undefined {
  const required: Condition[] = [];
  const byKey = new Map<string, Condition[]>();
  let isExplicit = false;
  while (reader.problem === undefined) {
    const token = reader.tokens[reader.at];
    if (token === undefined || token.kind === 'or' || token.kind === 'close') break;
    if (token.kind === 'and') {
      isExplicit = true;
      reader.at += 1;
      continue;
    }
    const isNextAnd = (): boolean => reader.tokens[reader.at]?.kind === 'and';
    const part = readPart(reader);
    if (part === undefined) continue;
    // `target:` takes places and sectors, which are no alternatives to one another.
    const key = token.kind === 'filter' && !token.isNegated ? withKind(token.key, part) : undefined;
    // An actor uses many things, so each repeated `uses:` narrows; places and sectors widen, as in digests.
    const isNarrowing = key === undefined || key === 'uses' || isExplicit;
    if (isNarrowing || isNextAnd()) required.push(part);
    else byKey.set(key, [...(byKey.get(key) ?? []), part]);
    isExplicit = false;
  }
  const parts = [...[...byKey.values()].map(anyOf), ...required];
  return parts.length === 0 ? undefined : allOf(parts);
}

function withKind(key: ListFilterKey | undefined, { kind }: Condition): string | undefined {
  if (key === undefined || key === 'since') return undefined;
  return key === 'target' ? `${key} ${kind}` : key;
}

function readPart(reader: Reader): Condition | undefined {
  const token = reader.tokens[reader.at];
  if (token === undefined) return undefined;
  reader.at += 1;
  switch (token.kind) {
    case 'not': {
      const part = readPart(reader);
      return part === undefined ? fail(reader, 'Behind “not” stands nothing.') : notOf(part);
    }
    case 'open':
      return readBrackets(reader, token);
    case 'filter':
      return readFilter(reader, token);
    case 'word':
      return { kind: 'name', text: token.text.slice(0, 200) };
    case 'and':
    case 'or':
    case 'close':
      return fail(reader, 'Between “and”, “or” and brackets something is missing.');
    default:
      return assertNever(token);
  }
}

function readBrackets(
  reader: Reader,
  { isBy, isNegated }: Extract<FilterToken, { kind: 'open' }>,
): Condition | undefined {
  reader.depth += 1;
  if (reader.depth > maxDepth) return fail(reader, `Brackets stand at most ${maxDepth} deep.`);
  const inner = readOr(reader);
  reader.depth -= 1;
  if (reader.problem !== undefined) return undefined;
  if (reader.tokens[reader.at]?.kind !== 'close') return fail(reader, 'A bracket is not closed.');
  reader.at += 1;
  // Actors without a condition: whoever uses it.
  if (inner === undefined && isBy) return isNegated ? notOf(anyActors) : anyActors;
  if (inner === undefined) return fail(reader, 'A pair of brackets is empty.');
  const part: Condition = isBy ? { kind: 'of-actors', of: inner } : inner;
  return isNegated ? notOf(part) : part;
}

const anyActors: Condition = { kind: 'of-actors', of: { kind: 'and', of: [] } };

function readFilter(
  reader: Reader,
  { key, word, values, isNegated }: Extract<FilterToken, { kind: 'filter' }>,
): Condition | undefined {
  if (key === undefined) {
    const nearest = nearestFilterKey(word);
    const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    return fail(
      reader,
      `There is no filter “${word.slice(0, 40)}”.${meant} Accepted: ${listFilterKeys.join(', ')}. Example: country:iran sector:telecom uses:T1566 since:2024`,
      nearest === undefined
        ? undefined
        : {
            filter: `${nearest}:${values.map(quotedValue).join(',')}`,
            from: `${word}:`,
            to: `${nearest}:`,
          },
    );
  }
  const parts: Condition[] = [];
  for (const value of values.length === 0 ? [''] : values) {
    const read = readFilterValue(key, value, reader.index);
    if (read.kind === 'problem') {
      return fail(
        reader,
        read.problem,
        read.nearest === undefined
          ? undefined
          : {
              filter: `${key}:${quotedValue(read.nearest)}`,
              from: value,
              to: quotedValue(read.nearest),
            },
      );
    }
    if (read.kind === 'types') {
      if (isNegated)
        return fail(reader, 'A type cannot be left out: name those to list instead. Example: type:malware');
      reader.types.push(...read.types);
      continue;
    }
    if (read.note !== undefined) reader.notes.push(read.note);
    parts.push(read.condition);
  }
  if (parts.length === 0) return undefined;
  const part = anyOf(parts);
  return isNegated ? notOf(part) : part;
}

function quotedValue(text: string): string {
  return /[\s,()]/.test(text) ? `"${text}"` : text;
}

/** Cuts a text into filters, operators and words. Linear; quotation marks keep together what stands in them. */
export function filterTokens(text: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  const straight = text
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(/(^|[\s(])[\u2010-\u2015\u2212](?=\S)/g, '$1-');
  const words = straight.match(/[()]|(?:[^\s()":]*:)?"[^"]*"?(?:,(?:"[^"]*"?|[^\s()",]*))*|[^\s()]+/g) ?? [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const key = keyOf(word);
    if (word === '(') tokens.push({ kind: 'open', isBy: false, isNegated: false });
    else if (word === ')') tokens.push({ kind: 'close' });
    else if (/^[-!]$/.test(word) && words[at + 1] === '(') {
      tokens.push({ kind: 'open', isBy: false, isNegated: true });
      at += 1;
    } else if (key === undefined) tokens.push(plainToken(word));
    else at = readKeyed(words, at, key, tokens);
  }
  return tokens;
}

interface Keyed {
  readonly word: string;
  readonly isNegated: boolean;
  readonly rest: string;
}

const spacedKeys: ReadonlySet<string> = new Set(['country', 'sector', 'region', 'uses', 'motivation', 'by']);

/** `-country:iran` taken apart; undefined for a web address, a time of day, and whatever is no `key:value`. */
function keyOf(word: string): Keyed | undefined {
  const match = /^([-!+]?)([A-Za-z][A-Za-z_-]{0,20})(!?)[:=](?!\/\/)(.*)$/s.exec(word);
  if (match === null || match[2] === undefined) return undefined;
  const written = match[4] ?? '';
  // "country:!iran" and "country!=iran" leave out what "-country:iran" does.
  const rest = written.replace(/^[-!](?=\S)/, '');
  const isNegated = match[1] === '-' || match[1] === '!' || match[3] === '!' || rest !== written;
  // "group: who do they work for" is a sentence; "country: iran" a filter with a blank in it.
  if (rest === '' && !spacedKeys.has(match[2].toLowerCase())) return undefined;
  return { word: match[2], isNegated, rest };
}

/** One filter with its values, which may go on behind a comma or a blank; gives the place of its last word. */
function readKeyed(
  words: readonly string[],
  start: number,
  { word, isNegated, rest }: Keyed,
  tokens: FilterToken[],
): number {
  let at = start;
  const key = filterKey(word);
  if (rest === '' && words[at + 1] === '(' && key === 'by') {
    tokens.push({ kind: 'open', isBy: true, isNegated });
    return at + 1;
  }
  if (rest === '' && words[at + 1] === '(') {
    const close = words.indexOf(')', at);
    const end = close === -1 ? words.length : close;
    const values = words.slice(at + 2, end).filter((one) => !/^(?:or|and|,|\|+)$/i.test(one));
    tokens.push({ kind: 'filter', word, key, values: values.flatMap(valuesIn), isNegated });
    return end;
  }
  let text = rest;
  while (text.split('"').length % 2 === 0 && words[at + 1] !== undefined) {
    text += ` ${words[at + 1]}`;
    at += 1;
  }
  if (key === undefined) {
    tokens.push({ kind: 'filter', word, key, values: valuesIn(text), isNegated });
    return at;
  }
  while (text === '' || text.endsWith(',')) {
    const next = words[at + 1];
    if (next === undefined || next === '(' || next === ')' || keyOf(next) !== undefined) break;
    text += next;
    at += 1;
  }
  tokens.push({ kind: 'filter', word, key, values: valuesIn(text), isNegated });
  return at;
}

function valuesIn(text: string): readonly string[] {
  return (text.match(/"[^"]*"?|[^,|"]+/g) ?? [])
    .map((value) => value.replaceAll('"', '').trim())
    .filter((value) => value !== '');
}

function plainToken(word: string): FilterToken {
  if (/^(?:and|&&?|\+)$/i.test(word)) return { kind: 'and' };
  if (/^(?:or|\|\|?)$/i.test(word)) return { kind: 'or' };
  if (/^(?:not|-|!|without|except|excluding)$/i.test(word)) return { kind: 'not' };
  return { kind: 'word', text: word.replaceAll('"', '') };
}
