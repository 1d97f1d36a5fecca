import { describe, expect, it } from 'vitest';
import { mispGalaxyImporter } from '../../../src/sources/misp-galaxy/index.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { claimsOf, type ReadResult, readCorpus, readWith } from '../read-document.ts';

const uuid = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
const mandiant = 'da5cdcd1-7b15-4371-b7eb-ca32916d2052';

function readGalaxy(type: string, ...values: readonly unknown[]): ReadResult {
  return readWith(mispGalaxyImporter, {
    authors: ['x'],
    category: 'actor',
    type,
    name: 'X',
    version: 7,
    values,
  });
}

function readActor(meta: Record<string, unknown>, rest: Record<string, unknown> = {}): ReadResult {
  return readGalaxy('threat-actor', { uuid, value: 'EXAMPLE BEAR', meta, ...rest });
}

function aliases(result: ReadResult): readonly (readonly [string, string, string | undefined])[] {
  return claimsOf(result.records[0], 'alias').map(({ text, relation, coinedBy }) => [
    text,
    relation,
    coinedBy,
  ]);
}

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const actorFile = {
  authors: ['x'],
  category: 'actor',
  type: 'threat-actor',
  version: 7,
  values: [
    { uuid, value: 'EXAMPLE BEAR', meta: { synonyms: ['Sample Bear', 'G9999'], country: 'XX' } },
    { uuid: other, value: 'EXAMPLE CRANE', related: [{ 'dest-uuid': uuid, type: 'similar' }] },
  ],
};

describeSourceContract(mispGalaxyImporter, [
  { name: 'a file of actors', bytes: encode(actorFile), place: 'threat-actor.json' },
  {
    name: 'a file whose entries come first',
    bytes: encode({ values: actorFile.values, type: 'tool', authors: [] }),
    place: 'x',
  },
]);

describe('names of a galaxy entry', () => {
  it('keys the record and the entity by the uuid', () => {
    const { records, sources } = readActor({});

    expect(records[0]).toMatchObject({
      externalId: uuid,
      title: 'EXAMPLE BEAR',
      entity: { type: 'intrusion-set', id: `intrusion-set--${uuid}`, externalIds: [`misp:${uuid}`] },
    });
    expect(sources).toMatchObject([{ name: 'misp-galaxy', defaultMarking: 'clear', version: '7' }]);
  });

  it('says who coined an alias, by `origin:` and by `name-attribution`', () => {
    const result = readActor({
      synonyms: ['BRONZE SAMPLE', 'Sample Kitten'],
      'origin:BRONZE SAMPLE': 'Secureworks',
      'name-attribution': [
        `Sample Kitten:${mandiant}`,
        `Unknown Name:${other}`,
        'no uuid',
        `G0001:${mandiant}`,
      ],
    });

    expect(aliases(result)).toEqual([
      ['BRONZE SAMPLE', 'same-as', 'Secureworks'],
      ['Sample Kitten', 'same-as', 'Mandiant'],
    ]);
  });

  it('says who coined the main name', () => {
    expect(aliases(readActor({ 'name-attribution': [`Example Bear:${mandiant}`] }))).toEqual([
      ['EXAMPLE BEAR', 'same-as', 'Mandiant'],
    ]);
  });

  it('keeps the first writing of an alias that repeats in other letters', () => {
    const result = readActor({
      synonyms: ['Carbon Spider', 'CARBON SPIDER', 'carbon-spider', 'Example Bear'],
    });

    expect(aliases(result)).toEqual([['Carbon Spider', 'same-as', undefined]]);
  });

  it('cleans blanks, commas and vendors in brackets', () => {
    const result = readActor({
      synonyms: [
        ' Daggerfly',
        'APT-Q-27,',
        'TG-2884 (SCWX CTU)',
        'NoName057(16)',
        '狼毒草',
        'APT37（Reaper）',
        '!!!',
        '',
      ],
    });

    expect(aliases(result)).toEqual([
      ['Daggerfly', 'same-as', undefined],
      ['APT-Q-27', 'same-as', undefined],
      ['TG-2884', 'same-as', 'Secureworks CTU'],
      ['NoName057(16)', 'same-as', undefined],
      ['狼毒草', 'same-as', undefined],
      ['APT37', 'same-as', undefined],
      ['Reaper', 'same-as', undefined],
    ]);
  });

  it('takes a subgroup for a part', () => {
    expect(aliases(readActor({ synonyms: ['Subgroup: Bluenoroff'] }))).toEqual([
      ['Bluenoroff', 'part-of', undefined],
    ]);
  });

  it('takes ATT&CK ids among synonyms for claimed ids, never for names', () => {
    const { records } = readActor({ synonyms: ['G0046', 'g0008', 'T9000'] });

    expect(records[0]?.entity).toMatchObject({
      externalIds: [`misp:${uuid}`],
      claimedIds: ['G0046', 'G0008'],
    });
    expect(claimsOf(records[0], 'alias').map(({ text }) => text)).toEqual(['T9000']);
  });

  it("gives an entry of ATT&CK's galaxies its own id and name", () => {
    const { records } = readGalaxy('mitre-intrusion-set', {
      uuid,
      value: 'Example Group - G9999',
      meta: { external_id: 'G9999', refs: ['https://attack.mitre.org/groups/G9999'] },
      revoked: true,
      related: [{ 'dest-uuid': other, type: 'revoked-by' }],
    });

    expect(records[0]).toMatchObject({
      title: 'Example Group',
      url: 'https://attack.mitre.org/groups/G9999',
      entity: { name: 'Example Group', externalIds: ['G9999', `misp:${uuid}`] },
      revoked: true,
      revokedBy: { uuid: other },
    });
  });

  it("links an entry of ATT&CK's galaxies to its own page, wherever among the references that stands", () => {
    const urlOf = (...refs: readonly string[]): unknown =>
      readGalaxy('mitre-attack-pattern', {
        uuid,
        value: 'Example Trick - T9999.001',
        meta: { external_id: 'T9999.001', refs },
      }).records[0]?.url;
    const own = 'https://attack.mitre.org/techniques/T9999/001';

    expect(urlOf('https://example.org/paper', 'https://attack.mitre.org/techniques/T9999', own)).toBe(own);
    expect(urlOf('https://example.org/paper')).toBe(
      'https://www.misp-galaxy.org/mitre-attack-pattern/#example-trick-t9999001',
    );
  });

  it("reads 360.net's double names and Chinese targets", () => {
    const { records } = readGalaxy('360net-threat-actor', {
      uuid,
      value: '海莲花 - APT-C-00',
      meta: {
        country: 'vietnam',
        'suspected-victims': ['中国', '巴基斯坦等南亚国家'],
        'target-category': ['政府'],
      },
    });

    expect(records[0]?.title).toBe('APT-C-00');
    expect(claimsOf(records[0], 'alias')).toMatchObject([
      { text: 'APT-C-00', coinedBy: 'Qihoo 360' },
      { text: '海莲花', coinedBy: 'Qihoo 360' },
    ]);
    expect(claimsOf(records[0], 'attributed-to')).toMatchObject([{ country: 'VN', text: 'Vietnam' }]);
    expect(
      claimsOf(records[0], 'targets-region')
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['China', 'Pakistan', 'South Asia']);
    expect(claimsOf(records[0], 'targets-sector').map(({ text }) => text)).toEqual(['Government']);
  });
});

