import type { Action, Item } from '../cards/card.ts';
import type { Entity } from '../knowledge/types.ts';
import type { UnanswerableQuestion, UnanswerableTopic } from '../questions/types.ts';
import { matchedEntity } from './answer-entity.ts';
import type { AnswerContext } from './context.ts';
import { askAction } from './entity-actions.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { exampleQuestions } from './message-cards.ts';
import { plain, shorten } from './text.ts';
import type { Answer } from './types.ts';

const reasons: Readonly<Record<UnanswerableTopic, string>> = {
  prediction:
    'What will happen, and whether you are a target, stands in no record. What was recorded can be asked.',
  incident:
    'Who did a single attack is answered only where a report says so. Ask for an actor, a campaign or a report by its name.',
  samples:
    'Samples, logs and incidents are not analysed here. Indicators and techniques that you found can be looked up: paste them.',
  defence: 'How to defend is not recorded here. What the other side uses is, and that is what to look for.',
  person: 'Who the people behind it are stands in no record here, nor how to reach them.',
  verdict: 'Records say where something was seen, and give no verdict.',
  number: 'Numbers of people, victims or money are not recorded here.',
  opinion:
    'Which is worse or better is an opinion, and none is recorded. What each uses and targets can be compared.',
  world:
    'Only threat actors, their software, techniques, campaigns, reports and indicators are recorded here.',
};

/** What can be asked instead, about a thing that was named: `{}` stands for it. */
const offers: Readonly<Record<UnanswerableTopic, readonly string[]>> = {
  prediction: ['sectors of {}', 'regions of {}', 'what is new on {}'],
  incident: ['campaigns of {}', 'reports on {}', 'who is {}'],
  samples: ['software of {}', 'techniques of {}', 'reports on {}'],
  defence: ['techniques of {}', 'software of {}', 'reports on {}'],
  person: ['attribution of {}', 'vendor names of {}', 'references of {}'],
  verdict: ['who is {}', 'reports on {}', 'techniques of {}'],
  number: ['sectors of {}', 'campaigns of {}', 'reports on {}'],
  opinion: ['techniques of {}', 'sectors of {}', 'who is {}'],
  world: ['who is {}', 'techniques of {}', 'reports on {}'],
};

/** Says that no record answers, and offers what can be asked about what was named; states nothing itself. */
export function answerUnanswerable(
  { topic, matches }: UnanswerableQuestion,
  text: string,
  { knowledge, now }: AnswerContext,
): Answer {
  const named = matches.flatMap(({ entity }) => knowledge.entity(entity.id) ?? []);
  const questions =
    named.length === 0
      ? exampleQuestions.slice(0, 4)
      : named
          .slice(0, 2)
          .flatMap((entity) => offers[topic].map((form) => form.replace('{}', nameIn(entity, named))));
  const items = questions.map((question): Item => ({ text: [{ text: question, style: 'code' }] }));
  const actions: readonly Action[] = questions
    .slice(0, 4)
    .map((question) => askAction(shorten(question, 60), question));
  return {
    question: text,
    outcome: 'refused',
    answers: [],
    suggestions: matches.flatMap((match) => matchedEntity(match, knowledge) ?? []),
    facts: [],
    withheld: nothingWithheld,
    card: finishCard(
      {
        title: 'Not recorded',
        sections: [
          { type: 'text', id: 'reason', rank: 0, paragraphs: [[plain(reasons[topic])]] },
          { type: 'list', id: 'offers', heading: 'What can be answered', rank: 1, items },
        ],
        actions,
        fallbackText: 'The question has no recorded answer.',
      },
      knowledge,
      now,
    ),
  };
}

/** The name, or where two of one name are offered, the id that tells them apart. */
function nameIn(entity: Entity, all: readonly Entity[]): string {
  const isShared = all.some((other) => other !== entity && other.name === entity.name);
  return isShared ? (entity.externalIds[0] ?? entity.id) : entity.name || labelOf(entity);
}

/** A follow-up in a conversation that spoke of nothing here, or not within a day. */
export function answerFollowUp(text: string, { knowledge, now }: AnswerContext): Answer {
  const reason =
    'This follows something, and nothing was asked here before that it could follow, or not within a day. Name what it is about.';
  const examples = ['tools of APT39', 'techniques of Lazarus Group', 'compare APT28 and APT29'];
  return {
    question: text,
    outcome: 'refused',
    answers: [],
    suggestions: [],
    facts: [],
    withheld: nothingWithheld,
    card: finishCard(
      {
        title: 'What is this about?',
        sections: [
          { type: 'text', id: 'reason', rank: 0, paragraphs: [[plain(reason)]] },
          {
            type: 'list',
            id: 'offers',
            heading: 'Questions that work',
            rank: 1,
            items: examples.map((question): Item => ({ text: [{ text: question, style: 'code' }] })),
          },
        ],
        actions: examples.map((question) => askAction(question, question)),
        fallbackText: 'The question follows nothing.',
      },
      knowledge,
      now,
    ),
  };
}
