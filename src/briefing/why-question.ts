import { nameKey } from '../domain/name-key.ts';
import type { Predicate } from '../domain/record.ts';
import type { Entity, EntityName, Knowledge } from '../knowledge/types.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import type { ClaimGroup } from './facts.ts';
import { factsMatching } from './why-facts.ts';

/** A question for the reasons behind what is shown, as understood. */
export type WhyQuestion =
  | WhyAbout
  /** The name that the question is about belongs to several. */
  | { readonly kind: 'choice'; readonly matches: readonly Match[]; readonly rest: string }
  | { readonly kind: 'nothing'; readonly text: string; readonly suggestions: readonly Match[] };

/** An entity, and what of it is in question. */
export interface WhyAbout {
  readonly kind: 'about';
  readonly entity: Entity;
  /** What of it is asked for, as typed; absent when the entity as a whole is. */
  readonly asked?: string;
  /** Names of the entity that are asked for. */
  readonly names: readonly EntityName[];
  /** Facts that say what is asked for. */
  readonly facts: readonly ClaimGroup[];
  /** Other entities that are asked for, or that carry the name. */
  readonly others: readonly Entity[];
}

export const maxWhyChars = 300;
const maxWords = 16;

/**
 * Reads what stands behind "why": an entity, or an entity and a name, a fact or another entity in either order, with
 * or without words between ("APT39 chafer", "is chafer APT39", "not APT34 OilRig", "APT39 uses Remexi").
 */
export function readWhy(text: string, index: SearchIndex, knowledge: Knowledge): WhyQuestion {
  const words = wordsOf(text);
  const whole = words.join(' ');
  if (words.length === 0 || text.length > maxWhyChars)
    return { kind: 'nothing', text: whole, suggestions: [] };
  const alone = exactMatches(withoutFillers(words), index);
  if (alone.length > 0) return fromWhole(alone, knowledge, whole);
  const best = bestReading(words, index, knowledge);
  if (best?.explains === true) return best.question;
  const spotted = fromSpots(whole, index, knowledge);
  if (spotted?.explains === true) return spotted.question;
  const unsaid = best ?? spotted;
  if (unsaid !== undefined) return unsaid.question;
  const near = index.lookup(withoutFillers(words).join(' '));
  const suggestions =
    near.kind === 'suggest'
      ? near.suggestions
      : near.kind === 'ambiguous'
        ? near.matches
        : near.kind === 'found'
          ? [near.match]
          : [];
  return { kind: 'nothing', text: whole, suggestions };
}

