import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../../src/domain/record.ts';
import { markdownProfileImporter } from '../../../src/sources/markdown-profile/index.ts';
import { markdownReportImporter } from '../../../src/sources/markdown-report/index.ts';
import { describeSourceContract } from '../../contracts/source-contract.ts';
import { corpusPath, describeWithCorpus } from '../../helpers/corpus.ts';
import { claimsOf, readCorpus, readWith } from '../read-document.ts';

const fixture = readFileSync(
  new URL('../../fixtures/markdown/profile-without-heading.md', import.meta.url),
  'utf8',
);

function read(text: string): SourceRecord | undefined {
  const { records } = readWith(markdownProfileImporter, text, 'profiles/x.md');
  expect(records).toHaveLength(1);
  return records[0];
}

function softwareOf(record: SourceRecord | undefined): readonly (string | undefined)[] {
  return claimsOf(record, 'uses')
    .filter(({ target }) => target.types.includes('malware'))
    .map(({ target }) => target.name);
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describeSourceContract(markdownProfileImporter, [
  { name: 'a profile without a heading', bytes: encode(fixture), place: 'profiles/a.md' },
  {
    name: 'profiles with bold labels in another order',
    bytes: encode(
      '# XPT1\n\n**OVERVIEW:** x\n\n**Also Known As**\nA Bear\n\n# XPT2\r\n\r\n- Overview: y\r\n- Suspected Attribution: Iran\r\n',
    ),
    place: 'a.txt',
  },
]);

describe('a profile without a heading', () => {
  const record = read(fixture);

  it('is about the actor of its prose and its links', () => {
    expect(record).toMatchObject({
      title: 'XPT99',
      entity: { type: 'intrusion-set', name: 'XPT99', externalIds: ['G9999'] },
      url: 'https://attack.mitre.org/groups/G9999',
      publisher: 'MITRE',
    });
  });

  it('reads attribution, sectors and regions out of prose, which it keeps', () => {
    expect(claimsOf(record, 'attributed-to')).toMatchObject([{ country: 'IR', text: 'Iran' }]);
    expect(claimsOf(record, 'targets-sector').map(({ text }) => text)).toEqual([
      'Telecommunications',
      'Travel',
      'Information technology',
      'High tech',
    ]);
    expect(claimsOf(record, 'targets-region').map(({ text }) => text)).toEqual(['Middle East']);
    expect(claimsOf(record, 'description').map(({ section }) => section)).toEqual([
      'target-sectors',
      'overview',
      'associated-malware',
      'attack-vectors',
    ]);
  });

  it('reads software out of prose', () => {
    expect(softwareOf(record)).toEqual(['FOOWEED', 'BARMONEY', 'BAZBAT', 'SAMPLAK', 'FOOXSPY']);
  });

  it('keeps both statements on exploiting vulnerabilities, with their words', () => {
    expect(claimsOf(record, 'exploits')).toMatchObject([
      { quote: expect.stringContaining('routinely exploited') as string },
      { negated: true, quote: 'We have not observed XPT99 exploit vulnerabilities.' },
    ]);
    expect(claimsOf(record, 'exploits')[0]?.negated).toBeUndefined();
  });

  it('keeps its links as references', () => {
    expect(claimsOf(record, 'reference')).toEqual([
      { predicate: 'reference', url: 'https://attack.mitre.org/groups/G9999' },
      { predicate: 'reference', url: 'https://blog.example.org/xpt99-an-example-group', title: 'A title' },
    ]);
  });

  it('has the same id in another folder and another with another actor', () => {
    const moved = readWith(markdownProfileImporter, fixture, '/elsewhere/x.md').records[0];
    const changed = readWith(markdownProfileImporter, fixture.replaceAll('XPT99', 'XPT98'), 'profiles/x.md')
      .records[0];

    expect(moved?.externalId).toBe(record?.externalId);
    expect(changed?.externalId).not.toBe(record?.externalId);
  });

  it('reads the same with CRLF', () => {
    expect(read(fixture.replaceAll('\n', '\r\n'))).toEqual(record);
  });
});

describe('the layouts of profiles', () => {
  const rest = 'Suspected attribution: China\n\nOverview: A long overview.\n';

  it.each([
    ['a bold line', '**SAMPLE PANDA**'],
    ['a heading', '# SAMPLE PANDA'],
    ['a smaller heading', '## SAMPLE PANDA ##'],
    ['a bold heading with its id', '### **SAMPLE PANDA (G9999)**'],
  ])('takes %s for the name', (_name, heading) => {
    expect(read(`${heading}\n\n${rest}`)?.title).toBe('SAMPLE PANDA');
  });

  it.each([
    ['Also known as', 'Also known as: One Bear, TWO, ONE BEAR, G9999  \n'],
    ['AKA', 'AKA: One Bear; TWO\n\n  \n'],
    ['a bold label', '**Aliases:** One Bear, TWO\n'],
    ['a stray empty label in front', '  \nDescription:  \nAlso known as: One Bear, TWO\n'],
  ])('reads aliases after %s', (_name, line) => {
    const record = read(`**SAMPLE PANDA**\n\n${line}${rest}`);

    expect(claimsOf(record, 'alias').map(({ text, relation }) => [text, relation])).toEqual([
      ['One Bear', 'same-as'],
      ['TWO', 'same-as'],
    ]);
    expect(claimsOf(record, 'attributed-to')).toMatchObject([{ country: 'CN' }]);
  });

  it('keeps a careful attribution as written, with its country', () => {
    const text = 'Based on data, we assess that this is a freelancer group, possibly Vietnam.';

    expect(
      claimsOf(read(`**X1**\n\nSuspected attribution: ${text}\n\nOverview: x y.\n`), 'attributed-to'),
    ).toEqual([{ predicate: 'attributed-to', country: 'VN', text, quote: text }]);
  });

  it.each([
    'Overview: It is an Iranian threat group.\n',
    'Suspected attribution: Unknown\n\nOverview: x\n',
    'Suspected attribution:\n\nOverview: x\n',
  ])('attributes nothing where the profile does not (%j)', (text) => {
    expect(claimsOf(read(`**X1**\n\n${text}`), 'attributed-to')).toEqual([]);
  });

  it.each([
    [
      'Remexi, Windows Credential Editor, cipher.exe, ftp',
      ['Remexi', 'Windows Credential Editor', 'cipher.exe', 'ftp'],
    ],
    ['Remexi (S0375), NBTscan and Mimikatz.', ['Remexi', 'NBTscan', 'Mimikatz']],
    ['\n* Remexi\n* NBTscan', ['Remexi', 'NBTscan']],
    ['X1 has been observed using at least 15 different code families and tools.', []],
    ['Seven tools (BADSIGNX, FOOLOCK, and WIDETONEX) are shared.', ['BADSIGNX', 'FOOLOCK', 'WIDETONEX']],
    ['', []],
  ])('reads the malware of %j', (text, expected) => {
    expect(softwareOf(read(`**X1**\n\nAssociated malware: ${text}\n\nOverview: x\n`))).toEqual(expected);
  });

  it('reads a list of techniques by id', () => {
    const record = read(
      '**X1**\n\nOverview: x\n\nAttack vectors: Spearphishing Attachment (T1566.001); PowerShell (T1059.001)\n',
    );

    expect(claimsOf(record, 'uses').map(({ target }) => [target.externalId, target.name])).toEqual([
      ['T1566.001', 'Spearphishing Attachment'],
      ['T1059.001', 'PowerShell'],
    ]);
    expect(claimsOf(record, 'description').map(({ section }) => section)).toEqual(['overview']);
  });

  it('reads ids of techniques and vulnerabilities in prose', () => {
    const record = read(
      '**X1**\n\nOverview: x\n\nAttack vectors: They send mail (see T1566). They exploit CVE-2017-11882.\n',
    );

    expect(claimsOf(record, 'uses').map(({ target }) => target.externalId)).toEqual(['T1566']);
    expect(claimsOf(record, 'exploits')).toMatchObject([{ text: 'CVE-2017-11882' }]);
  });

  it('keeps a sector with a comma whole', () => {
    const record = read(
      '**X1**\n\nTarget sectors: Military, Government, Administration, Telecoms, Other\n\nOverview: x\n',
    );

    expect(claimsOf(record, 'targets-sector').map(({ text }) => text)).toEqual([
      'Military',
      'Government, Administration',
      'Telecoms',
    ]);
  });

  it('parts several actors in one file, with headings or without', () => {
    const withHeadings = `# Actors\n\n## ONE\n\n${rest}\n## TWO\n\nOverview: y\n\n**Additional Resources**\n[x](https://example.org/x)\n`;
    const without =
      'Suspected attribution: Iran\n\nOverview: XPT1 is a group.\n\nSuspected attribution: China\n\nOverview: XPT2 is a group.\n';

    expect(
      readWith(markdownProfileImporter, withHeadings).records.map(({ title, url }) => [title, url]),
    ).toEqual([
      ['ONE', undefined],
      ['TWO', 'https://example.org/x'],
    ]);
    expect(readWith(markdownProfileImporter, without).records.map(({ title }) => title)).toEqual([
      'XPT1',
      'XPT2',
    ]);
  });

  it.each([
    ['TLP:AMBER', { tlp: 'amber' }],
    ['**TLP:** White', { tlp: 'clear' }],
    ['> Marking: TLP: AMBER+STRICT', { tlp: 'amber+strict' }],
    ['TLP:RED - for the named recipients only', { tlp: 'red' }],
    ['Tags: osint, tlp:green, tlp:clear', { tlp: 'green' }],
    ['tlp:ex:chr', { tlp: 'amber+strict', unknown: true, text: 'tlp:ex:chr' }],
    ['This profile is TLP:AMBER.', { tlp: 'amber' }],
    ['A blog that is TLP:CLEAR says so.', undefined],
  ])('takes the marking of %j', (line, expected) => {
    expect(read(`**X1**\n\n${line}\n\n${rest}`)?.marking).toEqual(expected);
    expect(read(`**X1**\n\n${rest}\n${line}\n`)?.marking).toEqual(expected);
  });

  it('takes a marking outside of the profiles for one of all, and one inside for its own', () => {
    const markings = (text: string) =>
      readWith(markdownProfileImporter, text).records.map(({ marking }) => marking?.tlp);
    const one = 'Suspected attribution: Iran\n\nOverview: XPT1 is a group.\n\n';
    const two = 'Suspected attribution: China\n\nOverview: XPT2 is a group.\n\n';

    expect(markings(`TLP:AMBER\n\n${one}${two}`)).toEqual(['amber', 'amber']);
    expect(markings(`# Acme, TLP:RED\n\n# XPT1\n\n${one}# XPT2\n\n${two}`)).toEqual(['red', 'red']);
    expect(markings(`# XPT1\nTLP:WHITE\n${one}# XPT2\nTLP:AMBER\n${two}`)).toEqual(['clear', 'amber']);
  });

  it.each([
    ['an underlined heading', `Example Bear\n=====\n\n${rest}`],
    ['a first line without mark-up', `Example Bear\n\nTLP:GREEN\n\n${rest}`],
    ['a field', `Name: Example Bear\n${rest}`],
    ['a bold field', `- **Threat actor:** Example Bear\n${rest}`],
    ['a heading with other names', `# Profile: Example Bear (Sample Bear, Mandiant)\n\n${rest}`],
    ['a heading with a slash', `# Example Bear / Sample Bear\n\n${rest}`],
  ])('takes the name from %s', (_name, text) => {
    const aliases = claimsOf(read(text), 'alias').map((claim) => claim.text);

    expect(read(text)?.title).toBe('Example Bear');
    expect(aliases.filter((alias) => alias !== 'Sample Bear')).toEqual([]);
  });

  it('parts profiles whose names stand on lines of their own', () => {
    const one = 'Suspected attribution: Iran\n\nOverview: It is busy.\n\nSo it is.\n\n';
    const { records } = readWith(markdownProfileImporter, `XPT1\n\n${one}XPT2\n\n${one}`);

    expect(records.map(({ title }) => title)).toEqual(['XPT1', 'XPT2']);
    expect(claimsOf(records[0], 'description')[0]?.text).toBe('It is busy.\n\nSo it is.');
  });

  it('tells the operator of a marking that TLP does not define', () => {
    const { notices } = readWith(markdownProfileImporter, `# X1\n\nTLP:UNCLEAR\n\n${rest}`);

    expect(notices).toMatchObject([{ path: 'line 1', text: expect.stringContaining('tlp:unclear') }]);
  });

  it.each([
    ['menuPass is a group that …', 'menuPass'],
    ['The Windigo group has been busy.', 'Windigo'],
    ['The White Company is likely a group.', 'The White Company'],
    ['We believe XPT34 is busy; XPT34 is new.', 'XPT34'],
    ['Indrik Example is a group.', 'Indrik Example'],
  ])('finds the actor of %j', (overview, name) => {
    expect(read(`Suspected attribution: Iran\n\nOverview: ${overview}\n`)?.title).toBe(name);
  });

  it('rejects a profile that names nobody, and a text that is none', () => {
    const nobody = readWith(
      markdownProfileImporter,
      'Suspected attribution: Iran\n\nOverview: The group is unnamed.\n',
    );

    expect(nobody.records).toEqual([]);
    expect(nobody.rejections).toMatchObject([{ path: 'line 1' }]);
    expect(readWith(markdownProfileImporter, '# A page\n\nText.\n').rejections).toHaveLength(1);
  });

  it('is known by its labels alone', () => {
    expect(markdownProfileImporter.detect(fixture, 'x.txt')).toBeGreaterThan(0.8);
    expect(markdownReportImporter.detect(fixture, 'x.txt')).toBe(0);
    expect(
      markdownProfileImporter.detect('# Read me\n\nOverview: this is a tool.\n', 'README.md'),
    ).toBeLessThan(0.5);
    expect(markdownProfileImporter.detect('{"Overview": 1, "Attribution": 2}', 'x.json')).toBe(0);
  });

  it('takes lines of a megabyte in its stride', () => {
    const started = performance.now();
    for (const filler of [
      'a',
      'A ',
      '[',
      '](',
      '(T1',
      'AB, ',
      'tools ',
      'not ',
      '**',
      'not observed exploit ',
      '. ',
      '* ',
    ]) {
      const long = `${filler.repeat(1_000_000 / filler.length)}x`;
      readWith(
        markdownProfileImporter,
        `${long}\n\nSuspected attribution: ${long}\nTarget sectors: ${long}\nOverview: ${long}\nAssociated malware: ${long}\nAttack vectors: ${long}\nAKA: ${long}`,
      );
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

interface ExpectedProfile {
  readonly file: string;
  readonly actor?: string;
  readonly attribution: string | null;
  readonly aliases_in_text: readonly string[];
  readonly malware: readonly string[];
}

describeWithCorpus('the profiles of the corpus', () => {
  it('gives every expected value', () => {
    const expected = JSON.parse(
      readFileSync(corpusPath('markdown-docs/expected.json'), 'utf8'),
    ) as ExpectedProfile[];
    const countries: Record<string, string> = {
      Iran: 'IR',
      Russia: 'RU',
      China: 'CN',
      Vietnam: 'VN',
      'North Korea': 'KP',
    };
    for (const item of expected.filter(({ actor }) => actor !== undefined)) {
      const { records, rejections } = readCorpus(markdownProfileImporter, `markdown-docs/${item.file}`);

      expect(rejections).toEqual([]);
      expect(records.map(({ title }) => title)).toEqual([item.actor]);
      expect(claimsOf(records[0], 'alias').map(({ text }) => text)).toEqual(item.aliases_in_text);
      expect(softwareOf(records[0])).toEqual(item.malware);
      const attributed = claimsOf(records[0], 'attributed-to').map(({ country }) => country);
      expect(attributed).toEqual(item.attribution === null ? [] : [countries[item.attribution]]);
    }
  });

  it("reads the seed profile: Mandiant's two statements stand side by side", () => {
    const [record] = readCorpus(markdownProfileImporter, 'seeds/002_43859e53f2aba83c.txt').records;

    expect(record).toMatchObject({ title: 'APT39', publisher: 'Mandiant' });
    expect(softwareOf(record)).toEqual(['SEAWEED', 'CACHEMONEY', 'POWBAT', 'ANTAK', 'ASPXSPY']);
    expect(claimsOf(record, 'exploits').map(({ negated }) => negated === true)).toEqual([false, true]);
  });
});
