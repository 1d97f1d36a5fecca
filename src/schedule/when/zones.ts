import { nearZones } from './near-zones.ts';
import { abbreviations, modernNames, otherCities } from './zone-names.ts';

export type ZoneReading =
  /** `words`: how many of the words name it. */
  | { readonly kind: 'zone'; readonly zone: string; readonly words: number }
  /** A zone is meant, but not one that can be told for sure; the problem says what to write. */
  | { readonly kind: 'bad'; readonly problem: string }
  | { readonly kind: 'none' };

/**
 * Reads a time zone at the beginning of some words: an IANA name in any case, with blanks or underscores
 * (`america/new york`), the city of one alone (`Berlin`), or UTC. An abbreviation such as EST or CET is refused with
 * the names to write, since it tells nothing of summer time or stands for several zones; so is a bare offset.
 */
export function readZone(words: readonly string[]): ZoneReading {
  const names = zoneTable();
  for (let count = Math.min(maxWords, words.length); count > 0; count -= 1) {
    const key = keyOf(words.slice(0, count));
    const zone = names.get(key) ?? linkedZone(key);
    if (zone === undefined) continue;
    return { kind: 'zone', zone, words: words[count]?.toLowerCase() === 'time' ? count + 1 : count };
  }
  const problem = words[0] === undefined ? undefined : problemOf(words[0]);
  return problem === undefined ? { kind: 'none' } : { kind: 'bad', problem };
}

/** The zone that a text names and nothing else; what is no zone gives a problem that says what to write. */
export function parseZone(
  text: string,
): { readonly ok: true; readonly zone: string } | { readonly ok: false; readonly problem: string } {
  const words = text
    .slice(0, maxChars)
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const reading = readZone(words);
  if (reading.kind === 'zone' && reading.words === words.length) return { ok: true, zone: reading.zone };
  return {
    ok: false,
    problem: reading.kind === 'bad' ? reading.problem : unknownZone(text.trim().slice(0, 60)),
  };
}

/** What the platform says of someone's zone, if it is one. */
export function knownZone(text: string | undefined): string | undefined {
  const parsed = text === undefined ? undefined : parseZone(text);
  return parsed?.ok === true ? parsed.zone : undefined;
}

const maxWords = 6;
const maxChars = 200;

function keyOf(words: readonly string[]): string {
  return words
    .join('_')
    .toLowerCase()
    .replace(/_?\/_?/g, '/')
    .slice(0, maxChars);
}

/** Every name by its key: whole names, and cities that only one zone is called after. */
function zoneTable(): ReadonlyMap<string, string> {
  const names = new Map<string, string>(fixedZones);
  const cities = new Map<string, string | undefined>();
  for (const listed of Intl.supportedValuesOf('timeZone')) {
    const zone = modernNames.get(listed) ?? listed;
    names.set(listed.toLowerCase(), zone).set(zone.toLowerCase(), zone);
    for (const name of new Set([listed, zone])) {
      const city = name.slice(name.lastIndexOf('/') + 1).toLowerCase();
      cities.set(city, cities.has(city) && cities.get(city) !== zone ? undefined : zone);
    }
  }
  for (const [city, zone] of [...cities, ...otherCities]) {
    if (zone !== undefined && !names.has(city)) names.set(city, zone);
  }
  return names;
}

const fixedZones: readonly (readonly [string, string])[] = [
  ['utc', 'UTC'],
  ['gmt', 'UTC'],
  ['z', 'UTC'],
  ['zulu', 'UTC'],
  ['etc/utc', 'UTC'],
];

/** A name that the list does not have, because it leads to another: `US/Eastern`. */
function linkedZone(key: string): string | undefined {
  if (!/^[a-z_]+\/[a-z0-9_/+-]+$/.test(key)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: key }).resolvedOptions();
    return modernNames.get(timeZone) ?? timeZone;
  } catch {
    return undefined;
  }
}

function problemOf(word: string): string | undefined {
  const zones = abbreviations.get(word.toLowerCase());
  if (zones !== undefined) {
    return `“${word.toUpperCase()}” does not say for sure which clocks are meant; name the zone: ${zones.join(' or ')}.`;
  }
  if (/^(?:(?:utc|gmt)[+-]\d|[+-]\d{1,2}(?::?\d\d)?$)/i.test(word)) {
    return `“${word.slice(0, 20)}” is an offset, which knows no summer time; name the zone, such as Europe/Berlin or UTC.`;
  }
  return /^[\p{L}_+-]+\/[\p{L}\d_/+-]*$/u.test(word) ? unknownZone(word.slice(0, 60)) : undefined;
}

function unknownZone(text: string): string {
  const near = nearZones(text.toLowerCase().replace(/\s+/g, '_'), zoneTable());
  const hint = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  return `“${text}” is no time zone.${hint} Accepted are IANA names such as Europe/Berlin, America/New_York or UTC.`;
}
