import { withoutTracking } from '../../domain/web-address.ts';

/** More than any description that is published; keeps what a hostile one costs within bounds. */
const maxReadChars = 32_768;

/** A `(Citation: NAME)` mark: the name of an external reference, as ATT&CK cites. */
const citationMark = /\(Citation:((?:[^()]|\([^()]*\))*)\)/g;

/** The names in a text's citation marks, in order, without repetition. */
export function citationsIn(text: string): readonly string[] {
  return [
    ...new Set(
      [...text.slice(0, maxReadChars).matchAll(citationMark)].map((match) => (match[1] ?? '').trim()),
    ),
  ].filter((name) => name !== '');
}

/**
 * A description as plain text: citation marks gone, markdown links to attack.mitre.org reduced to their words,
 * other links to "words (address)", HTML code marks gone. Paragraphs stay.
 */
export function plainText(text: string): string {
  return text
    .slice(0, maxReadChars)
    .replace(citationMark, '')
    .replace(/\[([^\][\n]{1,500})\]\(https?:\/\/attack\.mitre\.org[^)\s]{0,1000}\)/g, '$1')
    .replace(/\[([^\][\n]{1,500})\]\((https?:\/\/[^)\s]{1,1000})\)/g, '$1 ($2)')
    .replace(/<\/?code>/gi, '')
    .replace(/<br\s{0,5}\/?>/gi, '\n')
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/[ \t]([.,;])/g, '$1')
    .replace(/[ \t]\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The address when it is an absolute http or https URL, without what only tracks its readers; else undefined. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2048 || !/^https?:\/\//i.test(text.trim())) return undefined;
  return URL.canParse(text.trim()) ? withoutTracking(text.trim()) : undefined;
}

/**
 * The day of a STIX timestamp (`2018-11-01T04:00:00.000Z` → `2018-11-01`); undefined when it is no date, and outside the
 * years 1970 to 2099: "0001-01-01" and "9999-12-31" stand for no date.
 */
export function dayOf(text: string | undefined): string | undefined {
  const day = /^((?:19[789]|20\d)\d-\d{2}-\d{2})(?:T|$)/.exec(text ?? '')?.[1];
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

/** A timestamp in the one form already, of a day that every month has: nearly all are, and need no work. */
const plainTimestamp =
  /^(?:19[789]|20\d)\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** A STIX timestamp in one form (`2025-04-16T20:37:38.248Z`); undefined when it is none, or of years as in `dayOf`. */
export function timestamp(text: string | undefined): string | undefined {
  if (text === undefined || plainTimestamp.test(text)) return text;
  const time = Date.parse(text);
  const written = Number.isNaN(time) ? '' : new Date(time).toISOString();
  return /^(?:19[789]|20)/.test(written) ? written : undefined;
}

/** The first sentences of a plain text, at most `count`. */
export function firstSentences(text: string, count: number): readonly string[] {
  return text
    .split(/(?<=[.!?])\s+(?=[A-Z0-9\u201C"])/u)
    .slice(0, count)
    .map((sentence) => sentence.trim());
}

/** Lower-case words with hyphens, for the name of a source; at most 48 characters. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|(?<!-)-+$/g, '');
}
