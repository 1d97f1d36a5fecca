import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { terminalText } from '../../src/support/terminal-text.ts';

describe('text for a terminal', () => {
  it.each([
    ['a colour', '\u001b[31mred', '\\u001b[31mred'],
    ['the title of the window', '\u001b]0;owned\u0007', '\\u001b]0;owned\\u0007'],
    ['a link', '\u001b]8;;https://evil.example\u001b\\x', '\\u001b]8;;https://evil.example\\u001b\\x'],
    ['a C1 control', '\u009b2J', '\\u009b2J'],
    ['a return that overwrites', 'safe\rnot', 'safe\\u000dnot'],
    ['a turned line', 'a\u202eb', 'a\\u202eb'],
    ['what is plain', 'a\tb\r\nc\n', 'a\tb\r\nc\n'],
  ])('writes out %s', (_, text, shown) => {
    expect(terminalText(text, { colour: false })).toBe(shown);
  });

  it('keeps colours where they are wanted, and nothing else', () => {
    expect(terminalText('\u001b[1;31mx\u001b[0m\u001b[2J', { colour: true })).toBe(
      '\u001b[1;31mx\u001b[0m\\u001b[2J',
    );
  });

  it('leaves JSON what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = terminalText(`${JSON.stringify({ text })}\n`, { colour: false });

        expect(JSON.parse(shown)).toEqual({ text });
        expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(shown)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
