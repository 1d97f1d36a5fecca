import { describe, expect, it } from 'vitest';
import { searchEntities } from '../../../src/briefing/search-entities.ts';
import { createKnowledgeBase } from '../../../src/knowledge/knowledge-base.ts';
import { createIndex } from '../../../src/search/create-index.ts';
import { microsoftNamesImporter } from '../../../src/sources/microsoft-names/index.ts';
import { detectImporter } from '../../../src/sources/registry.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { bundledRecords } from '../../data/bundled-records.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { fakeSource, stored } from '../../helpers/knowledge.ts';
import { claimsOf, readCorpus, readWith } from '../read-document.ts';

const of2023 = [
  {
    'Previous name': 'FAKIUM',
    'New name': 'Velvet Blizzard',
    'Origin/Threat': 'Russia',
    'Other names': ['APT900', 'Heron Bear'],
  },
];
const of2024 = [
  {
    'Threat actor name': 'Velvet Blizzard',
    'Previous name': 'FAKIUM, DEV-9001',
    'Origin/Threat': 'Russia, Influence operations',
    'Other names': 'APT900, Heron Bear (Acme, 2019)',
  },
];
const ofNow = [
  {
    'Threat actor name': 'Velvet Blizzard',
    'Origin/Threat': 'Israel, Private sector offensive actor',
    'Other names': 'FAKIUM, Storm-9001, APT900',
  },
  { 'Threat actor name': 'Storm-9002', 'Origin/Threat': 'Group in development', 'Other names': '' },
];

const samples = Object.entries({ of2023, of2024, ofNow, wrapped: { actors: ofNow } }).map(
  ([name, value]) => ({
    name,
    place: `${name}.json`,
    bytes: new TextEncoder().encode(JSON.stringify(value, undefined, 1)),
  }),
);

describeSourceContract(microsoftNamesImporter, samples);

describe('Microsoft’s list of names', () => {
  const only = (content: unknown) => readWith(microsoftNamesImporter, content).records[0];

  it('gives the actor its new name, and the former one as Microsoft’s', () => {
    for (const list of [of2023, of2024]) {
      const record = only(list);

      expect(record?.entity?.name).toBe('Velvet Blizzard');
      expect(record?.externalId).toBe('velvetblizzard');
      expect(claimsOf(record, 'alias')).toEqual(
        expect.arrayContaining([
          { predicate: 'alias', text: 'FAKIUM', relation: 'same-as', coinedBy: 'Microsoft' },
          { predicate: 'alias', text: 'APT900', relation: 'same-as' },
        ]),
      );
    }
  });

  it('says who coined a name only where the column or its form tells', () => {
    const coined = claimsOf(only(ofNow), 'alias').map(({ text, coinedBy }) => [text, coinedBy]);

    expect(coined).toEqual([
      ['Velvet Blizzard', 'Microsoft'],
      ['FAKIUM', undefined],
      ['Storm-9001', 'Microsoft'],
      ['APT900', undefined],
    ]);
  });

  it('keeps a comma in brackets', () => {
    expect(claimsOf(only(of2024), 'alias').map(({ text }) => text)).toEqual([
      'Velvet Blizzard',
      'FAKIUM',
      'DEV-9001',
      'APT900',
      'Heron Bear (Acme, 2019)',
    ]);
  });

  it.each([
    ['China', [['attributed-to', 'China', 'CN']]],
    [
      'China, Russia',
      [
        ['attributed-to', 'China', 'CN'],
        ['attributed-to', 'Russia', 'RU'],
      ],
    ],
    [
      'Russia/Belarus',
      [
        ['attributed-to', 'Russia', 'RU'],
        ['attributed-to', 'Belarus', 'BY'],
      ],
    ],
    ['Bosnia and Herzegovina', [['attributed-to', 'Bosnia and Herzegovina', 'BA']]],
    ['Türkiye', [['attributed-to', 'Turkey', 'TR']]],
    ['Korea', [['attributed-to', 'Korea', undefined]]],
    ['Financially motivated', [['motivation', 'Financially motivated', undefined]]],
    ['Group in development', [['detail', 'Group in development', undefined]]],
    [
      'Israel, Private sector offensive actor',
      [
        ['attributed-to', 'Israel', 'IL'],
        ['detail', 'Private sector offensive actor', undefined],
      ],
    ],
    ['', []],
    ['Unknown', []],
  ])('reads the origin or threat %s as what it is', (origin, expected) => {
    const record = only([{ 'Threat actor name': 'A Typhoon', 'Origin/Threat': origin, 'Other names': '' }]);
    const found = record?.claims
      .filter(({ predicate }) => predicate !== 'name' && predicate !== 'alias')
      .map((claim) => [
        claim.predicate,
        'text' in claim ? claim.text : '',
        'country' in claim ? claim.country : undefined,
      ]);

    expect(found).toEqual(expected);
  });

  it('knows keys in other case and with other blanks', () => {
    const list = [
      { ' threat_actor NAME': 'A Typhoon', 'origin / threat': ['China'], 'Other Names ': ['B', 'b '] },
    ];

    expect(detectImporter(JSON.stringify(list), 'x')?.kind).toBe('microsoft-names');
    expect(claimsOf(only(list), 'alias').map(({ text }) => text)).toEqual(['A Typhoon', 'B']);
    expect(claimsOf(only(list), 'attributed-to')).toMatchObject([{ country: 'CN' }]);
  });

  it('rejects a bad row alone, and says where it stands', () => {
    const rows: unknown[] = [
      null,
      7,
      [],
      {},
      { 'Threat actor name': '' },
      { 'Threat actor name': { x: 1 } },
      { 'Threat actor name': 'x'.repeat(1_000_000), 'Other names': 'y' },
      JSON.parse('{"__proto__": {"Threat actor name": "Z"}, "constructor": 1}'),
      { 'Threat actor name': 'Good Typhoon', 'Origin/Threat': { a: 1 }, 'Other names': [null, 1, {}, 'n/a'] },
    ];
    const { records, rejections } = readWith(microsoftNamesImporter, rows);

    expect(records.map(({ title }) => title)).toEqual(['Good Typhoon']);
    expect(rejections[4]?.reason).toBe('the name is empty');
    expect(rejections.map(({ path }) => path)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((index) => `[${index}]`));
  });

  it('takes rows of one name together', () => {
    const rows = ['A', 'B'].map((other) => ({ 'Threat actor name': 'One Typhoon', 'Other names': other }));
    const { records, notices } = readWith(microsoftNamesImporter, rows);

    expect(records).toHaveLength(1);
    expect(notices).toHaveLength(1);
    expect(claimsOf(records[0], 'alias').map(({ text }) => text)).toEqual(['One Typhoon', 'A', 'B']);
  });

  it('holds all of the list, so that a row that is gone is withdrawn', () => {
    const [item] = [
      ...microsoftNamesImporter.read(
        { place: 'x', bytes: new TextEncoder().encode(JSON.stringify(ofNow)) },
        {},
      ),
    ];

    expect(item).toMatchObject({ kind: 'source', complete: true, source: { defaultMarking: 'clear' } });
  });
});

