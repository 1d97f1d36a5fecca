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
