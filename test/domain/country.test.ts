import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countries,
  countryName,
  findCountries,
  isCountryCode,
  parseCountry,
} from '../../src/domain/country.ts';

describe('parseCountry', () => {
  it.each([
    ['Iran', 'IR'],
    ['Iran (Islamic Republic of)', 'IR'],
    ['Islamic Republic of Iran', 'IR'],
    ['Iranian', 'IR'],
    ['IR', 'IR'],
    ['IRN', 'IR'],
    ["Korea (Democratic People's Republic of)", 'KP'],
    ['Korea (Democratic People’s Republic of)', 'KP'],
    ['Korea (Republic of)', 'KR'],
    ['Republic of Korea', 'KR'],
    ['North Korea', 'KP'],
    ['north-korean', 'KP'],
    ['DPRK', 'KP'],
    ['america', 'US'],
    ['United States', 'US'],
    ['U.S.', 'US'],
    ['usa', 'US'],
    ['US', 'US'],
    ['Russian Federation', 'RU'],
    ["People's Republic of China", 'CN'],
    ['Taiwan, Province of China', 'TW'],
    ['Viet Nam', 'VN'],
    ['The Philippines', 'PH'],
    ['TÜRKİYE'.toLowerCase(), 'TR'],
    ['Türkiye', 'TR'],
    ["Côte d'Ivoire", 'CI'],
    ['Bolivia (Plurinational State of)', 'BO'],
    ['Moldova, Republic of', 'MD'],
    ['Republic of Ireland', 'IE'],
    ['Palestine', 'PS'],
    ['uk', 'GB'],
    [' Lebonon ', 'LB'],
  ])('reads %j as %s', (text, code) => {
    expect(parseCountry(text)?.code).toBe(code);
  });

  it.each([
    '',
    'Unknown',
    'Korea',
    'in',
    'it',
    'no',
    'Middle East',
    'Iran, Iraq',
    'Bank of America',
    'ZZ',
    'Asia',
  ])('takes %j for no country', (text) => {
    expect(parseCountry(text)).toBeUndefined();
  });

  it('reads every common name and code back', () => {
    for (const country of countries) {
      expect(parseCountry(country.name)).toEqual(country);
      expect(parseCountry(country.code)).toEqual(country);
      expect(countryName(country.code.toLowerCase())).toBe(country.name);
    }
    expect(countries).toHaveLength(250);
  });

  it('never throws and never reads a long text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseCountry(text)));
    expect(parseCountry(`Iran${' '.repeat(10)}${'x'.repeat(1000)}`)).toBeUndefined();
  });
});

describe('countryName', () => {
  it('gives the code back when it is none of ISO 3166-1', () => {
    expect(countryName('zz')).toBe('ZZ');
    expect(isCountryCode('ZZ')).toBe(false);
    expect(isCountryCode('IR')).toBe(true);
  });
});

describe('findCountries', () => {
  const codes = (text: string): string[] => findCountries(text).map((found) => found.code);

  it('finds names and demonyms in prose, in order', () => {
    expect(
      codes('We assess the group works from Iran, possibly with North Korean help; Iran denies it.'),
    ).toEqual(['IR', 'KP', 'IR']);
    expect(codes('Targets: the U.S., the United States of America and Vietnam.')).toEqual(['US', 'US', 'VN']);
    expect(codes("Iran's priorities")).toEqual(['IR']);
  });

  it('gives the offsets of the name', () => {
    const text = 'It is Saudi Arabia.';

    const [found] = findCountries(text);

    expect(text.slice(found?.start, found?.end)).toBe('Saudi Arabia');
  });

  it('takes lower-case everyday words for words', () => {
    expect(codes('a polish of the turkey in no jersey; it is us or them')).toEqual([]);
  });

  it('takes a megabyte in its stride', () => {
    const started = performance.now();

    expect(codes('Aaaa '.repeat(200_000))).toEqual([]);
    expect(codes('A'.repeat(1_000_000))).toEqual([]);
    expect(codes(`A${'-'.repeat(1_000_000)}x`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
