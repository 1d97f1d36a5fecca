import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../src/domain/record.ts';
import type { Tlp } from '../../src/domain/tlp.ts';
import { entityRecord, fakeId, knowledgeOf, stored } from './records.ts';

const words: SourceRecord = {
  externalId: 'acme:impact="high"',
  title: 'Impact on us: High',
  collection: 'taxonomy',
  claims: [{ predicate: 'detail', label: 'Impact on us', text: 'High' }],
};

function detailsOf(record: SourceRecord, ceiling: Tlp): readonly string[] {
  const event = entityRecord({
    source: 'misp-acme',
    name: 'Sample event',
    type: 'report',
    number: 1,
    claims: [
      { predicate: 'detail', label: 'acme:impact', text: 'HIGH' },
      { predicate: 'detail', label: 'acme:impact', text: 'low' },
    ],
  });
  const knowledge = knowledgeOf([event, stored('misp-taxonomies', record)]).at(ceiling);
  return knowledge
    .claims(fakeId('report', 1), 'detail')
    .map(({ given }) => (given.predicate === 'detail' ? `${given.label}: ${given.text}` : ''))
    .sort();
}

describe('tags of events', () => {
  it('are told in the words of a taxonomy that was imported', () => {
    expect(detailsOf({ ...words, marking: { tlp: 'clear' } }, 'red')).toEqual([
      'Impact on us: High',
      'acme:impact: low',
    ]);
  });

  it('are not told in words that are marked stricter than the event', () => {
    expect(detailsOf({ ...words, marking: { tlp: 'red' } }, 'red')).toEqual([
      'acme:impact: HIGH',
      'acme:impact: low',
    ]);
  });
});
