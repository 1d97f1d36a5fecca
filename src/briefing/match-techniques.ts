import type { Action, Item, Section } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import type { MatchTechniquesQuestion } from '../questions/types.ts';
import type { Match } from '../search/types.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { type CiteBook, createCiteBook } from './cites.ts';
import { percent } from './compare-overlap.ts';
import { withheldOf } from './compare-words.ts';
import { take } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard } from './finish-card.ts';
import { attackIdOf, labelOf } from './labels.ts';
import { formulaText, listSection } from './match-techniques-list.ts';
import { type RankedActor, rankActors, type Wanted } from './match-techniques-rank.ts';
import { claimsByObject, hitsText, whatSpeaksAgainst } from './match-techniques-words.ts';
import { rarityOf, usedKindOf } from './rarity.ts';
import { counted, plain, shorten } from './text.ts';
import type { Answer } from './types.ts';

const shownActors = 10;
const shownHits = 4;
/** So many are given to programs, with the facts behind each. */
const answeredActors = 25;
const shownUnknown = 20;

/**
 * Actors by how much of a list of techniques and software they are known to use, what few use counting most; with
 * what speaks against each. What nothing here has is told and counted. An overlap is no attribution, and says so.
 */
export function answerMatchTechniques(
  question: MatchTechniquesQuestion,
  text: string,
  context: AnswerContext,
): Answer {
  const { knowledge, now } = context;
  const whole = context.whole === true;
  const cites = createCiteBook(knowledge);
  const list = wantedOf(question, knowledge);
  const ranked = rankActors(list, knowledge);
  const withheld = withheldOf(
    list.flatMap(({ entities }) => entities),
    knowledge,
  );
  const { shown, total } = take({ whole }, ranked, shownActors);
  const items = shown.map((one, at) => actorItem(one, at + 1, { list, knowledge, cites, whole }));
  const actors: Section | undefined =
    items.length === 0
      ? undefined
      : {
          type: 'list',
          id: 'actors',
          heading: 'Actors, the greatest overlap first',
          rank: 1,
          items,
          ...total,
        };
  const answered = ranked.slice(0, Math.max(answeredActors, shown.length));
  const card = finishCard(
    {
      title: `Actors that match ${sizeText(list)}`,
      sections: [
        summarySection(list, ranked, question.unknown, knowledge),
        actors,
        formulaText(list, knowledge),
        unknownSection(question.unknown, whole),
        listSection(list, { knowledge, cites, whole }),
      ],
      actions: actionsFor(text, list, question.unknown),
      withheld,
      notice: clearText`Actors by the techniques of a list.`,
    },
    knowledge,
    now,
    cites,
  );
  // What programs get beyond the card's lines has its facts, too.
  for (const one of answered.slice(shown.length)) noteHits(one, knowledge, cites);
  return {
    question: text,
    outcome: list.length === 0 ? 'not-found' : 'answer',
    answers: answered.map(({ actor, score }) => toAnswerEntity(actor, score)),
    suggestions: [],
    facts: toFacts(cites.claims(), knowledge),
    withheld,
    card,
  };
}

/** The entries of the list; matches that were written the same are one entry. */
function wantedOf(
  { techniques, software = [] }: MatchTechniquesQuestion,
  knowledge: Knowledge,
): readonly Wanted[] {
  const groups = Map.groupBy([...techniques, ...software], ({ matched }) => matched.text.toLowerCase());
  return [...groups.values()].flatMap((matches): readonly Wanted[] => {
    const entities = [...new Set(matches.flatMap((match: Match) => knowledge.entity(match.entity.id) ?? []))];
    const kind = usedKindOf(entities[0]?.type);
    const text = matches[0]?.matched.text ?? '';
    return kind === undefined ? [] : [{ text, kind, entities }];
  });
}

function sizeText(list: readonly Wanted[]): string {
  const count = (kind: Wanted['kind']): number => list.filter((wanted) => wanted.kind === kind).length;
  const parts = [
    ...(count('techniques') === 0 ? [] : [counted(count('techniques'), 'technique')]),
    ...(count('software') === 0 ? [] : [counted(count('software'), 'software', 'software')]),
  ];
  return parts.length === 0 ? 'nothing that is known here' : parts.join(' and ');
}

