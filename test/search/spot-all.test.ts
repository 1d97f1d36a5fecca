import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defang } from '../../src/domain/indicator.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { maxSpottedChars, spotAll, type TextSpot } from '../../src/search/spot-all.ts';
import { spotIndicators } from '../../src/search/spot-indicators.ts';
import { assertNever } from '../../src/support/assert-never.ts';
import { entities } from './fixture.ts';

const index = createIndex(entities);
const md5 = 'd41d8cd98f00b204e9800998ecf8427e';
const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

function told(spot: TextSpot): string {
  switch (spot.kind) {
    case 'name':
      return `${spot.isAmbiguous ? 'one of ' : ''}${spot.matches.map((match) => match.entity.name).join(', ')}`;
    case 'cve':
      return spot.id;
    case 'indicator':
      return `${spot.form} ${spot.value}`;
    default:
      return assertNever(spot);
  }
}

describe('spotIndicators', () => {
  it.each([
    ['see evil[.]example and 192.0.2.7:443.', ['domain evil.example', 'ipv4 192.0.2.7']],
    ['hxxps://bad[.]example/a,b?c=(d), then', ['url https://bad.example/a,b?c=(d)']],
    ['hxxp[:]//bad[.]example', ['url http://bad.example']],
    ['(evil(.)example)', ['domain evil.example']],
    ['[evil[.]example]', ['domain evil.example']],
    ['evil\\.example; evil[dot]example', ['domain evil.example', 'domain evil.example']],
    ['<http://evil.example|evil.example>', ['url http://evil.example', 'domain evil.example']],
    ['c2=evil.example:8080/gate.php', ['domain evil.example']],
    ['a.example,b.example;c.example', ['domain a.example', 'domain b.example', 'domain c.example']],
    ['mail x[@]evil[.]example!', ['email x@evil.example']],
    [`MD5:${md5.toUpperCase()}`, [`md5 ${md5}`]],
    [`sha256=${sha256}.`, [`sha256 ${sha256}`]],
    ['at 2001:db8::1, too', ['ipv6 2001:db8::1']],
    ['ｅｖｉｌ．ｅｘａｍｐｌｅ', ['domain evil.example']],
    ['`198.51.100.4` “evil.example”', ['ipv4 198.51.100.4', 'domain evil.example']],
  ])('reads %j', (text, expected) => {
    expect(spotIndicators(text).map(told)).toEqual(expected);
  });

  it.each([
    'setup.exe',
    'report.pdf and main.py',
    'It ended.Then it began',
    'e.g. this, i.e. that',
    'version 1.2.3',
    'at 10:30:45',
    'Node.js',
    'https://',
    '....',
    'and/or',
    '',
  ])('reads nothing in %j', (text) => {
    expect(spotIndicators(text)).toEqual([]);
  });

  it('finds again what was defanged, at its place', () => {
    const host = fc.stringMatching(/^[a-z]{3,12}\.example$/);
    fc.assert(
      fc.property(host, fc.constantFrom('', 'see ', '('), (value, before) => {
        const text = `${before}${defang(value)} end`;
        const [spot] = spotIndicators(text);

        expect(spot?.value).toBe(value);
        expect(text.slice(spot?.start, spot?.end)).toBe(defang(value));
      }),
      { numRuns: 200 },
    );
  });
});

describe('spotAll', () => {
  it('gives names, ids, unknown vulnerabilities and indicators in the order of the text', () => {
    const text = 'Chafer used CVE-2017-11882, cve-2099-0001 and T1566.001 from evil[.]example; Andariel too.';

    const spots = spotAll(index, text);

    expect(spots.map(told)).toEqual([
      'APT39',
      'CVE-2017-11882',
      'CVE-2099-0001',
      'Spearphishing Attachment',
      'domain evil.example',
      'one of Andariel, Lazarus Group',
    ]);
    expect(spots.map(({ start, end }) => text.slice(start, end))).toContain('evil[.]example');
  });

  it('takes a name with a dot for the name', () => {
    expect(spotAll(index, 'TEMP.Veles came').map(told)).toEqual(['TEMP.Veles']);
  });

  it('takes a host that holds a name for the host', () => {
    expect(spotAll(index, 'chafer.example and http://apt39.example/chafer').map(told)).toEqual([
      'domain chafer.example',
      'url http://apt39.example/chafer',
    ]);
  });

  it('reads the first 100 KB', () => {
    expect(spotAll(index, `${' '.repeat(maxSpottedChars)}Chafer`)).toEqual([]);
  });

  it('gives spots that do not overlap, whatever the text', () => {
    const piece = fc.constantFrom(
      'Chafer',
      'evil[.]example',
      'CVE-2017-11882',
      'T1566.001',
      '.',
      ' ',
      '[',
      '://',
      'a',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end } of spotAll(index, text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it.each([
    'a',
    'a ',
    'a.',
    'a.b ',
    '[',
    '[.]',
    ']',
    '(',
    'http://',
    'hxxp://a.example ',
    'Chafer ',
    'the Snake group ',
    'magic hound ',
    'x\n',
    '\n',
    '-',
    '1.1.1.1',
    'CVE-',
    'CVE-2017-',
    'CVE-2017-11882 ',
    ':',
    '/',
    '0123456789abcdef',
    '海莲',
    '\u200b',
    'e\u0301',
    '](/',
  ])('stays fast on 100 KB of %j', (piece) => {
    const text = piece.repeat(Math.ceil(maxSpottedChars / piece.length));
    spotAll(index, text.slice(0, 1_000));
    const started = performance.now();

    spotAll(index, text);

    // Ten times what it takes on an idle machine; what is quadratic takes seconds.
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('looks back over blanks once', () => {
    const text = `x${'\n'.repeat(90_000)}- Snake came`;
    const started = performance.now();

    spotAll(index, text);

    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
