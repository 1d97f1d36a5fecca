import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { csvImporter } from '../../../src/sources/csv/index.ts';
import { fieldNames, parseMapping } from '../../../src/sources/csv/mapping.ts';
import { detectImporter } from '../../../src/sources/registry.ts';
import type { ImportItem } from '../../../src/sources/types.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { claimsOf } from '../read-document.ts';

const plain = 'Threat Actor,Aliases,Country,Shoe size\nVelvet Heron,"Reed; Rush",Iran,44\nMarsh,,CN,39\n';

describeSourceContract(
  csvImporter,
  [
    ['a comma list', plain],
    ['a semicolon list', 'sep=;\r\nname;aka;origin\r\nVelvet Heron;Reed|Rush;iran\r\n'],
    ['a tab list', 'Group\tSynonyms\tTools\nVelvet Heron\tReed, Rush\tHeronDoor\n'],
  ].map(([name = '', text = '']) => ({
    name,
    place: 'folder/actors.csv',
    bytes: new TextEncoder().encode(text),
  })),
);

function read(table: string, mapping?: object | string) {
  const options =
    mapping === undefined ? {} : { mapping: typeof mapping === 'string' ? mapping : JSON.stringify(mapping) };
  const items: readonly ImportItem[] = [
    ...csvImporter.read({ place: 'folder/my actors.csv', bytes: new TextEncoder().encode(table) }, options),
  ];
  return {
    source: items.find((item) => item.kind === 'source'),
    records: items.flatMap((item) => (item.kind === 'record' ? [item.record] : [])),
    rejections: items.flatMap((item) => (item.kind === 'rejection' ? [item.rejection] : [])),
    notices: items.flatMap((item) => (item.kind === 'notice' ? [item.notice] : [])),
  };
}

const readme = readFileSync(new URL('../../../src/sources/csv/README.md', import.meta.url), 'utf8');
const [example = '', reports = ''] = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, text]) => text ?? '',
);

