import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/sources/json/parse-json.ts';
import { peekJson } from '../../../src/sources/json/peek.ts';

describe('parsing JSON of strangers', () => {
  it('gives the value', () => {
    expect(parseJson('{"a": [1, "]"]}')).toEqual({ ok: true, value: { a: [1, ']'] } });
  });

  it.each([
    ['', /empty/],
    ['{"a": [1, 2', /cut off/],
    ['{"a": "b', /cut off/],
    ['{"a": 1}\n}', /line 2, column 1/],
    ['['.repeat(65), /nested more than 64/],
  ])('says what is wrong with %j', (text, reason) => {
    expect(parseJson(text)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
  });
});

describe('peeking at JSON whose end is missing', () => {
  it('shows the members seen so far', () => {
    const seen = peekJson('{"type": "bundle", "n": 5, "objects": [{"id": "x, \\"]"}, {"i');

    expect(seen.kind).toBe('object');
    if (seen.kind !== 'object') return;
    expect(seen.members.get('type')?.value).toBe('bundle');
    expect(seen.members.get('n')?.value).toBe(5);
    expect(seen.members.get('objects')?.start).toMatch(/^\[\{"id"/);
  });

  it.each(['', 'text', '"x', '{', '{"a"', '{"a":'])('does not fail on %j', (text) => {
    expect(() => peekJson(text)).not.toThrow();
  });
});
