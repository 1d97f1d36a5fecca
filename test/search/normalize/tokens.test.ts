import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey } from '../../../src/domain/name-key.ts';
import { Tokens } from '../../../src/search/normalize/tokens.ts';

const tokens = new Tokens();

function read(text: string): readonly string[] {
  tokens.read(text, text.length);
  return Array.from({ length: tokens.count }, (_, at) => tokens.glued(at, at));
}

describe('Tokens', () => {
  it.each([
    ['APT-39', ['apt', '39']],
    ['Fancy Bear', ['fancy', 'bear']],
    ['LAPSUS$', ['lapsus']],
    ['Çafér', ['cafer']],
    ['ﬁn7', ['fin', '7']],
    ['Ｆｉｎ７', ['fin', '7']],
    ['Ⓐⓟⓣ', ['apt']],
    ['🅰🅿🆃', ['apt']],
    ['laza\u0301rus', ['lazarus']],
    ['la\u200bza\u2060rus', ['lazarus']],
    ['Straße', ['strasse']],
    ['APT\u201139', ['apt', '39']],
    ['海莲花OceanLotus', ['海', '莲', '花', 'oceanlotus']],
    ['٣٩', ['39']],
    ['AT&amp;T', ['at', 't']],
    ['<@U123> hello', ['hello']],
    ['<mailto:x@y.example|label>', ['label']],
    ['<br/>', []],
    ['\ud800', []],
  ])('reads %j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('keeps two numbers apart when glued', () => {
    read('3 8');

    expect(tokens.glued(0, 1)).not.toBe('38');
  });

  it('agrees with the key by which names are compared elsewhere', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('abcXYZéü-. _')), maxLength: 30 }),
        (text) => {
          expect(read(text).join('')).toBe(nameKey(text));
        },
      ),
    );
  });

  it('gives positions in the text as given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        read(text);
        let last = 0;
        for (let at = 0; at < tokens.count; at += 1) {
          expect(tokens.sourceStart[at]).toBeGreaterThanOrEqual(last - 2);
          expect(tokens.sourceEnd[at]).toBeLessThanOrEqual(text.length);
          last = tokens.sourceEnd[at] ?? 0;
        }
      }),
    );
  });
});
