import { countryName, isCountryCode } from '../domain/country.ts';
import { nameKey } from '../domain/name-key.ts';
import { parseTlp, stricter, type Tlp, tlpLevels } from '../domain/tlp.ts';
import { nearestWording } from '../questions/filter-near.ts';
import { readFilterValue, wordingName } from '../questions/filter-values.ts';
import { emptyIndex } from '../search/empty-index.ts';
import type { SearchIndex } from '../search/types.ts';
import { assertNever } from '../support/assert-never.ts';
import {
  digestFilterKey,
  digestKinds,
  type FilterKey,
  filterExamples,
  filterKeys,
  readDigestKinds,
  type WrittenKey,
} from './digest-filter-keys.ts';
import { readNamed } from './digest-filter-names.ts';

export interface DigestFilter {
  readonly key: FilterKey;
  /** As written, for people. */
  readonly text: string;
  /** As compared: a name key, a country code, the key of a sector, a region or a motive, a kind, a TLP level. */
  readonly value: string;
  readonly exclude: boolean;
}

export type ParsedFilters =
  | {
      readonly kind: 'ok';
      readonly filters: readonly DigestFilter[];
      /** What was done to understand them, for people: a misspelling read as something else. Absent for nothing. */
      readonly notes?: readonly string[];
    }
  | { readonly kind: 'bad'; readonly problem: string };

/** Longest filter text that is read, in characters. */
const maxChars = 2_000;

/**
 * Reads filters in the style of code search: `sector:telecom,finance country:iran -source:misp-galaxy actor:"Lazarus
 * Group"`. Values of one key are alternatives, different keys must all match, a minus leaves out; keys and values are
 * those of lists, as far as they make sense for changes. Gives the first problem in words that say what is accepted.
 * @param index where given, names of actors, software and techniques must be known
 */
export function parseDigestFilters(text: string, index?: SearchIndex): ParsedFilters {
  if (text.length > maxChars)
    return { kind: 'bad', problem: `The filters are longer than ${maxChars} characters.` };
  const filters: DigestFilter[] = [];
  const notes: string[] = [];
  for (const word of wordsOf(text)) {
    const read = readWord(word, index);
    if (read.kind === 'problem') return { kind: 'bad', problem: read.problem };
    filters.push(...read.filters);
    notes.push(...read.notes);
  }
  return { kind: 'ok', filters, ...(notes.length === 0 ? {} : { notes: [...new Set(notes)] }) };
}

/** Words at blanks, with what stands in quotation marks, or behind a comma, kept together. */
function wordsOf(text: string): readonly string[] {
  const straight = text
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(/(^|\s)[\u2010-\u2015\u2212](?=\S)/g, '$1-')
    .replace(/,\s+/g, ',');
  return straight.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
}

type Read =
  | { readonly kind: 'ok'; readonly filters: readonly DigestFilter[]; readonly notes: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: string };

function problem(text: string): Read {
  return { kind: 'problem', problem: text };
}

function readWord(word: string, index: SearchIndex | undefined): Read {
  const exclude = /^[-!]/.test(word);
  const body = word.replace(/^[-!+]/, '');
  const separator = body.search(/[:=]/);
  const key = separator < 1 ? undefined : digestFilterKey(body.slice(0, separator));
  if (key === undefined) return problem(unknownKey(word, body.slice(0, Math.max(0, separator))));
  const values = valuesIn(body.slice(separator + 1));
  if (values.length === 0) return problem(`“${clip(word)}” has no value. Example: ${filterExamples[key]}`);
  const filters: DigestFilter[] = [];
  const notes: string[] = [];
  for (const value of values) {
    const read = readValue(key, value, index);
    if (read.kind === 'problem') return read;
    filters.push(...read.filters.map((filter) => ({ ...filter, exclude })));
    notes.push(...read.notes);
  }
  return { kind: 'ok', filters, notes };
}

function unknownKey(word: string, key: string): string {
  const listed = filterKeys.map((text) => ({ text, key: text }));
  const near = nearestWording(key, listed)?.key;
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  return `“${clip(word)}” is no filter of a digest.${meant} Filters are key:value with one of: ${filterKeys.join(', ')}. Example: sector:telecom country:iran`;
}

