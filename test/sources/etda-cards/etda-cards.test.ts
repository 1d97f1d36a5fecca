import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDesk } from '../../../src/chat/desk.ts';
import { etdaCardsImporter } from '../../../src/sources/etda-cards/index.ts';
import { detectImporter } from '../../../src/sources/registry.ts';
import { roughDate } from '../../../src/sources/rough-date.ts';
import { silentLog } from '../../../src/support/log.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { createMemoryStore, fakeSource, stored } from '../../helpers/knowledge.ts';
import { sectionTexts } from '../../helpers/reading.ts';
import { claimsOf, readWith } from '../read-document.ts';
import { heronCard, listing, toolCard } from './fixture.ts';

describeSourceContract(
  etdaCardsImporter,
  Object.entries({
    groups: listing(heronCard, {
      ...heronCard,
      actor: 'Other',
      uuid: '00000000-0000-4000-8000-00000000e003',
    }),
    tools: listing(toolCard),
    'a list': [heronCard],
    'a card': heronCard,
  }).map(([name, value]) => ({
    name,
    place: `${name}.json`,
    bytes: new TextEncoder().encode(JSON.stringify(value, undefined, 1)),
  })),
);

describe('a card without a uuid', () => {
  const named = (actor: string): ReturnType<typeof readWith> => {
    const { uuid: _, names: _names, ...card } = heronCard;
    return readWith(etdaCardsImporter, listing({ ...card, actor }));
  };

  it('is known by its name, by a short id even where the key of the name is long', () => {
    const [short] = named('Velvet Heron').records;
    const [long] = named('\uFDFA'.repeat(100)).records;

    expect(short?.externalId).toBe('velvetheron');
    expect(long?.externalId).toMatch(/^[\da-f-]{36}$/);
    expect(long?.title).toBe('\uFDFA'.repeat(100));
  });

  it('is rejected where its only name is too long to be one', () => {
    const { records, rejections } = named('channel'.repeat(100));

    expect(records).toEqual([]);
    expect(rejections).toMatchObject([{ reason: expect.stringContaining('200 characters') }]);
  });
});

