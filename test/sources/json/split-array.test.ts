import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SplitItem, splitArray } from '../../../src/sources/json/split-array.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const split = (text: string): readonly SplitItem[] => [...splitArray(bytesOf(text), 'objects')];

describe('splitting the elements of an array', () => {
  it('finds the same elements as JSON.parse, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 4 })), fc.boolean(), (values, spaced) => {
        const text = JSON.stringify(
          { 'a"b\\': '[{', objects: values, z: [1, { y: 2 }] },
          null,
          spaced ? 2 : 0,
        );
        const bytes = Buffer.from(text);

        const elements = split(text).flatMap((item) =>
          item.kind === 'element'
            ? [JSON.parse(bytes.toString('utf8', item.start, item.end)) as unknown]
            : [],
        );

        expect(elements).toEqual((JSON.parse(text) as { objects: unknown[] }).objects);
      }),
    );
  });

  it('calls every true beginning of a text broken', () => {
    const text = JSON.stringify({ type: 'bundle', objects: [{ a: ['x', 1] }, { b: '\\"' }], end: true });
    for (let length = 0; length < text.length; length += 1) {
      expect(split(text.slice(0, length)).at(-1)?.kind, text.slice(0, length)).toBe('broken');
    }
    expect(split(text).at(-1)?.kind).toBe('member');
  });

  it('refuses an element that is too deep or too large and goes on', () => {
    const deep = `${'['.repeat(80)}${']'.repeat(80)}`;
    const items = [
      ...splitArray(bytesOf(`{"objects":[${deep},"${'x'.repeat(300)}",1]}`), 'objects', {
        maxDepth: 64,
        maxElementBytes: 200,
      }),
    ];

    expect(items.map(({ kind }) => kind)).toEqual(['array', 'refused', 'refused', 'element']);
  });

  it.each([
    ['[1]', /object/],
    ['{"a" 1}', /":"/],
    ['{"a":1} x', /after the end/],
    ['', /text ends/],
  ])('says what is wrong with %s', (text, reason) => {
    expect(split(text).at(-1)).toEqual({ kind: 'broken', reason: expect.stringMatching(reason) });
  });

  it('gives up on a hundred megabytes of brackets at once', () => {
    const text = Buffer.alloc(100_000_000, '[');
    const startedAt = performance.now();

    const items = [...splitArray(Buffer.concat([bytesOf('{"objects":'), text]), 'objects')];

    expect(items.at(-1)?.kind).toBe('broken');
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
