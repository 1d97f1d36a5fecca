import type { Card, Section } from '../cards/card.ts';
import type { Claim, Entity, Knowledge } from '../knowledge/types.ts';
import type { AboutQuestion, Aspect, Question, UsersOfQuestion } from '../questions/types.ts';
import type { Match } from '../search/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { answerActivity } from './activity.ts';
import { actorCard, type ComposedCard } from './actor-card.ts';
import { matchedEntity, toAnswerEntity } from './answer-entity.ts';
import { type AskedOf, aspectCard, type ReadSections, unusedSection } from './aspect-card.ts';
import { answerBehind } from './behind-answer.ts';
import { answerBreakdown } from './breakdown.ts';
import { answerCompare } from './compare.ts';
import { answerCompareSets } from './compare-sets.ts';
import type { AnswerContext } from './context.ts';
import { findDisagreements } from './disagreements.ts';
import { emptyAnswer } from './empty-answer.ts';
import { entityCard } from './entity-card.ts';
import { toFacts } from './facts.ts';
import { nothingWithheld } from './finish-card.ts';
import { answerIndicator } from './indicator-answer.ts';
import { answerIndicators } from './indicators-answer.ts';
import { indicatorsOf } from './indicators-of.ts';
import { answerBadFilter, answerList } from './list-answer.ts';
import { answerMatchTechniques } from './match-techniques.ts';
import { choiceCard, helpCard, notFoundCard, refusedCard, suggestCard } from './message-cards.ts';
import { answerNamedThings, hasSeveralNames } from './named-things.ts';
import { answerNews } from './news.ts';
import { withAskedName, withReading } from './sections/asked-name.ts';
import { reportIndicators } from './sections/indicators.ts';
import { tiedActors } from './tied-actors.ts';
import type { Answer, AnswerEntity } from './types.ts';
import { answerFollowUp, answerUnanswerable } from './unanswerable-answer.ts';
import { answerUnknownId } from './unknown-id-answer.ts';
import { usedMatch, usersOfCard } from './users-of-card.ts';
import { answerVerify } from './verify-answer.ts';
import { answerWhoCalls } from './who-calls-answer.ts';

/**
 * Answers a question from recorded facts: the entities, every fact that the card states with all its sources, and
 * the card. Nothing above the knowledge's ceiling is reached. Rejects only when the indicator store does.
 */
export async function answerQuestion(
  question: Question,
  text: string,
  context: AnswerContext,
): Promise<Answer> {
  const { knowledge, now } = context;
  switch (question.kind) {
    case 'about':
      return answerAbout(question, text, context);
    case 'users-of':
      return answerUsersOf(question, text, context);
    case 'compare':
      return answerCompare(question, text, context);
    case 'match-techniques':
      return answerMatchTechniques(question, text, context);
    case 'list':
      return answerList(question, text, context);
    case 'breakdown':
      return answerBreakdown(question, text, context);
    case 'compare-sets':
      return answerCompareSets(question, text, context);
    case 'bad-filter':
      return answerBadFilter(question, text, context);
    case 'choice':
      return answerChoice(question.matches, text, context);
    case 'suggest': {
      const { card, cites } = suggestCard(question.suggestions, question.text, knowledge, now);
      const suggestions = entitiesOf(question.suggestions, knowledge);
      if (suggestions.length === 0) return answerNotFound(question.text, text, context);
      return { ...base(text, 'suggest'), suggestions, facts: toFacts(cites.claims(), knowledge), card };
    }
    case 'not-found':
      return answerNotFound(question.text, text, context);
    case 'news':
      return answerNews(question, text, context);
    case 'who-calls':
      return answerWhoCalls(question, text, context);
    case 'activity':
      return answerActivity(question, text, context);
    case 'follow-up':
      return answerFollowUp(text, context);
    case 'unanswerable':
      return answerUnanswerable(question, text, context);
    case 'verify':
      return answerVerify(question, text, context);
    case 'behind':
      return answerBehind(question, text, context);
    case 'unknown-id':
      return answerUnknownId(question, text, context);
    case 'indicators':
      return answerIndicators(question, text, context);
    case 'indicator':
      return answerIndicator(question, text, context);
    case 'help':
      return { ...base(text, 'help'), card: helpCard(knowledge, now) };
    case 'refused':
      return { ...base(text, 'refused'), card: refusedCard(question.reason, knowledge, now) };
    default:
      return assertNever(question);
  }
}

function base(question: string, outcome: Answer['outcome']): Omit<Answer, 'card'> {
  return { question, outcome, answers: [], suggestions: [], facts: [], withheld: nothingWithheld };
}

async function answerAbout(
  { match, aspect, alsoNamed = [], ...askedOf }: AboutQuestion,
  text: string,
  context: AnswerContext,
): Promise<Answer> {
  const matched = matchedEntity(match, context.knowledge);
  return matched === undefined
    ? answerNotFound(text, text, context)
    : answerOne({ asked: matched, namesakes: alsoNamed, askedOf }, aspect, text, context);
}

