import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedDate } from '../../../src/sources/web-feed/dates.ts';
import { webFeedImporter } from '../../../src/sources/web-feed/index.ts';
import { readWith } from '../read-document.ts';
import { atom, rss } from './feeds.ts';

const entities =
  '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>';

describe('hostile feeds', () => {
  it('refuses a document that declares entities, before or behind the beginning that is looked at', () => {
    for (const text of [
      entities + rss('<item><title>&b;&x;</title></item>').replace(/^.*\n/, ''),
      `<!DOCTYPE rss [${'<!ENTITY a "x">'.repeat(100_000)}]><rss version="2.0"><channel/></rss>`,
    ]) {
      expect(webFeedImporter.detect(text.slice(0, 65_536), 'x')).toBeGreaterThanOrEqual(0.5);
      expect(readWith(webFeedImporter, text).rejections).toMatchObject([
        { reason: expect.stringContaining('declares entities') as string },
      ]);
    }
  });

  it('shows entities that nobody declared as they stand, and takes an article on them for an article', () => {
    const { records } = readWith(
      webFeedImporter,
      rss(
        `<item><title>&nope;</title><description><![CDATA[<pre>&lt;!ENTITY x&gt;</pre>]]></description></item>`,
      ),
    );

    expect(records[0]?.title).toBe('&nope;');
    expect(records[0]?.mentionsIn).toContain('<!ENTITY x>');
  });

  it.each([
    ['300,000 open elements', rss(`<item>${'<a>'.repeat(300_000)}</item>`)],
    [
      '300,000 nested elements in a title',
      rss(`<item><title>${'<a>'.repeat(300_000)}${'</a>'.repeat(300_000)}</title></item>`),
    ],
    ['300,000 open elements outside of items', `<rss>${'<a>'.repeat(300_000)}`],
    ['300,000 open titles', rss(`<item>${'<title>'.repeat(300_000)}</item>`)],
    ['300,000 open items', rss('<item>'.repeat(300_000))],
    [
      'nested markup in a description',
      rss(`<item><title>A</title><description>${'&lt;div&gt;'.repeat(300_000)}</description></item>`),
    ],
    [
      'CDATA marks in a comment',
      atom(
        `<entry><content type="xhtml"><div><!-- ${'<![CDATA['.repeat(300_000)} --></div></content></entry>`,
      ),
    ],
    [
      'CDATA marks in an attribute',
      atom(
        `<entry><content type="xhtml"><div title="${'<![CDATA['.repeat(300_000)}">x</div></content></entry>`,
      ),
    ],
    ['many attributes', rss(`<item ${'a="b" '.repeat(200_000)}/>`)],
    [
      'a root with many attributes',
      rss('<item><title>A</title></item>'.repeat(2_000)).replace('<rss ', `<rss ${'a="b" '.repeat(100_000)}`),
    ],
    ['quotes that are never closed', rss('<item a="'.repeat(400_000))],
    ['blanks', `<rss${' '.repeat(4_000_000)}>`],
    ['angle brackets', `<rss>${'<'.repeat(4_000_000)}`],
    ['ampersands', rss(`<item><title>${'&'.repeat(4_000_000)}</title></item>`)],
    ['100,000 categories', rss(`<item><title>A</title>${'<category>x</category>'.repeat(100_000)}</item>`)],
    [
      '10,000 items',
      rss(
        Array.from(
          { length: 10_000 },
          (_, at) => `<item><title>T ${at}</title><guid>${at}</guid></item>`,
        ).join(''),
      ),
    ],
  ])('reads or refuses %s in little time', (_name, text) => {
    const started = performance.now();
    const { records } = readWith(webFeedImporter, text);

    expect(performance.now() - started).toBeLessThan(8_000);
    for (const record of records) expect(record.title.length).toBeLessThanOrEqual(500);
  });

  it('never throws for markup of any kind', () => {
    const words =
      '<item> </item> <title> </title> <![CDATA[ ]]> <!-- --> &lt; &#xffffffff; < > " \' <rss> </rss> <link= /> x \u0000 <__proto__> <pubDate> </pubDate> 9999';
    const piece = fc.constantFrom(' ', ...words.split(' '));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const result = readWith(webFeedImporter, rss(pieces.join('')));
        for (const record of result.records) expect(record.externalId).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });
});

describe('the dates of feeds', () => {
  it.each([
    ['Tue, 03 Mar 2026 09:00:00 +0000', '2026-03-03T09:00:00.000Z'],
    ['Sat, 28 Feb 2026 12:00:00 EST', '2026-02-28T17:00:00.000Z'],
    ['3 Mar 26 9:00 GMT', '2026-03-03T09:00:00.000Z'],
    ['Wed, 03 Jan 2018 13:47:00', '2018-01-03T13:47:00.000Z'],
    ['Tuesday, 03 March 2026 09:00:00 +05:30', '2026-03-03T03:30:00.000Z'],
    ['03 Mar 2026', '2026-03-03'],
    ['Mar 3, 2026', '2026-03-03'],
    ['2026-03-03', '2026-03-03'],
    ['2026-03', '2026-03-01'],
    ['2026-03-03T09:00:00.123456+01:00', '2026-03-03T08:00:00.000Z'],
    ['2026-03-03 09:00', '2026-03-03T09:00:00.000Z'],
  ])('reads %j', (text, expected) => {
    expect(feedDate(text)).toBe(expected);
  });

  it.each([
    '',
    'soon',
    '0000-00-00',
    '2026-13-01',
    '2026-02-30',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '31 Foo 2026',
    '32 Jan 2026',
    '2026-03-03T25:00:00Z',
    'Tue, 03 Mar 2026 09:00:00 XYZQ',
    '1e400',
    '𝟐𝟎𝟐𝟔-01-01',
    '1'.repeat(100_000),
  ])('takes %j for no date', (text) => {
    expect(feedDate(text.slice(0, 1_000))).toBeUndefined();
  });

  it('gives every written date back as the same moment', () => {
    const date = fc.date({ min: new Date('1990-01-02'), max: new Date('2099-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (moment) => {
        const second = new Date(Math.floor(moment.getTime() / 1_000) * 1_000);
        expect(feedDate(second.toUTCString())).toBe(second.toISOString());
        expect(feedDate(second.toISOString())).toBe(second.toISOString());
      }),
      { numRuns: 300 },
    );
  });
});
