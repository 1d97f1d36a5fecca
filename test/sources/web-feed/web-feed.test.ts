import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../../src/domain/record.ts';
import { webFeedImporter } from '../../../src/sources/web-feed/index.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { corpusPath, describeWithCorpus } from '../../helpers/corpus.ts';
import { claimsOf, type ReadResult, readCorpus, readWith } from '../read-document.ts';
import { atom, json, rdf, rss } from './feeds.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describeSourceContract(webFeedImporter, [
  { name: 'RSS 2.0', bytes: encode(rss('<item><title>A</title><guid>1</guid></item>')), place: 'a.xml' },
  { name: 'RSS 1.0', bytes: encode(rdf), place: 'b.rdf' },
  { name: 'Atom 1.0', bytes: encode(atom('<entry><title>A</title><id>1</id></entry>')), place: 'c.xml' },
  { name: 'JSON Feed 1.1', bytes: encode(json([{ id: '1', title: 'A' }])), place: 'd.json' },
]);

function read(text: string, place = 'https://blog.example/feed'): ReadResult {
  return readWith(webFeedImporter, text, place);
}

function one(text: string, place?: string): SourceRecord | undefined {
  const { records } = read(text, place);
  expect(records).toHaveLength(1);
  return records[0];
}

describe('an item of a feed', () => {
  it('is a report with its address, dates, tags, a short text and the words to look for names in', () => {
    const record = one(
      rss(
        `<item><title>Herons &amp; reeds</title><link>https://blog.example/a?utm_source=rss&amp;id=1</link>
        <guid isPermaLink="false">tag:1</guid><pubDate>Tue, 03 Mar 2026 09:00:00 +0100</pubDate>
        <author>someone@blog.example (Some One)</author><dc:creator>Some One</dc:creator>
        <category>Iran</category><category><![CDATA[Telecom & IT]]></category>
        <enclosure url="https://blog.example/a.mp3" length="1" type="audio/mpeg"/>
        <description><![CDATA[<p>A <b>short</b> text.</p>]]></description>
        <content:encoded><![CDATA[<p>A short text.</p><p>And more.</p><script>alert(1)</script>]]></content:encoded></item>`,
      ),
    );

    expect(record).toEqual({
      externalId: 'tag:1',
      title: 'Herons & reeds',
      entity: { type: 'report', name: 'Herons & reeds', externalIds: [] },
      url: 'https://blog.example/a?id=1',
      created: '2026-03-03T08:00:00.000Z',
      modified: '2026-03-03T08:00:00.000Z',
      claims: [
        { predicate: 'name', text: 'Herons & reeds' },
        { predicate: 'description', text: 'A short text.', section: 'report' },
      ],
      tags: ['Iran', 'Telecom & IT'],
      mentionsIn: 'Herons & reeds\n\nA short text.\n\nAnd more.',
    });
  });

  it('is the same in every format, but for what a format cannot say', () => {
    const records = [
      one(rdf),
      one(
        atom(
          '<entry><title>A title</title><link href="a"/><id>https://blog.example/a</id><updated>2026-03-03T09:00:00Z</updated><summary>A text.</summary></entry>',
        ),
      ),
      one(
        `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A title</title><link rel="alternate" href="https://blog.example/a"/><id>https://blog.example/a</id><issued>2026-03-03T10:00:00+01:00</issued><modified>2026-03-03T09:00:00Z</modified><summary>A text.</summary></entry></feed>`,
      ),
      one(
        json([
          {
            id: 'https://blog.example/a',
            url: 'https://blog.example/a',
            title: 'A title',
            content_html: '<p>A text.</p>',
            date_published: '2026-03-03T09:00:00Z',
            authors: [{ name: 'Some One' }],
          },
        ]),
      ),
      one(
        '<rss version="0.92"><channel><item><title>A title</title><link>https://blog.example/a</link><description>A text.</description><pubDate>03 Mar 26 09:00 GMT</pubDate></item></channel></rss>',
      ),
    ];

    for (const record of records) {
      expect(record).toMatchObject({
        externalId: 'https://blog.example/a',
        title: 'A title',
        url: 'https://blog.example/a',
        modified: '2026-03-03T09:00:00.000Z',
        mentionsIn: 'A title\n\nA text.',
      });
      expect(JSON.stringify(record)).not.toContain('Some One');
    }
  });

  it.each([
    ['plain words', 'A &amp; B', 'A & B'],
    ['markup', '&lt;b&gt;A&lt;/b&gt; and <![CDATA[<i>B</i>]]>', 'A and B'],
    ['entities that were escaped twice', 'A &amp;amp; B&amp;#8217;s', 'A & B’s'],
    ['angle brackets that are no markup', 'CVE in &lt;stdio.h&gt;', 'CVE in <stdio.h>'],
    ['line breaks', '\n A\n B ', 'A B'],
  ])('has a title of plain text out of %s', (_name, written, expected) => {
    expect(one(rss(`<item><title>${written}</title></item>`))?.title).toBe(expected);
  });

  it('reads Atom titles by their type', () => {
    const title = (type: string, text: string): string | undefined =>
      one(atom(`<entry><title type="${type}">${text}</title><id>1</id></entry>`))?.title;

    expect(title('html', 'A &amp;lt;b&amp;gt; &lt;i&gt;c&lt;/i&gt;')).toBe('A <b> c');
    expect(title('text', 'A &lt;b&gt;')).toBe('A <b>');
    expect(title('xhtml', '<div xmlns="http://www.w3.org/1999/xhtml">A <b>c</b></div>')).toBe('A c');
  });

  it.each([
    ['its text', '<description>First sentence here. And more.</description>', 'First sentence here.'],
    ['its address', '<link>https://blog.example/x</link>', 'https://blog.example/x'],
  ])('takes its title from %s where it has none', (_name, body, title) => {
    expect(one(rss(`<item>${body}</item>`))?.title).toBe(title);
  });

  it('is rejected when it has neither title nor text nor address, and the others stay', () => {
    const { records, rejections } = read(
      rss('<item><guid isPermaLink="false">1</guid></item><item/><item><title>B</title></item>'),
    );

    expect(records.map(({ title }) => title)).toEqual(['B']);
    expect(rejections.map(({ path }) => path)).toEqual(['item[0]', 'item[1]']);
  });

  it.each([
    ['the guid', '<guid isPermaLink="false">8a1c</guid><link>https://blog.example/x</link>', '8a1c'],
    [
      'the address, without tracking',
      '<link>https://blog.example/x?fbclid=1</link>',
      'https://blog.example/x',
    ],
    ['a guid without tracking', '<guid>https://blog.example/x?utm_id=1</guid>', 'https://blog.example/x'],
    ['a hash', '<description>words</description>', expect.stringMatching(/^item-[0-9a-f-]{36}$/)],
    ['a hash of a long guid', `<guid>${'x'.repeat(501)}</guid>`, expect.stringMatching(/^item-/)],
  ])('is known by %s', (_name, body, id: unknown) => {
    expect(one(rss(`<item><title>A</title>${body}</item>`))?.externalId).toEqual(id);
  });

  it.each([
    ['/posts/a', 'https://labs.example/posts/a'],
    ['b', 'https://labs.example/news/b'],
    ['//other.example/c', 'https://other.example/c'],
    ['javascript:alert(1)', undefined],
    ['ftp://labs.example/d', undefined],
    ['https://u:p@labs.example/e', undefined],
  ])('resolves the link %j against the page of the feed', (link, expected) => {
    const text = rss(`<item><title>A</title><link>${link}</link></item>`, 'https://labs.example/news/');

    expect(one(text, 'feed.xml')?.url).toBe(expected);
  });

  it('resolves links against xml:base, and against where the feed lay', () => {
    const based =
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://labs.example/x/"><entry xml:base="y/"><title>A</title><id>1</id><link href="z"/></entry></feed>';
    const bare = '<feed><entry><title>A</title><id>1</id><link href="z"/></entry></feed>';

    expect(one(based)?.url).toBe('http://labs.example/x/y/z');
    expect(one(bare, 'https://blog.example/feeds/all')?.url).toBe('https://blog.example/feeds/z');
    expect(one(bare, 'feeds/all.xml')?.url).toBeUndefined();
  });

  it('drops a date that is none with a notice, not the item', () => {
    const { records, notices } = read(rss('<item><title>A</title><pubDate>soon, really</pubDate></item>'));

    expect(records).toHaveLength(1);
    expect(records[0]).not.toHaveProperty('created');
    expect(notices).toMatchObject([
      { path: 'item[0]', text: expect.stringContaining('soon, really') as string },
    ]);
  });

  it('keeps at most about a thousand characters of its text, and a hundred KB to look for names in', () => {
    const record = one(
      rss(`<item><title>A</title><description>${'wörds '.repeat(60_000)}</description></item>`),
    );
    const [description] = claimsOf(record, 'description');

    expect(description?.text.length).toBeLessThanOrEqual(1_000);
    expect(description?.text.endsWith('wörds…')).toBe(true);
    expect(encode(record?.mentionsIn ?? '').length).toBeLessThanOrEqual(100 * 1024);
  });

  it('takes the strictest marking of its categories and its words', () => {
    const marking = (body: string) => one(rss(`<item><title>A</title>${body}</item>`))?.marking;

    expect(marking('<category>tlp:green</category>')).toEqual({ tlp: 'green' });
    expect(marking('<category>tlp:clear</category><description>This is TLP:AMBER.</description>')).toEqual({
      tlp: 'amber',
    });
    expect(marking('<description>What TLP:CLEAR means.</description>')).toBeUndefined();
  });

  it('is the newest of those with its id, wherever it stands', () => {
    const item = (title: string, date: string): string =>
      `<item><title>${title}</title><guid>1</guid><pubDate>${date}</pubDate></item>`;
    const old = item('old', 'Mon, 02 Mar 2026 09:00:00 GMT');
    const young = item('new', 'Tue, 03 Mar 2026 09:00:00 GMT');

    for (const items of [old + young, young + old]) {
      const { records, notices } = read(rss(items));

      expect(records.map(({ title }) => title)).toEqual(['new']);
      expect(notices).toMatchObject([{ text: expect.stringContaining('1 item has the id') as string }]);
    }
  });
});

