import { describe, expect, it } from 'vitest';
import { answerToJson } from '../../src/briefing/answer-json.ts';
import type { Answer } from '../../src/briefing/types.ts';
import { createDesk } from '../../src/chat/desk.ts';
import type { SourceRecord } from '../../src/domain/record.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { silentLog } from '../../src/support/log.ts';
import { createMemoryStore, fakeId, ids, sampleRecords, stored } from '../helpers/knowledge.ts';
import { allActions, readCard, sectionTexts } from '../helpers/reading.ts';

const clock = { now: () => new Date('2026-01-20T03:00:00Z') };
const desk = createDesk({ store: createMemoryStore().store, clock, log: silentLog });

function ask(text: string, ceiling: Tlp = 'green'): Promise<Answer> {
  return desk.ask(text, ceiling);
}

function names(answer: Answer): readonly string[] {
  return answer.answers.map(({ name }) => name);
}

describe('answerQuestion', () => {
  it('finds an actor by an alias and says how', async () => {
    const answer = await ask('who is velvet heron');

    expect(answer.outcome).toBe('found');
    expect(answer.answers).toMatchObject([
      {
        id: ids.actor,
        type: 'intrusion-set',
        name: 'APT900',
        aliases: ['Velvet Heron', 'Shared Name'],
        matched: { text: 'velvet heron', name: 'Velvet Heron', kind: 'alias' },
      },
    ]);
    expect(answer.card.title).toBe('APT900');
  });

  it('holds in its facts all that is known of what it found', async () => {
    const { facts } = await ask('APT900');

    const known = new Set(facts.map(({ predicate }) => predicate));
    for (const predicate of [
      'name',
      'alias',
      'attributed-to',
      'targets-sector',
      'targets-region',
      'uses',
    ] as const) {
      expect(known).toContain(predicate);
    }
    for (const predicate of [
      'exploits',
      'reported-in',
      'description',
      'reference',
      'motivation',
      'tactic',
    ] as const) {
      expect(known).toContain(predicate);
    }
    expect(facts.filter(({ subject }) => subject === ids.campaign).map(({ predicate }) => predicate)).toEqual(
      expect.arrayContaining(['attributed-to', 'active-since', 'last-seen']),
    );
    expect(facts.every(({ sources }) => sources.length > 0)).toBe(true);
  });

  it.each([
    ['malware of APT900', 'malware', ['HeronDoor — only this actor']],
    ['tools of APT900', 'tools', ['NetPeek — 2 actors']],
    ['aliases of APT901', 'aliases', ['Shared Name — same as: Alpha Framework']],
    ['which sectors does APT900 target', 'sectors', ['Sectors: Telecommunications']],
  ])('answers the aspect in "%s"', async (question, section, texts) => {
    const answer = await ask(question);

    expect(answer.outcome).toBe('answer');
    expect(sectionTexts(answer.card, section)).toEqual(texts);
    expect(answer.facts.length).toBeGreaterThan(0);
  });

  it('says that no source answers an aspect, and offers what is known', async () => {
    const answer = await ask('malware of APT901');

    expect(readCard(answer.card)).toContain('No source here names malware that APT901 uses.');
    expect(answer.card.actions.map(({ label }) => label)).toEqual([
      'Whole Briefing',
      'Ask for techniques',
      'Ask for tools',
      'Ask for attribution',
    ]);
  });

  it('gives a software first and then the actors that use it', async () => {
    const answer = await ask('NetPeek');

    expect(answer.outcome).toBe('found');
    expect(names(answer)).toEqual(['NetPeek', 'APT900', 'APT901']);
    expect(sectionTexts(answer.card, 'what')).toEqual([
      'NetPeek, tool; 2 actors tied to it: APT900 and APT901.',
    ]);
  });

  it('lists who uses a technique', async () => {
    const answer = await ask('who uses T9022');

    expect(names(answer)).toEqual(['Script Runner', 'APT900', 'APT901']);
    expect(sectionTexts(answer.card, 'actors')).toEqual([
      'APT900 — Alpha Framework',
      'APT901 — Alpha Framework',
    ]);
  });

  it('lists the sub-techniques of a technique with how many actors use each, for these are not counted above', async () => {
    const parent: SourceRecord = {
      externalId: fakeId('attack-pattern', 29),
      title: 'Letters',
      entity: {
        type: 'attack-pattern',
        id: fakeId('attack-pattern', 29),
        name: 'Letters',
        externalIds: ['T9021'],
      },
      claims: [],
    };
    const { store } = createMemoryStore({ records: [...sampleRecords, stored('alpha', parent)] });
    const withParent = createDesk({ store, clock, log: silentLog });

    for (const question of ['T9021', 'who uses T9021']) {
      const answer = await withParent.ask(question, 'green');

      expect(sectionTexts(answer.card, 'sub-techniques')).toEqual([
        'Letter with a Trap (T9021.001) — 1 actor',
      ]);
    }
  });

  it('counts a campaign’s actor among those tied to its software, and names the campaign', async () => {
    const records = sampleRecords.filter(({ record }) => !record.externalId.endsWith('101'));
    const { store } = createMemoryStore({ records });

    const answer = await createDesk({ store, clock, log: silentLog }).ask('HeronDoor', 'green');

    expect(sectionTexts(answer.card, 'actors')).toEqual(['APT900, through Operation Reed — Alpha Framework']);
  });

  it('gives every owner of a shared name with what tells them apart', async () => {
    const answer = await ask('shared name');

    expect(answer.outcome).toBe('ambiguous');
    expect(names(answer).toSorted()).toEqual(['APT900', 'APT901']);
    expect(sectionTexts(answer.card, 'choice').toSorted()).toEqual([
      'APT900, actor G9001, called Shared Name, Iran, uses HeronDoor',
      'APT901, actor G9002, called Shared Name, North Korea, uses NetPeek',
    ]);
    expect(allActions(answer.card)).toHaveLength(2);
  });

  it('suggests near names with buttons, and answers nothing', async () => {
    const suggestion = await desk.contextAt('green');
    const match = suggestion.index.suggest('Velvet', 1);
    const { answerQuestion } = await import('../../src/briefing/answer.ts');

    const answer = await answerQuestion(
      { kind: 'suggest', suggestions: match, text: 'velvt' },
      'velvt',
      suggestion,
    );

    expect([answer.outcome, answer.answers, answer.suggestions.map(({ name }) => name)]).toEqual([
      'suggest',
      [],
      ['APT900'],
    ]);
    expect(allActions(answer.card).map(({ label }) => label)).toEqual(['APT900']);
  });

  it('says that nothing is called so, and offers questions that work', async () => {
    const answer = await ask('qqqqzzzzxxxx');

    expect([answer.outcome, answer.answers, answer.facts]).toEqual(['not-found', [], []]);
    expect(readCard(answer.card)).toContain('“qqqqzzzzxxxx”');
    expect(answer.card.actions).toHaveLength(3);
  });

  it('helps and refuses with a card', async () => {
    expect((await ask('help')).outcome).toBe('help');
    expect((await ask('x'.repeat(200_000))).outcome).toBe('refused');
  });
});