describe('facts of a galaxy entry', () => {
  it('reads country and sponsor with their confidence', () => {
    const { records } = readActor({
      country: 'IR',
      'attribution-confidence': '50',
      'cfr-suspected-state-sponsor': 'Iran (Islamic Republic of)',
    });

    expect(claimsOf(records[0], 'attributed-to')).toEqual([
      { predicate: 'attributed-to', country: 'IR', text: 'Iran', confidence: 50 },
      {
        predicate: 'attributed-to',
        country: 'IR',
        sponsor: 'Iran (Islamic Republic of)',
        text: 'Iran (Islamic Republic of)',
        confidence: 50,
      },
    ]);
  });

  it.each([[{}], [{ country: '' }], [{ country: null }], [{ 'cfr-suspected-state-sponsor': 'Unknown' }]])(
    'attributes nothing on %j',
    (meta) => {
      expect(claimsOf(readActor(meta).records[0], 'attributed-to')).toEqual([]);
    },
  );

  it.each([
    ['a text', 'Espionage', ['Espionage']],
    ['a list', ['Espionage', 'Sabotage'], ['Espionage', 'Sabotage']],
  ])('reads a type of incident that is %s', (_shape, value, expected) => {
    const { records } = readActor({ 'cfr-type-of-incident': value });

    expect(claimsOf(records[0], 'motivation').map(({ text }) => text)).toEqual(expected);
  });

  it('reads victims that are countries, regions or lists, and keeps single victims as text', () => {
    const { records } = readActor({
      'suspected-victims': 'Middle East',
      'cfr-suspected-victims': [
        'Russian Federation',
        'Exchanges in South Korea',
        'Bank of America',
        'Example Corp',
      ],
      victimology: 'Petrochemical, Aerospace, Saudi Arabia',
    });

    expect(claimsOf(records[0], 'targets-region').map(({ text, country }) => [text, country])).toEqual([
      ['Russia', 'RU'],
      ['South Korea', 'KR'],
      ['Middle East', undefined],
      ['Saudi Arabia', 'SA'],
    ]);
    expect(claimsOf(records[0], 'targets-sector').map(({ text }) => text)).toEqual([
      'Petrochemical',
      'Aerospace',
    ]);
    expect(records[0]?.tags).toEqual([
      'cfr-suspected-victims="Bank of America"',
      'cfr-suspected-victims="Example Corp"',
    ]);
  });

  it("reads Microsoft's origin, motive, or both", () => {
    const { records } = readGalaxy(
      'microsoft-activity-group',
      { uuid, value: 'Sample Typhoon', meta: { 'microsoft-origin-threat': 'China, Financially motivated' } },
      {
        uuid: other,
        value: 'Storm-9999',
        meta: { 'microsoft-origin-threat': 'Group in development', sector: 'Russia' },
      },
    );

    expect(claimsOf(records[0], 'attributed-to')).toMatchObject([{ country: 'CN' }]);
    expect(claimsOf(records[0], 'motivation')).toMatchObject([{ text: 'Financially motivated' }]);
    expect(claimsOf(records[1], 'attributed-to')).toMatchObject([{ country: 'RU' }]);
    expect(claimsOf(records[1], 'targets-sector')).toEqual([]);
    expect(records[1]?.tags).toEqual(['microsoft-origin-threat="Group in development"']);
  });

  it('takes http references only, each once', () => {
    const { records } = readActor({
      refs: ['https://example.org/a', 'https://example.org/a', 'javascript:alert(1)', 'ftp://x'],
      sources: ['http://example.org/b'],
    });

    expect(claimsOf(records[0], 'reference').map(({ url }) => url)).toEqual([
      'https://example.org/a',
      'http://example.org/b',
    ]);
  });

  it('takes an operation for a campaign, and a backdoor among tools for malware', () => {
    const campaign = readActor({ 'threat-actor-classification': ['operation'] }).records[0];
    const both = readActor({ 'threat-actor-classification': ['operation', 'group'] }).records[0];
    const tools = readGalaxy(
      'tool',
      { uuid, value: 'Example', meta: { type: ['Backdoor'] } },
      { uuid: other, value: 'Sample' },
    ).records;

    expect(campaign?.entity?.type).toBe('campaign');
    expect(both?.entity?.type).toBe('intrusion-set');
    expect(tools.map((record) => record.entity?.type)).toEqual(['malware', 'tool']);
  });
});

