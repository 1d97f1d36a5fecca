import { describe, expect, it } from 'vitest';
import { groupClaims, toFacts } from '../../src/briefing/facts.ts';
import { ids, sampleKnowledge } from '../helpers/knowledge.ts';

const knowledge = sampleKnowledge('green');

describe('toFacts', () => {
  it('gives one fact for a value with everyone who states it', () => {
    const [fact, ...others] = toFacts(knowledge.claims(ids.actor, 'targets-sector'), knowledge);

    expect(others).toEqual([]);
    expect(fact).toMatchObject({ subject: ids.actor, predicate: 'targets-sector' });
    expect(fact?.sources.map(({ source, publisher }) => publisher ?? source)).toEqual([
      'beta',
      'Delta Press',
    ]);
  });

  it('keeps an alias in another sense apart, and who coined it', () => {
    const facts = toFacts(knowledge.claims(ids.actor, 'alias'), knowledge);

    const heron = facts.filter(({ object }) => object.name === 'Velvet Heron');
    expect(
      heron.map(({ object, sources }) => [object['relation'], sources.map(({ source }) => source)]),
    ).toEqual([
      ['same-as', ['alpha', 'beta']],
      ['overlaps', ['gamma']],
    ]);
    expect(heron[0]?.object['coinedBy']).toEqual(['Delta Press']);
  });

  it('names the object with its id and keeps reference, date, marking and confidence', () => {
    const facts = toFacts(knowledge.claims(ids.actor, 'uses'), knowledge);

    expect(facts.find(({ object }) => object.name === 'HeronDoor')).toEqual({
      subject: ids.actor,
      predicate: 'uses',
      object: { id: ids.door, name: 'HeronDoor', type: 'malware', label: 'HeronDoor' },
      sources: [
        {
          source: 'alpha',
          reference: 'https://delta.example/herondoor',
          date: '2025-03-01',
          tlp: 'clear',
          confidence: null,
          records: ['relationship--00000000-0000-4000-8000-000000000101'],
        },
      ],
    });
  });

  it('keeps country and sponsor apart and the words as written', () => {
    const facts = toFacts(knowledge.claims(ids.actor, 'attributed-to'), knowledge);

    expect(facts.map(({ object }) => [object.name, object['country'], object['text']])).toEqual([
      ['Iran', 'IR', 'Iran (Islamic Republic of)'],
      ['Ministry of Reeds', undefined, 'Ministry of Reeds'],
    ]);
    expect(facts[0]?.sources[0]?.confidence).toBe(50);
  });

  it('keeps what was not observed apart from what was', () => {
    const facts = toFacts(knowledge.claims(ids.actor, 'exploits'), knowledge);

    expect(facts.map(({ object, sources }) => [object['negated'], sources[0]?.quote])).toEqual(
      expect.arrayContaining([
        [true, 'we saw no exploits'],
        [false, 'they broke into web servers'],
      ]),
    );
  });
});

describe('groupClaims', () => {
  it('puts first what most sources state', () => {
    const [first] = groupClaims(knowledge.claims(ids.actor, 'alias'));

    expect(first?.value).toBe('Velvet Heron');
    expect(first?.claims).toHaveLength(2);
  });

  it('is empty for no claims', () => {
    expect(groupClaims([])).toEqual([]);
  });
});
