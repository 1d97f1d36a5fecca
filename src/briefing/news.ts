import type { Action, Card, Item } from '../cards/card.ts';
import type { Claim, Entity } from '../knowledge/types.ts';
import type { NewsQuestion } from '../questions/types.ts';
import { matchedEntity } from './answer-entity.ts';
import { type AnswerContext, ceilingOf } from './context.ts';
import { type DiffInput, diffCard, diffEntity, diffQuestion } from './diff.ts';
import { diffAll, overallCard } from './diff-overview.ts';
import { parseWindow, type Span } from './diff-time.ts';
import { askAction } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { nothingWithheld } from './finish-card.ts';
import { choiceCard, refusedCard } from './message-cards.ts';
import { sinceInWords } from './since-words.ts';
import type { Answer } from './types.ts';

/** How far back "what is new" looks where nothing else is said. */
const defaultSince = '30d';

/**
 * What imports brought and took away since a time, about one thing or at all, by the composer of `diff`; the facts are
 * the statements of which the day of import is not recorded and that stand in for it.
 */
export async function answerNews(
  question: NewsQuestion,
  text: string,
  context: AnswerContext,
): Promise<Answer> {
  const { knowledge, now } = context;
  const parsed = parseWindow(sinceInWords(question.since ?? defaultSince, now), undefined, now);
  if (parsed.kind === 'bad') {
    return { ...base(text, 'refused'), card: refusedCard(parsed.problem, knowledge, now) };
  }
  const { window } = parsed;
  if (question.choices !== undefined) return chooseOne(question.choices, text, window, context);
  const input = await inputOf(window, context);
  if (question.match === undefined) {
    const diff = diffAll(input);
    return { ...base(text, 'answer'), withheld: diff.withheld, card: overallCard(diff, input) };
  }
  const matched = matchedEntity(question.match, knowledge);
  const entity = knowledge.entity(question.match.entity.id);
  if (matched === undefined || entity === undefined) {
    return {
      ...base(text, 'refused'),
      card: refusedCard('Nothing of that name may be told here.', knowledge, now),
    };
  }
  const diff = diffEntity(entity, input);
  const claims = diff.stated.flatMap(({ lines }) => lines.flatMap((line): readonly Claim[] => line.claims));
  const card = diffCard(diff, input);
  const isEmpty = diff.learned.length === 0 && diff.stated.length === 0;
  return {
    ...base(text, 'answer'),
    answers: [matched],
    facts: toFacts([...new Set(claims)], knowledge),
    withheld: diff.withheld,
    card: isEmpty ? withActions(card, nextSteps(entity, window, now)) : card,
  };
}

function base(question: string, outcome: Answer['outcome']): Omit<Answer, 'card'> {
  return { question, outcome, answers: [], suggestions: [], facts: [], withheld: nothingWithheld };
}

async function inputOf(window: Span, context: AnswerContext): Promise<DiffInput> {
  const { knowledge, history, now, whole } = context;
  const [changes, firstImports] = await Promise.all([
    history?.changes(window.from, window.to) ?? [],
    history?.firstImports() ?? new Map<string, number>(),
  ]);
  return {
    changes,
    knowledge,
    whole: history?.everything() ?? knowledge,
    ceiling: ceilingOf(context),
    window,
    firstImports,
    now,
    everything: whole === true,
  };
}

/** Where nothing changed: a longer time, and what is known at all. */
function nextSteps({ id, name }: Entity, { from }: Span, now: Date): readonly Action[] {
  const yearMs = 365 * 86_400_000;
  const longer: readonly Action[] =
    now.getTime() - from > yearMs ? [] : [askAction('Since a Year Ago', `diff ${id} since 365d`)];
  return [
    ...longer,
    askAction('Recent Reports', `reports on ${name}`),
    { type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: id } },
  ];
}

function withActions(card: Card, actions: readonly Action[]): Card {
  return { ...card, actions };
}

/** Several carry the name: whoever is chosen, their changes are shown. */
function chooseOne(
  choices: NonNullable<NewsQuestion['choices']>,
  text: string,
  window: Span,
  { knowledge, now }: AnswerContext,
): Answer {
  const { card, cites } = choiceCard(choices, choices[0]?.matched.text ?? text, knowledge, now);
  const sections = card.sections.map((section) =>
    section.type === 'list'
      ? { ...section, items: section.items.map((item) => newsItem(item, window, now)) }
      : section,
  );
  return {
    ...base(text, 'ambiguous'),
    answers: choices.flatMap((match) => matchedEntity(match, knowledge) ?? []),
    facts: toFacts(cites.claims(), knowledge),
    card: { ...card, sections },
  };
}

function newsItem(item: Item, window: Span, now: Date): Item {
  const { action } = item;
  if (action?.type !== 'command' || action.value.entity === undefined) return item;
  return { ...item, action: askAction(action.label, diffQuestion(window, now, action.value.entity)) };
}