function summarySection(
  list: readonly Wanted[],
  ranked: readonly RankedActor[],
  unknown: readonly string[],
  knowledge: Knowledge,
): Section {
  const all = ranked.filter(
    ({ hits }) => hits.length === list.length && hits.every(({ how }) => how !== 'whole'),
  );
  const names = all.slice(0, 5).map(({ actor }) => labelOf(actor));
  const more = all.length - names.length;
  const parts = [
    list.length === 0
      ? 'Nothing of the list is a technique or a software that is known here.'
      : ranked.length === 0
        ? 'No source here ties any of it to an actor.'
        : `${counted(ranked.length, 'actor')} of ${rarityOf(knowledge).actors} that use anything are known to use some of it.`,
    list.length > 1 && ranked.length > 0
      ? all.length === 0
        ? 'None uses all of it.'
        : `All of it: ${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}.`
      : '',
    unknown.length === 0
      ? ''
      : `${counted(unknown.length, 'entry is', 'entries are')} unknown here and left out.`,
    'An overlap is no attribution: many actors work alike, and of most little is recorded.',
  ];
  return {
    type: 'text',
    id: 'summary',
    rank: 0,
    paragraphs: [[plain(parts.filter((part) => part !== '').join(' '))]],
  };
}

function actorItem(
  one: RankedActor,
  place: number,
  {
    list,
    knowledge,
    cites,
    whole,
  }: { list: readonly Wanted[]; knowledge: Knowledge; cites: CiteBook; whole: boolean },
): Item {
  const against = whatSpeaksAgainst(one, list, knowledge);
  const shown = whole ? one.hits.length : shownHits;
  return {
    text: [
      plain(`${place}. `),
      { text: labelOf(one.actor), style: 'bold' },
      plain(` — ${percent(one.score)}; ${one.hits.length} of ${list.length}: `),
      ...hitsText(one, { knowledge, cites, shown }),
      plain(`; ${one.own.matched} of its ${ownText(one, list)}`),
      ...(against.length === 0 ? [] : [plain(`. Against: ${against.join('; ')}`)]),
    ],
    action: {
      type: 'command',
      label: shorten(labelOf(one.actor), 60),
      value: { verb: 'brief', entity: one.actor.id },
    },
  };
}

/** What the actor is known to use of the kinds that the list has. */
function ownText({ own }: RankedActor, list: readonly Wanted[]): string {
  const kinds = [...new Set(list.map(({ kind }) => kind))].toSorted().toReversed();
  return `${own.known} known ${kinds.join(' and ')}`;
}

function noteHits(one: RankedActor, knowledge: Knowledge, cites: CiteBook): void {
  const claims = claimsByObject(one.actor.id, knowledge);
  cites.note(one.hits.flatMap(({ used }) => used.flatMap((id) => claims.get(id) ?? [])));
}

/** What of the list names nothing here, each as it was written. */
function unknownSection(unknown: readonly string[], whole: boolean): Section | undefined {
  if (unknown.length === 0) return undefined;
  const { shown, total } = take({ whole }, unknown, shownUnknown);
  const items = shown.map((text): Item => ({ text: [plain(shorten(text, 80))] }));
  const heading = `Unknown here (${unknown.length})`;
  return { type: 'list', id: 'unknown-entries', heading, rank: 2, items, ...total };
}

/** The list by ids, where the text itself is too long for a button. */
function actionsFor(text: string, list: readonly Wanted[], unknown: readonly string[]): readonly Action[] {
  const asked = questionActions(text);
  if (asked.length > 0) return asked;
  const ids = [
    ...list.flatMap(({ entities }) => entities.map(idOf)),
    ...unknown.filter((one) => /^T\d/.test(one)),
  ];
  return questionActions(`match ${ids.join(' ')}`, maxListChars);
}

/** Ids encode to their own length, so that more fit than of other texts. */
const maxListChars = 1_350;

function idOf(entity: Entity): string {
  return attackIdOf(entity) ?? entity.id;
}
