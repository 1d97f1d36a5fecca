import { describe, expect, it } from 'vitest';
import { formatDigestFilters, parseDigestFilters } from '../../src/briefing/digest-filter.ts';

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
    [`actor:${'x'.repeat(3_000)}`, /longer than/],
  ])('says what is wrong with %.40s', (text, problem) => {
    expect(read(text)).toMatch(problem);
  });

  it('reads back what it writes', () => {
    const text = 'actor:"Lazarus Group" country:Iran -source:x';
    const parsed = parseDigestFilters(text);

    expect(parsed.kind === 'ok' && formatDigestFilters(parsed.filters)).toBe(text);
  });
});