describe('relations of a galaxy entry', () => {
  const likely = ['estimative-language:likelihood-probability="likely"'];

  it('keeps the other side as a uuid, with the likelihood', () => {
    const { records } = readActor({}, { related: [{ 'dest-uuid': other, type: 'similar', tags: likely }] });

    expect(claimsOf(records[0], 'related-to')).toEqual([
      {
        predicate: 'related-to',
        relation: 'same-as',
        target: { types: ['intrusion-set', 'campaign'], uuid: other, create: false },
        likelihood: 55,
      },
    ]);
  });

  it('reads a type with a stray blank, and turns a deployed malware round', () => {
    const { records } = readGalaxy('backdoor', {
      uuid,
      value: 'EXAMPLEDOOR',
      related: [{ 'dest-uuid': other, type: 'is-deployed-by ', tags: likely }],
    });

    expect(claimsOf(records[0], 'uses')).toMatchObject([
      { subject: { uuid: other }, target: { uuid, id: `malware--${uuid}` }, confidence: 55 },
    ]);
  });

  it.each([
    ['part-of', 'part-of'],
    ['subgroup-of', 'part-of'],
    ['Overlaps with', 'overlaps'],
    ['disputed', 'disputed'],
    ['overlaps', 'overlaps'],
    ['linked-to', 'related'],
    ['something-new', 'related'],
  ])('reads %s as %s', (type, relation) => {
    const { records } = readActor({}, { related: [{ 'dest-uuid': other, type }] });

    expect(claimsOf(records[0], 'related-to')).toMatchObject([{ relation }]);
  });

  it('resolves what is targeted by the uuids of the reference galaxies', () => {
    const { records } = readActor(
      {},
      {
        related: [
          // `country` "pakistan" (its uuid ends in PAK), `sector` "Telecoms", `region` "142 - Asia".
          { 'dest-uuid': '84668357-5a8c-4bdd-9f0f-6b50b250414b', type: 'targets' },
          { 'dest-uuid': other, type: 'targets' },
        ],
      },
    );

    expect(claimsOf(records[0], 'targets-region')).toMatchObject([{ country: 'PK', text: 'Pakistan' }]);
  });

  it('leaves a bad relation out and says so', () => {
    const { records, notices } = readActor(
      {},
      { related: [{ 'dest-uuid': 'x', type: 'uses' }, 7, { type: 'uses' }] },
    );

    expect(records).toHaveLength(1);
    expect(notices.map(({ path }) => path)).toEqual([
      'values[0] (EXAMPLE BEAR).related[0]',
      'values[0] (EXAMPLE BEAR).related[1]',
      'values[0] (EXAMPLE BEAR).related[2]',
    ]);
  });
});

