import type { Item, Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import type { Claim } from '../knowledge/types.ts';
import type { CompareSetsQuestion } from '../questions/types.ts';
import { membersOf, type SetMembers, type SetValue, type SetValues, valuesOfSet } from './actor-set.ts';
import { toAnswerEntity } from './answer-entity.ts';
import { listAction, whoWords } from './breakdown.ts';
import { type CiteBook, createCiteBook } from './cites.ts';
import { type Kind, kindsFor } from './compare-kinds.ts';
import type { AnswerContext } from './context.ts';
import { questionActions } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { counted, formatCount, joinTexts, plain, stated } from './text.ts';
import type { Answer } from './types.ts';

/** What sets of actors are compared in; reports and campaigns belong to one actor each. */
const comparedKinds: ReadonlySet<string> = new Set([
  'techniques',
  'software',
  'sectors',
  'regions',
  'motivation',
  'vulnerabilities',
]);
const shownValues = 6;
const mostShown = 50;

interface Side {
  readonly name: string;
  readonly members: SetMembers;
}

interface Pen {
  readonly cites: CiteBook;
  readonly sides: readonly [Side, Side];
  readonly shown: number;
}

/** Two sets of actors, kind by kind: what both have most, and what only one of them has, counted by actors. */
export function answerCompareSets(
  question: CompareSetsQuestion,
  text: string,
  context: AnswerContext,
): Answer {
  const { knowledge, now } = context;
  const cites = createCiteBook(knowledge);
  const [left, right] = question.sides;
  const sideOf = ({ where }: typeof left): Side => ({
    name: whoWords(where, context),
    members: membersOf(where, knowledge, now),
  });
  const sides: readonly [Side, Side] = [sideOf(left), sideOf(right)];
  const pen: Pen = { cites, sides, shown: context.whole === true ? mostShown : shownValues };
  const kinds = kindsFor(question.focus).filter(({ id }) => comparedKinds.has(id));
  const sections = kinds.flatMap((kind) => kindSection(kind, pen, context) ?? []);
  const card = finishCard(
    {
      title: capitalised(`${sides[0].name} compared with ${sides[1].name}`),
      sections: [
        sidesSection(pen),
        ...sections,
        sections.length === 0 ? nothingSection() : undefined,
        howSection([...left.notes, ...right.notes]),
      ],
      actions: [
        ...questionActions(text),
        ...question.sides.map(({ where }, at) => listAction(where, sides[at]?.name ?? '', context)),
      ],
      withheld: nothingWithheld,
      notice: clearText`Two sets of actors compared.`,
    },
    knowledge,
    now,
    cites,
  );
  const members = new Map(sides.flatMap((side) => side.members.actors.map((actor) => [actor.id, actor])));
  const claims = new Set([...cites.claims(), ...sides.flatMap((side) => side.members.claims)]);
  return {
    question: text,
    outcome: 'answer',
    answers: [...members.values()].map((actor) => toAnswerEntity(actor)),
    suggestions: [],
    facts: toFacts([...claims], knowledge),
    withheld: card.withheld,
    card,
  };
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function sidesSection({ sides, cites }: Pen): Section {
  const [left, right] = sides;
  const ids = new Set(left.members.actors.map(({ id }) => id));
  const both = right.members.actors.filter(({ id }) => ids.has(id));
  const items = sides.map(
    ({ name, members }): Item => ({
      text: [stated(formatCount(members.actors.length), cites.cite(members.claims)), plain(` ${name}`)],
    }),
  );
  const overlap: Item = {
    text: [plain(`${counted(both.length, 'actor')} in both, counted on either side.`)],
  };
  return {
    type: 'list',
    id: 'sides',
    heading: 'What is compared',
    rank: 0,
    items: both.length === 0 ? items : [...items, overlap],
  };
}

function kindSection(kind: Kind, pen: Pen, { knowledge }: AnswerContext): Section | undefined {
  const [a, b] = pen.sides.map(({ members }) => valuesOfSet(members, kind, knowledge));
  if (a === undefined || b === undefined || a.values.length + b.values.length === 0) return undefined;
  const inRight = new Map(b.values.map((value) => [value.key, value]));
  const inLeft = new Set(a.values.map(({ key }) => key));
  const both = a.values
    .flatMap((value) => {
      const other = inRight.get(value.key);
      return other === undefined ? [] : [{ value, other }];
    })
    .sort((x, y) => shareOf(y, a, b) - shareOf(x, a, b) || x.value.label.localeCompare(y.value.label, 'en'));
  const onlyLeft = a.values.filter(({ key }) => !inRight.has(key));
  const onlyRight = b.values.filter(({ key }) => !inLeft.has(key));
  const all = a.values.length + b.values.length - both.length;
  const jaccard = Math.round((100 * both.length) / Math.max(1, all));
  const [left, right] = pen.sides;
  const items: readonly Text[] = [
    [
      plain(
        `${formatCount(both.length)} in both of ${formatCount(all)} (Jaccard ${(jaccard / 100).toFixed(2)}); recorded for ${formatCount(a.recorded)} of the first and ${formatCount(b.recorded)} of the second`,
      ),
    ],
    ...line(
      'Most in both',
      both.length,
      both.slice(0, pen.shown).map(({ value, other }) => bothText(value, other, pen)),
      pen,
    ),
    ...line(
      `Only ${left.name}`,
      onlyLeft.length,
      onlyLeft.slice(0, pen.shown).map((value) => aloneText(value, pen)),
      pen,
    ),
    ...line(
      `Only ${right.name}`,
      onlyRight.length,
      onlyRight.slice(0, pen.shown).map((value) => aloneText(value, pen)),
      pen,
    ),
  ];
  return {
    type: 'list',
    id: kind.id,
    heading: kind.heading,
    rank: kind.id === 'techniques' || kind.id === 'sectors' ? 1 : 2,
    items: items.map((text) => ({ text })),
  };
}

/** The lesser of the shares of the two sets that have it, among those of whom anything of the kind is recorded. */
function shareOf(
  { value, other }: { readonly value: SetValue; readonly other: SetValue },
  a: SetValues,
  b: SetValues,
): number {
  return Math.min(value.members.length / a.recorded, other.members.length / b.recorded);
}

function line(lead: string, total: number, texts: readonly Text[], { shown }: Pen): readonly Text[] {
  if (texts.length === 0) return [];
  const rest = total - Math.min(total, shown);
  return [
    [
      plain(`${lead} (${formatCount(total)}): `),
      ...joinTexts(texts),
      ...(rest === 0 ? [] : [plain(` and ${formatCount(rest)} more`)]),
    ],
  ];
}

function bothText(value: SetValue, other: SetValue, { cites }: Pen): Text {
  return [
    plain(value.label),
    stated(
      ` (${formatCount(value.members.length)} and ${formatCount(other.members.length)})`,
      cites.cite([...value.claims, ...other.claims] satisfies readonly Claim[]),
    ),
  ];
}

function aloneText({ label, members, claims }: SetValue, { cites }: Pen): Text {
  return [plain(label), stated(` (${formatCount(members.length)})`, cites.cite(claims))];
}

function nothingSection(): Section {
  return {
    type: 'text',
    id: 'nothing',
    rank: 0,
    paragraphs: [[plain('No source here records anything in which the two could be compared.')]],
  };
}

function howSection(notes: readonly string[]): Section {
  const paragraphs = [
    ...notes.map((note) => `${note}.`),
    'Numbers count actors of whom a source says so. “Only” means that no source here says so of any actor of the other side.',
  ];
  return {
    type: 'text',
    id: 'reading',
    heading: 'How it was counted',
    rank: 3,
    paragraphs: paragraphs.map((text) => [plain(text)]),
  };
}
