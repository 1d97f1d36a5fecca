import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { markdownReportImporter } from '../../../src/sources/markdown-report/index.ts';
import { detectImporter } from '../../../src/sources/registry.ts';
import { claimsOf, type ReadResult, readWith } from '../read-document.ts';

const sha256 = 'a'.repeat(64);
const md5 = 'b'.repeat(32);
const head = '# Threat Report: 2024-01-02: T\n\n## Indicators of Compromise (IOCs)\n';

function read(text: string): ReadResult {
  return readWith(markdownReportImporter, text, 'reports/x.md');
}

function indicators(text: string): readonly string[] {
  const [record] = read(text).records;
  return (record?.indicators ?? []).map(({ type, value }) => `${type} ${value}`);
}

describe('an event report in another hand', () => {
  it.each([
    [
      'bold headings',
      '**Threat Report: 2024-01-02: OSINT - Herons strike**\n\n**Key Intelligence**\n- **Date:** 2024-01-02\n- **Threat Level:** 1 (High)\n- **Tags:** a, tlp:green\n\n**Indicators of Compromise (IOCs)**\n\n**Network activity**\n- domain: evil.example\n',
    ],
    [
      'plain headings',
      'Threat Report: 2024-01-02: Herons strike\n\nKey Intelligence:\nDate: 2024-01-02\nThreat level: 1\nTags: a, tlp:green\n\nIndicators of Compromise:\n\n**Network activity**\n- domain: evil.example\n',
    ],
    [
      'smaller headings and dashes',
      '### Threat Report – 2 January 2024 – Herons strike\n\n#### Key Intelligence\n+ Date – 2024-01-02\n+ Threat level – 1\n+ Tags – a, tlp:green\n\n#### IOCs\n\n#### Network activity\n+ Domain: evil[.]example\n',
    ],
    [
      'numbers',
      '# 1. Threat Report: 2024-01-02: Herons strike\n\n## 1.1 Key Intelligence\n1. Date: 2024-01-02\n2. Threat Level: 1\n3. Tags: a, tlp:green\n\n## 1.2 Indicators of Compromise\n### 1.2.1 Network activity\n1. evil[.]example\n',
    ],
    [
      'a table of its key facts',
      '# Threat Report: Herons strike\n\n## Key Intelligence\n\n| Field | Value |\n|---|---|\n| Date | 2024-01-02 |\n| Threat Level | 1 |\n| Tags | a, tlp:green |\n\n## Indicators of Compromise (IOCs)\n### Network activity\n| Type | Value |\n|---|---|\n| domain | `evil[.]example` |\n',
    ],
    [
      'CRLF',
      '# Threat Report: 2024-01-02: Herons strike\r\n\r\n## Key Intelligence\r\n* Threat Level: 1\r\n* Tags: a, tlp:green\r\n\r\n## Indicators of Compromise (IOCs)\r\n### Network activity\r\n* domain: evil.example\r\n',
    ],
  ])('is read with %s', (_name, text) => {
    expect(detectImporter(text, 'x')?.kind).toBe('markdown-report');
    expect(read(text).records).toMatchObject([
      {
        title: 'Herons strike',
        created: '2024-01-02',
        marking: { tlp: 'green' },
        tags: ['a', 'tlp:green', 'Threat level: High'],
        indicators: [{ type: 'domain', category: 'Network activity', value: 'evil.example' }],
      },
    ]);
  });

  it.each([
    [
      'bullets of any kind',
      `- domain: a.example\n+ domain: b.example\n• c[.]example\n1. d[.]example\n2) \`e[.]example\`\n`,
      ['domain a.example', 'domain b.example', 'domain c.example', 'domain d.example', 'domain e.example'],
    ],
    [
      'types in words',
      `- **SHA-256**: \`${sha256}\`\n- MD5 - ${md5}\n- IP address: 192.0.2.1\n- Hash (MD5): ${md5}\n- \`mutex\`: heron\n`,
      [`sha256 ${sha256}`, `md5 ${md5}`, 'ip-dst 192.0.2.1', `md5 ${md5}`, 'mutex heron'],
    ],
    [
      'values below their type',
      `* sha256:\n  ${sha256}\n* domain:\n  - a[.]example\n  - b[.]example\nIP addresses:\n- 192[.]0[.]2[.]1\n`,
      [`sha256 ${sha256}`, 'domain a.example', 'domain b.example', 'ip-dst 192.0.2.1'],
    ],
    [
      'a code block',
      `\`\`\`\n${sha256}\nevil[.]example\n\`\`\`\n`,
      [`sha256 ${sha256}`, 'domain evil.example'],
    ],
    [
      'a table without types',
      '| Indicator | Note |\n|:--|--:|\n| 192[.]0[.]2[.]9 | first |\n| hxxp://evil[.]example/x?y=1 | |\n',
      ['ip-dst 192.0.2.9', 'url http://evil.example/x?y=1'],
    ],
    ['a table without a head', `| evil.example | ${md5} |\n`, ['domain evil.example']],
    [
      'files and sockets',
      '- invoice.docx\n- 192.0.2[.]1:443\n',
      ['filename invoice.docx', 'ip-dst|port 192.0.2.1|443'],
    ],
  ])('gives the indicators of %s', (_name, lines, expected) => {
    expect(indicators(`${head}${lines}`)).toEqual(expected);
  });

  it.each([
    'hxxp://evil[.]example/a',
    'hXXp[:]//evil[.]example/a',
    'hxxp[://]evil{.}example/a',
    'h**p://evil(.)example/a',
    'meow://evil[dot]example/a',
    'http://evil(dot)example/a',
    'http://evil\\.example/a',
    'http://evil [.] example/a',
    'http://evil[.example/a',
  ])('undoes what was done to %j', (written) => {
    expect(indicators(`${head}- ${written}\n`)).toEqual(['url http://evil.example/a']);
    expect(indicators(`${head}* url: ${written}\n`)).toEqual(['url http://evil.example/a']);
  });

  it('leaves text alone, whatever it looks like', () => {
    const rule = 'rule x {\n  - evil.example\n| a | b |\n```\n192.0.2.1\n```\n# comment\n}';

    expect(indicators(`${head}* yara: ${rule}\n* domain: last.example — C2\n`)).toEqual([
      `yara ${rule}`,
      'domain last.example',
    ]);
  });

  it('counts the lines that it cannot read', () => {
    const { notices } = read(`${head}- evil[.]example\n- just some words\n- more of them\n`);

    expect(notices).toMatchObject([
      { text: expect.stringMatching(/^2 lines .* the first is line 5$/) as string },
    ]);
  });

  it('reads tags in typographic quotation marks', () => {
    const tags = 'misp-galaxy:sector=“Government, Administration”, b';
    const [record] = read(`# Threat Report: T\n\n## Key Intelligence\n* Tags: ${tags}\n`).records;

    expect(record?.tags).toEqual(['misp-galaxy:sector="Government, Administration"', 'b']);
    expect(claimsOf(record, 'targets-sector')).toHaveLength(1);
  });

  it.each([
    ['---\ntlp: amber+strict\n---\n', '', 'amber+strict'],
    ['---\ntags: [x, "tlp:amber"]\n---\n', 'TLP:GREEN\n', 'amber'],
    ['', '<!-- TLP:RED -->\n', 'red'],
    ['TLP: GREEN\n', '\nTLP:AMBER\n', 'amber'],
    ['', '\n---\nTLP:CLEAR\n', 'clear'],
  ])('takes the strictest marking of %j in front and %j behind', (front, behind, tlp) => {
    expect(
      read(`${front}# Threat Report: T\n\n## Key Intelligence\n* Tags: x\n\n${behind}`).records,
    ).toMatchObject([{ marking: { tlp } }]);
  });

  it('parts reports and profiles of one file', () => {
    const profile = '# XPT39\n\nSuspected attribution: Iran\n\nOverview: The group is busy.\n\n';
    const report = (name: string) =>
      `# Threat Report: 2024-01-02: ${name}\n\n## IOCs\n* domain: ${name}.example\n\n`;
    const text = report('one') + profile + report('two');
    const { records, sources } = read(text);

    expect(detectImporter(text, 'x')?.kind).toBe('markdown-report');
    expect(sources).toHaveLength(1);
    expect(records.map(({ title, entity }) => [title, entity?.type])).toEqual([
      ['one', 'report'],
      ['two', 'report'],
      ['XPT39', 'intrusion-set'],
    ]);
    expect(records[0]?.indicators?.map(({ value }) => value)).toEqual(['one.example']);
    expect(read(profile + report('two')).records).toHaveLength(2);
  });

  it('does not read a report in a comment, or prose that speaks of one', () => {
    expect(read('# Threat Report: T\n<!--\n# Threat Report: hidden\n-->\n').records).toHaveLength(1);
    expect(
      markdownReportImporter.detect('# Threat report season\n\nWe wrote a threat report: good.\n', 'x'),
    ).toBe(0);
  });

  it('reads the example of its README', () => {
    const path = new URL('../../../src/sources/markdown-report/README.md', import.meta.url);
    const example = /```markdown\n([\s\S]*?)```/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';

    expect(read(example)).toMatchObject({
      notices: [],
      records: [{ title: 'Example Bear: a sample report', created: '2021-02-03', marking: { tlp: 'clear' } }],
    });
    expect(indicators(example)).toEqual([
      'domain evil.example',
      'ip-dst 192.0.2.1',
      'url https://evil.example/gate',
      'md5 d41d8cd98f00b204e9800998ecf8427e',
    ]);
  });

  it('takes hostile text of a megabyte in its stride', () => {
    const before = process.cpuUsage();
    for (const filler of [
      '- \n',
      '- x\n',
      '| a |',
      '| a | b |\n',
      '```\n',
      '* domain:\n',
      '[.',
      ' [',
      '— ',
      '**',
      '1. ',
      'ip: ',
      'Threat Report: ',
    ]) {
      read(`${head}${filler.repeat(Math.floor(600_000 / filler.length))}`);
    }
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(15_000);
  }, 120_000);
});
