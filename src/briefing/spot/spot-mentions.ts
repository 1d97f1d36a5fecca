import type { EntityType } from '../../domain/entity-type.ts';
import { nameKey, parseCveId } from '../../domain/name-key.ts';
import { derivedStixId, type StixId } from '../../domain/stix-id.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { createIndex } from '../../search/create-index.ts';
import { isSchemeNoun } from '../../search/naming-schemes.ts';
import type { Match, SearchEntity } from '../../search/types.ts';
import { WordClasses, wordFlags } from '../../search/word-classes.ts';
import { searchEntities } from '../search-entities.ts';
import { isAboutTheField, isCalledSo, isCompany } from './words.ts';

/** Something that a text names. */
export interface SpottedMention {
  readonly type: EntityType;
  readonly id: StixId;
  readonly name: string;
  /** True where the name alone is enough to make an entity of it: a CVE id, a name that others only mention too. */
  readonly create: boolean;
}

/** Finds what a text names; see `createSpotter`. */
export type Spotter = (text: string) => readonly SpottedMention[];

const spottedTypes: ReadonlySet<EntityType> = new Set([
  'intrusion-set',
  'malware',
  'tool',
  'attack-pattern',
  'campaign',
] as const);

/** Text beyond this is not read. */
const maxTextChars = 100 * 1024;

/**
 * Finds the actors, software, campaigns, techniques and vulnerabilities that a text names without doubt: each once, in
 * the order of the text. What is doubtful is left out, since a mention that is none is worse than one that is missed:
 * names that several things carry, names that are everyday words, techniques by a name of one word. Titles of reports
 * are no names. A CVE id needs not be known. Of more than 50 those that tell most are given.
 */
export function createSpotter(knowledge: Knowledge): Spotter {
  const entities = searchEntities(knowledge).filter(({ type }) => spottedTypes.has(type));
  const index = createIndex(entities);
  const carriers = carriersOf(entities);
  const words = new WordClasses();
  return (text) => {
    const read = withoutAddresses(text.slice(0, maxTextChars));
    const candidates = segmentsOf(read).flatMap(({ from, to }) =>
      index.spot(read.slice(from, to)).flatMap(({ start, end, matches }): Candidate[] => {
        const match = onlyMatch(matches, carriers, read, from + start, from + end);
        if (match === undefined) return [];
        const written = read.slice(from + start, from + end);
        const shape = shapeOf(written, match, words);
        const called = isCalledSo(read, from + start, from + end, match.entity.type);
        return [{ start: from + start, match, shape, called }];
      }),
    );
    return mentionsOf(candidates, read, knowledge);
  };
}

interface Candidate {
  readonly start: number;
  readonly match: Match;
  readonly shape: Shape;
  /** True where a word beside the name says what it names. */
  readonly called: boolean;
}

/**
 * How much a name says where it stands. `sure`: a technique's id, an actor's number, a vendor's two-word name. `name`:
 * written as a name and no everyday word, so that it counts in a text about the field. `weak`: may be something else.
 */
type Shape = 'sure' | 'name' | 'weak';

function shapeOf(written: string, { entity, matched }: Match, words: WordClasses): Shape {
  const isActor = entity.type === 'intrusion-set';
  if (matched.kind === 'id') return entity.type === 'attack-pattern' ? 'sure' : 'name';
  const key = nameKey(written);
  // A shortened name: "Netflix" of a ransomware that is recorded as "Netflix Ransomware".
  if (nameKey(matched.name) !== key && !isActor) return 'weak';
  if (isCompany(key) || written.length < 4) return 'weak';
  const parts = written.split(/[\s_-]+/).filter((part) => part !== '');
  const everyday = parts.filter((part) => isEveryday(part, words)).length;
  if (entity.type === 'attack-pattern') return parts.length > 1 && everyday < parts.length ? 'name' : 'weak';
  if (isActor && /\d/.test(written) && /\p{L}{2}/u.test(written)) return 'sure';
  const isCapitalised = parts.every((part) => /^[\p{Lu}\p{N}]/u.test(part));
  if (!isCapitalised && written !== matched.name) return 'weak';
  if (isActor && parts.length > 1 && isSchemeNoun((parts.at(-1) ?? '').toLowerCase())) return 'sure';
  if (everyday === parts.length)
    return isSettledPhrase(written, parts.length, entity, matched.name) ? 'name' : 'weak';
  // Software has many a by-name that is a common word or a person's: those count in a spelling of their own only.
  const isOwnSpelling = written === matched.name && /\p{Ll}\p{Lu}|^\p{Lu}{4,}$|\d/u.test(written);
  return isActor || matched.kind === 'name' || isOwnSpelling ? 'name' : 'weak';
}

/** "Cobalt Strike", "Silent Librarian": common words as ATT&CK, or who names actors, writes them together. */
function isSettledPhrase(written: string, words: number, entity: SearchEntity, recorded: string): boolean {
  if (words < 2 || written !== recorded) return false;
  return entity.type === 'intrusion-set' || entity.externalIds.some((id) => /^S\d{4}$/.test(id));
}

