import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/store/canonical-json.ts';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe('canonical JSON', () => {
  it('sorts keys at every depth and leaves out undefined members', () => {
    expect(canonicalJson({ b: 1, a: [{ d: undefined, c: 'x' }, undefined] })).toBe(
      '{"a":[{"c":"x"},null],"b":1}',
    );
  });

  it.each([undefined, null, Number.NaN])('writes %s as null', (value) => {
    expect(canonicalJson(value)).toBe('null');
  });

  it('leaves what it is given as it is', () => {
    const given = { b: { d: 1, c: 2 }, a: 0 };

    canonicalJson(given);

    expect(Object.keys(given)).toEqual(['b', 'a']);
    expect(Object.keys(given.b)).toEqual(['d', 'c']);
  });

  it('keeps a key that is the name of the prototype', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}');
  });

  it('is the same for every order of keys, and reads back as the same data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);

        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
