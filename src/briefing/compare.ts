import type { Action, Item, Section } from '../cards/card.ts';
import { type ClearText, clearText, joinClear } from '../cards/clear-text.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { CompareQuestion } from '../questions/types.ts';
import type { Match } from '../search/types.ts';
import { matchedEntity } from './answer-entity.ts';
import { aspectTitles } from './aspect-texts.ts';
import { createCiteBook } from './cites.ts';
import { answerAlone } from './compare-alone.ts';
import { askedText } from './compare-asked.ts';
import { kindsFor } from './compare-kinds.ts';
import { namesSection, relationsSection } from './compare-links.ts';
import { type Comparison, compareIn } from './compare-overlap.ts';
import { isAlike, isSaidTogether, type Pair, pairsOf } from './compare-pair.ts';
import { againstSection, forSection, verdictText } from './compare-points.ts';
import { answerOneTwice, oneTwice } from './compare-same.ts';
import {
  aloneSections,
  cautionSection,
  disagreementsOf,
  overlapSection,
  pairsSection,
  sharedSections,
} from './compare-sections.ts';
import { choiceItems, compareText, leftItems, unknownAnswer, unknownItems } from './compare-unknown.ts';
import { type CompareParts, labelsOf, listed, withheldOf } from './compare-words.ts';
import type { AnswerContext } from './context.ts';
import { questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { clearName } from './names.ts';
import { plain } from './text.ts';
import type { Answer } from './types.ts';

/**
 * Two to five things side by side: what sources say of them together, what they share and how rare that is, what each
 * has alone, and what is recorded for and against a link. Nothing is concluded from it. A thing that stands there
 * twice is one, with the evidence; one alone is answered with those that overlap most.
 */
export function answerCompare(question: CompareQuestion, text: string, context: AnswerContext): Answer {
  const { knowledge } = context;
  const sides = sidesOf(question.matches, knowledge);
  const entities = [...new Set(sides.map(({ entity }) => entity))];
  const [first] = entities;
  if (first === undefined || (entities.length < 2 && (question.unknown ?? []).length > 0)) {
    return unknownAnswer(question, sides, text, context);
  }
  if (entities.length > 1) return answerSeveral(question, entities, sides, text, context);
  return sides.length > 1
    ? answerOneTwice(first, sides, question, text, context)
    : answerAlone(first, question, text, context);
}

/** A side as it was named, and what it is. */
export interface Side {
  readonly match: Match;
  readonly entity: Entity;
}

function sidesOf(matches: readonly Match[], knowledge: Knowledge): readonly Side[] {
  return matches.flatMap((match) => {
    const entity = knowledge.entity(match.entity.id);
    return entity === undefined ? [] : [{ match, entity }];
  });
}

function answerSeveral(
  question: CompareQuestion,
  entities: readonly Entity[],
  sides: readonly Side[],
  text: string,
  context: AnswerContext,
): Answer {
  const { knowledge, now } = context;
  const cites = createCiteBook(knowledge);
  const parts = { entities, labels: labelsOf(entities), knowledge, cites, whole: context.whole === true };
  const pairs = pairsOf(entities, knowledge);
  const comparisons = kindsFor(question.focus).flatMap((kind) => compareIn(kind, entities, knowledge) ?? []);
  const sections = [
    notesSection(question, sides, parts),
    verdictSection(question, pairs, parts, text),
    ...sectionsOf(question, pairs, comparisons, parts),
  ];
  const withheld = withheldOf(entities, knowledge);
  const card = finishCard(
    {
      title: titleFor(question, parts.labels),
      subtitle: [plain(typesText(entities))],
      sections,
      actions: actionsFor(question, entities, text),
      withheld,
      notice: comparisonNotice(entities, knowledge),
    },
    knowledge,
    now,
    cites,
  );
  return {
    question: text,
    outcome: 'answer',
    answers: answersOf(sides, knowledge),
    suggestions: [],
    facts: toFacts(cites.claims(), knowledge),
    withheld,
    card,
  };
}

function sectionsOf(
  { mode, focus }: CompareQuestion,
  pairs: readonly Pair[],
  comparisons: readonly Comparison[],
  parts: CompareParts,
): readonly (Section | undefined)[] {
  const isWhole = focus === 'all';
  const relations = isWhole || mode === 'links' ? relationsSection(pairs, parts) : undefined;
  const names = isWhole || mode === 'links' || focus === 'aliases' ? namesSection(pairs, parts) : undefined;
  const overlap = overlapSection(comparisons, parts);
  const isAnything = comparisons.length > 0 || names !== undefined;
  const shared = sharedSections(comparisons, parts);
  const links = isWhole
    ? [forSection(pairs, comparisons, parts), againstSection(pairs, comparisons, parts)]
    : [];
  const [forIt, againstIt] = links;
  const evidence = mode === 'links' ? [forIt, againstIt] : [];
  return [
    relations,
    names,
    ...evidence,
    overlap,
    isAnything || relations !== undefined ? undefined : nothingSection(parts),
    pairsSection(comparisons, parts),
    ...shared,
    ...(mode === 'links' ? [] : [forIt, againstIt]),
    ...(mode === 'compare' ? aloneSections(comparisons, parts) : []),
    isWhole ? disagreementsOf(parts) : undefined,
    overlap === undefined ? undefined : cautionSection(parts),
  ];
}

function nothingSection({ labels }: CompareParts): Section {
  const words = `No source here says anything of ${listed(labels)} in which they could be compared so.`;
  return { type: 'text', id: 'nothing', rank: 0, paragraphs: [[plain(words)]] };
}

/** Which owner of a shared name is meant, who else has it, what names nothing, and what stands there twice. */
function notesSection(
  question: CompareQuestion,
  sides: readonly Side[],
  parts: CompareParts,
): Section | undefined {
  const items: readonly Item[] = [
    ...choiceItems(question, parts),
    ...unknownItems(question, parts),
    ...leftItems(question),
    ...oneTwice(sides).map(
      ({ entity, names }): Item => ({
        text: [plain(`${listed(names.map((name) => `“${name}”`))} are one here: ${entity.name}.`)],
      }),
    ),
  ];
  return items.length === 0 ? undefined : { type: 'list', id: 'notes', rank: 0, items };
}

/** The answer in a sentence, where it is asked whether and how two things belong together. */
function verdictSection(
  { mode }: CompareQuestion,
  pairs: readonly Pair[],
  parts: CompareParts,
  text: string,
): Section | undefined {
  const [onlyPair, second] = pairs;
  const asked =
    mode === 'links' && onlyPair !== undefined && second === undefined
      ? askedText(onlyPair, parts, text)
      : [];
  if (asked.length > 0) return { type: 'text', id: 'verdict', rank: 0, paragraphs: [asked] };
  // Of many, those of whom nothing is said together are told in one line, further down.
  const alike = pairs.filter((pair) => isAlike(pair) && (pairs.length === 1 || isSaidTogether(pair)));
  if (mode !== 'links' || alike.length === 0) return undefined;
  const paragraphs = alike.map((pair) => verdictText(pair, parts));
  return { type: 'text', id: 'verdict', rank: 0, paragraphs };
}

const focusWords: Readonly<Record<Exclude<CompareQuestion['focus'], 'all'>, string>> = {
  ...aspectTitles,
  overview: 'all',
  aliases: 'names',
  references: 'reports',
  related: 'all',
  vulnerabilities: 'means',
  indicators: 'reports',
};

function titleFor({ mode, focus }: CompareQuestion, labels: readonly string[]): string {
  const names = listed(labels);
  const what = focus === 'all' ? '' : `: ${focusWords[focus]}`;
  if (mode === 'links') return `Links between ${names}${what}`;
  return mode === 'common' ? `What ${names} have in common${what}` : `${names} compared${what}`;
}

function typesText(entities: readonly Entity[]): string {
  const counts = Map.groupBy(entities, ({ type }) => type);
  return [...counts]
    .map(
      ([type, of]) =>
        `${of.length} ${(of.length === 1 ? entityTypeLabels[type].one : entityTypeLabels[type].many).toLowerCase()}`,
    )
    .join(' · ');
}

/** The question's own text, or one that asks the same by ids where that is too long for a button. */
function actionsFor(question: CompareQuestion, entities: readonly Entity[], text: string): readonly Action[] {
  const asked = questionActions(text);
  const actions = asked.length > 0 ? asked : questionActions(compareText(entities, question));
  if (question.mode === 'compare' || new Set(entities.map(({ type }) => type)).size > 1) return actions;
  const value = { verb: 'ask', question: compareText(entities, { mode: 'compare', focus: 'all' }) } as const;
  return [...actions, { type: 'command', label: 'Compare wholly', value }];
}

/** Each side as it was named; what stands there twice is told once. */
function answersOf(sides: readonly Side[], knowledge: Knowledge): Answer['answers'] {
  const seen = new Set<string>();
  return sides.flatMap(({ match, entity }) => {
    if (seen.has(entity.id)) return [];
    seen.add(entity.id);
    return matchedEntity(match, knowledge) ?? [];
  });
}

function comparisonNotice(entities: readonly Entity[], knowledge: Knowledge): ClearText {
  const names = entities.flatMap((entity) => clearName(entity, knowledge) ?? []);
  return names.length === entities.length
    ? clearText`${joinClear(names, clearText`, `)} side by side.`
    : clearText`A comparison.`;
}
