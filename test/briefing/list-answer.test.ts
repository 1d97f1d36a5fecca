import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/briefing/answer.ts';
import type { AnswerContext } from '../../src/briefing/context.ts';
import { withoutOne } from '../../src/briefing/list-answer.ts';
import { activitySince, sinceDay } from '../../src/briefing/list-dates.ts';
import { evaluateList } from '../../src/briefing/list-evaluate.ts';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import type { Answer } from '../../src/briefing/types.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import type { Knowledge } from '../../src/knowledge/types.ts';
import { allOf, anyOf, type Condition, notOf } from '../../src/questions/condition.ts';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import { createIndex } from '../../src/search/create-index.ts';
import type { SearchIndex } from '../../src/search/types.ts';
import { bundledKnowledgeBase } from '../data/bundled-records.ts';
import { createMemoryStore, ids, sampleKnowledge, sampleRecords, stored } from '../helpers/knowledge.ts';
import { allActions, readCard, sectionTexts } from '../helpers/reading.ts';
import { problemsOf } from '../helpers/sweep-cards.ts';
import { slowly } from './list-slow.ts';

const now = new Date('2026-11-22T12:00:00Z');

function contextOf(knowledge: Knowledge, index = createIndex(searchEntities(knowledge))): AnswerContext {
  return { knowledge, index, indicators: createMemoryStore().store, now };
}

async function ask(text: string, context: AnswerContext): Promise<Answer> {
  return answerQuestion(parseQuestion(text, context.index), text, context);
}

function names({ answers }: Answer): readonly string[] {
  return answers.map(({ name }) => name);
}

