import { beforeAll, describe, expect, it } from 'vitest';
import { membersOf, valuesOfSet } from '../../src/briefing/actor-set.ts';
import { answerQuestion } from '../../src/briefing/answer.ts';
import { kindsFor } from '../../src/briefing/compare-kinds.ts';
import type { AnswerContext } from '../../src/briefing/context.ts';
import { evaluateList } from '../../src/briefing/list-evaluate.ts';
import { prepareLists } from '../../src/briefing/prepare-lists.ts';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import type { Answer } from '../../src/briefing/types.ts';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { bundledKnowledgeBase } from '../data/bundled-records.ts';
import { createMemoryStore } from '../helpers/knowledge.ts';
import { allActions, readCard, sectionTexts } from '../helpers/reading.ts';
import { problemsOf } from '../helpers/sweep-cards.ts';

const now = new Date('2026-11-22T12:00:00Z');
let context: AnswerContext;

beforeAll(() => {
  const knowledge = bundledKnowledgeBase().at('green');
  context = {
    knowledge,
    index: createIndex(searchEntities(knowledge)),
    indicators: createMemoryStore().store,
    now,
  };
});

function ask(text: string): Promise<Answer> {
  return answerQuestion(parseQuestion(text, context.index), text, context);
}

describe('what a set of actors has most of', () => {
  it('counts each actor once, and as a list of them does', async () => {
    const answer = await ask('what sectors do iranian groups target');
    const [first] = sectionTexts(answer.card, 'sectors');
    const government = evaluateList(
      ['intrusion-set'],
      {
        kind: 'and',
        of: [
          { kind: 'country', code: 'IR' },
          { kind: 'sector', key: 'government' },
        ],
      },
      context.knowledge,
      now,
    );

    expect(first).toContain(`Government — ${government.size} actors`);
    expect(answer.outcome).toBe('answer');
    expect(answer.facts.every(({ sources }) => sources.length > 0)).toBe(true);
  });

  it.each(['regions', 'sectors'] as const)('counts %s as looking through each actor does', (of) => {
    const { knowledge } = context;
    const set = membersOf({ kind: 'country', code: 'KP' }, knowledge, now);
    const [kind] = kindsFor(of);
    if (kind === undefined) throw new Error('no such kind');

    const { values, recorded } = valuesOfSet(set, kind, knowledge);

    const slow = set.actors.map((actor) => [...kind.valuesOf(actor, knowledge).keys()]);
    expect(recorded).toBe(slow.filter(({ length }) => length > 0).length);
    for (const { key, members } of values)
      expect(members.length).toBe(slow.filter((keys) => keys.includes(key)).length);
  });

  it('says of how many nothing is recorded, and lists those who are with a button', async () => {
    const { card } = await ask('which countries do chinese actors target');

    expect(card.sections[0]?.heading).toMatch(/recorded for \d+ of \d+ actors/);
    const asked = allActions(card).flatMap((action) =>
      action.type === 'command' && action.value.verb === 'ask' ? [action.value.question ?? ''] : [],
    );
    for (const question of asked) expect(parseQuestion(question, context.index).kind).toBe('list');
  });

  it('says so where nothing is recorded of any', async () => {
    expect(readCard((await ask('what motivates maltese groups')).card)).not.toContain('undefined');
  });
});

describe('two sets of actors', () => {
  it('are compared by what both use, and what only one does, with numbers', async () => {
    const answer = await ask('compare iranian and russian groups');
    const techniques = sectionTexts(answer.card, 'techniques').join('\n');

    expect(answer.card.title).toBe('Actors from Iran compared with actors from Russia');
    expect(techniques).toMatch(/\d+ in both of \d+ \(Jaccard 0\.\d\d\)/);
    expect(techniques).toContain('Most in both');
    expect(techniques).toContain('Only actors from Iran');
    expect(techniques).toContain('Only actors from Russia');
  });

  it('leaves the one out of the others', async () => {
    const answer = await ask('compare APT28 with other russian groups');

    expect(sectionTexts(answer.card, 'sides').join()).not.toContain('in both');
  });
});

describe('lists by what few records tell', () => {
  it.each([
    ['linux ransomware', 'have no platform recorded here and are left out'],
    ['state-sponsored groups', 'Being from a country alone does not count'],
    ['groups last seen in 2023', 'The date meant is the last that is recorded'],
    ['campaigns in 2022', 'have no such date here and are left out'],
  ])('say of %j what counted', async (text, note) => {
    expect(sectionTexts((await ask(text)).card, 'reading').join()).toContain(note);
  });

  it('rank what is used by how many use it, and show as many as were asked for', async () => {
    const items = sectionTexts((await ask('top 5 malware used by chinese groups')).card, 'matches');
    const counts = items.map((text) => Number(/used by (\d+) actors/.exec(text)?.[1] ?? 0));

    expect(items).toHaveLength(5);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  it('put what few use first where that is asked for', async () => {
    const { knowledge } = context;
    const answer = await ask('rarest techniques used by iranian groups');
    const [first] = answer.answers;
    const claims = first === undefined ? [] : knowledge.claimsAbout(first.id, 'uses');
    const users = claims.flatMap(({ subject }) => knowledge.entities.get(subject) ?? []);

    expect(new Set(users.filter(({ type }) => type === 'intrusion-set')).size).toBe(1);
  });

  it('say that a software is listed as a kind, not that it uses one', async () => {
    expect(sectionTexts((await ask('stealers')).card, 'matches')[0]).toContain('listed as a stealer');
  });

  it.each([
    'what sectors do iranian groups target',
    'compare iranian and russian groups',
    'top techniques',
    'state-sponsored groups',
    'campaigns in 2022',
    'linux ransomware',
  ])('cite each line of %j and fit both platforms', async (text) => {
    expect(problemsOf((await ask(text)).card)).toEqual([]);
  });

  it('are answered alike when prepared', async () => {
    const before = await ask('groups from iran');

    expect([...prepareLists(context.knowledge, context.index, now)].length).toBeGreaterThan(10);

    expect(readCard((await ask('groups from iran')).card)).toBe(readCard(before.card));
  });
});
