import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../../src/domain/record.ts';
import { markdownProfileImporter } from '../../../src/sources/markdown-profile/index.ts';
import { detectImporter } from '../../../src/sources/registry.ts';
import { claimsOf, readWith } from '../read-document.ts';

const body =
  'Suspected attribution: Iran\n\nTarget sectors: Telecom, Travel\n\nOverview: The group is busy.\n\nAssociated malware: FOODOOR, BARTOOL\n';

function read(text: string): readonly SourceRecord[] {
  return readWith(markdownProfileImporter, text, 'profiles/x.md').records;
}

function actors(text: string): readonly string[] {
  return read(text).map(({ title }) => title);
}

/** What a profile says, in few words. */
function said(record: SourceRecord | undefined): object {
  return {
    name: record?.title,
    aka: claimsOf(record, 'alias').map(({ text }) => text),
    from: claimsOf(record, 'attributed-to').map(({ country }) => country),
    sectors: claimsOf(record, 'targets-sector').map(({ text }) => text),
    uses: claimsOf(record, 'uses').map(({ target }) => target.externalId ?? target.name),
  };
}

describe('a profile in another hand', () => {
  const whole = {
    name: 'XPT39',
    aka: [],
    from: ['IR'],
    sectors: ['Telecom', 'Travel'],
    uses: ['FOODOOR', 'BARTOOL'],
  };

  it.each([
    [
      'labels with dashes',
      '# XPT39\n\n- Suspected attribution - Iran\n- Target sectors – Telecom, Travel\n- Associated malware — FOODOOR, BARTOOL\n',
    ],
    [
      'bold labels with dashes',
      '**XPT39**\n\n**Suspected attribution** – Iran\n\n**Target sectors**: Telecom, Travel\n\n__Associated malware:__ FOODOOR, BARTOOL\n',
    ],
    [
      'labels on lines of their own',
      '# XPT39\n\nSuspected attribution\n\nIran\n\nTarget sectors\n\nTelecom, Travel\n\nAssociated malware\n\nFOODOOR, BARTOOL\n',
    ],
    [
      'labels as headings and lists of all kinds',
      '# XPT39\n\n## Suspected attribution\n\nIran\n\n## Target sectors\n\n+ Telecom\n+ Travel\n\n## Associated malware\n\n1. FOODOOR\n2. `BARTOOL`\n',
    ],
    [
      'numbered headings',
      '# 3. XPT39\n\n## 3.1 Associated malware\n\n* FOODOOR\n* BARTOOL\n\n## 3.2 Target sectors\n\n- Telecom\n- Travel\n\n## 3.3 Attribution\n\nIran\n',
    ],
    [
      'a table',
      '# XPT39\n\n| Field | Value |\n|---|---|\n| **Suspected attribution** | Iran |\n| Target sectors | Telecom, Travel |\n| Associated malware | FOODOOR, BARTOOL |\n',
    ],
    [
      'labels of one common word',
      'Threat actor: XPT39\nOrigin: Iran\nTargets: Telecom, Travel\nTools: FOODOOR, BARTOOL\n',
    ],
    [
      'another case and order',
      'ASSOCIATED MALWARE: FOODOOR, BARTOOL\ntarget SECTORS: Telecom, Travel\nOVERVIEW: XPT39 is a group.\nsuspected attribution: Iran\n',
    ],
    ['typographic quotation marks', `# “XPT39”\n\n${body}`],
    ['CRLF and blanks at line ends', `**XPT39**  \n\n${body}`.replaceAll('\n', '  \r\n')],
    ['comments', `<!-- # XPT1\nSuspected attribution: China -->\n# XPT39 <!-- draft -->\n\n${body}`],
    ['a heading that says more', `# XPT39: An Iranian espionage group\n\n${body}`],
    ['a heading that names the kind of text', `# Threat Actor Profile\n\n## XPT39\n\n${body}`],
    ['no heading but such a one', `# Threat Actor Profile\n\n${body.replace('The group', 'XPT39')}`],
    ['a title in its front matter', `---\ntitle: XPT39\n---\n\n${body}`],
  ])('is read with %s', (_name, text) => {
    expect(detectImporter(text, 'x')?.kind).toBe('markdown-profile');
    expect(read(text).map(said)).toEqual([whole]);
  });

  it.each([
    ['AKA: Sample Bear, XB-1\n', ''],
    ['A.K.A.: Sample Bear; XB-1\n', ''],
    ['**Also known as** – Sample Bear, XB-1\n', ''],
    ['Aliases:\n- Sample Bear\n- XB-1\n\n', ''],
    ['Known aliases: Sample Bear | XB-1\n', ''],
    ['', ' aka Sample Bear and XB-1'],
    ['', ' (aka Sample Bear, XB-1)'],
    ['', ' / Sample Bear / XB-1'],
  ])('has other names in %j and behind its heading in %j', (line, behind) => {
    expect(said(read(`# XPT39${behind}\n\n${line}${body}`)[0])).toMatchObject({
      name: 'XPT39',
      aka: ['Sample Bear', 'XB-1'],
    });
  });

  it.each([
    ['headings', `# XPT39\n\n${body}\n# XPT41\n\n${body}`],
    ['numbered headings under a title', `# Threat actors\n\n## 1. XPT39\n\n${body}\n## 2) XPT41\n\n${body}`],
    ['rules and titles', `XPT39\n\n${body}\n---\n\nXPT41\n\n${body}`],
    [
      'rules, where the labels differ',
      `XPT39\n\nSuspected attribution: Iran\n\n---\n\nXPT41\n\nTarget sectors: Travel\n`,
    ],
    ['repeated labels', `${body.replace('The group', 'XPT39')}\n${body.replace('The group', 'XPT41')}`],
    ['fields', `Name: XPT39\n${body}\nName: XPT41\n${body}`],
    ['underlined titles', `XPT39\n-----\n\n${body}\nXPT41\n=====\n\n${body}`],
  ])('parts two actors by %s', (_name, text) => {
    expect(actors(text)).toEqual(['XPT39', 'XPT41']);
  });

  it('never gives one actor what stands behind the next one’s title', () => {
    const [first, second] = read(
      'XPT39\n\nSuspected attribution: Iran\n\n---\n\nXPT41\n\nTarget sectors: Travel\n',
    );

    expect(said(first)).toMatchObject({ from: ['IR'], sectors: [] });
    expect(said(second)).toMatchObject({ from: [], sectors: ['Travel'] });
  });

  it('is known by its overview alone where that is about attackers', () => {
    const text =
      '# Example Bear\n\nOverview: Example Bear is a cyber espionage group that targets telecoms.\n';

    expect(detectImporter(text, 'x')?.kind).toBe('markdown-profile');
    expect(actors(text)).toEqual(['Example Bear']);
  });

  it.each([
    ['a project', '# Kubernetes\n\n## Overview\n\nA system.\n\n## Summary\n\nText.\n'],
    ['a plugin', '# git plugin\n\n## Overview\n\nShortcuts.\n\n## Aliases\n\n- gst: git status\n'],
    ['a page with credits', '# My icons\n\n## Overview\n\nIcons.\n\n## Attribution\n\nMade by a friend.\n'],
    ['a tool', '# Scanner\n\nDescription: finds malware.\n\nMalware: any.\n'],
  ])('is not what %s is', (_name, text) => {
    expect(markdownProfileImporter.detect(text, 'README.md')).toBeLessThan(0.5);
    expect(readWith(markdownProfileImporter, text)).toMatchObject({
      records: [],
      rejections: [{ path: '' }],
    });
  });

  it('leaves out a section about no actor, and says so', () => {
    const { records, notices } = readWith(
      markdownProfileImporter,
      `# Quarterly report\n\n## Summary\n\nA busy quarter.\n\n# XPT39\n\n${body}`,
    );

    expect(records.map(({ title }) => title)).toEqual(['XPT39']);
    expect(notices).toMatchObject([{ text: 'the section "Quarterly report" is about no actor: left out' }]);
  });

  it.each([
    'Mandiant has tracked the group since 2014.',
    'Iran is where the group sits.',
    'Researchers are sure.',
    'The group is unnamed.',
  ])('is rejected rather than taken for one of %j', (overview) => {
    const { records, rejections } = readWith(
      markdownProfileImporter,
      `# Threat Actor Profile\n\nSuspected attribution: Iran\n\nOverview: ${overview}\n`,
    );

    expect(records).toEqual([]);
    expect(rejections).toMatchObject([{ reason: expect.stringContaining('which actor') as string }]);
  });

  it.each([
    ['---\ntlp: amber\n---\n', { tlp: 'amber' }],
    ['---\nclassification: TLP:AMBER+STRICT\n---\n', { tlp: 'amber+strict' }],
    ['---\ntags: [a, "tlp:red"]\n---\nTLP:GREEN\n', { tlp: 'red' }],
    ['---\ntlp: green\n\tbroken: [yaml\n---\n', { tlp: 'green' }],
    ['<!-- TLP:RED -->\n', { tlp: 'red' }],
    ['TLP: AMBER\n', { tlp: 'amber' }],
  ])('takes the marking of %j', (head, expected) => {
    expect(read(`${head}\n# XPT39\n\n${body}`)[0]?.marking).toEqual(expected);
    expect(read(`${head}\n# XPT39\n\n${body}\nTLP:CLEAR\n`)[0]?.marking).toEqual(expected);
  });

  it('takes date, names and address from front matter', () => {
    const [record] = read(
      `---\ntitle: XPT39\naliases: [Sample Bear, XB-1]\ndate: 2024-03-02\nsource: https://blog.example/x?utm_source=a\n---\n${body}`,
    );

    expect(record).toMatchObject({ title: 'XPT39', modified: '2024-03-02', url: 'https://blog.example/x' });
    expect(said(record)).toMatchObject({ aka: ['Sample Bear', 'XB-1'] });
  });

  it('reads the example of its README', () => {
    const path = new URL('../../../src/sources/markdown-profile/README.md', import.meta.url);
    const example = /```markdown\n([\s\S]*?)```/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';

    const records = read(example);

    expect(records.map(said)).toEqual([
      {
        name: 'Example Bear',
        aka: ['Sample Bear', 'XB-1'],
        from: ['IR'],
        sectors: ['Telecommunications', 'Travel'],
        uses: ['FOODOOR', 'BARTOOL', 'T1566.001', 'T1059.001'],
      },
    ]);
    expect(records[0]).toMatchObject({ marking: { tlp: 'green' }, modified: '2024-03-02' });
  });

  it('takes hostile text of a megabyte in its stride', () => {
    const started = performance.now();
    for (const filler of [
      '- \n',
      '# x\n',
      '---\n',
      '| a | b |\n',
      'AKA: x\n',
      '<!--',
      '<!-- -->',
      'a - ',
      '1. ',
      '_',
      '`',
      'XPT39\n\n---\n\n',
    ]) {
      readWith(
        markdownProfileImporter,
        `---\ntitle: ${'['.repeat(10_000)}\n---\n${body}${filler.repeat(400_000 / filler.length)}`,
      );
    }
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
