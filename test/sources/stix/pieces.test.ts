import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stixImporter } from '../../../src/sources/stix/index.ts';
import type { ImportItem } from '../../../src/sources/types.ts';
import { mutantsOf } from '../../contracts/hostile-mutations.ts';

const folder = new URL('../../fixtures/stix/', import.meta.url);
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(new URL(name, folder)));

function whole(bytes: Uint8Array): readonly ImportItem[] {
  return [...stixImporter.read({ place: 'bundle.json', bytes }, {})];
}

/** Reads a bundle in pieces that are good only until the next is asked for. */
function inPieces(bytes: Uint8Array, size: number): readonly ImportItem[] {
  function* open(): Generator<Uint8Array> {
    const buffer = new Uint8Array(size);
    for (let start = 0; start < bytes.length; start += size) {
      const piece = bytes.subarray(start, start + size);
      buffer.fill(0);
      buffer.set(piece);
      yield buffer.subarray(0, piece.length);
    }
  }
  const slice = (start: number, end: number): Uint8Array => bytes.slice(start, end);
  const document = { place: 'bundle.json', bytes: new Uint8Array(0), open, slice };
  return [...stixImporter.read(document, {})];
}

describe('a bundle in pieces', () => {
  it('gives the same items whatever the size of the pieces', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (bytes, size, part) => {
          const cut = part > 0.9 ? bytes : bytes.subarray(0, Math.floor(bytes.length * part));

          expect(inPieces(cut, size)).toEqual(whole(cut));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the same items of hostile bundles', () => {
    for (const fixture of fixtures) {
      for (const { name, bytes } of mutantsOf(fixture, 5, 20)) {
        expect(inPieces(bytes, 10_007), name).toEqual(whole(bytes));
      }
    }
  });
});
