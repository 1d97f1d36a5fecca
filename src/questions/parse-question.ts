import type { EntityType } from '../domain/entity-type.ts';
import type { ParsedIndicator } from '../domain/indicator.ts';
import { readIndicator } from '../search/read-indicator.ts';
import { scores } from '../search/scores.ts';
import type { Lookup, Match, SearchIndex } from '../search/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { aspectIn } from './aspect-words.ts';
import { cleanQuestion, indicatorWords, maxQuestionLength } from './clean.ts';
import { createFollowUpForm } from './follow-up.ts';
import type { AskedText, Form } from './form.ts';
import { withoutKnownAddresses } from './known-address.ts';
import { parseActivity } from './parse-activity.ts';
import { parseBehind } from './parse-behind.ts';
import { parseBreakdown } from './parse-breakdown.ts';
import { parseCompare } from './parse-compare.ts';
import { parseCompareSets } from './parse-compare-sets.ts';
import { parseEntity, withAskedWords } from './parse-entity.ts';
import { parseIndicators } from './parse-indicators.ts';
import { listForm } from './parse-list.ts';
import { listFirstForm } from './parse-list-first.ts';
import { parseNews } from './parse-news.ts';
import { parseLongTechniques, parseTechniques } from './parse-techniques.ts';
import { usersOf } from './parse-users-of.ts';
import { parseVerify } from './parse-verify.ts';
import { parseWhoCalls } from './parse-who-calls.ts';
import { spelledOut } from './shorthand.ts';
import { helpPattern, type Template, templates, unfinishedPattern } from './templates.ts';
import type { Aspect, Question } from './types.ts';
import { parseUnanswerable } from './unanswerable.ts';
import { parseUnknownId } from './unknown-id.ts';

/** Longer texts are prose: no form of question is tried on them. */
const maxTemplateLength = 300;
/** From this score on a look-up rests on an exact name or id. */
const exactScore = 0.96;
/** From this score on it rests on a name with a slip. */
const misspeltScore = 0.92;

/**
 * Reads a question: first as a bare name or id, then as an indicator, then by the forms of question, last as a
 * sentence with a name in it. Never throws; empty and over-long texts are refused with a reason.
 */
export function parseQuestion(given: string, index: SearchIndex): Question {
  if (given.length > maxQuestionLength) return fromLongText(given, index);
  const text = withoutKnownAddresses(given, index);
  const cleaned = spelledOut(cleanQuestion(text));
  if (!/[\p{L}\p{N}]/u.test(cleaned.normalize('NFKC'))) {
    return text.includes('?') ? { kind: 'help' } : { kind: 'refused', reason: 'The question is empty.' };
  }
  if (helpPattern.test(cleaned)) return { kind: 'help' };
  if (unfinishedPattern.test(cleaned)) {
    return { kind: 'refused', reason: 'Say whom or what the question is about: a name, an alias or an id.' };
  }
  const asked: AskedText = { text, cleaned, bare: index.lookup(cleaned) };
  const inside = insideText(index);
  for (const form of forms) {
    const question = form(asked, inside);
    if (question !== undefined) return withoutAskedNames(question, cleaned, inside);
  }
  const question = withAskedWords(fromSentence(cleaned, inside, asked.bare), cleaned);
  if (question.kind === 'not-found') return { ...question, text: nameAskedFor(cleaned) };
  return withoutAskedNames(question, cleaned, inside);
}

/** Near names that are but the words of the question are none of an unknown name: “Malware” in "what malware does FIN77 use". */
function withoutAskedNames(question: Question, text: string, index: SearchIndex): Question {
  if (question.kind !== 'suggest') return question;
  const name = nameAskedFor(text);
  if (name === text || index.lookup(name).kind !== 'not-found') return question;
  const around = wordsOf(text.replace(name, ' '));
  const areAsked = question.suggestions.every(({ matched }) =>
    wordsOf(matched.name).every((word) => around.includes(word)),
  );
  return areAsked ? { kind: 'not-found', text: name } : question;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/\s+/);
}

