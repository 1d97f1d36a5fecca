import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../src/cli/read-lines.ts';

async function linesOf(chunks: readonly Uint8Array[]): Promise<readonly string[]> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  const lines: string[] = [];
  for await (const line of readLines(stream())) lines.push(line);
  return lines;
}

/** Cuts bytes at some places. */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const sorted = [0, ...[...places].sort((a, b) => a - b), bytes.length].map((place) =>
    Math.min(place, bytes.length),
  );
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

const line = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map((text) => text.replaceAll('\n', '').replaceAll('\ufeff', '').replace(/\r+$/, ''));

describe('readLines', () => {
  it('gives each line back, wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(200), { maxLength: 6 }),
        async (lines, end, places) => {
          const bytes = Buffer.from(lines.map((text) => text + end).join(''), 'utf8');

          expect(await linesOf(cut(bytes, places))).toEqual(lines);
        },
      ),
    );
  });

  it('gives as many lines as there are line feeds, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        const ended = Buffer.concat([bytes, Buffer.from('x\n')]);

        expect(await linesOf([ended])).toHaveLength(ended.filter((byte) => byte === 0x0a).length);
      }),
    );
  });
});
