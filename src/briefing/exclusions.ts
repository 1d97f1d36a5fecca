import { parseSector } from '../domain/sector.ts';

type Values = ReadonlySet<string>;

/** Territories whose attribution is one to the state as well, by ISO 3166-1 alpha-2. */
const territories: Readonly<Record<string, string>> = { HK: 'CN', MO: 'CN' };

/** True when two records name countries and none in common. */
export function countriesExclude(a: Values, b: Values): boolean {
  const state = (code: string): string => territories[code] ?? code;
  const theirs = new Set([...b].map(state));
  return ![...a].some((code) => theirs.has(state(code)));
}

const hedges =
  /\b(?:suspect(?:ed|s)?|possibl[ey]|likely|probabl[ey]|believed|alleged(?:ly)?|may be|might be|could be|appears? to|thought to|purported(?:ly)?|presum(?:ed|ably)|potential(?:ly)?|unconfirmed)\b/i;

/** True for words that leave an attribution open: "suspected Iranian". */
export function isHedged(text: string): boolean {
  return hedges.test(text.slice(0, 500));
}

/**
 * True when two beginnings, ISO dates of any precision, may be the same: in one year, or where both tell the month,
 * less than twelve months apart.
 */
export function canBeginTogether(a: string, b: string): boolean {
  if (a.slice(0, 4) === b.slice(0, 4)) return true;
  const [first, second] = [monthsOf(a), monthsOf(b)];
  return first !== undefined && second !== undefined && Math.abs(first - second) < 12;
}

function monthsOf(date: string): number | undefined {
  const match = /^(\d{4})-(\d{2})/.exec(date);
  return match === null ? undefined : Number(match[1]) * 12 + Number(match[2]);
}

/** What drives an actor, as far as the two exclude one another. */
type Drive = 'espionage' | 'gain';

const drives: readonly (readonly [Drive, RegExp])[] = [
  ['espionage', /espionage|spying|intelligence|information theft|state[- ]sponsored|surveillance/i],
  ['gain', /financ|monetary|profit|extortion|cyber ?crime|personal-gain|business email compromise/i],
];

/** True when one record knows espionage alone and the other gain alone. */
export function motivationsExclude(a: Values, b: Values): boolean {
  const [ours, theirs] = [drivesOf(a), drivesOf(b)];
  return ours.size === 1 && theirs.size === 1 && [...ours][0] !== [...theirs][0];
}

function drivesOf(texts: Values): ReadonlySet<Drive> {
  const found = new Set<Drive>();
  for (const text of texts) {
    const words = text.slice(0, 500);
    if (/\bnot\b|\bno\b|\bnon-/i.test(words)) continue;
    for (const [drive, pattern] of drives) if (pattern.test(words)) found.add(drive);
  }
  return found;
}

/** Sectors that hold others, so that they go with any. */
const wide = new Set([
  'multi-sector',
  'private-sector',
  'critical-infrastructure',
  'business-services',
  'industrial',
]);

/** Sectors that are one to many publishers. */
const close: readonly (readonly string[])[] = [
  [
    'government',
    'diplomacy',
    'military',
    'defense',
    'intelligence',
    'law-enforcement',
    'justice',
    'political-party',
    'intergovernmental',
  ],
  [
    'dissidents',
    'activists',
    'civil-society',
    'ngo',
    'journalists',
    'citizens',
    'religious',
    'media',
    'think-tanks',
  ],
  ['energy', 'electric', 'oil-gas', 'nuclear', 'water'],
  ['academia', 'education', 'research', 'think-tanks'],
  [
    'technology',
    'high-tech',
    'electronics',
    'semiconductor',
    'security',
    'telecommunications',
    'social-networks',
    'engineering',
  ],
  ['aerospace', 'aviation', 'defense', 'military', 'transport', 'maritime', 'logistics'],
  ['finance', 'cryptocurrency', 'insurance', 'accounting'],
  ['retail', 'hospitality', 'food', 'travel', 'tourism', 'casinos', 'gaming', 'entertainment'],
  ['healthcare', 'pharmaceutical', 'life-science'],
  ['manufacturing', 'automotive', 'chemical', 'construction', 'mining', 'engineering', 'electronics'],
];

const fewest = 2;

/** True when two records name two or more sectors each, and none of the one is, holds or is close to one of the other. */
export function sectorsExclude(a: Values, b: Values): boolean {
  const [ours, theirs] = [sectorsOf(a), sectorsOf(b)];
  if (ours.size < fewest || theirs.size < fewest) return false;
  if ([...ours, ...theirs].some((key) => wide.has(key))) return false;
  return ![...ours].some((key) => [...theirs].some((other) => isClose(key, other)));
}

/** Only sectors of the table are compared: of any other word nobody knows what it holds. */
function sectorsOf(texts: Values): ReadonlySet<string> {
  return new Set([...texts].flatMap((text) => parseSector(text)?.key ?? []));
}

function isClose(a: string, b: string): boolean {
  return a === b || close.some((group) => group.includes(a) && group.includes(b));
}
