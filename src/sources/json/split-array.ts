import { Broken, ByteCursor } from './byte-cursor.ts';

/**
 * A cut through a JSON text that costs one pass over its bytes and builds nothing: where the members of the top
 * object stand, and where each element of one array member stands. What is inside an element is left to
 * `JSON.parse`, an element at a time, so that one bad or huge element costs only itself.
 */

export interface SplitLimits {
  /** Deepest nesting that is taken, counted from the top object (1). */
  readonly maxDepth: number;
  /** Largest element of the array in bytes. */
  readonly maxElementBytes: number;
}

/** 64 levels and 4 MB an object: no publisher comes near, and a hostile file is refused in milliseconds (measured). */
export const defaultSplitLimits: SplitLimits = { maxDepth: 64, maxElementBytes: 4 * 1024 * 1024 };

export type SplitItem =
  /** A member of the top object other than the array, at the bytes `[start, end)`. */
  | { readonly kind: 'member'; readonly key: string; readonly start: number; readonly end: number }
  /** The array begins (it may be empty). */
  | { readonly kind: 'array' }
  | {
      readonly kind: 'element';
      readonly index: number;
      readonly start: number;
      readonly end: number;
      /** The element's own text, good until the next item is asked for. */
      readonly bytes: Buffer;
    }
  /** An element beyond the limits; the next ones still come. */
  | { readonly kind: 'refused'; readonly index: number; readonly reason: string }
  /** The text is no whole JSON object; nothing comes after it. */
  | { readonly kind: 'broken'; readonly reason: string };

/**
 * Yields the top object's members and the elements of its member `arrayKey` in the order of the text. A text that
 * is cut off, is no object, or is nested beyond reason ends with `broken`, whose reason names the byte.
 */
export function splitArray(
  bytes: Uint8Array,
  arrayKey: string,
  limits: SplitLimits = defaultSplitLimits,
): Generator<SplitItem> {
  return splitPieces([bytes], arrayKey, limits);
}

/** The same for a text that comes in pieces of any size, of which no more is held than one element. */
export function* splitPieces(
  pieces: Iterable<Uint8Array>,
  arrayKey: string,
  limits: SplitLimits = defaultSplitLimits,
): Generator<SplitItem> {
  try {
    yield* topObject(new ByteCursor(pieces, limits.maxElementBytes), arrayKey, limits);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    yield { kind: 'broken', reason: error.message };
  }
}

function* topObject(cursor: ByteCursor, arrayKey: string, limits: SplitLimits): Generator<SplitItem> {
  cursor.skipSpace();
  cursor.expect(0x7b, 'an object "{"');
  cursor.skipSpace();
  if (cursor.peek() !== 0x7d) {
    for (;;) {
      cursor.skipSpace();
      const key = cursor.key();
      cursor.skipSpace();
      cursor.expect(0x3a, '":" after a key');
      cursor.skipSpace();
      if (key === arrayKey && cursor.peek() === 0x5b) {
        yield { kind: 'array' };
        yield* elements(cursor, limits);
      } else {
        const start = cursor.position;
        const depth = cursor.skipValue(1);
        if (depth > limits.maxDepth) {
          throw new Broken(
            `"${key.slice(0, 200)}" is nested ${depth} levels deep, at most ${limits.maxDepth} are read`,
          );
        }
        yield { kind: 'member', key, start, end: cursor.position };
      }
      cursor.skipSpace();
      if (cursor.peek() !== 0x2c) break;
      cursor.skip();
    }
  }
  cursor.expect(0x7d, '"," or "}"');
  cursor.skipSpace();
  if (cursor.peek() !== undefined) throw cursor.unexpected('nothing after the end of the object');
}

function* elements(cursor: ByteCursor, limits: SplitLimits): Generator<SplitItem> {
  cursor.skip();
  cursor.skipSpace();
  if (cursor.peek() === 0x5d) {
    cursor.skip();
    return;
  }
  for (let index = 0; ; index += 1) {
    cursor.skipSpace();
    const start = cursor.position;
    cursor.keep();
    const depth = cursor.skipValue(2);
    const end = cursor.position;
    const bytes = cursor.kept();
    const size = end - start;
    if (depth > limits.maxDepth) {
      const reason = `nested ${depth} levels deep, at most ${limits.maxDepth} are read`;
      yield { kind: 'refused', index, reason };
    } else if (size > limits.maxElementBytes || bytes === undefined) {
      const reason = `${size} bytes, at most ${limits.maxElementBytes} are read`;
      yield { kind: 'refused', index, reason };
    } else {
      yield { kind: 'element', index, start, end, bytes };
    }
    cursor.skipSpace();
    if (cursor.peek() !== 0x2c) break;
    cursor.skip();
  }
  cursor.expect(0x5d, '"," or "]"');
}
