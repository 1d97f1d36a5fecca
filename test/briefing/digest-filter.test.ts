import { describe, expect, it } from 'vitest';
import { digestCeiling, formatDigestFilters, parseDigestFilters } from '../../src/briefing/digest-filter.ts';
import { searchEntities } from '../../src/briefing/search-entities.ts';
import { createIndex } from '../../src/search/create-index.ts';
import { sampleKnowledge } from '../helpers/knowledge.ts';

function read(text: string): unknown {
  const parsed = parseDigestFilters(text);
  return parsed.kind === 'bad'
    ? parsed.problem
    : parsed.filters.map(({ key, value, exclude }) => `${exclude ? '-' : ''}${key}=${value}`);
}

describe('parseDigestFilters', () => {
  it.each([
    ['', []],
    [
      'sector:telecom country:iran -source:misp-galaxy',
      ['sector=telecommunications', 'country=IR', '-source=mispgalaxy'],
    ],
    ['actor:"Lazarus Group" kind:reports', ['actor=lazarusgroup', 'kind=report']],
    ['actor:“Lazarus Group” –source:x', ['actor=lazarusgroup', '-source=x']],
    ['COUNTRY:ir region:de', ['country=IR', expect.stringMatching(/^region=/)]],
    ['technique:T1566.001 malware:Remexi', ['technique=t1566001', 'malware=remexi']],
    ['sector:telecom,finance', ['sector=telecommunications', 'sector=finance']],
    ['sector:banks region:eu', ['sector=finance', 'region=european-union']],
    ['country:"middle east"', ['country=middle-east']],
    ['target:banks target:germany', ['sector=finance', 'region=DE']],
    ['motivation:money', ['motivation=financial']],
    [
      'uses:ransomware tool:Mimikatz cve:CVE-2021-44228',
      ['uses=ransomware', 'malware=mimikatz', 'uses=cve202144228'],
    ],
    ['group:APT39 from:iran', ['actor=apt39', 'country=IR']],
    [
      'kind:vulnerability type:software kind:actors',
      ['kind=vulnerability', 'kind=malware', 'kind=tool', 'kind=actor'],
    ],
    ['tlp:white -tlp:GREEN', ['tlp=clear', '-tlp=green']],
    ['name:bear !sector:energy', ['name=bear', '-sector=energy']],
    ['sector=telecom', ['sector=telecommunications']],
  ])('reads %j', (text, filters) => {
    expect(read(text)).toEqual(filters);
  });

  it.each([
    ['colour:red', /no filter.*actor, sector, country/],
    ['APT39', /no filter/],
    ['country:atlantis', /no country.*country:iran/],
    ['sector:', /has no value/],
    ['kind:rumour', /no kind/],
    ['constructor:x', /no filter/],
    ['since:2024', /no filter/],
    ['by:x', /no filter/],
    ['sectr:telecom', /Did you mean sector/],
    ['sector:zzzzzz', /no sector that is known.*sector:telecom/],
    ['tlp:purple', /no marking.*clear, green, amber/],
    ['motivation:boredom', /no motivation that is known/],
    [`actor:${'x'.repeat(3_000)}`, /longer than/],
  ])('says what is wrong with %.40s', (text, problem) => {
    expect(read(text)).toMatch(problem);
  });

  it('reads a misspelling as what it is nearest to, and says so', () => {
    expect(parseDigestFilters('sector:telecomunications')).toMatchObject({
      kind: 'ok',
      filters: [{ key: 'sector', value: 'telecommunications', text: 'Telecommunications' }],
      notes: ['“telecomunications” is read as Telecommunications'],
    });
  });

  it('takes only names that are known where it is told of them', () => {
    const index = createIndex(searchEntities(sampleKnowledge('green')));

    expect(parseDigestFilters('actor:"velvet heron" malware:HeronDoor technique:T9022', index).kind).toBe(
      'ok',
    );
    expect(parseDigestFilters('actor:APT999', index)).toMatchObject({
      kind: 'bad',
      problem: expect.stringMatching(/no actor that is known here/),
    });
    expect(parseDigestFilters('malware:HeronDor', index)).toMatchObject({
      kind: 'ok',
      filters: [{ text: 'HeronDoor' }],
    });
  });

  it.each([
    ['sector:telecom tlp:green', 'amber', 'green'],
    ['tlp:red', 'green', 'green'],
    ['tlp:clear tlp:amber', 'red', 'amber'],
    ['-tlp:clear', 'green', 'green'],
  ] as const)('takes %s in a place that may see %s for a ceiling of %s', (text, place, ceiling) => {
    const parsed = parseDigestFilters(text);

    expect(parsed.kind === 'ok' && digestCeiling(place, parsed.filters)).toBe(ceiling);
  });

  it.each(['actor:"Lazarus Group" country:Iran -source:x', 'sector:telecom,finance tlp:green -kind:report'])(
    'reads what it writes of %s as the same',
    (text) => {
      const parsed = parseDigestFilters(text);
      const written = parsed.kind === 'ok' ? formatDigestFilters(parsed.filters) : '';

      expect(read(written)).toEqual(read(text));
    },
  );

  it('reads back what it writes', () => {
    const text = 'actor:"Lazarus Group" country:Iran -source:x';
    const parsed = parseDigestFilters(text);

    expect(parsed.kind === 'ok' && formatDigestFilters(parsed.filters)).toBe(text);
  });
});
