import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mispEventImporter } from '../../../src/sources/misp-event/index.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { claimsOf, readCorpus, readWith } from '../read-document.ts';

const fixture = readFileSync(new URL('../../fixtures/misp/event.json', import.meta.url), 'utf8');
const wrapped = JSON.parse(fixture) as { Event: Record<string, unknown> };
const uuid = '00000000-0000-4000-8000-00000000e001';

function readEvent(changes: Record<string, unknown> = {}): ReturnType<typeof readWith> {
  return readWith(mispEventImporter, { Event: { ...wrapped.Event, ...changes } });
}

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const indexRow = { uuid, info: 'Row', date: '2021-01-01', timestamp: '1600000000', threat_level_id: '1' };

describeSourceContract(mispEventImporter, [
  { name: 'an export', bytes: encode({ response: [wrapped] }), place: 'export.json' },
  { name: "a feed's event", bytes: encode(wrapped), place: `${uuid}.json` },
  { name: 'a bare event', bytes: encode(wrapped.Event), place: 'x' },
  { name: 'an event behind other members', bytes: encode({ errors: [], ...wrapped }), place: 'x' },
  {
    name: 'rows of the index',
    bytes: encode([{ ...indexRow, EventTag: [{ Tag: { name: 'tlp:green' } }] }]),
    place: 'index.json',
  },
]);

describe('a MISP event', () => {
  it('is a report with date, title, url and marking', () => {
    const { records, sources } = readWith(mispEventImporter, fixture);

    expect(sources).toMatchObject([
      { name: 'misp-example-cert', title: 'Example CERT (MISP events)', defaultMarking: 'green' },
    ]);
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      externalId: uuid,
      title: 'EXAMPLEBEAR: a sample event',
      entity: { type: 'report', id: `report--${uuid}`, externalIds: [`misp:${uuid}`] },
      url: 'https://blog.example.org/post',
      created: '2021-02-03',
      modified: '2021-02-03T09:47:58.000Z',
      marking: { tlp: 'clear' },
    });
    expect(records[0]?.tags).toEqual(
      expect.arrayContaining([
        'TLP:WHITE',
        'workflow:state="incomplete"',
        'Threat level: Medium',
        'Analysis: Completed',
      ]),
    );
  });

  it('names its creator where the operator named the source, which then may hold those of many', () => {
    const items = [
      ...mispEventImporter.read({ place: 'x', bytes: encode(wrapped) }, { sourceName: 'acme-misp' }),
    ];

    expect(items).toMatchObject([
      { source: { name: 'acme-misp', title: 'acme-misp (MISP events)' } },
      { record: { publisher: 'Example CERT' } },
      {},
    ]);
    expect(readEvent().records[0]?.publisher).toBeUndefined();
  });

  it('names actors, software and techniques by uuid, id and name, and makes none of them', () => {
    const refs = claimsOf(readEvent().records[0], 'reported-in').map(({ subject }) => subject);

    expect(refs).toContainEqual({
      types: ['intrusion-set', 'campaign'],
      uuid: '00000000-0000-4000-8000-00000000a001',
      name: 'EXAMPLE BEAR',
      create: false,
    });
    expect(refs).toContainEqual({
      types: ['intrusion-set', 'campaign'],
      uuid: '00000000-0000-4000-8000-00000000a002',
      externalId: 'G9999',
      name: 'Example Group',
      create: false,
    });
    expect(refs).toContainEqual({
      types: ['attack-pattern'],
      externalId: 'T1566',
      name: 'Phishing',
      create: false,
    });
    expect(refs).toContainEqual({ types: ['tool', 'malware'], name: 'X-Agent', create: false });
    const made = refs.filter((ref) => ref?.create !== false);
    expect(made.map((ref) => ref?.types)).toEqual([['vulnerability']]);
  });

  it('reads targets with commas, references, prose and vulnerabilities', () => {
    const [record] = readEvent().records;

    expect(claimsOf(record, 'targets-sector')).toMatchObject([{ text: 'Government, Administration' }]);
    expect(claimsOf(record, 'targets-region')).toMatchObject([{ text: 'Iran', country: 'IR' }]);
    expect(claimsOf(record, 'reference')).toHaveLength(2);
    expect(claimsOf(record, 'description')).toMatchObject([{ section: 'report' }]);
    expect(claimsOf(record, 'exploits')).toMatchObject([
      { text: 'CVE-2017-11882', target: { externalId: 'CVE-2017-11882', create: true } },
    ]);
  });

  it('takes indicators of attributes and objects, splits composites and drops what is deleted or no indicator', () => {
    const indicators = readEvent().records[0]?.indicators ?? [];

    expect(indicators.map(({ type, lookupValues }) => [type, lookupValues])).toEqual([
      ['filename|sha256', ['a.exe', 'a'.repeat(64)]],
      ['domain|ip', ['evil.example.org', '192.0.2.1']],
      ['sha1', ['c'.repeat(40)]],
    ]);
    expect(indicators[0]).toMatchObject({
      comment: 'dropper',
      date: '2021-02-03T09:36:40.000Z',
      detectable: true,
      category: 'Payload delivery',
    });
  });

  it("keeps an attribute's own marking on its indicator and its claims", () => {
    const [record] = readEvent().records;

    expect(record?.indicators?.[1]?.marking).toEqual({ tlp: 'amber' });
    expect(
      claimsOf(record, 'reported-in').find(({ subject }) => subject?.name === 'X-Agent')?.marking,
    ).toEqual({
      tlp: 'amber',
    });
  });

  it('keeps no address of a person and no payload', () => {
    const text = JSON.stringify(readEvent().records);

    expect(text).not.toContain('person@example.org');
    expect(text).not.toContain('QkFTRTY0');
  });

  it('rejects a bad attribute alone', () => {
    const { rejections, records } = readEvent();

    expect(records).toHaveLength(1);
    expect(rejections).toEqual([
      {
        place: 'folder/file.md',
        path: 'Event.Attribute[9]',
        reason: expect.stringContaining('type') as string,
      },
    ]);
  });

  it('clips comments and takes an unknown marking for AMBER+STRICT, saying so', () => {
    const { records, notices } = readEvent({
      Tag: [{ name: 'tlp:ex:chr' }],
      Attribute: [{ type: 'domain', value: 'evil[.]example.org', comment: 'x'.repeat(2000) }],
    });

    expect(records[0]?.marking).toEqual({ tlp: 'amber+strict', unknown: true, text: 'tlp:ex:chr' });
    expect(notices).toHaveLength(1);
    expect(records[0]?.indicators?.[0]).toMatchObject({ value: 'evil.example.org' });
    expect(records[0]?.indicators?.[0]?.comment).toHaveLength(500);
  });
});

