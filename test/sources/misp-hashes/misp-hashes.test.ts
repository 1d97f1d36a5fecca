import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { md5LookupValues } from '../../../src/domain/md5-of-value.ts';
import { mispHashesImporter } from '../../../src/sources/misp-hashes/index.ts';
import { readHashLines } from '../../../src/sources/misp-hashes/lines.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { describeWithCorpus } from '../../helpers/corpus.ts';
import { readCorpus, readWith } from '../read-document.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const lines = [`${md5('a.example.org')},${uuid(1)}`, `${md5('b')},${uuid(1)}`, `${md5('c')},${uuid(2)}`];

describeSourceContract(mispHashesImporter, [
  { name: 'hashes', bytes: new TextEncoder().encode(`${lines.join('\n')}\n`), place: 'osint/hashes.csv' },
  {
    name: 'hashes in upper case',
    bytes: new TextEncoder().encode(lines.join('\r\n').toUpperCase()),
    place: 'x',
  },
]);

describe('hashes of the values in events', () => {
  it('are summaries of the events, found by the hash of a value and by no hash of a file', () => {
    const { records, sources } = readWith(mispHashesImporter, lines.join('\n'), 'feeds/osint/hashes.csv');

    expect(sources).toMatchObject([{ name: 'misp-feed-osint', defaultMarking: 'green' }]);
    expect(records.map(({ externalId, summary }) => [externalId, summary])).toEqual([
      [uuid(1), true],
      [uuid(2), true],
    ]);
    expect(records[0]?.entity).toMatchObject({ type: 'report', id: `report--${uuid(1)}` });
    const value = `md5:${md5('a.example.org')}`;
    expect(records[0]?.indicators?.[0]).toEqual({ type: 'md5-of-value', value, lookupValues: [value] });
    expect(md5LookupValues('A.example.org', ['a.example.org'])).toContain(value);
  });

  it('are named by the host of an address', () => {
    const place = 'https://feeds.example.org/osint/hashes.csv';

    expect(readWith(mispHashesImporter, lines.join('\n'), place).sources[0]?.name).toBe(
      'misp-feed-feeds-example-org',
    );
  });

  it('are no hashes of files: these are rejected, each with its name', () => {
    const { records, rejections } = readWith(
      mispHashesImporter,
      [...lines, `${uuid(3)}.json,${'a'.repeat(32)},${'b'.repeat(40)}`, 'not a line'].join('\n'),
    );

    expect(records).toHaveLength(2);
    expect(rejections.map(({ path }) => path)).toEqual([`${uuid(3)}.json`, 'line 5']);
  });

  it('are read in time and space that go with their number, whatever the lines are', () => {
    const piece = fc.constantFrom(md5('x'), uuid(1), ',', '\n', '"', 'x'.repeat(5000), '\u0000', '\r', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const found = [...readHashLines(new TextEncoder().encode(text))];

        expect(found.length).toBeLessThanOrEqual(text.split('\n').length);
      }),
      { numRuns: 100 },
    );
  });

  it('fill the report with a few bad lines only', () => {
    const { rejections } = readWith(mispHashesImporter, `${lines[0]}\n${'x\n'.repeat(5000)}`);

    expect(rejections).toHaveLength(21);
  });
});

describe('how a value is hashed', () => {
  it.each([
    ['192.0.2.1', ['192.0.2.1'], ['192.0.2.1']],
    ['C:\\Evil.exe', ['c:\\evil.exe'], ['C:\\Evil.exe', 'c:\\evil.exe']],
    [
      'https://A.example.org/x',
      ['https://a.example.org/x', 'a.example.org'],
      ['a.example.org', 'https://A.example.org/x'],
    ],
  ])('is as it is written, and as it is looked up: %s', (value, lookups, hashed) => {
    const found = md5LookupValues(value, lookups);

    for (const text of hashed) expect(found).toContain(`md5:${md5(text)}`);
    expect(found).toHaveLength(new Set([value, ...lookups]).size);
  });
});

describeWithCorpus('the hashes of a feed of the corpus', () => {
  it('tell of all its events', () => {
    const { records, rejections } = readCorpus(mispHashesImporter, 'misp-feed/derived-eset-circl/hashes.csv');

    expect(rejections).toEqual([]);
    expect(records).toHaveLength(24);
  });
});
