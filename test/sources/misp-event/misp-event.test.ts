import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mispEventImporter } from '../../../src/sources/misp-event/index.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { claimsOf, readCorpus, readWith } from '../read-document.ts';

const fixture = readFileSync(new URL('../../fixtures/misp/event.json', import.meta.url), 'utf8');
const wrapped = JSON.parse(fixture) as { Event: Record<string, unknown> };
const uuid = '00000000-0000-4000-8000-00000000e001';

function readEvent(changes: Record<string, unknown> = {}): ReturnType<typeof readWith> {
  return readWith(mispEventImporter, { Event: { ...wrapped.Event, ...changes } });
}

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
    expect(refs.every((ref) => ref?.create === false)).toBe(true);
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