describe('markings of a MISP event', () => {
  const tagged = (...names: readonly string[]) =>
    readEvent({ Tag: names.map((name) => ({ name })), Galaxy: [] }).records[0]?.marking;

  it.each([
    [['TLP:White'], { tlp: 'clear' }],
    [['tlp:clear', 'Tlp:Amber', 'tlp:green'], { tlp: 'amber' }],
    [['tlp:amber+strict'], { tlp: 'amber+strict' }],
    [['tlp:white', 'tlp:unclear'], { tlp: 'amber+strict', unknown: true, text: 'tlp:unclear' }],
    [['tlp:ex:chr', 'tlp:red'], { tlp: 'red', unknown: true, text: 'tlp:ex:chr' }],
  ])('takes the strictest of %j', (names, expected) => {
    expect(tagged(...names)).toEqual(expected);
  });

  it('is absent without a TLP tag, whether the event is published or not', () => {
    for (const published of [true, false]) {
      const result = readEvent({ Tag: [{ name: 'PAP:RED' }], Galaxy: [], published });

      expect(result.records).toHaveLength(1);
      expect(result.records[0]?.marking).toBeUndefined();
      expect(result.sources[0]?.defaultMarking).toBe('green');
    }
  });

  it.each([
    ['a single tag', { name: 'tlp:red' }],
    ['a text', 'tlp:red'],
    ['texts', ['osint', 'tlp:red']],
    ['an object of tags', { 0: { name: 'tlp:red' } }],
    ['tags as in the index', [{ Tag: { name: 'tlp:red' } }]],
  ])('is read from %s', (_name, Tag) => {
    expect(readEvent({ Tag, Galaxy: [] }).records[0]?.marking).toEqual({ tlp: 'red' });
  });

  it('names a tag that cannot be read, since it may have been one', () => {
    const { records, rejections } = readEvent({ Tag: [{ name: 'tlp:green' }, { title: 'tlp:red' }, 5] });

    expect(records).toHaveLength(1);
    expect(rejections.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['Event.Tag[1]', 'Event.Tag[2]']),
    );
  });

  it('is reported once where attributes carry one that TLP does not define', () => {
    const odd = { type: 'domain', value: 'a.example.org', Tag: [{ name: 'tlp:ex:chr' }] };

    const { records, notices } = readEvent({ Attribute: [odd, odd] });

    expect(records[0]?.indicators?.[0]?.marking).toMatchObject({ tlp: 'amber+strict', unknown: true });
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain('tlp:ex:chr');
  });
});