describe('a card of an actor', () => {
  const { records, rejections, notices } = readWith(etdaCardsImporter, listing(heronCard));
  const [record] = records;

  it('gives the actor, its id, its date and the ATT&CK id that it claims', () => {
    expect([rejections, notices]).toEqual([[], []]);
    expect(record).toMatchObject({
      externalId: '00000000-0000-4000-8000-00000000e001',
      title: 'Velvet Heron',
      collection: 'groups',
      modified: '2024-05-06',
      entity: {
        type: 'intrusion-set',
        id: 'intrusion-set--00000000-0000-4000-8000-00000000e001',
        claimedIds: ['G9001'],
      },
    });
  });

  it('says who gave which name', () => {
    expect(claimsOf(record, 'alias').map(({ text, coinedBy }) => [text, coinedBy])).toEqual([
      ['Velvet Heron', 'Acme Labs'],
      ['APT 900', 'Mandiant'],
      ['Reed (Group, Old)', undefined],
    ]);
  });

  it('takes no country from what is none, but a region where it is one', () => {
    expect(
      claimsOf(record, 'attributed-to').map(({ country, sponsor, text }) => [country, sponsor, text]),
    ).toEqual([
      ['IR', undefined, 'Iran'],
      [undefined, undefined, 'Middle East'],
      [undefined, 'Ministry of Reeds', 'State-sponsored, Ministry of Reeds'],
    ]);
  });

  it('names no sponsor where that is the country itself', () => {
    const card = { actor: 'Reed Fox', names: [], country: ['China'], sponsor: 'State-sponsored, China' };
    const [fox] = readWith(etdaCardsImporter, [card]).records;

    expect(claimsOf(fox, 'attributed-to')).toEqual([
      { predicate: 'attributed-to', country: 'CN', text: 'China' },
    ]);
    expect(claimsOf(fox, 'detail')).toEqual([
      { predicate: 'detail', label: 'Sponsor', text: 'State-sponsored, China' },
    ]);
  });

  it('tells in one notice of times that stand for none', () => {
    const dated = (actor: string, firstSeen: unknown): object => ({
      actor,
      names: [],
      'first-seen': firstSeen,
    });
    const read = readWith(etdaCardsImporter, [
      dated('A Fox', '2012'),
      dated('B Fox', '0001-01-01'),
      dated('C Fox', 9999),
      dated('D Fox', '1969'),
      dated('E Fox', 'long ago'),
      dated('F Fox', '1975'),
    ]);

    expect(read.records.map((one) => claimsOf(one, 'active-since').map(({ text }) => text))).toEqual([
      ['2012'],
      [],
      [],
      [],
      [],
      [],
    ]);
    expect(read.records.flatMap((one) => claimsOf(one, 'detail').map(({ text }) => text))).toEqual([
      'long ago',
      '1975',
    ]);
    expect(read.notices.map(({ path, text }) => [path, text])).toEqual([
      [
        'values[1].first-seen',
        '"0001-01-01" is no time when it was first seen, and is left out, and 2 more like it',
      ],
    ]);
  });

  it('says motives and the beginning as other sources do, and keeps the card’s words', () => {
    expect(claimsOf(record, 'motivation')).toEqual([
      { predicate: 'motivation', text: 'Espionage', quote: 'Information theft and espionage' },
      { predicate: 'motivation', text: 'Financial gain' },
    ]);
    expect(claimsOf(record, 'active-since')).toEqual([
      { predicate: 'active-since', text: '2018', quote: '2018 Autumn' },
    ]);
  });

  it('parts targets that stand in one value, and keeps the rest as tags', () => {
    expect(claimsOf(record, 'targets-sector').map(({ text }) => text)).toEqual([
      'Telecommunications',
      'Electronics',
      'journalists',
    ]);
    expect(claimsOf(record, 'targets-region').map(({ country, text }) => country ?? text)).toEqual([
      'US',
      'CZ',
      'Southeast Asia',
      'Europe',
      'Central Asia',
      'Latin America',
    ]);
    expect(record?.tags).toEqual([
      `observed-sectors="${'x'.repeat(200)}"`,
      'observed-countries="Atlantis"',
      'tools="several 0-days for IE"',
    ]);
  });

  it('uses tools by name, and exploits a CVE', () => {
    expect(claimsOf(record, 'uses').map(({ target }) => target.name)).toEqual(['HeronDoor', 'Cain & Abel']);
    expect(claimsOf(record, 'exploits').map(({ text }) => text)).toEqual(['CVE-2017-11882']);
  });

  it('keeps operations with their times and addresses, in words without markup', () => {
    expect(claimsOf(record, 'detail')).toEqual([
      {
        predicate: 'detail',
        label: 'Operation',
        on: '2019-03',
        text: 'Operation “Reed”\nTarget: a bank.',
        reference: 'https://heron.example/reed',
      },
      { predicate: 'detail', label: 'Operation', on: '2018 Summer', text: 'Waded quietly with HeronDoor' },
      { predicate: 'detail', label: 'Operation', on: 'undated', text: 'Something without a date' },
      { predicate: 'detail', label: 'Action against it', on: '2021-06', text: 'The marsh was drained' },
    ]);
    expect(claimsOf(record, 'reference').map(({ url }) => url)).toEqual([
      'https://heron.example/reed-2',
      'https://heron.example/a',
      'https://attack.mitre.org/groups/G9001/',
      'https://heron.example/playbook',
    ]);
  });

  it('has a description without markup, whose links to other cards are relations', () => {
    expect(claimsOf(record, 'description').map(({ text }) => text)).toEqual([
      '(Acme) A group that wades.\nIt waits & strikes.\n\nA subgroup of Marsh Group, Hidden Marsh. Also see Subgroup: Earth Rail.',
    ]);
    expect(claimsOf(record, 'related-to').map(({ relation, target }) => [relation, target.name])).toEqual([
      ['part-of', 'Marsh Group'],
      ['related', 'Earth Rail'],
    ]);
  });
});

describe('the card of an actor with operations', () => {
  it('shows them with their time, in quotation marks, latest first', async () => {
    const { records } = readWith(etdaCardsImporter, listing(heronCard));
    const { store } = createMemoryStore({
      records: records.map((record) => stored('etda-cards', record)),
      sources: [fakeSource('etda-cards', 'ETDA threat group cards')],
    });
    const clock = { now: () => new Date('2026-01-20T03:00:00Z') };

    const answer = await createDesk({ store, clock, log: silentLog }).ask('velvet heron', 'clear');

    expect(sectionTexts(answer.card, 'events')).toEqual([
      '2021-06 Action against it: “The marsh was drained”',
      '2019-03 Operation: “Operation “Reed”\nTarget: a bank.”',
      '2018 Summer Operation: “Waded quietly with HeronDoor”',
      'undated Operation: “Something without a date”',
    ]);
  });
});

