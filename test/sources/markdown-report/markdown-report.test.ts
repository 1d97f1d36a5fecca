import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { markdownProfileImporter } from '../../../src/sources/markdown-profile/index.ts';
import { markdownReportImporter } from '../../../src/sources/markdown-report/index.ts';
import { splitTags } from '../../../src/sources/markdown-report/parse.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { corpusPath, describeWithCorpus } from '../../helpers/corpus.ts';
import { claimsOf, readCorpus, readWith } from '../read-document.ts';

const fixture = readFileSync(new URL('../../fixtures/markdown/report.md', import.meta.url), 'utf8');

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describeSourceContract(markdownReportImporter, [
  { name: 'a report', bytes: encode(fixture), place: 'reports/a.md' },
  { name: 'a report with CRLF', bytes: encode(fixture.replaceAll('\n', '\r\n')), place: 'a' },
  { name: 'two reports in one file', bytes: encode(`${fixture}\n${fixture}`), place: 'a.txt' },
]);

describe('the marking of an event report', () => {
  const head = '# Threat Report: 2021-02-03: X\n\n';
  const tagged = (tags: string) => `${head}## Key Intelligence\n* Tags: ${tags}\n`;

  it.each([
    [tagged('osint, TLP:White'), { tlp: 'clear' }],
    [tagged('tlp:amber+strict, tlp:green'), { tlp: 'amber+strict' }],
    [tagged('tlp:unclear'), { tlp: 'amber+strict', unknown: true, text: 'tlp:unclear' }],
    [`${head}## Key Intelligence\n* TLP: RED\n* Tags: tlp:white\n`, { tlp: 'red' }],
    [`TLP:AMBER\n\n${tagged('tlp:white')}`, { tlp: 'amber' }],
    [`${head}**TLP: AMBER**\n\n## Key Intelligence\n* Date: 2021-02-03\n`, { tlp: 'amber' }],
    [`${tagged('tlp:white')}\n## Notes\nThis note is TLP:RED, do not pass it on.\n`, { tlp: 'red' }],
    [`${tagged('osint')}\n## Notes\nThe vendor's blog is TLP:WHITE.\n`, undefined],
  ])('of %j is %j', (text, expected) => {
    const { records, notices } = readWith(markdownReportImporter, text);

    expect(records[0]?.marking).toEqual(expected);
    expect(notices).toHaveLength(expected !== undefined && 'unknown' in expected ? 1 : 0);
  });

  it('in front of the first report holds for all of the file', () => {
    const { records } = readWith(markdownReportImporter, `TLP:RED\n\n${tagged('tlp:white')}\n${head}`);

    expect(records.map(({ marking }) => marking?.tlp)).toEqual(['red', 'red']);
  });
});