describe('the wrappers of MISP events', () => {
  const bare = wrapped.Event;
  const row = { uuid, info: 'Row', Orgc: { name: 'X' }, EventTag: [{ Tag: { name: 'TLP:GREEN' } }] };
  it.each([
    ['an export', { response: [{ Event: bare }] }],
    ['an export of one', { response: { Event: bare } }],
    ['a wrapped event', { Event: bare }],
    ['a bare event', bare],
    ['a list of wrapped events', [{ Event: bare }]],
  ])('reads %s', (_name, document) => {
    const { records } = readWith(mispEventImporter, document);

    expect(records.map(({ externalId }) => externalId)).toEqual([uuid]);
    expect(records[0]?.indicators).toHaveLength(3);
    expect(mispEventImporter.detect(JSON.stringify(document).slice(0, 65_536), '')).toBeGreaterThan(0.8);
  });

  it('reads rows of the index, tags in their own place', () => {
    const { records } = readWith(mispEventImporter, [row, { ...row, uuid: 'bad' }]);

    expect(records).toMatchObject([{ title: 'Row', marking: { tlp: 'green' } }]);
    expect(mispEventImporter.detect(JSON.stringify([row]), '')).toBeGreaterThan(0.8);
  });

  it('knows a row of the index for a summary, and says what is missing from it', () => {
    const whole = readWith(mispEventImporter, { Event: { ...indexRow, Attribute: [] } });
    const listed = readWith(mispEventImporter, [indexRow]);

    expect(whole.records[0]?.summary).toBeUndefined();
    expect(whole.notices).toEqual([]);
    expect(listed.records[0]?.summary).toBe(true);
    expect(listed.notices[0]?.text).toMatch(/^1 row of an event index/);
  });

  it('reads numbers as numbers too', () => {
    const { records } = readEvent({ timestamp: 1612345678, threat_level_id: 1, analysis: 0 });

    expect(records[0]).toMatchObject({ modified: '2021-02-03T09:47:58.000Z' });
    expect(records[0]?.tags).toEqual(expect.arrayContaining(['Threat level: High', 'Analysis: Initial']));
  });

  it("knows a feed's manifest and says what to do", () => {
    const manifest = JSON.stringify({ [uuid]: { info: 'x', threat_level_id: 1, Orgc: { name: 'X' } } });

    expect(mispEventImporter.detect(manifest, 'manifest.json')).toBe(0);
    expect(readWith(mispEventImporter, manifest).rejections[0]?.reason).toContain('manifest');
  });

  it.each(['', '{"Event": {"uuid"', '[]', '7', '{"Event": 1}', '{"Event":{"uuid":"x"}}', '[null]'])(
    'rejects %j with a reason',
    (text) => {
      const { records, rejections } = readWith(mispEventImporter, text);

      expect(records).toEqual([]);
      expect(rejections).toHaveLength(1);
    },
  );

  it('survives wrong types everywhere', () => {
    const wrong = Object.fromEntries(Object.keys(bare).map((key) => [key, { a: 1 }]));
    const { records } = readWith(mispEventImporter, {
      ...wrong,
      uuid,
      Attribute: [[], 'x', { type: 'md5', value: {} }],
    });

    expect(records).toMatchObject([{ title: `MISP event ${uuid}` }]);
  });
});

describeWithCorpus('the MISP events of the corpus', () => {
  it.each([
    ['misp-events/eset/turla__misp-turla-comrat-v4-event.json', 'misp-eset', 'Turla Group'],
    ['misp-events/pymisp-tests/existing_event.json', 'misp-circl', 'Sofacy'],
  ])('reads %s', (file, source, actor) => {
    const { records, sources, rejections } = readCorpus(mispEventImporter, file);

    expect(rejections).toEqual([]);
    expect(sources[0]?.name).toBe(source);
    expect(claimsOf(records[0], 'reported-in').map(({ subject }) => subject?.name)).toContain(actor);
  });
});
