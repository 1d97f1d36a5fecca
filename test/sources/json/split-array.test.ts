import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SplitItem, splitArray, splitPieces } from '../../../src/sources/json/split-array.ts';

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

  it('finds the same in pieces of any size, broken and hostile texts included', () => {
    const hostile = fc.array(
      fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', ' ', 'é', '1', 'objects'),
      {
        maxLength: 40,
      },
    );
    const tail = fc.oneof(
      fc.constant(''),
      hostile.map((parts) => parts.join('')),
    );
    const element = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constant('x"\\'.repeat(40)),
      fc.constant([[[[1]]]]),
    );
    const limits = { maxDepth: 5, maxElementBytes: 60 };
    fc.assert(
      fc.property(fc.array(element), tail, fc.integer({ min: 1, max: 30 }), (values, end, size) => {
        const bytes = bytesOf(`{"a\\\\":1,"objects":${JSON.stringify(values)}${end}}`);

        const pieces = shown(splitPieces(inPieces(bytes, size), 'objects', limits));

        expect(pieces).toEqual(shown(splitArray(bytes, 'objects', limits)));
      }),
      { numRuns: 300 },
    );
  });

  it('takes time in proportion to the text, whatever its pieces cut through', () => {
    const text = bytesOf(`{"objects":["${'\\\\'.repeat(1_000_000)}","${'\\"'.repeat(1_000_000)}"]}`);
    const startedAt = performance.now();

    const items = shown(splitPieces(inPieces(text, 1000), 'objects'));

    expect(items).toEqual(shown(splitArray(text, 'objects')));
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('gives up on a hundred megabytes of brackets at once', () => {
    const text = Buffer.alloc(100_000_000, '[');
    const startedAt = performance.now();

    const items = [...splitArray(Buffer.concat([bytesOf('{"objects":'), text]), 'objects')];

    expect(items.at(-1)?.kind).toBe('broken');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

/** Each piece is good only until the next is asked for, as those of a file are. */
function* inPieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  const buffer = new Uint8Array(size);
  for (let start = 0; start < bytes.length; start += size) {
    const piece = bytes.subarray(start, start + size);
    buffer.fill(0x22);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
  }
}

/** Items that can be compared: an element's bytes are good only until the next item. */
function shown(items: Iterable<SplitItem>): readonly object[] {
  return Array.from(items, (item) =>
    item.kind === 'element' ? { ...item, bytes: item.bytes.toString('latin1') } : item,
  );
}
