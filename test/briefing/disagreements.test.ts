import { describe, expect, it } from 'vitest';
import { type Disagreement, findDisagreements } from '../../src/briefing/disagreements.ts';
import type { RecordClaim } from '../../src/domain/record.ts';
import { fakeId, fakeSource, ids, sampleKnowledge, stored } from '../helpers/knowledge.ts';

const id = fakeId('intrusion-set', 1);

/** What two sources' claims on one actor disagree on. */
function between(one: readonly RecordClaim[], other: readonly RecordClaim[]): readonly Disagreement[] {
  const sources = [fakeSource('one', 'One'), fakeSource('other', 'Other')];
  const entity = { type: 'intrusion-set', id, name: 'APT900', externalIds: [] } as const;
  const knowledge = sampleKnowledge('clear', {
    sources,
    records: [
      stored('one', { externalId: 'a', title: 'APT900', entity, claims: one }),
      stored('other', { externalId: 'b', title: 'APT900', entity, claims: other }),
    ],
  });
  const actor = knowledge.entity(id);
  if (actor === undefined) throw new Error('the actor is missing');
  return findDisagreements(actor, knowledge);
}

function sides(
  found: readonly Disagreement[],
): readonly (readonly [string, readonly (readonly string[])[]])[] {
  return found.map(({ kind, sides: all }) => [
    kind,
    all.map(({ value, claims }) => [value, ...new Set(claims.map(({ provenance }) => provenance.source))]),
  ]);
}

describe('findDisagreements', () => {
  it('shows attribution to two countries with who says which', () => {
    const found = between(
      [{ predicate: 'attributed-to', country: 'IR', text: 'Iran' }],
      [{ predicate: 'attributed-to', country: 'RU', text: 'Russia' }],
    );

    expect(sides(found)).toEqual([
      [
        'attribution',
        [
          ['Iran', 'one'],
          ['Russia', 'other'],
        ],
      ],
    ]);
  });

  it.each<[string, RecordClaim, RecordClaim]>([
    [
      'a region beside a country',
      { predicate: 'attributed-to', text: 'Middle East' },
      { predicate: 'attributed-to', country: 'IR', text: 'Iran' },
    ],
    [
      'several regions',
      { predicate: 'targets-region', text: 'Germany', country: 'DE' },
      { predicate: 'targets-region', text: 'France', country: 'FR' },
    ],
    [
      'a code beside a name',
      { predicate: 'attributed-to', country: 'KR', text: 'KR' },
      { predicate: 'attributed-to', country: 'KR', text: 'South Korea' },
    ],
    [
      'one sector each',
      { predicate: 'targets-sector', text: 'Telecommunications' },
      { predicate: 'targets-sector', text: 'Energy' },
    ],
    [
      'sabotage beside espionage',
      { predicate: 'motivation', text: 'Espionage' },
      { predicate: 'motivation', text: 'Sabotage' },
    ],
  ])('raises no alarm about %s', (_, one, other) => {
    expect(between([one], [other])).toEqual([]);
  });

  it('takes two countries that one record names together for both meant', () => {
    const both: readonly RecordClaim[] = [
      { predicate: 'attributed-to', country: 'RU', text: 'Russia' },
      { predicate: 'attributed-to', country: 'UA', text: 'Ukraine' },
    ];

    expect(between(both, [])).toEqual([]);
    expect(between(both, [{ predicate: 'attributed-to', country: 'UA', text: 'Ukraine' }])).toEqual([]);
    expect(between(both, [{ predicate: 'attributed-to', country: 'IR', text: 'Iran' }])).toHaveLength(1);
  });

  it('sets “suspected” against a plain statement on the same country, unless that is unsure as well', () => {
    const suspected: RecordClaim = { predicate: 'attributed-to', country: 'IR', text: 'suspected Iranian' };
    const plain: RecordClaim = { predicate: 'attributed-to', country: 'IR', text: 'Iran' };

    expect(sides(between([suspected], [plain]))).toEqual([
      [
        'certainty',
        [
          ['suspected', 'one'],
          ['stated', 'other'],
        ],
      ],
    ]);
    expect(between([suspected], [{ ...plain, confidence: 50 }])).toEqual([]);
    expect(between([suspected], [{ ...plain, confidence: 100 }])).toHaveLength(1);
  });

  it('sets espionage against gain', () => {
    const found = between(
      [{ predicate: 'motivation', text: 'Espionage' }],
      [{ predicate: 'motivation', text: 'Financially motivated' }],
    );

    expect(found.map(({ kind }) => kind)).toEqual(['motivation']);
  });

  it('sets lists of sectors against each other that have nothing in common', () => {
    const found = between(
      [
        { predicate: 'targets-sector', text: 'Telecommunications' },
        { predicate: 'targets-sector', text: 'Travel' },
      ],
      [
        { predicate: 'targets-sector', text: 'Oil and gas' },
        { predicate: 'targets-sector', text: 'Chemical' },
      ],
    );

    expect(sides(found)).toEqual([
      [
        'targets-sector',
        [
          ['Telecommunications, Travel', 'one'],
          ['Oil and gas, Chemical', 'other'],
        ],
      ],
    ]);
  });

  it('takes one country in two spellings for agreement', () => {
    const found = between(
      [{ predicate: 'attributed-to', country: 'IR', text: 'Iran' }],
      [{ predicate: 'attributed-to', country: 'IR', text: 'Iran (Islamic Republic of)' }],
    );

    expect(found).toEqual([]);
  });

  it.each([
    ['2014', '2014-11', false],
    ['2014-11', '2014-11-02', false],
    ['2014', '2015', true],
    ['2014-11', '2014-12', false],
    ['2014-12', '2015-02', false],
    ['2013-11', '2014-12', true],
  ])('compares the beginnings %s and %s', (one, other, disagree) => {
    const found = between(
      [{ predicate: 'active-since', text: one }],
      [{ predicate: 'active-since', text: other }],
    );

    expect(found.map(({ kind }) => kind)).toEqual(disagree ? ['active-since'] : []);
  });

  it('shows an alias that one calls the same and another an overlap', () => {
    const found = between(
      [{ predicate: 'alias', text: 'Velvet Heron', relation: 'same-as' }],
      [{ predicate: 'alias', text: 'VELVET HERON', relation: 'overlaps' }],
    );

    expect(sides(found)).toEqual([
      [
        'alias-relation',
        [
          ['same as', 'one'],
          ['overlaps', 'other'],
        ],
      ],
    ]);
  });

  it('takes overlap and part-of for compatible', () => {
    const found = between(
      [{ predicate: 'alias', text: 'Velvet Heron', relation: 'part-of' }],
      [{ predicate: 'alias', text: 'Velvet Heron', relation: 'overlaps' }],
    );

    expect(found).toEqual([]);
  });

  it('sets every exploitation against a plain denial', () => {
    const found = between(
      [{ predicate: 'exploits', text: 'exploited servers' }],
      [{ predicate: 'exploits', text: 'exploits', negated: true }],
    );

    expect(sides(found)).toEqual([
      [
        'exploits',
        [
          ['stated', 'one'],
          ['not observed', 'other'],
        ],
      ],
    ]);
  });

  it('sets a denial of one vulnerability against statements on that one only', () => {
    const cve = (number: string, negated: boolean): RecordClaim => ({
      predicate: 'exploits',
      text: number,
      negated,
      target: { types: ['vulnerability'], externalId: number, name: number, create: true },
    });

    expect(between([cve('CVE-2099-11111', false)], [cve('CVE-2099-22222', true)])).toEqual([]);
    expect(between([cve('CVE-2099-11111', false)], [cve('CVE-2099-11111', true)])).toHaveLength(1);
  });

  it('finds nothing where only one source speaks', () => {
    const knowledge = sampleKnowledge('green');
    const actor = knowledge.entity(ids.secondActor);

    expect(actor === undefined ? undefined : findDisagreements(actor, knowledge)).toEqual([]);
  });
});

