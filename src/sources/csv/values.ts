import { countryName, parseCountry } from '../../domain/country.ts';
import type { RecordMarking } from '../../domain/record.ts';
import { parseTlp } from '../../domain/tlp.ts';
import { looseDate } from '../misp-galaxy/loose-date.ts';
import { splitList } from '../split-list.ts';

const maxValues = 500;
const maxValueChars = 2048;

/** Words that stand for an empty cell. */
const nothing = /^(?:-+|n\/?a|none|null|unknown|\?+|tbd)$/i;

/** The values of a cell that may hold several. */
export function valuesIn(cell: string, split: string | undefined): readonly string[] {
  const separator = split ?? [';', '|', '\n'].find((mark) => cell.includes(mark)) ?? ',';
  return splitList(cell.slice(0, 100_000), separator)
    .map((value) => value.replace(/\s+/g, ' ').slice(0, maxValueChars).trim())
    .filter((value) => value !== '' && !nothing.test(value))
    .slice(0, maxValues);
}

/** The addresses of a cell: they may hold commas and semicolons, which part them only in front of the next address. */
export function addressesIn(cell: string, split: string | undefined): readonly string[] {
  if (split !== undefined) return valuesIn(cell, split);
  return cell
    .slice(0, 100_000)
    .split(/\s+/)
    .flatMap((token) => token.split(/[,;|](?=https?:\/\/)/i))
    .map((token) => token.replace(/[,;|]$/, '').slice(0, maxValueChars))
    .filter((token) => token !== '' && !nothing.test(token))
    .slice(0, maxValues);
}

/** A cell as one value; empty where it stands for nothing. */
export function valueOf(cell: string, maxChars: number): string {
  const text = cell.trim().slice(0, maxChars);
  return nothing.test(text) ? '' : text;
}

/** A date in the operator's format (`DD.MM.YYYY`), else in ISO or in words; undefined for a day that there is not. */
export function dateIn(cell: string, format: string | undefined): string | undefined {
  const text = cell.trim();
  if (format === undefined) {
    const isTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text);
    const found = looseDate(isTime ? text.slice(0, 10) : text);
    return found === undefined || !isDay(found) ? undefined : found;
  }
  const order = format.match(/Y+|M+|D+/g) ?? [];
  const pattern = order.map((part) => (part.startsWith('Y') ? String.raw`(\d{4})` : String.raw`(\d{1,2})`));
  const between = format.split(/Y+|M+|D+/);
  const source = pattern.map((part, index) => `${escaped(between[index] ?? '')}${part}`).join('');
  const match = new RegExp(`^${source}${escaped(between.at(-1) ?? '')}(?:$|[T ])`).exec(text.slice(0, 40));
  if (match === null) return undefined;
  const part = (letter: string): string | undefined =>
    match[order.findIndex((one) => one.startsWith(letter)) + 1]?.padStart(2, '0');
  const iso = [
    part('Y'),
    ...(format.includes('M') ? [part('M')] : []),
    ...(format.includes('D') ? [part('D')] : []),
  ].join('-');
  return isDay(iso) ? looseDate(iso) : undefined;
}

function escaped(text: string): string {
  return text.replace(/[.\\+*?()[\]{}^$|]/g, String.raw`\$&`);
}

/** True unless it is a day that its month has not. */
function isDay(iso: string): boolean {
  if (iso.length !== 10) return true;
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}

/** STIX 2.1's scale of words (appendix A: None, Low, Med, High). */
const confidenceWords: ReadonlyMap<string, number> = new Map([
  ['none', 0],
  ['low', 15],
  ['med', 50],
  ['medium', 50],
  ['moderate', 50],
  ['high', 85],
]);

/** 0–100 from a number, a percentage or a word; undefined for anything else. */
export function confidenceIn(cell: string): number | undefined {
  const text = cell.trim().toLowerCase();
  const word = confidenceWords.get(text);
  if (word !== undefined) return word;
  const number = /^(\d{1,3})(?:\.\d{1,6})?\s?%?$/.exec(text)?.[1];
  return number !== undefined && Number(number) <= 100 ? Number(number) : undefined;
}

/** The marking that a cell states; what TLP does not define counts as strict, and is told. */
export function markingIn(cell: string): RecordMarking | undefined {
  const text = cell.trim().slice(0, 60);
  if (text === '') return undefined;
  const found = parseTlp(`tlp:${text.replace(/^tlp\s?:\s?/i, '')}`);
  if (found === undefined) return undefined;
  return found.unknown ? { tlp: found.tlp, text, unknown: true } : { tlp: found.tlp };
}

export interface Place {
  readonly text: string;
  readonly country?: string;
}

/** A country by name or code, in any case; another text as it is. */
export function placeIn(value: string): Place {
  const country =
    parseCountry(value) ?? (/^[a-z]{2}$/i.test(value) ? parseCountry(value.toUpperCase()) : undefined);
  return country === undefined
    ? { text: value.slice(0, 200) }
    : { text: countryName(country.code), country: country.code };
}