describe('an event report in markdown', () => {
  const [record] = readWith(markdownReportImporter, fixture, 'reports/sample.md').records;

  it('is a report with date, title, publisher, marking and tags', () => {
    expect(record).toMatchObject({
      title: 'Example Bear: a sample report',
      entity: { type: 'report' },
      created: '2021-02-03',
      url: 'https://blog.example.org/post',
      publisher: 'blog.example.org',
      marking: { tlp: 'clear' },
      confidence: 50,
    });
    expect(record?.tags).toEqual([
      'misp-galaxy:threat-actor="EXAMPLE BEAR"',
      'misp-galaxy:sector="Government, Administration"',
      'type:OSINT',
      'osint:certainty="50"',
      'tlp:white',
      'Threat level: Low',
    ]);
  });

  it('keeps every line of the indicators, with category, comment and values over several lines', () => {
    const indicators = record?.indicators ?? [];

    expect(indicators.map(({ type }) => type)).toEqual([
      'text',
      'link',
      'link',
      'attachment',
      'sha256',
      'filename|md5',
      'vulnerability',
      'yara',
      'domain',
      'ip-dst|port',
    ]);
    expect(indicators[0]?.value).toContain('* Note: this is no bullet');
    expect(indicators[3]).toMatchObject({ value: 'Figure1.png', comment: 'A picture', lookupValues: [] });
    expect(indicators[4]).toMatchObject({
      category: 'Payload delivery',
      comment: 'Dropper',
      lookupValues: ['a'.repeat(64)],
    });
    expect(indicators[5]?.lookupValues).toEqual(['a b.exe', 'b'.repeat(32)]);
    expect(indicators[7]?.value.split('\n')).toHaveLength(6);
    expect(indicators[8]).toMatchObject({ value: 'evil.example.org', lookupValues: ['evil.example.org'] });
    expect(indicators[9]?.lookupValues).toEqual(['192.0.2.1']);
  });

  it('does not make a page that it links to an indicator', () => {
    expect(record?.indicators?.[2]?.lookupValues).toEqual([]);
  });

  it('states that names overlap where the prose does not state that they are one', () => {
    expect(claimsOf(record, 'alias')).toMatchObject([
      {
        text: 'Samplefer',
        relation: 'overlaps',
        subject: { name: 'EXAMPLE BEAR' },
        quote: expect.stringContaining('largely align') as string,
      },
    ]);
  });

  it('reads what the prose says of the tagged actor', () => {
    expect(claimsOf(record, 'uses').map(({ target, subject }) => [target.name, subject?.name])).toEqual([
      ['FOOWEED', 'EXAMPLE BEAR'],
      ['BARMONEY', 'EXAMPLE BEAR'],
    ]);
    expect(claimsOf(record, 'exploits')).toMatchObject([{ text: 'CVE-2017-11882' }]);
    expect(claimsOf(record, 'targets-sector')).toMatchObject([{ text: 'Government, Administration' }]);
  });

  it('reads the same with CRLF, and keeps its id in another folder', () => {
    const crlf = readWith(markdownReportImporter, fixture.replaceAll('\n', '\r\n'), '/other/place/sample.md');

    expect(crlf.records).toEqual([record]);
    expect(crlf.sources[0]?.name).toBe('place');
  });

  it('reads a report with missing parts', () => {
    const { records, rejections } = readWith(markdownReportImporter, '# Threat Report: A title only\n');

    expect(rejections).toEqual([]);
    expect(records).toMatchObject([{ title: 'A title only' }]);
    expect(records[0]?.indicators).toBeUndefined();
  });

  it.each(['', '# Something else\n', '# Threat Report: \n'])('rejects %j with a reason', (text) => {
    const { records, rejections } = readWith(markdownReportImporter, text);

    expect(records).toEqual([]);
    expect(rejections).toHaveLength(1);
  });

  it('is known by its content alone', () => {
    expect(markdownReportImporter.detect(fixture, 'x.txt')).toBeGreaterThan(0.9);
    expect(markdownProfileImporter.detect(fixture, 'x.txt')).toBeLessThan(0.5);
    expect(markdownReportImporter.detect('{"a": "# Threat Report: x"}', 'x.md')).toBe(0);
  });

  it('takes tags over a hundred thousand lines in its stride', () => {
    const started = performance.now();

    readWith(
      markdownReportImporter,
      `# Threat Report: X\n## Key Intelligence\n* Tags: a\n${'b\n'.repeat(100_000)}`,
    );

    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('takes lines of a megabyte in its stride', () => {
    const started = performance.now();
    const head = '# Threat Report: 2020-01-01: X\n## Key Intelligence\n* Tags: ';
    for (const filler of ['a', '"', ' ', '[](', '* a: ', ', ', '— ', 'A.', '#']) {
      const long = filler.repeat(1_000_000 / filler.length);
      readWith(
        markdownReportImporter,
        `${head}${long}\n## Indicators of Compromise\n### External analysis\n* text: ${long}\n${long}`,
      );
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('splitTags', () => {
  it('splits at commas outside of quotation marks', () => {
    expect(splitTags('a:b="c, d", e, , f="g')).toEqual(['a:b="c, d"', 'e', 'f="g']);
  });
});

interface ExpectedReport {
  readonly file: string;
  readonly date?: string;
  readonly threat_level: number;
  readonly tags: readonly string[];
  readonly indicator_lines: number;
}

describeWithCorpus('the event reports of the corpus', () => {
  it('gives every expected value', () => {
    const expected = JSON.parse(
      readFileSync(corpusPath('markdown-docs/expected.json'), 'utf8'),
    ) as ExpectedReport[];
    const levels = ['', 'High', 'Medium', 'Low', 'Undefined'];
    for (const item of expected.filter(({ date }) => date !== undefined)) {
      const { records, rejections } = readCorpus(markdownReportImporter, `markdown-docs/${item.file}`);

      expect(rejections).toEqual([]);
      expect(records, item.file).toHaveLength(1);
      expect(records[0]?.created).toBe(item.date);
      expect(records[0]?.tags).toEqual([...item.tags, `Threat level: ${levels[item.threat_level] ?? ''}`]);
      expect(records[0]?.indicators).toHaveLength(item.indicator_lines);
    }
  });

  it('reads the seed report: FireEye states an overlap with Chafer, not an identity', () => {
    const [record] = readCorpus(markdownReportImporter, 'seeds/000_9cf63aae4983f801.txt').records;

    expect(record).toMatchObject({ publisher: 'FireEye', created: '2019-01-29', marking: { tlp: 'clear' } });
    expect(claimsOf(record, 'alias')).toMatchObject([{ text: 'Chafer', relation: 'overlaps' }]);
    expect(claimsOf(record, 'uses').map(({ target }) => target.name)).toEqual([
      'SEAWEED',
      'CACHEMONEY',
      'POWBAT',
    ]);
    expect(record?.indicators).toHaveLength(4);
  });
});