describe('the mapping in the README', () => {
  const header =
    'Id;Actor;Also known as;CrowdStrike;Maybe the same;ATT&CK;Origin;Sponsor;Sectors;Victims;Motive;Active since;Last seen;Notes;Links;Tools;TTPs;CVEs;Author;Page;Updated;Confidence;TLP;Tags;Status';
  const row =
    'A-1;Velvet Heron;Reed / Rush;WADING BIRD;Marsh Group;G9001;iran, RU;Ministry of Reeds;Telecoms, Finance;USA, Middle East;Espionage;01.03.2014;31.12.2023;"A group;\nthat wades";https://heron.example/a,b https://heron.example/c;HeronDoor, NetPeek;T1566.001, Phishing (T1566);CVE-2017-11882;Acme Labs;https://heron.example/;05.06.2024;high;TLP:RED;one, two;Active';
  const { source, records, rejections, notices } = read(
    `Actors of Acme\n${header}\n# a comment\n${row}\nA-2;Gone${';'.repeat(23)}old\n`,
    example,
  );

  it('reads each of its columns', () => {
    expect(rejections).toEqual([]);
    expect(notices).toEqual([]);
    expect(source).toMatchObject({
      complete: true,
      source: {
        name: 'acme-actors',
        title: "Acme's list of actors",
        defaultMarking: 'amber',
        reliability: 'B',
        licence: 'Acme, internal',
      },
    });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      externalId: 'A-1',
      title: 'Velvet Heron',
      entity: { type: 'intrusion-set', name: 'Velvet Heron', externalIds: ['G9001'] },
      publisher: 'Acme Labs',
      url: 'https://heron.example/',
      created: '2024-06-05',
      confidence: 85,
      marking: { tlp: 'red' },
      tags: ['one', 'two'],
    });
    expect(records[0]?.claims).toEqual([
      { predicate: 'name', text: 'Velvet Heron' },
      { predicate: 'alias', text: 'Reed', relation: 'same-as' },
      { predicate: 'alias', text: 'Rush', relation: 'same-as' },
      { predicate: 'alias', text: 'WADING BIRD', relation: 'same-as', coinedBy: 'CrowdStrike' },
      { predicate: 'alias', text: 'Marsh Group', relation: 'overlaps' },
      { predicate: 'attributed-to', text: 'Iran', country: 'IR' },
      { predicate: 'attributed-to', text: 'Russia', country: 'RU' },
      { predicate: 'attributed-to', sponsor: 'Ministry of Reeds', text: 'Ministry of Reeds' },
      { predicate: 'motivation', text: 'Espionage' },
      { predicate: 'active-since', text: '2014-03-01' },
      { predicate: 'last-seen', text: '2023-12-31' },
      { predicate: 'targets-sector', text: 'Telecoms' },
      { predicate: 'targets-sector', text: 'Finance' },
      { predicate: 'targets-region', text: 'United States', country: 'US' },
      { predicate: 'targets-region', text: 'Middle East' },
      { predicate: 'uses', target: { types: ['malware', 'tool'], name: 'HeronDoor', create: true } },
      { predicate: 'uses', target: { types: ['malware', 'tool'], name: 'NetPeek', create: true } },
      { predicate: 'uses', target: { types: ['attack-pattern'], externalId: 'T1566.001', create: false } },
      { predicate: 'uses', target: { types: ['attack-pattern'], externalId: 'T1566', create: false } },
      {
        predicate: 'exploits',
        target: {
          types: ['vulnerability'],
          externalId: 'CVE-2017-11882',
          name: 'CVE-2017-11882',
          create: true,
        },
        text: 'CVE-2017-11882',
      },
      { predicate: 'description', text: 'A group;\nthat wades', section: 'overview' },
      { predicate: 'reference', url: 'https://heron.example/a,b' },
      { predicate: 'reference', url: 'https://heron.example/c' },
    ]);
  });

  it('names every field but the actors of a report, which stand in its second example', () => {
    const parsed = [example, reports].map(parseMapping);
    const used = new Set(
      parsed
        .flatMap((one) => (one.ok ? Object.entries(one.mapping.columns) : []))
        .flatMap(([field, specs]) => (specs === undefined ? [] : [field])),
    );

    expect([...used].toSorted()).toEqual([...fieldNames].toSorted());
  });

  it('reads reports with their actors', () => {
    const table =
      'Title,Actors,Link,Day,Vendor\nHerons wade,"Velvet Heron, G9002",https://heron.example/r,02/09/2019,Acme\n';
    const [record] = read(table, reports).records;

    expect(record).toMatchObject({ entity: { type: 'report' }, created: '2019-02-09', publisher: 'Acme' });
    expect(record?.mentionsIn).toBeUndefined();
    expect(
      claimsOf(record, 'reported-in').map(({ subject }) => subject?.name ?? subject?.externalId),
    ).toEqual(['Velvet Heron', 'G9002']);
  });
});

