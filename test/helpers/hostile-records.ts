import type { RecordClaim, SourceRecord } from '../../src/domain/record.ts';
import type { StoredRecord, StoredSource } from '../../src/store/types.ts';
import { fakeId, fakeSource, stored } from './knowledge.ts';

export const hostileIds = {
  actor: fakeId('intrusion-set', 700),
  other: fakeId('intrusion-set', 701),
  malware: fakeId('malware', 710),
  technique: fakeId('attack-pattern', 720),
  campaign: fakeId('campaign', 730),
  report: fakeId('report', 740),
};

/** Names by which tests ask. */
export const hostileNames = { actor: 'APT777', other: 'APT778' };

/** A small world in which every text of every field is the same words, behind a word to ask by where one is needed. */
export function hostileWorld(words: string): {
  readonly records: readonly StoredRecord[];
  readonly sources: readonly StoredSource[];
} {
  const { actor, other, malware, technique, campaign, report } = hostileIds;
  const to = (id: typeof actor) => ({ types: [], id, create: false });
  const said: readonly RecordClaim[] = [
    { predicate: 'alias', text: `Plover ${words}`, relation: 'same-as', coinedBy: words, quote: words },
    { predicate: 'alias', text: words === '' ? 'x' : words, relation: 'overlaps', quote: words },
    { predicate: 'attributed-to', text: words, sponsor: words, quote: words },
    { predicate: 'targets-sector', text: words },
    { predicate: 'targets-region', text: words },
    { predicate: 'motivation', text: words },
    { predicate: 'exploits', text: words, quote: words },
    { predicate: 'description', section: 'overview', text: words },
    { predicate: 'reference', url: words, title: words },
    { predicate: 'reference', url: 'https://fine.example/paper', title: words },
    { predicate: 'detail', label: words, text: words },
    { predicate: 'active-since', text: words },
    { predicate: 'last-seen', text: words },
    { predicate: 'uses', target: to(malware), reference: words },
    { predicate: 'uses', target: to(technique) },
  ];
  const entity = (
    id: typeof actor,
    type: NonNullable<SourceRecord['entity']>['type'],
    name: string,
    claims: readonly RecordClaim[],
    externalIds: readonly string[] = [],
  ): SourceRecord => ({
    externalId: id,
    title: `${name} ${words}`,
    publisher: words,
    url: words.includes('://') ? 'https://fine.example/x' : words,
    entity: { type, id, name, externalIds },
    claims: claims.map((claim) => ({ ...claim, publisher: words, citation: words })),
  });
  const records = [
    entity(actor, 'intrusion-set', hostileNames.actor, said, ['G7700']),
    entity(other, 'intrusion-set', hostileNames.other, said.slice(0, 4)),
    entity(malware, 'malware', `Sandpiper ${words}`, [{ predicate: 'platform', text: words }]),
    entity(technique, 'attack-pattern', `Wading ${words}`, [{ predicate: 'tactic', text: words }], ['T7720']),
    entity(campaign, 'campaign', `Operation ${words}`, [
      { predicate: 'attributed-to', text: words, target: to(actor) },
    ]),
    entity(report, 'report', `Paper ${words}`, [{ predicate: 'reported-in', subject: to(actor) }]),
  ];
  const source = { ...fakeSource('alpha', `Alpha ${words}`), licence: words, version: words };
  return { records: records.map((record) => stored('alpha', record)), sources: [source] };
}
