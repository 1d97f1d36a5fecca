import type { EntityType } from '../domain/entity-type.ts';
import { readIndicator } from '../search/read-indicator.ts';
import type { Match, SearchIndex } from '../search/types.ts';
import { indicatorWords } from './clean.ts';
import { parseSoftwareKind } from './condition-software.ts';
import type { Form } from './form.ts';
import type { Question, Supposed } from './types.ts';
import { verifyForms } from './verify-forms.ts';
import { asYesOrNo } from './verify-wording.ts';

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
export const parseVerify: Form = ({ cleaned: asked }, index) => {
  if (asked.length > maxLength) return undefined;
  const cleaned = asYesOrNo(asked);
  const verb = opening.exec(cleaned)?.[0];
  if (verb === undefined || cleaned.includes(slot)) return undefined;
  const words = cleaned.slice(verb.length).split(' ');
  const indicator = tiedIndicator(words);
  if (indicator !== undefined) return indicator;
  for (const { name, text } of slots(verb, words)) {
    const found = subjectOf(name, index);
    if (found.length === 0) continue;
    const supposed = read(text, index);
    if (supposed.length === 0) continue;
    return answerable(found, supposed);
  }
  return softwareQuestion(cleaned, index) ?? unknownSubject(verb, words, index);
};

/** "is APT28 tied to 198.51.100.23": the reports that hold the value say whom they name. */
function tiedIndicator(words: readonly string[]): Question | undefined {
  const last = words.length < 2 ? undefined : indicatorWords(words.at(-1) ?? '')[0];
  const parsed = last === undefined ? undefined : readIndicator(last);
  return parsed === undefined || parsed.form === 'domain'
    ? undefined
    : { kind: 'indicator', value: parsed.value, lookupValues: parsed.lookupValues };
}

/** "does APT99 use Mimikatz": that nobody is called so is told first, whatever else is named. */
function unknownSubject(verb: string, words: readonly string[], index: SearchIndex): Question | undefined {
  const [name = '', ...others] = words;
  if (!coded.test(name) || others.length === 0) return undefined;
  const lookup = index.lookup(name);
  if (lookup.kind === 'found' || lookup.kind === 'ambiguous') return undefined;
  if (read(`${verb}${slot} ${others.join(' ')}`, index).length === 0) return undefined;
  return lookup.kind === 'suggest'
    ? { kind: 'suggest', suggestions: lookup.suggestions, text: name }
    : { kind: 'not-found', text: name };
}

/** A word of a number scheme. */
const coded = /^[a-z]{2,10}-?\d{1,5}$/i;

/** "is Emotet a banking trojan": what kind of thing a malware or a tool is. */
function softwareQuestion(text: string, index: SearchIndex): Question | undefined {
  const groups = kindForm.exec(text)?.groups;
  const [name, kind] = [groups?.['name'], groups?.['kind']];
  if (name === undefined || kind === undefined) return undefined;
  const lookup = index.lookup(name, softwareTypes);
  if (lookup.kind !== 'found' || lookup.match.score < exactScore) return undefined;
  const { match } = lookup;
  const isWhole = softwareTypes.includes(match.entity.type) && match.matched.text.length >= name.length - 1;
  const software = parseSoftwareKind(kind)?.key;
  const types = typesOf(kind);
  if (!isWhole || (software === undefined && types === undefined)) return undefined;
  return {
    kind: 'verify',
    match,
    supposed: {
      kind: 'is-a',
      types: types ?? [],
      ...(software === undefined ? {} : { software }),
      text: kind,
    },
  };
}

const exactScore = 0.96;
const softwareTypes: readonly EntityType[] = ['malware', 'tool'];
const kindForm =
  /^(?:is|are|was|were) (?<name>.{2,60}?) (?:(?:also|really|still) )?(?:an? |some |the |a kind of |a type of |a piece of )?(?<kind>[a-z][a-z -]{2,40})$/i;

function typesOf(kind: string): readonly EntityType[] | undefined {
  if (/^(?:malware|malicious software|trojan|virus|worm)$/i.test(kind)) return ['malware'];
  return /^(?:tools?|utility|legitimate tool|legitimate software|lolbin)$/i.test(kind) ? ['tool'] : undefined;
}

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

/** What is supposed; several where the last word lists several: "Japan and Taiwan". Empty where it cannot be read. */
function read(text: string, index: SearchIndex): readonly Supposed[] {
  for (const { pattern, supposedOf } of verifyForms) {
    const value = pattern.exec(text)?.groups?.['value']?.trim();
    const isFixed = value === undefined && pattern.test(text);
    if (value === undefined && !isFixed) continue;
    const whole = supposedOf(value ?? '', index);
    if (whole !== undefined) return [whole];
    const parts = (value ?? '').split(/,? (?:and|or|and\/or) |, ?| ?& /i).filter((part) => part !== '');
    const each =
      parts.length < 2 ? [] : parts.slice(0, maxParts).flatMap((part) => supposedOf(part, index) ?? []);
    if (each.length > 1 && each.length === parts.length) return each;
  }
  return [];
}

const maxParts = 5;

function answerable(found: readonly Match[], supposed: readonly Supposed[]): Question | undefined {
  const [match, second] = found;
  const [first, ...also] = supposed;
  if (match === undefined || first === undefined) return undefined;
  return second === undefined
    ? { kind: 'verify', match, supposed: first, ...(also.length === 0 ? {} : { also }) }
    : { kind: 'choice', matches: found, aspect: 'overview' };
}