/** The index for parts of a question: a plain word of a name means something only where it is the whole of a text. */
function insideText(index: SearchIndex): SearchIndex {
  return {
    ...index,
    lookup: (text, prefer) => {
      const lookup = index.lookup(text, prefer);
      const matches = matchesOf(lookup);
      return matches.length > 0 && matches.every(({ score }) => score === scores.loneWord)
        ? { kind: 'suggest', suggestions: matches }
        : lookup;
    },
  };
}

/** What a form of question takes for the name; the whole text where none fits. */
function nameAskedFor(text: string): string {
  if (text.length > maxTemplateLength) return text;
  const names = templates.flatMap(({ pattern }) => pattern.exec(text)?.groups?.['entity']?.trim() ?? []);
  return names.find((name) => name !== '' && name.split(' ').length <= 4) ?? text;
}

/** Of a text too long for a question only its techniques are read, where it names some. */
function fromLongText(text: string, index: SearchIndex): Question {
  const question = parseLongTechniques(text, index);
  if (question !== undefined) return question;
  const most = maxQuestionLength.toLocaleString('en');
  return { kind: 'refused', reason: `A question has at most ${most} characters.` };
}

const followUpForm = createFollowUpForm(readByForms);

/** Ways of reading a question, in the order in which they are tried: each leaves alone what is none of its kind. */
const forms: readonly Form[] = [
  ({ bare, cleaned }) => (isExactWhole(bare, cleaned) ? fromLookup(bare, 'overview', cleaned) : undefined),
  ({ cleaned }) => {
    const indicator = readIndicator(cleaned);
    return indicator === undefined ? undefined : indicatorQuestion(indicator);
  },
  ({ bare, cleaned }) => (isMisspeltWhole(bare, cleaned) ? fromLookup(bare, 'overview', cleaned) : undefined),
  parseUnknownId,
  parseIndicators,
  parseNews,
  parseWhoCalls,
  parseVerify,
  parseBreakdown,
  parseCompareSets,
  parseCompare,
  parseBehind,
  listFirstForm,
  parseEntity,
  parseTechniques,
  listForm,
  parseActivity,
  parseUnanswerable,
  followUpForm,
  ({ cleaned }, index) => {
    const question = fromTemplates(cleaned, index);
    return question === undefined ? undefined : withAskedWords(question, cleaned);
  },
];

/** A question by the forms alone: no name somewhere in a sentence, and nothing that points back. */
export function readByForms(text: string, index: SearchIndex): Question | undefined {
  const asked: AskedText = { text, cleaned: text, bare: index.lookup(text) };
  for (const form of forms) {
    const question = form === followUpForm ? undefined : form(asked, index);
    if (question !== undefined) return question;
  }
  return undefined;
}

function isExactWhole(lookup: Lookup, text: string): boolean {
  const first = firstOf(lookup);
  return first !== undefined && first.score >= exactScore && first.matched.text.length >= text.length - 1;
}

/** "operation sharpsooter": the whole question is one name with a slip, though a word of it asks for something elsewhere. */
function isMisspeltWhole(lookup: Lookup, text: string): boolean {
  if (lookup.kind !== 'found' || !/\s/.test(text)) return false;
  const { score, matched } = lookup.match;
  return score >= misspeltScore && matched.text.length >= text.length - 1;
}

/** The first form that fits and whose entity is found; else the first whose entity has near names. */
function fromTemplates(text: string, index: SearchIndex): Question | undefined {
  if (text.length > maxTemplateLength) return undefined;
  let fallback: Question | undefined;
  for (const template of templates) {
    const groups = template.pattern.exec(text)?.groups;
    const entity = groups?.['entity']?.trim();
    if (entity === undefined || entity === '') continue;
    const question = fromTemplate(template, entity, groups?.['aspect'], text, index);
    if (question === undefined) continue;
    if (question.kind !== 'suggest') return question;
    fallback ??= question;
  }
  return fallback;
}