describe('answerQuestion about a report', () => {
  it('names its actors and its indicators, and counts those that are withheld', async () => {
    const { index, ...context } = await desk.contextAt('green');
    const { answerEntity } = await import('../../src/briefing/answer.ts');

    const answer = await answerEntity(ids.report, 'overview', { index, ...context });

    expect(answer && sectionTexts(answer.card, 'actors')).toEqual(['APT900 — Gamma notes']);
    expect(answer && sectionTexts(answer.card, 'indicators')).toEqual([
      'domain: heron.example',
      '1 withheld by their marking',
    ]);
  });
});

describe('answerQuestion about an indicator', () => {
  it('names the reports that hold it and the actors that they name', async () => {
    const answer = await ask('heron[.]example');

    expect(answer.outcome).toBe('answer');
    expect(names(answer)).toEqual(['heron.example', 'APT900']);
    expect(answer.card.title).toBe('Indicator heron[.]example');
    expect(sectionTexts(answer.card, 'reports')).toEqual([
      'Herons on the wire, 2025-06-01 (domain, Network activity) — Gamma notes, TLP:GREEN; names APT900',
    ]);
    expect(answer.facts[0]).toMatchObject({
      predicate: 'reported-in',
      object: { id: ids.report, name: 'Herons on the wire', indicatorType: 'domain' },
      sources: [{ source: 'gamma', tlp: 'green' }],
    });
  });

  it('counts what the record’s marking hides', async () => {
    expect((await ask('heron.example')).withheld.count).toBe(1);
    expect((await ask('heron.example', 'amber')).withheld.count).toBe(0);
    expect(names(await ask('heron.example', 'clear'))).toEqual([]);
  });

  it('counts what the indicator’s own marking hides', async () => {
    const green = await ask('192.0.2.7');
    expect([green.outcome, green.answers, green.withheld]).toEqual([
      'not-found',
      [],
      { count: 1, highest: 'amber' },
    ]);

    const amber = await ask('192.0.2.7', 'amber');
    expect([amber.outcome, amber.card.marking]).toEqual(['answer', 'amber']);
  });

  it('tells nothing of a report that only a stricter marking knows', async () => {
    expect(JSON.stringify(await ask('quiet.example'))).not.toContain('Quiet herons');
  });

  it('finds a URL by its host and says which value the report holds', async () => {
    const answer = await ask('hxxp://heron[.]example/path');

    expect(sectionTexts(answer.card, 'reports').join()).toContain(
      '(domain, Network activity: heron.example)',
    );
  });
});

describe('answerToJson', () => {
  it('has the keys that programs rely on, in their order', async () => {
    const json = answerToJson(await ask('APT900'), 0.4, 'the text');

    expect(Object.keys(json)).toEqual([
      'question',
      'outcome',
      'latencyMs',
      'answers',
      'suggestions',
      'facts',
      'withheld',
      'text',
    ]);
    expect(json).toMatchObject({ question: 'APT900', outcome: 'found', latencyMs: 0.4, text: 'the text' });
    expect(json.withheld).toEqual({ count: 2, highest: 'amber' });
    expect(Object.keys(json.facts[0]?.sources[0] ?? {}).slice(0, 5)).toEqual([
      'source',
      'reference',
      'date',
      'tlp',
      'confidence',
    ]);
  });

  it('leaves nothing but plain data', async () => {
    const json = answerToJson(await ask('APT900'), 1, '');

    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  it('keeps a forged name as data', async () => {
    const record = {
      externalId: 'x',
      title: 'x',
      entity: { type: 'malware', name: '__proto__', externalIds: [] },
      claims: [],
    } as const;
    const { store } = createMemoryStore({ records: [...sampleRecords, stored('alpha', record)] });

    const answer = await createDesk({ store, clock, log: silentLog }).ask('__proto__', 'green');

    expect(JSON.parse(JSON.stringify(answerToJson(answer, 1, ''))).question).toBe('__proto__');
  });
});
