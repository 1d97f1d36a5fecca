import { describe, expect, it } from 'vitest';
import { createDesk } from '../../../src/chat/desk.ts';
import { nameKey } from '../../../src/domain/name-key.ts';
import type { SourceRecord } from '../../../src/domain/record.ts';
import { mentionId } from '../../../src/knowledge/draft.ts';
import { cisaKevImporter } from '../../../src/sources/cisa-kev/index.ts';
import { silentLog } from '../../../src/support/log.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { createMemoryStore, fakeSource, stored } from '../../helpers/knowledge.ts';
import { readCard } from '../../helpers/reading.ts';
import { claimsOf, readCorpus, readWith } from '../read-document.ts';

const entry = {
  cveID: 'CVE-2099-90001',
  vendorProject: 'Heron',
  product: 'Door',
  vulnerabilityName: 'Heron Door Open Door Vulnerability',
  dateAdded: '2024-02-03',
  shortDescription: 'Heron Door stands open.',
  requiredAction: 'Close it.',
  dueDate: '2024-02-24',
  knownRansomwareCampaignUse: 'Known',
  notes:
    'Doors of other makers may stand open as well, so look there too. See: https://heron.example/a ; https://heron.example/b;   https://heron.example/c", ; javascript:alert(1) ; ftp://heron.example/d',
  cwes: ['CWE-59', 'CWE-436'],
};
const catalogue = (...vulnerabilities: unknown[]) => ({
  title: 'A catalogue',
  catalogVersion: '2024.02.03',
  dateReleased: '2024-02-03T12:00:00Z',
  count: vulnerabilities.length,
  vulnerabilities,
});
const columns = Object.keys(entry);
const csvCell = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const csv = [
  columns.join(','),
  Object.values(entry)
    .map((value) => csvCell(Array.isArray(value) ? value.join(', ') : value))
    .join(','),
].join('\r\n');

describeSourceContract(
  cisaKevImporter,
  [
    ['json', JSON.stringify(catalogue(entry))],
    ['bare list', JSON.stringify([entry])],
    ['csv', csv],
    [
      'csv with semicolons',
      csv.replaceAll('","', '";"').replaceAll(/^(cveID.*)$/gm, (line) => line.replaceAll(',', ';')),
    ],
  ].map(([name = '', text = '']) => ({ name, place: name, bytes: new TextEncoder().encode(text) })),
);

function details(record: SourceRecord | undefined): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const { label, text } of claimsOf(record, 'detail')) found[label] = [...(found[label] ?? []), text];
  return found;
}

const since = 'In CISA’s KEV catalogue since';

