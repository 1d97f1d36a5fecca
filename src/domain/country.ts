import { countryTable } from './country-table.ts';
import { nameKey } from './name-key.ts';

export interface Country {
  /** ISO 3166-1 alpha-2, upper case; `XK` for Kosovo. */
  readonly code: string;
  /** The common English name: "Iran", "North Korea", "Russia". */
  readonly name: string;
}

/** A country with where it stands in a text. */
export interface FoundCountry extends Country {
  /** Offsets into the text, in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

interface Entry extends Country {
  readonly alpha3: string;
  readonly names: readonly string[];
}

const entries: readonly Entry[] = countryTable
  .trim()
  .split('\n')
  .map((line) => {
    const [code = '', alpha3 = '', ...names] = line.split('|');
    return { code, alpha3, name: names[0] ?? '', names };
  });

/** Every country, by name. */
export const countries: readonly Country[] = entries
  .map(({ code, name }) => ({ code, name }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

const byCode = new Map<string, Country>();
const byKey = new Map<string, Country>();
for (const entry of entries) {
  const country: Country = { code: entry.code, name: entry.name };
  byCode.set(entry.code, country);
  byCode.set(entry.alpha3, country);
  for (const name of entry.names) {
    const key = nameKey(name);
    if (!byKey.has(key)) byKey.set(key, country);
  }
}

const maxNameChars = 100;
const maxNameWords = 7;
/** Words that a state puts before its name: tried after the whole text, so "Republic of Korea" is found first. */
const statePrefixes = [
  'the ',
  'republic of ',
  'kingdom of ',
  'state of ',
  'commonwealth of ',
  'government of ',
];

/**
 * Reads a text that is a country as a whole: a common or official name in any spelling ("Iran (Islamic Republic
 * of)", "Korea (Democratic People's Republic of)", "Viet Nam", "america"), a demonym ("Iranian"), or an ISO
 * 3166-1 code of two or three letters. Codes are read in upper case only, so that "in" and "it" are words;
 * the everyday short forms "usa", "uk", "uae", "dprk", "prc" are read in any case. Undefined for anything else,
 * "Korea" included, which names two states.
 */
export function parseCountry(text: string): Country | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > maxNameChars) return undefined;
  const coded = /^[A-Z]{2,3}$/.test(trimmed) ? byCode.get(trimmed) : undefined;
  if (coded !== undefined) return coded;
  const whole = lookUp(trimmed);
  if (whole !== undefined) return whole;
  const open = trimmed.search(/[(,]/);
  if (open <= 0) return undefined;
  const inBrackets = trimmed.slice(open);
  // "Bolivia (Plurinational State of)": a qualifier. "Iran, Iraq" is a list and no country.
  return /^(?:\(|,\s*(?:the\s+)?(?:[a-z']+\s+){0,4}of(?:\s+the)?$)/i.test(inBrackets)
    ? lookUp(trimmed.slice(0, open))
    : undefined;
}

function lookUp(text: string): Country | undefined {
  const found = byKey.get(nameKey(text));
  if (found !== undefined) return found;
  const lower = text.toLowerCase();
  for (const prefix of statePrefixes) {
    if (lower.startsWith(prefix)) return lookUp(text.slice(prefix.length));
  }
  return undefined;
}

/** The common English name of an alpha-2 code in any case; the code itself, upper case, when it is none. */
export function countryName(code: string): string {
  const upper = code.trim().toUpperCase();
  return byCode.get(upper)?.name ?? upper;
}

/** True for an ISO 3166-1 alpha-2 code, in upper case. */
export function isCountryCode(code: string): boolean {
  return code.length === 2 && byCode.has(code);
}

/**
 * The countries named in a prose text, in order, longest names first, each mention once. Linear in the length of
 * the text. A single word counts only when it begins with a capital letter, so that "turkey", "polish" and "chad"
 * in lower case are words; two-letter codes count only as "US" and "UK".
 */
export function findCountries(text: string): readonly FoundCountry[] {
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}.'’&-]*/gu)].map((match) => ({
    text: match[0],
    start: match.index,
  }));
  const found: FoundCountry[] = [];
  for (let at = 0; at < words.length; ) {
    const hit = longestAt(text, words, at);
    if (hit === undefined) at += 1;
    else {
      found.push(hit.country);
      at += hit.words;
    }
  }
  return found;
}

interface Word {
  readonly text: string;
  readonly start: number;
}

function longestAt(
  text: string,
  words: readonly Word[],
  at: number,
): { country: FoundCountry; words: number } | undefined {
  const first = words[at];
  if (first === undefined || !/^\p{Lu}/u.test(first.text)) return undefined;
  for (let count = Math.min(maxNameWords, words.length - at); count > 0; count -= 1) {
    const last = words[at + count - 1];
    if (last === undefined || last.start + last.text.length - first.start > maxNameChars) continue;
    for (const end of wordEnds(last)) {
      const slice = text.slice(first.start, end);
      // A line break or a list mark inside is no part of a name.
      if (/[\n;:/]/.test(slice)) continue;
      const country = count === 1 ? oneWord(slice) : byKey.get(nameKey(slice));
      if (country !== undefined) return { country: { ...country, start: first.start, end }, words: count };
    }
  }
  return undefined;
}

/** The end of a word without its possessive and the sentence's full stop, then as written. */
function wordEnds(word: Word): readonly number[] {
  const end = word.start + word.text.length;
  let bare = word.text.length;
  while (bare > 0 && ".'’&-".includes(word.text.charAt(bare - 1))) bare -= 1;
  if (/['’]s$/.test(word.text.slice(Math.max(0, bare - 2), bare))) bare -= 2;
  return bare === word.text.length ? [end] : [word.start + bare, end];
}

function oneWord(text: string): Country | undefined {
  if (text.length <= 3) {
    const key = text.replaceAll('.', '');
    return ['US', 'UK', 'USA', 'UAE', 'PRC', 'ROK', 'DRC', 'KSA'].includes(key)
      ? byKeyOrCode(key)
      : undefined;
  }
  return byKey.get(nameKey(text));
}

function byKeyOrCode(text: string): Country | undefined {
  return byKey.get(nameKey(text)) ?? byCode.get(text);
}
