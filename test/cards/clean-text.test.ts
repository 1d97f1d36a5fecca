import { describe, expect, it } from 'vitest';
import { cleanLine, cleanLines } from '../../src/cards/clean-text.ts';

describe('cleanLine', () => {
  it.each([
    ['a line break', 'one\r\ntwo\u2028three\tfour', 'one two three four'],
    ['an escape sequence', '\u001b[31mred', '␛[31mred'],
    ['DEL and C1 controls', 'a\u007fb\u009bc', 'a␡b‹U+009B›c'],
    ['a right-to-left override', 'x\u202ecod.exe', 'x‹U+202E›cod.exe'],
    ['a zero-width space inside', 'APT\u200b39', 'APT‹U+200B›39'],
    ['zero-width characters at the ends', '\ufeffAPT39\u200b', 'APT39'],
    ['a soft hyphen', 'vul\u00adnerable', 'vulnerable'],
    ['tag characters', 'a\u{e0041}b', 'a‹U+E0041›b'],
    ['a Hangul filler', 'a\u3164b', 'a‹U+3164›b'],
    ['a lone surrogate', 'a\ud800b', 'a\ufffdb'],
  ])('neutralises %s', (_, text, clean) => {
    expect(cleanLine(text)).toBe(clean);
  });

  it.each([
    ['an emoji sequence', '👩‍👩‍👧 🏴‍☠️ 👩🏽‍💻'],
    ['a Persian word with a non-joiner', 'می‌خواهم'],
    ['accents, Chinese and Arabic', 'Żółw 海莲花 مرحبا'],
  ])('leaves %s as it is', (_, text) => {
    expect(cleanLine(text)).toBe(text);
  });
});

describe('cleanLines', () => {
  it('keeps line breaks and cleans each line', () => {
    expect(cleanLines('one\r\ntwo\u0007\n\tthree')).toBe('one\ntwo␇\n three');
  });
});
