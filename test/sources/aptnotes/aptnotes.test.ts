import { describe, expect, it } from 'vitest';
import { aptnotesImporter } from '../../../src/sources/aptnotes/index.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { readCorpus, readWith } from '../read-document.ts';

const row = {
  Filename: 'Heron_Report',
  Title: 'Velvet  Heron: "A" Bird, Seen ',
  Source: 'Acme Labs',
  Link: 'https://heron.example/report',
  'SHA-1': 'A'.repeat(40),
  Date: '02/09/2019',
  Year: '2019',
};
const { 'SHA-1': sha1, ...others } = row;
const csv = `Filename,Title,Source,Link,SHA-1,Date,Year\r\nHeron_Report,"Velvet  Heron: ""A"" Bird, Seen ",Acme Labs,https://heron.example/report,${sha1},02/09/2019,2019\r\n`;

describeSourceContract(
  aptnotesImporter,
  [
    ['json', JSON.stringify([row], undefined, 1)],
    ['json with sha1', JSON.stringify([{ ...others, sha1 }])],
    ['csv', csv],
  ].map(([name = '', text = '']) => ({ name, place: name, bytes: new TextEncoder().encode(text) })),
);

describe('the index of APTnotes', () => {
  it.each([
    ['JSON', [row]],
    ['JSON with the README’s key', [{ ...others, sha1 }]],
    ['CSV', csv],
  ])('gives the same report from %s', (_, content) => {
    const { records, rejections, notices } = readWith(aptnotesImporter, content);

    expect([rejections, notices]).toEqual([[], []]);
    expect(records).toEqual([
      {
        externalId: records[0]?.externalId,
        title: 'Velvet Heron: "A" Bird, Seen',
        entity: { type: 'report', name: 'Velvet Heron: "A" Bird, Seen', externalIds: [] },
        url: 'https://heron.example/report',
        publisher: 'Acme Labs',
        created: '2019-02-09',
        claims: [
          { predicate: 'name', text: 'Velvet Heron: "A" Bird, Seen' },
          { predicate: 'detail', label: 'SHA-1 of the document', text: 'a'.repeat(40) },
          {
            predicate: 'reference',
            url: 'https://heron.example/report',
            title: 'Velvet Heron: "A" Bird, Seen',
          },
        ],
        mentionsIn: 'Velvet Heron: "A" Bird, Seen',
      },
    ]);
  });

  it.each([
    ['02/30/2019', '2019', 1],
    ['13/01/2019', '2019', 1],
    ['02/29/2020', '2020-02-29', 0],
    ['2/9/2019', '2019-02-09', 0],
    ['00/00/0000', '2019', 1],
    ['01/01/9999', '2019', 1],
    ['2019-02-09', '2019-02-09', 0],
    ['', '2019', 1],
  ])('reads the date %j as %s', (date, expected, noticed) => {
    const { records, notices } = readWith(aptnotesImporter, [{ ...row, Date: date }]);

    expect(records[0]?.created).toBe(expected);
    expect(notices).toHaveLength(noticed);
  });

  it('keeps one key for a report wherever it stands, and another for the same file under another name', () => {
    const other = { ...row, Filename: 'Heron_Again', Title: 'Another title' };
    const ids = (rows: readonly unknown[]) =>
      readWith(aptnotesImporter, rows).records.map(({ externalId }) => externalId);

    const forward = ids([row, other, row]);

    expect(new Set(forward).size).toBe(2);
    expect(forward).toHaveLength(2);
    expect(ids([other, row])).toEqual(forward.toReversed());
  });

  it('rejects a row without a title alone, and takes rows that lack the rest', () => {
    const rows = [
      null,
      1,
      { Filename: 'x', Title: '', Link: 1, sha1: 2 },
      { Title: ['Only a title'] },
      {
        ...row,
        Link: 'javascript:alert(1)',
        'SHA-1': 'nonsense',
        Source: { a: 1 },
      },
    ];
    const { records, rejections } = readWith(aptnotesImporter, rows);

    expect(rejections.map(({ path }) => path)).toEqual(['[0]', '[1]', '[2]']);
    expect(records.map(({ title, url, publisher }) => [title, url, publisher])).toEqual([
      ['Only a title', undefined, undefined],
      ['Velvet Heron: "A" Bird, Seen', undefined, undefined],
    ]);
  });
});

describeWithCorpus('APTnotes’ index of December 2024', () => {
  const json = readCorpus(aptnotesImporter, 'aptnotes/APTnotes.json');
  const table = readCorpus(aptnotesImporter, 'aptnotes/APTnotes.csv');

  it('has 689 rows, two of which stand there twice', () => {
    expect(json.records).toHaveLength(687);
    expect(json.notices.map(({ text }) => text.slice(0, 40))).toHaveLength(2);
    expect(new Set(json.records.map(({ externalId }) => externalId)).size).toBe(687);
    expect(
      json.records.every(({ created, url, publisher }) => (created ?? url ?? publisher) !== undefined),
    ).toBe(true);
  });

  it('says the same in both files', () => {
    expect(table.rejections).toEqual([]);
    expect(table.records).toEqual(json.records);
  });

  it.each([
    ['"Wicked Rose" And The Ncph Hacking Group', 'iDefense', '2006-12-01'],
    ['Russian Cyberwar On Georgia', 'Georgia Gov', '2008-11-11'],
    ['APT Group Targets Indian Defense Officials Through Enhanced TTPs', 'Cyble', '2021-09-14'],
  ])('has %s as the index has it', (title, publisher, created) => {
    expect(json.records.filter((record) => record.title === title)).toMatchObject([{ publisher, created }]);
  });
});
