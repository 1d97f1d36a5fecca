import type { Action, Card, Item, Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Claim, Entity } from '../knowledge/types.ts';
import { assertNever } from '../support/assert-never.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { createComposer } from './composer.ts';
import { type AnswerContext, ceilingOf } from './context.ts';
import { askAction, questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { choiceCard, suggestCard } from './message-cards.ts';
import { namingNotice } from './names.ts';
import { plain, shorten } from './text.ts';
import type { Answer } from './types.ts';
import { decisionsSection, pastDecisions } from './why-decisions.ts';
import { howToSection } from './why-how-to.ts';
import { type WhyReport, whyReport } from './why-json.ts';
import { offersSection } from './why-offers.ts';
import { carriersOf, factsSections, namesSections, ownIdAsked, pairSections, summary } from './why-parts.ts';
import { readWhy, type WhyAbout } from './why-question.ts';
import { carriersSection, recordsSection, refusalsSection } from './why-sections.ts';

/** An answer to "why", with the same as data. */
export interface WhyAnswer extends Answer {
  /** Absent where the question led to no entity. */
  readonly why?: WhyReport;
}

/**
 * The reasons behind a join, a name or a fact: the rule that applied, the records on both sides, every claim with its
 * source, date, marking and confidence, what was refused, and what an operator decided. `text` is what stands behind
 * "why". What the ceiling hides is counted as for any other card. Rejects only when the store does.
 */
export async function answerWhy(text: string, context: AnswerContext): Promise<WhyAnswer> {
  const { knowledge, index, now } = context;
  const question = `why ${text}`;
  const read = readWhy(text, index, knowledge);
  const base = { question, suggestions: [], facts: [], withheld: nothingWithheld };
  switch (read.kind) {
    case 'about':
      return answerAbout(read, question, context);
    case 'choice': {
      const { card, cites } = choiceCard(read.matches, read.matches[0]?.matched.text ?? text, knowledge, now);
      const answers = read.matches.flatMap(({ entity }) => knowledge.entity(entity.id) ?? []);
      const rest = read.rest === '' ? '' : ` ${read.rest}`;
      return {
        ...base,
        outcome: 'ambiguous',
        answers: answers.map((entity) => toAnswerEntity(entity)),
        facts: toFacts(cites.claims(), knowledge),
        card: withQuestions(card, answers, rest),
      };
    }
    case 'nothing': {
      const suggestions = read.suggestions.flatMap(({ entity }) => knowledge.entity(entity.id) ?? []);
      if (suggestions.length === 0) {
        return { ...base, outcome: 'not-found', answers: [], card: nothingCard(read.text, context) };
      }
      const { card, cites } = suggestCard(read.suggestions, read.text, knowledge, now);
      return {
        ...base,
        outcome: 'suggest',
        answers: [],
        suggestions: suggestions.map((entity) => toAnswerEntity(entity)),
        facts: toFacts(cites.claims(), knowledge),
        card: withQuestions(card, suggestions, ''),
      };
    }
    default:
      return assertNever(read);
  }
}

/** The buttons of a choice ask "why" again, about the one that is meant. */
function withQuestions(card: Card, entities: readonly Entity[], rest: string): Card {
  let at = 0;
  const sections = card.sections.map((section): Section => {
    if (section.type !== 'list' || (section.id !== 'choice' && section.id !== 'suggestions')) return section;
    const items = section.items.map((item): Item => {
      const entity = entities[at];
      at += 1;
      if (entity === undefined) return item;
      const id = entity.externalIds[0] ?? entity.id;
      return { ...item, action: askAction(shorten(`Why ${entity.name}`, 60), `why ${id}${rest}`) };
    });
    return { ...section, items };
  });
  return { ...card, sections };
}

function nothingCard(text: string, { knowledge, now }: AnswerContext): Card {
  const said =
    text === ''
      ? 'Say what is in question: an actor, or an actor and a name, a fact or another actor.'
      : `No name or id here is in “${shorten(text, 200)}”.`;
  const examples = whyExamples.map((example): Item => ({ text: [{ text: example, style: 'code' }] }));
  return finishCard(
    {
      title: 'Nothing to explain',
      sections: [
        { type: 'text', id: 'nothing', rank: 0, paragraphs: [[plain(said)]] },
        { type: 'list', id: 'examples', heading: 'What can be asked', rank: 1, items: examples },
      ],
      actions: whyExamples.slice(0, 3).map((example) => askAction(example, example)),
      notice: clearText`There is nothing to explain.`,
    },
    knowledge,
    now,
  );
}

/** Questions that work on the bundled data. */
export const whyExamples: readonly string[] = [
  'why APT39',
  'why APT39 chafer',
  'why APT39 Iran',
  'why APT39 uses Remexi',
  'why not APT38 Lazarus Group',
];

async function answerAbout(about: WhyAbout, question: string, context: AnswerContext): Promise<WhyAnswer> {
  const { knowledge, now } = context;
  const { entity } = about;
  const history = (await context.decisionHistory?.()) ?? [];
  const past = pastDecisions(entity, history, knowledge, ceilingOf(context));
  const composer = createComposer(knowledge, entity, context.whole === true);
  const carriers = carriersOf(about, knowledge);
  const others = about.others.filter((other) => !carriers.some((carrier) => carrier.entity.id === other.id));
  const isWhole = ownIdAsked(about) !== undefined || (about.asked === undefined && about.names.length === 0);
  const isUnsaid =
    !isWhole && about.names.length === 0 && about.facts.length === 0 && about.others.length === 0;
  const sections: readonly (Section | undefined)[] = [
    paragraph('what', summary(about, composer)),
    ...namesSections(about, composer),
    ...factsSections(about, composer),
    ...(about.others[0] === undefined ? [] : pairSections(about.others[0], composer)),
    decisionsSection(past, composer),
    carriersSection(about.names[0]?.text ?? entity.name, carriers, composer),
    isWhole ? recordsSection(composer) : undefined,
    isWhole ? refusalsSection(composer) : undefined,
    isUnsaid ? offersSection(composer) : howToSection(about, others, knowledge),
  ];
  const kind = entityTypeLabels[entity.type].one;
  const card = finishCard(
    {
      title: titleOf(about),
      subtitle: [plain([kind, entity.externalIds[0]].filter((part) => part !== undefined).join(' · '))],
      sections,
      actions: [...wholeBriefing(entity), ...questionActions(question)],
      withheld: knowledge.withheld(entity.id),
      notice: namingNotice(
        entity,
        knowledge,
        (name) => clearText`Why ${name} is what it is.`,
        clearText`The reasons behind a briefing.`,
      ),
    },
    knowledge,
    now,
    composer.cites,
  );
  const claims: readonly Claim[] = composer.cites.claims();
  return {
    question,
    outcome: 'answer',
    answers: [entity, ...about.others].map((one) => toAnswerEntity(one)),
    suggestions: [],
    facts: toFacts(claims, knowledge),
    withheld: knowledge.withheld(entity.id),
    card,
    why: whyReport(about, past, knowledge),
  };
}

function titleOf({ entity, asked, names }: WhyAbout): string {
  const what = names.length === 1 ? names[0]?.text : asked;
  return what === undefined || what === entity.name
    ? `Why ${entity.name}`
    : `Why ${entity.name}: ${shorten(what, 80)}`;
}

function paragraph(id: string, text: Text): Section {
  return { type: 'text', id, rank: 0, paragraphs: [text] };
}

function wholeBriefing({ id }: Entity): readonly Action[] {
  return [{ type: 'command', label: 'Whole Briefing', value: { verb: 'brief', entity: id } }];
}
