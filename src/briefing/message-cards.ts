import type { Action, Card, Item, Section } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { entityTypeLabels } from '../domain/entity-type.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { Match } from '../search/types.ts';
import { countriesOf } from './actor-card.ts';
import { type CiteBook, createCiteBook } from './cites.ts';
import { take } from './composer.ts';
import { askAction } from './entity-actions.ts';
import { finishCard } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { nameClaims } from './names.ts';
import { counted, joinTexts, plain, shorten, stated } from './text.ts';
import { usedBy } from './used.ts';

/** Questions that work on the bundled data, for help and for dead ends. */
export const exampleQuestions: readonly string[] = [
  'APT39',
  'who is chafer',
  'what malware does APT28 use',
  'who uses Mimikatz',
  'compare APT28 and APT29',
  'iranian groups targeting telecom',
  'T1566.001',
];

/** Several entities carry the name: one line each with what tells them apart, and a button. */
export function choiceCard(
  matches: readonly Match[],
  text: string,
  knowledge: Knowledge,
  now: Date,
): { card: Card; cites: CiteBook } {
  const cites = createCiteBook(knowledge);
  const items = matches.flatMap((match) => entityItem(match, knowledge, cites));
  const card = finishCard(
    {
      title: `Which one is meant by “${shorten(text, 80)}”?`,
      sections: [
        textSection('why', `${items.length} entities carry this name or fit it alike.`, 1),
        { type: 'list', id: 'choice', rank: 0, items },
      ],
      notice: clearText`Several entities fit: choose one.`,
    },
    knowledge,
    now,
    cites,
  );
  return { card, cites };
}

/** Nothing sure: near names, each with a button. */
export function suggestCard(
  matches: readonly Match[],
  text: string,
  knowledge: Knowledge,
  now: Date,
): { card: Card; cites: CiteBook } {
  const cites = createCiteBook(knowledge);
  const items = matches.flatMap((match) => entityItem(match, knowledge, cites));
  const card = finishCard(
    {
      title: `Nothing is called “${shorten(text, 80)}”`,
      sections: [{ type: 'list', id: 'suggestions', heading: 'Did you mean', rank: 0, items }],
      notice: clearText`No match; there are near names.`,
    },
    knowledge,
    now,
    cites,
  );
  return { card, cites };
}

/** Everything that a text could name, best first; for looking around rather than asking. */
export function searchCard(
  matches: readonly Match[],
  text: string,
  knowledge: Knowledge,
  now: Date,
  whole: boolean,
): { card: Card; cites: CiteBook } {
  const cites = createCiteBook(knowledge);
  const { shown, total } = take({ whole }, matches, 10);
  const items = shown.flatMap((match) => entityItem(match, knowledge, cites));
  const card = finishCard(
    {
      title: `Matches for “${shorten(text, 80)}”`,
      sections: [
        items.length === 0
          ? textSection('nothing', 'No name here fits.', 0)
          : { type: 'list', id: 'matches', rank: 1, items, ...total },
      ],
      notice: clearText`A list of matches.`,
    },
    knowledge,
    now,
    cites,
  );
  return { card, cites };
}

/** What an entity is, where from, and its most telling software: enough to tell it from its namesakes. */
export function entityItem(match: Match, knowledge: Knowledge, cites: CiteBook): readonly Item[] {
  const entity = knowledge.entity(match.entity.id);
  if (entity === undefined) return [];
  const kind = entityTypeLabels[entity.type].one.toLowerCase();
  const id = entity.externalIds[0];
  const known = id === undefined ? kind : `${kind} ${id}`;
  const how = match.matched.kind === 'alias' ? `called ${match.matched.name}` : undefined;
  const countries = countriesOf(entity, knowledge);
  const countryClaims = knowledge
    .claims(entity.id, 'attributed-to')
    .filter(({ given }) => given.predicate === 'attributed-to' && given.country !== undefined);
  const software = usedBy(entity, knowledge, ['malware', 'tool'])[0];
  const text = joinTexts([
    [{ ...stated(labelOf(entity), cites.cite(nameClaims(entity, knowledge))), style: 'bold' }],
    [plain(known)],
    how === undefined ? [] : [plain(how)],
    countries.length === 0 ? [] : [stated(countries.join(' or '), cites.cite(countryClaims))],
    software === undefined
      ? []
      : [plain('uses '), stated(software.entity.name, cites.cite(software.group.claims))],
  ]);
  return [
    {
      text,
      action: {
        type: 'command',
        label: shorten(labelOf(entity), 60),
        value: { verb: 'brief', entity: entity.id, section: 'choice' },
      },
    },
  ];
}

/** No name in the index is near: says so, and offers questions that work. */
export function notFoundCard(text: string, knowledge: Knowledge, now: Date): Card {
  return finishCard(
    {
      title: 'No match',
      sections: [
        textSection(
          'nothing',
          `No actor, software, technique or report here is called “${shorten(text, 200)}”.`,
          0,
        ),
        examplesSection(),
      ],
      actions: exampleActions(),
      notice: clearText`No match.`,
    },
    knowledge,
    now,
  );
}

/** Not answered on purpose, with the reason. */
export function refusedCard(reason: string, knowledge: Knowledge, now: Date): Card {
  return finishCard(
    {
      title: 'Not answered',
      sections: [textSection('reason', reason, 0), examplesSection()],
      actions: exampleActions(),
      notice: clearText`The question was not answered.`,
    },
    knowledge,
    now,
  );
}

/** A command as help shows it. */
export interface CommandHelp {
  readonly summary: string;
  readonly usage: string;
}

/** What can be asked, the commands of the place, where it has any, and where both are typed. */
export function helpCard(
  knowledge: Knowledge,
  now: Date,
  commands: readonly CommandHelp[] = [],
  howToAsk?: string,
): Card {
  const actors = counted(knowledge.statistics.entities['intrusion-set'] ?? 0, 'actor');
  const items = commands.map(
    ({ usage, summary }): Item => ({
      text: [{ text: usage, style: 'code' }, plain(` — ${summary}`)],
    }),
  );
  const list: Section = { type: 'list', id: 'commands', heading: 'Commands', rank: 1, items };
  const what = `Ask about a threat actor, software, technique, vulnerability or indicator, by any name or id, or in a sentence. ${actors} loaded; every fact names its source.`;
  return finishCard(
    {
      title: 'threatbrief',
      sections: [
        textSection('what', what, 0),
        howToAsk === undefined ? undefined : textSection('how', howToAsk, 0),
        examplesSection(),
        items.length === 0 ? undefined : list,
      ],
      actions: exampleActions(),
      notice: clearText`How to ask threatbrief.`,
    },
    knowledge,
    now,
  );
}

function textSection(id: string, text: string, rank: 0 | 1): Section {
  return { type: 'text', id, rank, paragraphs: [[plain(text)]] };
}

function examplesSection(): Section {
  const items = exampleQuestions.map((question): Item => ({ text: [{ text: question, style: 'code' }] }));
  return { type: 'list', id: 'examples', heading: 'Questions that work', rank: 1, items };
}

function exampleActions(): readonly Action[] {
  return exampleQuestions.slice(0, 3).map((question) => askAction(question, question));
}