describe('a list from the sample', () => {
  const sample = (ceiling: Tlp): AnswerContext => contextOf(sampleKnowledge(ceiling));

  it('names who fits, why, and who says so', async () => {
    const answer = await ask('iranian groups targeting telecom and using netpeek', sample('green'));

    expect(answer.outcome).toBe('answer');
    expect(names(answer)).toEqual(['APT900']);
    expect(answer.card.title).toBe('1 actor');
    expect(sectionTexts(answer.card, 'matches').join()).toContain(
      'from Iran; targets Telecommunications; uses NetPeek',
    );
    expect(answer.facts.map(({ predicate }) => predicate)).toEqual(
      expect.arrayContaining(['attributed-to', 'targets-sector', 'uses']),
    );
    expect(answer.facts.every(({ sources }) => sources.length > 0)).toBe(true);
    expect(readCard(answer.card)).toContain('Beta galaxy');
  });

  it.each([
    ['groups using netpeek and herondoor', ['APT900']],
    ['groups using herondoor or netpeek', ['APT900', 'APT901']],
    ['country:ir', ['APT900']],
    ['country:kp,ir', ['APT900', 'APT901']],
    ['not country:ir', ['APT901']],
    ['uses:netpeek -uses:herondoor', ['APT901']],
    ['region:europe uses:netpeek', ['APT900']],
    ['groups targeting germany since 2014', ['APT900']],
    ['name:heron', ['APT900']],
    ['name:"shared name"', ['APT900', 'APT901']],
    ['motivation:espionage', ['APT900']],
    ['source:beta type:actor', ['APT900']],
    ['country:ir source:beta', ['APT900']],
    ['country:ir source:alpha', []],
    ['country:ir -source:beta', []],
    ['malware used by iranian groups', ['HeronDoor']],
    ['techniques used by north korean groups', ['Script Runner']],
    ['campaigns of iranian groups', ['Operation Reed']],
    ['type:tool by:(country:ir and country:kp)', []],
    ['type:tool country:ir', ['NetPeek']],
  ])('gives for %j %j', async (text, expected) => {
    expect([...names(await ask(text, sample('clear')))].sort()).toEqual(expected);
  });

  it('knows nothing above the ceiling', async () => {
    const [green, amber] = [
      await ask('groups from russia', sample('green')),
      await ask('groups from russia', sample('amber')),
    ];

    expect(names(green)).toEqual([]);
    expect(JSON.stringify(green.card)).not.toContain('Quiet herons');
    expect(names(amber)).toEqual(['APT900']);
    expect(amber.card.marking).toBe('amber');
  });

  it('says that sources disagree, and puts what they disagree on last', async () => {
    const answer = await ask('actors from iran, russia or north korea', sample('amber'));

    expect(names(answer)).toEqual(['APT901', 'APT900']);
    expect(sectionTexts(answer.card, 'matches')[1]).toContain('sources disagree on attribution');
    expect(sectionTexts(answer.card, 'reading').join(' ')).toContain('1 of them stands last');
  });

  it('counts what the ceiling holds back about those it lists', async () => {
    expect((await ask('groups from iran', sample('green'))).withheld).toEqual(
      sampleKnowledge('green').withheld(ids.actor),
    );
  });

  it('offers the one condition to leave out where nothing fits', async () => {
    const context = sample('clear');
    const answer = await ask('country:ir sector:energy', context);
    const [action] = allActions(answer.card).filter(({ label }) => label.startsWith('Without'));

    expect(answer.answers).toEqual([]);
    expect(sectionTexts(answer.card, 'without')).toEqual(['Without “targeting Energy”: 1 actor']);
    expect(action).toMatchObject({ value: { verb: 'ask', question: 'country:IR' } });
    expect(names(await ask('country:IR', context))).toEqual(['APT900']);
  });

  it('says how it was read, and offers the other reading', async () => {
    const answer = await ask('iran telecom', sample('clear'));
    const other = answer.card.actions.find(({ label }) => label.startsWith('Or '));

    expect(answer.card.subtitle?.map(({ text }) => text).join('')).toBe(
      'Read as: actors from Iran and targeting Telecommunications',
    );
    expect(other).toMatchObject({
      label: 'Or targeting Iran and targeting Telecommunications (0)',
      value: { question: 'region:IR and sector:telecommunications' },
    });
  });

  it('tells a source that is not known from those that are', async () => {
    const answer = await ask('country:iran source:betta', sample('clear'));

    expect(answer.outcome).toBe('refused');
    expect(readCard(answer.card)).toContain('No source here is called “betta”. Sources: alpha, beta');
    expect(answer.card.actions).toMatchObject([{ value: { question: 'country:iran source:beta' } }]);
  });

  it('tells what is wrong with a filter, with a button for what was meant', async () => {
    const answer = await ask('contry:iran sector:telecom', sample('clear'));

    expect(answer.outcome).toBe('refused');
    expect(readCard(answer.card)).toContain('There is no filter “contry”');
    expect(answer.card.actions).toMatchObject([
      { value: { verb: 'ask', question: 'country:iran sector:telecom' } },
    ]);
  });

  it('counts a sub-technique for its technique, and says so', async () => {
    const whole = { types: ['attack-pattern' as const], externalId: 'T9021', create: false };
    const records = [
      stored('alpha', {
        externalId: 'tech',
        title: 'Letters',
        entity: { type: 'attack-pattern', name: 'Letters', externalIds: ['T9021'] },
        claims: [],
      }),
      stored('alpha', {
        externalId: 'part',
        title: 'part of',
        claims: [
          {
            predicate: 'related-to',
            relation: 'subtechnique-of',
            subject: { types: ['attack-pattern'], id: ids.attachment, create: false },
            target: whole,
          },
        ],
      }),
    ];
    const context = contextOf(sampleKnowledge('clear', { records: [...sampleRecords, ...records] }));
    const answer = await ask('uses:T9021', context);

    expect(names(answer)).toEqual(['APT900']);
    expect(sectionTexts(answer.card, 'matches').join()).toContain('uses Letter with a Trap (T9021.001)');
    expect(sectionTexts(answer.card, 'reading')).toContain(
      'The use of a sub-technique counts for its technique.',
    );
  });

  it('does not take a denial or a mention for a use or for activity', async () => {
    const about = { types: ['intrusion-set' as const], id: ids.secondActor, create: false };
    const records = [
      stored('gamma', {
        externalId: 'paper',
        title: 'A paper',
        created: '2026-05-05',
        entity: { type: 'report', name: 'A paper', externalIds: [] },
        claims: [
          { predicate: 'reported-in', subject: about, mentioned: true },
          {
            predicate: 'exploits',
            subject: about,
            text: 'CVE-2026-0001',
            negated: true,
            target: {
              types: ['vulnerability'],
              externalId: 'CVE-2026-0001',
              name: 'CVE-2026-0001',
              create: true,
            },
          },
        ],
      }),
    ];
    const context = contextOf(sampleKnowledge('green', { records: [...sampleRecords, ...records] }));

    expect(names(await ask('uses:CVE-2026-0001', context))).toEqual([]);
    expect(names(await ask('since:2026', context))).toEqual([]);
    expect(names(await ask('since:2025-06', context))).toEqual(['APT900']);
  });
});

