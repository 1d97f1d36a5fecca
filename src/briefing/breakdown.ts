import type { Item, Section } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { sectorLabel } from '../domain/sector.ts';
import type { Claim } from '../knowledge/types.ts';
import { allOf, type Condition, formatCondition } from '../questions/condition.ts';
import { motivationKeys, motivationLabel } from '../questions/condition-motivation.ts';
import { placeName } from '../questions/condition-region.ts';
import type { BreakdownAspect, BreakdownQuestion } from '../questions/types.ts';
import { membersOf, type SetMembers, type SetValue, valuesOfSet } from './actor-set.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { type CiteBook, createCiteBook } from './cites.ts';
import { type Kind, kindsFor } from './compare-kinds.ts';
import { take } from './composer.ts';
import type { AnswerContext } from './context.ts';
import { askAction, questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { attackIdOf, labelOf } from './labels.ts';
import { conditionWords } from './list-words.ts';
import { bold, counted, formatCount, joinTexts, plain, shorten, stated } from './text.ts';
import type { Answer } from './types.ts';

const shownValues = 10;
const shownActors = 4;

const words: Readonly<Record<BreakdownAspect, { readonly title: string; readonly recorded: string }>> = {
  sectors: { title: 'Sectors', recorded: 'target sectors' },
  regions: { title: 'Countries and regions', recorded: 'target countries or regions' },
  attribution: { title: 'Countries of origin', recorded: 'attribution to a country' },
  motivation: { title: 'Motivation', recorded: 'motivation' },
};

/** What a set of actors has most of: every value with how many of them have it, who they are, and who says so. */
export function answerBreakdown(question: BreakdownQuestion, text: string, context: AnswerContext): Answer {
  const { knowledge, now } = context;
  const set = membersOf(question.who, knowledge, now);
  const cites = createCiteBook(knowledge);
  const who = whoWords(question.who, context);
  const parts = question.of.map((of) => sectionOf(of, set, question.who, cites, context));
  const notes = [...question.notes.map((note) => `${note}.`), ...howNotes(parts.map(({ of }) => of))];
  const card = finishCard(
    {
      title: titleWords(question.of, who),
      subtitle: [
        stated(counted(set.actors.length, 'actor'), cites.cite(set.claims)),
        plain(` counted: ${who}`),
      ],
      sections: [
        ...parts.map(({ section }) => section),
        {
          type: 'text',
          id: 'reading',
          heading: 'How it was counted',
          rank: 1,
          paragraphs: notes.map((note) => [plain(note)]),
        },
      ],
      actions: [...questionActions(text), listAction(question.who, who, context)],
      withheld: nothingWithheld,
      notice: clearText`Counts from recorded facts.`,
    },
    knowledge,
    now,
    cites,
  );
  const named = [...new Set(parts.flatMap(({ shown }) => shown.flatMap(({ members }) => members)))];
  const answers = new Map(named.map(({ actor }) => [actor.id, actor]));
  return {
    question: text,
    outcome: 'answer',
    answers: [...answers.values()].map((actor) => toAnswerEntity(actor)),
    suggestions: [],
    facts: toFacts([...new Set([...cites.claims(), ...set.claims])], knowledge),
    withheld: card.withheld,
    card,
  };
}

/** "Sectors targeted by actors from Iran". */
function titleWords(of: readonly BreakdownAspect[], who: string): string {
  if (of.includes('sectors') && of.includes('regions'))
    return `Sectors, countries and regions targeted by ${who}`;
  const [only] = of;
  if (only === undefined) return who;
  const joint = only === 'sectors' || only === 'regions' ? 'targeted by' : 'of';
  return `${words[only].title} ${joint} ${who}`;
}

interface Part {
  readonly of: BreakdownAspect;
  readonly section: Section;
  readonly shown: readonly SetValue[];
}

function sectionOf(
  of: BreakdownAspect,
  set: SetMembers,
  who: Condition,
  cites: CiteBook,
  context: AnswerContext,
): Part {
  const { values, recorded } = valuesOfSet(set, kindOf(of), context.knowledge);
  const heading = `${words[of].title} — ${recordedWords(of, recorded, set.actors.length)}`;
  if (values.length === 0) {
    const nothing = `No source here records ${words[of].recorded} of any of them.`;
    return {
      of,
      shown: [],
      section: { type: 'text', id: of, heading: words[of].title, rank: 0, paragraphs: [[plain(nothing)]] },
    };
  }
  const { shown, total } = take({ whole: context.whole === true }, values, shownValues);
  const items = shown.map((value) => valueItem(of, value, who, cites, context));
  return { of, shown, section: { type: 'list', id: of, heading, rank: 0, items, ...total } };
}

function recordedWords(of: BreakdownAspect, recorded: number, all: number): string {
  return `recorded for ${formatCount(recorded)} of ${counted(all, 'actor')} (${words[of].recorded})`;
}

/** Motives are counted by what they belong to, as lists are; other values as a comparison has them. */
function kindOf(of: BreakdownAspect): Kind {
  const [kind] = kindsFor(of);
  if (kind === undefined) throw new Error(`no kind of value for ${of}`);
  if (of !== 'motivation') return kind;
  return {
    ...kind,
    valuesOf(entity, knowledge) {
      const values = new Map<string, { key: string; label: string; claims: Claim[] }>();
      for (const claim of knowledge.claims(entity.id, 'motivation')) {
        for (const key of motivationKeys(claim.value)) {
          const known = values.get(key) ?? { key, label: motivationLabel(key), claims: [] };
          known.claims.push(claim);
          values.set(key, known);
        }
      }
      return values;
    },
  };
}

function valueItem(
  of: BreakdownAspect,
  value: SetValue,
  who: Condition,
  cites: CiteBook,
  context: AnswerContext,
): Item {
  const { members } = value;
  const shown = members.slice(0, shownActors);
  const rest = members.length - shown.length;
  const label = labelFor(of, value);
  return {
    text: [
      bold(label),
      plain(' — '),
      stated(counted(members.length, 'actor'), cites.cite(value.claims)),
      plain(': '),
      ...joinTexts(shown.map(({ actor, claims }) => [stated(labelOf(actor), cites.cite(claims))])),
      ...(rest === 0 ? [] : [plain(` and ${formatCount(rest)} more`)]),
    ],
    action: listAction(allOf([who, conditionFor(of, value)]), label, context),
  };
}

function labelFor(of: BreakdownAspect, { key, label }: SetValue): string {
  if (of === 'sectors') return sectorLabel(key);
  return of === 'regions' ? placeName(key) : label;
}

function conditionFor(of: BreakdownAspect, { key }: SetValue): Condition {
  switch (of) {
    case 'sectors':
      return { kind: 'sector', key };
    case 'regions':
      return { kind: 'region', key };
    case 'attribution':
      return { kind: 'country', code: key };
    case 'motivation':
      return { kind: 'motivation', key };
    default:
      return of satisfies never;
  }
}

/** The set in words: "actors from Iran". */
export function whoWords(who: Condition, { knowledge }: AnswerContext): string {
  const isAll = who.kind === 'and' && who.of.length === 0;
  if (isAll) return 'all actors';
  const names = conditionWords(who, { knowledge, types: ['intrusion-set'] });
  if (who.kind === 'entity') return names;
  return `actors ${shorten(names, 200)}`;
}

/** A button that lists the actors of a set. */
export function listAction(
  where: Condition,
  label: string,
  { knowledge }: AnswerContext,
): ReturnType<typeof askAction> {
  const filters = formatCondition(where, (id) => {
    const entity = knowledge.entities.get(id);
    return entity === undefined ? id : (attackIdOf(entity) ?? id);
  });
  return askAction(shorten(`List ${label}`, 70), filters === '' ? 'type:actor' : filters);
}

function howNotes(aspects: readonly BreakdownAspect[]): readonly string[] {
  return [
    'Each actor counts once for a value, however many sources state it; one with nothing recorded does not count.',
    ...(aspects.includes('regions')
      ? ['A country and a region that holds it are counted by themselves, as sources name them.']
      : []),
  ];
}