/** "0-Day" is as common as "day". */
function isEveryday(part: string, words: WordClasses): boolean {
  const letters = nameKey(part).replace(/\d+/g, '');
  return letters === '' || (words.flags(letters) & wordFlags.everyday) !== 0;
}

/** Names that stand by themselves make others credible: a text that names APT39 is about the field. */
function mentionsOf(
  candidates: readonly Candidate[],
  text: string,
  knowledge: Knowledge,
): readonly SpottedMention[] {
  const found = cvesIn(text);
  const isInField =
    found.length > 0 || candidates.some(({ shape }) => shape === 'sure') || isAboutTheField(text);
  for (const { start, match, shape, called } of candidates) {
    if (shape === 'weak' || (shape === 'name' && !called && !isInField)) continue;
    const { id, type, name } = match.entity;
    const create = knowledge.entities.get(id)?.mentionedOnly === true;
    found.push({ start, mention: { type, id, name, create } });
  }
  const mentions = new Map<StixId, SpottedMention>();
  for (const { mention } of found.sort((a, b) => a.start - b.start)) {
    if (!mentions.has(mention.id)) mentions.set(mention.id, mention);
  }
  return mostTelling([...mentions.values()]);
}

/** A text that names more than this is a list. */
const maxMentions = 50;

/** Of a list, those that tell most are kept. */
const order: readonly EntityType[] = ['intrusion-set', 'campaign', 'malware', 'tool', 'vulnerability'];

function mostTelling(mentions: readonly SpottedMention[]): readonly SpottedMention[] {
  if (mentions.length <= maxMentions) return mentions;
  const rank = ({ type }: SpottedMention): number =>
    order.includes(type) ? order.indexOf(type) : order.length;
  const kept = new Set([...mentions].sort((a, b) => rank(a) - rank(b)).slice(0, maxMentions));
  return mentions.filter((mention) => kept.has(mention));
}

interface Found {
  readonly start: number;
  readonly mention: SpottedMention;
}

function cvesIn(text: string): Found[] {
  return [
    ...text.matchAll(/(?<![\p{L}\p{N}-])CVE[-\u2010-\u2015]\d{4}[-\u2010-\u2015]\d{4,7}(?![\p{L}\p{N}])/giu),
  ].flatMap((match) => {
    const name = parseCveId(match[0]);
    if (name === undefined) return [];
    const id = derivedStixId('vulnerability', 'mention', name);
    return [{ start: match.index, mention: { type: 'vulnerability' as const, id, name, create: true } }];
  });
}

/** How many things carry a name, by its key: main names and aliases alike. */
function carriersOf(entities: readonly SearchEntity[]): ReadonlyMap<string, readonly SearchEntity[]> {
  const carriers = new Map<string, SearchEntity[]>();
  for (const entity of entities) {
    for (const key of new Set([entity.name, ...entity.aliases].map(nameKey))) {
      const known = carriers.get(key);
      if (known === undefined) carriers.set(key, [entity]);
      else known.push(entity);
    }
  }
  return carriers;
}

/** The one thing that carries the name; of several the one whose kind the word beside the name says. */
function onlyMatch(
  matches: readonly Match[],
  carriers: ReadonlyMap<string, readonly SearchEntity[]>,
  text: string,
  start: number,
  end: number,
): Match | undefined {
  const [match, ...others] = matches;
  if (match === undefined) return undefined;
  if (match.matched.kind === 'id') return others.length === 0 ? match : undefined;
  const all = carriers.get(nameKey(match.matched.name)) ?? [match.entity];
  if (others.length === 0 && all.length === 1) return match;
  const meant = all.filter(({ type }) => isCalledSo(text, start, end, type));
  const [only, ...more] = meant;
  return only === undefined || more.length > 0 ? undefined : { ...match, entity: only };
}

/** Addresses name pages, not what is on them. Blanks in their place keep the rest where it is. */
function withoutAddresses(text: string): string {
  return text.replace(/\S+/g, (token) => {
    const at = token.search(/h(?:tt|xx)ps?:\/\/|www\./i);
    if (at >= 0) return token.slice(0, at).padEnd(token.length);
    return /@[^@]{1,200}\.\p{L}/u.test(token) ? ' '.repeat(token.length) : token;
  });
}

const border = /[,;:()[\]{}|"“”«»/\n]|[.!?](?=\s)|\s[-–—](?=\s)/g;

/** The parts of a text between marks that no name goes over: "APT28, APT29" are two. */
function segmentsOf(text: string): readonly { readonly from: number; readonly to: number }[] {
  const segments: { from: number; to: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(border)) {
    if (match.index > from) segments.push({ from, to: match.index });
    from = match.index + match[0].length;
  }
  if (from < text.length) segments.push({ from, to: text.length });
  return segments;
}