describe('dates', () => {
  it.each([
    ['P30D', '2026-10-23'],
    ['P2W', '2026-11-08'],
    ['P1Y', '2025-11-22'],
    ['P9M', '2026-02-22'],
    ['2024-03', '2024-03'],
  ])('counts %j from %j on', (since, day) => {
    expect(sinceDay(since, now)).toBe(day);
  });

  it('ends a month at its last day', () => {
    expect(sinceDay('P1M', new Date('2026-03-31T00:00:00Z'))).toBe('2026-02-28');
  });

  it('lets a date count only when all of it lies behind the day', () => {
    const knowledge = sampleKnowledge('clear');
    const actor = knowledge.entities.get(ids.actor);
    if (actor === undefined) throw new Error('no sample actor');
    const dates = (since: string): number => activitySince(actor, since, knowledge, now).length;

    expect(dates('2024-02')).toBeGreaterThan(0);
    expect(dates('2024-11')).toBeGreaterThan(0);
    expect(dates('2024-11-15')).toBe(0);
  });
});

describe('a list from the bundled data', () => {
  let knowledge: Knowledge;
  let index: SearchIndex;
  let context: AnswerContext;

  beforeAll(() => {
    knowledge = bundledKnowledgeBase().at('clear');
    index = createIndex(searchEntities(knowledge));
    context = contextOf(knowledge, index);
  });

  it('holds exactly those for whom a slow look through all claims finds it', { timeout: 60_000 }, () => {
    const used = ['T1566', 'T1059', 'T1078', 'S0002', 'S0154'].flatMap(
      (id) => knowledge.entity(id)?.id ?? [],
    );
    const leaf: fc.Arbitrary<Condition> = fc.oneof(
      fc.constantFrom('IR', 'RU', 'CN', 'KP').map((code): Condition => ({ kind: 'country', code })),
      fc.constantFrom('asia', 'middle-east').map((key): Condition => ({ kind: 'origin-region', key })),
      fc.constantFrom('energy', 'finance', 'government').map((key): Condition => ({ kind: 'sector', key })),
      fc
        .constantFrom('DE', 'europe', 'asia', 'middle-east')
        .map((key): Condition => ({ kind: 'region', key })),
      fc.constantFrom(...used).map((id): Condition => ({ kind: 'uses', id })),
      fc.constantFrom('ransomware', 'rat').map((key): Condition => ({ kind: 'software', key })),
      fc.constantFrom('espionage', 'financial').map((key): Condition => ({ kind: 'motivation', key })),
      fc.constantFrom('2018', '2022-06').map((date): Condition => ({ kind: 'since', date })),
      fc.constantFrom('panda', 'spider', 'fancy bear').map((text): Condition => ({ kind: 'name', text })),
    );
    const pair = fc.array(leaf, { minLength: 2, maxLength: 3 });
    const condition = fc.oneof(
      leaf,
      pair.map(allOf),
      pair.map(anyOf),
      fc.tuple(leaf, leaf).map(([a, b]) => allOf([a, notOf(b)])),
      fc.tuple(leaf, pair).map(([a, b]) => allOf([a, anyOf(b)])),
    );
    fc.assert(
      fc.property(condition, (where) => {
        const found = [...evaluateList(['intrusion-set'], where, knowledge, now).keys()].sort();

        expect(found).toEqual(slowly('intrusion-set', where, knowledge));
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['tool', { kind: 'of-actors', of: { kind: 'country', code: 'KP' } }],
    ['campaign', { kind: 'of-actors', of: { kind: 'country', code: 'RU' } }],
  ] as const)(
    'of %s holds exactly what its actors use or stand behind',
    { timeout: 60_000 },
    (type, where) => {
      expect([...evaluateList([type], where, knowledge, now).keys()].sort()).toEqual(
        slowly(type, where, knowledge),
      );
    },
  );

  it('cites for each reason somebody who states it', async () => {
    const answer = await ask('iran telecom', { ...context, whole: true });
    const section = answer.card.sections.find(({ id }) => id === 'matches');
    const items = section?.type === 'list' ? section.items : [];

    expect(items.length).toBe(answer.answers.length);
    for (const { text } of items) {
      expect(
        text.filter(({ cites }) => cites !== undefined && cites.length > 0).length,
      ).toBeGreaterThanOrEqual(3);
    }
    for (const { id } of answer.answers) {
      const own = answer.facts.filter(({ subject }) => subject === id);

      expect(own.some(({ object }) => object['country'] === 'IR')).toBe(true);
      expect(own.some(({ predicate }) => predicate === 'targets-sector')).toBe(true);
    }
  });

  it('shows ten lines and tells how many more there are', async () => {
    const answer = await ask('groups from china', context);
    const section = answer.card.sections.find(({ id }) => id === 'matches');

    expect(answer.answers.length).toBeGreaterThan(100);
    expect(section?.total).toBe(answer.answers.length);
    expect(answer.card.title).toBe(`${answer.answers.length} actors`);
    expect(sectionTexts(answer.card, 'reading').join()).toContain('That is broad');
  });

  it('comes in one order, however often it is asked for', async () => {
    const [first, second] = [
      await ask('groups targeting europe', context),
      await ask('groups targeting europe', context),
    ];

    expect(names(first)).toEqual(names(second));
  });

  it.each([
    'iran telecom',
    'groups from china',
    'groups using cobalt strike against banks in europe',
    'ransomware gangs hitting hospitals',
    'malware used by iranian groups',
    'techniques used by russian actors against energy',
    'campaigns of russian groups since 2015',
    'chinese actors not targeting government',
    'country:iran sector:casinos uses:T1566',
    'contry:iran',
    'type:malware uses:ransomware',
    'type:actor',
    'name:"<!channel> & <b>x</b>"',
  ])('for %j makes a card that is sound on every platform', async (text) => {
    expect(problemsOf((await ask(text, context)).card)).toEqual([]);
  });
});

describe('withoutOne', () => {
  it('leaves out each required part in turn, within the actors behind things too', () => {
    const [a, b]: readonly Condition[] = [
      { kind: 'country', code: 'IR' },
      { kind: 'sector', key: 'energy' },
    ];
    if (a === undefined || b === undefined) throw new Error('two conditions');

    expect(withoutOne(allOf([a, b])).map(({ where }) => where)).toEqual([b, a]);
    expect(withoutOne({ kind: 'of-actors', of: allOf([a, b]) }).map(({ where }) => where)).toEqual([
      { kind: 'of-actors', of: b },
      { kind: 'of-actors', of: a },
    ]);
    expect(withoutOne(a)).toEqual([]);
  });
});
