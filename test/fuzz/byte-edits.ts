import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { assertNever } from '../../src/support/assert-never.ts';
import { edited, hostile } from './words.ts';

/** What becomes of a document's bytes on their way, whatever they mean. */
export interface ByteEdit {
  readonly how: 'cut' | 'flip' | 'put' | 'drop' | 'again' | 'gzip' | 'half-gzip' | 'utf16' | 'bom' | 'latin1';
  /** Where, as a part of the whole. */
  readonly at: number;
  readonly word: string;
}

export const byteEdits: fc.Arbitrary<readonly ByteEdit[]> = fc.array(
  fc.record({
    how: fc.constantFrom(
      'cut',
      'flip',
      'put',
      'put',
      'drop',
      'again',
      'gzip',
      'half-gzip',
      'utf16',
      'bom',
      'latin1',
    ),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    word: hostile(),
  }),
  { maxLength: 2 },
);

export function applyByteEdits(bytes: Uint8Array, edits: readonly ByteEdit[]): Uint8Array {
  return edits.reduce<Uint8Array>(applyEdit, bytes);
}

function applyEdit(bytes: Uint8Array, { how, at, word }: ByteEdit): Uint8Array {
  const place = Math.floor(at * bytes.length);
  const put = Buffer.from(word);
  switch (how) {
    case 'cut':
      return bytes.subarray(0, place);
    case 'flip': {
      const copy = Uint8Array.from(bytes);
      copy[place] = (copy[place] ?? 0) ^ (1 << (word.length % 8));
      return copy;
    }
    case 'put':
      return Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place)]);
    case 'drop':
      return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1 + word.length)]);
    case 'again':
      return Buffer.concat([bytes, bytes.subarray(place)]);
    case 'gzip':
      return gzipSync(bytes);
    case 'half-gzip':
      return gzipSync(bytes).subarray(0, place);
    case 'utf16':
      return Buffer.from(`\ufeff${Buffer.from(bytes).toString()}`, 'utf16le');
    case 'bom':
      return Buffer.concat([Buffer.from('\ufeff'), bytes]);
    case 'latin1':
      return Buffer.from(Buffer.from(bytes).toString(), 'latin1');
    default:
      return assertNever(how);
  }
}

/** Lines of a text that is no JSON, each of them perhaps changed, moved or repeated. */
export const lineEdits: fc.Arbitrary<readonly LineEdit[]> = fc.array(
  fc.record({
    how: fc.constantFrom('change', 'change', 'drop', 'put', 'many', 'glue'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    word: edited(hostile(), 2),
  }),
  { maxLength: 4 },
);

export interface LineEdit {
  readonly how: 'change' | 'drop' | 'put' | 'many' | 'glue';
  readonly at: number;
  readonly word: string;
}

export function applyLineEdits(text: string, edits: readonly LineEdit[]): string {
  const lines = text.split('\n');
  for (const { how, at, word } of edits) {
    const index = Math.min(Math.floor(at * lines.length), lines.length - 1);
    const line = lines[index] ?? '';
    if (how === 'change') lines[index] = line.slice(0, Math.floor(line.length * at)) + word;
    if (how === 'drop') lines.splice(index, 1);
    if (how === 'put') lines.splice(index, 0, word);
    if (how === 'many') lines.splice(index, 0, ...Array.from({ length: 50 }, () => word));
    if (how === 'glue') lines[index] = `${line}${word}${lines.at(-1) ?? ''}`;
  }
  return lines.join('\n');
}
