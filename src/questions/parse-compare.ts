import type { EntityType } from '../domain/entity-type.ts';
import { nameKey } from '../domain/name-key.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { aspectIn } from './aspect-words.ts';
import type { Form } from './form.ts';
import type { Frame } from './parse-compare-frame.ts';
import { frames, holdsMark, markings, mayCompare } from './parse-compare-frames.ts';
import {
  hasVersus,
  isListOfShort,
  isTechniqueName,
  isTelling,
  lookedUp,
  type Part,
  partsOf,
} from './parse-compare-parts.ts';
import { type Aspect, type CompareQuestion, type Question, usableTypes } from './types.ts';

const maxSides = 5;

/**
 * Reads questions that put things side by side: "compare X and Y", "X vs Y", "what do X and Y share", "links between
 * X, Y and Z", "are X and Y the same". Everyday sentences with "and" or "vs" are none: a name has to stand in them
 * that means nothing else, and where the words may ask for something else, nothing but names.
 */
export const parseCompare: Form = ({ cleaned }, index) => {
  const asked = cleaned.replace(/^(?:show|tell|explain to|teach)(?: me| us)? (?=what|which|how)/i, '');
  if (!mayCompare(asked)) return fromNamesAlone(asked, index);
  for (const { text, aspect } of markings(asked)) {
    for (const frame of frames) {
      const groups = frame.pattern.exec(text)?.groups;
      // Marked words are what is asked for, or a part of a name: then the text is read without the mark.
      if (groups === undefined || (groups['aspect'] === undefined) !== (aspect === undefined)) continue;
      const question = fromFrame(frame, groups, aspect, index);
      if (question !== undefined) return question;
    }
  }
  return fromBareNames(asked, index) ?? fromNamesAlone(asked, index);
};

/** "APT28 APT29 Turla": two to five actors with nothing around and nothing between them. */
function fromNamesAlone(text: string, index: SearchIndex): Question | undefined {
  const words = text.split(/\s+/);
  if (words.length < 2 || words.length > maxSides * maxNameWords || text.length > maxNamesAlone)
    return undefined;
  const parts: Part[] = [];
  for (let from = 0; from < words.length; ) {
    const next = longestName(words, from, index);
    if (next === undefined || parts.length === maxSides) return undefined;
    parts.push(next.part);
    from = next.to;
  }
  return parts.length > 1 && parts.every(isActor) ? fromNames('compare', 'all', parts, index) : undefined;
}

const maxNamesAlone = 200;

function longestName(
  words: readonly string[],
  from: number,
  index: SearchIndex,
): { readonly part: Part; readonly to: number } | undefined {
  for (let to = Math.min(words.length, from + maxNameWords); to > from; to -= 1) {
    const part = lookedUp(words.slice(from, to).join(' '), index, ['intrusion-set']);
    if (part.exact) return { part, to };
  }
  return undefined;
}

function fromFrame(
  frame: Frame,
  groups: Readonly<Record<string, string | undefined>>,
  aspect: string | undefined,
  index: SearchIndex,
): Question | undefined {
  const parts = (['list', 'last'] as const).flatMap((group): readonly Part[] => {
    const text = groups[group];
    return text === undefined || holdsMark(text)
      ? []
      : partsOf(text, index, frame.used === group ? usableTypes : []);
  });
  if (holdsMark(`${groups['list']}${groups['last']}`)) return undefined;
  const focus = focusOf(aspect);
  if (parts.length < 2) return frame.alone === true ? fromOneName(parts, focus, index) : undefined;
  if (frame.exact === true && !parts.every(({ exact }) => exact)) return undefined;
  if (frame.actors === true) return areActors(parts) ? fromSome(frame.mode, focus, parts, index) : undefined;
  return frame.strength === 'weak'
    ? fromNames(frame.mode, focus, parts, index)
    : fromSome(frame.mode, focus, parts, index);
}

/** Two actors at least, and beside them nothing but names that nobody has. */
function areActors(parts: readonly Part[]): boolean {
  const named = parts.filter(({ owners }) => owners.length > 0);
  const others = parts.filter(({ owners }) => owners.length === 0);
  return (
    named.length > 1 &&
    named.every((part) => part.rest === '' && isActor(part)) &&
    others.every(({ text }) => /^\p{Lu}/u.test(text) && text.split(/\s+/).length <= maxNameWords)
  );
}

function isActor({ owners }: Part): boolean {
  return owners.some(({ entity }) => entity.type === 'intrusion-set');
}

function focusOf(words: string | undefined): Aspect | 'all' {
  const aspect = words === undefined ? undefined : aspectIn(words);
  return aspect === undefined || aspect === 'overview' || aspect === 'references' ? 'all' : aspect;
}

/** "compare APT39": nobody to compare it with is named. */
function fromOneName(
  parts: readonly Part[],
  focus: Aspect | 'all',
  index: SearchIndex,
): Question | undefined {
  const [only] = parts;
  if (only === undefined || only.owners.length === 0 || only.rest !== '' || !isTelling(only, index))
    return undefined;
  return compareQuestion('compare', focus, parts);
}

/** Where every part is a name. */
function fromNames(
  mode: Frame['mode'],
  focus: Aspect | 'all',
  parts: readonly Part[],
  index: SearchIndex,
): Question | undefined {
  const isNamed = parts.every(({ owners, rest }) => owners.length > 0 && rest === '');
  return isNamed && parts.some((part) => isTelling(part, index))
    ? compareQuestion(mode, focus, parts)
    : undefined;
}