describe('a feed', () => {
  const item = '<item><title>A</title></item>';

  it.each([
    [rss(item, 'https://research.example/'), 'feed-heron-research', 'Heron Research'],
    [
      rss(item, 'https://www.labs.example/').replace('Heron Research', 'Blog'),
      'feed-labs-example-blog',
      'Blog',
    ],
    [
      '<rss version="2.0"><channel><link>https://labs.example/</link></channel></rss>',
      'feed-labs-example',
      'labs.example',
    ],
    ['<rss version="2.0"><channel/></rss>', 'feed-blog-example', 'blog.example'],
  ])('names its source by its title or its host (%#)', (text, name, title) => {
    expect(read(text).sources).toMatchObject([
      { name, title, kind: 'web-feed', defaultMarking: 'green', reliability: 'F' },
    ]);
  });

  it('tells who publishes where the operator named the source', () => {
    const bytes = encode(rss(item));
    const items = [...webFeedImporter.read({ place: 'x', bytes }, { sourceName: 'vendors' })];

    expect(items).toMatchObject([
      { kind: 'source' },
      { kind: 'record', record: { publisher: 'Heron Research' } },
    ]);
  });

  it('never withdraws what has fallen off its end', () => {
    const items = [...webFeedImporter.read({ place: 'x', bytes: encode(rss(item)) }, {})];

    expect(items[0]).toMatchObject({ kind: 'source', complete: false });
  });

  it.each([
    ['an HTML page', '<!DOCTYPE html><html><head></head></html>', /HTML page, no feed/],
    [
      'an HTML page that names its feed',
      '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>',
      /it names the feed \/feed\.xml/,
    ],
    ['other XML', '<opml version="2.0"/>', /root element "opml"/],
    ['other JSON', '{"title": "x"}', /no JSON Feed/],
    ['words', 'no feed at all', /expected RSS, Atom or JSON Feed/],
    ['a large one', rss(`${item}${' '.repeat(5 * 1024 * 1024)}`), /at most 5 MB/],
  ])('refuses %s with a reason', (_name, text, reason) => {
    const { rejections, sources } = read(text);

    expect(sources).toEqual([]);
    expect(rejections).toMatchObject([{ path: '', reason: expect.stringMatching(reason) as string }]);
  });

  it('takes an HTML page only where a feed was fetched, so as to say what is wrong', () => {
    expect(webFeedImporter.detect('<!DOCTYPE html><html>', 'https://blog.example/')).toBe(0.5);
    expect(webFeedImporter.detect('<!DOCTYPE html><html>', 'docs/index.html')).toBe(0);
  });

  it.each([
    [
      'RDF without namespaces',
      '<rdf:RDF><channel><title>T</title></channel><item rdf:about="1"><title>A</title></item></rdf:RDF>',
    ],
    [
      'RSS with undeclared prefixes',
      rss('<item><title>A</title><content:encoded>x</content:encoded></item>'),
    ],
    [
      'Atom with a prefix',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>A</a:title><a:id>1</a:id></a:entry></a:feed>',
    ],
    [
      'a document type of RSS 0.91',
      `<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://dtd.example/rss.dtd">${rss(item)}`,
    ],
    [
      'unescaped ampersands',
      rss('<item><title>A</title><link>https://blog.example/?a=1&b=2</link><x>&nope;</x></item>'),
    ],
    ['upper case', '<RSS VERSION="2.0"><CHANNEL><ITEM><TITLE>A</TITLE></ITEM></CHANNEL></RSS>'],
  ])('is read with %s', (_name, text) => {
    expect(one(text)?.title).toBe('A');
  });

  it.each([
    ['mismatched tags', '<item><x>A<b></x><title>C</title></item>'],
    ['names of prototypes', '<item><__proto__>a</__proto__><title>C</title></item>'],
    ['no end', '<item><title>C</title>'],
  ])('loses an item with %s alone', (_name, broken) => {
    const { records, rejections } = read(
      rss(`<item><title>A</title></item>${broken}<item><title>B</title></item>`),
    );

    expect(records.map(({ title }) => title)).toEqual(['A', 'B']);
    expect(rejections).toMatchObject([{ path: 'item[1]' }]);
  });

  it('keeps what came before the place where it is cut off', () => {
    const { records, notices } = read(
      rss('<item><title>A</title></item><item><title>Half a ti').slice(0, -16),
    );

    expect(records.map(({ title }) => title)).toEqual(['A']);
    expect(notices).toMatchObject([{ text: expect.stringContaining('cut off') as string }]);
  });

  it('rejects what is no item of a JSON Feed', () => {
    const { records, rejections } = read(json([null, 5, { id: 7, title: 'A', tags: 'x' }, { id: '8' }]));

    expect(records.map(({ title }) => title)).toEqual(['A']);
    expect(rejections.map(({ path }) => path)).toEqual(['item[0]', 'item[1]', 'item[3]']);
  });
});

