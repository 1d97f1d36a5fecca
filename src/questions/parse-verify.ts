import type { EntityType } from '../domain/entity-type.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import type { Form } from './form.ts';
import type { Question, Supposed } from './types.ts';
import { verifyForms } from './verify-forms.ts';

const maxLength = 200;
/** A misspelt name is read where nothing else comes near. */
const minScore = 0.76;
const maxNameWords = 6;
const actorTypes: readonly EntityType[] = ['intrusion-set'];
const opening = /^(?:is|are|was|were|does|do|did|has|have|had|can|could)\s+/i;

/** Stands for the name in the forms of question. */
const slot = '§';

/**
 * Questions of yes and no about one actor: whether it targets a sector or a place, is from a country, is sponsored, has
 * a motive, or uses something. Its name stands behind the first word or at the end. What is supposed has to be known by
 * its words; other questions are left alone.
 */
export const parseVerify: Form = ({ cleaned }, index) => {
  const verb = opening.exec(cleaned)?.[0];
  if (cleaned.length > maxLength || verb === undefined || cleaned.includes(slot)) return undefined;
  const words = cleaned.slice(verb.length).split(' ');
  for (const { name, text } of slots(verb, words)) {
    const found = subjectOf(name, index);
    if (found.length === 0) continue;
    const supposed = read(text, index);
    if (supposed === undefined) continue;
    return answerable(found, supposed);
  }
  return undefined;
};

/** The text with the slot in place of each run of words that may be the name, long ones first. */
function* slots(
  verb: string,
  words: readonly string[],
): Generator<{ readonly name: string; readonly text: string }> {
  const most = Math.min(maxNameWords, words.length - 1);
  for (let count = most; count > 0; count -= 1) {
    const rest = words.slice(count).join(' ');
    yield { name: words.slice(0, count).join(' '), text: `${verb}${slot} ${rest}` };
  }
  for (let count = most; count > 0; count -= 1) {
    const rest = words.slice(0, -count).join(' ');
    yield { name: words.slice(-count).join(' '), text: `${verb}${rest} ${slot}` };
  }
}

/** Those that carry the name, where it is the whole text. */
function subjectOf(text: string, index: SearchIndex): readonly Match[] {
  const name = text.replace(/^(?:the )?(?:(?:threat )?(?:actor|group|gang) )?/i, '').trim();
  const lookup = index.lookup(name, actorTypes);
  const matches =
    lookup.kind === 'found' ? [lookup.match] : lookup.kind === 'ambiguous' ? lookup.matches : [];
  return matches.filter(({ score, matched }) => score >= minScore && matched.text.length >= name.length - 1);
}

function read(text: string, index: SearchIndex): Supposed | undefined {
  for (const { pattern, supposedOf } of verifyForms) {
    const groups = pattern.exec(text)?.groups;
    const supposed = groups === undefined ? undefined : supposedOf(groups['value']?.trim() ?? '', index);
    if (supposed !== undefined) return supposed;
  }
  return undefined;
}

function answerable(found: readonly Match[], supposed: Supposed): Question | undefined {
  const [match, second] = found;
  if (match === undefined) return undefined;
  return second === undefined
    ? { kind: 'verify', match, supposed }
    : { kind: 'choice', matches: found, aspect: 'overview' };
}