/** The answer about an entity that a button names by its id; undefined where the audience may not see it. */
export async function answerEntity(
  id: string,
  aspect: Aspect,
  context: AnswerContext,
): Promise<Answer | undefined> {
  const entity = context.knowledge.entity(id);
  return entity === undefined
    ? undefined
    : answerOne({ asked: toAnswerEntity(entity), namesakes: [], askedOf: {} }, aspect, entity.name, context);
}

/** What is asked about, and what else has the name that was typed. */
interface Asked {
  readonly asked: AnswerEntity;
  readonly namesakes: readonly Match[];
  /** Further aspects, a number, a scope, words that were not used. */
  readonly askedOf: AskedOf;
}

async function answerOne(
  { asked, namesakes, askedOf }: Asked,
  aspect: Aspect,
  text: string,
  context: AnswerContext,
): Promise<Answer> {
  const { knowledge, now } = context;
  const entity = knowledge.entity(asked.id);
  if (entity === undefined) return answerNotFound(text, text, context);
  const withheld = knowledge.withheld(entity.id);
  if (aspect !== 'overview') {
    const read: ReadSections = [aspect, ...(askedOf.more ?? [])].includes('indicators')
      ? new Map([['indicators', await indicatorsOf(entity, context)]])
      : new Map();
    const whole = context.whole === true;
    const { card, composer } = aspectCard(entity, aspect, knowledge, now, whole, askedOf, read);
    const facts = toFacts(composer.cites.claims(), knowledge);
    return {
      ...base(text, 'answer'),
      answers: [asked],
      facts,
      withheld,
      card: withReading(card, entity, asked),
    };
  }
  const composed = await overview(entity, namesakes, context);
  const ties = entity.type === 'intrusion-set' ? [] : tiedActors(entity, knowledge);
  return {
    ...base(text, 'found'),
    answers: [asked, ...ties.map((tie) => toAnswerEntity(tie.actor))],
    facts: toFacts(allClaims(entity, composed, knowledge), knowledge, findDisagreements(entity, knowledge)),
    withheld,
    card: withReading(
      withUnused(withAskedName(composed.card, entity, asked.matched?.name, knowledge), askedOf),
      entity,
      asked,
    ),
  };
}

/** The card with the words of the question that were not used behind its first section. */
function withUnused(card: Card, askedOf: AskedOf): Card {
  const unused = unusedSection(askedOf);
  const [first, ...others] = card.sections;
  if (unused === undefined || first === undefined) return card;
  return { ...card, sections: [first, unused, ...others] };
}

/** The whole card of an entity, of whatever type. */
async function overview(
  entity: Entity,
  namesakes: readonly Match[],
  context: AnswerContext,
): Promise<ComposedCard> {
  const { knowledge, now } = context;
  const whole = context.whole === true;
  if (entity.type === 'intrusion-set')
    return actorCard(entity, knowledge, now, whole, namesakes, context.ours);
  const extra: readonly Section[] = entity.type === 'report' ? await reportIndicators(entity, context) : [];
  return entityCard(entity, knowledge, now, whole, extra);
}

/** Everything known about the entity and all that its card states of others. */
function allClaims(entity: Entity, { composer }: ComposedCard, knowledge: Knowledge): readonly Claim[] {
  const names = entity.names.flatMap((name) => name.claims);
  return [
    ...new Set([
      ...knowledge.claims(entity.id),
      ...names,
      ...knowledge.claimsAbout(entity.id),
      ...composer.cites.claims(),
    ]),
  ];
}

function answerUsersOf(question: UsersOfQuestion, text: string, context: AnswerContext): Answer {
  const { knowledge, now } = context;
  const { match, notes } = usedMatch(question, knowledge);
  const entity = knowledge.entity(match.entity.id);
  const matched = matchedEntity(match, knowledge);
  if (entity === undefined || matched === undefined) return answerNotFound(text, text, context);
  const { card, composer } = usersOfCard(entity, text, knowledge, now, context.whole === true, notes);
  const ties = tiedActors(entity, knowledge);
  const claims = new Set([...composer.cites.claims(), ...ties.flatMap((tie) => tie.claims)]);
  return {
    ...base(text, 'answer'),
    answers: [matched, ...ties.map((tie) => toAnswerEntity(tie.actor))],
    facts: toFacts([...claims], knowledge),
    withheld: knowledge.withheld(entity.id),
    card,
  };
}

function answerChoice(matches: readonly Match[], text: string, context: AnswerContext): Answer {
  const { knowledge, now } = context;
  const answers = entitiesOf(matches, knowledge);
  if (answers.length === 0) return answerNotFound(text, text, context);
  if (hasSeveralNames(matches)) return answerNamedThings(matches, text, context);
  const { card, cites } = choiceCard(matches, matches[0]?.matched.text ?? text, knowledge, now);
  return { ...base(text, 'ambiguous'), answers, facts: toFacts(cites.claims(), knowledge), card };
}

function answerNotFound(name: string, text: string, { knowledge, now }: AnswerContext): Answer {
  return emptyAnswer(text, 'not-found', notFoundCard(name, knowledge, now));
}

function entitiesOf(matches: readonly Match[], knowledge: Knowledge): readonly AnswerEntity[] {
  return matches.flatMap((match) => matchedEntity(match, knowledge) ?? []);
}