describe('bad galaxy files', () => {
  it('rejects a bad entry and keeps the others', () => {
    const { records, rejections } = readGalaxy('threat-actor', { uuid: 'x', value: 'A' }, 3, {
      uuid,
      value: 'B',
      meta: [],
    });

    expect(records.map(({ title }) => title)).toEqual(['B']);
    expect(rejections.map(({ path }) => path)).toEqual(['values[0]', 'values[1]']);
  });

  it.each(['', '{"values": [', '[]', '{"type":"x"}', 'null', '\u0000\u0001'])(
    'rejects %j as a whole',
    (text) => {
      expect(readWith(mispGalaxyImporter, text).rejections).toHaveLength(1);
    },
  );

  it('takes nothing from reference data and from galaxies it does not know', () => {
    expect(readGalaxy('country', { uuid, value: 'x' })).toMatchObject({
      records: [],
      notices: [{ path: '' }],
    });
    const unknown = readWith(mispGalaxyImporter, {
      type: 'guidelines',
      category: 'guidelines',
      values: [{ uuid, value: 'x' }],
    });
    expect(unknown).toMatchObject({ records: [], notices: [{ path: '' }] });
  });

  it('is not led astray by keys of the prototype', () => {
    const meta = JSON.parse(
      '{"__proto__": {"country": "IR"}, "constructor": "x", "synonyms": {"a": 1}}',
    ) as Record<string, unknown>;

    expect(readActor(meta).records[0]?.claims).toEqual([{ predicate: 'name', text: 'EXAMPLE BEAR' }]);
  });
});

describeWithCorpus('the galaxy files of the corpus', () => {
  it('reads 1,041 actors, of whom four are operations or campaigns', () => {
    const { records, rejections } = readCorpus(mispGalaxyImporter, 'misp-galaxy/clusters/threat-actor.json');

    expect(rejections).toEqual([]);
    expect(records).toHaveLength(1041);
    expect(records.filter(({ entity }) => entity?.type === 'campaign')).toHaveLength(4);
    expect(records.filter((record) => claimsOf(record, 'attributed-to').length > 0).length).toBeGreaterThan(
      476,
    );
    const coined = records
      .flatMap((record) => claimsOf(record, 'alias'))
      .filter(({ coinedBy }) => coinedBy !== undefined);
    expect(coined.length).toBeGreaterThan(1000);
  });

  it('knows APT39 by the names that its coiners gave it', () => {
    const { records } = readCorpus(mispGalaxyImporter, 'misp-galaxy/clusters/threat-actor.json');
    const apt39 = records.find(({ title }) => title === 'APT39');

    expect(claimsOf(apt39, 'alias')).toContainEqual({
      predicate: 'alias',
      text: 'REMIX KITTEN',
      relation: 'same-as',
      coinedBy: 'CrowdStrike',
    });
    expect(apt39?.entity?.claimedIds).toEqual(['G0087']);
  });

  it('resolves every target of the relations', () => {
    const { notices } = readCorpus(mispGalaxyImporter, 'misp-galaxy/clusters/threat-actor.json');

    expect(notices).toEqual([]);
  });

  it.each([
    ['mitre-intrusion-set.json.gz', 191],
    ['microsoft-activity-group.json', 179],
    ['360net.json', 42],
    ['malpedia.json.gz', 3683],
    ['ransomware.json.gz', 2135],
    ['tool.json', 608],
    ['mitre-malware.json.gz', 850],
    ['mitre-tool.json', 97],
    ['mitre-attack-pattern.json.gz', 1266],
    ['rat.json', 270],
    ['backdoor.json', 29],
    ['stealer.json', 18],
    ['botnet.json', 148],
    ['banker.json', 53],
    ['sector.json', 0],
    ['producer.json', 0],
  ])('reads %s whole', (file, count) => {
    const { records, rejections } = readCorpus(mispGalaxyImporter, `misp-galaxy/clusters/${file}`);

    expect(rejections).toEqual([]);
    expect(records).toHaveLength(count);
  });
});