function wordsOf(text: string): readonly string[] {
  return text
    .slice(0, maxWhyChars)
    .replace(/[?!"“”„«»`*<>]/g, ' ')
    .replace(/(?<![.,;:])[.,;:]+(?=\s|$)/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, maxWords);
}

/** Words around the names that say how they are asked for. */
const fillers = new Set(
  `a again aka also an and another apart are as attributed be because been but by called calls considered different
  differ distinct do does did exploit exploited exploiting exploits from had has have in is isn't it its join joined
  kept known linked link located merge merged name named names not of on one or other parted same says say separate
  separated since similar target targeted targeting targets than that the they think this thought to together treated
  use used uses using was wasn't were when which who with you your aren't versus vs active activity motivated
  motivation merge one's apart`.split(/\s+/),
);

function withoutFillers(words: readonly string[]): readonly string[] {
  let [from, to] = [0, words.length];
  while (from < to && fillers.has((words[from] ?? '').toLowerCase())) from += 1;
  while (to > from && fillers.has((words[to - 1] ?? '').toLowerCase())) to -= 1;
  return words.slice(from, to);
}

/** What verbs between the names narrow the facts to. */
const hints: readonly (readonly [RegExp, readonly Predicate[]])[] = [
  [/\b(?:use[sd]?|using)\b/i, ['uses', 'exploits']],
  [/\b(?:target|targets|targeted|targeting)\b/i, ['targets-sector', 'targets-region']],
  [/\b(?:attributed|from|located)\b/i, ['attributed-to']],
  [/\b(?:exploit|exploits|exploited|exploiting)\b/i, ['exploits']],
  [/\b(?:since|active)\b/i, ['active-since', 'last-seen']],
  [/\b(?:motivated|motivation)\b/i, ['motivation']],
];

function hintOf(text: string): readonly Predicate[] | undefined {
  return hints.find(([pattern]) => pattern.test(text))?.[1];
}

/** The things that a text as a whole is a name or an id of; empty where it only resembles one. */
function exactMatches(words: readonly string[], index: SearchIndex): readonly Match[] {
  const text = words.join(' ');
  const key = nameKey(text);
  if (key === '') return [];
  const lookup = index.lookup(text);
  const matches =
    lookup.kind === 'found'
      ? [lookup.match, ...(lookup.alsoNamed ?? [])]
      : lookup.kind === 'ambiguous'
        ? lookup.matches
        : [];
  return matches.filter(({ matched }) => {
    const typed = nameKey(matched.text);
    // The look-up reads `misp:UUID` as the UUID.
    return matched.kind === 'id'
      ? typed === key || `misp${typed}` === key
      : typed === key && nameKey(matched.name) === key;
  });
}

function entitiesOf(matches: readonly Match[], knowledge: Knowledge): readonly Entity[] {
  return matches.flatMap(({ entity }) => knowledge.entity(entity.id) ?? []);
}

function fromWhole(matches: readonly Match[], knowledge: Knowledge, text: string): WhyQuestion {
  const actors = matches.filter(({ entity }) => entity.type === 'intrusion-set');
  const kind = actors.length > 0 ? actors : matches;
  // Who has it as the main name is meant; who else carries it is told beside that.
  const main = kind.filter(({ matched }) => matched.kind !== 'alias');
  const meant = main.length > 0 ? main : kind;
  const [entity, ...more] = entitiesOf(meant, knowledge);
  if (entity === undefined) return { kind: 'nothing', text, suggestions: [] };
  if (more.length > 0) return { kind: 'choice', matches: meant, rest: '' };
  const named = meant[0]?.matched;
  const names = named?.kind === 'alias' ? namesOf(entity, named.name) : [];
  return about(entity, names.length === 0 ? undefined : named?.name, names, [], []);
}

function about(
  entity: Entity,
  asked: string | undefined,
  names: readonly EntityName[],
  facts: readonly ClaimGroup[],
  others: readonly Entity[],
): WhyAbout {
  return { kind: 'about', entity, ...(asked === undefined ? {} : { asked }), names, facts, others };
}

function namesOf(entity: Entity, text: string): readonly EntityName[] {
  const key = nameKey(text);
  return entity.names.filter((name) => nameKey(name.text) === key);
}

interface Reading {
  readonly question: WhyQuestion;
  readonly score: number;
  /** True where something is known of what is asked for. */
  readonly explains: boolean;
}

/** Every place at which the words can be parted, with the subject on either side; the reading that explains most. */
function bestReading(
  words: readonly string[],
  index: SearchIndex,
  knowledge: Knowledge,
): Reading | undefined {
  const hint = hintOf(words.join(' '));
  const memo = new Map<string, readonly Match[]>();
  const match = (part: readonly string[]): readonly Match[] => {
    const text = part.join(' ');
    const known = memo.get(text) ?? exactMatches(part, index);
    memo.set(text, known);
    return known;
  };
  let best: Reading | undefined;
  for (let at = 1; at < words.length; at += 1) {
    const [left, right] = [withoutFillers(words.slice(0, at)), withoutFillers(words.slice(at))];
    if (left.length === 0 || right.length === 0) continue;
    for (const [subject, object, bonus] of [
      [left, right, 0.5],
      [right, left, 0],
    ] as const) {
      const reading = readParts(match(subject), object, match(object), hint, knowledge);
      if (reading === undefined) continue;
      const score = reading.score + bonus;
      if (best === undefined || score > best.score) best = { ...reading, score };
    }
  }
  return best;
}

function readParts(
  subjects: readonly Match[],
  object: readonly string[],
  objects: readonly Match[],
  hint: readonly Predicate[] | undefined,
  knowledge: Knowledge,
): Reading | undefined {
  const text = object.join(' ');
  const candidates = entitiesOf(subjects, knowledge).map((entity) =>
    readObject(entity, subjects, text, objects, hint, knowledge),
  );
  const [first] = candidates.toSorted((a, b) => b.score - a.score);
  if (first === undefined) return undefined;
  const equals = candidates.filter(({ score }) => score === first.score);
  if (equals.length === 1) return first;
  const meant = new Set(equals.map(({ entity }) => entity.id));
  const matches = subjects.filter(({ entity }) => meant.has(entity.id));
  const { explains } = first;
  return { question: { kind: 'choice', matches, rest: text }, score: first.score - 1, explains };
}

function readObject(
  entity: Entity,
  subjects: readonly Match[],
  text: string,
  objects: readonly Match[],
  hint: readonly Predicate[] | undefined,
  knowledge: Knowledge,
): Reading & { readonly entity: Entity } {
  const namesakes = subjects.filter(({ matched }) => matched.kind === 'name');
  const others = entitiesOf([...objects, ...namesakes], knowledge).filter(({ id }) => id !== entity.id);
  const isSame = objects.some((match) => knowledge.entity(match.entity.id)?.id === entity.id);
  const names = namesInQuestion(entity, subjects, text);
  const all = factsMatching(entity, text, knowledge);
  const hinted = hint === undefined ? all : all.filter(({ predicate }) => hint.includes(predicate));
  const facts = hinted.length === 0 ? all : hinted;
  const explained = names.length > 0 || facts.length > 0 || isSame ? 4 : others.length > 0 ? 3 : 0;
  const isMain = subjects.some((one) => one.entity.id === entity.id && one.matched.kind !== 'alias');
  // An actor is asked about more often than what it uses, a main name more often than an alias; a name of one thing
  // says more than one of several.
  const score =
    4 +
    explained +
    (entity.type === 'intrusion-set' ? 0.7 : 0) +
    (isMain ? 0.4 : 0) +
    (subjects.length > 1 ? -0.3 : 0);
  const distinct = [...new Set(others)];
  return { question: about(entity, text, names, facts, distinct), score, explains: explained > 0, entity };
}

/** Of "chafer APT39" and "APT39 chafer" the name that is not the main one; the main one where no other is meant. */
function namesInQuestion(entity: Entity, subjects: readonly Match[], text: string): readonly EntityName[] {
  const own = subjects.find((match) => match.entity.id === entity.id)?.matched;
  const asked = [...namesOf(entity, text), ...(own?.kind === 'alias' ? namesOf(entity, own.name) : [])];
  if (namesOf(entity, text).length === 0 && nameKey(text) !== nameKey(entity.name)) {
    return [];
  }
  const aliases = asked.filter(({ kind }) => kind === 'alias');
  return [...new Set(aliases.length > 0 ? aliases : asked)];
}

/** For whole sentences: the names that stand in them. */
function fromSpots(text: string, index: SearchIndex, knowledge: Knowledge): Reading | undefined {
  const [first, second] = index.spot(text);
  if (first === undefined) return undefined;
  const object = second === undefined ? text.slice(first.end) : text.slice(second.start, second.end);
  const words = withoutFillers(wordsOf(object));
  if (words.length === 0) {
    return { question: fromWhole(first.matches, knowledge, text), score: 0, explains: true };
  }
  return readParts(first.matches, words, second?.matches ?? [], hintOf(text), knowledge);
}
