import { describe, expect, it } from 'vitest';
import {
  canBeginTogether,
  countriesExclude,
  isHedged,
  motivationsExclude,
  sectorsExclude,
} from '../../src/briefing/exclusions.ts';

function set(...values: readonly string[]): ReadonlySet<string> {
  return new Set(values);
}

describe('what two records cannot both mean', () => {
  it.each([
    [set('IR'), set('RU'), true],
    [set('IR'), set('IR', 'RU'), false],
    [set('RU'), set('RU'), false],
    [set('HK'), set('CN'), false],
    [set('KP'), set('KR'), true],
  ])('is countries of which none is common', (a, b, expected) => {
    expect(countriesExclude(a, b)).toBe(expected);
    expect(countriesExclude(b, a)).toBe(expected);
  });

  it.each([
    ['Espionage', 'Financially motivated', true],
    ['Information theft and espionage', 'Financial gain', true],
    ['Espionage', 'state-sponsored espionage and financially motivated', false],
    ['Espionage', 'Sabotage', false],
    ['Espionage', 'not financially motivated', false],
    ['Cybercrime', 'Extortion', false],
    ['Denial of service', 'Espionage', false],
  ])('of the motivations “%s” and “%s”', (a, b, expected) => {
    expect(motivationsExclude(set(a), set(b))).toBe(expected);
    expect(motivationsExclude(set(b), set(a))).toBe(expected);
  });

  it.each([
    [['Telecommunications', 'Travel'], ['Oil and gas', 'Chemical'], true],
    [['Telecommunications', 'Travel'], ['telecom', 'Chemical'], false],
    [['Government', 'Defense'], ['Diplomacy', 'Oil'], false],
    [['Telecommunications'], ['Oil and gas'], false],
    [['Retail', 'Hospitality'], ['Private sector', 'Government'], false],
    [['Made Up Sector', 'Another'], ['Oil and gas', 'Chemical'], false],
  ])('of the sectors %j and %j', (a, b, expected) => {
    expect(sectorsExclude(set(...a), set(...b))).toBe(expected);
    expect(sectorsExclude(set(...b), set(...a))).toBe(expected);
  });

  it.each([
    ['2014', '2014-11', true],
    ['2014-12', '2015-02', true],
    ['2014-01', '2015-01', false],
    ['2014', '2015', false],
    ['2009', '2014-03', false],
  ])('of beginnings in %s and %s', (a, b, together) => {
    expect(canBeginTogether(a, b)).toBe(together);
    expect(canBeginTogether(b, a)).toBe(together);
  });

  it.each([
    ['suspected Iranian', true],
    ['possibly Vietnam', true],
    ['believed to be Chinese', true],
    ['Iran', false],
    ['Russia-based', false],
    ['attributed to the Ministry of Intelligence', false],
  ])('reads “%s” as open or not', (text, hedged) => {
    expect(isHedged(text)).toBe(hedged);
  });
});
