import type { Action, Item, Section } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import type { StixId } from '../domain/stix-id.ts';
import { stricter, type Tlp } from '../domain/tlp.ts';
import type { Claim, Knowledge, Withheld } from '../knowledge/types.ts';
import { allOf, type Condition, formatCondition, requiredParts } from '../questions/condition.ts';
import { filterExamples, listFilterKeys } from '../questions/filter-keys.ts';
import { nearestWording } from '../questions/filter-near.ts';
import type { BadFilterQuestion, ListQuestion } from '../questions/types.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { createCiteBook } from './cites.ts';
import { take } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { askAction, questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { attackIdOf } from './labels.ts';
import { evaluateList } from './list-evaluate.ts';
import { listItem } from './list-items.ts';
import { listNotes } from './list-notes.ts';
import { type ListedEntity, rankListed } from './list-rank.ts';
import { unknownSources } from './list-sources.ts';
import { conditionWords, countedTypes } from './list-words.ts';
import { rarityOf } from './rarity.ts';
import { plain, shorten } from './text.ts';
import type { Answer } from './types.ts';

const linesShown = 10;
/** A card holds no more, however many were asked for; the rest is counted. */
const mostShown = 50;

/** Everything that fits, ranked, with what made it fit; or what to leave out where nothing does. */
export function answerList(question: ListQuestion, text: string, context: AnswerContext): Answer {
  const { knowledge, now } = context;
  const [unknown] = unknownSources(question.where, knowledge);
  if (unknown !== undefined) return answerBadFilter(unknownSource(unknown, knowledge), text, context);
  const ranked = rankListed(evaluateList(question.types, question.where, knowledge, now), knowledge);
  const sorted = question.isRarestFirst === true ? rarestFirst(ranked, knowledge) : ranked;
  // "top 10": so many were asked for, and how many fit is told.
  const lines = sorted.slice(0, question.limit ?? sorted.length);
  const cites = createCiteBook(knowledge);
  const { shown, total } = take(
    { whole: context.whole === true },
    lines,
    Math.min(question.limit ?? linesShown, mostShown),
  );
  const items = shown.map((line) => listItem(line, { knowledge, cites }));
  const fit = countedTypes(sorted.length, question.types);
  const count = lines.length < sorted.length ? `${lines.length} of ${fit}` : fit;
  const words = { knowledge, types: question.types };
  const reading = `Read as: ${countedTypes(2, question.types).slice(2)} ${conditionWords(question.where, words)}`;
  const notes = listNotes(question, lines, knowledge, now);
  const card = finishCard(
    {
      title: count,
      subtitle: [plain(shorten(reading.trim(), 400))],
      sections: [
        lines.length === 0
          ? nothingSection(question)
          : { type: 'list', id: 'matches', heading: 'Listed', rank: 0, items, ...total },
        lines.length === 0 ? dropSection(question, context) : undefined,
        notes.length === 0
          ? undefined
          : {
              type: 'text',
              id: 'reading',
              heading: 'How it was read',
              rank: 1,
              paragraphs: notes.map((note) => [plain(note)]),
            },
      ],
      actions: [...questionActions(text), ...otherReadings(question, context)],
      withheld: withheldOf(lines, knowledge),
      notice: lines.length === 0 ? clearText`Nothing fits.` : clearText`A list from recorded facts.`,
    },
    knowledge,
    now,
    cites,
  );
  const claims = new Set([...cites.claims(), ...factClaims(lines, shown)]);
  return {
    question: text,
    outcome: 'answer',
    answers: lines.map(({ entity }) => toAnswerEntity(entity)),
    suggestions: [],
    facts: toFacts([...claims], knowledge),
    withheld: card.withheld,
    card,
  };
}

/** Of every line why it is listed; of a list that rests on more than a card can state, of the lines shown. */
function factClaims(lines: readonly ListedEntity[], shown: readonly ListedEntity[]): readonly Claim[] {
  const count = lines.reduce((sum, { claims }) => sum + claims.length, 0);
  return (count > maxFactClaims ? shown : lines).flatMap(({ claims }) => claims);
}

const maxFactClaims = 1_500;

/** By how few actors use it; the order stays among equals. */
function rarestFirst(lines: readonly ListedEntity[], knowledge: Knowledge): readonly ListedEntity[] {
  const { users } = rarityOf(knowledge);
  return lines.toSorted((a, b) => users(a.entity.id) - users(b.entity.id));
}

function nothingSection({ types }: ListQuestion): Section {
  return {
    type: 'text',
    id: 'nothing',
    rank: 0,
    paragraphs: [
      [plain(`No source here records ${countedTypes(2, types).slice(2)} for which all of this holds.`)],
    ],
  };
}

/** Which single condition stands in the way: what there would be without it, with a button that asks so. */
function dropSection(question: ListQuestion, context: AnswerContext): Section | undefined {
  const { knowledge, now } = context;
  const words = { knowledge, types: question.types };
  const items = withoutOne(question.where).flatMap(({ dropped, where }): readonly Item[] => {
    const count = evaluateList(question.types, where, knowledge, now).size;
    if (count === 0) return [];
    return [
      {
        text: [plain(`Without “${conditionWords(dropped, words)}”: ${countedTypes(count, question.types)}`)],
        action: listAction(`Without ${conditionWords(dropped, words)}`, where, question, knowledge),
      },
    ];
  });
  return items.length === 0
    ? undefined
    : { type: 'list', id: 'without', heading: 'With one condition fewer', rank: 1, items };
}

interface Dropped {
  readonly dropped: Condition;
  readonly where: Condition;
}

/** The condition with each of its required parts left out in turn; those of the actors behind things too. */
export function withoutOne(condition: Condition): readonly Dropped[] {
  const parts = requiredParts(condition);
  return parts.flatMap((part, at): readonly Dropped[] => {
    const others = parts.filter((_, other) => other !== at);
    const inner =
      part.kind === 'of-actors'
        ? withoutOne(part.of).map(({ dropped, where }) => ({
            dropped,
            where: allOf([...others, { kind: 'of-actors' as const, of: where }]),
          }))
        : [];
    return [...inner, ...(others.length === 0 ? [] : [{ dropped: part, where: allOf(others) }])];
  });
}

/** The same words read otherwise, with how many that would give. */
function otherReadings(question: ListQuestion, { knowledge, now }: AnswerContext): readonly Action[] {
  return question.others.map((where) => {
    const count = evaluateList(question.types, where, knowledge, now).size;
    return listAction(
      `Or ${conditionWords(where, { knowledge, types: question.types })} (${count})`,
      where,
      question,
      knowledge,
    );
  });
}

function listAction(label: string, where: Condition, question: ListQuestion, knowledge: Knowledge): Action {
  const types = question.types.join() === 'intrusion-set' ? [] : [`type:${question.types.join(',')}`];
  const filters = formatCondition(where, (id) => writtenId(id, knowledge));
  const grouped = types.length > 0 && where.kind === 'or' ? `(${filters})` : filters;
  return askAction(shorten(label, 70), [...types, grouped].filter((part) => part !== '').join(' '));
}

/** An ATT&CK or CVE id where there is one, else the STIX id: what is surely found again. */
function writtenId(id: StixId, knowledge: Knowledge): string {
  const entity = knowledge.entities.get(id);
  return entity === undefined ? id : (attackIdOf(entity) ?? id);
}

function withheldOf(lines: readonly ListedEntity[], knowledge: Knowledge): Withheld {
  let count = 0;
  let highest: Tlp | null = null;
  for (const { entity } of lines) {
    const withheld = knowledge.withheld(entity.id);
    count += withheld.count;
    if (withheld.highest !== null)
      highest = highest === null ? withheld.highest : stricter(highest, withheld.highest);
  }
  return count === 0 ? nothingWithheld : { count, highest };
}

function unknownSource(name: string, knowledge: Knowledge): BadFilterQuestion {
  const names = [...knowledge.sources.keys()];
  const nearest = nearestWording(
    name,
    names.map((text) => ({ text: text.toLowerCase(), key: text })),
  )?.key;
  const problem = `No source here is called “${shorten(name, 60)}”. Sources: ${names.slice(0, 30).join(', ')}.`;
  const meant =
    nearest === undefined ? {} : { nearest: { filter: `source:${nearest}`, from: name, to: nearest } };
  return { kind: 'bad-filter', problem, ...meant };
}

/** What is wrong with filters, what is accepted, and what was probably meant. */
export function answerBadFilter(
  { problem, nearest }: BadFilterQuestion,
  text: string,
  { knowledge, now }: AnswerContext,
): Answer {
  const examples = listFilterKeys.map(
    (key): Item => ({ text: [{ text: filterExamples[key], style: 'code' }] }),
  );
  const card = finishCard(
    {
      title: 'Not answered',
      sections: [
        { type: 'text', id: 'reason', rank: 0, paragraphs: [[plain(problem)]] },
        { type: 'list', id: 'examples', heading: 'Filters', rank: 1, items: examples },
      ],
      actions:
        nearest === undefined
          ? []
          : [
              askAction(
                shorten(`Try ${nearest.filter}`, 70),
                text.replace(nearest.from, () => nearest.to),
              ),
            ],
      notice: clearText`The filters could not be read.`,
    },
    knowledge,
    now,
  );
  return {
    question: text,
    outcome: 'refused',
    answers: [],
    suggestions: [],
    facts: [],
    withheld: nothingWithheld,
    card,
  };
}
