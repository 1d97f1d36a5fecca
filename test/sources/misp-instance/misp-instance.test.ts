import { describe, expect, it } from 'vitest';
import type { RecordMarking } from '../../../src/domain/record.ts';
import type { Tlp } from '../../../src/domain/tlp.ts';
import { mispEventImporter } from '../../../src/sources/misp-event/index.ts';
import { mispInstanceImporter } from '../../../src/sources/misp-instance/index.ts';
import type { Importer } from '../../../src/sources/types.ts';
import { claimsOf, readWith } from '../read-document.ts';

const uuid = '00000000-0000-4000-8000-00000000e001';

function markingOf(members: Record<string, unknown>, importer: Importer = mispInstanceImporter) {
  return readWith(importer, { Event: { uuid, info: 'Sample', Attribute: [], ...members } }).records[0]
    ?.marking;
}

function indicatorMarkings(members: Record<string, unknown>): readonly (RecordMarking | undefined)[] {
  const { records } = readWith(mispInstanceImporter, { Event: { uuid, info: 'Sample', ...members } });
  return (records[0]?.indicators ?? []).map(({ marking }) => marking);
}

describe('the distribution of an event of an instance', () => {
  it.each([
    ['0', [], 'amber+strict'],
    [0, [], 'amber+strict'],
    ['1', [], 'amber'],
    ['4', [], 'amber'],
    ['2', [], undefined],
    ['3', [], undefined],
    ['3', ['tlp:clear'], 'clear'],
    ['0', ['tlp:clear'], 'amber+strict'],
    ['0', ['TLP:RED'], 'red'],
    ['1', ['tlp:green'], 'amber'],
    ['1', ['tlp:amber+strict'], 'amber+strict'],
    ['4', ['tlp:white'], 'amber'],
    ['', ['tlp:white'], 'clear'],
    [undefined, [], undefined],
    [{ a: 1 }, [], undefined],
  ])('%j with %j is at least %s', (distribution, tags, expected) => {
    const Tag = tags.map((name) => ({ name }));

    expect(markingOf({ distribution, Tag })?.tlp).toBe(expected);
  });

  it('that nobody knows counts as strict, and is told', () => {
    const { records, notices } = readWith(mispInstanceImporter, {
      Event: { uuid, distribution: '9', Attribute: [] },
    });

    expect(records[0]?.marking).toEqual({ tlp: 'amber+strict', text: 'distribution 9', unknown: true });
    expect(notices.map(({ text }) => text)).toEqual([
      'the distribution 9 is none that MISP defines: kept as TLP:AMBER+STRICT',
    ]);
  });

  it('says why where it decides, beside what was written', () => {
    expect(markingOf({ distribution: '1', Tag: [{ name: 'tlp:green' }, { name: 'PAP:AMBER' }] })).toEqual({
      tlp: 'amber',
      text: 'PAP:AMBER, distribution: this community only',
    });
  });

  it.each<[Tlp, Tlp]>([
    ['red', 'red'],
    ['clear', 'amber'],
  ])('never makes an unmarked event more open than its source, %s', (defaultMarking, expected) => {
    const bytes = new TextEncoder().encode(
      JSON.stringify({ Event: { uuid, distribution: '1', Attribute: [] } }),
    );

    const items = [...mispInstanceImporter.read({ place: 'x', bytes }, { defaultMarking })];

    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'record',
        record: expect.objectContaining({
          marking: expect.objectContaining({ tlp: expected }) as unknown,
        }) as unknown,
      }),
    );
  });

  it('of a file that was passed on means nothing', () => {
    expect(markingOf({ distribution: '0' }, mispEventImporter)).toBeUndefined();
    expect(mispInstanceImporter.detect('{"Event": {"uuid": "x"}}', 'x')).toBe(0);
  });
});

describe('the distribution of a part of an event', () => {
  const attribute = { type: 'domain', value: 'a.example.org' };

  it('holds for an attribute, whose own tag may be stricter', () => {
    const tagged = { ...attribute, Tag: [{ name: 'tlp:red' }] };

    expect(
      indicatorMarkings({
        distribution: '3',
        Attribute: [
          { ...attribute, distribution: '5' },
          { ...attribute, distribution: '0' },
          { ...tagged, distribution: '0' },
          { ...attribute, distribution: 4 },
        ],
      }).map((marking) => marking?.tlp),
    ).toEqual([undefined, 'amber+strict', 'red', 'amber']);
  });

  it('of an object holds for all that is in it', () => {
    const parts = [
      { ...attribute, distribution: '5' },
      { ...attribute, distribution: '0' },
    ];

    expect(
      indicatorMarkings({ Object: [{ name: 'file', distribution: '1', Attribute: parts }] }).map(
        (one) => one?.tlp,
      ),
    ).toEqual(['amber', 'amber+strict']);
  });

  it('holds for claims and reports, and keeps their words from being searched for names', () => {
    const link = { type: 'link', value: 'https://blog.example.org/a', distribution: '0' };
    const report = { content: 'EXAMPLE BEAR did it, says a report that stays here.', distribution: '0' };

    const { records } = readWith(mispInstanceImporter, {
      Event: { uuid, info: 'Sample', distribution: '3', Attribute: [link], EventReport: [report] },
    });

    expect(claimsOf(records[0], 'reference')[0]?.marking?.tlp).toBe('amber+strict');
    expect(claimsOf(records[0], 'description')[0]?.marking?.tlp).toBe('amber+strict');
    expect(records[0]?.url).toBeUndefined();
    expect(records[0]?.mentionsIn).toBe('Sample');
  });
});
