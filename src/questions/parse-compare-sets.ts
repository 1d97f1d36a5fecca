import type { SearchIndex } from '../search/types.ts';
import { anyAspect, aspectIn } from './aspect-words.ts';
import { allOf, type Condition, leavesOf, notOf } from './condition.ts';
import type { Form } from './form.ts';
import { namesActors, readActorSet, readNamedActor } from './parse-actor-set.ts';
import type { ActorSet, Aspect, Question } from './types.ts';

const maxChars = 250;
const aspect = `(?<aspect>${anyAspect})`;
const sides = '(?<sides>.{3,200}?)';

/** Wordings that put two sets side by side, with the sides in one group. */
const patterns: readonly RegExp[] = [
  `(?:compare|contrast|comparing|compare and contrast) (?:the )?${aspect} (?:of|between|used by|for) ${sides}`,
  `(?:compare|contrast|comparing|compare and contrast) ${sides}(?: (?:by|in terms of|on|regarding) (?:their )?${aspect})?`,
  `(?:what (?:is|are) |what's |show(?: me)? |give me )?(?:the |a |any )*(?:main |key |biggest )*(?:comparison|differences?|similarit(?:y|ies)|overlaps?|commonalit(?:y|ies)|distinctions?)(?: and (?:differences?|similarities))?(?: (?:in|of) (?:the |their )?${aspect})? (?:between|of|among|for) ${sides}`,
  `how (?:do|does|are|is) ${sides} (?:differ|compare|different|overlap|similar)(?: (?:in|by) (?:their )?${aspect})?`,
  `how (?:do|does|are|is) (?<left>.{3,100}?) (?:differ from|compare (?:to|with)|different from|similar to) (?<right>.{3,100})`,
  `(?:what|which) (?:${aspect} )?(?:do|does) (?:both )?${sides} (?:have in common|share|both use|both target)`,
  `${sides}:? (?:by )?${aspect}`,
  sides,
].map((body) => new RegExp(`^(?:${body})$`, 'i'));
const joints = /(?<!\s)\s+(?:and|with|to|vs\.?|versus|v\.?|against)\s+|(?:(?<!\s)\s+)?,\s*/gi;
const versus = /\s(?:vs\.?|versus|v)\s/i;

/** "compare Iranian and Russian groups", "Chinese vs Russian APTs", "compare APT28 with other Russian groups". */
export const parseCompareSets: Form = ({ cleaned }, index) => {
  if (cleaned.length > maxChars || !/\s(?:and|with|to|from|vs\.?|versus|v\.?|against)\s/i.test(cleaned))
    return undefined;
  for (const [at, pattern] of patterns.entries()) {
    const groups = pattern.exec(cleaned)?.groups;
    if (groups === undefined) continue;
    // Nothing but the sides: only a sign of opposition says that they are to be compared.
    if (at >= patterns.length - 2 && !versus.test(cleaned)) continue;
    const found = pairOf(groups, index);
    if (found !== undefined) {
      return { kind: 'compare-sets', sides: found, focus: focusOf(groups['aspect']) } satisfies Question;
    }
  }
  return undefined;
};

function focusOf(words: string | undefined): Aspect | 'all' {
  const found = words === undefined ? undefined : aspectIn(words);
  return found === undefined || found === 'overview' || found === 'references' ? 'all' : found;
}

function pairOf(
  groups: Readonly<Record<string, string | undefined>>,
  index: SearchIndex,
): readonly [ActorSet, ActorSet] | undefined {
  const { left, right, sides: both } = groups;
  if (left !== undefined && right !== undefined) return readPair(left, right, index);
  for (const joint of (both ?? '').matchAll(joints)) {
    const pair = readPair(
      (both ?? '').slice(0, joint.index),
      (both ?? '').slice(joint.index + joint[0].length),
      index,
    );
    if (pair !== undefined) return pair;
  }
  return undefined;
}

function readPair(
  left: string,
  right: string,
  index: SearchIndex,
): readonly [ActorSet, ActorSet] | undefined {
  const named = [readNamedActor(left, index), readNamedActor(right, index)];
  const [a, b] = [named[0] ?? readActorSet(left, index), named[1] ?? readActorSet(right, index)];
  // Two names are compared by themselves, and nothing with everything says nothing.
  if (a === undefined || b === undefined || (named[0] !== undefined && named[1] !== undefined))
    return undefined;
  if (isEmpty(a.where) || isEmpty(b.where)) return undefined;
  const isMeant = namesActors(left) || namesActors(right) || (isOrigin(a.where) && isOrigin(b.where));
  if (!isMeant || JSON.stringify(a.where) === JSON.stringify(b.where)) return undefined;
  // "APT28 with other Russian groups"
  if (named[0] !== undefined) return [a, without(b, a.where)];
  return named[1] === undefined ? [a, b] : [without(a, b.where), b];
}

function without(set: ActorSet, other: Condition): ActorSet {
  return { ...set, where: allOf([set.where, notOf(other)]) };
}

function isEmpty(condition: Condition): boolean {
  return condition.kind === 'and' && condition.of.length === 0;
}

function isOrigin(condition: Condition): boolean {
  return leavesOf(condition).every(({ leaf }) => leaf.kind === 'country' || leaf.kind === 'origin-region');
}