describe('a mapping with a fault', () => {
  it.each([
    ['columns: {nmae: A}', 'columns: unknown key "nmae"; known: key, name,'],
    ['columns: {aliases: A}', 'columns.name: no column for the name'],
    ['{"columns": {"name": "A"}, "colour": 1}', 'the whole: unknown key "colour"'],
    ['columns: {name: {column: A, splitt: ","}}', 'columns.name'],
    ['columns: {name: A, date: {column: B, format: yesterday}}', 'columns.date'],
    ['columns: {name: A}\ntype: spaceship', 'type:'],
    ['columns: {name: A}\nsource: {marking: purple}', 'source.marking: "purple" is no TLP 2.0 level'],
    ['columns: {name: A}\ntable: {header: -1}', 'table.header'],
    ['columns: [', 'neither YAML nor JSON'],
    ['[', 'neither YAML nor JSON'],
    ['['.repeat(50_000), 'mapping'],
    ['{"columns": '.repeat(5000), 'mapping'],
    ['', 'the whole'],
    ['just words', 'the whole'],
    [`x: ${'y'.repeat(300_000)}`, 'more than 256 KB'],
    [
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]`,
      'mapping',
    ],
  ])('is refused, and names the key: %#', (text, expected) => {
    const parsed = parseMapping(text);

    expect(parsed.ok ? 'taken' : parsed.reason).toContain(expected);
  });

  it('names a column that the table has not, and those that it has', () => {
    const { rejections, source } = read('A,B\n1,2\n', { columns: { name: 'C' }, only: { D: 'x' } });

    expect(source).toBeUndefined();
    expect(rejections).toMatchObject([
      {
        path: '',
        reason: 'mapping: columns.name: no column "C"; only: no column "D" in the table; it has: A, B',
      },
    ]);
  });
});

describe('a table', () => {
  const byName = { columns: { name: 'Name', aliases: 'Aliases' } };

  it('is read by numbers where it has no header', () => {
    const { records } = read('1;Velvet Heron;Reed\n2;Marsh;\n', {
      table: { header: 0, delimiter: ';' },
      columns: { key: 1, name: 2, aliases: 3 },
    });

    expect(records.map(({ externalId, title }) => [externalId, title])).toEqual([
      ['1', 'Velvet Heron'],
      ['2', 'Marsh'],
    ]);
  });

  it('costs a bad row itself only, and says where it stands', () => {
    const table =
      'Name,Aliases\r\nA1,"x\r\ny"\r\n"open,z\r\nB1,b,c,d\r\n,nobody\r\nC1\r\n"D"1,d\r\nE1,5" disk\r\n';
    const { records, rejections } = read(table, byName);

    expect(records.map(({ title }) => title)).toEqual(['A1', 'C1', 'E1']);
    expect(rejections.map(({ path }) => path)).toEqual(['line 4', 'line 5', 'line 6', 'line 8']);
    expect(claimsOf(records[0], 'alias').map(({ text }) => text)).toEqual(['x', 'y']);
  });

  it('keeps formulas and prototype names as plain text', () => {
    const table = '__proto__,Name,constructor\n=HYPERLINK("http://x"),=cmd|calc,+1\nx,__proto__,y\n';
    const { records } = read(table, {
      columns: { name: 'Name', description: '__proto__', tags: 'constructor' },
    });

    expect(records.map(({ title, externalId }) => [title, externalId])).toEqual([
      ['=cmd|calc', 'cmdcalc'],
      ['__proto__', 'proto'],
    ]);
    expect(claimsOf(records[0], 'description')[0]?.text).toBe('=HYPERLINK("http://x")');
  });

  it('takes rows of one key together, and never widens a marking by it', () => {
    const table =
      'Name,Tool,TLP\nVelvet Heron,HeronDoor,\nOther,x,\nvelvet heron,NetPeek,clear\nVELVET HERON,SecretTool,red\n';
    const { records, notices } = read(table, { columns: { name: 'Name', software: 'Tool', tlp: 'TLP' } });
    const heron = records.find(({ externalId }) => externalId === 'velvetheron');

    expect(records).toHaveLength(2);
    expect(heron?.marking).toBeUndefined();
    expect(claimsOf(heron, 'uses').map(({ target, marking }) => [target.name, marking?.tlp])).toEqual([
      ['HeronDoor', undefined],
      ['NetPeek', 'clear'],
      ['SecretTool', 'red'],
    ]);
    expect(notices.map(({ text }) => text)).toEqual([
      '3 rows share 1 keys: rows of one key are taken together',
    ]);
  });

  it('reads the first of columns of one name, and says so', () => {
    const { records, notices } = read('Name,Aliases,Aliases\nA,b,c\n', byName);

    expect(claimsOf(records[0], 'alias').map(({ text }) => text)).toEqual(['b']);
    expect(notices.map(({ text }) => text)).toEqual([
      'the column "Aliases" stands in the header more than once: the first is read',
    ]);
  });

  it('tells what of a row is no date, confidence, address or marking', () => {
    const { records, notices } = read('Name;d;c;u;t;s\nA;03/04/2020;very;ftp://x;purple;someday\n', {
      columns: { name: 'Name', date: 'd', confidence: 'c', references: 'u', tlp: 't', firstSeen: 's' },
    });

    expect(records[0]).toMatchObject({ marking: { tlp: 'amber+strict', unknown: true, text: 'purple' } });
    expect(notices.map(({ path }) => path)).toEqual(Array.from({ length: 5 }, () => 'line 2'));
  });

  it.each([
    ['31.12.2023', 'DD.MM.YYYY', '2023-12-31'],
    ['31.02.2023', 'DD.MM.YYYY', undefined],
    ['2/9/2019', 'MM/DD/YYYY', '2019-02-09'],
    ['9/2/2019 00:00', 'DD/MM/YYYY', '2019-02-09'],
    ['2019/02', 'YYYY/MM', '2019-02'],
    ['2019-02-09T10:00:00Z', undefined, '2019-02-09'],
    ['0000-01-01', undefined, undefined],
    ['9999-01-01', undefined, undefined],
  ])('reads the date %s as %s', (cell, format, expected) => {
    const { records } = read(`Name;d\nA;${cell}\n`, {
      columns: { name: 'Name', date: { column: 'd', ...(format === undefined ? {} : { format }) } },
    });

    expect(records[0]?.created).toBe(expected);
  });

  it('reads since when as the format has it, else tells that it is none', () => {
    const { records, notices } = read('Name;s\nA;2.1.2019\nB;2013?\nC;2019-02-01\n', {
      columns: { name: 'Name', firstSeen: { column: 's', format: 'DD.MM.YYYY' } },
    });

    expect(records.flatMap((record) => claimsOf(record, 'active-since'))).toEqual([
      { predicate: 'active-since', text: '2019-01-02' },
    ]);
    expect(notices.map(({ text }) => text)).toEqual([
      '"2013?" is no date; expected DD.MM.YYYY',
      '"2019-02-01" is no date; expected DD.MM.YYYY',
    ]);
  });

  it('ties the actors of other things to them', () => {
    const table = 'Name,Actors\nHeronDoor,Velvet Heron\n';
    const claimOf = (type: string) =>
      read(table, { type, columns: { name: 'Name', actors: 'Actors' } }).records[0]?.claims[1];

    expect(claimOf('malware')).toMatchObject({ predicate: 'uses', subject: { name: 'Velvet Heron' } });
    expect(claimOf('campaign')).toMatchObject({
      predicate: 'attributed-to',
      target: { name: 'Velvet Heron' },
    });
    expect(claimOf('actor')).toMatchObject({ predicate: 'related-to', target: { name: 'Velvet Heron' } });
  });

  it('is read in bounded time when it is long', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `Actor ${index},a${index};b${index},Iran`);
    const started = performance.now();

    const { records } = read(`Name,Aliases,Country\n${rows.join('\n')}\n`, {
      columns: { name: 'Name', aliases: 'Aliases', countries: 'Country' },
    });

    expect(records).toHaveLength(20_000);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describe('a table without a mapping', () => {
  it('is read when its header lists actors, and says what was taken and what was not', () => {
    const { source, records, notices } = read(plain);

    expect(detectImporter(plain, 'x')?.kind).toBe('csv');
    expect(source).toMatchObject({ complete: false, source: { name: 'my-actors', defaultMarking: 'green' } });
    expect(records.map(({ title }) => title)).toEqual(['Velvet Heron', 'Marsh']);
    expect(claimsOf(records[0], 'alias').map(({ text }) => text)).toEqual(['Reed', 'Rush']);
    expect(claimsOf(records[1], 'attributed-to')).toMatchObject([{ country: 'CN' }]);
    expect(notices.map(({ text }) => text)).toEqual([
      'read without a mapping: took the columns Threat Actor, Aliases, Country; left out Shoe size',
    ]);
  });

  it.each([
    ['people', 'name,country,email\nAnn,Iran,a@b.example\n'],
    ['values', 'name,value\na,1\nb,2\n'],
    ['a header alone', 'Threat Actor,Aliases\n'],
    ['prose', 'Threat actor, aliases and more.\n\nA text goes on here.\n'],
    ['JSON', '[{"name": 1, "aliases": 2}]\n[1,2]'],
    ['groups of users', 'group,description\nadmins,all\n'],
  ])('is no list of actors when it holds %s', (_, text) => {
    expect(csvImporter.detect(text, 'x')).toBe(0);
  });
});