describeWithCorpus('Microsoft’s list of July 2026', () => {
  const list = readCorpus(microsoftNamesImporter, 'microsoft-threat-actor-naming/MicrosoftMapping.json');
  const byName = (name: string) => list.records.find(({ title }) => title === name);

  it('has 166 actors, of which 36 have no other name and 3 no origin', () => {
    const lone = list.records.filter((record) => claimsOf(record, 'alias').length === 1);
    const withoutOrigin = list.records.filter(({ claims }) =>
      claims.every(({ predicate }) => predicate === 'name' || predicate === 'alias'),
    );

    expect([list.records.length, list.rejections.length, list.notices.length]).toEqual([166, 0, 0]);
    expect([lone.length, withoutOrigin.length]).toEqual([36, 3]);
  });

  it('has Brocade Typhoon, Blue Tsunami and Antique Typhoon as the list has them', () => {
    expect(claimsOf(byName('Brocade Typhoon'), 'alias').map(({ text }) => text)).toEqual(
      'Brocade Typhoon, BORON, GOTHIC PANDA, UPS, APT3, OLDCARP, TG-0110, Red Sylvan, CYBRAN'.split(', '),
    );
    expect(byName('Blue Tsunami')?.claims.slice(2)).toEqual([
      { predicate: 'attributed-to', country: 'IL', text: 'Israel' },
      { predicate: 'detail', label: 'Kind of actor', text: 'Private sector offensive actor' },
    ]);
    expect(claimsOf(byName('Antique Typhoon'), 'alias')[1]).toMatchObject({
      text: 'Storm-0558',
      coinedBy: 'Microsoft',
    });
  });

  it('beside the bundled data leaves chafer with APT39 alone, which Burgundy Sandstorm joins', () => {
    const { records, sources } = bundledRecords();
    const more = list.records.map((record) => stored('microsoft-names', record));
    const all = [...sources, fakeSource('microsoft-names', 'Microsoft threat actor names')];
    const knowledge = createKnowledgeBase({ records: [...records, ...more], sources: all, version: 1 }).at(
      'green',
    );
    const apt39 = knowledge.entity('G0087');

    expect(apt39?.records.map(({ externalId }) => externalId)).toContain('burgundysandstorm');
    const found = createIndex(searchEntities(knowledge)).lookup('chafer');
    expect(found.kind === 'found' ? found.match.entity.id : found).toBe(apt39?.id);
  });
});