describe('cards', () => {
  it('of tools are malware or tools', () => {
    const { records } = readWith(
      etdaCardsImporter,
      listing(toolCard, { tool: 'netpeek', category: 'Tools' }),
    );

    expect(records.map(({ title, entity, collection }) => [title, entity?.type, collection])).toEqual([
      ['HeronDoor', 'malware', 'tools'],
      ['netpeek', 'tool', 'tools'],
    ]);
    expect(records[0]?.entity?.claimedIds).toEqual(['S9011']);
    expect(claimsOf(records[0], 'platform').map(({ text }) => text)).toEqual(['Backdoor', 'Info stealer']);
  });

  it('are a whole scope each as a listing, and a part when they come singly', () => {
    const second = { ...toolCard, uuid: undefined, tool: 'Second' };
    const sourcesOf = (value: unknown) =>
      [...etdaCardsImporter.read({ place: 'x', bytes: Buffer.from(JSON.stringify(value)) }, {})].flatMap(
        (item) => (item.kind === 'source' ? [[item.scope, item.complete, item.source.version]] : []),
      );

    expect(sourcesOf(listing(heronCard, { actor: 'Other' }))).toEqual([['groups', true, '2024-06-07']]);
    expect(sourcesOf(listing(toolCard, second))).toEqual([['tools', true, '2024-06-07']]);
    expect(sourcesOf(listing(heronCard, toolCard)).map(([scope]) => scope)).toEqual(['groups', 'tools']);
    expect(sourcesOf(listing(heronCard))).toEqual([['groups', false, '2024-06-07']]);
    expect(sourcesOf([heronCard, toolCard])).toEqual([
      ['groups', false, undefined],
      ['tools', false, undefined],
    ]);
    expect(sourcesOf(heronCard)).toEqual([['groups', false, undefined]]);
  });

  it('are read where a list is a text, or missing, or of another type', () => {
    const odd = {
      actor: 'Odd Group',
      names: 'Odd Group, Even Group (2019, 2020)',
      country: 'China, [Unknown]',
      sponsor: ['State-sponsored'],
      motivation: 'Sabotage and destruction',
      'first-seen': 2013,
      description: 7,
      'observed-sectors': null,
      'observed-countries': { a: 1 },
      tools: 'One, Two',
      operations: 'It happened',
      'counter-operations': [null, 5, { date: {}, activity: [] }],
      uuid: 'no uuid',
      'last-card-change': 'yesterday',
      ...(JSON.parse('{"__proto__": {"tool": "x"}, "constructor": []}') as object),
    };
    const { records, rejections } = readWith(etdaCardsImporter, [odd]);

    expect(rejections).toEqual([]);
    expect(records[0]).toMatchObject({ externalId: 'oddgroup', title: 'Odd Group' });
    expect(claimsOf(records[0], 'alias').map(({ text }) => text)).toEqual(['Even Group (2019, 2020)']);
    expect(claimsOf(records[0], 'attributed-to')).toMatchObject([{ country: 'CN' }]);
    expect(claimsOf(records[0], 'active-since')).toMatchObject([{ text: '2013' }]);
    expect(claimsOf(records[0], 'uses').map(({ target }) => target.name)).toEqual(['One', 'Two']);
    expect(claimsOf(records[0], 'detail').map(({ label, text }) => [label, text])).toEqual([
      ['Sponsor', 'State-sponsored'],
      ['Operation', 'It happened'],
      ['Action against it', '5'],
    ]);
  });

  it('are rejected singly where they have no name, and taken once where they repeat', () => {
    const { records, rejections, notices } = readWith(
      etdaCardsImporter,
      listing(null, 1, {}, { actor: '' }, { actor: '?!', names: [] }, heronCard, heronCard),
    );

    expect(records).toHaveLength(1);
    expect(rejections.map(({ path }) => path)).toEqual([0, 1, 2, 3, 4].map((index) => `values[${index}]`));
    expect(notices.map(({ path }) => path)).toEqual(['values[6]']);
  });

  it('are known from a galaxy of MISP, and the other way round', () => {
    const galaxy = {
      authors: ['x'],
      category: 'actor',
      type: 'threat-actor',
      values: [{ value: 'A', uuid: heronCard.uuid }],
    };

    expect(detectImporter(JSON.stringify(listing(heronCard)), 'x')?.kind).toBe('etda-cards');
    expect(detectImporter(JSON.stringify(galaxy), 'x')?.kind).toBe('misp-galaxy');
  });

  it('never throw, whatever stands in them', () => {
    const member = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()), fc.object());
    const keys = Object.keys(heronCard);
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...keys), member),
        fc.string({ minLength: 1 }),
        (card, actor) => {
          for (const one of readWith(etdaCardsImporter, [{ ...card, actor }]).records) {
            expect(one.title.trim()).not.toBe('');
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a rough date', () => {
  it.each([
    ['2013', '2013'],
    ['2013?', '2013'],
    ['c. 2013', '2013'],
    ['early 2014', '2014'],
    ['2018 Autumn', '2018'],
    ['2008/2014', '2008'],
    ['2014-2016', '2014'],
    ['at least since 2012', '2012'],
    ['2018-06', '2018-06'],
    ['2018-06-05', '2018-06-05'],
    ['June 2018', '2018-06'],
    ['1947', undefined],
    ['0000', undefined],
    ['99999', undefined],
    ['2012, again in 2015 and 2018', undefined],
    ['', undefined],
  ])('reads %j as %s', (text, expected) => {
    expect(roughDate(text)).toBe(expected);
  });
});
