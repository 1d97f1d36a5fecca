import { beforeAll, describe, expect, it } from 'vitest';
import { answerEntity, answerQuestion } from '../../src/briefing/answer.ts';
import type { AnswerContext } from '../../src/briefing/context.ts';
import type { Answer } from '../../src/briefing/types.ts';
import { countryName } from '../../src/domain/country.ts';
import { organisationName } from '../../src/domain/organisation.ts';
import type { Entity, Knowledge } from '../../src/knowledge/types.ts';
import type { Question } from '../../src/questions/types.ts';
import { createIndex } from '../../src/search/create-index.ts';
import type { Match } from '../../src/search/types.ts';
import { bundledKnowledgeBase } from '../data/bundled-records.ts';
import { textsIn } from '../helpers/reading.ts';

/** Words that cards are composed with, and what is asked about: all other words have to be recorded. */
const vocabulary = new Set(
  `a active activity actor actors also among and another through campaign campaigns are as attribute attributed attributes by calls cited coined
   confidence country crowdstrike date dates defend detect does finance first for founded gives here how indicators iran is it
   lies look malware mitigate more motivation name names no none not of on only or other part record recorded records region
   regions relation relations reports rules same says sector sectors side since software source sources sponsor sub target
   targets technique techniques that the them third threat to tool tools use uses was what when which who with
   yes`.split(/\s+/),
);

let knowledge: Knowledge;
let context: AnswerContext;

beforeAll(() => {
  knowledge = bundledKnowledgeBase().at('green');
  const indicators = { indicators: async () => [], indicatorsOf: async () => ({ total: 0, indicators: [] }) };
  context = { knowledge, index: createIndex([]), indicators, now: new Date('2026-01-01T00:00:00Z') };
});

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
}

/** Every word that some record states about the entity, with the names of those who state it. */
function recordedWords(entity: Entity, { facts }: Answer): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (text: string | undefined): void => {
    for (const word of wordsOf(text ?? '')) words.add(word);
  };
  for (const { text, coinedBy, citedTo = [] } of entity.names) {
    for (const one of [text, ...coinedBy, ...citedTo]) add(one);
  }
  for (const id of entity.externalIds) add(id);
  for (const key of entity.records) {
    add(knowledge.record(key)?.title);
    add(knowledge.sources.get(key.source)?.title);
  }
  for (const { object, sources, subject } of facts) {
    add(JSON.stringify(object));
    for (const id of [object.id, subject]) {
      const other = id === undefined ? undefined : knowledge.entity(id);
      for (const text of [other?.name, ...(other?.externalIds ?? [])]) add(text);
    }
    const country = object['country'];
    if (typeof country === 'string') add(countryName(country));
    for (const source of sources) {
      add(knowledge.sources.get(source.source)?.title);
      add(source.publisher);
      add(source.publisher === undefined ? undefined : organisationName(source.publisher));
      add(source.date ?? undefined);
    }
  }
  return words;
}

/** Words of a card that neither a record nor the vocabulary has; numbers are counts, and tested elsewhere. */
function inventedWords(entity: Entity, answer: Answer): readonly string[] {
  const recorded = recordedWords(entity, answer);
  const { title, subtitle = [], sections } = answer.card;
  const texts = [title, subtitle.map(({ text }) => text).join(''), ...sections.flatMap(textsIn)];
  return texts
    .flatMap(wordsOf)
    .filter((word) => !recorded.has(word) && !vocabulary.has(word) && !/^\p{N}+$/u.test(word));
}

function matchOf({ id, type, name }: Entity): Match {
  const entity = { id, type, name, aliases: [], externalIds: [], otherIds: [] };
  return { entity, matched: { text: name, name, kind: 'name' }, score: 1 };
}

const kinds: readonly (readonly [string, (entity: Entity) => Question])[] = [
  ['who calls it what', (entity) => ({ kind: 'who-calls', match: matchOf(entity) })],
  [
    'what a vendor calls it',
    (entity) => ({ kind: 'who-calls', match: matchOf(entity), house: 'CrowdStrike' }),
  ],
  [
    'who uses its last name',
    (entity) => ({ kind: 'who-calls', match: matchOf(entity), name: entity.names.at(-1)?.text ?? '' }),
  ],
  [
    'whether it targets a sector',
    (entity) => ({
      kind: 'verify',
      match: matchOf(entity),
      supposed: { kind: 'targets', sector: 'finance', text: 'banks' },
    }),
  ],
  [
    'how many names and techniques it has',
    (entity) => ({
      kind: 'about',
      match: matchOf(entity),
      aspect: 'aliases',
      more: ['techniques'],
      asks: 'count',
    }),
  ],
  ['since when it is active', (entity) => ({ kind: 'activity', match: matchOf(entity) })],
  [
    'what no record says',
    (entity) => ({ kind: 'unanswerable', topic: 'defence', matches: [matchOf(entity)] }),
  ],
];

async function inventedIn(
  answerOf: (entity: Entity) => Promise<Answer | undefined>,
): Promise<readonly string[]> {
  const invented: string[] = [];
  for (const entity of knowledge.entities.values()) {
    if (entity.type !== 'intrusion-set') continue;
    const answer = await answerOf(entity);
    if (answer === undefined) continue;
    for (const word of inventedWords(entity, answer)) invented.push(`${entity.name}: ${word}`);
  }
  return invented;
}

describe('every composed sentence over the bundled data', () => {
  it.each(kinds)('has only recorded words in the answer to %s', async (_, questionOf) => {
    const invented = await inventedIn((entity) => answerQuestion(questionOf(entity), entity.name, context));

    expect(invented).toEqual([]);
  });

  it('has only recorded words in who an actor is', async () => {
    const invented = await inventedIn(async (entity) => {
      const answer = await answerEntity(entity.id, 'overview', context);
      if (answer === undefined) return undefined;
      const sections = answer.card.sections.filter(({ id }) => id === 'who' || id === 'aliases');
      return { ...answer, card: { ...answer.card, sections } };
    });

    expect(invented).toEqual([]);
  });
});
