import type { EntityType } from '../domain/entity-type.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { usedWord } from './used-words.ts';

/** What a list names. */
export interface ListItems {
  /** In the order named; matches with one `matched.text` carry one name. */
  readonly techniques: readonly Match[];
  readonly software: readonly Match[];
  /** What nothing here has, as written, each once. */
  readonly unknown: readonly string[];
  /** How many of `unknown` have the form of an id; the others are names. */
  readonly unknownIds: number;
  /** How many names and ids led to a technique, and to anything. */
  readonly techniqueCount: number;
  readonly count: number;
  /** How many of them mean nothing else in everyday words. */
  readonly telling: number;
  /** True where words stand among the names that are none. */
  readonly prose: boolean;
}

const listTypes: readonly EntityType[] = ['attack-pattern', 'malware', 'tool'];
/** Ids as people write them, with slips: `T1566`, `t1059/001`, `T15666`, `T1566.1`. */
const writtenId = /(?<![\p{L}\p{N}.])[ts]\d{4,5}(?:[./]\d{1,3})?(?![\p{L}\p{N}])/giu;
const techniqueId = /(?<![\p{L}\p{N}.])t\d{4}(?:[./]\d{3})?(?![\p{L}\p{N}])/giu;
const segmentBorder =
  /[,;|\n\r\t•·()[\]{}"“”]+|\s{1,20}[-–—*>/+]+\s+|(?:^|\s)(?:and|or|then|plus|&|with|also)(?=\s)/giu;
const listWords = new Set(
  `a an and all also any as at actors attack att&ck by etc following for from group groups in is list listed mitre of on
  or please seen some sub-technique sub-techniques technique techniques tactic tactics the their then these they this
  those tool tools ttp ttps use used uses using via we which who with malware software observed ids id saw were was
  match matching are them it have has`.split(/\s+/),
);
const maxSegments = 1_000;
const maxSegmentChars = 80;
const maxUnknownWords = 4;

/** How many different technique ids a text writes, known or not; counted no further than ten. */
export function techniqueIdCount(text: string): number {
  const ids = new Set<string>();
  for (const [id] of text.matchAll(techniqueId)) {
    ids.add(id.toUpperCase());
    if (ids.size >= 10) break;
  }
  return ids.size;
}

/** True for a text that might be a list and nothing else. */
export function isBareList(text: string): boolean {
  return /[,;|•]|\bt\d{4}|\sand\s/i.test(text);
}

interface Found {
  readonly matches: readonly Match[];
  readonly isTelling: boolean;
}

class Collector {
  readonly #found = new Map<string, Found>();
  readonly #ids = new Set<string>();
  readonly #unknownIds = new Map<string, string>();
  readonly #unknownNames = new Map<string, string>();
  prose = false;

  /** Takes what a name or an id leads to; what is there already, under whatever name, is not taken again. */
  take(matches: readonly Match[], isTelling: boolean): boolean {
    const fresh = matches.filter(({ entity }) => !this.#ids.has(entity.id));
    if (fresh.length < matches.length || fresh.length === 0) return false;
    for (const { entity } of fresh) this.#ids.add(entity.id);
    this.#found.set(fresh[0]?.entity.id ?? '', { matches: fresh, isTelling });
    return true;
  }

  miss(text: string, isId: boolean): void {
    const list = isId ? this.#unknownIds : this.#unknownNames;
    const key = text.toLowerCase();
    if (!list.has(key)) list.set(key, isId ? text.toUpperCase() : text);
  }

  items(): ListItems {
    const found = [...this.#found.values()];
    const isTechnique = ({ entity }: Match): boolean => entity.type === 'attack-pattern';
    const all = found.flatMap(({ matches }) => matches);
    return {
      techniques: all.filter(isTechnique),
      software: all.filter((match) => !isTechnique(match)),
      unknown: [...this.#unknownIds.values(), ...this.#unknownNames.values()],
      unknownIds: this.#unknownIds.size,
      techniqueCount: found.filter(({ matches }) => matches.some(isTechnique)).length,
      count: found.length,
      telling: found.filter(({ isTelling }) => isTelling).length,
      prose: this.prose,
    };
  }
}

/** Techniques and software in running text: ids, and names that mean nothing else. */
export function itemsInProse(text: string, index: SearchIndex): ListItems {
  const collector = new Collector();
  takeSpots(text, index, collector, false);
  collector.prose = true;
  return collector.items();
}

/** Techniques and software of a list, by ids and by names; each entry that is a name of nothing is told. */
export function itemsInList(text: string, index: SearchIndex): ListItems {
  const collector = new Collector();
  const rest = takeSpots(text, index, collector, true);
  const segments = new Set(rest.split(segmentBorder).map((segment) => segment.trim()));
  for (const segment of [...segments].slice(0, maxSegments)) takeSegment(segment, index, collector);
  return collector.items();
}

/** Takes ids, in prose names too; gives back the text with a mark in their place. Unknown ids are told. */
function takeSpots(text: string, index: SearchIndex, collector: Collector, onlyIds: boolean): string {
  const rest: string[] = [];
  let at = 0;
  const missed = (until: number): void => {
    const between = text.slice(at, until);
    for (const [id] of between.matchAll(writtenId)) collector.miss(id, true);
    rest.push(between.replace(writtenId, idMark));
  };
  for (const { start, end, matches } of index.spot(text)) {
    if (start < at) continue;
    const isId = matches.every(({ matched }) => matched.kind === 'id');
    if (onlyIds && !isId) continue;
    const listed = matches.filter(({ entity }) => listTypes.includes(entity.type));
    // In prose a name that an actor has, too, is the actor's.
    if (listed.length === 0 || (!isId && listed.length < matches.length)) continue;
    missed(start);
    collector.take(listed, true);
    rest.push(idMark);
    at = end;
  }
  missed(text.length);
  return rest.join('');
}

/** Stands where an id was taken. */
const idMark = ' \u0001 ';

function takeSegment(segment: string, index: SearchIndex, collector: Collector): void {
  const isBesideId = segment.includes('\u0001');
  const words = segment
    .replaceAll('\u0001', ' ')
    .replace(/(?<![\s:.?!*`'_<>=])[\s:.?!*`'_<>=]+$|^[\s:.?!*`'_<>=-]+/g, '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const named = withoutListWords(words);
  if (named.length === 0 || !/\p{L}/u.test(named.join(''))) return;
  const text = named.join(' ');
  if (text.length > maxSegmentChars || named.length > maxUnknownWords + 2) {
    collector.prose = true;
    return takeInside(named, index, collector);
  }
  const matches = listMatches(text, index);
  if (matches.length > 0) collector.take(matches, isTellingName(matches, named.length, index));
  else if (takeSideBySide(named, index, collector)) return;
  else if (isBesideId || named.length > maxUnknownWords) {
    collector.prose = true;
    takeInside(named, index, collector);
  } else collector.miss(text, false);
}

function withoutListWords(words: readonly string[]): readonly string[] {
  let [from, to] = [0, words.length];
  while (from < to && listWords.has((words[from] ?? '').toLowerCase())) from += 1;
  while (to > from && listWords.has((words[to - 1] ?? '').toLowerCase())) to -= 1;
  return words.slice(from, to);
}

/** Names of two and more words inside a longer piece of text, the longest first. */
function takeInside(words: readonly string[], index: SearchIndex, collector: Collector): void {
  const shown = words.slice(0, maxInsideWords);
  for (let from = 0; from < shown.length; from += 1) {
    for (let length = Math.min(5, shown.length - from); length > 0; length -= 1) {
      const text = shown.slice(from, from + length).join(' ');
      const matches = length > 1 ? exactMatches(text, index) : spottedMatches(text, index);
      if (matches.length === 0) continue;
      collector.take(matches, true);
      from += length - 1;
      break;
    }
  }
}

const maxInsideWords = 40;

/** "mimikatz psexec cobalt strike": nothing but names with nothing between them, each as recorded. */
function takeSideBySide(words: readonly string[], index: SearchIndex, collector: Collector): boolean {
  const found: (readonly Match[])[] = [];
  for (let from = 0; from < words.length; ) {
    const next = longestExact(words, from, index);
    if (next === undefined) return false;
    found.push(next.matches);
    from = next.to;
  }
  if (found.length < 2) return false;
  for (const matches of found) collector.take(matches, true);
  return true;
}

function longestExact(
  words: readonly string[],
  from: number,
  index: SearchIndex,
): { readonly matches: readonly Match[]; readonly to: number } | undefined {
  for (let to = Math.min(words.length, from + 5); to > from; to -= 1) {
    const text = words.slice(from, to).join(' ');
    const matches = to - from > 1 ? exactMatches(text, index) : spottedMatches(text, index);
    if (matches.length > 0) return { matches, to };
  }
  return undefined;
}

function exactMatches(text: string, index: SearchIndex): readonly Match[] {
  return listMatches(text, index).filter(
    ({ score, matched }) => score >= exactScore && matched.text.length >= text.length - 1,
  );
}

function spottedMatches(text: string, index: SearchIndex): readonly Match[] {
  const [spot] = index.spot(`also ${text} here`);
  return (spot?.matches ?? []).filter(({ entity }) => listTypes.includes(entity.type));
}

/** What a text names, of techniques and software; a near name counts where it is one of theirs. */
function listMatches(text: string, index: SearchIndex): readonly Match[] {
  const lookup = index.lookup(usedWord(text) ?? text, listTypes);
  const all = lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
  const first = all[0];
  if (first !== undefined && usedWord(text) !== undefined) return [first];
  if (first === undefined || text.length > 2 * first.matched.text.length + 3) return [];
  // A misspelt name is all that stands there; words beside it make it another's guess.
  if (first.score < exactScore && first.matched.text.length < text.length - 1) return [];
  const listed = all.filter(
    ({ entity, matched }) => matched.text === first.matched.text && listTypes.includes(entity.type),
  );
  // A name misspelt or shortened may fit several: only those that have one and the same name are all meant.
  const isOneName = listed.every(({ matched }) => matched.name === listed[0]?.matched.name);
  return first.score >= exactScore || isOneName ? listed : [];
}

const exactScore = 0.96;
/** Techniques of preparation have everyday names: "Software", "Email Addresses". */
const everydayTechnique = /^T(?:158[3-9]|159\d|160[0-8]|165[01])(?:\.|$)/;

export function isEverydayTechnique(externalIds: readonly string[]): boolean {
  return externalIds.some((id) => everydayTechnique.test(id));
}

function isTellingName(matches: readonly Match[], wordCount: number, index: SearchIndex): boolean {
  const [first] = matches;
  if (first === undefined) return false;
  if (index.spot(`also ${first.matched.text.toLowerCase()} here`).length > 0) return true;
  const isEveryday = matches.every(({ entity }) => isEverydayTechnique(entity.externalIds));
  return wordCount > 1 && !isEveryday;
}
