import type { SearchIndex } from '../search/types.ts';
import { allOf } from './condition.ts';
import { entityCondition } from './filter-values.ts';
import { readSentence } from './parse-list-sentence.ts';
import type { ActorSet } from './types.ts';

/** Longer texts are prose. */
const maxSetChars = 200;
const nouns =
  /\b(?:actors?|groups?|apts?|gangs?|hackers?|adversar(?:y|ies)|crews?|intrusion sets?|attackers?|threats?|spies|(?:cyber ?)?criminals|hacktivists?|operators|users)\b/i;

/** A set of actors in words: "Iranian groups targeting telecom", "actors", "APTs from Russia that use Mimikatz". */
export function readActorSet(text: string, index: SearchIndex): ActorSet | undefined {
  const words = text.trim();
  if (words.length > maxSetChars) return undefined;
  if (words === '') return everyone;
  const read = readSentence(words, index, true);
  if (read !== undefined) {
    const isActors = read.types.join() === 'intrusion-set';
    return isActors ? { where: read.where, notes: read.notes } : undefined;
  }
  // "threat actors": with a condition that is taken out again the words must be readable by themselves.
  const probe = namesActors(words) ? readSentence(`${words} from Iran`, index, true) : undefined;
  return probe?.where.kind === 'country' ? { where: everyone.where, notes: probe.notes } : undefined;
}

const everyone: ActorSet = { where: allOf([]), notes: [] };

/** True where the words have a noun for actors. */
export function namesActors(text: string): boolean {
  return nouns.test(text);
}

/** One actor by its exact name as a set of one. */
export function readNamedActor(text: string, index: SearchIndex): ActorSet | undefined {
  const lookup = index.lookup(text.trim(), ['intrusion-set']);
  const matches =
    lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
  const actors = matches.filter(({ entity }) => entity.type === 'intrusion-set');
  const [first] = actors;
  if (first === undefined || first.matched.text.length < text.trim().length - 1) return undefined;
  return { where: entityCondition(actors), notes: [] };
}
