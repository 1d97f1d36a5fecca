import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../src/export/csv.ts';
import { exported } from './world.ts';

const start = fc.constantFrom('', ' ', '\t', '\r', '=', '+', '-', '@', '\uff1d', ' =', '\n@', 'a; =', 'a;-');

describe('a cell', () => {
  it.each([
    ['=1+1', `"'=1+1"`],
    ['+49', `"'+49"`],
    ['-2', `"'-2"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"' =1"`],
    ['\r=1', `"' =1"`],
    ['  =1', `"'  =1"`],
    ['\uff1d1', `"'\uff1d1"`],
    ['|calc', `"'|calc"`],
    ['=HYPERLINK("http://e.example","x")', `"'=HYPERLINK(""http://e.example"",""x"")"`],
    ['a;=1+1;b', `"a;'=1+1;b"`],
    ['Heron; +49', `"Heron;' +49"`],
    ['APT39', 'APT39'],
    ['a; b', 'a; b'],
    ['a,b', '"a,b"'],
    ['two\nlines', 'two lines'],
    ['', ''],
  ])('of %j is %s', (data, cell) => {
    expect(csvCell(data)).toBe(cell);
  });

  it('is never a formula and never two lines, whatever it is', () => {
    fc.assert(
      fc.property(start, fc.string({ unit: 'binary', maxLength: 40 }), (first, rest) => {
        const data = `${first}${rest}`;
        const cell = csvCell(data);
        const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;

        expect(read).not.toMatch(/(?:^|;)\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
        expect(cell).not.toMatch(/[\r\n\t]/);
        if (!cell.startsWith('"')) expect(cell).not.toMatch(/[",]/);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a CSV export', () => {
  it('has a row for each thing of a list', async () => {
    const outcome = await exported('who uses NetPeek', 'csv', 'clear');

    const text = outcome.kind === 'exported' ? outcome.text : '';
    const [head, ...rows] = text.trimEnd().split('\n');
    expect(head).toBe('id,type,name,aliases,external_ids,statements,sources');
    expect(rows.map((row) => row.split(',')[2])).toEqual(expect.arrayContaining(['APT900', 'APT901']));
  });

  it('has a row for each source of each statement about one thing', async () => {
    const outcome = await exported('APT900', 'csv', 'green');

    const text = outcome.kind === 'exported' ? outcome.text : '';
    expect(text).toMatch(
      /,uses,HeronDoor,malware--\S+,alpha,,https:\/\/delta\.example\/herondoor,2025-03-01,clear,\n/,
    );
    expect(text).not.toContain(',amber,');
  });
});
