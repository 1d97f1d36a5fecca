import { hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../../scripts/data-build/collect.ts';
import { encodeRecords } from '../../scripts/data-build/encode.ts';
import { factsOnly } from '../../scripts/data-build/facts-only.ts';
import { foldSoftwareUses } from '../../scripts/data-build/fold-software.ts';
import type { SourceRecord } from '../../src/domain/record.ts';
import { decodeRecords, manifestSchema } from '../../src/ingest/bundled-format.ts';
import { corpusPath, describeWithCorpus } from '../helpers/corpus.ts';
import { fakeId, fakeUuid, refByName, refTo } from '../knowledge/records.ts';
import { dataFolder } from './bundled-records.ts';

const actor: SourceRecord = {
  externalId: fakeUuid(1),
  title: 'Grey Owl',
  collection: 'threat-actor',
  entity: {
    type: 'intrusion-set',
    id: fakeId('intrusion-set', 1),
    name: 'Grey Owl',
    externalIds: [`misp:${fakeUuid(1)}`],
    claimedIds: ['G9001'],
  },
  url: 'https://example.org/#grey-owl',
  tags: ['a="b"'],
  claims: [
    { predicate: 'name', text: 'Grey Owl' },
    { predicate: 'alias', text: 'Mouser', relation: 'same-as', coinedBy: 'Acme' },
    { predicate: 'alias', text: 'Night Bird', relation: 'overlaps' },
    { predicate: 'attributed-to', country: 'XA', text: 'suspected' },
    { predicate: 'targets-region', text: 'Nowhere', country: 'XB', confidence: 55 },
    { predicate: 'uses', target: { types: ['malware', 'tool'], uuid: fakeUuid(9), create: false } },
    {
      predicate: 'uses',
      target: refByName('SEAWEED', ['malware'], true),
      subject: refTo('intrusion-set', 2),
    },
    { predicate: 'reference', url: 'https://example.org/report', title: 'Acme (2030)' },
  ],
};
const odd: SourceRecord = {
  externalId: 'no uuid',
  title: 'A title of its own',
  entity: { type: 'malware', name: 'Kelp', externalIds: ['S9001', 'x'] },
  revoked: true,
  revokedBy: refTo('malware', 3),
  claims: [{ predicate: 'platform', text: 'Windows', citation: 'Acme 2030' }],
};
const attack: SourceRecord = {
  externalId: fakeId('intrusion-set', 4),
  title: 'Lynx',
  entity: { type: 'intrusion-set', id: fakeId('intrusion-set', 4), name: 'Lynx', externalIds: ['G9004'] },
  created: '2030-01-01T00:00:00.000Z',
  modified: '2030-01-02T00:00:00.000Z',
  claims: [
    { predicate: 'name', text: 'Lynx' },
    {
      predicate: 'alias',
      text: 'Cat',
      relation: 'same-as',
      citation: 'Acme 2030',
      reference: 'https://example.org/1',
    },
    {
      predicate: 'alias',
      text: 'Puss',
      relation: 'same-as',
      citation: 'Acme 2030',
      reference: 'https://example.org/1',
    },
  ],
};
const relationship: SourceRecord = {
  externalId: `relationship--${fakeUuid(5)}`,
  title: 'Lynx uses ',
  created: '2030-01-01T00:00:00.000Z',
  modified: '2030-01-02T00:00:00.000Z',
  claims: [
    {
      predicate: 'uses',
      subject: { types: ['intrusion-set'], id: fakeId('intrusion-set', 4), create: false },
      target: { types: ['malware'], id: fakeId('malware', 6), create: false },
      citation: 'Acme 2030',
    },
  ],
};

const exploiting: SourceRecord = {
  ...relationship,
  externalId: `relationship--${fakeUuid(7)}`,
  claims: [
    ...relationship.claims,
    {
      predicate: 'exploits',
      subject: { types: ['intrusion-set'], id: fakeId('intrusion-set', 4), create: false },
      target: { types: ['vulnerability'], externalId: 'CVE-2030-0001', name: 'CVE-2030-0001', create: true },
      text: 'CVE-2030-0001',
      citation: 'Acme 2030',
    },
  ],
};

describe('the form of the bundled data', () => {
  it('gives back every record as it was', () => {
    const records = [actor, attack, odd, relationship, exploiting];

    const read = decodeRecords(encodeRecords(records));

    expect(read.toSorted(byId)).toEqual(records.toSorted(byId));
  });

  it('does not depend on the order of the records, and has one on each line', () => {
    const text = encodeRecords([actor, attack, odd, relationship]);

    expect(encodeRecords([relationship, odd, attack, actor])).toBe(text);
    expect(text.trimEnd().split('\n')).toHaveLength(4);
  });

  it('says an address behind a citation once, where the same stands with every use', () => {
    const text = encodeRecords([attack]);

    expect(text.split('\n')[0]).toBe('["cited","Acme 2030","https://example.org/1"]');
    expect(text.match(/example\.org\/1/g)).toHaveLength(1);
    expect(decodeRecords(text)).toEqual([attack]);
  });
});

describe('factsOnly', () => {
  it('drops descriptions, quotations and titles of documents, and keeps who wrote when', () => {
    const claims = factsOnly({
      ...actor,
      claims: [
        { predicate: 'description', text: 'Words of a publisher.', section: 'overview' },
        { predicate: 'motivation', text: 'Espionage', quote: 'Words of a publisher.' },
        {
          predicate: 'reference',
          url: 'https://example.org',
          title: 'Acme, B. (2030, May 1). Words of a publisher.',
        },
        { predicate: 'attributed-to', country: 'IR', text: `attributed to ${'a long phrase '.repeat(6)}` },
      ],
    }).claims;

    expect(claims).toEqual([
      { predicate: 'motivation', text: 'Espionage' },
      { predicate: 'reference', url: 'https://example.org', title: 'Acme, B (2030, May 1)' },
      { predicate: 'attributed-to', country: 'IR', text: 'attributed to Iran' },
    ]);
  });

  it('keeps the links of actors and campaigns only', () => {
    const link = { predicate: 'reference', url: 'https://example.org' } as const;

    expect(factsOnly({ ...actor, claims: [link] }).claims).toEqual([link]);
    expect(factsOnly({ ...odd, claims: [link] }).claims).toEqual([]);
  });
});

describe('foldSoftwareUses', () => {
  const software = fakeId('malware', 8);
  const technique = { types: ['attack-pattern'], id: fakeId('attack-pattern', 9), create: false } as const;
  const subject = { types: ['malware'], id: software, create: false } as const;
  const ofSoftware: SourceRecord = {
    ...relationship,
    claims: [{ predicate: 'uses', subject, target: technique, citation: 'Acme 2030' }],
  };
  const malware: SourceRecord = {
    externalId: software,
    title: 'Worm',
    entity: { type: 'malware', id: software, name: 'Worm', externalIds: ['S9001'] },
    claims: [{ predicate: 'name', text: 'Worm' }],
  };

  it('puts what software does into its own record, dated as the relationship', () => {
    const folded = foldSoftwareUses([malware, ofSoftware]);

    expect(folded).toEqual([
      {
        ...malware,
        claims: [
          ...malware.claims,
          { predicate: 'uses', target: technique, citation: 'Acme 2030', date: '2030-01-02' },
        ],
      },
    ]);
  });

  it('leaves relationships of actors, revoked ones and those of unknown software alone', () => {
    const revoked: SourceRecord = { ...ofSoftware, revoked: true };

    expect(foldSoftwareUses([actor, relationship, revoked])).toEqual([actor, relationship, revoked]);
    expect(foldSoftwareUses([ofSoftware])).toEqual([ofSoftware]);
  });
});

describe('the data folder', () => {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'manifest.json'), 'utf8')));

  it('holds the files of its manifest, unchanged and within 9 MB', () => {
    const files = readdirSync(dataFolder).filter((name) => name.endsWith('.jsonl'));

    expect(files.sort()).toEqual(manifest.files.map(({ file }) => file).sort());
    for (const { file, sha256 } of manifest.files) {
      expect(hash('sha256', readFileSync(join(dataFolder, file)), 'hex'), file).toBe(sha256);
    }
    const bytes = files.reduce((sum, file) => sum + statSync(join(dataFolder, file)).size, 0);
    expect(bytes).toBeLessThan(9 * 1024 * 1024);
  });

  it('carries a notice that names each source with version and terms', () => {
    const notice = readFileSync(join(dataFolder, 'NOTICE.md'), 'utf8');

    expect(notice).toContain(
      '© 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.',
    );
    expect(notice).toContain('CC0 1.0');
    for (const { file, source } of manifest.files) {
      expect(notice).toContain(`version ${source.version ?? ''}: \`${file}\``);
    }
  });
});

describeWithCorpus('the bundled data against the publishers’ files', () => {
  it('equal what importing those files gives, without what factsOnly drops', () => {
    const collected = collect(corpusPath(), () => undefined);
    const manifest = manifestSchema.parse(
      JSON.parse(readFileSync(join(dataFolder, 'manifest.json'), 'utf8')),
    );

    expect(collected.map(({ file }) => file)).toEqual(manifest.files.map(({ file }) => file));
    for (const { file, records } of collected) {
      const read = decodeRecords(readFileSync(join(dataFolder, file), 'utf8'));
      expect(read.toSorted(byId), file).toEqual(records.toSorted(byId));
    }
  }, 60_000);
});

function byId(a: SourceRecord, b: SourceRecord): number {
  return a.externalId < b.externalId ? -1 : 1;
}