function fromTemplate(
  template: Template,
  entity: string,
  aspectWords: string | undefined,
  text: string,
  index: SearchIndex,
): Question | undefined {
  const lookup = index.lookup(entity, template.prefer);
  if (template.intent === 'about') return aboutWhole(lookup, entity);
  if (lookup.kind === 'not-found') return undefined;
  if (template.intent === 'users-of') return usersOf(lookup, entity, text, index);
  const aspect =
    template.intent === 'aspect' ? refined(aspectIn(aspectWords ?? '') ?? 'overview', text) : template.intent;
  return fromLookup(isOfActors(aspect) ? index.lookup(entity, actorTypes) : lookup, aspect, entity);
}

/** "what is X": a name before an indicator of the same form (TEMP.Veles is no domain), an indicator before near names. */
function aboutWhole(lookup: Lookup, entity: string): Question | undefined {
  const first = firstOf(lookup);
  if (first !== undefined) {
    // "what malware does APT39 use these days" has words of its own around the name.
    const around = entity.replace(first.matched.text, ' ');
    return fromLookup(lookup, refined(aspectIn(around) ?? 'overview', around), entity);
  }
  const indicator = readIndicator(entity);
  if (indicator !== undefined) return indicatorQuestion(indicator);
  return lookup.kind === 'not-found' ? undefined : fromLookup(lookup, 'overview', entity);
}

const actorTypes: readonly EntityType[] = ['intrusion-set'];

/** "Country" alone may ask for the home or for the victims: the words around it tell. */
function refined(aspect: Aspect, text: string): Aspect {
  if (aspect === 'regions' && /\b(?:from|origin|behind|sponsor\w*|attributed)\b/i.test(text))
    return 'attribution';
  if (aspect === 'attribution' && /\b(?:target\w*|attack\w*|hit|victims?|active|operat\w+)\b/i.test(text))
    return 'regions';
  return aspect;
}

function isOfActors(aspect: Aspect): boolean {
  return aspect !== 'overview' && aspect !== 'aliases' && aspect !== 'reports' && aspect !== 'references';
}

/** A name inside a sentence that has no known form, with the aspect that the other words name. */
function fromSentence(text: string, index: SearchIndex, bare: Lookup): Question {
  const first = firstOf(bare);
  if (bare.kind !== 'found' && bare.kind !== 'ambiguous') {
    const indicator = indicatorWords(text)
      .map((word) => readIndicator(word))
      .find((parsed) => parsed !== undefined);
    if (indicator !== undefined) return indicatorQuestion(indicator);
  }
  const around = first === undefined ? text : text.replace(first.matched.text, ' ');
  const isShort = text.length <= maxTemplateLength;
  return fromLookup(bare, isShort ? refined(aspectIn(around) ?? 'overview', around) : 'overview', text);
}

function fromLookup(lookup: Lookup, aspect: Aspect, text: string): Question {
  switch (lookup.kind) {
    case 'found':
      return lookup.alsoNamed === undefined
        ? { kind: 'about', match: lookup.match, aspect }
        : { kind: 'about', match: lookup.match, aspect, alsoNamed: lookup.alsoNamed };
    case 'ambiguous':
      return { kind: 'choice', matches: lookup.matches, aspect };
    case 'suggest':
      return { kind: 'suggest', suggestions: lookup.suggestions, text };
    case 'not-found':
      return { kind: 'not-found', text };
    default:
      return assertNever(lookup);
  }
}

function matchesOf(lookup: Lookup): readonly Match[] {
  if (lookup.kind === 'found') return [lookup.match];
  return lookup.kind === 'ambiguous' ? lookup.matches : [];
}

function firstOf(lookup: Lookup): Match | undefined {
  return matchesOf(lookup)[0];
}

function indicatorQuestion({ value, lookupValues }: ParsedIndicator): Question {
  return { kind: 'indicator', value, lookupValues };
}