/** Where a comparison is asked for in so many words: a name that nobody has is told. */
function fromSome(
  mode: Frame['mode'],
  focus: Aspect | 'all',
  parts: readonly Part[],
  index: SearchIndex,
): Question | undefined {
  const isMeant =
    parts.every(isTechniqueName) ||
    parts.some((part) => part.owners.length > 0 && (isTelling(part, index) || isWrittenAsName(part)));
  const areNames = parts.every(
    ({ text, owners }) => owners.length > 0 || text.split(/\s+/).length <= maxNameWords,
  );
  return isMeant && areNames ? compareQuestion(mode, focus, parts) : undefined;
}

const maxNameWords = 5;

function isWrittenAsName({ text, exact }: Part): boolean {
  return exact && /^\p{Lu}/u.test(text);
}

/** "APT28 vs APT29", "APT28 and APT29", "APT28, APT29, APT39": nothing but names. */
function fromBareNames(written: string, index: SearchIndex): Question | undefined {
  // "apt28/apt29"; the slash of "T1059/001" stands before digits.
  const text = written.replace(/(?<=[^\s/])\/(?=[^\s/\d])/g, ' / ');
  const isOpposed = hasVersus(text);
  if (!isOpposed && !/[,;&+|]|\s\/\s|\b(?:and|or|with)\b/i.test(text)) return undefined;
  // "groups with mimikatz but not psexec" leaves one out.
  if (/\b(?:not|without|except|excluding)\s/i.test(text)) return undefined;
  if (!isListOfShort(text)) return undefined;
  const parts = partsOf(text, index);
  if (parts.length < 2) return undefined;
  if (!isOpposed && !(parts.every(({ exact }) => exact) && areOfOneKind(parts))) return undefined;
  return fromNames('compare', 'all', parts, index);
}

/** Actors with actors, or two things that actors use: three of those are a list to find their user by. */
function areOfOneKind(parts: readonly Part[]): boolean {
  const types = parts.map(({ owners }) => owners[0]?.entity.type);
  return (
    types.every((type) => type === 'intrusion-set') ||
    (types.length === 2 && (types.every(isSoftware) || types.every((type) => type === 'vulnerability')))
  );
}

function isSoftware(type: EntityType | undefined): boolean {
  return type === 'malware' || type === 'tool';
}

function compareQuestion(mode: Frame['mode'], focus: Aspect | 'all', all: readonly Part[]): Question {
  // A card holds so many; the others are told.
  const [parts, left] = [all.slice(0, maxSides), all.slice(maxSides)];
  const kind = prevailingType(parts);
  const matches: Match[] = [];
  const choices: (readonly Match[])[] = [];
  const taken = new Map<string, Match>();
  for (const { text, owners } of parts) {
    const known = taken.get(text.toLowerCase());
    const match = known ?? meant(owners, kind, matches, parts);
    if (match === undefined) continue;
    matches.push(match);
    taken.set(text.toLowerCase(), match);
    if (owners.length > 1 && known === undefined)
      choices.push([match, ...owners.filter((owner) => owner !== match)]);
  }
  const unknown = parts
    .filter(({ owners }) => owners.length === 0)
    .map(({ text, suggestions }) => ({ text, suggestions }));
  const question: CompareQuestion = {
    kind: 'compare',
    matches,
    mode,
    focus,
    ...(choices.length === 0 ? {} : { choices }),
    ...(unknown.length === 0 ? {} : { unknown }),
    ...(left.length === 0 ? {} : { left: left.map(({ text }) => text) }),
  };
  return question;
}

/** What the names that leave no choice are. */
function prevailingType(parts: readonly Part[]): EntityType | undefined {
  const types = parts.flatMap(({ owners }) =>
    owners.length === 1 ? owners.map(({ entity }) => entity.type) : [],
  );
  return types.every((type) => type === types[0]) ? types[0] : undefined;
}

/**
 * Of several owners of a name the one whose main name it is; else the one that is of the others' kind, and is none of the
 * others: in "Winnti and APT41" the first is not APT41. All owners are told, and each can be taken instead.
 */
function meant(
  owners: readonly Match[],
  type: EntityType | undefined,
  taken: readonly Match[],
  parts: readonly Part[],
): Match | undefined {
  if (owners.length < 2) return owners[0];
  const sure = new Set(
    parts.flatMap((part) => (part.owners.length === 1 ? part.owners.map(({ entity }) => entity.id) : [])),
  );
  for (const { entity } of taken) sure.add(entity.id);
  const ofKind = owners.filter(({ entity }) => type === undefined || entity.type === type);
  const pool = ofKind.length === 0 ? owners : ofKind;
  const mains = pool.filter(({ entity, matched }) => nameKey(entity.name) === nameKey(matched.text));
  const [main] = mains.filter(({ entity }) => mains.length === 1 || entity.type === 'intrusion-set');
  if (main !== undefined) return main;
  const others = pool.filter(({ entity }) => !sure.has(entity.id));
  const fitting = others.length === 0 ? pool : others;
  return fitting.find(({ matched }) => matched.kind === 'name') ?? fitting[0];
}