describe('the catalogue of known exploited vulnerabilities', () => {
  it.each([
    ['JSON', catalogue(entry)],
    ['CSV', csv],
  ])('says the same as %s', (_, content) => {
    const { records, rejections, notices } = readWith(cisaKevImporter, content);
    const [record] = records;

    expect([records.length, rejections, notices]).toEqual([1, [], []]);
    expect(record).toMatchObject({
      externalId: 'CVE-2099-90001',
      entity: { type: 'vulnerability', name: 'CVE-2099-90001', externalIds: ['CVE-2099-90001'] },
      created: '2024-02-03',
    });
    expect(details(record)).toEqual({
      Vulnerability: ['Heron Door Open Door Vulnerability'],
      [since]: ['2024-02-03'],
      'CISA’s due date': ['2024-02-24'],
      'Use by ransomware campaigns': ['Known'],
      'Affected product': ['Heron Door'],
      'Required action': ['Close it.'],
      Weakness: ['CWE-59', 'CWE-436'],
      Note: ['Doors of other makers may stand open as well, so look there too.'],
    });
    expect(claimsOf(record, 'reference').map(({ url }) => url)).toEqual(
      ['a', 'b', 'c'].map((end) => `https://heron.example/${end}`),
    );
  });

  it('gives a vulnerability the id that it has while others only mention it', () => {
    const id = readWith(cisaKevImporter, catalogue(entry)).records[0]?.entity?.id;

    expect(id).toBe(mentionId('vulnerability', nameKey('CVE-2099-90001')));
  });

  it('is complete and takes the catalogue’s version as its release', () => {
    const bytes = new TextEncoder().encode(JSON.stringify(catalogue(entry)));
    const [first] = [...cisaKevImporter.read({ place: 'x', bytes }, {})];

    expect(first).toMatchObject({
      complete: true,
      source: { version: '2024.02.03', defaultMarking: 'clear' },
    });
  });

  it('rejects what has no CVE id and keeps what only lacks the rest', () => {
    const { records, rejections } = readWith(
      cisaKevImporter,
      catalogue(
        null,
        5,
        [],
        {},
        { cveID: 'nonsense' },
        { cveID: {} },
        { cveID: ['CVE-2099-90002'] },
        {
          ...entry,
          dateAdded: 9999,
          dueDate: 'soon',
          product: null,
          vendorProject: { a: 1 },
          notes: ['https://heron.example/a', null],
          cwes: 'CWE-1, CWE-2',
          __proto__: 1,
          shortDescription: 'x'.repeat(1_000_000),
        },
      ),
    );

    expect(rejections.map(({ path }) => path)).toEqual(
      [0, 1, 2, 3, 4, 5].map((at) => `vulnerabilities[${at}]`),
    );
    expect(records.map(({ externalId }) => externalId)).toEqual(['CVE-2099-90002', 'CVE-2099-90001']);
    expect(records[1]?.created).toBeUndefined();
    expect(details(records[1])).toMatchObject({
      [since]: ['9999'],
      'CISA’s due date': ['soon'],
      Weakness: ['CWE-1', 'CWE-2'],
    });
    expect(claimsOf(records[1], 'description')[0]?.text).toHaveLength(4000);
  });

  it('keeps the first of two entries of one CVE, and a bad line costs itself only', () => {
    const lines = `${csv}\r\n"CVE-2099-90003,x\r\nCVE-2099-90001,Again,It\r\nCVE-2099-90004${',x'.repeat(20)}\r\nCVE-2099-90005,Heron\r\n`;
    const { records, notices, rejections } = readWith(cisaKevImporter, lines);

    expect(records.map(({ externalId }) => externalId)).toEqual(['CVE-2099-90001', 'CVE-2099-90005']);
    expect(notices.map(({ text }) => text)).toEqual([
      'CVE-2099-90001 stands in the catalogue before: the first entry is kept',
      'CVE-2099-90005 has no date on which it was added',
    ]);
    expect(rejections.map(({ path }) => path)).toEqual(['line 3', 'line 5']);
  });

  it('shows on a card since when a CVE is known to be exploited, the due date, ransomware use and who says so', async () => {
    const { records } = readWith(cisaKevImporter, catalogue(entry));
    const { store } = createMemoryStore({
      records: records.map((record) => stored('cisa-kev', record)),
      sources: [fakeSource('cisa-kev', 'CISA Known Exploited Vulnerabilities')],
    });
    const desk = createDesk({
      store,
      clock: { now: () => new Date('2026-01-20T03:00:00Z') },
      log: silentLog,
    });

    const answer = await desk.ask('cve-2099-90001', 'clear');
    const card = readCard(answer.card);

    expect(answer.outcome).toBe('found');
    expect(card).toContain(`${since}: 2024-02-03`);
    expect(card).toContain('CISA’s due date: 2024-02-24');
    expect(card).toContain('Use by ransomware campaigns: Known');
    expect(card).toContain('[1] CISA Known Exploited Vulnerabilities');
    expect(answer.facts.find(({ object }) => object['label'] === since)).toMatchObject({
      predicate: 'detail',
      object: { name: '2024-02-03' },
      sources: [{ source: 'cisa-kev', date: '2024-02-03' }],
    });
  });
});

describeWithCorpus('CISA’s catalogue of 25 August 2025', () => {
  const json = readCorpus(cisaKevImporter, 'cisa-kev/known_exploited_vulnerabilities.json');
  const table = readCorpus(cisaKevImporter, 'cisa-kev/known_exploited_vulnerabilities.csv');
  const byId = (id: string) => json.records.find(({ externalId }) => externalId === id);

  it('has 1,404 vulnerabilities, 152 without a weakness, 293 used by ransomware', () => {
    const without = json.records.filter((record) => details(record)['Weakness'] === undefined);
    const used = json.records.filter(
      (record) => details(record)['Use by ransomware campaigns']?.[0] === 'Known',
    );

    expect([json.records.length, without.length, used.length]).toEqual([1404, 152, 293]);
    expect([...json.rejections, ...json.notices]).toEqual([]);
    expect(json.sources[0]?.version).toBe('2025.08.25');
    expect(json.records.every(({ created }) => created !== undefined)).toBe(true);
  });

  it('says the same in both files', () => {
    expect(table.rejections).toEqual([]);
    expect(new Set(table.records.map(({ externalId }) => externalId))).toEqual(
      new Set(json.records.map(({ externalId }) => externalId)),
    );
    const summary = (records: readonly SourceRecord[]) =>
      new Map(
        records.map((record) => [record.externalId, [record.created, details(record)['CISA’s due date']]]),
      );
    expect(summary(table.records)).toEqual(summary(json.records));
  });

  it.each([
    ['CVE-2025-48384', '2025-08-25', '2025-09-15', 'Unknown', 'Git', 6],
    ['CVE-2025-49704', '2025-07-22', '2025-07-23', 'Known', 'Microsoft SharePoint', 4],
    ['CVE-2025-5419', '2025-06-05', '2025-06-26', 'Unknown', 'Google Chromium V8', 2],
  ])('has %s as the catalogue has it', (id, added, due, ransomware, product, links) => {
    expect(details(byId(id))).toMatchObject({
      [since]: [added],
      'CISA’s due date': [due],
      'Use by ransomware campaigns': [ransomware],
      'Affected product': [product],
    });
    expect(claimsOf(byId(id), 'reference')).toHaveLength(links);
  });
});
