import type { Action, Item, Section, Text } from '../cards/card.ts';
import { clearText } from '../cards/clear-text.ts';
import { type EntityType, entityTypeLabels } from '../domain/entity-type.ts';
import type { Entity, Knowledge } from '../knowledge/types.ts';
import { isCalledAfter } from '../questions/parse-behind.ts';
import type { UnanswerableQuestion, UnanswerableTopic } from '../questions/types.ts';
import { matchedEntity } from './answer-entity.ts';
import { type CiteBook, createCiteBook } from './cites.ts';
import type { AnswerContext } from './context.ts';
import { askAction } from './entity-actions.ts';
import { toFacts } from './facts.ts';
import { finishCard, nothingWithheld } from './finish-card.ts';
import { labelOf } from './labels.ts';
import { exampleQuestions } from './message-cards.ts';
import { nameClaims } from './names.ts';
import { joinTexts, plain, shorten, stated } from './text.ts';
import { tiedActors } from './tied-actors.ts';
import type { Answer } from './types.ts';

const reasons: Readonly<Record<UnanswerableTopic, string>> = {
  prediction:
    'What will happen, and whether you are a target, stands in no record. What was recorded can be asked.',
  incident:
    'Who did a single attack is answered only where a report says so. Ask for an actor, a campaign or a report by its name.',
  samples:
    'Samples, logs and incidents are not analysed here. Indicators and techniques that you found can be looked up: paste them.',
  defence:
    'How to defend, detect or mitigate is not recorded here, and no rules are. What the other side uses is, and that is what to look for.',
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
  defence: ['techniques of {}', 'software of {}', 'indicators of {}'],
  person: ['attribution of {}', 'vendor names of {}', 'references of {}'],
  verdict: ['who is {}', 'reports on {}', 'techniques of {}'],
  number: ['sectors of {}', 'campaigns of {}', 'reports on {}'],
  opinion: ['techniques of {}', 'sectors of {}', 'who is {}'],
  world: ['who is {}', 'techniques of {}', 'reports on {}'],
};

/** The same of what is no actor: what it is used for and by whom. */
const offersOfThings: Readonly<Partial<Record<EntityType, readonly string[]>>> = {
  malware: ['techniques of {}', 'who uses {}', 'indicators of {}'],
  tool: ['techniques of {}', 'who uses {}', 'indicators of {}'],
  'attack-pattern': ['who uses {}', 'what is {}'],
  vulnerability: ['who exploits {}', 'what is {}'],
  campaign: ['who is behind {}', 'techniques of {}', 'software of {}'],
  report: ['what is {}', 'indicators of {}'],
};

function offersFor({ type }: Entity, topic: UnanswerableTopic): readonly string[] {
  return offersOfThings[type] ?? offers[topic];
}

/** Says that no record answers, and offers what can be asked about what was named; states nothing itself. */
export function answerUnanswerable(
  { topic, matches, incident }: UnanswerableQuestion,
  text: string,
  { knowledge, now }: AnswerContext,
): Answer {
  const named = matches.flatMap(({ entity }) => knowledge.entity(entity.id) ?? []);
  const questions =
    named.length === 0
      ? exampleQuestions.slice(0, 4)
      : named
          .slice(0, 2)
          .flatMap((entity) =>
            offersFor(entity, topic).map((form) => form.replace('{}', () => nameIn(entity, named))),
          );
  const cites = createCiteBook(knowledge);
  const recorded = incident === undefined ? undefined : recordsSection(incident, knowledge, cites);
  const pages = topic === 'defence' ? pagesSection(named, knowledge) : undefined;
  const items = questions.map((question): Item => ({ text: [{ text: question, style: 'code' }] }));
  const actions: readonly Action[] = questions
    .slice(0, 4)
    .map((question) => askAction(shorten(question, 60), question));
  return {
    question: text,
    outcome: recorded === undefined ? 'refused' : 'answer',
    answers: [],
    suggestions: matches.flatMap((match) => matchedEntity(match, knowledge) ?? []),
    facts: toFacts(cites.claims(), knowledge),
    withheld: nothingWithheld,
    card: finishCard(
      {
        title: 'Not recorded',
        sections: [
          {
            type: 'text',
            id: 'reason',
            rank: 0,
            paragraphs: [[plain(reasonFor(topic, incident, recorded))]],
          },
          recorded,
          pages,
          { type: 'list', id: 'offers', heading: 'What can be answered', rank: 1, items },
        ],
        actions,
        notice: clearText`The question has no recorded answer.`,
      },
      knowledge,
      now,
      cites,
    ),
  };
}

function reasonFor(topic: UnanswerableTopic, incident: string | undefined, found: unknown): string {
  if (incident === undefined) return reasons[topic];
  const name = shorten(incident, 80);
  return found === undefined
    ? `No campaign, malware or report that is recorded here is called after “${name}”, so nothing here says who did it. ${reasons[topic]}`
    : `No campaign here is called “${name}”. What has the words in its name stands below, and need not be what is meant. ${reasons[topic]}`;
}

const recordedTypes: readonly EntityType[] = ['campaign', 'report', 'malware'];
const shownRecords = 8;

/** Campaigns, reports and malware with all words of what happened in their names; newest reports are not told apart. */
function recordsSection(incident: string, knowledge: Knowledge, cites: CiteBook): Section | undefined {
  const found = [...knowledge.entities.values()].filter(
    ({ type, name }) => recordedTypes.includes(type) && isCalledAfter(name, incident),
  );
  if (found.length === 0) return undefined;
  const items = found.slice(0, shownRecords).map((entity): Item => {
    const actors = tiedActors(entity, knowledge).slice(0, 3);
    const tied: Text =
      actors.length === 0
        ? [plain(' — names no actor')]
        : [
            plain(' — '),
            ...joinTexts(actors.map(({ actor, claims }) => [stated(labelOf(actor), cites.cite(claims))])),
          ];
    const kind = entityTypeLabels[entity.type].one;
    return {
      text: [
        plain(`${kind} `),
        stated(shorten(labelOf(entity), 160), cites.cite(nameClaims(entity, knowledge))),
        ...tied,
      ],
      action: {
        type: 'command',
        label: shorten(labelOf(entity), 60),
        value: { verb: 'brief', entity: entity.id },
      },
    };
  });
  const total = found.length > shownRecords ? { total: found.length } : {};
  return { type: 'list', id: 'records', heading: 'Recorded with words of it', rank: 1, items, ...total };
}

/** The publishers' own pages of what was named: where mitigations and detections would stand. */
function pagesSection(named: readonly Entity[], knowledge: Knowledge): Section | undefined {
  const items = named.slice(0, 2).flatMap((entity) =>
    entity.records.flatMap((key): readonly Item[] => {
      const record = knowledge.record(key);
      if (record?.url === undefined || record.state !== 'current') return [];
      const title = knowledge.sources.get(record.source)?.title ?? record.source;
      return [{ text: [{ text: `${title}: ${record.title}`, link: record.url }] }];
    }),
  );
  if (items.length === 0) return undefined;
  const heading = 'The publishers’ own pages, which may say more';
  return { type: 'list', id: 'pages', heading, rank: 2, items: items.slice(0, 4) };
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
        notice: clearText`The question follows nothing.`,
      },
      knowledge,
      now,
    ),
  };
}