describeWithCorpus('the feeds of the corpus', () => {
  it.each([
    ['synthetic/threat-blog.rss', 5],
    ['synthetic/threat-blog.atom', 2],
    ['rss-parser-tests/atom-customfields.atom', 15],
    ['rss-parser-tests/content-encoded.rss', 7],
    ['rss-parser-tests/craigslist.rss', 25],
    ['rss-parser-tests/encoding.rss', 40],
    ['rss-parser-tests/feedburner.atom', 25],
    ['rss-parser-tests/guardian.rss', 55],
    ['rss-parser-tests/gulp-atom.atom', 10],
    ['rss-parser-tests/heraldsun.rss', 2],
    ['rss-parser-tests/instant-article.rss', 1],
    ['rss-parser-tests/item-itunes-episodeType.rss', 1],
    ['rss-parser-tests/pagination-links.rss', 1],
    ['rss-parser-tests/reddit-atom.rss', 24],
    ['rss-parser-tests/reddit.rss', 24],
    ['rss-parser-tests/rss-1.rss', 69],
  ])('gives the items of %s', (path, count) => {
    const { records, rejections } = readCorpus(webFeedImporter, `rss-atom/${path}`);

    expect(corpusPath('rss-atom')).not.toBe('');
    expect(records).toHaveLength(count);
    expect(rejections).toEqual([]);
    for (const record of records) {
      expect(record.title).not.toMatch(/&(?:amp|lt|#\d+);|\n/);
      expect(JSON.stringify(record)).not.toMatch(/utm_|@blogger\.com|A\. Analyst|B\. Researcher/);
    }
  });

  it('reads the synthetic feed: dates of both kinds, a repeated guid, an item without link and date', () => {
    const { records } = readCorpus(webFeedImporter, 'rss-atom/synthetic/threat-blog.rss');

    expect(records.map(({ title, url, modified }) => [title, url, modified])).toEqual([
      [
        'Chafer returns: Remexi seen at two telecoms in the Gulf',
        'https://research.example.com/2026/03/chafer-remexi/',
        '2026-03-03T09:00:00.000Z',
      ],
      [
        'FANCY BEAR & friends: three lures, one loader (updated)',
        'https://research.example.com/2026/03/fancy-bear/',
        '2026-03-03T07:00:00.000Z',
      ],
      [
        'Patch round-up for February',
        'https://research.example.com/2026/02/patches/',
        '2026-02-28T17:00:00.000Z',
      ],
      [
        'Winnti, APT41 or Axiom? On names',
        'https://research.example.com/2026/02/names/',
        '2026-02-20T08:00:00.000Z',
      ],
      ['Untitled update', undefined, undefined],
    ]);
  });
});