/** Values parted by commas; quotation marks keep together what stands in them. */
function valuesIn(text: string): readonly string[] {
  return (text.match(/"[^"]*"?|[^,|"]+/g) ?? [])
    .map((value) => value.replaceAll('"', '').trim())
    .filter((value) => value !== '');
}

function clip(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

function one(key: FilterKey, text: string, value: string, note?: string): Read {
  return {
    kind: 'ok',
    filters: [{ key, text, value, exclude: false }],
    notes: note === undefined ? [] : [note],
  };
}

function readValue(key: WrittenKey, text: string, index: SearchIndex | undefined): Read {
  switch (key) {
    case 'country':
    case 'region':
    case 'sector':
    case 'target':
    case 'motivation':
      return readListed(key, text);
    case 'kind': {
      const kinds = readDigestKinds(text);
      if (kinds.length === 0) {
        return problem(`“${clip(text)}” is no kind that is known. Kinds are: ${digestKinds.join(', ')}.`);
      }
      return {
        kind: 'ok',
        filters: kinds.map((kind) => ({ key: 'kind', text: kind, value: kind, exclude: false })),
        notes: [],
      };
    }
    case 'tlp': {
      const read = parseTlp(text);
      return read === undefined || read.unknown
        ? problem(`“${clip(text)}” is no marking. Accepted: ${tlpLevels.join(', ')}. Example: tlp:green`)
        : one(key, read.tlp, read.tlp);
    }
    case 'name':
    case 'source':
      return nameKey(text) === ''
        ? problem(`“${clip(text)}” is no ${key}. Example: ${filterExamples[key]}`)
        : one(key, text, key === 'name' ? text.slice(0, 200) : nameKey(text));
    case 'actor':
    case 'malware':
    case 'technique':
    case 'uses': {
      const named = readNamed(key, text, index);
      return named.kind === 'problem' ? named : one(key, named.text, nameKey(named.text), named.note);
    }
    default:
      return assertNever(key);
  }
}

/** Places, sectors and motives, by the reader of lists. */
function readListed(
  key: Extract<WrittenKey, 'country' | 'region' | 'sector' | 'target' | 'motivation'>,
  text: string,
): Read {
  const read = readFilterValue(key, text, emptyIndex);
  if (read.kind === 'problem') return problem(read.problem);
  if (read.kind === 'types') return problem(`“${clip(text)}” is no ${key}. Example: ${filterExamples[key]}`);
  const { condition, note } = read;
  const written = (value: string): string =>
    note !== undefined || (key === 'country' && isCountryCode(value)) ? wordingName(value) : text;
  if (condition.kind === 'country') return one('country', countryName(condition.code), condition.code, note);
  if (condition.kind === 'origin-region') return one('country', written(condition.key), condition.key, note);
  if (condition.kind === 'region' || condition.kind === 'sector')
    return one(condition.kind, written(condition.key), condition.key, note);
  if (condition.kind === 'motivation')
    return one(condition.kind, note === undefined ? text : condition.key, condition.key, note);
  return problem(`“${clip(text)}” cannot be read as a ${key} here. Example: ${filterExamples[key]}`);
}

/** The filters in their written form: `sector:telecom -source:misp-galaxy`. */
export function formatDigestFilters(filters: readonly DigestFilter[]): string {
  return filters
    .map(
      ({ key, text, exclude }) => `${exclude ? '-' : ''}${key}:${/[\s,|]/.test(text) ? `"${text}"` : text}`,
    )
    .join(' ');
}

/** What a digest may hold at most: what the place may see, and what its filters ask for (`tlp:green`: nothing above). */
export function digestCeiling(ceiling: Tlp, filters: readonly DigestFilter[]): Tlp {
  const asked = filters
    .filter(({ key, exclude }) => key === 'tlp' && !exclude)
    .flatMap(({ value }) => tlpLevels.find((level) => level === value) ?? []);
  const [first, ...others] = asked;
  if (first === undefined) return ceiling;
  const most = others.reduce<Tlp>((highest, level) => stricter(highest, level), first);
  return tlpLevels.indexOf(most) < tlpLevels.indexOf(ceiling) ? most : ceiling;
}