describe('a name that two actors carry', () => {
  const twins = (...attackIds: readonly (readonly string[])[]): readonly Disagreement[] => {
    const records = attackIds.map((externalIds, index) =>
      stored(index === 0 ? 'attack-enterprise' : 'other', {
        externalId: `r${index}`,
        title: `Bird ${index}`,
        entity: {
          type: 'intrusion-set',
          id: fakeId('intrusion-set', 60 + index),
          name: `Bird ${index}`,
          externalIds,
        },
        claims: [{ predicate: 'alias', text: 'Night Bird', relation: 'same-as' }],
      }),
    );
    const sources = [fakeSource('attack-enterprise', 'ATT&CK'), fakeSource('other', 'Other')];
    const knowledge = sampleKnowledge('clear', { records, sources });
    const actor = knowledge.entity(fakeId('intrusion-set', 60));
    return actor === undefined ? [] : findDisagreements(actor, knowledge);
  };

  it('is disputed where ATT&CK knows the two for different ones', () => {
    const found = twins(['G9001'], ['G9002']);

    expect(found.map(({ kind, about, sides: all }) => [kind, about, all.map(({ value }) => value)])).toEqual([
      ['name-owner', 'Night Bird', ['a name of Bird 0 (G9001)', 'a name of Bird 1 (G9002)']],
    ]);
  });

  it('is only shared where nobody keeps them apart: they may be one that could not be joined', () => {
    expect(twins(['G9001'], [])).toEqual([]);
  });
});
